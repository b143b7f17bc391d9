"""API messages to and from the domain of contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.charge.charge import Charge
from dutycycle.charge.convert import charge_from_proto
from dutycycle.contracts.agreement import AgreementDraft, AgreementRevision, ScheduleOutline, SchedulePlace
from dutycycle.contracts.amendment import Amendment, AmendmentDraft, State
from dutycycle.contracts.asset import Answer, Asset, Outcome, Placement
from dutycycle.kit.errors import FieldViolation, InvalidInputError
from dutycycle.kit.ids import resource_id
from dutycycle.runtime.wire import date_from_proto, date_to_proto, timestamp_to_proto

_OUTCOMES = {
    Outcome.REGISTERED: contracts_pb2.ASSET_OUTCOME_REGISTERED,
    Outcome.EXTENDED: contracts_pb2.ASSET_OUTCOME_EXTENDED,
    Outcome.UNCHANGED: contracts_pb2.ASSET_OUTCOME_UNCHANGED,
    Outcome.REFUSED: contracts_pb2.ASSET_OUTCOME_REFUSED,
}

STATES = {
    State.DRAFT: contracts_pb2.AMENDMENT_STATE_DRAFT,
    State.APPROVED: contracts_pb2.AMENDMENT_STATE_APPROVED,
    State.REJECTED: contracts_pb2.AMENDMENT_STATE_REJECTED,
}
_OUTPUT_ONLY = ("state", "effective_date", "decided_by", "reason", "create_time", "decide_time")


def usage_source_of(body: bytes) -> str:
    """Return the source of a stored customer's usage."""
    return contracts_pb2.Customer.FromString(body).usage_source


def agreement_from_proto(message: contracts_pb2.Agreement) -> AgreementDraft:
    """Read an agreement. Raises InvalidInputError naming a field that cannot be read at all."""
    kept = contracts_pb2.Agreement()
    kept.CopyFrom(message)
    if not kept.HasField("effective_date"):
        kept.effective_date.CopyFrom(message.start_date)
    kept.etag = ""
    kept.revision = 0
    return AgreementDraft(
        name=message.name,
        customer=message.customer,
        zone=message.zone,
        currency=message.currency,
        start_date=date_from_proto(message.start_date, "agreement.start_date"),
        end_date=date_from_proto(message.end_date, "agreement.end_date"),
        effective_date=date_from_proto(kept.effective_date, "agreement.effective_date"),
        schedules=list(_schedules_from_proto(message)),
        body=kept.SerializeToString(deterministic=True),
    )


def agreement_to_proto(revision: AgreementRevision) -> contracts_pb2.Agreement:
    message = contracts_pb2.Agreement.FromString(revision.body)
    message.revision = revision.revision
    message.etag = revision.etag
    return message


def amendment_from_proto(message: contracts_pb2.Amendment) -> AmendmentDraft:
    """Read an amendment as handed in. Raises InvalidInputError naming a field that cannot be read at all."""
    kept = contracts_pb2.Amendment()
    kept.CopyFrom(message)
    for name in _OUTPUT_ONLY:
        kept.ClearField(name)
    earliest = date_from_proto(message.earliest_date, "amendment.earliest_date")
    terms = contracts_pb2.Agreement()
    terms.CopyFrom(message.terms)
    terms.effective_date.CopyFrom(message.earliest_date)
    return AmendmentDraft(
        name=message.name,
        agreement=message.agreement,
        customer=message.customer,
        base_etag=message.base_etag,
        earliest_date=earliest,
        automatic=message.approval == contracts_pb2.AMENDMENT_APPROVAL_AUTOMATIC,
        terms=agreement_from_proto(terms),
        body=kept.SerializeToString(deterministic=True),
    )


def amendment_from_bytes(body: bytes) -> AmendmentDraft:
    return amendment_from_proto(contracts_pb2.Amendment.FromString(body))


def amendment_to_proto(amendment: Amendment) -> contracts_pb2.Amendment:
    message = contracts_pb2.Amendment.FromString(amendment.draft.body)
    message.state = STATES[amendment.state]
    message.create_time.CopyFrom(timestamp_to_proto(amendment.created_at))
    if amendment.verdict is not None:
        message.decided_by = amendment.verdict.decided_by
        message.reason = amendment.verdict.reason
        message.decide_time.CopyFrom(timestamp_to_proto(amendment.verdict.decided_at))
        if amendment.verdict.effective_date is not None:
            message.effective_date.CopyFrom(date_to_proto(amendment.verdict.effective_date))
    return message


def amended_agreement(amendment: Amendment, day: date) -> AgreementDraft:
    """Write the terms of an amendment as the agreement from a day on, with the program and amendment they are of."""
    message = contracts_pb2.Amendment.FromString(amendment.draft.body)
    terms = message.terms
    terms.effective_date.CopyFrom(date_to_proto(day))
    terms.program = message.display_name or message.program
    terms.amendment = message.name
    return agreement_from_proto(terms)


def _schedules_from_proto(message: contracts_pb2.Agreement) -> Iterator[ScheduleOutline]:
    """Read the schedules; what is wrong with a charge is kept beside them, to be told with everything else."""
    for index, schedule in enumerate(message.schedules):
        field, charges, wrong = f"agreement.schedules[{index}]", list[Charge](), list[FieldViolation]()
        for place, charge in enumerate(schedule.charges):
            try:
                charges.append(charge_from_proto(charge, f"{field}.charges[{place}]"))
            except InvalidInputError as error:
                wrong += error.violations
        yield ScheduleOutline(field, schedule.id, charges, wrong)


def asset_from_proto(message: contracts_pb2.Asset, field: str) -> Asset:
    return Asset(
        name=message.name,
        display_name=message.display_name or message.name.removeprefix("assets/"),
        manufacturer=message.manufacturer,
        model=message.model,
        year=message.year,
        aliases=frozenset(message.aliases),
        placements=tuple(
            Placement(p.schedule, date_from_proto(p.start_date, f"{field}.placements[{i}].start_date"), p.cost_centre)
            for i, p in enumerate(message.placements)
        ),
    )


def asset_to_proto(asset: Asset, places: Mapping[str, SchedulePlace]) -> contracts_pb2.Asset:
    message = contracts_pb2.Asset(
        name=asset.name,
        display_name=asset.display_name,
        manufacturer=asset.manufacturer,
        model=asset.model,
        year=asset.year,
        aliases=sorted(asset.aliases),
        revision=asset.revision,
    )
    identifier = resource_id(asset.name, "assets")
    for placement in asset.placements:
        message.placements.add(
            # Named by its date, not its place in the list: a placement found later keeps the names of the others.
            name=f"placements/{identifier}.{placement.start_date:%Y%m%d}",
            schedule=placement.schedule,
            start_date=date_to_proto(placement.start_date),
            customer=places[placement.schedule].customer,
            zone=places[placement.schedule].zone,
            cost_centre=placement.cost_centre,
        )
    for earlier, later in pairwise(message.placements):
        earlier.end_date.CopyFrom(later.start_date)
    return message


def answer_to_proto(answer: Answer) -> contracts_pb2.AssetAnswer:
    return contracts_pb2.AssetAnswer(name=answer.asset.name, outcome=_OUTCOMES[answer.outcome], reason=answer.reason)

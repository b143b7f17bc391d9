"""API messages to and from the domain of contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.contracts.agreement import AgreementDraft, AgreementRevision, ScheduleOutline, SchedulePlace
from dutycycle.contracts.asset import Answer, Asset, Outcome, Placement
from dutycycle.contracts.charge import ChargeOutline
from dutycycle.kit.ids import resource_id
from dutycycle.runtime.wire import date_from_proto, date_to_proto, decimal_from_proto, invalid

_ON = {
    charge_pb2.PRICE_ON_UNSPECIFIED: "all",
    charge_pb2.PRICE_ON_ALL: "all",
    charge_pb2.PRICE_ON_ABOVE: "above",
    charge_pb2.PRICE_ON_DIFFERENCE: "difference",
}
_AGGREGATIONS = (charge_pb2.AGGREGATION_SUM, charge_pb2.AGGREGATION_ASSETS_ACTIVE)
_CADENCES = (charge_pb2.CADENCE_UNSPECIFIED, charge_pb2.CADENCE_IN_ARREARS, charge_pb2.CADENCE_IN_ADVANCE)
_PACKAGE_MODES = (charge_pb2.ROUNDING_MODE_UNSPECIFIED, charge_pb2.ROUNDING_MODE_UP, charge_pb2.ROUNDING_MODE_DOWN)
_OUTCOMES = {
    Outcome.REGISTERED: contracts_pb2.ASSET_OUTCOME_REGISTERED,
    Outcome.EXTENDED: contracts_pb2.ASSET_OUTCOME_EXTENDED,
    Outcome.UNCHANGED: contracts_pb2.ASSET_OUTCOME_UNCHANGED,
    Outcome.REFUSED: contracts_pb2.ASSET_OUTCOME_REFUSED,
}


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
        schedules=[
            ScheduleOutline(field, schedule.id, list(_charges_from_proto(schedule, field)))
            for index, schedule in enumerate(message.schedules)
            for field in [f"agreement.schedules[{index}]"]
        ],
        body=kept.SerializeToString(deterministic=True),
    )


def agreement_to_proto(revision: AgreementRevision) -> contracts_pb2.Agreement:
    message = contracts_pb2.Agreement.FromString(revision.body)
    message.revision = revision.revision
    message.etag = revision.etag
    return message


def _charges_from_proto(schedule: contracts_pb2.Schedule, field: str) -> Iterator[ChargeOutline]:
    for index, charge in enumerate(schedule.charges):
        yield _charge_from_proto(charge, f"{field}.charges[{index}]")


def _charge_from_proto(charge: charge_pb2.Charge, field: str) -> ChargeOutline:
    _check_choices(charge, field)
    model = charge.price.WhichOneof("model") or ""
    tiers = getattr(charge.price, model).tiers if model in ("graduated", "volume") else ()
    return ChargeOutline(
        field=field,
        id=charge.id,
        label=charge.label,
        measured=charge.HasField("measure"),
        needs_meter=charge.measure.aggregation != charge_pb2.AGGREGATION_ASSETS_ACTIVE,
        meter=charge.measure.meter,
        baseline=_decimal(charge.baseline.quantity, f"{field}.baseline.quantity")
        if charge.HasField("baseline")
        else None,
        on=_ON[charge.price.on],
        model=model,
        bounds=[
            _decimal(tier.up_to, f"{field}.price.{model}.tiers[{i}].up_to") if tier.HasField("up_to") else None
            for i, tier in enumerate(tiers)
        ],
        amounts=list(_decimals_within(charge, field)),
        covers=list(charge.price.commitment.covers),
        in_advance=charge.cadence == charge_pb2.CADENCE_IN_ADVANCE,
        has_minimum=charge.bound.HasField("minimum"),
        minimum_packages=charge.price.package.minimum_packages,
        rounding_scale=charge.rounding.scale,
    )


def _check_choices(charge: charge_pb2.Charge, field: str) -> None:
    """Refuse enum values that have no meaning where they stand; a newer caller may know ones this code does not."""
    modes = charge_pb2.RoundingMode.values()
    quantified = [mode for mode in modes if mode != charge_pb2.ROUNDING_MODE_NONE]
    for name, value, choices in (
        ("price.on", charge.price.on, tuple(_ON)),
        ("cadence", charge.cadence, _CADENCES),
        ("quantify.mode", charge.quantify.mode, quantified),
        ("rounding.mode", charge.rounding.mode, modes),
        ("price.package.mode", charge.price.package.mode, _PACKAGE_MODES),
    ):
        if value not in choices:
            raise invalid(f"{field}.{name}", f"{value} is not a choice here")
    if charge.HasField("measure") and charge.measure.aggregation not in _AGGREGATIONS:
        raise invalid(f"{field}.measure.aggregation", f"{charge.measure.aggregation} is not a choice here")


def _decimals_within(charge: charge_pb2.Charge, field: str) -> Iterator[tuple[str, Decimal]]:
    """Give every decimal below price and bound with its path, so that each is checked to be a number."""
    pending = [("price", charge.price), ("bound", charge.bound), ("quantify", charge.quantify)]
    while pending:
        path, message = pending.pop()
        for descriptor, value in message.ListFields():
            parts = list(enumerate(value)) if descriptor.is_repeated else [(None, value)]
            for index, part in parts:
                name = f"{path}.{descriptor.name}" + (f"[{index}]" if index is not None else "")
                if isinstance(part, DecimalProto):
                    yield name, _decimal(part, f"{field}.{name}")
                elif descriptor.message_type is not None:
                    pending.append((name, part))


def _decimal(message: DecimalProto, field: str) -> Decimal:
    return decimal_from_proto(message, field)


def asset_from_proto(message: contracts_pb2.Asset, field: str) -> Asset:
    return Asset(
        name=message.name,
        display_name=message.display_name or message.name.removeprefix("assets/"),
        manufacturer=message.manufacturer,
        model=message.model,
        year=message.year,
        aliases=frozenset(message.aliases),
        placements=tuple(
            Placement(p.schedule, date_from_proto(p.start_date, f"{field}.placements[{i}].start_date"))
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
        )
    for earlier, later in pairwise(message.placements):
        earlier.end_date.CopyFrom(later.start_date)
    return message


def answer_to_proto(answer: Answer) -> contracts_pb2.AssetAnswer:
    return contracts_pb2.AssetAnswer(name=answer.asset.name, outcome=_OUTCOMES[answer.outcome], reason=answer.reason)

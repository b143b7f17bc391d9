"""A charge that makes no sense is refused when it is saved, with the path of every wrong field."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.internal.containers import RepeatedCompositeFieldContainer

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.charge.convert import charge_from_proto
from dutycycle.cli.document import message_from_document
from dutycycle.contracts.agreement import check_agreement
from dutycycle.contracts.convert import agreement_from_proto
from dutycycle.kit.errors import InvalidInputError

CHARGE = "agreement.schedules[0].charges[0]"
TIERS = f"{CHARGE}.price.graduated.tiers"
SUM = {"aggregation": "sum", "meter": "minutes"}
HOURS = {"divide_by": "60", "increment": "0.1", "unit": "hour", "units": "hours"}
PER_UNIT = {"per_unit": {"unit_amount": "10"}}
FLAT = {"flat": {"amount": "100"}}
PACKAGE = {"size": "5", "amount": "10"}


def usage(**changes: Any) -> dict[str, Any]:
    charge = {"id": "hours", "label": "Hours", "measure": SUM, "quantify": HOURS, "price": PER_UNIT, **changes}
    return {key: value for key, value in charge.items() if value is not None}


def tiers(*rows: dict[str, str], model: str = "graduated") -> dict[str, Any]:
    return usage(price={model: {"tiers": list(rows)}})


WELL_FORMED = {
    "per unit": usage(),
    "above a baseline": usage(baseline={"quantity": "0"}, price={**PER_UNIT, "on": "above"}, bound={"minimum": "0"}),
    "difference": usage(
        baseline={"quantity": "5"},
        price={"on": "difference", "per_unit": {"unit_amount": "10", "credit_unit_amount": "4"}},
    ),
    "one open tier": tiers({"unit_amount": "1"}),
    "ascending tiers": tiers({"up_to": "10", "unit_amount": "2", "cap_amount": "15"}, {"unit_amount": "1"}),
    "volume": tiers({"up_to": "0.5", "flat_amount": "3"}, {"unit_amount": "1"}, model="volume"),
    "package": usage(price={"package": {**PACKAGE, "free_units": "1", "minimum_packages": 2, "mode": "down"}}),
    "active assets": usage(measure={"aggregation": "assets_active"}, quantify=None),
    "a quotient that ends": usage(quantify={"divide_by": "8", "unit": "day", "units": "days"}),
    "flat in advance": {"id": "base", "label": "Base", "price": FLAT, "cadence": "in_advance"},
    "not rounded": usage(rounding={"mode": "none"}),
    "rounded to hundreds": usage(rounding={"scale": -2, "mode": "up"}),
}

ILL_FORMED = {
    "no id": (usage(id=None), {f"{CHARGE}.id"}),
    "an id that no line can carry": (usage(id="Hours/1"), {f"{CHARGE}.id"}),
    "no label": (usage(label=" "), {f"{CHARGE}.label"}),
    "no price model": (usage(price={"on": "all"}), {f"{CHARGE}.price"}),
    "sum without meter": (usage(measure={"aggregation": "sum"}), {f"{CHARGE}.measure.meter"}),
    "count with meter": (usage(measure={**SUM, "aggregation": "assets_active"}), {f"{CHARGE}.measure.meter"}),
    "aggregation not chosen": (usage(measure={"meter": "minutes"}), {f"{CHARGE}.measure.aggregation"}),
    "flat with measure": (usage(price=FLAT), {f"{CHARGE}.measure"}),
    "per unit without measure": (usage(measure=None), {f"{CHARGE}.measure"}),
    "above without baseline": (usage(price={**PER_UNIT, "on": "above"}), {f"{CHARGE}.baseline"}),
    "negative baseline": (usage(baseline={"quantity": "-1"}), {f"{CHARGE}.baseline.quantity"}),
    "baseline without figure": (usage(baseline={"basis": "January"}), {f"{CHARGE}.baseline.quantity"}),
    "flat with baseline": (
        {"id": "base", "label": "Base", "price": FLAT, "baseline": {"quantity": "1"}},
        {f"{CHARGE}.baseline"},
    ),
    "difference of tiers": (
        usage(baseline={"quantity": "5"}, price={"on": "difference", "graduated": {"tiers": [{"unit_amount": "1"}]}}),
        {f"{CHARGE}.price.on"},
    ),
    "credit where nothing credits": (
        usage(price={"per_unit": {"unit_amount": "1", "credit_unit_amount": "1"}}),
        {f"{CHARGE}.price.per_unit.credit_unit_amount"},
    ),
    "usage in advance": (usage(cadence="in_advance"), {f"{CHARGE}.cadence"}),
    "no amount": (usage(price={"per_unit": {}}), {f"{CHARGE}.price.per_unit.unit_amount"}),
    "amount that is no number": (
        usage(price={"per_unit": {"unit_amount": "ten"}}),
        {f"{CHARGE}.price.per_unit.unit_amount"},
    ),
    "amount without end": (
        usage(price={"per_unit": {"unit_amount": "Infinity"}}),
        {f"{CHARGE}.price.per_unit.unit_amount"},
    ),
    "more digits than are computed with": (
        usage(price={"per_unit": {"unit_amount": "1e-25"}}),
        {f"{CHARGE}.price.per_unit.unit_amount"},
    ),
    "an enormous divisor": (usage(quantify={"divide_by": "1e999999"}), {f"{CHARGE}.quantify.divide_by"}),
    "division by nothing": (
        usage(quantify={**HOURS, "divide_by": "0", "increment": "0"}),
        {f"{CHARGE}.quantify.divide_by", f"{CHARGE}.quantify.increment"},
    ),
    "a quotient that never ends": (
        usage(quantify={"divide_by": "60", "unit": "hour", "units": "hours"}),
        {f"{CHARGE}.quantify.increment"},
    ),
    "no tiers": (tiers(), {TIERS}),
    "open tier before the last": (tiers({"unit_amount": "2"}, {"unit_amount": "1"}), {f"{TIERS}[0].up_to"}),
    "tiers that do not ascend": (
        tiers({"up_to": "10"}, {"up_to": "10"}, {"up_to": "9"}, {"unit_amount": "1"}),
        {f"{TIERS}[1].up_to", f"{TIERS}[2].up_to"},
    ),
    "tier up to nothing": (tiers({"up_to": "0"}, {"unit_amount": "1"}), {f"{TIERS}[0].up_to"}),
    "cap on a volume price": (
        tiers({"unit_amount": "1", "cap_amount": "9"}, model="volume"),
        {f"{CHARGE}.price.volume.tiers[0].cap_amount"},
    ),
    "packages of nothing": (usage(price={"package": {**PACKAGE, "size": "0"}}), {f"{CHARGE}.price.package.size"}),
    "package without figures": (
        usage(price={"package": {}}),
        {f"{CHARGE}.price.package.size", f"{CHARGE}.price.package.amount"},
    ),
    "fewer than no packages": (
        usage(price={"package": {**PACKAGE, "minimum_packages": -1}}),
        {f"{CHARGE}.price.package.minimum_packages"},
    ),
    "packages rounded to nearest": (
        usage(price={"package": {**PACKAGE, "mode": "half_up"}}),
        {f"{CHARGE}.price.package.mode"},
    ),
    "quantity not rounded in a direction": (
        usage(quantify={**HOURS, "mode": "none"}),
        {f"{CHARGE}.quantify.mode"},
    ),
    "rounding to where nothing is": (usage(rounding={"scale": 19}), {f"{CHARGE}.rounding.scale"}),
    "commitment that covers itself": (
        {"id": "hours", "label": "Least", "price": {"commitment": {"amount": "1", "covers": ["hours"]}}},
        {f"{CHARGE}.price.commitment.covers"},
    ),
    "commitment that covers nothing": (
        {"id": "least", "label": "Least", "price": {"commitment": {"amount": "1"}}},
        {f"{CHARGE}.price.commitment.covers"},
    ),
    "commitment in advance, with a minimum": (
        {
            "id": "least",
            "label": "Least",
            "price": {"commitment": {"amount": "1", "covers": ["least"]}},
            "bound": {"minimum": "1"},
            "cadence": "in_advance",
        },
        {f"{CHARGE}.price.commitment.covers", f"{CHARGE}.bound.minimum", f"{CHARGE}.cadence"},
    ),
}
OF_THE_SCHEDULE = {"commitment that covers nothing"}
"""What no charge by itself can show."""


def charge(document: dict[str, Any]) -> charge_pb2.Charge:
    return message_from_document(charge_pb2.Charge, document, "charge")


def agreement(*charges: charge_pb2.Charge) -> contracts_pb2.Agreement:
    document = {
        "name": "agreements/ma",
        "customer": "customers/fl",
        "zone": "America/New_York",
        "currency": "USD",
        "schedules": [{"id": "fleet"}],
    }
    message = message_from_document(contracts_pb2.Agreement, document, "agreement")
    message.start_date.year, message.start_date.month, message.start_date.day = 2024, 1, 1
    message.end_date.year, message.end_date.month, message.end_date.day = 2025, 1, 1
    held: RepeatedCompositeFieldContainer[charge_pb2.Charge] = message.schedules[0].charges
    held.extend(charges)
    return message


def wrong_fields(*charges: charge_pb2.Charge) -> set[str]:
    try:
        return {violation.field for violation in check_agreement(agreement_from_proto(agreement(*charges)))}
    except InvalidInputError as error:
        return {violation.field for violation in error.violations}


@pytest.mark.parametrize("document", WELL_FORMED.values(), ids=WELL_FORMED)
def test_well_formed_and_rated(document: dict[str, Any]) -> None:
    assert wrong_fields(charge(document)) == set()
    charge_from_proto(charge(document), "charge")


@pytest.mark.parametrize(("document", "fields"), ILL_FORMED.values(), ids=ILL_FORMED)
def test_ill_formed(document: dict[str, Any], fields: set[str]) -> None:
    assert wrong_fields(charge(document)) == fields


@pytest.mark.parametrize("document", [case[0] for name, case in ILL_FORMED.items() if name not in OF_THE_SCHEDULE])
def test_what_rating_refuses_is_refused_before(document: dict[str, Any]) -> None:
    """The list above is no stricter than it must be: rating could not bill any of these."""
    with pytest.raises(InvalidInputError):
        charge_from_proto(charge(document), "charge")


def test_a_choice_of_a_later_version_is_refused_and_not_guessed() -> None:
    for field, change in {
        "price.on": charge_pb2.Charge(price=charge_pb2.Price(on=99)),  # type: ignore[arg-type]  # what a newer caller sends
        "cadence": charge_pb2.Charge(cadence=99),  # type: ignore[arg-type]  # as above
        "measure.aggregation": charge_pb2.Charge(measure=charge_pb2.Measure(aggregation=99)),  # type: ignore[arg-type]  # as above
    }.items():
        changed = charge(usage())
        changed.MergeFrom(change)
        assert wrong_fields(changed) == {f"{CHARGE}.{field}"}


def test_commitments_cover_charges_of_their_schedule_once_each() -> None:
    def least(*covers: str) -> charge_pb2.Charge:
        return charge({"id": "least", "label": "Least", "price": {"commitment": {"amount": "1", "covers": [*covers]}}})

    base = charge({"id": "base", "label": "Base", "price": FLAT})
    hours = charge(usage())
    covers = "agreement.schedules[0].charges[2].price.commitment.covers"
    assert wrong_fields(hours, base, least("hours")) == set()
    assert wrong_fields(hours, base, least("hours", "base")) == set()
    for covered in (("hours", "hours"), ("hours", "stranger")):
        assert wrong_fields(hours, base, least(*covered)) == {covers}


def test_every_wrong_field_is_named_at_once() -> None:
    wrong = charge(usage(id=None, bound={"minimum": "-1"}, measure={"aggregation": "sum"}))
    assert wrong_fields(charge(usage()), wrong) == {
        "agreement.schedules[0].charges[1].id",
        "agreement.schedules[0].charges[1].measure.meter",
        "agreement.schedules[0].charges[1].bound.minimum",
    }

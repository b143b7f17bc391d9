"""Costs of customer-months in columns are what rating line by line gives."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dutycycle.charge.adjust import Bound, RoundTo
from dutycycle.charge.charge import Charge, PriceOn
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.measure import Aggregation, Measure, Quantify
from dutycycle.charge.price import Commitment, Flat, Graduated, Package, PerUnit, Volume
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import Rounding
from dutycycle.rating.alternative import Alternative, CostColumn, Replacement, in_columns, lines_of
from dutycycle.rating.contract import Agreement, Placement, Schedule
from dutycycle.rating.period_reading import UsageBook
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import Reading
from dutycycle.rating.usage import PlacementUsage
from tests.unit.rating.rated import HOURS, charge, table

PERIOD = BillingPeriod.month(2013, 4)
PLACEMENTS = {"p": Placement("p", "assets/n1", "fleet", "customers/a", "UTC")}
TIERS = table(("40", "310", "0"), (None, "285", "25"))
CURVES = [
    charge(Graduated(TIERS), PriceOn.ABOVE, baseline="10", id="graduated"),
    charge(Volume(TIERS), id="volume", quantify=HOURS),
    charge(PerUnit(Decimal("1.005")), minimum="20", id="unit"),
    charge(Package(Decimal(10), Decimal("7.5")), id="package"),
    charge(PerUnit(Decimal(3), credit_unit_amount=Decimal(1)), PriceOn.DIFFERENCE, baseline="50", id="difference"),
    replace(charge(PerUnit(Decimal(3)), id="capped"), bound=Bound(maximum=Decimal(50))),
    charge(PerUnit(Decimal("0.0001")), id="fine", rounding=RoundTo(4, Rounding.DOWN)),
]


def agreement(*charges: Charge) -> Agreement:
    schedule = Schedule("fleet", "Fleet", charges)
    start = date(2013, 1, 1)
    return Agreement("a", "customers/a", 1, "UTC", "USD", start, date(2014, 1, 1), start, (schedule,))


def used(quantity: int) -> UsageBook:
    return UsageBook.of([PlacementUsage("p", PERIOD, 1, 1, {"cycles": Decimal(quantity)})], PLACEMENTS)


def described(subject: Charge, quantities: list[int]) -> tuple[CostColumn, CostColumn]:
    """Add months twice: as lines for columns, and at what each costs by itself."""
    columns, one_by_one = CostColumn("USD"), CostColumn("USD")
    for quantity in quantities:
        lines = lines_of(agreement(subject), PERIOD, used(quantity))
        assert lines is not None
        columns.add_lines("customers/a", lines)
        one_by_one.add("customers/a", rate_line(subject, Reading(Decimal(quantity)), "USD").amount)
    return columns, one_by_one


@pytest.mark.parametrize("subject", CURVES, ids=lambda each: each.id)
def test_columns_are_lines(subject: Charge) -> None:
    quantities = [0, 10, 11, 50, *(random.Random(7).choices(range(5_000), k=60))]
    columns, one_by_one = described(subject, quantities)
    assert columns.costs() == one_by_one.costs()
    assert columns.by_customer() == one_by_one.by_customer()
    first, second = columns.distribution(7), one_by_one.distribution(7)
    unit = Decimal(10) ** (second.scale - first.scale)
    assert (first.count, first.total * unit) == (second.count, second.total)
    assert [each * unit for each in first.percentiles] == list(second.percentiles)
    assert sum(bar.count for bar in first.bars) == len(quantities)


def test_an_amount_beyond_the_core_is_rated_in_the_pipeline() -> None:
    subject = charge(PerUnit(Decimal(10**16)))
    columns, one_by_one = described(subject, [5_000, 1])
    assert columns.costs() == one_by_one.costs() == [Decimal(5 * 10**19), Decimal(10**16)]
    assert columns.distribution() == one_by_one.distribution()


def test_a_commitment_and_a_rolling_measure_are_no_columns() -> None:
    hours = charge(PerUnit(Decimal(1)), id="hours")
    rolling = replace(hours, measure=Measure(Aggregation.SUM, "cycles", rolling_periods=3))
    committed = charge(Commitment(Decimal(5), ("hours",)), id="commitment")
    for charges in ((rolling,), (hours, committed)):
        assert not in_columns(agreement(*charges))
    assert in_columns(agreement(hours))


def test_a_quantity_too_fine_for_a_column_is_none() -> None:
    thirds = charge(PerUnit(Decimal(1)), quantify=Quantify(Decimal(3), Decimal("1E-12")))
    assert lines_of(agreement(thirds), PERIOD, used(3)) is not None
    assert lines_of(agreement(thirds), PERIOD, used(1)) is None


def test_replacing_keeps_the_order_and_what_is_not_named() -> None:
    base, hours = charge(Flat(Decimal(5)), id="base"), charge(PerUnit(Decimal(1)), id="hours")
    other = charge(PerUnit(Decimal(2)), id="hours")
    tried = Alternative("a", replacements=(Replacement("hours", other), Replacement("base", None, "elsewhere")))
    assert tried.of(agreement(base, hours)).schedules[0].charges == (base, other)
    without = Alternative("b", replacements=(Replacement("base", None, "fleet"),))
    assert without.of(agreement(base, hours)).schedules[0].charges == (hours,)


def test_an_alternative_that_leaves_a_commitment_without_its_charge_is_refused() -> None:
    hours = charge(PerUnit(Decimal(1)), id="hours")
    committed = charge(Commitment(Decimal(5), ("hours",)), id="commitment")
    with pytest.raises(InvalidChargeError):
        Alternative("a", replacements=(Replacement("hours", None),)).of(agreement(hours, committed))

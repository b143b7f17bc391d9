"""What falls due on a statement, beyond what the integration tests show on real servers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dutycycle.charge.adjust import Cadence
from dutycycle.charge.baseline import Baseline
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.measure import Aggregation, Measure
from dutycycle.charge.price import Commitment, Flat, PerUnit
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.contract import Agreement, Placement, Schedule, Terms
from dutycycle.rating.period_reading import UsageBook
from dutycycle.rating.statement import Statement, rate_statements
from dutycycle.rating.usage import PlacementUsage, Watermarks

MARCH, APRIL = BillingPeriod.month(2013, 3), BillingPeriod.month(2013, 4)
BASE = Charge("base", "Base", Price(Flat(Decimal(100))), cadence=Cadence.IN_ADVANCE)
AIRCRAFT = Charge(
    "aircraft", "Aircraft", Price(PerUnit(Decimal(10)), PriceOn.ABOVE), Measure(Aggregation.ASSETS_ACTIVE),
    baseline=Baseline(Decimal(0)),
)  # fmt: skip


def agreement(
    *charges: Charge, revision: int = 1, effective: date = date(2013, 1, 1), end: date = date(2014, 1, 1)
) -> Agreement:
    return Agreement(
        name="agreements/a",
        customer="customers/c",
        revision=revision,
        zone="America/New_York",
        currency="USD",
        start_date=date(2013, 1, 1),
        end_date=end,
        effective_date=effective,
        schedules=(Schedule("s1", "Schedule", charges),),
    )


def placement(name: str, asset: str) -> Placement:
    return Placement(name, asset, "s1", "customers/c", "America/New_York")


def ids(statement: Statement) -> list[str]:
    return [line.id for line in statement.lines]


def test_an_asset_placed_twice_in_a_month_is_one_asset() -> None:
    placements = {name: placement(name, asset) for name, asset in (("p1", "a1"), ("p2", "a1"), ("p3", "a2"))}
    usage = [PlacementUsage(name, MARCH, 3, 2, {"cycles": Decimal(3)}) for name in placements]
    [statement] = rate_statements([Terms([agreement(AIRCRAFT)])], [MARCH], UsageBook.of(usage, placements))
    assert statement.lines[0].rated.used_quantity == 2


def test_a_base_that_the_coming_terms_add_is_billed_ahead() -> None:
    terms = Terms([agreement(AIRCRAFT), agreement(AIRCRAFT, BASE, revision=2, effective=APRIL.start)])
    march, april = rate_statements([terms], [MARCH, APRIL], UsageBook.of([], {}))
    assert ids(march) == ["s1/aircraft", "s1/base@2013-04-01"]
    assert march.period_cost.amount == 0
    assert ids(april) == ["s1/aircraft", "s1/base@2013-05-01"]
    assert april.period_cost.amount == 100


def test_a_base_that_the_coming_terms_drop_is_billed_no_more() -> None:
    terms = Terms([agreement(BASE), agreement(AIRCRAFT, revision=2, effective=APRIL.start)])
    [march] = rate_statements([terms], [MARCH], UsageBook.of([], {}))
    assert ids(march) == []
    assert march.period_cost.amount == 100


def test_of_two_revisions_of_one_date_the_later_number_holds() -> None:
    terms = Terms([agreement(revision=2, effective=APRIL.start), agreement(revision=3, effective=APRIL.start)])
    found = terms.on(APRIL.start)
    assert found is not None
    assert found.revision == 3


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(2013, 4, 1)])
def test_outside_of_the_term_nothing_is_due(day: date) -> None:
    assert Terms([agreement(end=APRIL.start)]).on(day) is None


def test_a_commitment_covers_charges_of_its_own_schedule_only() -> None:
    stranger = Charge("commitment", "Commitment", Price(Commitment(Decimal(1), ("landings",))))
    with pytest.raises(InvalidChargeError, match=r"names .landings., which is no charge of this schedule"):
        agreement(BASE, stranger)
    with pytest.raises(InvalidChargeError, match="is used twice"):
        agreement(BASE, BASE)


def test_a_watermark_says_what_is_behind() -> None:
    marks = Watermarks({"ops-a": 5})
    assert marks.behind({"ops-a": 5}) == {}
    assert marks.behind({"ops-a": 6, "ops-b": 1}) == {"ops-a": 6, "ops-b": 1}

"""What falls due on a statement, beyond what the integration tests show on real servers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dutycycle.charge.adjust import Cadence
from dutycycle.charge.baseline import AssetBaseline, Baseline, BaselinePer
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.measure import Aggregation, Measure, Scope, Select
from dutycycle.charge.price import Commitment, Flat, PerUnit
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.contract import Agreement, Placement, Schedule, Terms
from dutycycle.rating.period_reading import PlacedRecord, UsageBook
from dutycycle.rating.statement import Statement, rate_statements
from dutycycle.rating.usage import PlacementUsage, Watermarks
from dutycycle.rating.usage_reading import UsageRecord

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


def placement(name: str, asset: str, customer: str = "customers/c") -> Placement:
    return Placement(name, asset, "s1", customer, "America/New_York")


def ids(statement: Statement) -> list[str]:
    return [line.id for line in statement.lines]


def test_an_asset_placed_twice_in_a_month_is_one_asset() -> None:
    placements = {name: placement(name, asset) for name, asset in (("p1", "a1"), ("p2", "a1"), ("p3", "a2"))}
    usage = [PlacementUsage(name, MARCH, 3, 2, {"cycles": Decimal(3)}) for name in placements]
    [statement] = rate_statements([Terms([agreement(AIRCRAFT)])], [MARCH], UsageBook.of(usage, placements))
    assert statement.lines[0].rated.used_quantity == 2


@pytest.mark.parametrize(
    ("on", "select", "per", "due"),
    [
        (PriceOn.ABOVE, Select(), BaselinePer.ASSET, 0),  # 150 of 2 × 100
        (PriceOn.BELOW, Select(), BaselinePer.ASSET, 50),
        (PriceOn.ABOVE, Select(Scope.ASSET), BaselinePer.POOL, 50),
        (PriceOn.BELOW, Select(Scope.ASSET), BaselinePer.POOL, 100),  # all that the idle one was to do
    ],
)
@pytest.mark.parametrize("aggregation", [Aggregation.SUM, Aggregation.MAX])
def test_an_idle_asset_has_its_allowance_and_its_minimum(
    on: PriceOn, select: Select, per: BaselinePer, due: int, aggregation: Aggregation
) -> None:
    charge = Charge(
        "cycles", "Cycles", Price(PerUnit(Decimal(1)), on), Measure(aggregation, "cycles"),
        baseline=Baseline(Decimal(100), per=per), select=select,
    )  # fmt: skip
    placements = {"p1": placement("p1", "a1"), "p2": placement("p2", "a2"), "p3": placement("p3", "a3", "customers/d")}
    usage = [PlacementUsage("p1", MARCH, 1, 1, {"cycles": Decimal(150)})]
    record = UsageRecord(datetime(2013, 3, 5, tzinfo=UTC), "a1", {"cycles": Decimal(150)})
    book = UsageBook.of(usage, placements, {}, [PlacedRecord("p1", record)])
    [statement] = rate_statements([Terms([agreement(charge)])], [MARCH], book)
    assert statement.total.amount == due


@pytest.mark.parametrize(
    ("on", "select", "due"),
    [
        (PriceOn.ABOVE, Select(), 20),  # 150 of 120 + 10
        (PriceOn.BELOW, Select(), 0),
        (PriceOn.ABOVE, Select(Scope.ASSET), 30),  # 150 of 120
        (PriceOn.BELOW, Select(Scope.ASSET), 10),  # none of 10
    ],
)
@pytest.mark.parametrize("aggregation", [Aggregation.SUM, Aggregation.MAX])
def test_assets_have_baselines_of_their_own(on: PriceOn, select: Select, due: int, aggregation: Aggregation) -> None:
    """a1 has 120 and a2 has 10; a9 is not in service, so its figure counts for nothing."""
    own = tuple(AssetBaseline(asset, Decimal(figure)) for asset, figure in (("a1", 120), ("a2", 10), ("a9", 999)))
    charge = Charge(
        "cycles", "Cycles", Price(PerUnit(Decimal(1)), on), Measure(aggregation, "cycles"),
        baseline=Baseline(Decimal(500), per=BaselinePer.ASSET, assets=own), select=select,
    )  # fmt: skip
    placements = {"p1": placement("p1", "a1"), "p2": placement("p2", "a2")}
    usage = [PlacementUsage("p1", MARCH, 1, 1, {"cycles": Decimal(150)})]
    record = UsageRecord(datetime(2013, 3, 5, tzinfo=UTC), "a1", {"cycles": Decimal(150)})
    book = UsageBook.of(usage, placements, {}, [PlacedRecord("p1", record)])
    [statement] = rate_statements([Terms([agreement(charge)])], [MARCH], book)
    assert statement.total.amount == due


@pytest.mark.parametrize(("select", "due"), [(Select(), 0), (Select(Scope.ASSET), 20)])
def test_an_asset_and_its_replacement_have_one_allowance_together(select: Select, due: int) -> None:
    """a1 leaves and a2 comes on 11 March: 10 and 21 of 31 days of 310. 120 of 100 and 180 of 210."""
    charge = Charge(
        "cycles", "Cycles", Price(PerUnit(Decimal(1)), PriceOn.ABOVE), Measure(Aggregation.SUM, "cycles"),
        baseline=Baseline(Decimal(310), per=BaselinePer.ASSET_PRORATED), select=select,
    )  # fmt: skip
    swap = date(2013, 3, 11)
    placements = {
        "p1": replace(placement("p1", "a1"), end=swap),
        "p2": replace(placement("p2", "a2"), start=swap),
    }
    usage = [
        PlacementUsage(name, MARCH, 1, 1, {"cycles": Decimal(cycles)}) for name, cycles in (("p1", 120), ("p2", 180))
    ]
    [statement] = rate_statements([Terms([agreement(charge)])], [MARCH], UsageBook.of(usage, placements))
    assert statement.total.amount == due


def test_assets_in_service_are_those_of_the_customer() -> None:
    counted = replace(AIRCRAFT, measure=Measure(Aggregation.IN_SERVICE_DAYS), select=Select(Scope.CUSTOMER))
    placements = {"p1": placement("p1", "a1"), "p2": placement("p2", "a2", "customers/d")}
    [statement] = rate_statements([Terms([agreement(counted)])], [MARCH], UsageBook.of([], placements))
    assert statement.lines[0].rated.used_quantity == 1


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

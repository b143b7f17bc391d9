"""Measures of identities, by example."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.adjust import DayCount
from dutycycle.charge.measure import Aggregation
from dutycycle.rating.measure import MeasureRule, Ties
from tests.unit.rating.measured import event, measured, quantity

UNIQUE = MeasureRule(Aggregation.UNIQUE)
PEAK = MeasureRule(Aggregation.CONCURRENT_PEAK)


def test_ids_are_counted_at_the_end_of_the_period() -> None:
    events = (
        event("2024-05-20T00:00Z", id="earlier"),
        event("2024-06-02T00:00Z", id="stays"),
        event("2024-06-02T00:00Z", id="leaves"),
        event("2024-06-29T00:00Z", id="leaves", adds=False),
        event("2024-06-03T00:00Z"),
    )
    assert quantity(UNIQUE, *events) == 1
    assert [part.id for part in measured(UNIQUE, *events).parts] == ["stays"]
    assert quantity(MeasureRule(Aggregation.UNIQUE, carry_over=True), *events) == 2


def test_an_asset_that_leaves_and_comes_at_one_instant_stays_in_any_order() -> None:
    swap = event("2024-06-03T00:00Z", id="press"), event("2024-06-03T00:00Z", id="press", adds=False)
    before = event("2024-06-02T00:00Z", id="press")
    assert quantity(UNIQUE, before, *swap) == quantity(UNIQUE, before, *swap[::-1]) == 1
    assert quantity(MeasureRule(Aggregation.UNIQUE, ties=Ties.LISTED), before, *swap) == 0


def test_assets_with_a_record_are_active() -> None:
    events = (
        event("2024-05-20T00:00Z", "1", "before"),
        event("2024-06-02T00:00Z", "1", "press"),
        event("2024-06-03T00:00Z", "1", "press"),
        event("2024-06-03T00:00Z", None, "mill", adds=False),
    )
    assert quantity(MeasureRule(Aggregation.ASSETS_ACTIVE), *events) == 2


def test_days_of_adding_and_removing_count_once_each() -> None:
    rule = MeasureRule(Aggregation.UNIQUE_DAYS, duration_days=Decimal(1))
    events = (
        event("2024-06-03T08:00Z", id="press"),
        event("2024-06-04T08:00Z", id="press", adds=False),
        event("2024-06-04T18:00Z", id="press"),
        event("2024-06-05T00:00Z", id="press", adds=False),
        event("2024-06-30T23:00Z", id="mill"),
    )
    assert quantity(rule, *events) == 4
    assert quantity(rule, *events, zone="Asia/Tokyo") == 3  # the mill comes in July there


def test_in_service_by_every_day_count() -> None:
    events = event("2024-06-16T12:00Z", id="press"), event("2024-06-26T00:00Z", id="press", adds=False)

    def of(basis: DayCount, duration: Decimal | None = None) -> Fraction:
        rule = MeasureRule(Aggregation.IN_SERVICE_DAYS, day_count=basis, duration_days=duration)
        return quantity(rule, *events)

    assert of(DayCount.DAYS) == Fraction(10, 30)
    assert of(DayCount.INCLUSIVE_DAYS) == Fraction(11, 30)
    assert of(DayCount.SECONDS) == Fraction("9.5") / 30
    assert of(DayCount.FIXED_MONTH) == Fraction(10, 30)
    assert of(DayCount.DAYS, Decimal(1)) == 10


def test_an_asset_in_service_all_month_is_one() -> None:
    before = event("2024-01-01T00:00Z", id="press")
    for basis in DayCount:
        for month in ("2024-02", "2024-03", "2024-10"):
            rule = MeasureRule(Aggregation.IN_SERVICE_DAYS, carry_over=True, day_count=basis)
            assert quantity(rule, before, month=month, zone="Europe/Berlin") == 1


def test_an_asset_that_left_before_the_period_is_not_in_service() -> None:
    events = event("2024-01-01T00:00Z", id="press"), event("2024-06-01T00:00Z", id="press", adds=False)
    for basis in (DayCount.DAYS, DayCount.SECONDS, DayCount.FIXED_MONTH):
        rule = MeasureRule(Aggregation.IN_SERVICE_DAYS, carry_over=True, day_count=basis)
        assert quantity(rule, *events) == 0


def test_the_peak_is_what_was_active_at_once() -> None:
    events = (
        event("2024-06-02T00:00Z", "40", "first"),
        event("2024-06-03T00:00Z", "40", "first", adds=False),
        event("2024-06-03T00:00Z", "50", "second"),
        event("2024-06-04T00:00Z", None, "third"),
    )
    assert quantity(PEAK, *events) == 51
    peak = measured(PEAK, *events).parts[0]
    assert (peak.start.day, peak.quantity) == (4, Fraction(51))

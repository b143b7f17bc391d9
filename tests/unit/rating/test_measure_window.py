"""Measures by hour, day and minutes, by example."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from dutycycle.charge.measure import Aggregation
from dutycycle.rating.measure import DAY, HOUR, Event, MeasureRule, Then, Window
from tests.unit.rating.measured import event, measured, quantity


def daily(aggregation: Aggregation, then: Then, **more: Decimal | None) -> MeasureRule:
    return MeasureRule(aggregation, window=DAY, then=then, **more)  # type: ignore[arg-type]  # the caller knows them


def test_bursts_are_what_a_day_has_above_the_commitment_averaged_over_all_days() -> None:
    events = event("2024-06-02T01:00Z", "70"), event("2024-06-02T20:00Z", "60"), event("2024-06-03T01:00Z", "90")
    assert quantity(daily(Aggregation.SUM, Then.MEAN, above=Decimal(100)), *events) == 1
    parts = measured(daily(Aggregation.SUM, Then.MEAN, above=Decimal(100)), *events).parts
    assert [(part.start.day, part.value) for part in parts if part.value] == [(2, Fraction(130)), (3, Fraction(90))]


def test_the_largest_and_the_smallest_day() -> None:
    events = [event(f"2024-06-{day:02}T06:00Z", str(day)) for day in range(1, 31)]
    assert quantity(daily(Aggregation.SUM, Then.MAX), *events) == 30
    assert quantity(daily(Aggregation.SUM, Then.MIN), *events) == 1
    assert quantity(daily(Aggregation.SUM, Then.MIN), *events[1:]) == 0
    assert quantity(daily(Aggregation.SUM, Then.PERCENTILE, percentile=Decimal(90)), *events) == 27


@pytest.mark.parametrize(
    ("month", "hours"), [("2024-03", 743), ("2024-04", 720), ("2024-10", 745)],
)  # fmt: skip
def test_a_month_has_the_hours_that_its_clocks_had(month: str, hours: int) -> None:
    rule = MeasureRule(Aggregation.COUNT, window=HOUR, then=Then.SUM)
    assert len(measured(rule, month=month, zone="Europe/Berlin").parts) == hours


def test_the_hour_that_clocks_repeat_is_two_windows() -> None:
    rule = MeasureRule(Aggregation.SUM, window=HOUR, then=Then.MAX)
    both_at_half_past_two = event("2024-10-27T00:30Z", "5"), event("2024-10-27T01:30Z", "7")
    assert quantity(rule, *both_at_half_past_two, month="2024-10", zone="Europe/Berlin") == 7


def test_the_last_window_of_a_day_ends_with_it() -> None:
    rule = MeasureRule(Aggregation.COUNT, window=Window(7 * 60), then=Then.SUM)
    first_day = measured(rule).parts[:5]
    assert [part.start.hour for part in first_day] == [0, 7, 14, 21, 0]


def test_a_state_lasts_into_the_next_window() -> None:
    events = event("2024-06-02T12:00Z", "10", "press"), event("2024-06-04T12:00Z", "-10", "press", adds=False)
    in_use = daily(Aggregation.UNIQUE, Then.SUM)
    assert quantity(in_use, *events) == 2
    assert quantity(daily(Aggregation.CONCURRENT_PEAK, Then.SUM), *events) == 30
    level = daily(Aggregation.TIME_WEIGHTED, Then.MAX)
    assert quantity(level, *events) == 10
    assert quantity(daily(Aggregation.TIME_WEIGHTED, Then.MEAN), *events) == Fraction(20, 30)


def test_a_value_does_not_last_into_the_next_window() -> None:
    events: tuple[Event, ...] = (event("2024-06-02T12:00Z", "10"),)
    assert quantity(daily(Aggregation.LAST, Then.SUM), *events) == 10


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (MeasureRule(Aggregation.SUM, window=DAY), "measure.then is absent"),
        (MeasureRule(Aggregation.SUM, window=Window(0), then=Then.SUM), "measure.window.minutes is 0; 1 to 1440"),
        (MeasureRule(Aggregation.UNIQUE_DAYS, window=DAY, then=Then.SUM), "UNIQUE_DAYS runs over the whole period"),
        (MeasureRule(Aggregation.SUM, window=DAY, then=Then.SUM, carry_over=True), "SUM has no state to carry"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused(rule: MeasureRule, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        quantity(rule)

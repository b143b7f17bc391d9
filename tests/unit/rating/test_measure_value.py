"""Measures of values, by example."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from dutycycle.charge.measure import Aggregation
from dutycycle.rating.measure import Condition, Levels, MeasureRule, Ties, measure
from tests.unit.rating.measured import event, measured, quantity

SUM = MeasureRule(Aggregation.SUM)
SAMPLES = [event(f"2024-06-02T00:{minute:02}Z", str(minute + 1)) for minute in range(40)]


@pytest.mark.parametrize("aggregation", [kind for kind in Aggregation if kind is not Aggregation.PERCENTILE])
def test_nothing_measures_zero(aggregation: Aggregation) -> None:
    assert quantity(MeasureRule(aggregation)) == 0


def test_the_period_is_half_open() -> None:
    at_its_ends = event("2024-06-01T00:00Z", "1"), event("2024-07-01T00:00Z", "10")
    assert quantity(SUM, *at_its_ends) == 1


def test_the_period_begins_in_the_zone_of_the_agreement() -> None:
    in_may_by_utc = event("2024-05-31T22:30Z", "1")
    assert quantity(SUM, in_may_by_utc) == 0
    assert quantity(SUM, in_may_by_utc, zone="Europe/Berlin") == 1


def test_values_that_are_no_numbers_are_counted_and_not_summed() -> None:
    events = event("2024-06-02T00:00Z", "2"), event("2024-06-03T00:00Z")
    assert quantity(MeasureRule(Aggregation.COUNT), *events) == 2
    assert quantity(SUM, *events) == 2
    assert quantity(MeasureRule(Aggregation.MEAN), *events) == 2


def test_all_conditions_hold_and_none_means_absent() -> None:
    events = (
        event("2024-06-02T00:00Z", "1", region="europe"),
        event("2024-06-02T00:00Z", "2", region="asia"),
        event("2024-06-02T00:00Z", "4"),
        event("2024-06-02T00:00Z", "8", region="europe", kind="test"),
    )
    europe_or_none = Condition("region", ("europe", None))
    assert quantity(MeasureRule(Aggregation.SUM, (europe_or_none,)), *events) == 13
    assert quantity(MeasureRule(Aggregation.SUM, (europe_or_none, Condition("kind", (None,)))), *events) == 5


def test_earlier_events_count_only_if_carried_over() -> None:
    events = event("2023-01-01T00:00Z", "5"), event("2024-06-02T00:00Z", "1")
    assert quantity(SUM, *events) == 1
    assert quantity(MeasureRule(Aggregation.SUM, carry_over=True), *events) == 6


def test_a_value_is_raised_to_the_minimum_of_an_event() -> None:
    rule = MeasureRule(Aggregation.SUM, minimum_event=Decimal("1.5"))
    assert quantity(rule, event("2024-06-02T00:00Z", "0.2"), event("2024-06-02T00:00Z", "3")) == Fraction("4.5")


def test_largest_and_smallest_may_be_negative() -> None:
    events = event("2024-06-02T00:00Z", "-3"), event("2024-06-03T00:00Z", "-2")
    assert quantity(MeasureRule(Aggregation.MAX), *events) == -2
    assert quantity(MeasureRule(Aggregation.MIN), *events) == -3


def test_the_last_value_may_be_floored() -> None:
    below = event("2024-06-03T00:00Z", "-2")
    assert quantity(MeasureRule(Aggregation.LAST), below) == -2
    assert quantity(MeasureRule(Aggregation.LAST, floor_at_zero=True), below) == 0


def test_a_tie_is_the_larger_value_or_the_later_in_the_list() -> None:
    larger, smaller = event("2024-06-03T00:00Z", "9"), event("2024-06-03T00:00Z", "4")
    for order in ((larger, smaller), (smaller, larger)):
        assert quantity(MeasureRule(Aggregation.LAST), *order) == 9
        assert quantity(MeasureRule(Aggregation.LAST, ties=Ties.LISTED), *order) == order[-1].value


@pytest.mark.parametrize(
    ("percent", "value"), [("95", 38), ("97.5", 39), ("97.6", 40), ("100", 40), ("50", 20), ("0.01", 1)]
)
def test_percentile_drops_the_top_share_and_takes_the_next(percent: str, value: int) -> None:
    assert quantity(MeasureRule(Aggregation.PERCENTILE, percentile=Decimal(percent)), *SAMPLES) == value


def test_thirty_days_of_five_minute_samples_drop_432() -> None:
    samples = [event(f"2024-06-{1 + n // 288:02}T{n // 12 % 24:02}:{n % 12 * 5:02}Z", str(n)) for n in range(8_640)]
    assert quantity(MeasureRule(Aggregation.PERCENTILE, percentile=Decimal(95)), *samples) == 8_639 - 432


def test_prorated_values_weigh_the_days_that_remain_in_the_zone() -> None:
    rule = MeasureRule(Aggregation.PRORATED_SUM)
    assert quantity(rule, event("2024-06-30T23:59Z", "30")) == 1
    assert quantity(rule, event("2024-06-29T23:59Z", "30"), zone="Asia/Tokyo") == 1
    carried = MeasureRule(Aggregation.PRORATED_SUM, carry_over=True, duration_days=Decimal(15))
    assert quantity(carried, event("2020-01-01T00:00Z", "1")) == 2


def test_a_level_holds_until_the_next_event() -> None:
    events = event("2024-06-11T00:00Z", "30"), event("2024-06-21T00:00Z", "60")
    assert quantity(MeasureRule(Aggregation.TIME_WEIGHTED, initial_value=Decimal(3)), *events) == 43
    absolute = MeasureRule(Aggregation.TIME_WEIGHTED, initial_value=Decimal(3), levels=Levels.ABSOLUTE)
    assert quantity(absolute, *events) == 31


def test_a_level_is_weighted_by_elapsed_time_when_clocks_change() -> None:
    # March 2024 has 743 hours in Berlin; the last day begins at 23:00 UTC and has 23 of them.
    rule = MeasureRule(Aggregation.TIME_WEIGHTED)
    assert quantity(rule, event("2024-03-30T23:00Z", "743"), month="2024-03", zone="Europe/Berlin") == 23


def test_parts_say_where_a_quantity_comes_from() -> None:
    result = measured(MeasureRule(Aggregation.TIME_WEIGHTED), event("2024-06-16T00:00Z", "10"))
    assert [(part.start.day, part.value, part.quantity) for part in result.parts] == [
        (1, Fraction(0), Fraction(0)),
        (16, Fraction(10), Fraction(5)),
    ]
    picked = measured(MeasureRule(Aggregation.MAX), event("2024-06-16T00:00Z", "10", "press"), SAMPLES[0])
    assert [(part.id, part.quantity) for part in picked.parts] == [("press", Fraction(10))]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (MeasureRule(Aggregation.PERCENTILE), "measure.percentile is absent; PERCENTILE needs it, such as 95"),
        (MeasureRule(Aggregation.SUM, percentile=Decimal(95)), "percentile is set; nothing here is a PERCENTILE"),
        (MeasureRule(Aggregation.PERCENTILE, percentile=Decimal(101)), "measure.percentile is 101; at most 100"),
        (MeasureRule(Aggregation.SUM, above=Decimal(1)), "measure.above is set; it needs a window"),
        (MeasureRule(Aggregation.SUM, floor_at_zero=True), "measure.floor_at_zero is set; SUM does not know it"),
        (MeasureRule(Aggregation.COUNT, minimum_event=Decimal(1)), "minimum_event is set; COUNT does not know it"),
        (MeasureRule(Aggregation.SUM, (Condition("region", ()),)),
         r"measure.where\[0\] is empty; name a property and the values allowed"),
    ],
)  # fmt: skip
def test_a_rule_that_contradicts_itself_is_refused(rule: MeasureRule, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        quantity(rule)


def test_an_empty_period_is_refused() -> None:
    start = datetime(2024, 6, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="not after its start"):
        measure(SUM, [], start, start, "UTC")

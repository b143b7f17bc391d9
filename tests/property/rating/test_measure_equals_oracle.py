"""Measures agree with their independent twin on every rule, over changes of clocks and at all edges."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.charge.adjust import DayCount
from dutycycle.charge.measure import Aggregation
from dutycycle.kit.period import start_of_day
from dutycycle.rating.measure import (
    Band,
    Calendar,
    Condition,
    Day,
    Event,
    Levels,
    MeasureRule,
    Season,
    Then,
    Ties,
    Window,
    measure,
    oracle,
)
from dutycycle.rating.measure.rule import OF_IDS, OF_STATES

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo")
FIRST_DAYS = (date(2024, 3, 30), date(2024, 10, 26), date(2024, 4, 6), date(2018, 11, 3), date(2018, 2, 17))
VALUES = st.none() | st.decimals(-50, 50, places=2) | st.integers(0, 9).map(Decimal)
OVER_A_DURATION = (Aggregation.UNIQUE_DAYS, Aggregation.IN_SERVICE_DAYS, Aggregation.PRORATED_SUM)
DAY_COUNTS = [basis for basis in DayCount if basis is not DayCount.FIXED_MONTH]


@st.composite
def rules(draw: st.DrawFn, aggregation: Aggregation) -> MeasureRule:
    """Valid rules of one aggregation."""
    windowed = aggregation not in OVER_A_DURATION and draw(st.booleans())
    then = draw(st.sampled_from(Then)) if windowed else None
    ranked = aggregation is Aggregation.PERCENTILE or then is Then.PERCENTILE
    level, of_values = aggregation is Aggregation.TIME_WEIGHTED, aggregation not in OF_IDS | {Aggregation.COUNT}
    return MeasureRule(
        aggregation,
        draw(st.sampled_from([(), (Condition("kind", ("a",)),), (Condition("kind", ("a", None)),)])),
        carry_over=draw(st.booleans()) if not windowed or aggregation in OF_STATES else False,
        minimum_event=draw(st.none() | st.just(Decimal(2))) if of_values else None,
        ties=draw(st.sampled_from(Ties)),
        percentile=draw(st.sampled_from([Decimal(95), Decimal(50), Decimal("33.3"), Decimal(100)])) if ranked else None,
        initial_value=draw(st.sampled_from([Decimal(0), Decimal("1.5")])) if level else Decimal(0),
        levels=draw(st.sampled_from(Levels)) if level else Levels.DELTAS,
        floor_at_zero=aggregation is Aggregation.LAST and draw(st.booleans()),
        duration_days=draw(st.none() | st.just(Decimal(31))) if aggregation in OVER_A_DURATION else None,
        ratio_days=draw(st.none() | st.just(Decimal(7))) if aggregation is Aggregation.PRORATED_SUM else None,
        day_count=draw(st.sampled_from(DAY_COUNTS)) if aggregation is Aggregation.IN_SERVICE_DAYS
        else DayCount.DAYS,
        window=Window(draw(st.sampled_from([None, 60, 7 * 60, 1_440]))) if windowed else None,
        above=draw(st.none() | st.just(Decimal(3))) if windowed else None,
        then=then,
    )  # fmt: skip


@st.composite
def histories(draw: st.DrawFn, start: datetime) -> list[Event]:
    """Events around a start, some at one instant, some before and some after a period of a few days."""
    events = st.builds(
        Event,
        st.integers(-1_500, 3_000).map(lambda minutes: start + timedelta(minutes=minutes - minutes % 20)),
        VALUES,
        st.sampled_from(["", "p", "q"]),
        adds=st.booleans(),
        properties=st.sampled_from([{}, {"kind": "a"}, {"kind": "b"}]),
    )
    return draw(st.lists(events, max_size=10))


@pytest.mark.parametrize("aggregation", Aggregation)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_every_measure_equals_its_twin(aggregation: Aggregation, data: st.DataObject) -> None:
    zone, first = data.draw(st.sampled_from(ZONES)), data.draw(st.sampled_from(FIRST_DAYS))
    start = start_of_day(first, zone)
    end = start_of_day(first + timedelta(days=data.draw(st.integers(1, 2))), zone)
    rule, events = data.draw(rules(aggregation)), data.draw(histories(start))
    found = measure(rule, events, start, end, zone, explain=True)
    assert found.quantity == oracle.measure(rule, events, start, end, zone)
    assert sum((part.quantity for part in found.parts), Fraction(0)) == found.quantity
    assert all(start <= part.start <= part.end <= end for part in found.parts if part.start >= start)


@pytest.mark.parametrize("aggregation", Aggregation)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_the_order_of_arrival_does_not_matter(aggregation: Aggregation, data: st.DataObject) -> None:
    start = datetime(2024, 3, 30, tzinfo=UTC)
    rule, events = data.draw(rules(aggregation)), data.draw(histories(start))
    if rule.ties is Ties.LISTED:
        return
    shuffled = random.Random(data.draw(st.integers(0, 99))).sample(events, len(events))
    end = start + timedelta(days=3)
    assert measure(rule, events, start, end, "UTC") == measure(rule, shuffled, start, end, "UTC")


CLOCKS = st.times().map(lambda clock: time(clock.hour, clock.minute))
DAYS_OF_YEAR = st.sampled_from([(1, 1), (2, 29), (3, 31), (6, 15), (10, 27), (12, 31)])
BANDS = st.builds(
    Band,
    st.sampled_from(["peak", "night", "low"]),
    CLOCKS,
    CLOCKS,
    st.frozensets(st.sampled_from(Day), min_size=1),
    st.frozensets(st.integers(1, 12), min_size=1),
    st.none() | st.builds(Season, DAYS_OF_YEAR, DAYS_OF_YEAR),
)
CALENDARS = st.builds(
    Calendar,
    st.sampled_from(ZONES),
    st.lists(BANDS, max_size=4).map(tuple),
    st.sampled_from(["else", "low"]),
    st.frozensets(st.sampled_from([*FIRST_DAYS, date(2024, 10, 27)])),
)


@settings(max_examples=60, deadline=None)
@given(CALENDARS, st.sampled_from(FIRST_DAYS), st.integers(0, 59))
def test_columns_of_bands_equal_their_twin(calendar: Calendar, first: date, offset: int) -> None:
    start = start_of_day(first, calendar.zone) + timedelta(minutes=offset)
    instants = [start + timedelta(minutes=30 * step) for step in range(-4, 110)]
    at_us = np.array([int(at.timestamp()) * 10**6 for at in instants], dtype=np.int64)
    expected = [oracle.band_of(calendar, at) for at in instants]
    assert [calendar.names[number] for number in calendar.band_ids(at_us)] == expected
    assert [calendar.band_of(at) for at in instants] == expected

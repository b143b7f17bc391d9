"""Bands of a calendar, by example."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.measure import Band, Calendar, Day, Season
from dutycycle.rating.measure.time_of_use import WORKDAYS
from tests.unit.rating.measured import event

BERLIN = Calendar(
    "Europe/Berlin",
    (
        Band("holiday", days=frozenset({Day.HOLIDAY, Day.SUNDAY})),
        Band("summer peak", time(12), time(18), WORKDAYS, season=Season((6, 15), (9, 15))),
        Band("peak", time(8), time(20), WORKDAYS),
        Band("night", time(22), time(6)),
    ),
    "shoulder",
    frozenset({date(2024, 10, 3)}),
)


def band(text: str) -> str:
    return BERLIN.band_of(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("at", "name"),
    [
        ("2024-06-03T06:00Z", "peak"),  # 08:00 in Berlin
        ("2024-06-03T05:59Z", "shoulder"),
        ("2024-06-03T18:00Z", "shoulder"),
        ("2024-06-14T10:00Z", "peak"),
        ("2024-06-17T10:00Z", "summer peak"),
        ("2024-09-16T10:00Z", "peak"),
        ("2024-06-03T20:00Z", "night"),
        ("2024-06-04T03:59Z", "night"),
        ("2024-06-04T04:00Z", "shoulder"),
        ("2024-06-02T10:00Z", "holiday"),
        ("2024-10-03T10:00Z", "holiday"),
        ("2024-10-02T22:00Z", "holiday"),
        ("2024-10-03T22:00Z", "night"),
    ],
)
def test_the_first_band_that_matches_wins(at: str, name: str) -> None:
    assert band(at) == name


def test_a_night_belongs_to_the_day_on_which_the_clock_stands() -> None:
    friday_night = Calendar("UTC", (Band("friday", time(22), time(6), frozenset({Day.FRIDAY})),), "else")
    names = [friday_night.band_of(datetime(2024, 6, day, hour, tzinfo=UTC)) for day, hour in ((7, 5), (7, 23), (8, 1))]
    assert names == ["friday", "friday", "else"]


def test_a_season_may_run_over_the_new_year() -> None:
    winter = Season((11, 1), (2, 29))
    assert [winter.has(date(2024, *day)) for day in ((10, 31), (11, 1), (12, 31), (1, 1), (2, 29), (3, 1))] == [
        False, True, True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("month", "hours", "night"), [("2024-03", 743, -1), ("2024-10", 745, 1)])
def test_a_month_of_hours_across_a_change_of_clocks(month: str, hours: int, night: int) -> None:
    nights = Calendar("Europe/Berlin", (Band("night", time(22), time(6)),), "day")
    start, end = BillingPeriod.parse(month).instants("Europe/Berlin")
    instants = [start + timedelta(hours=hour) for hour in range((end - start) // timedelta(hours=1))]
    assert len(instants) == hours
    found = Counter(nights.band_of(at) for at in instants)
    assert found == {"night": 31 * 8 + night, "day": 31 * 16}
    at_us = np.array([int(at.timestamp()) * 10**6 for at in instants], dtype=np.int64)
    ids = nights.band_ids(at_us)
    assert ids.dtype == np.int8
    assert [nights.names[number] for number in ids] == [nights.band_of(at) for at in instants]


def test_values_are_split_by_band() -> None:
    events = (
        event("2024-06-03T06:00Z", "1.5"),
        event("2024-06-03T06:30Z", "2"),
        event("2024-06-02T10:00Z", "4"),
        event("2024-06-02T10:00Z"),
    )
    split = BERLIN.split(events)
    assert split == {"holiday": 4, "summer peak": 0, "peak": 3.5, "night": 0, "shoulder": 0}
    at_us = np.array([int(each.at.timestamp()) * 10**6 for each in events], dtype=np.int64)
    columns = BERLIN.split_columns(at_us, np.array([15, 20, 2**62, 2**62], dtype=np.int64))
    assert columns["peak"] == 35
    assert columns["holiday"] == 2**63


def test_no_instants_have_no_bands() -> None:
    assert BERLIN.band_ids(np.zeros(0, dtype=np.int64)).tolist() == []


def test_what_is_wrong_with_a_calendar_is_named() -> None:
    wrong = Calendar(
        "Berlin",
        (Band("", days=frozenset(), months=frozenset({13}), season=Season((2, 30), (3, 1))),),
        "",
    )
    fields = [violation.field for violation in wrong.violations("calendar")]
    assert fields == [
        "calendar.zone",
        "calendar.default",
        "calendar.bands[0].name",
        "calendar.bands[0].days",
        "calendar.bands[0].months",
        "calendar.bands[0].season.first",
    ]
    assert list(BERLIN.violations("calendar")) == []

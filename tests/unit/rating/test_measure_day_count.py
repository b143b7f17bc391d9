"""Day counts, by example."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dutycycle.charge.adjust import DayCount
from dutycycle.rating.measure import days

MARCH_9, MARCH_11 = date(2024, 3, 9), date(2024, 3, 11)


@pytest.mark.parametrize(
    ("basis", "count"),
    [
        (DayCount.DAYS, 2),
        (DayCount.INCLUSIVE_DAYS, 3),
        (DayCount.SECONDS, 2 * 86_400),
        (DayCount.FIXED_MONTH, 2),
    ],
)
def test_a_weekend(basis: DayCount, count: int) -> None:
    assert days(MARCH_9, MARCH_11, basis) == count
    assert days(MARCH_11, MARCH_9, basis) == 0


def test_fixed_months_are_as_long_whatever_the_calendar() -> None:
    assert days(date(2023, 2, 23), date(2023, 3, 15), DayCount.FIXED_MONTH, 30) == 22
    assert days(date(2023, 12, 1), date(2024, 2, 1), DayCount.FIXED_MONTH, 31) == 62


def test_seconds_are_elapsed_ones() -> None:
    zone = ZoneInfo("America/New_York")
    start, end = datetime(2024, 3, 9, tzinfo=zone), datetime(2024, 3, 11, tzinfo=zone)
    assert days(start, end, DayCount.SECONDS) == 47 * 3_600
    assert days(start, end, DayCount.DAYS) == 2


def test_a_day_and_an_instant_are_no_span_in_seconds() -> None:
    with pytest.raises(TypeError, match="give two instants or two dates"):
        days(MARCH_9, datetime(2024, 3, 11, tzinfo=ZoneInfo("UTC")), DayCount.SECONDS)

"""Billing periods are half-open civil days; what instants they are depends on the zone and its clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dutycycle.kit.period import BillingPeriod, is_zone, start_of_day


@pytest.mark.parametrize(
    ("month", "zone", "hours"),
    [
        ("2013-03", "America/New_York", 743),
        ("2013-11", "America/New_York", 721),
        ("2013-10", "Europe/Berlin", 745),
        ("2013-03", "Europe/Berlin", 743),
        ("2013-10", "UTC", 744),
        ("2024-02", "Asia/Kathmandu", 696),
        ("2011-12", "Pacific/Apia", 720),  # Samoa left out 30 December 2011
    ],
)
def test_a_month_has_the_hours_its_zone_gives_it(month: str, zone: str, hours: int) -> None:
    start, end = BillingPeriod.parse(month).instants(zone)
    assert end - start == timedelta(hours=hours)


def test_months_meet_without_gap_or_overlap_in_every_zone() -> None:
    january = BillingPeriod.month(2013, 1)
    for zone in ("America/New_York", "Europe/Berlin", "Pacific/Apia", "America/Sao_Paulo", "America/Havana"):
        period = january
        for _ in range(24):
            assert period.instants(zone)[1] == period.next_month().instants(zone)[0]
            period = period.next_month()


@pytest.mark.parametrize(
    ("day", "zone", "instant"),
    [
        (date(2013, 1, 1), "America/New_York", datetime(2013, 1, 1, 5, tzinfo=UTC)),
        (date(2013, 7, 1), "America/New_York", datetime(2013, 7, 1, 4, tzinfo=UTC)),
        # no midnight at all: the day begins at one o'clock, when clocks jump
        (date(2018, 11, 4), "America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC)),
        # midnight twice: the day begins at the first
        (date(2023, 11, 5), "America/Havana", datetime(2023, 11, 5, 4, tzinfo=UTC)),
    ],
)
def test_start_of_day(day: date, zone: str, instant: datetime) -> None:
    assert start_of_day(day, zone) == instant


def test_neighbours() -> None:
    december = BillingPeriod.month(2013, 12)
    assert december == BillingPeriod(date(2013, 12, 1), date(2014, 1, 1))
    assert december.next_month() == BillingPeriod.month(2014, 1)
    assert december.next_month().previous_month() == december
    assert BillingPeriod.month(2014, 1).previous_month() == december
    assert [period.label for period in december.next_month().last_months(3)] == ["2013-11", "2013-12", "2014-01"]
    assert (december.days, BillingPeriod.month(2024, 2).days) == (31, 29)
    assert (december.label, december.title) == ("2013-12", "December 2013")


@pytest.mark.parametrize(
    "text", ["", "2013", "2013-1", "2013-13", "2013-00", "2013-+1", "2013- 1", "13-2013", "2013-12-01"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        BillingPeriod.parse(text)


@pytest.mark.parametrize("end", [date(2013, 1, 1), date(2012, 12, 31)])
def test_a_period_ends_after_it_starts(end: date) -> None:
    with pytest.raises(ValueError, match="not after"):
        BillingPeriod(date(2013, 1, 1), end)


def test_zones_are_those_of_iana() -> None:
    assert is_zone("America/New_York")
    assert not any(map(is_zone, ["", "America", "New York", "../etc/passwd", "EST5EDT4"]))

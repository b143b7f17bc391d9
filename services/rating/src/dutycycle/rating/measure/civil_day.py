"""Civil days: which day of a zone an instant is in, and how a day is cut into windows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dutycycle.kit.period import start_of_day
from dutycycle.rating.measure.rule import Window

_ONE_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)


def civil_day(at: datetime, zone: str) -> date:
    """Return the civil day in which an instant lies; days begin as `start_of_day` says."""
    day = at.astimezone(ZoneInfo(zone)).date()
    # Where clocks went back over midnight, the clock reads the day before once more.
    return day + _ONE_DAY if start_of_day(day + _ONE_DAY, zone) <= at else day


def last_day(end: datetime, zone: str) -> date:
    """Return the last civil day of a period that ends before an instant."""
    return civil_day(end - _MICROSECOND, zone)


def windows(window: Window, start: datetime, end: datetime, zone: str) -> Iterator[tuple[datetime, datetime]]:
    """Yield the windows of a period in order, `[from, to)`, cut off at both of its ends."""
    day = civil_day(start, zone)
    while (begins := start_of_day(day, zone)) < end:
        day += _ONE_DAY
        ends = start_of_day(day, zone)
        length = ends - begins if window.minutes is None else timedelta(minutes=window.minutes)
        # A day that a zone skipped is empty and has no windows.
        while begins < ends:
            following = min(begins + length, ends)
            if max(begins, start) < min(following, end):
                yield max(begins, start), min(following, end)
            begins = following

"""Counting days: how long a span is, by the conventions that contracts name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from dutycycle.charge.adjust import DayCount

_SECOND = timedelta(seconds=1)
_MICROSECOND = timedelta(microseconds=1)
_MONTHS_OF_A_YEAR = 12


def days(start: date, end: date, basis: DayCount, fixed_month_days: int = 30) -> Fraction:
    """Count a span; zero where it ends before it starts.

    The unit is the day, for SECONDS the second. Days are those written in `start` and `end`, in whatever zone these
    are; seconds between instants are elapsed ones, and between bare dates 86,400 a day.
    """
    if basis is DayCount.SECONDS:
        return max(Fraction(0), Fraction(_elapsed(start, end) // _MICROSECOND, _SECOND // _MICROSECOND))
    first, last = _day(start), _day(end)
    if basis is DayCount.FIXED_MONTH:
        months = (last.year - first.year) * _MONTHS_OF_A_YEAR + last.month - first.month
        return Fraction(max(0, months * fixed_month_days + last.day - first.day))
    return Fraction(max(0, (last - first).days + (basis is DayCount.INCLUSIVE_DAYS)))


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _elapsed(start: date, end: date) -> timedelta:
    """Return the time between two moments, which must both be dates or both instants."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        # Through UTC: Python subtracts two clock readings of one zone as if that zone never changed its offset.
        return end - start if start.tzinfo is None else _to_utc(end) - _to_utc(start)
    if isinstance(start, datetime) or isinstance(end, datetime):
        raise TypeError(f"seconds between {start!r} and {end!r}: give two instants or two dates")
    return end - start


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)

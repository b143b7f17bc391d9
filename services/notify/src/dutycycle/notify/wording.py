"""How values of an invoice read in an e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import grouped


def places(values: Iterable[Decimal]) -> int:
    """Return the most digits after the point that any of the values has."""
    return max((len(format(value, "f").partition(".")[2]) for value in values), default=0)


def quantity(value: Decimal, digits: int) -> str:
    text = grouped(abs(value), digits)
    return f"−{text}" if value < 0 else text


def signed(value: Decimal, digits: int) -> str:
    """Write a difference with its sign: "+10.3", "−26", "0"."""
    return f"+{grouped(value, digits)}" if value > 0 else quantity(value, digits)


def day(value: date) -> str:
    """Write a day so that no reader takes month for day: "30 January 2014"."""
    return f"{value.day} {value:%B %Y}"


def days(period: BillingPeriod) -> str:
    """Write the first and the last day of a period: "1–31 December 2013"."""
    last = period.end - timedelta(days=1)
    if (period.start.year, period.start.month) == (last.year, last.month):
        return f"{period.start.day}–{day(last)}"
    return f"{day(period.start)} – {day(last)}"


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

"""Billing periods: half-open, in civil days of an IANA zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class BillingPeriod:
    """Civil days `[start, end)`; which instants those are depends on the zone of the agreement."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"period ends {self.end}, not after its start {self.start}")

    @classmethod
    def month(cls, year: int, month: int) -> BillingPeriod:
        """Return a calendar month."""
        return cls(date(year, month, 1), _first_of_next_month(date(year, month, 1)))

    @classmethod
    def parse(cls, text: str) -> BillingPeriod:
        """Read "2013-12". Raises ValueError on anything else."""
        written = _MONTH.fullmatch(text)
        if written is None:
            raise ValueError(f"{text!r} is not a month; write it as 2013-12")
        return cls.month(int(written[1]), int(written[2]))

    @property
    def label(self) -> str:
        """Identify a month as "2013-12"."""
        return f"{self.start:%Y-%m}"

    @property
    def title(self) -> str:
        """Name a month for people: "December 2013"."""
        return f"{self.start:%B %Y}"

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    def next_month(self) -> BillingPeriod:
        return BillingPeriod(self.end, _first_of_next_month(self.end))

    def previous_month(self) -> BillingPeriod:
        year, month = (self.start.year - 1, 12) if self.start.month == 1 else (self.start.year, self.start.month - 1)
        return BillingPeriod.month(year, month)

    def last_months(self, count: int) -> list[BillingPeriod]:
        """Return `count` months, oldest first, this one last."""
        months = [self]
        while len(months) < count:
            months.append(months[-1].previous_month())
        return months[::-1]

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """Return the UTC instants of start and end; a day of change to daylight saving is 23 or 25 hours."""
        return start_of_day(self.start, zone), start_of_day(self.end, zone)


def is_zone(name: str) -> bool:
    """Whether the name is that of an IANA zone."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # walks through a directory: once is enough


def start_of_day(day: date, zone: str) -> datetime:
    """Return the UTC instant at which a civil day begins in a zone."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)

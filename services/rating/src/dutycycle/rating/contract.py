"""What rating knows of contracts: agreements in force, schedules, placements, assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dutycycle.charge.charge import Charge
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.schedule import schedule_violations
from dutycycle.kit.period import BillingPeriod


@dataclass(frozen=True, slots=True)
class Schedule:
    """Charges of one commencement, in print order."""

    id: str
    display_name: str
    charges: tuple[Charge, ...]

    def __post_init__(self) -> None:
        found = list(schedule_violations(self.charges))
        if found:
            raise InvalidChargeError(self.id, found)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One revision of the terms with a customer."""

    name: str
    customer: str
    revision: int
    zone: str
    currency: str
    start_date: date
    end_date: date
    """Day after the last of the term."""
    effective_date: date
    """First day on which this revision is in force."""
    schedules: tuple[Schedule, ...]

    def number_of(self, period: BillingPeriod) -> int:
        """Return the number of a billing period since commencement, from 1."""
        return (period.start.year - self.start_date.year) * 12 + period.start.month - self.start_date.month + 1

    def find(self, schedule: str, charge: str) -> Charge | None:
        """Return a charge by the ids of its schedule and itself."""
        charges = (each for held in self.schedules if held.id == schedule for each in held.charges)
        return next((each for each in charges if each.id == charge), None)


@dataclass(frozen=True, slots=True)
class Placement:
    """An asset on a schedule."""

    name: str
    asset: str
    schedule: str
    customer: str
    zone: str
    start: date | None = None
    """First day; None: since ever."""
    end: date | None = None
    """Day after the last; None: it lasts."""
    cost_centre: str = ""
    """The customer's; empty: not said."""

    def days_within(self, period: BillingPeriod) -> int:
        """Return on how many days of a period the asset is placed."""
        start = max(period.start, self.start or period.start)
        end = min(period.end, self.end or period.end)
        return max(0, (end - start).days)


@dataclass(frozen=True, slots=True)
class Asset:
    """What is printed of an asset."""

    name: str
    display_name: str
    manufacturer: str
    model: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Assets and placements of a tenant as contracts tells them."""

    revision: int
    placements: Mapping[str, Placement]
    """By name."""
    assets: Mapping[str, Asset]
    """By name."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Every revision of one agreement, or the one that stands in for all of them in a what-if."""

    revisions: Sequence[Agreement]
    everywhen: bool = False
    """Whether the newest revision holds for any period, whatever its dates."""

    def on(self, day: date) -> Agreement | None:
        """Return the revision in force on a day; None before the first and from the end of the term on."""
        newest = max(self.revisions, key=_seniority)
        if self.everywhen:
            return newest
        known = [revision for revision in self.revisions if revision.effective_date <= day]
        found = max(known, key=_seniority, default=None)
        return found if found is not None and found.start_date <= day < found.end_date else None


def _seniority(revision: Agreement) -> tuple[date, int]:
    return revision.effective_date, revision.revision

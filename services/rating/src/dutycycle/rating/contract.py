"""What rating knows of contracts: agreements in force, schedules, placements, assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dutycycle.charge.charge import Charge
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.schedule import schedule_violations


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


@dataclass(frozen=True, slots=True)
class Placement:
    """An asset on a schedule."""

    name: str
    asset: str
    schedule: str
    customer: str
    zone: str


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

"""Products: things to add, each triggered by a fact that was observed. None claims a saving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from dutycycle.kit.quantity import EXACT, round_to_scale
from dutycycle.offers.history import Month, UseKind


@dataclass(frozen=True, slots=True)
class Validity:
    """Days `[start, end)` on which something may be offered."""

    start: date = date.min
    end: date = date.max

    def obstacle(self, day: date) -> str:
        """Say why a day is outside; empty if it is not."""
        if day < self.start:
            return f"offered from {self.start}"
        return "" if day < self.end else f"offered until {self.end - timedelta(days=1)}"


ALWAYS = Validity()


@dataclass(frozen=True, slots=True)
class Creative:
    """The words of a program or product in one language."""

    language: str
    """BCP 47: "de-DE"."""
    display_name: str
    text: str
    """Of a program its legal text, of a product what it does."""


def worded_in(creatives: Sequence[Creative], language: str) -> Creative | None:
    """Return the words for a language: the same tag, else the same language; None for the catalogue's own."""
    exact = (each for each in creatives if each.language == language)
    near = (each for each in creatives if each.language.partition("-")[0] == language.partition("-")[0])
    return next(exact, None) or next(near, None)


class Trigger(Enum):
    """Facts that can trigger a product."""

    UNUSABLE_RECORDS = "unusable records"
    IDLE_ASSETS = "idle assets"
    OVERAGE = "usage above the baseline"
    ESTIMATED_RECORDS = "estimated records"


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the catalogue."""

    id: str
    display_name: str
    trigger: Trigger
    threshold_percent: Decimal
    benefit: str
    eligibility: str = ""
    """Condition on the facts of the customer, in CEL; empty: everybody."""
    validity: Validity = ALWAYS
    priority: int = 0
    creatives: tuple[Creative, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """Usage records of the billed month as ingest answered for them."""

    received: int
    rejected: int
    waiting: int
    estimated: int = 0
    """By their source, instead of reading a meter."""

    @property
    def unusable(self) -> int:
        return self.rejected + self.waiting


@dataclass(frozen=True, slots=True)
class Fact:
    """What was observed: so many of so many."""

    count: Decimal
    of: Decimal

    @property
    def percent(self) -> Decimal:
        """Return the share in percent, one place; zero of nothing."""
        return round_to_scale(EXACT.divide(self.count * 100, self.of), 1) if self.of else Decimal(0)


def observe(trigger: Trigger, month: Month, records: RecordCounts) -> Fact:
    """Return the fact that a trigger looks at."""
    if trigger is Trigger.UNUSABLE_RECORDS:
        return Fact(Decimal(records.unusable), Decimal(records.received))
    if trigger is Trigger.ESTIMATED_RECORDS:
        return Fact(Decimal(records.estimated), Decimal(records.received))
    if trigger is Trigger.OVERAGE:
        baseline = month.baseline(UseKind.USAGE)
        return Fact(max(Decimal(0), month.used(UseKind.USAGE) - baseline), baseline)
    agreed = month.baseline(UseKind.ASSETS)
    return Fact(max(Decimal(0), agreed - month.used(UseKind.ASSETS)), agreed)

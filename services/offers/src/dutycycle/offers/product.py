"""Products: things to add, each triggered by a fact that was observed. None claims a saving."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from dutycycle.kit.quantity import EXACT, round_to_scale
from dutycycle.offers.history import Month, UseKind


class Trigger(Enum):
    """Facts that can trigger a product."""

    UNUSABLE_RECORDS = "unusable records"
    IDLE_ASSETS = "idle assets"


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the catalogue."""

    id: str
    display_name: str
    trigger: Trigger
    threshold_percent: Decimal
    benefit: str


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """Usage records of the billed month as ingest answered for them."""

    received: int
    rejected: int
    waiting: int

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
    agreed = month.baseline(UseKind.ASSETS)
    return Fact(max(Decimal(0), agreed - month.used(UseKind.ASSETS)), agreed)

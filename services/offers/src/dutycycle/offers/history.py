"""What a customer used and what it cost, month by month, as rating says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import EXACT, round_to_scale


class UseKind(Enum):
    """What a measured quantity counts."""

    ASSETS = "assets"
    USAGE = "usage"


@dataclass(frozen=True, slots=True)
class Use:
    """Baseline and measured quantity of one charge in one month."""

    schedule: str
    charge: str
    kind: UseKind
    units: str
    """Unit, plural."""
    baseline: Decimal | None
    used: Decimal


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its uses and what the month itself cost, base and usage."""

    period: BillingPeriod
    cost: Money
    uses: tuple[Use, ...]
    overage: Money
    """What of the cost was for usage and assets above their baselines."""

    def compared(self, kind: UseKind) -> Iterator[Use]:
        """Yield the uses that have a baseline; of usage only those in the unit of the first."""
        units = None
        for use in self.uses:
            if use.kind is kind and use.baseline is not None and units in (None, use.units):
                units = use.units
                yield use

    def baseline(self, kind: UseKind) -> Decimal:
        """Return the agreed quantity over all schedules."""
        return sum((use.baseline for use in self.compared(kind) if use.baseline is not None), Decimal(0))

    def used(self, kind: UseKind) -> Decimal:
        """Return the measured quantity over the schedules that have a baseline."""
        return sum((use.used for use in self.compared(kind)), Decimal(0))

    @property
    def units(self) -> str:
        """Return the unit of usage, empty where nothing is compared."""
        return next((use.units for use in self.compared(UseKind.USAGE)), "")


def used_percent(used: Decimal, baseline: Decimal) -> Decimal | None:
    """Return used in percent of a baseline, one place; None without a baseline."""
    return round_to_scale(EXACT.divide(used * 100, baseline), 1) if baseline else None


History = Sequence[Month]
"""Months without gaps, oldest first, the billed one last."""


def cost_of(months: History) -> Money:
    """Add up what the months cost. There is at least one."""
    total = months[0].cost
    for month in months[1:]:
        total = total + month.cost
    return total

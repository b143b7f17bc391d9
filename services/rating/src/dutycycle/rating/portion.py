"""The part of a reading that a price model prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Portion:
    """What is left of a reading once the baseline is taken into account."""

    quantity: Decimal
    """Units to price; negative only where a charge credits what is below the baseline."""
    picked: Decimal
    """Quantity that picks the tier of a volume price; differs from `quantity` for prorated units."""
    prior: Decimal | None = None
    """Quantity an earlier line of the same period has billed; None if this is the first line."""
    covered: Mapping[str, Decimal] = field(default_factory=dict)
    """Amounts that draw a commitment down, by charge id."""
    already_billed: Decimal = Decimal(0)
    """Top-up that earlier lines of the period have billed."""

    @property
    def span(self) -> tuple[Fraction, Fraction]:
        """Cumulative quantity before and after this line."""
        start = Fraction(self.prior or 0)
        return start, start + Fraction(self.quantity)

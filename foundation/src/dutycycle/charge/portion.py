"""The part of a reading that a price model prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """Usage that keeps its own identity: of an asset, an event, a window, a band, an attribute's value."""

    key: str
    quantity: Fraction
    attributes: Mapping[str, str] = field(default_factory=dict)
    baseline: Fraction | None = None
    """Agreed for this one alone, in billed units; None: what the charge says."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the quantity within the period."""

    quantity: Fraction
    """Units added; removed where negative."""
    share: Fraction
    """Part of the period that is left."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What is left of a reading once the baseline is taken into account."""

    quantity: Fraction
    """Units to price; negative only where a charge credits what is below the baseline."""
    picked: Fraction | None = None
    """Quantity that picks the tier of a volume price, where it differs from `quantity` (prorated units)."""
    prior: Fraction | None = None
    """Quantity an earlier line of the same period has billed; None if this is the first line."""
    entries: tuple[Entry, ...] = ()
    """The quantity one by one, where the charge prices it so."""
    changes: tuple[Change, ...] | None = None
    """Changes in order of time, for tiers that prorate them."""
    covered: Mapping[str, Decimal] = field(default_factory=dict)
    """Amounts that draw a commitment down, by charge id."""
    already_billed: Fraction = NOTHING
    """What earlier lines of the period have billed."""
    share: Fraction = Fraction(1)
    """Part of the period for which a commitment holds."""
    stock: Fraction = NOTHING
    """Units of prepaid blocks that are left from earlier periods."""

    @property
    def span(self) -> tuple[Fraction, Fraction]:
        """Cumulative quantity before and after this line."""
        start = self.prior or NOTHING
        return start, start + self.quantity

"""Rated lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.charge import Charge, LineKind, PriceOn
from dutycycle.charge.step import Step
from dutycycle.rating.allocation import Share, pool_shares
from dutycycle.rating.quantity import billed_entries, compared_entries
from dutycycle.rating.reading import Reading


@dataclass(frozen=True, slots=True)
class Pool:
    """What a charge measured together: the entries that share the cost."""

    charge: Charge
    reading: Reading
    scale: int
    """Digits after the point of a share."""

    def shares(self, amount: Decimal) -> tuple[Share, ...]:
        """Allocate an amount, to the last unit of the scale."""
        agreed = self.charge.baseline
        each_has_one = agreed is not None and agreed.by_asset
        entries = (compared_entries if each_has_one else billed_entries)(self.charge, self.reading)
        return pool_shares(amount, entries, self.scale, above=self.charge.price.on is PriceOn.ABOVE)


@dataclass(frozen=True, slots=True)
class RatedLine:
    """What a charge came to, with the arithmetic that made it."""

    charge: str
    label: str
    kind: LineKind
    currency: str
    amount: Decimal
    """Major units, rounded as the charge says; credits are negative."""
    exact: Fraction
    """The amount before rounding: what the steps add up to."""
    rounded: bool
    """Whether the charge rounds at all."""
    steps: tuple[Step, ...]
    charge_text: str
    rate_text: str
    units: str = ""
    """Plural unit of the quantities; empty where there is no quantity."""
    baseline_quantity: Decimal | None = None
    used_quantity: Decimal | None = None
    adjustment_quantity: Decimal | None = None
    """used − baseline, signed."""
    billable_quantity: Decimal | None = None
    """What was priced."""
    unit_amount: Decimal | None = None
    """Price of one unit, where there is only one."""
    parties: tuple[Share, ...] = ()
    """Who pays what of it, where it is split."""
    pool: Pool | None = None
    """What the amount of a pool may be allocated to."""

    @property
    def allocations(self) -> tuple[Share, ...]:
        """What each entry of a pool has of the amount; they add up to it. Worked out when asked for."""
        return self.pool.shares(self.amount) if self.pool is not None else ()

"""Rated lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.charge import LineKind
from dutycycle.charge.step import Step
from dutycycle.rating.allocation import Share


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
    allocations: tuple[Share, ...] = ()
    """What each entry of a pool has of it; they add up to the amount."""

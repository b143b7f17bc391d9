"""Steps of the arithmetic that made a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """One step; the amounts of a line's steps add up to the line before rounding."""

    stage: str
    """Part of the pipeline; the API's comment on Step lists them."""
    text: str
    """In words: "40.0 flight hours at $310.00"."""
    quantity: Decimal | None = None
    unit_amount: Decimal | None = None
    """Major units per unit."""
    amount: Fraction | None = None
    """Exact, major units; None if the step adds nothing."""
    tier: int | None = None
    """Number of the tier, from 1."""
    key: str = ""
    """Entry that the step is about: an asset, an event, a window, a band; empty: the whole line."""


def add_up(steps: Iterable[Step]) -> Fraction:
    """Return the exact sum of the amounts."""
    return sum((step.amount for step in steps if step.amount is not None), Fraction(0))

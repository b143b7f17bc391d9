"""Parts: where a measured quantity comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a quantity."""

    start: datetime
    end: datetime
    """Equal to start for an event that only counts as such."""
    value: Fraction
    """What was found: the value of an event, a level, the days of an id, the amount of a window."""
    quantity: Fraction
    """What it adds to the quantity: all of the value, its share of the period, or what is above a limit."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the events of a period come to: exactly the sum of the parts."""

    quantity: Fraction
    parts: tuple[Part, ...] = ()
    """Empty unless an explanation was asked for."""


def add_up(parts: Sequence[Part], *, explain: bool) -> Measured:
    """Return the sum of the parts, with or without them."""
    return Measured(sum((part.quantity for part in parts), Fraction(0)), tuple(parts) if explain else ())

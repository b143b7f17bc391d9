"""The compiled form of a price: straight lines end to end over the quantity.

Flat, per-unit, graduated, volume, package and commitment prices all become a curve, so one kernel rates them all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """One straight line: `intercept + slope * quantity` for quantities up to and including `upper`."""

    upper: Fraction | None
    """Inclusive; None: without end."""
    intercept: Fraction
    """Major units at quantity zero."""
    slope: Fraction
    """Major units per unit."""

    def at(self, quantity: Fraction) -> Fraction:
        return self.intercept + self.slope * quantity


@dataclass(frozen=True, slots=True)
class Packages:
    """Counting of whole packages; the curve then runs over packages instead of units."""

    size: Decimal
    free: Decimal
    least: int
    drop_started: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """What a quantity costs before bounds and rounding. Pieces ascend and the last has no upper end."""

    pieces: tuple[Piece, ...]
    base: Fraction = ZERO
    """Added once to every line, also to one that continues an earlier line."""
    packages: Packages | None = None

    def without_credit(self) -> Curve:
        """Return the curve that costs below zero what it costs at zero."""
        level = next(piece for piece in self.pieces if piece.upper is None or piece.upper >= 0)
        kept = tuple(piece for piece in self.pieces if piece.upper is None or piece.upper > 0)
        return replace(self, pieces=(Piece(ZERO, level.at(ZERO), ZERO), *kept))

    def shifted(self, baseline: Decimal) -> Curve:
        """Return the curve over the whole quantity of which only what is beyond `baseline` is priced."""
        if self.packages is not None:
            return replace(self, packages=replace(self.packages, free=self.packages.free + baseline))
        by = Fraction(baseline)
        return replace(self, pieces=tuple(_shifted(piece, by) for piece in self.pieces))


def _shifted(piece: Piece, by: Fraction) -> Piece:
    upper = None if piece.upper is None else piece.upper + by
    return Piece(upper, piece.intercept - piece.slope * by, piece.slope)

"""The compiled form of a price: straight lines end to end over the quantity.

Every price comes down to evaluations of curves: one for a flat, per-unit, graduated, volume, package or commitment
price, several where tiers, cells or events are priced one by one. So one kernel rates them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """One straight line: `intercept + slope * quantity` for quantities up to `upper`."""

    upper: Fraction | None
    """None: without end."""
    intercept: Fraction
    """Major units at quantity zero."""
    slope: Fraction
    """Major units per unit."""
    closed: bool = True
    """Whether `upper` itself belongs to the piece."""

    def at(self, quantity: Fraction) -> Fraction:
        return self.intercept + self.slope * quantity

    def holds(self, quantity: Fraction) -> bool:
        """Whether a quantity lies not beyond the piece."""
        return self.upper is None or quantity < self.upper or (self.closed and quantity == self.upper)


@dataclass(frozen=True, slots=True)
class Packages:
    """Counting of whole packages; the curve then runs over packages instead of units."""

    size: Fraction
    free: Fraction = ZERO
    least: int = 0
    drop_started: bool = False

    def count(self, quantity: Fraction) -> int:
        beyond = max(ZERO, quantity - self.free) / self.size
        return max(self.least, floor(beyond) if self.drop_started else ceil(beyond))


@dataclass(frozen=True, slots=True)
class Curve:
    """What a quantity costs before bounds and rounding. Pieces ascend and the last has no upper end."""

    pieces: tuple[Piece, ...]
    base: Fraction = ZERO
    """Added once to every line, also to one that continues an earlier line."""
    packages: Packages | None = None

    def at(self, picked: Fraction, quantity: Fraction | None = None) -> Fraction:
        """Return what a quantity costs, without the base, on the piece that `picked` lies on."""
        if self.packages is not None:
            picked = Fraction(self.packages.count(picked))
            quantity = picked
        piece = next(piece for piece in self.pieces if piece.holds(picked))
        return piece.at(picked if quantity is None else quantity)

    def without_credit(self) -> Curve:
        """Return the curve that costs below zero what it costs at zero."""
        level = next(piece for piece in self.pieces if piece.upper is None or piece.upper >= 0)
        kept = tuple(piece for piece in self.pieces if piece.upper is None or piece.upper > 0)
        return replace(self, pieces=(Piece(ZERO, level.at(ZERO), ZERO), *kept))

    def shifted(self, baseline: Fraction) -> Curve:
        """Return the curve over the whole quantity of which only what is beyond `baseline` is priced."""
        if self.packages is not None:
            return replace(self, packages=replace(self.packages, free=self.packages.free + baseline))
        return replace(self, pieces=tuple(_shifted(piece, baseline) for piece in self.pieces))


def _shifted(piece: Piece, by: Fraction) -> Piece:
    upper = None if piece.upper is None else piece.upper + by
    return replace(piece, upper=upper, intercept=piece.intercept - piece.slope * by)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One look-up on a curve; what a line costs is the sum of its evaluations."""

    curve: Curve
    quantity: Fraction
    """What is charged."""
    picked: Fraction | None = None
    """What finds the piece, where that is another quantity."""
    times: int = 1
    """−1 takes back what an earlier line has billed."""

    @property
    def amount(self) -> Fraction:
        """The exact cost, by the definition of the curve."""
        found = self.quantity if self.picked is None else self.picked
        return self.times * self.curve.at(found, self.quantity)


def line(slope: Fraction) -> Curve:
    """Return the curve of one price for every unit."""
    return Curve((Piece(None, ZERO, slope),))


def level(amount: Fraction) -> Curve:
    """Return the curve of an amount whatever the quantity."""
    return Curve((Piece(None, amount, ZERO),))


def cost(evaluations: Iterable[Evaluation]) -> Fraction:
    """Add evaluations up by definition."""
    return sum((each.amount for each in evaluations), ZERO)

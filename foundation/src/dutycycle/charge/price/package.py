"""Package: whole packages of units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Packages, Piece
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.model import CurvePrice, Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.quantity import Rounding

NOTHING = Decimal(0)
LARGEST_LEAST = 10**15


@dataclass(frozen=True, slots=True)
class Package(CurvePrice):
    """Packages times the amount of one; the started package counts unless `mode` is DOWN."""

    size: Decimal
    amount: Decimal
    free_units: Decimal = NOTHING
    minimum_packages: int = 0
    mode: Rounding = Rounding.UP
    name: ClassVar[str] = "package"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.size", self.size, above=NOTHING)
        yield from number_violations(f"{field}.amount", self.amount)
        yield from number_violations(f"{field}.free_units", self.free_units, least=NOTHING)
        if not 0 <= self.minimum_packages <= LARGEST_LEAST:
            yield FieldViolation(f"{field}.minimum_packages", f"is {self.minimum_packages}; 0 to {LARGEST_LEAST}")
        if self.mode not in (Rounding.UP, Rounding.DOWN):
            yield FieldViolation(f"{field}.mode", f"is {self.mode.name}; a started package counts (UP) or not (DOWN)")

    @property
    def packages(self) -> Packages:
        dropped = self.mode is Rounding.DOWN
        return Packages(Fraction(self.size), Fraction(self.free_units), self.minimum_packages, dropped)

    def curve(self) -> Curve:
        return Curve((Piece(None, ZERO, Fraction(self.amount)),), packages=self.packages)

    def repriced(self, change: Reprice) -> Package:
        return replace(self, amount=change(self.amount))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        start, end = portion.span
        count = self.packages.count(end) - (self.packages.count(start) if portion.prior is not None else 0)
        free = f" after {words.number(self.free_units)} free" if self.free_units != 0 else ""
        text = f"{words.count(portion.quantity)}{free}: {count:,} × {words.number(self.size)} at "
        amount = count * Fraction(self.amount)
        yield Step("package", text + words.money(self.amount), Decimal(count), self.amount, amount)

    def rate_text(self, words: Wording) -> str:
        return f"{words.money(self.amount)} per {words.bound(self.size)} {words.units}"

    def sentence(self, words: Wording) -> str:
        free = f" after the first {words.bound(self.free_units)}" if self.free_units != 0 else ""
        least = f", at least {self.minimum_packages}" if self.minimum_packages else ""
        ending = ", a started package is free" if self.mode is Rounding.DOWN else ""
        return f"{self.rate_text(words)}{free}{least}{ending}"

"""Package: whole packages of units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar

from dutycycle.kit.errors import FieldViolation
from dutycycle.rating.curve import ZERO, Curve, Packages, Piece
from dutycycle.rating.portion import Portion
from dutycycle.rating.step import Step
from dutycycle.rating.violation import number_violations
from dutycycle.rating.wording import Wording

NOTHING = Decimal(0)
LARGEST_LEAST = 10**15


@dataclass(frozen=True, slots=True)
class Package:
    """Packages times the amount of one; the started package counts unless it is dropped."""

    size: Decimal
    amount: Decimal
    free_units: Decimal = NOTHING
    minimum_packages: int = 0
    drop_started: bool = False
    name: ClassVar[str] = "package"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.size", self.size, above=NOTHING)
        yield from number_violations(f"{field}.amount", self.amount)
        yield from number_violations(f"{field}.free_units", self.free_units, least=NOTHING)
        if not 0 <= self.minimum_packages <= LARGEST_LEAST:
            yield FieldViolation(f"{field}.minimum_packages", f"is {self.minimum_packages}; 0 to {LARGEST_LEAST}")

    def curve(self) -> Curve:
        counting = Packages(self.size, self.free_units, self.minimum_packages, self.drop_started)
        return Curve((Piece(None, ZERO, Fraction(self.amount)),), packages=counting)

    def packages(self, quantity: Fraction) -> int:
        """Return how many packages a quantity makes."""
        beyond = max(ZERO, quantity - Fraction(self.free_units)) / Fraction(self.size)
        return max(self.minimum_packages, floor(beyond) if self.drop_started else ceil(beyond))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        start, end = portion.span
        count = self.packages(end) - (self.packages(start) if portion.prior is not None else 0)
        free = f" after {words.number(self.free_units)} free" if self.free_units != 0 else ""
        text = f"{words.count(portion.quantity)}{free}: {count:,} × {words.number(self.size)} at "
        amount = count * Fraction(self.amount)
        yield Step("package", text + words.money(self.amount), Decimal(count), self.amount, amount)

    def rate_text(self, words: Wording) -> str:
        return f"{words.money(self.amount)} per {words.bound(self.size)} {words.units}"

    def sentence(self, words: Wording) -> str:
        free = f" after the first {words.bound(self.free_units)}" if self.free_units != 0 else ""
        least = f", at least {self.minimum_packages}" if self.minimum_packages else ""
        ending = ", a started package is free" if self.drop_started else ""
        return f"{self.rate_text(words)}{free}{least}{ending}"

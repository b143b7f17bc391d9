"""Flat: an amount that does not depend on usage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dutycycle.kit.errors import FieldViolation
from dutycycle.rating.curve import ZERO, Curve, Piece
from dutycycle.rating.portion import Portion
from dutycycle.rating.step import Step
from dutycycle.rating.violation import number_violations
from dutycycle.rating.wording import Wording


@dataclass(frozen=True, slots=True)
class Flat:
    """An amount per billing period, times how often it is taken (once, unless the reading says otherwise)."""

    amount: Decimal
    name: ClassVar[str] = "flat"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.amount", self.amount)

    def curve(self) -> Curve:
        return Curve((Piece(None, ZERO, Fraction(self.amount)),))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        times = "" if portion.quantity == 1 else f" × {words.number(portion.quantity)}"
        amount = Fraction(self.amount) * Fraction(portion.quantity)
        yield Step("flat", f"Flat {words.money(self.amount)}{times}", portion.quantity, self.amount, amount)

    def rate_text(self, words: Wording) -> str:
        return f"{words.money(self.amount)} a month"

    def sentence(self, words: Wording) -> str:
        return f"{words.money(self.amount)} a month"

"""Per unit: one price for every unit, and perhaps another for units below the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Piece, line
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.model import CurvePrice, Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import to_decimal


@dataclass(frozen=True, slots=True)
class PerUnit(CurvePrice):
    """Quantity times unit amount. A negative quantity is a credit at `credit_unit_amount`, where that is set."""

    unit_amount: Decimal
    credit_unit_amount: Decimal | None = None
    per: Decimal = Decimal(1)
    """Units that the amounts are for."""
    name: ClassVar[str] = "per_unit"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.unit_amount", self.unit_amount)
        yield from number_violations(f"{field}.credit_unit_amount", self.credit_unit_amount)
        yield from number_violations(f"{field}.per", self.per, above=Decimal(0))

    def curve(self) -> Curve:
        beyond = line(self._price(ZERO))
        if self.credit_unit_amount is None:
            return beyond
        return Curve((Piece(ZERO, ZERO, self._price(Fraction(-1))), *beyond.pieces))

    def price_of(self, quantity: Fraction | Decimal) -> Decimal:
        """Return the amount that holds on this side of zero."""
        if quantity < 0 and self.credit_unit_amount is not None:
            return self.credit_unit_amount
        return self.unit_amount

    def repriced(self, change: Reprice) -> PerUnit:
        credit = None if self.credit_unit_amount is None else change(self.credit_unit_amount)
        return replace(self, unit_amount=change(self.unit_amount), credit_unit_amount=credit)

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        price = self.price_of(portion.quantity)
        amount = portion.quantity * self._price(portion.quantity)
        below = ", credited" if portion.quantity < 0 else ""
        text = f"{words.count(abs(portion.quantity))}{' below' if below else ''}{below} at {self._text(price, words)}"
        single = price if self.per == 1 else None
        yield Step("unit", text, to_decimal(portion.quantity), single, amount)

    def rate_text(self, words: Wording) -> str:
        text = self._priced_text(self.unit_amount, words)
        if self.credit_unit_amount is None or self.credit_unit_amount == self.unit_amount:
            return text
        return f"{text}, credit {words.money(self.credit_unit_amount)}"

    def sentence(self, words: Wording) -> str:
        text = self._priced_text(self.unit_amount, words)
        if self.credit_unit_amount is None:
            return text
        return f"{text} above, a credit of {self._priced_text(self.credit_unit_amount, words)} below"

    def _price(self, side: Fraction) -> Fraction:
        return Fraction(self.price_of(side)) / Fraction(self.per)

    def _text(self, price: Decimal, words: Wording) -> str:
        return words.money(price) if self.per == 1 else f"{words.money(price)} per {words.bound(self.per)}"

    def _priced_text(self, price: Decimal, words: Wording) -> str:
        unit = words.unit if self.per == 1 else f"{words.bound(self.per)} {words.units}"
        return f"{words.money(price)} per {unit}"

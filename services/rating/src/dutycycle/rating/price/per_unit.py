"""Per unit: one price for every unit, and perhaps another for units below the baseline."""

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
class PerUnit:
    """Quantity times unit amount. A negative quantity is a credit at `credit_unit_amount`, where that is set."""

    unit_amount: Decimal
    credit_unit_amount: Decimal | None = None
    name: ClassVar[str] = "per_unit"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.unit_amount", self.unit_amount)
        yield from number_violations(f"{field}.credit_unit_amount", self.credit_unit_amount)

    def curve(self) -> Curve:
        beyond = Piece(None, ZERO, Fraction(self.unit_amount))
        if self.credit_unit_amount is None:
            return Curve((beyond,))
        return Curve((Piece(ZERO, ZERO, Fraction(self.credit_unit_amount)), beyond))

    def price_of(self, quantity: Decimal) -> Decimal:
        """Return the unit amount that holds on this side of zero."""
        if quantity < 0 and self.credit_unit_amount is not None:
            return self.credit_unit_amount
        return self.unit_amount

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        price = self.price_of(portion.quantity)
        amount = Fraction(portion.quantity) * Fraction(price)
        below = portion.quantity < 0
        text = f"{words.count(abs(portion.quantity))}{' below, credited' if below else ''} at {words.money(price)}"
        yield Step("unit", text, portion.quantity, price, amount)

    def rate_text(self, words: Wording) -> str:
        text = f"{words.money(self.unit_amount)} per {words.unit}"
        if self.credit_unit_amount is None or self.credit_unit_amount == self.unit_amount:
            return text
        return f"{text}, credit {words.money(self.credit_unit_amount)}"

    def sentence(self, words: Wording) -> str:
        text = f"{words.money(self.unit_amount)} per {words.unit}"
        if self.credit_unit_amount is None:
            return text
        return f"{text} above, a credit of {words.money(self.credit_unit_amount)} per {words.unit} below"

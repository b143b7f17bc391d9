"""Commitment: money agreed for the period, drawn down by other charges; what is missing is topped up."""

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

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Commitment:
    """max(0, amount × share − what the covered charges came to − top-up billed before)."""

    amount: Decimal
    covers: tuple[str, ...]
    """Ids of the charges of the same schedule that draw it down."""
    share: Fraction = WHOLE
    """Part of the period for which the commitment holds: active days over all days."""
    name: ClassVar[str] = "commitment"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.amount", self.amount, least=Decimal(0))
        if not self.covers:
            yield FieldViolation(f"{field}.covers", "is empty; name the charges that draw the commitment down")
        if len(set(self.covers)) != len(self.covers):
            yield FieldViolation(f"{field}.covers", "names a charge twice")
        if self.share < 0:
            yield FieldViolation(f"{field}.share", f"is {self.share}; it must not be negative")

    @property
    def agreed(self) -> Fraction:
        return Fraction(self.amount) * self.share

    def curve(self) -> Curve:
        return Curve((Piece(self.agreed, self.agreed, Fraction(-1)), Piece(None, ZERO, ZERO)))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        part = "" if self.share == 1 else f", {self.share} of {words.money(self.amount)}"
        yield Step("commitment", f"Agreed {words.money(self.agreed)}{part}", amount=self.agreed)
        for charge, amount in portion.covered.items():
            yield Step("cover", f"Drawn down by {charge}: {words.money(amount)}", amount=-Fraction(amount))
        if portion.already_billed != 0:
            text = f"Topped up before: {words.money(portion.already_billed)}"
            yield Step("cover", text, amount=-Fraction(portion.already_billed))
        beyond = Fraction(portion.quantity) - self.agreed
        if beyond > 0:
            yield Step("cover", f"Met, {words.money(beyond)} beyond: nothing to top up", amount=beyond)

    def rate_text(self, words: Wording) -> str:
        return f"up to {words.money(self.amount)} a month"

    def sentence(self, words: Wording) -> str:
        return f"{words.money(self.amount)} a month agreed; what {' and '.join(self.covers)} fall short is topped up"

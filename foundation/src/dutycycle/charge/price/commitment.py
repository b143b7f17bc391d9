"""Commitment: money agreed for the period, drawn down by other charges; what is missing is topped up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Evaluation, Piece
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.model import Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import to_decimal


@dataclass(frozen=True, slots=True)
class Commitment:
    """max(0, amount × share of the period − what the covered charges came to − top-up billed before)."""

    amount: Decimal
    covers: tuple[str, ...]
    """Ids of the charges of the same schedule that draw it down."""
    name: ClassVar[str] = "commitment"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.amount", self.amount, least=Decimal(0))
        yield from covers_violations(self.covers, f"{field}.covers")

    def evaluations(self, portion: Portion) -> Iterator[Evaluation]:
        agreed = Fraction(self.amount) * portion.share
        missing = Curve((Piece(agreed, agreed, Fraction(-1)), Piece(None, ZERO, ZERO)))
        yield Evaluation(missing, portion.quantity)

    def repriced(self, change: Reprice) -> Commitment:
        return replace(self, amount=change(self.amount))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        agreed = Fraction(self.amount) * portion.share
        part = "" if portion.share == 1 else f", {portion.share} of {words.money(self.amount)}"
        yield Step("commitment", f"Agreed {words.money(agreed)}{part}", amount=agreed)
        yield from drawn_down(portion, words)
        beyond = portion.quantity - agreed
        if beyond > 0:
            yield Step("cover", f"Met, {words.money(beyond)} beyond: nothing to top up", amount=beyond)

    def rate_text(self, words: Wording) -> str:
        return f"up to {words.money(self.amount)} a month"

    def sentence(self, words: Wording) -> str:
        return f"{words.money(self.amount)} a month agreed; what {' and '.join(self.covers)} fall short is topped up"


def covers_violations(covers: tuple[str, ...], field: str) -> Iterator[FieldViolation]:
    """Yield what is wrong with the names of covered charges."""
    if not covers:
        yield FieldViolation(field, "is empty; name the charges that draw the commitment down")
    if len(set(covers)) != len(covers):
        yield FieldViolation(field, "names a charge twice")


def drawn_down(portion: Portion, words: Wording) -> Iterator[Step]:
    """Explain what has drawn a commitment down."""
    for charge, amount in portion.covered.items():
        yield Step("cover", f"Drawn down by {charge}: {words.money(amount)}", amount=-Fraction(amount))
    if portion.already_billed != 0:
        text = f"Topped up before: {words.money(to_decimal(portion.already_billed))}"
        yield Step("cover", text, amount=-portion.already_billed)

"""Prepaid: blocks bought when they are needed and used up over time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Evaluation, Packages, Piece
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.model import Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation


@dataclass(frozen=True, slots=True)
class Prepaid:
    """As many blocks as the quantity needs beyond the stock; what is left is stock of later periods."""

    block_size: Decimal
    block_amount: Decimal
    expires_after_periods: int = 0
    """For how many periods, its own among them, a block may be used; 0: until it is used up."""
    name: ClassVar[str] = "prepaid"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.block_size", self.block_size, above=Decimal(0))
        yield from number_violations(f"{field}.block_amount", self.block_amount, least=Decimal(0))
        if self.expires_after_periods < 0:
            yield FieldViolation(f"{field}.expires_after_periods", f"is {self.expires_after_periods}; 0 or more")

    def bought(self, quantity: Fraction, stock: Fraction) -> int:
        """Return how many blocks are bought."""
        return Packages(Fraction(self.block_size), stock).count(quantity)

    def evaluations(self, portion: Portion) -> Iterator[Evaluation]:
        counting = Packages(Fraction(self.block_size), portion.stock)
        yield Evaluation(Curve((Piece(None, ZERO, Fraction(self.block_amount)),), packages=counting), portion.quantity)

    def repriced(self, change: Reprice) -> Prepaid:
        return replace(self, block_amount=change(self.block_amount))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        bought = self.bought(portion.quantity, portion.stock)
        left = portion.stock + bought * Fraction(self.block_size) - max(ZERO, portion.quantity)
        yield Step("stock", f"{words.count(portion.stock)} left from blocks bought before")
        text = f"{bought:,} × {words.number(self.block_size)} bought at {words.money(self.block_amount)}"
        amount = bought * Fraction(self.block_amount)
        yield Step("package", text, Decimal(bought), self.block_amount, amount)
        yield Step("stock", f"{words.count(left)} left")

    def rate_text(self, words: Wording) -> str:
        return f"{words.money(self.block_amount)} per {words.bound(self.block_size)} {words.units}"

    def sentence(self, words: Wording) -> str:
        ends = self.expires_after_periods
        expiry = f", to be used within {ends} month{'s' if ends > 1 else ''}" if ends else ""
        return f"{self.rate_text(words)}, bought when needed{expiry}"

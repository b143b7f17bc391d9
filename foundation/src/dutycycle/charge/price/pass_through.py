"""Pass-through: a cost passed on, with a markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import Curve, line
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.model import CurvePrice, Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import to_decimal
from dutycycle.kit.quantity import grouped


@dataclass(frozen=True, slots=True)
class PassThrough(CurvePrice):
    """The quantity is itself money; it is multiplied."""

    multiplier: Decimal = Decimal(1)
    name: ClassVar[str] = "pass_through"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.multiplier", self.multiplier)

    def curve(self) -> Curve:
        return line(Fraction(self.multiplier))

    def repriced(self, _change: Reprice) -> PassThrough:
        """Return itself: the cost is whatever it is, and the markup is agreed."""
        return self

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        times = "" if self.multiplier == 1 else f" × {grouped(self.multiplier)}"
        amount = portion.quantity * Fraction(self.multiplier)
        text = f"Passed on {words.money(portion.quantity)}{times}"
        yield Step("pass_through", text, to_decimal(portion.quantity), self.multiplier, amount)

    def rate_text(self, words: Wording) -> str:
        return self.sentence(words)

    def sentence(self, _words: Wording) -> str:
        return "passed on at cost" if self.multiplier == 1 else f"passed on × {grouped(self.multiplier)}"

"""What every price model offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import ClassVar, Protocol

from dutycycle.charge.curve import ZERO, Curve, Evaluation, level
from dutycycle.charge.portion import Portion
from dutycycle.charge.step import Step
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation

Reprice = Callable[[Decimal], Decimal]
"""How one price changes: an escalator's step."""


class PriceModel(Protocol):
    """A price model checks itself, comes down to evaluations, explains itself and puts itself in words."""

    name: ClassVar[str]
    """Its field in the API."""

    def violations(self, field: str) -> Iterator[FieldViolation]:
        """Yield what is wrong with it."""

    def evaluations(self, portion: Portion) -> Iterator[Evaluation]:
        """Yield the look-ups whose sum a portion costs."""

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        """Explain what a portion costs; the amounts add up to it."""

    def repriced(self, change: Reprice, /) -> PriceModel:
        """Return the model with every price changed."""

    def rate_text(self, words: Wording, /) -> str:
        """Write the rate for a table."""

    def sentence(self, words: Wording, /) -> str:
        """Write the price for a contract."""


class CurvePrice:
    """A price that is one curve over the quantity."""

    __slots__ = ()

    def curve(self) -> Curve:
        raise NotImplementedError

    def evaluations(self, portion: Portion) -> Iterator[Evaluation]:
        curve = self.curve()
        if portion.prior is None:
            yield Evaluation(curve, portion.quantity, portion.picked)
        else:
            start, end = portion.span
            yield Evaluation(curve, end)
            yield Evaluation(curve, start, times=-1)
        if curve.base != ZERO:
            yield Evaluation(level(curve.base), ZERO)

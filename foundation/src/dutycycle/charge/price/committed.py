"""Committed: a quantity or an amount is agreed, and what goes beyond has a price of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Piece
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.commitment import covers_violations
from dutycycle.charge.price.model import CurvePrice, Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import to_decimal
from dutycycle.kit.quantity import grouped

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Committed(CurvePrice):
    """Cost up to what is agreed; beyond it the cost times a factor; with true-up at least what is agreed."""

    unit_amount: Decimal = Decimal(1)
    """1: the quantity is money already."""
    quantity: Decimal | None = None
    amount: Decimal | None = None
    """What is agreed, in units or in money; neither: nothing is, and there is no overage."""
    overage_factor: Decimal = Decimal(1)
    true_up: bool = False
    covers: tuple[str, ...] = ()
    """Charges of the same schedule whose amounts draw it down, instead of a measure."""
    name: ClassVar[str] = "committed"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.unit_amount", self.unit_amount, least=NOTHING)
        yield from number_violations(f"{field}.quantity", self.quantity, least=NOTHING)
        yield from number_violations(f"{field}.amount", self.amount, least=NOTHING)
        yield from number_violations(f"{field}.overage_factor", self.overage_factor, least=NOTHING)
        if self.quantity is not None and self.amount is not None:
            yield FieldViolation(f"{field}.amount", "is set beside quantity; agree on one of them")
        if self.covers:
            yield from covers_violations(self.covers, f"{field}.covers")
            if self.unit_amount != 1 or self.quantity is not None:
                yield FieldViolation(f"{field}.covers", "draw down money: give amount, and no unit_amount")

    @property
    def agreed(self) -> Fraction | None:
        """Agreed money; None if nothing is agreed."""
        if self.quantity is not None:
            return Fraction(self.quantity) * Fraction(self.unit_amount)
        return None if self.amount is None else Fraction(self.amount)

    def curve(self) -> Curve:
        price, agreed = Fraction(self.unit_amount), self.agreed
        if agreed is None:
            return Curve((Piece(None, ZERO, price),))
        if price == 0:
            return Curve((Piece(None, agreed if self.true_up else ZERO, ZERO),))
        factor = Fraction(self.overage_factor)
        within = Piece(agreed / price, agreed, ZERO) if self.true_up else Piece(agreed / price, ZERO, price)
        return Curve((within, Piece(None, agreed - agreed * factor, price * factor)))

    def repriced(self, change: Reprice) -> Committed:
        amount = None if self.amount is None else change(self.amount)
        return replace(
            self, unit_amount=change(self.unit_amount) if not self.covers else self.unit_amount, amount=amount
        )

    def split(self, quantity: Fraction) -> tuple[Fraction, Fraction, Fraction]:
        """Return what a quantity comes to within what is agreed, beyond it, and to make up what is missing."""
        cost, agreed = quantity * Fraction(self.unit_amount), self.agreed
        if agreed is None:
            return cost, ZERO, ZERO
        within = min(cost, agreed)
        missing = agreed - within if self.true_up else ZERO
        return within, (cost - within) * Fraction(self.overage_factor), missing

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        start, end = portion.span
        before = self.split(start) if portion.prior is not None else (ZERO, ZERO, ZERO)
        within, overage, missing = (now - then for now, then in zip(self.split(end), before, strict=True))
        agreed = self.agreed
        of = "" if agreed is None else f" of {words.money(agreed)} agreed"
        yield Step("within", f"{words.money(within)}{of}", amount=within)
        if overage != 0:
            factor = "" if self.overage_factor == 1 else f", × {grouped(self.overage_factor)}"
            yield Step("overage", f"{words.money(overage)} beyond{factor}", amount=overage)
        if missing != 0:
            yield Step("true_up", f"{words.money(missing)} to make up what was agreed", amount=missing)

    def rate_text(self, words: Wording) -> str:
        if self.covers:
            return f"up to {words.money(self.agreed or ZERO)} a month"
        return f"{words.money(self.unit_amount)} per {words.unit}"

    def sentence(self, words: Wording) -> str:
        agreed = "" if self.agreed is None else f"{words.money(to_decimal(self.agreed))} agreed"
        factor = f", beyond it × {grouped(self.overage_factor)}" if self.overage_factor != 1 else ""
        missing = ", what is missing is topped up" if self.true_up else ""
        by = f", drawn down by {' and '.join(self.covers)}" if self.covers else ""
        rate = "" if self.covers else f"{self.rate_text(words)}{'; ' if agreed else ''}"
        return f"{rate}{agreed}{by}{factor}{missing}"

"""Flat: an amount that does not depend on usage, in steps or by season."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from dutycycle.charge.curve import Curve, line
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.model import CurvePrice, Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import to_decimal

MONTHS = 12


@dataclass(frozen=True, slots=True)
class FlatStep:
    """An amount from a period on."""

    from_period: int
    """Number since commencement, from 1."""
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SeasonalAmount:
    """An amount of a calendar month; 0 skips it."""

    month: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Flat(CurvePrice):
    """An amount per billing period, times how often it is taken (once, unless the reading says otherwise)."""

    amount: Decimal
    stepped: tuple[FlatStep, ...] = ()
    """Later amounts, ascending."""
    seasonal: tuple[SeasonalAmount, ...] = ()
    spread_over_other_months: bool = False
    """Whether the other months make up for what the seasonal ones lack."""
    name: ClassVar[str] = "flat"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.amount", self.amount)
        for index, step in enumerate(self.stepped):
            yield from number_violations(f"{field}.stepped[{index}].amount", step.amount)
        starts = [step.from_period for step in self.stepped]
        if any(start < 1 for start in starts) or any(second <= first for first, second in pairwise(starts)):
            yield FieldViolation(f"{field}.stepped", "do not ascend by from_period, which counts from 1")
        months = [each.month for each in self.seasonal]
        for index, each in enumerate(self.seasonal):
            yield from number_violations(f"{field}.seasonal[{index}].amount", each.amount)
            if not 1 <= each.month <= MONTHS:
                yield FieldViolation(f"{field}.seasonal[{index}].month", f"is {each.month}; 1 to 12")
        if len(set(months)) < len(months):
            yield FieldViolation(f"{field}.seasonal", "names a month twice")
        if self.spread_over_other_months and not 0 < len(months) < MONTHS:
            yield FieldViolation(f"{field}.spread_over_other_months", "needs seasonal months, and other ones")

    def in_period(self, number: int, month: int | None) -> Flat:
        """Return the plain flat price of one period: its number since commencement, from 1, and calendar month."""
        amount = self.amount
        for step in self.stepped:
            amount = step.amount if step.from_period <= number else amount
        season = {each.month: each.amount for each in self.seasonal}
        if month is not None and month in season:
            return Flat(season[month])
        if self.spread_over_other_months and season:
            missing = sum((Fraction(amount) - Fraction(other) for other in season.values()), Fraction(0))
            return Flat(to_decimal(Fraction(amount) + missing / (MONTHS - len(season))))
        return Flat(amount)

    def curve(self) -> Curve:
        return line(Fraction(self.amount))

    def repriced(self, change: Reprice) -> Flat:
        return replace(
            self,
            amount=change(self.amount),
            stepped=tuple(replace(step, amount=change(step.amount)) for step in self.stepped),
            seasonal=tuple(replace(each, amount=change(each.amount)) for each in self.seasonal),
        )

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        times = "" if portion.quantity == 1 else f" × {words.number(portion.quantity)}"
        amount = Fraction(self.amount) * portion.quantity
        yield Step("flat", f"Flat {words.money(self.amount)}{times}", to_decimal(portion.quantity), self.amount, amount)

    def rate_text(self, words: Wording) -> str:
        return f"{words.money(self.amount)} a month"

    def sentence(self, words: Wording) -> str:
        text = f"{words.money(self.amount)} a month"
        for step in self.stepped:
            text += f", {words.money(step.amount)} from month {step.from_period}"
        if self.seasonal:
            named = ", ".join(f"{_MONTH_NAMES[each.month - 1]} {words.money(each.amount)}" for each in self.seasonal)
            text += f", but {named}"
        return text + (", the difference spread over the other months" if self.spread_over_other_months else "")


_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

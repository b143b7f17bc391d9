"""Capacity: an amount for the tier whose limits hold for every peak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Evaluation, Piece, level
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.model import Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class CapacityLimit:
    """The upper limit of one peak."""

    key: str
    up_to: Decimal | None = None
    """Inclusive; None: no limit."""


@dataclass(frozen=True, slots=True)
class CapacityTier:
    """One tier: an amount, and the limits within which it holds."""

    limits: tuple[CapacityLimit, ...]
    amount: Decimal

    def holds(self, peaks: Mapping[str, Fraction]) -> bool:
        return all(limit.up_to is None or peaks.get(limit.key, ZERO) <= Fraction(limit.up_to) for limit in self.limits)


@dataclass(frozen=True, slots=True)
class Capacity:
    """The amount of the first tier that holds every peak, of the last if none does; nothing where nothing peaks."""

    tiers: tuple[CapacityTier, ...]
    base_amount: Decimal = NOTHING
    name: ClassVar[str] = "capacity"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.base_amount", self.base_amount)
        if not self.tiers:
            yield FieldViolation(f"{field}.tiers", "is empty; give at least one tier")
        for index, tier in enumerate(self.tiers):
            yield from number_violations(f"{field}.tiers[{index}].amount", tier.amount)
            for place, limit in enumerate(tier.limits):
                at = f"{field}.tiers[{index}].limits[{place}]"
                yield from number_violations(f"{at}.up_to", limit.up_to, least=NOTHING)
                if not limit.key:
                    yield FieldViolation(f"{at}.key", "is empty; name what peaks")

    def reached(self, portion: Portion) -> int:
        """Return the number of the tier reached; 0 where nothing peaks."""
        peaks = {entry.key: entry.quantity for entry in portion.entries}
        if not any(peaks.values()):
            return 0
        found = (number for number, tier in enumerate(self.tiers, start=1) if tier.holds(peaks))
        return next(found, len(self.tiers))

    def evaluations(self, portion: Portion) -> Iterator[Evaluation]:
        steps = [Piece(ZERO, ZERO, ZERO)]
        steps += [Piece(Fraction(n), Fraction(tier.amount), ZERO) for n, tier in enumerate(self.tiers, start=1)]
        stairs = Curve((*steps[:-1], replace(steps[-1], upper=None)))
        yield Evaluation(stairs, Fraction(self.reached(portion)))
        if self.base_amount != 0:
            yield Evaluation(level(Fraction(self.base_amount)), ZERO)

    def repriced(self, change: Reprice) -> Capacity:
        tiers = tuple(replace(tier, amount=change(tier.amount)) for tier in self.tiers)
        return replace(self, tiers=tiers, base_amount=change(self.base_amount))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        number = self.reached(portion)
        for entry in portion.entries:
            yield Step("peak", f"{entry.key}: {words.number(entry.quantity)}", key=entry.key)
        if number:
            amount = Fraction(self.tiers[number - 1].amount)
            yield Step("tier", f"Tier {number}: {words.money(amount)}", amount=amount, tier=number)
        if self.base_amount != 0:
            yield Step("base", "Base amount", amount=Fraction(self.base_amount))

    def rate_text(self, words: Wording) -> str:
        return " or ".join(words.money(tier.amount) for tier in self.tiers)

    def sentence(self, words: Wording) -> str:
        texts = []
        for tier in self.tiers:
            limits = [f"{each.key} {words.bound(each.up_to)}" for each in tier.limits if each.up_to is not None]
            texts.append(f"{words.money(tier.amount)}{' up to ' + ', '.join(limits) if limits else ' beyond'}")
        return "; ".join(texts)

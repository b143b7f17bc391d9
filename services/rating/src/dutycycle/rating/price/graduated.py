"""Graduated: each unit at the price of the tier in which it falls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from dutycycle.kit.errors import FieldViolation
from dutycycle.rating.curve import ZERO, Curve, Piece
from dutycycle.rating.fraction import to_decimal
from dutycycle.rating.portion import Portion
from dutycycle.rating.price.tier import Tier, TierTable
from dutycycle.rating.step import Step
from dutycycle.rating.wording import Wording


@dataclass(frozen=True, slots=True)
class Graduated:
    """The sum over tiers of units inside the tier times its price, plus its flat once it holds any quantity.

    Quantity beyond a bounded last tier is not billed. A line that continues an earlier one of the same period costs
    the difference of the two cumulative amounts.
    """

    table: TierTable
    name: ClassVar[str] = "graduated"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from self.table.violations(field)

    def curve(self) -> Curve:
        pieces = [Piece(ZERO, self._at_zero(), ZERO)]
        before = ZERO
        for _, tier, lower, upper in self.table.spans():
            pieces.extend(_tier_pieces(tier, lower, upper, before))
            if upper is not None:
                before += _tier_amount(tier, upper - lower, ZERO)
        if pieces[-1].upper is not None:
            pieces.append(Piece(None, before, ZERO))
        return Curve(tuple(pieces), Fraction(self.table.base_amount))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        start, end = portion.span
        for number, tier, lower, upper in self.table.spans():
            at_zero = self._at_zero() if number == 1 else ZERO
            inside = _inside(end, lower, upper)
            before = _inside(start, lower, upper) if portion.prior is not None else None
            yield from _tier_steps(number, tier, inside, before, at_zero, words)
        if self.table.base_amount != 0:
            yield Step("base", "Base amount", amount=Fraction(self.table.base_amount))

    def rate_text(self, words: Wording) -> str:
        return self.sentence(words)

    def sentence(self, words: Wording) -> str:
        tiers = self.table.tiers
        if len(tiers) == 1:
            return f"{words.units} {tiers[0].price_text(words)}{self.table.base_text(words)}"
        return ", ".join(_tier_texts(tiers, words)) + self.table.base_text(words)

    def _at_zero(self) -> Fraction:
        if not self.table.flat_at_zero:
            return ZERO
        first = self.table.tiers[0]
        flat = Fraction(first.flat_amount)
        return flat if first.cap_amount is None else min(flat, Fraction(first.cap_amount))


def _inside(cumulative: Fraction, lower: Fraction, upper: Fraction | None) -> Fraction:
    """Return how many units of a cumulative quantity lie in `(lower, upper]`."""
    top = cumulative if upper is None else min(cumulative, upper)
    return max(ZERO, top - lower)


def _uncapped(tier: Tier, units: Fraction, at_zero: Fraction) -> Fraction:
    return units * Fraction(tier.unit_amount) + Fraction(tier.flat_amount) if units != 0 else at_zero


def _tier_amount(tier: Tier, units: Fraction, at_zero: Fraction) -> Fraction:
    amount = _uncapped(tier, units, at_zero)
    return amount if tier.cap_amount is None else min(amount, Fraction(tier.cap_amount))


def _tier_pieces(tier: Tier, lower: Fraction, upper: Fraction | None, before: Fraction) -> Iterator[Piece]:
    """Compile one tier; a cap splits it at the quantity where the price meets the cap."""
    slope, flat = Fraction(tier.unit_amount), Fraction(tier.flat_amount)
    rising = Piece(upper, before + flat - lower * slope, slope)
    if tier.cap_amount is None:
        yield rising
        return
    cap = Fraction(tier.cap_amount)
    level = Piece(upper, before + cap, ZERO)
    if slope == 0:
        yield rising if flat <= cap else level
        return
    meets = lower + (cap - flat) / slope
    first, second = (rising, level) if slope > 0 else (level, rising)
    if meets <= lower:
        yield second
    elif upper is not None and meets >= upper:
        yield first
    else:
        yield Piece(meets, first.intercept, first.slope)
        yield second


def _tier_steps(
    number: int, tier: Tier, inside: Fraction, before: Fraction | None, at_zero: Fraction, words: Wording
) -> Iterator[Step]:
    """Explain what one tier adds: its units, its flat once, and what its cap takes back.

    `before` is what an earlier line had in the tier; None if there is no earlier line.
    """
    units = inside - (before or ZERO)
    uncapped, amount = _uncapped(tier, inside, at_zero), _tier_amount(tier, inside, at_zero)
    if before is not None:
        uncapped, amount = uncapped - _uncapped(tier, before, at_zero), amount - _tier_amount(tier, before, at_zero)
    for_units = units * Fraction(tier.unit_amount)
    if units != 0:
        quantity = to_decimal(units)
        text = f"{words.count(quantity)} at {words.money(tier.unit_amount)}"
        yield Step("tier", text, quantity, tier.unit_amount, for_units, number)
    if uncapped != for_units:
        yield Step("flat", f"Flat amount of tier {number}", amount=uncapped - for_units, tier=number)
    if amount != uncapped and tier.cap_amount is not None:
        text = f"Tier {number} costs at most {words.money(tier.cap_amount)}"
        yield Step("cap", text, amount=amount - uncapped, tier=number)


def _tier_texts(tiers: tuple[Tier, ...], words: Wording) -> Iterator[str]:
    for index, tier in enumerate(tiers):
        if index == 0 and tier.up_to is not None:
            place = f"the first {words.bound(tier.up_to)}"
        elif tier.up_to is None:
            place = "beyond"
        else:
            place = f"up to {words.bound(tier.up_to)}"
        cap = f" but at most {words.money(tier.cap_amount)}" if tier.cap_amount is not None else ""
        yield f"{place} {tier.price_text(words)}{cap}"
    if tiers[-1].up_to is not None:
        yield "nothing beyond"

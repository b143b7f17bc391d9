"""Graduated: each unit at the price of the tier in which it falls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Evaluation, Piece, level, line
from dutycycle.charge.portion import Change, Portion
from dutycycle.charge.price.model import CurvePrice, Reprice
from dutycycle.charge.price.tier import Tier, TierTable
from dutycycle.charge.step import Step
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import to_decimal


@dataclass(frozen=True, slots=True)
class Graduated(CurvePrice):
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
        if not self.table.closed:
            pieces = _opened(pieces)
        return Curve(tuple(pieces), Fraction(self.table.base_amount))

    def evaluations(self, portion: Portion) -> Iterator[Evaluation]:
        if portion.changes is None or not self.table.prorate_changes:
            yield from CurvePrice.evaluations(self, portion)
            return
        replay = self._replay(portion.changes)
        for number, _, units in replay.units:
            yield Evaluation(line(Fraction(self.table.tiers[number - 1].unit_amount)), units)
        for amount in (*replay.corrections, *(amount for _, amount in replay.flats), Fraction(self.table.base_amount)):
            yield Evaluation(level(amount), ZERO)

    def repriced(self, change: Reprice) -> Graduated:
        return replace(self, table=self.table.repriced(change))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        if portion.changes is not None and self.table.prorate_changes:
            yield from self._replay_steps(self._replay(portion.changes), words)
            return
        start, end = portion.span
        reached_open = not self.table.closed
        for number, tier, lower, upper in self.table.spans():
            at_zero = self._at_zero() if number == 1 else ZERO
            inside = _inside(end, lower, upper)
            before = _inside(start, lower, upper) if portion.prior is not None else None
            yield from _tier_steps(number, tier, inside, before, at_zero, words)
            if reached_open and number > 1:
                yield from _reached_steps(number, tier, lower, start if portion.prior is not None else None, end)
        if self.table.base_amount != 0:
            yield Step("base", "Base amount", amount=Fraction(self.table.base_amount))

    def _replay_steps(self, replay: _Replay, words: Wording) -> Iterator[Step]:
        for number, full, units in replay.units:
            price = self.table.tiers[number - 1].unit_amount
            text = f"{words.count(full)} in tier {number}, {words.number(units)} for the days left, at "
            amount = units * Fraction(price)
            yield Step("tier", text + words.money(price), to_decimal(units), price, amount, number)
        for correction in replay.corrections:
            yield Step("cap", "What was removed is credited down to nothing at most", amount=correction)
        for number, amount in replay.flats:
            yield Step("flat", f"Flat amount of tier {number}", amount=amount, tier=number)
        if self.table.base_amount != 0:
            yield Step("base", "Base amount", amount=Fraction(self.table.base_amount))

    def _replay(self, changes: tuple[Change, ...]) -> _Replay:
        """Walk the level through the tiers, charging each slice for the part of the period that is left."""
        at, peak = ZERO, ZERO
        units: list[tuple[int, Fraction, Fraction]] = []
        for change in changes:
            after = at + change.quantity
            sign = 1 if after >= at else -1
            for number, _, lower, upper in self.table.spans():
                slice_ = _slice(min(at, after), max(at, after), None if number == 1 else lower, upper)
                if slice_ > 0:
                    units.append((number, sign * slice_, sign * slice_ * change.share))
            at, peak = after, max(peak, after)
        if changes and at < 0:
            return _Replay()
        total = sum((part * Fraction(self.table.tiers[number - 1].unit_amount) for number, _, part in units), ZERO)
        flats = [
            (number, Fraction(tier.flat_amount))
            for number, tier, lower, _ in self.table.spans()
            if tier.flat_amount != 0 and (peak > lower or (number == 1 and self.table.flat_at_zero))
        ]
        return _Replay(tuple(units), (-total,) if total < 0 else (), tuple(flats))

    def rate_text(self, words: Wording) -> str:
        return self.sentence(words)

    def sentence(self, words: Wording) -> str:
        tiers = self.table.tiers
        if len(tiers) == 1 and tiers[0].up_to is None and tiers[0].size is None:
            return f"{words.units} {tiers[0].price_text(words)}{self.table.base_text(words)}"
        texts = []
        for place, tier in self.table.tier_texts(words):
            cap = f" but at most {words.money(tier.cap_amount)}" if tier.cap_amount is not None else ""
            texts.append(f"{place} {tier.price_text(words)}{cap}")
        if tiers[-1].up_to is not None or tiers[-1].size is not None:
            texts.append("nothing beyond")
        changes = ", each change for the days that are left" if self.table.prorate_changes else ""
        return ", ".join(texts) + self.table.base_text(words) + changes

    def _at_zero(self) -> Fraction:
        if not self.table.flat_at_zero:
            return ZERO
        first = self.table.tiers[0]
        flat = Fraction(first.flat_amount)
        return flat if first.cap_amount is None else min(flat, Fraction(first.cap_amount))


@dataclass(frozen=True, slots=True)
class _Replay:
    """What the changes of a period come to."""

    units: tuple[tuple[int, Fraction, Fraction], ...] = ()
    """Number of the tier, full units, units for the part of the period that was left."""
    corrections: tuple[Fraction, ...] = ()
    flats: tuple[tuple[int, Fraction], ...] = ()


def _slice(low: Fraction, high: Fraction, lower: Fraction | None, upper: Fraction | None) -> Fraction:
    """Return how much of (low, high] lies in a tier; the first tier reaches down without end."""
    start = low if lower is None else max(low, lower)
    return max(ZERO, (high if upper is None else min(high, upper)) - start)


def _opened(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with each bound but zero in the piece that begins there."""
    return [piece if piece.upper is None or piece.upper == 0 else replace(piece, closed=False) for piece in pieces]


def _reached_steps(number: int, tier: Tier, lower: Fraction, start: Fraction | None, end: Fraction) -> Iterator[Step]:
    """Explain the flat of a tier that is reached, but holds nothing yet, where bounds belong to the upper tier."""
    flat = Fraction(tier.flat_amount)
    owed = (flat if end == lower else ZERO) - (flat if start == lower else ZERO)
    if owed != 0:
        yield Step("flat", f"Flat amount of tier {number}", amount=owed, tier=number)


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
    flat_piece = Piece(upper, before + cap, ZERO)
    if slope == 0:
        yield rising if flat <= cap else flat_piece
        return
    meets = lower + (cap - flat) / slope
    first, second = (rising, flat_piece) if slope > 0 else (flat_piece, rising)
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

"""Blocks: blocks of units, tier by tier, each tier with its own size of block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Evaluation, Packages, Piece, level
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.model import Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation

NOTHING = Decimal(0)
LARGEST = 10**15


class BlockRule(Enum):
    """Which tiers of blocks are charged."""

    EVERY_TIER = "every_tier"
    """Tiers fill in order; past a bounded last tier nothing is billed."""
    TIER_REACHED = "tier_reached"
    """Everything in blocks of the tier that the quantity reaches; past a bounded last tier that one holds."""


@dataclass(frozen=True, slots=True)
class BlockTier:
    """One tier of blocks; a started block counts."""

    block_size: Decimal
    max_blocks: int = 0
    """0: without end."""
    block_amount: Decimal = NOTHING

    @property
    def capacity(self) -> Fraction | None:
        """Units that the tier holds; None: without end."""
        return Fraction(self.block_size) * self.max_blocks if self.max_blocks else None


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks of each tier times the amount of one."""

    tiers: tuple[BlockTier, ...]
    rule: BlockRule = BlockRule.EVERY_TIER
    base_amount: Decimal = NOTHING
    name: ClassVar[str] = "blocks"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.base_amount", self.base_amount)
        if not self.tiers:
            yield FieldViolation(f"{field}.tiers", "is empty; give at least one tier")
        for index, tier in enumerate(self.tiers):
            at = f"{field}.tiers[{index}]"
            yield from number_violations(f"{at}.block_size", tier.block_size, above=NOTHING)
            yield from number_violations(f"{at}.block_amount", tier.block_amount)
            if not 0 <= tier.max_blocks <= LARGEST:
                yield FieldViolation(f"{at}.max_blocks", f"is {tier.max_blocks}; 0 to {LARGEST}")
            elif tier.max_blocks == 0 and index < len(self.tiers) - 1:
                yield FieldViolation(f"{at}.max_blocks", "is 0; only the last tier may be without end")

    def evaluations(self, portion: Portion) -> Iterator[Evaluation]:
        start, end = portion.span
        for number, units in self._filled(end):
            yield Evaluation(self._curve(number), units)
        for number, units in self._filled(start) if portion.prior is not None else ():
            yield Evaluation(self._curve(number), units, times=-1)
        if self.base_amount != 0:
            yield Evaluation(level(Fraction(self.base_amount)), ZERO)

    def _curve(self, number: int) -> Curve:
        tier = self.tiers[number - 1]
        return Curve((Piece(None, ZERO, Fraction(tier.block_amount)),), packages=Packages(Fraction(tier.block_size)))

    def _filled(self, quantity: Fraction) -> Iterator[tuple[int, Fraction]]:
        """Yield number and units of each tier that is charged."""
        lower = ZERO
        for number, tier in enumerate(self.tiers, start=1):
            upper = None if tier.capacity is None else lower + tier.capacity
            if self.rule is BlockRule.EVERY_TIER:
                units = (quantity if upper is None else min(quantity, upper)) - lower
                if units > 0:
                    yield number, units
            elif upper is None or quantity <= upper or number == len(self.tiers):
                yield number, max(ZERO, quantity)
                return
            lower = lower if upper is None else upper

    def repriced(self, change: Reprice) -> Blocks:
        tiers = tuple(replace(tier, block_amount=change(tier.block_amount)) for tier in self.tiers)
        return replace(self, tiers=tiers, base_amount=change(self.base_amount))

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        start, end = portion.span
        counts: dict[int, int] = {}
        for sign, quantity in ((1, end), (-1, start)):
            for number, units in self._filled(quantity) if sign > 0 or portion.prior is not None else ():
                blocks = Packages(Fraction(self.tiers[number - 1].block_size)).count(units)
                counts[number] = counts.get(number, 0) + sign * blocks
        for number, count in sorted(counts.items()):
            tier = self.tiers[number - 1]
            text = f"{count:,} × {words.number(tier.block_size)} {words.units} at {words.money(tier.block_amount)}"
            amount = count * Fraction(tier.block_amount)
            yield Step("package", text, Decimal(count), tier.block_amount, amount, number)
        if self.base_amount != 0:
            yield Step("base", "Base amount", amount=Fraction(self.base_amount))

    def rate_text(self, words: Wording) -> str:
        return self.sentence(words)

    def sentence(self, words: Wording) -> str:
        texts, reached = [], ZERO
        for tier in self.tiers:
            price = f"{words.money(tier.block_amount)} per {words.bound(tier.block_size)} {words.units}"
            reached += tier.capacity or ZERO
            texts.append(f"{price} up to {words.bound(reached)}" if tier.capacity is not None else f"beyond {price}")
        all_ = "all at " if self.rule is BlockRule.TIER_REACHED else ""
        base = f", plus {words.money(self.base_amount)}" if self.base_amount != 0 else ""
        return f"{all_}{', '.join(texts)}{base}"

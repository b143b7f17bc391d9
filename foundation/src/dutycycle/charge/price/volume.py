"""Volume: all units at the price of the tier that the quantity reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Piece
from dutycycle.charge.portion import Portion
from dutycycle.charge.price.model import CurvePrice, Reprice
from dutycycle.charge.price.tier import Tier, TierTable
from dutycycle.charge.step import Step
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import to_decimal


@dataclass(frozen=True, slots=True)
class Volume(CurvePrice):
    """Quantity times the unit amount of the tier reached, plus that tier's flat alone.

    Beyond a bounded last tier the last tier applies. Tiers of flat amounts only make this a stairstep.
    """

    table: TierTable
    name: ClassVar[str] = "volume"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from self.table.violations(field)
        for index, tier in enumerate(self.table.tiers):
            if tier.cap_amount is not None:
                yield FieldViolation(f"{field}.tiers[{index}].cap_amount", "is for graduated prices only")
        if self.table.prorate_changes:
            yield FieldViolation(f"{field}.prorate_changes", "is for graduated prices only")

    def curve(self) -> Curve:
        first = self.table.tiers[0]
        at_zero = Fraction(first.flat_amount) if self.table.flat_at_zero else ZERO
        pieces = [Piece(ZERO, at_zero, Fraction(first.unit_amount))]
        for number, tier, _, upper in self.table.spans():
            end = None if number == len(self.table.tiers) else upper
            pieces.append(Piece(end, Fraction(tier.flat_amount), Fraction(tier.unit_amount), self.table.closed))
        return Curve(tuple(pieces), Fraction(self.table.base_amount))

    def repriced(self, change: Reprice) -> Volume:
        return replace(self, table=self.table.repriced(change))

    def reached(self, quantity: Fraction) -> tuple[int, Tier]:
        """Return number and tier that a quantity reaches."""
        for number, tier, _, upper in self.table.spans():
            if upper is None or quantity < upper or (self.table.closed and quantity == upper):
                return number, tier
        return len(self.table.tiers), self.table.tiers[-1]

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        if portion.prior is not None:
            yield from self._continued_steps(portion, words)
            return
        picked = portion.quantity if portion.picked is None else portion.picked
        number, tier = self.reached(picked)
        if portion.quantity != 0:
            text = f"{words.count(portion.quantity)} at {words.money(tier.unit_amount)}, the price of tier {number}"
            amount = portion.quantity * Fraction(tier.unit_amount)
            yield Step("tier", text, to_decimal(portion.quantity), tier.unit_amount, amount, number)
        if tier.flat_amount != 0 and (picked > 0 or self.table.flat_at_zero):
            yield Step("flat", f"Flat amount of tier {number}", amount=Fraction(tier.flat_amount), tier=number)
        yield from self._base_steps()

    def _continued_steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        """Explain a line that continues another: everything at its new price, less what was billed before."""
        start, end = portion.span
        number, tier = self.reached(end)
        curve = self.curve()
        whole = to_decimal(end)
        yield Step("tier", f"{words.count(end)} in tier {number}", whole, tier.unit_amount, curve.at(end), number)
        yield Step("prior", f"Billed before for {words.count(start)}", amount=-curve.at(start))
        yield from self._base_steps()

    def _base_steps(self) -> Iterator[Step]:
        if self.table.base_amount != 0:
            yield Step("base", "Base amount", amount=Fraction(self.table.base_amount))

    def rate_text(self, words: Wording) -> str:
        return self.sentence(words)

    def sentence(self, words: Wording) -> str:
        if len(self.table.tiers) == 1:
            return f"all {self.table.tiers[0].price_text(words)}{self.table.base_text(words)}"
        texts = []
        for place, tier in self.table.tier_texts(words):
            last = tier is self.table.tiers[-1]
            short = "beyond" if last else place.replace("the first", "up to")
            texts.append(f"{short} {tier.price_text(words)}" if last else f"{tier.price_text(words)} {short}")
        return f"all {', '.join(texts)}{self.table.base_text(words)}"

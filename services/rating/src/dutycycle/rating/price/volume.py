"""Volume: all units at the price of the tier that the quantity reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.quantity import EXACT
from dutycycle.rating.curve import ZERO, Curve, Piece
from dutycycle.rating.portion import Portion
from dutycycle.rating.price.tier import Tier, TierTable
from dutycycle.rating.step import Step
from dutycycle.rating.wording import Wording


@dataclass(frozen=True, slots=True)
class Volume:
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

    def curve(self) -> Curve:
        first = self.table.tiers[0]
        at_zero = Fraction(first.flat_amount) if self.table.flat_at_zero else ZERO
        pieces = [Piece(ZERO, at_zero, Fraction(first.unit_amount))]
        for number, tier, _, upper in self.table.spans():
            end = None if number == len(self.table.tiers) else upper
            pieces.append(Piece(end, Fraction(tier.flat_amount), Fraction(tier.unit_amount)))
        return Curve(tuple(pieces), Fraction(self.table.base_amount))

    def reached(self, quantity: Decimal) -> tuple[int, Tier]:
        """Return number and tier that a quantity reaches."""
        for number, tier in enumerate(self.table.tiers, start=1):
            if tier.up_to is None or quantity <= tier.up_to:
                return number, tier
        return len(self.table.tiers), self.table.tiers[-1]

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        if portion.prior is not None:
            yield from self._continued_steps(portion, words)
            return
        number, tier = self.reached(portion.picked)
        if portion.quantity != 0:
            text = f"{words.count(portion.quantity)} at {words.money(tier.unit_amount)}, the price of tier {number}"
            amount = Fraction(portion.quantity) * Fraction(tier.unit_amount)
            yield Step("tier", text, portion.quantity, tier.unit_amount, amount, number)
        if tier.flat_amount != 0 and (portion.picked > 0 or self.table.flat_at_zero):
            yield Step("flat", f"Flat amount of tier {number}", amount=Fraction(tier.flat_amount), tier=number)
        yield from self._base_steps()

    def _continued_steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        """Explain a line that continues another: everything at its new price, less what was billed before."""
        start, end = portion.span
        whole = EXACT.add(portion.quantity, portion.prior or Decimal(0))
        number, tier = self.reached(whole)
        yield Step("tier", f"{words.count(whole)} in tier {number}", whole, tier.unit_amount, self._cost(end), number)
        yield Step("prior", f"Billed before for {words.count(portion.prior or Decimal(0))}", amount=-self._cost(start))
        yield from self._base_steps()

    def _cost(self, quantity: Fraction) -> Fraction:
        piece = next(p for p in self.curve().pieces if p.upper is None or quantity <= p.upper)
        return piece.at(quantity)

    def _base_steps(self) -> Iterator[Step]:
        if self.table.base_amount != 0:
            yield Step("base", "Base amount", amount=Fraction(self.table.base_amount))

    def rate_text(self, words: Wording) -> str:
        return self.sentence(words)

    def sentence(self, words: Wording) -> str:
        texts = [_tier_text(tier, last=tier is self.table.tiers[-1], words=words) for tier in self.table.tiers]
        if len(texts) == 1:
            return f"all {self.table.tiers[0].price_text(words)}{self.table.base_text(words)}"
        return f"all {', '.join(texts)}{self.table.base_text(words)}"


def _tier_text(tier: Tier, *, last: bool, words: Wording) -> str:
    if last or tier.up_to is None:
        return f"beyond {tier.price_text(words)}"
    return f"{tier.price_text(words)} up to {words.bound(tier.up_to)}"

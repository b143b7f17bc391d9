"""Tier tables, shared by the graduated and the volume price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dutycycle.kit.errors import FieldViolation
from dutycycle.rating.violation import number_problem, number_violations
from dutycycle.rating.wording import Wording

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier: `(previous up_to, up_to]`, the upper bound included."""

    up_to: Decimal | None
    """Inclusive upper bound of the cumulative quantity; None: no bound."""
    unit_amount: Decimal = NOTHING
    flat_amount: Decimal = NOTHING
    """Due once the tier holds any quantity."""
    cap_amount: Decimal | None = None
    """Upper limit of units and flat of this tier; graduated prices only."""

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.up_to", self.up_to, above=NOTHING)
        yield from number_violations(f"{field}.unit_amount", self.unit_amount)
        yield from number_violations(f"{field}.flat_amount", self.flat_amount)
        yield from number_violations(f"{field}.cap_amount", self.cap_amount, least=NOTHING)

    def price_text(self, words: Wording) -> str:
        """Write what the tier costs: "at $310.00", "for $50.00", "at $2.00 plus $10.00"."""
        if self.unit_amount == 0 and self.flat_amount != 0:
            return f"for {words.money(self.flat_amount)}"
        flat = f" plus {words.money(self.flat_amount)}" if self.flat_amount != 0 else ""
        return f"at {words.money(self.unit_amount)}{flat}"


@dataclass(frozen=True, slots=True)
class TierTable:
    """Tiers in ascending order over the priced quantity."""

    tiers: tuple[Tier, ...]
    flat_at_zero: bool = False
    """Whether the first tier's flat amount is due at quantity zero."""
    base_amount: Decimal = NOTHING
    """Added once, whatever the quantity."""

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.base_amount", self.base_amount)
        if not self.tiers:
            yield FieldViolation(f"{field}.tiers", "is empty; a tiered price has at least one tier")
        previous = NOTHING
        for index, tier in enumerate(self.tiers):
            at = f"{field}.tiers[{index}]"
            yield from tier.violations(at)
            if tier.up_to is None:
                if index < len(self.tiers) - 1:
                    yield FieldViolation(f"{at}.up_to", "is absent; only the last tier may have no upper bound")
            elif not number_problem(tier.up_to):
                if index and tier.up_to <= previous:
                    yield FieldViolation(f"{at}.up_to", f"is {tier.up_to}, not above the tier before it")
                previous = tier.up_to

    def spans(self) -> Iterator[tuple[int, Tier, Fraction, Fraction | None]]:
        """Yield number from 1, tier, lower bound and upper bound of each tier."""
        lower = Fraction(0)
        for number, tier in enumerate(self.tiers, start=1):
            upper = None if tier.up_to is None else Fraction(tier.up_to)
            yield number, tier, lower, upper
            lower = lower if upper is None else upper

    def base_text(self, words: Wording) -> str:
        return f", plus {words.money(self.base_amount)}" if self.base_amount != 0 else ""

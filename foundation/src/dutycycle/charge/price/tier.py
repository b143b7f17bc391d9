"""Tier tables, shared by the graduated and the volume price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from dutycycle.charge.price.model import Reprice
from dutycycle.charge.violation import number_problem, number_violations
from dutycycle.charge.wording import Wording
from dutycycle.kit.errors import FieldViolation

NOTHING = Decimal(0)


class TierBounds(Enum):
    """To which tier a bound belongs."""

    UPPER_INCLUSIVE = "upper_inclusive"
    LOWER_INCLUSIVE = "lower_inclusive"


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of a table: from where the one before it ends up to its own end."""

    up_to: Decimal | None = None
    """Upper bound of the cumulative quantity; None: no bound, or the size says it."""
    unit_amount: Decimal = NOTHING
    flat_amount: Decimal = NOTHING
    """Due once the tier holds any quantity."""
    cap_amount: Decimal | None = None
    """Upper limit of units and flat of this tier; graduated prices only."""
    size: Decimal | None = None
    """Units in the tier, instead of `up_to`."""

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.up_to", self.up_to, above=NOTHING)
        yield from number_violations(f"{field}.unit_amount", self.unit_amount)
        yield from number_violations(f"{field}.flat_amount", self.flat_amount)
        yield from number_violations(f"{field}.cap_amount", self.cap_amount, least=NOTHING)
        yield from number_violations(f"{field}.size", self.size, above=NOTHING)
        if self.up_to is not None and self.size is not None:
            yield FieldViolation(f"{field}.size", "is set beside up_to; one of them says where the tier ends")

    def price_text(self, words: Wording) -> str:
        """Write what the tier costs: "at $310.00", "for $50.00", "at $2.00 plus $10.00"."""
        if self.unit_amount == 0 and self.flat_amount != 0:
            return f"for {words.money(self.flat_amount)}"
        flat = f" plus {words.money(self.flat_amount)}" if self.flat_amount != 0 else ""
        return f"at {words.money(self.unit_amount)}{flat}"

    def repriced(self, change: Reprice) -> Tier:
        cap = None if self.cap_amount is None else change(self.cap_amount)
        return replace(self, unit_amount=change(self.unit_amount), flat_amount=change(self.flat_amount), cap_amount=cap)


@dataclass(frozen=True, slots=True)
class TierTable:
    """Tiers in ascending order over the priced quantity."""

    tiers: tuple[Tier, ...]
    flat_at_zero: bool = False
    """Whether the first tier's flat amount is due at quantity zero."""
    base_amount: Decimal = NOTHING
    """Added once, whatever the quantity."""
    bounds: TierBounds = TierBounds.UPPER_INCLUSIVE
    prorate_changes: bool = False
    """Whether each change within the period is priced where it happens on the tiers; graduated only."""

    @property
    def closed(self) -> bool:
        """Whether a bound belongs to the tier that ends there."""
        return self.bounds is TierBounds.UPPER_INCLUSIVE

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.base_amount", self.base_amount)
        if not self.tiers:
            yield FieldViolation(f"{field}.tiers", "is empty; a tiered price has at least one tier")
        previous = NOTHING
        for index, tier in enumerate(self.tiers):
            at = f"{field}.tiers[{index}]"
            yield from tier.violations(at)
            if tier.up_to is None and tier.size is None:
                if index < len(self.tiers) - 1:
                    yield FieldViolation(f"{at}.up_to", "is absent; only the last tier may have no upper bound")
            elif tier.up_to is None or not number_problem(tier.up_to):
                end = tier.up_to if tier.up_to is not None else previous + (tier.size or NOTHING)
                if index and end <= previous:
                    yield FieldViolation(f"{at}.up_to", f"is {tier.up_to}, not above the tier before it")
                previous = end

    def repriced(self, change: Reprice) -> TierTable:
        return replace(
            self, tiers=tuple(tier.repriced(change) for tier in self.tiers), base_amount=change(self.base_amount)
        )

    def stretched(self, times: Fraction) -> TierTable:
        """Return the table whose tiers are so many times as wide, and their flats as high: of several periods."""
        return replace(self, tiers=tuple(self._stretched_tiers(times)))

    def _stretched_tiers(self, times: Fraction) -> Iterator[Tier]:
        whole = Decimal(times.numerator)
        for tier in self.tiers:
            yield replace(
                tier,
                up_to=None if tier.up_to is None else tier.up_to * whole,
                size=None if tier.size is None else tier.size * whole,
                flat_amount=tier.flat_amount * whole,
                cap_amount=None if tier.cap_amount is None else tier.cap_amount * whole,
            )

    def spans(self) -> Iterator[tuple[int, Tier, Fraction, Fraction | None]]:
        """Yield number from 1, tier, lower bound and upper bound of each tier."""
        lower = Fraction(0)
        for number, tier in enumerate(self.tiers, start=1):
            upper = None if tier.up_to is None else Fraction(tier.up_to)
            if tier.size is not None:
                upper = lower + Fraction(tier.size)
            yield number, tier, lower, upper
            lower = lower if upper is None else upper

    def base_text(self, words: Wording) -> str:
        return f", plus {words.money(self.base_amount)}" if self.base_amount != 0 else ""

    def tier_texts(self, words: Wording) -> Iterator[tuple[str, Tier]]:
        """Yield the place of each tier in words, "the first 40", "up to 200", "beyond", and the tier."""
        for number, tier, _, upper in self.spans():
            if upper is None:
                yield "beyond", tier
            else:
                short = "up to" if self.closed else "below"
                first = number == 1 and self.closed
                yield f"{'the first' if first else short} {words.bound(upper)}", tier

"""Splitting an amount to the last minor unit: between payers, and of a pool between what it pools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from dutycycle.charge.adjust import Adjust, SplitTies
from dutycycle.charge.portion import Entry
from dutycycle.kit.fraction import round_fraction
from dutycycle.kit.money import allocate
from dutycycle.kit.quantity import Rounding


@dataclass(frozen=True, slots=True)
class Share:
    """What one payer, or one asset of a pool, has of an amount."""

    key: str
    amount: Decimal


def split_amount(amount: Decimal, adjust: Adjust, scale: int) -> tuple[Share, ...]:
    """Split an amount between the parties of a charge, at `scale` digits after the point."""
    weights = [(share.party, Fraction(share.weight)) for share in adjust.split]
    if adjust.split_within_weights:
        amount = min(amount, _decimal(sum((weight for _, weight in weights), Fraction(0)), scale))
    return divide(amount, weights, scale, by_name=adjust.split_ties is SplitTies.BY_NAME)


def pool_shares(amount: Decimal, entries: Sequence[Entry], scale: int, *, above: bool) -> tuple[Share, ...]:
    """Allocate what a pool costs to its entries: to what each has beyond its own baseline, or else to its use.

    Args:
        above: whether the amount is for what exceeds the baseline.
    """
    excess = [max(Fraction(0), each.quantity - (each.baseline or 0)) for each in entries]
    by_excess = above and any(excess) and all(each.baseline is not None for each in entries)
    weights = excess if by_excess else [max(Fraction(0), each.quantity) for each in entries]
    if not any(weights):
        weights = [Fraction(1)] * len(entries)
    return divide(amount, [(each.key, weight) for each, weight in zip(entries, weights, strict=True)], scale)


def divide(
    amount: Decimal, weights: Sequence[tuple[str, Fraction]], scale: int, *, by_name: bool = False
) -> tuple[Share, ...]:
    """Split in proportion to weights, none negative: floor each; left-over units go to the largest remainders."""
    ordered = sorted(weights) if by_name else list(weights)
    common = lcm(*(weight.denominator for _, weight in ordered)) if ordered else 1
    whole = [int(weight * common) for _, weight in ordered]
    if not any(whole):
        return tuple(Share(key, Decimal(0)) for key, _ in weights)
    units = int(Fraction(amount) * Fraction(10) ** scale)
    shares = {
        key: _decimal(Fraction(part) / Fraction(10) ** scale, scale)
        for (key, _), part in zip(ordered, allocate(units, whole), strict=True)
    }
    return tuple(Share(key, shares[key]) for key, _ in weights)


def _decimal(value: Fraction, scale: int) -> Decimal:
    return round_fraction(value, scale, Rounding.DOWN)

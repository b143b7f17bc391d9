"""What a quantity costs, model by model, as a list of amounts: one a tier, an event, a fee."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dutycycle.charge.portion import Change, Entry
from dutycycle.charge.price import (
    BlockRule,
    Blocks,
    Capacity,
    Commitment,
    Committed,
    Flat,
    Graduated,
    Matrix,
    MatrixTiers,
    Package,
    PassThrough,
    Percentage,
    PerUnit,
    Prepaid,
    TierBounds,
    TierTable,
    Volume,
)  # fmt: skip
from dutycycle.kit.quantity import Rounding

NOTHING = Fraction(0)
Amounts = list[Fraction]
Money = Callable[[Decimal], Fraction]
"""A price as it stands in the period: escalated."""


def costs(model: Any, quantity: Fraction, money: Money, picked: Fraction | None = None) -> Amounts:
    """Return what a quantity costs on a model that needs nothing but the quantity."""
    if isinstance(model, Flat):
        return [money(model.amount) * quantity]
    if isinstance(model, PassThrough):
        return [Fraction(model.multiplier) * quantity]
    if isinstance(model, PerUnit):
        credit = quantity < 0 and model.credit_unit_amount is not None
        price = model.credit_unit_amount if credit else model.unit_amount
        return [quantity * money(price or Decimal(0)) / Fraction(model.per)]
    if isinstance(model, Graduated):
        return _graduated(model.table, quantity, money)
    if isinstance(model, Volume):
        return _volume(model.table, quantity if picked is None else picked, quantity, money)
    if isinstance(model, Package):
        return [_packages(model, quantity) * money(model.amount)]
    if isinstance(model, Blocks):
        return [*_blocks(model, quantity, money), money(model.base_amount)]
    if isinstance(model, Committed):
        return _committed(model, quantity, money)
    raise TypeError(f"{type(model).__name__} needs more than a quantity")


def _tiers(table: TierTable) -> Iterable[tuple[int, Any, Fraction, Fraction | None]]:
    lower = NOTHING
    for number, tier in enumerate(table.tiers):
        if tier.size is not None:
            upper: Fraction | None = lower + Fraction(tier.size)
        else:
            upper = None if tier.up_to is None else Fraction(tier.up_to)
        yield number, tier, lower, upper
        lower = lower if upper is None else upper


def _graduated(table: TierTable, quantity: Fraction, money: Money) -> Amounts:
    amounts = [money(table.base_amount)]
    touches = table.bounds is TierBounds.LOWER_INCLUSIVE
    for number, tier, lower, upper in _tiers(table):
        top = quantity if upper is None else min(quantity, upper)
        inside = max(NOTHING, top - lower)
        reached = inside > 0 or (touches and number > 0 and quantity == lower)
        if reached:
            parts = [inside * money(tier.unit_amount), money(tier.flat_amount)]
        elif number == 0 and table.flat_at_zero:
            parts = [money(tier.flat_amount)]
        else:
            continue
        if tier.cap_amount is not None:
            parts.append(min(NOTHING, money(tier.cap_amount) - sum(parts)))
        amounts += parts
    return amounts


def _volume(table: TierTable, picked: Fraction, quantity: Fraction, money: Money) -> Amounts:
    found = table.tiers[-1]
    for _, tier, _, upper in _tiers(table):
        belongs = upper is not None and picked == upper and table.bounds is TierBounds.UPPER_INCLUSIVE
        if upper is None or picked < upper or belongs:
            found = tier
            break
    flat = money(found.flat_amount) if picked > 0 or table.flat_at_zero else NOTHING
    return [quantity * money(found.unit_amount), flat, money(table.base_amount)]


def _packages(model: Package, quantity: Fraction) -> int:
    beyond = quantity - Fraction(model.free_units)
    whole, started = divmod(beyond, Fraction(model.size)) if beyond > 0 else (0, NOTHING)
    if started > 0 and model.mode is not Rounding.DOWN:
        whole += 1
    return max(int(whole), model.minimum_packages)


def _started(quantity: Fraction, size: Decimal) -> int:
    return -int(-quantity // Fraction(size)) if quantity > 0 else 0


def _blocks(model: Blocks, quantity: Fraction, money: Money) -> Amounts:
    left, amounts, reached = max(NOTHING, quantity), Amounts(), NOTHING
    for number, tier in enumerate(model.tiers):
        capacity = Fraction(tier.block_size) * tier.max_blocks if tier.max_blocks else None
        if model.rule is BlockRule.TIER_REACHED:
            reached += capacity or NOTHING
            if capacity is None or quantity <= reached or number == len(model.tiers) - 1:
                return [_started(quantity, tier.block_size) * money(tier.block_amount)]
            continue
        inside = left if capacity is None else min(left, capacity)
        amounts.append(_started(inside, tier.block_size) * money(tier.block_amount))
        left -= inside
    return amounts


def _committed(model: Committed, quantity: Fraction, money: Money) -> Amounts:
    unit = Fraction(1) if model.covers else money(model.unit_amount)
    cost = quantity * unit
    if model.quantity is not None:
        agreed = Fraction(model.quantity) * unit
    elif model.amount is not None:
        agreed = money(model.amount)
    else:
        return [cost]
    if cost >= agreed:
        return [agreed, (cost - agreed) * Fraction(model.overage_factor)]
    return [cost, agreed - cost] if model.true_up else [cost]


def missing(model: Commitment, spent: Fraction, share: Fraction, money: Money) -> Fraction:
    """Return what a commitment lacks."""
    return max(NOTHING, money(model.amount) * share - spent)


def prepaid(model: Prepaid, quantity: Fraction, stock: Fraction, money: Money) -> tuple[Fraction, int]:
    """Return the amount, and how many blocks are bought."""
    blocks = _started(max(NOTHING, quantity - stock), model.block_size)
    return blocks * money(model.block_amount), blocks


def percentage(model: Percentage, entries: Sequence[Entry], money: Money) -> Amounts:
    """Price events on a share of their values."""
    rate, fixed = Fraction(model.rate_percent) / 100, money(model.fixed_amount)
    if model.event_minimum is not None or model.event_maximum is not None:
        return _event_by_event(model, entries, rate, fixed, money)
    values = [entry.quantity for entry in entries]
    considered = values[: model.free_events] if model.free_events else values
    limits, counts = [], []
    if model.free_events:
        limits.append(sum(considered, NOTHING))
        counts.append(len(considered))
    if model.free_amount is not None:
        limits.append(Fraction(model.free_amount))
        counts.append(
            len([n for n in range(1, len(considered) + 1) if sum(considered[:n]) < Fraction(model.free_amount)])
        )
    total = sum(values, NOTHING)
    free, free_count = min(limits, default=NOTHING), min((c for c in counts if c), default=0)
    charged = len(values) - free_count if total != 0 else 0
    return [max(NOTHING, total - free) * rate, fixed * charged]


def _event_by_event(
    model: Percentage, entries: Sequence[Entry], rate: Fraction, fixed: Fraction, money: Money
) -> Amounts:
    events, amount, amounts = model.free_events, Fraction(model.free_amount or 0), Amounts()
    for entry in entries:
        value, is_free = entry.quantity, False
        if events > 0 or amount > 0:
            if events > 0:
                events -= 1
            if amount == 0:
                is_free = True
            elif amount > value:
                amount -= value
                is_free = True
            else:
                value -= amount
                events, amount = 0, NOTHING
        if is_free:
            continue
        cost = value * rate + fixed
        if model.event_minimum is not None:
            cost = max(cost, money(model.event_minimum))
        if model.event_maximum is not None:
            cost = min(cost, money(model.event_maximum))
        amounts.append(cost)
    return amounts


def capacity(model: Capacity, entries: Sequence[Entry], money: Money) -> Amounts:
    """Price peaks by the first tier that holds them all."""
    peaks = {entry.key: entry.quantity for entry in entries}
    base = money(model.base_amount)
    if all(peak == 0 for peak in peaks.values()):
        return [base]
    for tier in model.tiers:
        bounded = {limit.key: Fraction(limit.up_to) for limit in tier.limits if limit.up_to is not None}
        if all(peaks.get(key, NOTHING) <= most for key, most in bounded.items()):
            return [money(tier.amount), base]
    return [money(model.tiers[-1].amount), base]


def matrix(model: Matrix, entries: Sequence[Entry], money: Money) -> Amounts:
    """Price entries by the cells that match them best."""
    places = [_cell(model, entry.attributes) for entry in entries]
    prices: list[Any] = [*(cell.price for cell in model.cells), model.otherwise]
    amounts = [money(model.base_amount)]
    if model.tiers is MatrixTiers.EACH_ENTRY:
        for place, entry in zip(places, entries, strict=True):
            amounts += _nested(prices[place], [entry], money)
        return amounts
    if model.tiers is MatrixTiers.IN_ORDER:
        filled = NOTHING
        for place, entry in zip(places, entries, strict=True):
            before, filled = filled, filled + entry.quantity
            whole, earlier = (_by_tier(prices[place].table, each, money) for each in (filled, before))
            amounts += [part - billed for part, billed in zip(whole, earlier, strict=True)]
        return amounts
    total = sum((entry.quantity for entry in entries), NOTHING)
    for place in sorted(set(places)):
        inside = [entry for entry, found in zip(entries, places, strict=True) if found == place]
        own = sum((entry.quantity for entry in inside), NOTHING)
        price = prices[place]
        if model.tiers is MatrixTiers.POOLED and isinstance(price, Graduated):
            if total != 0:
                amounts += [part * own / total for part in _by_tier(price.table, total, money)]
        else:
            amounts += _nested(price, inside, money)
    return amounts


def _by_tier(table: TierTable, quantity: Fraction, money: Money) -> Amounts:
    """Return what a quantity costs in each tier of a table that cells share."""
    amounts = Amounts()
    for _, tier, lower, upper in _tiers(table):
        inside = max(NOTHING, (quantity if upper is None else min(quantity, upper)) - lower)
        amounts.append(inside * money(tier.unit_amount) + (money(tier.flat_amount) if inside > 0 else NOTHING))
    return amounts


def _nested(price: Any, entries: Sequence[Entry], money: Money) -> Amounts:
    if isinstance(price, Percentage):
        return percentage(price, entries, money)
    if isinstance(price, Capacity):
        return capacity(price, entries, money)
    return costs(price, sum((entry.quantity for entry in entries), NOTHING), money)


def _cell(model: Matrix, attributes: Mapping[str, str]) -> int:
    best, most = len(model.cells), -1
    for index, cell in enumerate(model.cells):
        holds = True
        for condition in cell.match:
            value = attributes.get(condition.attribute)
            if value is None:
                holds = False
            elif condition.from_ is not None or condition.to is not None:
                holds = holds and _within(value, condition.from_, condition.to)
            elif condition.values:
                holds = holds and value in condition.values
        if holds and len(cell.match) > most:
            best, most = index, len(cell.match)
    return best


def _within(text: str, least: Decimal | None, end: Decimal | None) -> bool:
    try:
        value = Decimal(text)
    except ArithmeticError:
        return False
    if least is not None and end is not None and end <= least:
        return not end <= value < least
    return (least is None or value >= least) and (end is None or value < end)


def replayed(table: TierTable, changes: Sequence[Change], money: Money) -> Amounts:
    """Price each change of a level on the tiers it crosses, for the part of the period that is left."""
    level, peak, units = NOTHING, NOTHING, NOTHING
    for change in changes:
        low, high = sorted((level, level + change.quantity))
        for number, tier, lower, upper in _tiers(table):
            bottom = low if number == 0 else max(low, lower)
            top = high if upper is None else min(high, upper)
            if top > bottom:
                crossed = (top - bottom) * change.share * money(tier.unit_amount)
                units += crossed if change.quantity > 0 else -crossed
        level += change.quantity
        peak = max(peak, level)
    base = money(table.base_amount)
    if level < 0:
        return [base]
    flats = NOTHING
    for number, tier, lower, _ in _tiers(table):
        if peak > lower or (number == 0 and table.flat_at_zero):
            flats += money(tier.flat_amount)
    return [max(NOTHING, units), flats, base]

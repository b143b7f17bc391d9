"""The plain-Python twin of the core, written from the definitions of docs/rating.md and not from the core.

It computes with fractions, follows each price model word by word and knows nothing of tariffs, curves or pieces. Tests
hold the core against it; where a value leaves the core's 64 bits, it is the exact path that rates the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from dutycycle.rating.charge import Charge, PriceOn, RoundTo
from dutycycle.rating.columns import Columns
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.price import Commitment, Flat, Graduated, Package, PerUnit, Volume

NOTHING = Fraction(0)


def rate(
    charges: Sequence[Charge], rounding: Sequence[RoundTo], columns: Columns, quantity_scale: int, scale: int
) -> NDArray[np.int64]:
    """Rate columns as the core does. Raises LineOverflowError where an amount is not a 64-bit integer at `scale`."""
    one = Fraction(10) ** quantity_scale
    amounts = np.empty(len(columns.charge), dtype=np.int64)
    for line, index in enumerate(columns.charge.tolist()):
        amount = exact_amount(
            charges[index],
            Fraction(int(columns.quantity[line])) / one,
            None if columns.priced is None else Fraction(int(columns.priced[line])) / one,
            None if columns.prior is None else Fraction(int(columns.prior[line])) / one,
        )
        scaled = rounded(amount, rounding[index]) * Fraction(10) ** scale
        if scaled.denominator != 1 or not -(2**63) <= scaled.numerator < 2**63:
            raise LineOverflowError(line)
        amounts[line] = scaled.numerator
    return amounts


def exact_amount(
    charge: Charge, quantity: Fraction, priced: Fraction | None = None, prior: Fraction | None = None
) -> Fraction:
    """Return what a billed quantity costs, before rounding."""
    if prior is None:
        amount = _cost(charge, quantity, priced) + _base(charge)
    else:
        amount = _cost(charge, prior + quantity, None) - _cost(charge, prior, None) + _base(charge)
    minimum = charge.bound.minimum
    return amount if minimum is None else max(amount, Fraction(minimum))


def rounded(amount: Fraction, rule: RoundTo) -> Fraction:
    """Round once, by the definition of each direction."""
    if rule.direction is None:
        return amount
    unit = Fraction(10) ** -rule.scale
    magnitude, sign = abs(amount) / unit, -1 if amount < 0 else 1
    units, left_over = divmod(magnitude, 1)
    away = {
        "HALF_UP": left_over >= Fraction(1, 2),
        "UP": left_over > 0,
        "DOWN": False,
        "CEILING": left_over > 0 and sign > 0,
        "FLOOR": left_over > 0 and sign < 0,
    }[rule.direction.name]
    return sign * (units + away) * unit


def _cost(charge: Charge, quantity: Fraction, priced: Fraction | None) -> Fraction:
    portion = _beyond_baseline(charge, quantity)
    model = charge.price.model
    if isinstance(model, Flat):
        return Fraction(model.amount) * portion
    if isinstance(model, PerUnit):
        return _per_unit(model, portion)
    if isinstance(model, Graduated):
        return _graduated(model, portion)
    if isinstance(model, Volume):
        return _volume(model, portion, portion if priced is None else priced)
    if isinstance(model, Package):
        return _package(model, portion)
    return _commitment(model, portion)


def _base(charge: Charge) -> Fraction:
    model = charge.price.model
    return Fraction(model.table.base_amount) if isinstance(model, Graduated | Volume) else NOTHING


def _beyond_baseline(charge: Charge, quantity: Fraction) -> Fraction:
    if charge.baseline is None or charge.price.on is PriceOn.ALL:
        return quantity
    difference = quantity - Fraction(charge.baseline.quantity)
    if charge.price.on is PriceOn.ABOVE and difference < 0:
        return NOTHING
    return difference


def _per_unit(model: PerUnit, quantity: Fraction) -> Fraction:
    if quantity < 0 and model.credit_unit_amount is not None:
        return quantity * Fraction(model.credit_unit_amount)
    return quantity * Fraction(model.unit_amount)


def _graduated(model: Graduated, quantity: Fraction) -> Fraction:
    total, lower = NOTHING, NOTHING
    for number, tier in enumerate(model.table.tiers):
        in_tier = quantity - lower
        if tier.up_to is not None:
            in_tier = min(in_tier, Fraction(tier.up_to) - lower)
            lower = Fraction(tier.up_to)
        if in_tier > 0:
            amount = in_tier * Fraction(tier.unit_amount) + Fraction(tier.flat_amount)
        elif number == 0 and model.table.flat_at_zero:
            amount = Fraction(tier.flat_amount)
        else:
            continue
        total += amount if tier.cap_amount is None else min(amount, Fraction(tier.cap_amount))
    return total


def _volume(model: Volume, quantity: Fraction, priced: Fraction) -> Fraction:
    tier = model.table.tiers[-1]
    for candidate in model.table.tiers:
        if candidate.up_to is None or quantity <= Fraction(candidate.up_to):
            tier = candidate
            break
    flat = Fraction(tier.flat_amount) if quantity > 0 or model.table.flat_at_zero else NOTHING
    return priced * Fraction(tier.unit_amount) + flat


def _package(model: Package, quantity: Fraction) -> Fraction:
    beyond = quantity - Fraction(model.free_units)
    whole, started = divmod(beyond, Fraction(model.size)) if beyond > 0 else (0, NOTHING)
    if started > 0 and not model.drop_started:
        whole += 1
    return max(whole, model.minimum_packages) * Fraction(model.amount)


def _commitment(model: Commitment, spent: Fraction) -> Fraction:
    missing = Fraction(model.amount) * model.share - spent
    return missing if missing > 0 else NOTHING

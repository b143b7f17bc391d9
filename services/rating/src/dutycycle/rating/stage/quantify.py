"""Quantify: from the raw measure to the quantity that is printed and billed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dutycycle.kit.quantity import Rounding, divide_to_increment, grouped
from dutycycle.rating.charge import Charge, Quantify
from dutycycle.rating.draft import Draft
from dutycycle.rating.fraction import to_decimal, total
from dutycycle.rating.price import Commitment
from dutycycle.rating.reading import Reading
from dutycycle.rating.step import Step

DIRECTIONS = {
    Rounding.HALF_UP: "half away from zero",
    Rounding.UP: "away from zero",
    Rounding.DOWN: "toward zero",
    Rounding.CEILING: "up",
    Rounding.FLOOR: "down",
}


def quantify(draft: Draft) -> None:
    """Divide, round once to the increment, and state it if either was done."""
    draft.used = billed_quantity(draft.charge, draft.reading)
    rule = draft.charge.quantify
    if draft.charge.measure is None or (rule.divide_by == 1 and rule.increment is None):
        return
    divided = f" ÷ {grouped(rule.divide_by)}" if rule.divide_by != 1 else ""
    rounded = f", rounded to {grouped(rule.increment)} {DIRECTIONS[rule.direction]}" if rule.increment else ""
    text = f"{grouped(draft.reading.quantity)}{divided} = {draft.words.count(draft.used)}{rounded}"
    draft.steps.append(Step("quantify", text, draft.used))


def billed_quantity(charge: Charge, reading: Reading) -> Decimal:
    """Return the billed quantity; for a commitment the money that draws it down."""
    if isinstance(charge.price.model, Commitment):
        return total((*reading.covered.values(), reading.already_billed))
    return apply_quantify(charge.quantify, reading.quantity)


def apply_quantify(rule: Quantify, raw: Decimal) -> Decimal:
    """Divide and round once."""
    if rule.increment is not None:
        return divide_to_increment(raw, rule.divide_by, rule.increment, rule.direction)
    return raw if rule.divide_by == 1 else to_decimal(Fraction(raw) / Fraction(rule.divide_by))

"""Quantify: from the raw measure to the quantity that is printed and billed."""

from __future__ import annotations

from dutycycle.charge.step import Step
from dutycycle.kit.fraction import to_decimal
from dutycycle.kit.quantity import Rounding, grouped
from dutycycle.rating.draft import Draft
from dutycycle.rating.quantity import billed_quantity, priced_one_by_one, raw_quantity

DIRECTIONS = {
    Rounding.HALF_UP: "half away from zero",
    Rounding.UP: "away from zero",
    Rounding.DOWN: "toward zero",
    Rounding.CEILING: "up",
    Rounding.FLOOR: "down",
}


def quantify(draft: Draft) -> None:
    """Multiply, divide, round once, keep within limits, and state it if any was done."""
    draft.used = billed_quantity(draft.charge, draft.reading)
    rule = draft.charge.quantify
    if draft.charge.measure is None or priced_one_by_one(draft.charge) or not rule.changes:
        return
    raw = to_decimal(raw_quantity(draft.charge, draft.reading))
    times = f" × {grouped(rule.multiply_by)}" if rule.multiply_by != 1 else ""
    divided = f" ÷ {grouped(rule.divide_by)}" if rule.divide_by != 1 else ""
    rounded = f", rounded to {grouped(rule.increment)} {DIRECTIONS[rule.mode]}" if rule.increment else ""
    limits = f", at least {grouped(rule.at_least)}" if rule.at_least is not None else ""
    limits += f", at most {grouped(rule.at_most)}" if rule.at_most is not None else ""
    text = f"{grouped(raw)}{times}{divided} = {draft.words.count(draft.used)}{rounded}{limits}"
    draft.steps.append(Step("quantify", text, to_decimal(draft.used)))

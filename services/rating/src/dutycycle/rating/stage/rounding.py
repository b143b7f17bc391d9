"""Round: once per line, unless a stage or a step was rounded before."""

from __future__ import annotations

from fractions import Fraction

from dutycycle.charge.adjust import NOT_ROUNDED, RoundingAt
from dutycycle.charge.step import Step
from dutycycle.kit.fraction import round_fraction, to_decimal
from dutycycle.rating.draft import Draft
from dutycycle.rating.stage.quantify import DIRECTIONS


def round_amount(draft: Draft) -> None:
    """State the rounding; take off what earlier lines have billed for the same quantity."""
    exact, rule = draft.exact, draft.charge.round_to(draft.currency)
    if rule.at is RoundingAt.DISCOUNT:
        rule = NOT_ROUNDED
    draft.amount = to_decimal(exact) if rule.mode is None else round_fraction(exact, rule.scale, rule.mode)
    if rule.mode is not None and exact != Fraction(draft.amount):
        text = f"{draft.words.money(exact)} rounded {DIRECTIONS[rule.mode]} to {draft.words.money(draft.amount)}"
        cumulative = draft.reading.billed_before is not None or rule.at is not RoundingAt.LINE
        draft.steps.append(Step("round", text, amount=Fraction(draft.amount) - exact if cumulative else None))
    if draft.reading.billed_before is not None:
        before = Fraction(draft.reading.billed_before)
        draft.add("prior", f"Billed before: {draft.words.money(before)}", -before)
        draft.amount = to_decimal(draft.exact)

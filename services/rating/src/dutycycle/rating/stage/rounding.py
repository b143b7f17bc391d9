"""Round: once per line."""

from __future__ import annotations

from fractions import Fraction

from dutycycle.rating.draft import Draft
from dutycycle.rating.errors import UnexplainedLineError
from dutycycle.rating.fraction import round_fraction, to_decimal
from dutycycle.rating.stage.quantify import DIRECTIONS
from dutycycle.rating.step import Step


def round_amount(draft: Draft) -> None:
    """State the rounding, and hold the core's amount against what the steps add up to.

    Raises UnexplainedLineError if they differ: no line leaves without an explanation that re-adds.
    """
    exact, rule = draft.exact, draft.charge.round_to(draft.currency)
    direction = rule.direction
    expected = to_decimal(exact) if direction is None else round_fraction(exact, rule.scale, direction)
    if draft.amount != expected:
        raise UnexplainedLineError(draft.charge.id, str(expected), str(draft.amount))
    if direction is not None and exact != Fraction(expected):
        text = f"{draft.words.money(exact)} rounded {DIRECTIONS[direction]} to {draft.words.money(draft.amount)}"
        draft.steps.append(Step("round", text))

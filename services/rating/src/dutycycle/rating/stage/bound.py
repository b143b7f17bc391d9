"""Bound: limits on the priced amount."""

from __future__ import annotations

from fractions import Fraction

from dutycycle.rating.draft import Draft
from dutycycle.rating.step import Step


def bound(draft: Draft) -> None:
    """Raise the amount to the charge's minimum."""
    minimum = draft.charge.bound.minimum
    if minimum is None or draft.portion is None:
        return
    missing = Fraction(minimum) - draft.exact
    if missing > 0:
        text = f"{draft.words.money(missing)} short of the minimum of {draft.words.money(minimum)}"
        draft.steps.append(Step("bound", text, amount=missing))

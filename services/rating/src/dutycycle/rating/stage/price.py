"""Price: what the portion costs, priced by the core and explained step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from dutycycle.charge.adjust import RoundingAt
from dutycycle.charge.charge import PriceOn
from dutycycle.charge.curve import Evaluation
from dutycycle.charge.portion import Portion
from dutycycle.charge.price import Capacity, Matrix, Percentage
from dutycycle.charge.step import Step, add_up
from dutycycle.rating.core import evaluate
from dutycycle.rating.draft import Draft
from dutycycle.rating.errors import UnexplainedLineError
from dutycycle.rating.quantity import priced_one_by_one

_TAKES_ENTRIES = (Matrix, Percentage, Capacity)
"""Models that look at all entries themselves."""
LISTED_ENTRIES = 100
"""Entries that are explained one by one; the others in one step."""


def price(draft: Draft) -> None:
    """Price the portion and explain it.

    Raises UnexplainedLineError if the core and the steps differ: no line leaves without an explanation that re-adds.
    """
    if draft.portion is None:
        draft.steps.append(Step("price", "Not due on this line of the period"))
        return
    model = draft.charge.price.model
    portions = list(_portions(draft, draft.portion))
    steps: list[Step] = []
    for portion in portions:
        steps += _named(model.steps(portion, draft.words), portion)
    priced = evaluate([each for portion in portions for each in _looked_up(draft, portion)], draft.core)
    if priced != add_up(steps):
        raise UnexplainedLineError(draft.charge.id, str(add_up(steps)), str(priced))
    _append(draft, steps)
    _include(draft)


def _looked_up(draft: Draft, portion: Portion) -> Iterator[Evaluation]:
    return draft.charge.price.model.evaluations(portion)


def _portions(draft: Draft, portion: Portion) -> Iterator[Portion]:
    """Yield what is priced at a time: the whole, or each entry."""
    if not priced_one_by_one(draft.charge) or isinstance(draft.charge.price.model, _TAKES_ENTRIES):
        yield portion
        return
    for entry in portion.entries:
        yield replace(portion, quantity=entry.quantity, entries=(entry,))


def _named(steps: Iterator[Step], portion: Portion) -> Iterator[Step]:
    """Say which entry a step is about, where there is one."""
    key = portion.entries[0].key if len(portion.entries) == 1 else ""
    for step in steps:
        yield step if step.key or not key else replace(step, text=f"{key}: {step.text}", key=key)


def _append(draft: Draft, steps: list[Step]) -> None:
    """Add the steps, each rounded where the charge rounds so, and the many entries of a long line in one."""
    if draft.charge.round_to(draft.currency).at is RoundingAt.STEP:
        steps = [step if step.amount is None else replace(step, amount=draft.rounded(step.amount)) for step in steps]
    keys = list(dict.fromkeys(step.key for step in steps))
    listed = set(keys[:LISTED_ENTRIES])
    rest = [step for step in steps if step.key not in listed]
    draft.steps += [step for step in steps if step.key in listed]
    if rest:
        amount = add_up(rest)
        text = f"{len(keys) - LISTED_ENTRIES:,} more: {draft.words.money(amount)}"
        draft.steps.append(Step("entries", text, amount=amount))
    if not draft.steps or (not steps and draft.portion is not None):
        quantity = draft.portion.quantity if draft.portion is not None else Fraction(0)
        draft.steps.append(Step("price", f"{draft.words.count(quantity)} to price: nothing due"))
    draft.round_stage()


def _include(draft: Draft) -> None:
    """Take off the money that a baseline includes."""
    agreed = draft.charge.baseline
    if agreed is None or agreed.amount is None or draft.agreed is None:
        return
    priced, included = draft.exact, draft.agreed
    if draft.charge.price.on is PriceOn.ABOVE:
        included = min(included, max(Fraction(0), priced))
    text = f"{draft.words.money(draft.agreed)} included; {draft.words.money(included)} of it used"
    draft.add("included", text, -included)

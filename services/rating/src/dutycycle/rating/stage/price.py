"""Price: what the portion costs."""

from __future__ import annotations

from dutycycle.rating.draft import Draft
from dutycycle.rating.step import Step


def price(draft: Draft) -> None:
    """Let the price model explain what it charges."""
    if draft.portion is None:
        draft.steps.append(Step("price", "Not due on this line of the period"))
        return
    steps = list(draft.charge.price.model.steps(draft.portion, draft.words))
    draft.steps.extend(steps or [Step("price", f"{draft.words.count(draft.portion.quantity)} to price: nothing due")])

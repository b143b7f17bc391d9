"""The rating pipeline: one readable tuple of stages, and the core that settles the amount.

Every stage reads a draft and adds its steps. The amount itself comes from the core, which rates all drafts of a call
as columns; the last stage refuses a line whose steps do not add up to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.kit.quantity import EXACT
from dutycycle.rating import core
from dutycycle.rating.charge import Charge, charge_text, rate_text
from dutycycle.rating.draft import Draft
from dutycycle.rating.line import RatedLine
from dutycycle.rating.price import PerUnit
from dutycycle.rating.reading import Reading
from dutycycle.rating.settlement import settle
from dutycycle.rating.stage.baseline import baseline, falls_due
from dutycycle.rating.stage.bound import bound
from dutycycle.rating.stage.measure import measure
from dutycycle.rating.stage.price import price
from dutycycle.rating.stage.quantify import quantify
from dutycycle.rating.stage.rounding import round_amount

Stage = Callable[[Draft], None]

PIPELINE: tuple[Stage, ...] = (measure, quantify, baseline, price, bound, round_amount)
"""What happens to a reading, in order. The core rates between the first two and the others: it needs the billed
quantity and gives the amount that the last stage checks."""
BEFORE_CORE = PIPELINE[:2]
AFTER_CORE = PIPELINE[2:]


@dataclass(frozen=True, slots=True)
class Request:
    """One line to rate."""

    charge: Charge
    reading: Reading
    currency: str


def rate_line(charge: Charge, reading: Reading, currency: str, core_name: str = core.CORE_NAME) -> RatedLine:
    """Rate one line. Raises InvalidReadingError."""
    return rate_lines([Request(charge, reading, currency)], core_name)[0]


def rate_lines(requests: Sequence[Request], core_name: str = core.CORE_NAME) -> list[RatedLine]:
    """Rate lines in one pass through the core; the answer is in the order of the requests."""
    drafts = [_draft(request) for request in requests]
    for draft in drafts:
        for stage in BEFORE_CORE:
            stage(draft)
    due = [draft for draft in drafts if falls_due(draft.charge, draft.reading.position)]
    plain = [draft for draft in due if _stands_alone(draft.reading)]
    continued = [draft for draft in due if draft.reading.prior_quantity is not None]
    prorated = [draft for draft in due if draft.reading.priced_quantity is not None]
    for group in (plain, continued, prorated):
        if group:
            settle(group, core_name)
    for draft in drafts:
        for stage in AFTER_CORE:
            stage(draft)
    return [_line(draft) for draft in drafts]


def _draft(request: Request) -> Draft:
    request.reading.check(request.charge)
    return Draft(request.charge, request.reading, request.currency, request.charge.words(request.currency))


def _stands_alone(reading: Reading) -> bool:
    return reading.prior_quantity is None and reading.priced_quantity is None


def _line(draft: Draft) -> RatedLine:
    charge, agreed = draft.charge, draft.charge.baseline
    measured = charge.measure is not None
    model = charge.price.model
    return RatedLine(
        charge=charge.id,
        label=charge.label,
        kind=charge.kind,
        currency=draft.currency,
        amount=draft.amount,
        exact=draft.exact,
        rounded=charge.round_to(draft.currency).direction is not None,
        steps=tuple(draft.steps),
        charge_text=charge_text(charge, draft.currency),
        rate_text=rate_text(charge, draft.currency),
        units=draft.words.units if measured else "",
        baseline_quantity=agreed.quantity if agreed is not None else None,
        used_quantity=draft.used if measured else None,
        adjustment_quantity=EXACT.subtract(draft.used, agreed.quantity) if agreed is not None else None,
        billable_quantity=draft.portion.quantity if draft.portion is not None and measured else None,
        unit_amount=model.price_of(_billed(draft)) if isinstance(model, PerUnit) else None,
    )


def _billed(draft: Draft) -> Decimal:
    return draft.portion.quantity if draft.portion is not None else Decimal(0)

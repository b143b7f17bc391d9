"""Baseline: what was agreed at commencement, and what is left to price."""

from __future__ import annotations

from decimal import Decimal

from dutycycle.kit.quantity import EXACT
from dutycycle.rating.charge import Cadence, Charge, PriceOn
from dutycycle.rating.draft import Draft
from dutycycle.rating.portion import Portion
from dutycycle.rating.price import Commitment, Flat, Volume
from dutycycle.rating.reading import LinePosition
from dutycycle.rating.step import Step

NOTHING = Decimal(0)


def baseline(draft: Draft) -> None:
    """Compare with the baseline, and take the portion that is to be priced if the line falls due."""
    agreed = draft.charge.baseline
    if agreed is not None:
        basis = f" ({agreed.basis})" if agreed.basis else ""
        difference = EXACT.subtract(draft.used, agreed.quantity)
        side = "above" if difference >= 0 else "below"
        text = f"{draft.words.count(agreed.quantity)} agreed{basis}; {draft.words.number(abs(difference))} {side}"
        draft.steps.append(Step("baseline", text, agreed.quantity))
    if falls_due(draft.charge, draft.reading.position):
        draft.portion = _portion(draft)


def falls_due(charge: Charge, position: LinePosition) -> bool:
    """Whether a charge is billed on this one of the lines into which a period is split.

    A flat fee is billed once: first if it is paid in advance, last if in arrears. A volume price and a commitment
    are settled on the last line, when the quantity is final.
    """
    if isinstance(charge.price.model, Flat) and charge.cadence is Cadence.IN_ADVANCE:
        return position in (LinePosition.SINGLE, LinePosition.FIRST)
    if isinstance(charge.price.model, Flat | Volume | Commitment):
        return position in (LinePosition.SINGLE, LinePosition.LAST)
    return True


def _portion(draft: Draft) -> Portion:
    reading, prior = draft.reading, draft.reading.prior_quantity
    if prior is None:
        quantity, start = _beyond(draft.charge, draft.used), None
    else:
        start = _beyond(draft.charge, prior)
        quantity = EXACT.subtract(_beyond(draft.charge, EXACT.add(prior, draft.used)), start)
    priced = quantity if reading.priced_quantity is None else reading.priced_quantity
    return Portion(priced, quantity, start, reading.covered, reading.already_billed)


def _beyond(charge: Charge, quantity: Decimal) -> Decimal:
    """Return the part of a quantity that is priced."""
    if charge.baseline is None or charge.price.on is PriceOn.ALL:
        return quantity
    difference = EXACT.subtract(quantity, charge.baseline.quantity)
    return max(NOTHING, difference) if charge.price.on is PriceOn.ABOVE else difference

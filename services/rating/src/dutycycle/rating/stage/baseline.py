"""Baseline: what was agreed at commencement, and what is left to price."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.adjust import Cadence, ProratedPart
from dutycycle.charge.baseline import Baseline, ToleranceRule
from dutycycle.charge.charge import Charge, PriceOn
from dutycycle.charge.portion import Entry, Portion
from dutycycle.charge.price import Commitment, Committed, Flat, Prepaid, Volume
from dutycycle.charge.step import Step
from dutycycle.kit.fraction import to_decimal
from dutycycle.rating.draft import Draft
from dutycycle.rating.history import agreed_quantity, carried, ratcheted, stock
from dutycycle.rating.quantity import compared_entries, priced_one_by_one
from dutycycle.rating.reading import LinePosition
from dutycycle.rating.share import share_of

NOTHING = Fraction(0)


def baseline(draft: Draft) -> None:
    """Compare with the baseline, and take the portion that is to be priced if the line falls due."""
    agreed = draft.charge.baseline
    if agreed is not None:
        draft.agreed = _available(draft, agreed)
        if agreed.quantity is not None and not priced_one_by_one(draft.charge):
            _state(draft, agreed, draft.agreed)
    if falls_due(draft.charge, draft.reading.position):
        draft.portion = _portion(draft)


def falls_due(charge: Charge, position: LinePosition) -> bool:
    """Whether a charge is billed on this one of the lines into which a period is split.

    A flat fee is billed once: first if it is paid in advance, last if in arrears. A volume price and a commitment
    are settled on the last line, when the quantity is final.
    """
    model = charge.price.model
    if isinstance(model, Flat) and charge.cadence is Cadence.IN_ADVANCE:
        return position in (LinePosition.SINGLE, LinePosition.FIRST)
    return position.is_last or not isinstance(model, Flat | Volume | Commitment)


def _available(draft: Draft, agreed: Baseline) -> Fraction:
    """Return what the baseline allows in the period."""
    charge, reading = draft.charge, draft.reading
    own = agreed_quantity(charge, reading)
    if agreed.carry is not None:
        brought = carried(charge, agreed, agreed.carry, reading)
        if brought > 0:
            figure = draft.words.count(brought) if agreed.quantity is not None else draft.words.money(brought)
            draft.steps.append(Step("carry", f"{figure} unused before, carried into the period", to_decimal(brought)))
        return own + brought
    if agreed.ratchet is not None:
        moved = ratcheted(charge, own, agreed.ratchet, reading)
        if moved != own:
            text = f"Commitment moved from {draft.words.number(own)} to {draft.words.count(moved)} by earlier use"
            draft.steps.append(Step("ratchet", text, to_decimal(moved)))
        return moved
    return own


def _state(draft: Draft, agreed: Baseline, available: Fraction) -> None:
    words = draft.words
    basis = f" ({agreed.basis})" if agreed.basis else ""
    if agreed.by_asset and agreed.quantity is not None:
        basis = f", {_for_each(draft, agreed, agreed.quantity)}{basis}"
    cut = share_of(draft.charge, ProratedPart.BASELINE, draft.reading.stretches)
    if cut != 1:
        basis += f", for {cut} of the period"
    difference = draft.used - available
    side = "above" if difference >= 0 else "below"
    text = f"{words.count(available)} agreed{basis}; {words.number(abs(difference))} {side}"
    if agreed.tolerance is not None:
        band = available * Fraction(agreed.tolerance)
        text += f"; {words.number(band)} either way {'is' if abs(difference) > band else 'are'} free"
    draft.steps.append(Step("baseline", text, to_decimal(available)))


def _for_each(draft: Draft, agreed: Baseline, quantity: Decimal) -> str:
    own = agreed.own_quantities().keys() & draft.reading.in_service.keys()
    text = f"{draft.words.number(quantity)} for each of {draft.reading.assets:,} assets"
    if own:
        text += f", {len(own):,} of them with {'its' if len(own) == 1 else 'their'} own figure"
    return f"{text}, for its days in service" if agreed.prorated else text


def _portion(draft: Draft) -> Portion:
    charge, reading = draft.charge, draft.reading
    prior = None if reading.prior_quantity is None else Fraction(reading.prior_quantity)
    if priced_one_by_one(charge):
        entries = tuple(_beyond_entry(charge, entry) for entry in compared_entries(charge, reading))
        return Portion(sum((entry.quantity for entry in entries), NOTHING), entries=entries)
    start = None
    if prior is None:
        quantity = beyond(charge, draft.used, draft.agreed)
    else:
        start = beyond(charge, prior, draft.agreed)
        quantity = beyond(charge, prior + draft.used, draft.agreed) - start
    priced = quantity if reading.priced_quantity is None else Fraction(reading.priced_quantity)
    model = charge.price.model
    return Portion(
        priced,
        None if reading.priced_quantity is None else quantity,
        start,
        changes=reading.changes,
        covered=reading.covered,
        already_billed=Fraction(reading.already_billed) if isinstance(model, Commitment | Committed) else NOTHING,
        share=share_of(charge, ProratedPart.MINIMUM, reading.stretches),
        stock=stock(charge, model, reading) if isinstance(model, Prepaid) else NOTHING,
    )


def _beyond_entry(charge: Charge, entry: Entry) -> Entry:
    return replace(entry, quantity=beyond(charge, entry.quantity, entry.baseline))


def beyond(charge: Charge, quantity: Fraction, agreed: Fraction | None) -> Fraction:
    """Return the part of a quantity that is priced."""
    baseline_ = charge.baseline
    if agreed is None or baseline_ is None or baseline_.quantity is None:
        return quantity
    on = charge.price.on
    if on is PriceOn.WITHIN:
        return min(quantity, agreed)
    if on is PriceOn.AT_LEAST:
        return max(quantity, agreed)
    if on is PriceOn.ALL:
        return quantity
    difference = outside_band(quantity - agreed, agreed, baseline_)
    if on is PriceOn.ABOVE:
        return max(NOTHING, difference)
    return max(NOTHING, -difference) if on is PriceOn.BELOW else difference


def outside_band(difference: Fraction, agreed: Fraction, rule: Baseline) -> Fraction:
    """Return the difference that is billed: nothing within the band, then what is beyond it, or all of it."""
    if rule.tolerance is None:
        return difference
    band = agreed * Fraction(rule.tolerance)
    if abs(difference) <= band:
        return NOTHING
    if rule.tolerance_rule is ToleranceRule.FROM_BASELINE:
        return difference
    return difference - band if difference > 0 else difference + band

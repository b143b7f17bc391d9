"""Bound: limits on the amount."""

from __future__ import annotations

from fractions import Fraction

from dutycycle.charge.adjust import BoundOrder, ProratedPart, RoundingAt
from dutycycle.rating.draft import Draft
from dutycycle.rating.share import share_of
from dutycycle.rating.stage.adjust import discount


def bound(draft: Draft) -> None:
    """Raise to the minimum once the period is complete, cut to the maximum, and credit no more than was billed."""
    if draft.portion is None:
        return
    limits, reading, words = draft.charge.bound, draft.reading, draft.words
    already = _limit(draft, Fraction(reading.already_billed)) if not draft.charge.covers else Fraction(0)
    if limits.minimum is not None and reading.position.is_last:
        cut = share_of(draft.charge, ProratedPart.MINIMUM, reading.stretches)
        least = _limit(draft, Fraction(limits.minimum) * cut)
        missing = least - already - draft.exact
        if missing > 0:
            draft.add("bound", f"{words.money(missing)} short of the minimum of {words.money(least)}", missing)
    if limits.maximum is not None:
        most = _limit(draft, Fraction(limits.maximum))
        room = max(Fraction(0), most - already) if already > 0 else most - already
        beyond = draft.exact - room
        if beyond > 0:
            draft.add("maximum", f"{words.money(beyond)} beyond the maximum of {words.money(most)}", -beyond)
    if reading.creditable is not None and draft.exact < 0:
        most = max(Fraction(0), Fraction(reading.creditable))
        beyond = -draft.exact - most
        if beyond > 0:
            draft.add("maximum", f"{words.money(most)} is left to be credited", beyond)
    draft.round_stage()
    if limits.order is BoundOrder.BEFORE_DISCOUNTS:
        discount(draft)


def _limit(draft: Draft, value: Fraction) -> Fraction:
    """Return a limit, rounded where the charge rounds what each stage adds."""
    return draft.rounded(value) if draft.charge.round_to(draft.currency).at is RoundingAt.STAGE else value

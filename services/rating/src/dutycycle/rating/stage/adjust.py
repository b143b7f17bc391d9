"""Adjust: ramp, proration and discounts of the priced amount."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dutycycle.charge.adjust import BoundOrder, Discount, DiscountOrder, ProratedPart, RoundingAt
from dutycycle.charge.wording import percent_text
from dutycycle.rating.draft import Draft
from dutycycle.rating.share import share_of


def adjust(draft: Draft) -> None:
    """Bill the share that is due, then take discounts off."""
    if draft.portion is None:
        return
    rules, reading = draft.charge.adjust, draft.reading
    for step in reversed(rules.ramp):
        if step.from_period <= reading.number:
            amount = draft.exact * (Fraction(step.share) - 1)
            draft.add("ramp", f"{percent_text(step.share * 100)} of it from month {step.from_period}", amount)
            break
    cut = share_of(draft.charge, ProratedPart.AMOUNT, reading.stretches)
    draft.add("prorate", f"For {cut} of the period", draft.exact * (cut - 1))
    draft.round_stage()
    if draft.charge.bound.order is BoundOrder.AFTER_DISCOUNTS:
        discount(draft)


def discount(draft: Draft) -> None:
    """Take discounts off in their order, none more than is left."""
    for each in ordered(draft.charge.adjust.discounts, draft.charge.adjust.order):
        left = max(Fraction(0), draft.exact)
        if each.percent is not None:
            off, named = left * Fraction(each.percent) / 100, percent_text(each.percent)
        else:
            off, named = min(left, Fraction(each.amount or 0)), draft.words.money(each.amount or Fraction(0))
        if draft.charge.round_to(draft.currency).at is RoundingAt.DISCOUNT:
            off = min(left, draft.rounded(off))
        label = f"{each.label}: " if each.label else ""
        draft.add("discount", f"{label}less {named}", -off)
        draft.round_stage()


def ordered(discounts: Sequence[Discount], order: DiscountOrder) -> list[Discount]:
    """Return discounts in the order in which they are taken."""
    if order is DiscountOrder.AS_LISTED:
        return list(discounts)
    amounts_first = order is DiscountOrder.AMOUNTS_FIRST
    return sorted(discounts, key=lambda each: (each.percent is not None) is amounts_first)

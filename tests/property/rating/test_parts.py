"""Law 3, for split lines: what the parts of a period cost adds up to what the whole costs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.charge.adjust import Bound, RoundTo
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.price import Commitment, Graduated, Volume
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import LinePosition, Reading
from tests.property.rating.charges import charges, decimals

PARTS = st.lists(decimals(0, 9_000, 3), min_size=1, max_size=5)


def split_charge(charge: Charge) -> Charge:
    """Return the charge as a period can be split on it: without minimum, base amount and credit."""
    model = charge.price.model
    if isinstance(model, Graduated | Volume):
        model = replace(model, table=replace(model.table, base_amount=Decimal(0)))
    return replace(charge, price=Price(model, charge.price.on), bound=Bound(), rounding=RoundTo(0, None))


SPLIT = charges().filter(lambda c: c.measure is not None and c.price.on is not PriceOn.DIFFERENCE).map(split_charge)


@settings(max_examples=200, deadline=None)
@given(SPLIT, PARTS)
def test_parts_add_up_to_the_whole(charge: Charge, parts: list[Decimal]) -> None:
    before = [None, *accumulate(parts[:-1])]
    rated = [
        rate_line(charge, Reading(part, prior_quantity=prior, position=LinePosition.LAST), "USD").exact
        for part, prior in zip(parts, before, strict=True)
    ]
    assert sum(rated, Fraction(0)) == rate_line(charge, Reading(sum(parts, Decimal(0))), "USD").exact


@settings(max_examples=100, deadline=None)
@given(decimals(0, 50_000, 2), decimals(0, 30_000, 2), decimals(0, 30_000, 2))
def test_a_top_up_billed_early_and_late_comes_to_the_same(agreed: Decimal, early: Decimal, late: Decimal) -> None:
    """A first settlement on early amounts, a second on all of them, corrects to what one settlement gives."""
    charge = Charge("commitment", "Commitment", Price(Commitment(agreed, ("early", "late"))))
    nothing, spent = Decimal(0), {"early": early, "late": late}
    whole = rate_line(charge, Reading(covered=spent), "USD").amount
    first = rate_line(charge, Reading(covered={"early": early, "late": nothing}), "USD").amount
    assert whole == max(nothing, first - late)
    second = rate_line(charge, Reading(covered=spent, already_billed=whole), "USD").amount
    assert second == 0

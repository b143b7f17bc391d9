"""Laws 3 and 4 over random histories: carries, windows, ratchets, reconciliations, amendments, late usage, pools."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dutycycle.charge.adjust import Adjust, Discount, PartyShare, Reconcile, ReconcileSides, Settle, SplitTies
from dutycycle.charge.baseline import Baseline, Carry, Ratchet
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.portion import Entry
from dutycycle.charge.price import Graduated, PerUnit, Prepaid
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import Reading
from dutycycle.rating.settlement import together
from tests.property.rating.charges import METER, NOT_NEGATIVE, POSITIVE, bounds, carries, decimals, tier_tables

USES = st.lists(decimals(0, 3_000, 1), min_size=1, max_size=8)
PRICES = decimals(0, 50, 3)


def rated(charge: Charge, uses: list[Decimal], then: dict[int, Charge] | None = None) -> list[Decimal]:
    """Rate periods one after another, each knowing those before; `then` are amended charges by period."""
    readings: list[Reading] = []
    amounts = []
    for number, use in enumerate(uses, start=1):
        own = (then or {}).get(number, charge)
        reading = Reading(use, number=number, history=tuple(readings))
        amounts.append(rate_line(own, reading, "USD").amount)
        assert rate_line(own, reading, "USD", "python").amount == amounts[-1]
        readings.append(Reading(use, number=number, history=tuple(readings), charge=own))
    return amounts


def above(price: Decimal, baseline: Baseline, **parts: object) -> Charge:
    return replace(Charge("c", "C", Price(PerUnit(price), PriceOn.ABOVE), METER, baseline=baseline), **parts)


@st.composite
def settled_charges(draw: st.DrawFn, **settlement: object) -> Charge:
    """Charges above a baseline, per unit or in tiers, with limits and discounts, settled as given."""
    model = draw(st.builds(PerUnit, PRICES) | st.builds(Graduated, tier_tables(capped=True)))
    discounts = tuple(draw(st.lists(st.builds(Discount, decimals(0, 100, 1)), max_size=2)))
    charge = Charge("c", "C", Price(model, PriceOn.ABOVE), METER, baseline=Baseline(draw(NOT_NEGATIVE)))
    charge = replace(charge, bound=draw(bounds()), adjust=Adjust(discounts))
    try:
        return replace(charge, **settlement)
    except InvalidChargeError:
        assume(condition=False)
        raise


@settings(max_examples=60)
@given(settled_charges(), USES, st.booleans())
def test_reconciled_periods_come_to_what_they_come_to_together(
    charge: Charge, uses: list[Decimal], only_then: bool
) -> None:
    """What was billed plus the correction equals rating from scratch, with tiers, minimums and discounts."""
    assume(len(uses) > 1)
    reconcile = Reconcile(len(uses), ReconcileSides.BOTH, only_then)
    once = replace(charge, settle=Settle(reconcile))
    times = Decimal(len(uses))
    agreed, bound = charge.baseline, charge.bound
    assert agreed is not None
    whole = replace(
        charge,
        baseline=Baseline((agreed.quantity or Decimal(0)) * times),
        bound=replace(
            bound,
            minimum=None if bound.minimum is None else bound.minimum * times,
            maximum=None if bound.maximum is None else bound.maximum * times,
        ),
    )
    if isinstance(charge.price.model, Graduated):
        table = charge.price.model.table.stretched(Fraction(len(uses)))
        whole = replace(whole, price=replace(charge.price, model=Graduated(table)))
    scratch = rate_line(whole, Reading(sum(uses, Decimal(0))), "USD").amount
    assert sum(rated(once, uses)) == scratch


@settings(max_examples=60)
@given(settled_charges(), USES)
def test_a_window_billed_in_parts_comes_to_the_window(charge: Charge, uses: list[Decimal]) -> None:
    assume(charge.bound.minimum is None and charge.bound.maximum is None)
    agreed = charge.baseline
    assert agreed is not None
    windowed = replace(charge, baseline=replace(agreed, window_periods=max(2, len(uses))))
    assert sum(rated(windowed, uses)) == rate_line(charge, Reading(sum(uses, Decimal(0))), "USD").amount


@settings(max_examples=60)
@given(PRICES, POSITIVE, carries(), USES)
def test_carried_allowance_is_used_once_and_only_in_time(
    price: Decimal, agreed: Decimal, carry: Carry, uses: list[Decimal]
) -> None:
    """A plain ledger, unit by unit of allowance: each lot is used by its own period or one of the next few."""
    amounts = rated(above(price, Baseline(agreed, carry=carry)), uses)
    lots: dict[int, Decimal] = {}
    for number, use in enumerate(uses):
        lots = {born: left for born, left in lots.items() if number - born <= carry.periods}
        room = carry.cap
        for born in sorted(lots):
            lots[born] = lots[born] if room is None else min(lots[born], room)
            room = None if room is None else room - lots[born]
        lots[number] = agreed
        need = use
        for born in sorted(lots):
            taken = min(lots[born], need)
            lots[born], need = lots[born] - taken, need - taken
        assert abs(amounts[number] - need * price) <= Decimal("0.005")


@settings(max_examples=40)
@given(PRICES, POSITIVE, carries(), USES, st.integers(0, 7), decimals(0, 500, 1))
def test_late_usage_is_put_right_by_the_difference(
    price: Decimal, agreed: Decimal, carry: Carry, uses: list[Decimal], where: int, late: Decimal
) -> None:
    """Late usage changes its own period and later ones only, and what was billed plus the corrections is scratch."""
    charge, place = above(price, Baseline(agreed, carry=carry)), where % len(uses)
    billed = rated(charge, uses)
    complete = [use + late if number == place else use for number, use in enumerate(uses)]
    scratch = rated(charge, complete)
    assert scratch[:place] == billed[:place]
    corrections = [after - before for after, before in zip(scratch, billed, strict=True)]
    assert sum(billed) + sum(corrections) == sum(scratch)
    assert sum(corrections) >= 0


@settings(max_examples=40)
@given(PRICES, POSITIVE, POSITIVE, carries(), USES, st.integers(1, 8))
def test_an_amendment_leaves_what_was_agreed_before(
    price: Decimal, agreed: Decimal, later: Decimal, carry: Carry, uses: list[Decimal], number: int
) -> None:
    """Periods before an amendment cost what they did; what they left over was of the baseline they had."""
    before, after = (above(price, Baseline(quantity, carry=carry)) for quantity in (agreed, later))
    amended = dict.fromkeys(range(number, len(uses) + 1), after)
    amounts = rated(before, uses, amended)
    assert amounts[: number - 1] == rated(before, uses)[: number - 1]
    if number == 1:
        assert amounts == rated(after, uses)


@settings(max_examples=40)
@given(PRICES, POSITIVE, st.builds(Ratchet, st.none() | decimals(0, 1, 2), st.integers(0, 3)), USES)
def test_a_ratchet_never_falls_below_what_was_agreed(
    price: Decimal, agreed: Decimal, ratchet: Ratchet, uses: list[Decimal]
) -> None:
    charge = Charge(
        "c", "C", Price(PerUnit(price), PriceOn.AT_LEAST), METER, baseline=Baseline(agreed, ratchet=ratchet)
    )
    amounts = rated(charge, uses)
    assert all(amount >= round(agreed * price, 2) for amount in amounts)
    if ratchet.shrink is None:
        assert amounts == sorted(amounts)


@settings(max_examples=40)
@given(POSITIVE, NOT_NEGATIVE, USES)
def test_prepaid_blocks_cover_all_use_and_at_most_one_is_left(
    size: Decimal, price: Decimal, uses: list[Decimal]
) -> None:
    charge = Charge("c", "C", Price(Prepaid(size, price)), METER)
    blocks = ceil(sum(map(Fraction, uses), Fraction(0)) / Fraction(size))
    assert abs(sum(rated(charge, uses)) - blocks * price) <= Decimal("0.005") * len(uses)


@settings(max_examples=80)
@given(
    PRICES, NOT_NEGATIVE,
    st.lists(st.tuples(decimals(0, 900, 2), st.none() | NOT_NEGATIVE), min_size=1, max_size=30),
)  # fmt: skip
def test_pool_allocations_add_up_to_the_last_cent(
    price: Decimal, agreed: Decimal, uses: list[tuple[Decimal, Decimal | None]]
) -> None:
    entries = tuple(
        Entry(f"asset {number}", Fraction(use), {}, None if own is None else Fraction(own))
        for number, (use, own) in enumerate(uses)
    )
    reading = Reading(sum((use for use, _ in uses), Decimal(0)), entries=entries)
    line = rate_line(above(price, Baseline(agreed)), reading, "USD")
    assert sum(share.amount for share in line.allocations) == line.amount
    assert [share.key for share in line.allocations] == [entry.key for entry in entries]
    assert all(share.amount >= 0 for share in line.allocations)


@settings(max_examples=80)
@given(
    decimals(-9_000, 9_000, 2), st.lists(decimals(0, 100, 2), min_size=1, max_size=6).filter(any),
    st.sampled_from(SplitTies),
)  # fmt: skip
def test_split_lines_add_up_whoever_pays(amount: Decimal, weights: list[Decimal], ties: SplitTies) -> None:
    split = tuple(PartyShare(f"party {number}", weight) for number, weight in enumerate(weights))
    charge = Charge("c", "C", Price(PerUnit(Decimal(1))), METER, adjust=Adjust(split=split, split_ties=ties))
    line = rate_line(charge, Reading(amount), "USD")
    assert sum(share.amount for share in line.parties) == line.amount


@given(st.permutations([Reading(Decimal(n), number=n) for n in range(1, 5)]))
def test_periods_add_up_in_any_order(readings: list[Reading]) -> None:
    assert together(readings).quantity == 10


def test_a_period_without_its_history_is_refused() -> None:
    charge = above(Decimal(1), Baseline(Decimal(1), carry=Carry(1)))
    with pytest.raises(Exception, match="depends on the 2 before"):
        rate_line(charge, Reading(Decimal(1), number=3), "USD")

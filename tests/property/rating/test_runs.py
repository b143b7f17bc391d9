"""Law 5 for runs: lines grouped by charge, rated many at a time, are what the twin makes of them one by one."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dutycycle.charge.adjust import Bound, RoundTo
from dutycycle.charge.charge import Charge, Price
from dutycycle.charge.price import Graduated, PerUnit, Tier, TierTable
from dutycycle.rating import _core, oracle
from dutycycle.rating.columns import Columns
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.tariff import COLUMNS, INT64_MOST, Tariff, compile_tariff
from tests.property.rating.charges import METER, charges

CENT = RoundTo(2)
SCALE = 3
UNITS = 10**SCALE
EDGE = 2**51
QUANTITIES = (
    st.integers(-3_000, 30_000)
    | st.integers(-(10**7), 10**8)
    | st.integers(EDGE - 3, EDGE + 3)
    | st.integers(-EDGE - 3, -EDGE + 3)
    | st.integers(-(10**15), 10**15)
)
variants = pytest.mark.parametrize("variant", _core.VARIANTS)


def grouped(runs: list[tuple[int, list[int]]]) -> Columns:
    """Return lines as columns: each run is an index and its quantities."""
    index = [charge for charge, quantities in runs for _ in quantities]
    quantity = [value for _, quantities in runs for value in quantities]
    return Columns(np.array(index, np.int32), np.array(quantity, np.int64))


def rate(tariff: Tariff, columns: Columns, variant: str) -> NDArray[np.int64]:
    return _core.rate(tariff.charges, tariff.pieces, columns.charge, columns.quantity, variant=variant)


@variants
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(charges(), st.lists(QUANTITIES, min_size=3, max_size=6)), min_size=1, max_size=3))
def test_runs_equal_the_oracle(variant: str, drawn: list[tuple[Charge, list[int]]]) -> None:
    """Every model, mode, baseline and bound; runs just shorter and longer than what is worth preparing."""
    rated = [charge for charge, _ in drawn]
    rules = [charge.round_to("USD") for charge in rated]
    scale = max(4, *(rule.scale for rule in rules))
    columns = grouped([(index, quantities * 5) for index, (_, quantities) in enumerate(drawn)])
    tariff = compile_tariff(rated, rules, SCALE, scale)
    try:
        amounts = rate(tariff, columns, variant).tolist()
    except LineOverflowError as overflow:
        amounts = overflow.line
    assert amounts == one_by_one(tariff, columns)
    if isinstance(amounts, list):
        assert amounts == oracle.rate(rated, rules, columns, SCALE, scale).tolist()


def one_by_one(tariff: Tariff, columns: Columns) -> list[int] | int:
    """Return the amounts, or the first line that overflows, of lines too few to be a run."""
    amounts = []
    for line in range(len(columns.charge)):
        alone = Columns(columns.charge[line : line + 1], columns.quantity[line : line + 1])
        try:
            amounts += rate(tariff, alone, "portable").tolist()
        except LineOverflowError:
            return line
    return amounts


@variants
@settings(max_examples=40, deadline=None)
@given(st.integers(9, 40), st.lists(st.integers(-10, 60_000), min_size=16, max_size=40), st.booleans())
def test_more_pieces_than_eight(variant: str, tiers: int, quantities: list[int], flat: bool) -> None:
    """Up to and beyond the pieces that a run prepares; quantities at, before and after every bound."""
    table = TierTable(
        tuple(
            Tier(
                None if number == tiers else Decimal(number),
                Decimal(7 * number % 11).scaleb(-3) + Decimal("0.0005"),
                Decimal(int(flat)),
            )
            for number in range(1, tiers + 1)
        )
    )
    charge = Charge("c", "C", Price(Graduated(table)), METER)
    bounds = [number * UNITS + step for number in range(tiers + 1) for step in (-1, 0, 1)]
    columns = grouped([(0, bounds + quantities)])
    amounts = rate(compile_tariff([charge], [CENT], SCALE, 2), columns, variant)
    assert amounts.tolist() == oracle.rate([charge], [CENT], columns, SCALE, 2).tolist()


@variants
@settings(max_examples=40, deadline=None)
@given(st.integers(-(10**9), 10**9), st.lists(st.integers(-(10**6), 10**6), min_size=16, max_size=64))
def test_every_line_of_a_run_is_a_tie(variant: str, odd: int, units: list[int]) -> None:
    """An odd number of half cents times an odd quantity, both signs: half away from zero."""
    charge = Charge("c", "C", Price(PerUnit(Decimal((2 * odd + 1) * 5).scaleb(-3))), METER)
    columns = grouped([(0, [2 * unit + 1 for unit in units])])
    amounts = rate(compile_tariff([charge], [CENT], 0, 2), columns, variant)
    halves = [(2 * odd + 1) * (2 * unit + 1) for unit in units]
    assert amounts.tolist() == [(abs(half) + 1) // 2 * (1 if half > 0 else -1) for half in halves]


@variants
@pytest.mark.parametrize("price", ["0.01", "0.015", "5000.123456789", "0.000000001", "-3.7"])
def test_both_sides_of_the_limit_and_the_ends_of_64_bits(variant: str, price: str) -> None:
    """Lines that are estimated and lines that are divided in 128 bits, side by side in one run."""
    charge = Charge("c", "C", Price(PerUnit(Decimal(price))), METER)
    limit = int(2**49 * UNITS / (abs(Decimal(price)) * 100))
    places = [at for at in (limit, EDGE, 2**53) if at < 2**62]
    around = [sign * (at + step) for at in places for step in range(-3, 4) for sign in (1, -1)]
    ends = [2**63 - 1, -(2**63), 2**62, 0] if abs(Decimal(price)) < 1 else []
    columns = grouped([(0, around + ends)])
    amounts = rate(compile_tariff([charge], [CENT], SCALE, 2), columns, variant)
    assert amounts.tolist() == oracle.rate([charge], [CENT], columns, SCALE, 2).tolist()


@variants
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1_500), st.integers(0, 1_500), st.integers(16, 900))
def test_overflow_names_the_first_line(variant: str, first: int, second: int, before: int) -> None:
    """In any block of any run; what comes after it does not matter."""
    charge = Charge("c", "C", Price(PerUnit(Decimal("0.1"))), METER)
    quantity = np.arange(before + 1_501, dtype=np.int64)
    quantity[[before + first, before + second]] = INT64_MOST
    index = np.repeat(np.array([1, 0], np.int32), [before, 1_501])
    tariff = compile_tariff([charge, charge], [CENT, CENT], 0, 2)
    with pytest.raises(LineOverflowError) as caught:
        rate(tariff, Columns(index, quantity), variant)
    assert caught.value.line == before + min(first, second)


@variants
@pytest.mark.parametrize("lines", [1, 40])
def test_minimum_and_maximum_hold_the_amount(variant: str, lines: int) -> None:
    charge = Charge("c", "C", Price(PerUnit(Decimal("0.01"))), METER, bound=Bound(Decimal("0.10")))
    tariff = compile_tariff([charge], [CENT], 0, 2)
    tariff.charges[0, COLUMNS.index("maximum")] = 25
    quantity = np.arange(lines, dtype=np.int64)
    amounts = rate(tariff, Columns(np.zeros(lines, np.int32), quantity), variant)
    assert amounts.tolist() == np.clip(quantity, 10, 25).tolist()


def test_amounts_go_where_they_are_wanted() -> None:
    tariff = compile_tariff([Charge("c", "C", Price(PerUnit(Decimal("0.01"))), METER)], [CENT], 0, 2)
    index, quantity, out = np.zeros(3, np.int32), np.arange(3, dtype=np.int64), np.empty(3, np.int64)
    assert _core.rate(tariff.charges, tariff.pieces, index, quantity, out) is out
    assert out.tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="differ in length"):
        _core.rate(tariff.charges, tariff.pieces, index, quantity, out[:2])

"""Law 5: the compiled core and its independent twin agree on every line, or both say that it does not fit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dutycycle.charge.adjust import RoundTo
from dutycycle.charge.charge import Charge, Price
from dutycycle.charge.price import PerUnit, Tier, TierTable, Volume
from dutycycle.kit.quantity import Rounding
from dutycycle.rating import core
from dutycycle.rating.columns import Columns
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.tariff import COLUMNS, compile_tariff
from tests.property.rating.charges import METER, ROUNDINGS, charges

INT64 = st.integers(-(2**63), 2**63 - 1)
SCALED = st.integers(-(10**11), 10**11) | st.integers(-3_000, 30_000) | INT64
CENT = RoundTo(2)


def both(
    rated: list[Charge], rules: list[RoundTo], columns: Columns, quantity_scale: int, scale: int
) -> tuple[object, object]:
    """Return what each core answers: amounts, or the line that overflows."""

    def answer(name: str) -> object:
        try:
            return core.rate(rated, rules, columns, quantity_scale, scale, name).tolist()
        except LineOverflowError as overflow:
            return f"overflow in line {overflow.line}"

    return answer("cython"), answer("python")


def column(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def test_the_compiled_core_is_the_one_that_is_tested() -> None:
    assert core.COMPILED


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.tuples(charges(), ROUNDINGS, SCALED), min_size=1, max_size=6),
    st.integers(0, 9),
    st.integers(0, 12),
)
def test_lines_that_stand_alone(lines: list[tuple[Charge, RoundTo, int]], quantity_scale: int, scale: int) -> None:
    """Each line on its own, so that one overflow does not hide the others."""
    for charge, rule, quantity in lines:
        columns = Columns(np.zeros(1, np.int32), column([quantity]))
        compiled, twin = both([charge], [rule], columns, quantity_scale, max(scale, rule.scale))
        if isinstance(compiled, list):
            assert compiled == twin
        else:
            assert compiled == twin or _leaves_64_bits(charge, rule, columns, quantity_scale, max(scale, rule.scale))


@settings(max_examples=200, deadline=None)
@given(st.lists(charges(), min_size=2, max_size=8), st.data())
def test_columns_of_many_charges(rated: list[Charge], data: st.DataObject) -> None:
    index = data.draw(st.lists(st.integers(0, len(rated) - 1), min_size=1, max_size=40))
    quantity = data.draw(st.lists(st.integers(-(10**9), 10**9), min_size=len(index), max_size=len(index)))
    columns = Columns(np.array(index, dtype=np.int32), column(quantity))
    compiled, twin = both(rated, [CENT] * len(rated), columns, 3, 2)
    assert compiled == twin


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6), st.sampled_from(list(Rounding)))
@example(1, 1, Rounding.HALF_UP)
@example(-1, 1, Rounding.HALF_UP)
def test_exact_half_cent_ties(odd: int, units: int, direction: Rounding) -> None:
    """A price of an odd number of half cents, an odd quantity: the amount is a tie, never near one."""
    price = Decimal(2 * odd + 1).scaleb(-3) * 5
    charge = Charge("c", "C", Price(PerUnit(price)), METER)
    columns = Columns(np.zeros(1, np.int32), column([2 * units + 1]))
    compiled, twin = both([charge], [RoundTo(2, direction)], columns, 0, 2)
    assert compiled == twin
    exact = price * (2 * units + 1) * 100
    assert exact % 1 in (Decimal("0.5"), Decimal("-0.5"))
    assert compiled == [int(exact.quantize(Decimal(1), rounding=direction.value))]


@pytest.mark.parametrize("step", [-2, -1, 0, 1, 2])
@pytest.mark.parametrize("sign", [1, -1])
def test_both_sides_of_the_guard(step: int, sign: int) -> None:
    """Quantities around the last one that is estimated: 64-bit and 128-bit arithmetic meet without a seam."""
    charge = Charge("c", "C", Price(PerUnit(Decimal("5000.123456789"))), METER)
    tariff = compile_tariff([charge], [CENT], 6, 2)
    guard = int(tariff.charges[0, COLUMNS.index("guard")])
    assert 0 < guard < 2**63 - 3
    columns = Columns(np.zeros(1, np.int32), column([sign * (guard + step)]))
    compiled, twin = both([charge], [CENT], columns, 6, 2)
    assert compiled == twin
    assert isinstance(compiled, list)


@pytest.mark.parametrize("edge", [2**63 - 1, -(2**63)])
def test_the_last_amount_that_fits_and_the_first_that_does_not(edge: int) -> None:
    charge = Charge("c", "C", Price(PerUnit(Decimal("0.01"))), METER)
    index, outward = np.zeros(2, np.int32), 1 if edge > 0 else -1
    fits = Columns(index, column([0, edge]))
    assert both([charge], [CENT], fits, 0, 2) == ([0, edge], [0, edge])
    base = Decimal("0.01") * outward
    beyond = Charge("c", "C", Price(Volume(TierTable((Tier(None, Decimal("0.01")),), base_amount=base))), METER)
    assert both([beyond], [CENT], fits, 0, 2) == ("overflow in line 1", "overflow in line 1")


def test_a_charge_too_fine_for_64_bits_is_an_overflow_and_never_a_wrong_amount() -> None:
    charge = Charge("c", "C", Price(PerUnit(Decimal("0.000000000000000001"))), METER)
    tariff = compile_tariff([charge], [CENT], 9, 2)
    with pytest.raises(LineOverflowError) as caught:
        core.rate_compiled(tariff, Columns(np.zeros(1, np.int32), column([5])))
    assert caught.value.line == 0


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Columns(np.array([1], np.int32), column([1])),
        lambda: Columns(np.array([-1], np.int32), column([1])),
    ],
)
def test_a_line_of_an_unknown_charge_is_refused(broken: Callable[[], Columns]) -> None:
    charge = Charge("c", "C", Price(PerUnit(Decimal(1))), METER)
    tariff = compile_tariff([charge], [CENT], 0, 2)
    with pytest.raises(IndexError, match="line 0 names charge"):
        core.rate_compiled(tariff, broken())


def _leaves_64_bits(charge: Charge, rule: RoundTo, columns: Columns, quantity_scale: int, scale: int) -> bool:
    """Whether the refusal is due: coefficients that do not fit, or an amount that does not until a minimum lifts it."""
    if int(compile_tariff([charge], [rule], quantity_scale, scale).charges[0, 0]) == 0:
        return True
    unbounded = Charge(charge.id, charge.label, charge.price, charge.measure, baseline=charge.baseline)
    return both([unbounded], [rule], columns, quantity_scale, scale)[1] == "overflow in line 0"

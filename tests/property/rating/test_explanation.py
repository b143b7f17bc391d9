"""Law 4 in columns: the rows of an explanation add up to the line, exactly, and count the units of the line."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.charge.adjust import NOT_ROUNDED, Bound, RoundTo
from dutycycle.charge.baseline import Baseline
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.price import Graduated, Package, PerUnit, Tier, TierTable, Volume
from dutycycle.kit.quantity import Rounding
from dutycycle.rating import _core, core, oracle
from dutycycle.rating.columns import Columns
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.explanation import Explanation
from dutycycle.rating.reading import Reading
from dutycycle.rating.tariff import Tariff, compile_tariff
from tests.property.rating.charges import METER, charges

SCALE = 3
QUANTITIES = st.integers(-3_000, 30_000) | st.integers(-(10**7), 10**8) | st.integers(-(10**15), 10**15)
CENT = RoundTo(2)
GRADUATED = Graduated(
    TierTable(
        (
            Tier(Decimal(10), Decimal("0.125")),
            Tier(Decimal(20), Decimal("0.0005"), Decimal(3)),
            Tier(None, Decimal("0.10")),
        )
    )
)


def explain(tariff: Tariff, columns: Columns, variant: str) -> Explanation:
    return Explanation(*_core.explain(tariff.charges, tariff.pieces, columns.charge, columns.quantity, variant))


@pytest.mark.parametrize("variant", _core.VARIANTS)
@pytest.mark.parametrize("times", [1, 20])
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(charges(), QUANTITIES), min_size=1, max_size=4))
def test_rows_add_up_to_the_line(variant: str, times: int, drawn: list[tuple[Charge, int]]) -> None:
    """Alone and in runs, every model: before rounding what the oracle says, after it what the core rates."""
    rated = [charge for charge, _ in drawn]
    rules = [RoundTo(rule.scale, rule.mode or Rounding.HALF_UP) for rule in (c.round_to("USD") for c in rated)]
    scale = max(4, *(rule.scale for rule in rules))
    index = np.repeat(np.arange(len(drawn), dtype=np.int32), times)
    columns = Columns(index, np.repeat(np.array([quantity for _, quantity in drawn], np.int64), times))
    tariff = compile_tariff(rated, rules, SCALE, scale)
    try:
        amounts = core.rate_compiled(tariff, columns)
    except LineOverflowError:
        with pytest.raises(LineOverflowError):
            explain(tariff, columns, variant)
        return
    explanation = explain(tariff, columns, variant)
    assert explanation.amount.tolist() == amounts.tolist()
    assert len(explanation.first) == len(index) + 1
    for line, (charge, quantity) in enumerate(drawn):
        at = line * times + times - 1
        rows = slice(explanation.first[at], explanation.first[at + 1])
        divisor = int(tariff.charges[line, 0])
        rests = explanation.rest[rows].tolist()
        assert all(0 <= rest < divisor for rest in rests)
        units = sum(explanation.whole[rows].tolist()) + Fraction(sum(rests), divisor)
        unbounded = replace(charge, bound=Bound(), rounding=NOT_ROUNDED)
        assert units / Fraction(10) ** rules[line].scale == oracle.amount(
            unbounded, Reading(Fraction(quantity, 10**SCALE)), "USD"
        )


@pytest.mark.parametrize(
    ("charge", "quantity", "rows"),
    [
        (Charge("c", "C", Price(GRADUATED), METER), 0, [(0, 0, 0)]),
        (Charge("c", "C", Price(GRADUATED), METER), 10_000, [(1, 10_000, 125)]),
        (
            Charge("c", "C", Price(GRADUATED), METER),
            25_000,
            [(1, 10_000, 125), (2, 10_000, Fraction("300.5")), (3, 5_000, 50)],
        ),
        (
            Charge("c", "C", Price(GRADUATED, PriceOn.ABOVE), METER, baseline=Baseline(Decimal(100))),
            111_000,
            [(1, 10_000, 125), (2, 1_000, Fraction("300.05"))],
        ),
        (Charge("c", "C", Price(Volume(GRADUATED.table)), METER), 15_000, [(2, 15_000, Fraction("300.75"))]),
        (
            Charge("c", "C", Price(PerUnit(Decimal(2)), PriceOn.DIFFERENCE), METER, baseline=Baseline(Decimal(5))),
            3_000,
            [(0, -2_000, -400)],
        ),
        (
            Charge("c", "C", Price(PerUnit(Decimal(2)), PriceOn.ABOVE), METER, baseline=Baseline(Decimal(5))),
            3_000,
            [(0, 0, 0)],
        ),
        (Charge("c", "C", Price(Package(Decimal(10), Decimal(7))), METER), 21_000, [(0, 3, 2_100)]),
        (
            Charge("c", "C", Price(PerUnit(Decimal(1))), METER, bound=Bound(Decimal(9))),
            2_000,
            [(0, 2_000, 200)],
        ),
    ],
)
def test_rows_count_the_units_of_each_tier(
    charge: Charge, quantity: int, rows: list[tuple[int, int, Fraction | int]]
) -> None:
    """Piece, units and cents before rounding, as a reader of the contract would count."""
    tariff = compile_tariff([charge], [CENT], SCALE, 2)
    explanation = core.explain_compiled(tariff, Columns(np.zeros(1, np.int32), np.array([quantity], np.int64)))
    divisor = int(tariff.charges[0, 0])
    cents = [
        whole + Fraction(rest, divisor)
        for whole, rest in zip(explanation.whole.tolist(), explanation.rest.tolist(), strict=True)
    ]
    assert list(zip(explanation.piece.tolist(), explanation.quantity.tolist(), cents, strict=True)) == rows


def test_a_line_that_overflows_is_named() -> None:
    charge = Charge("c", "C", Price(PerUnit(Decimal("0.1"))), METER)
    quantity = np.arange(2_000, dtype=np.int64)
    quantity[[1_200, 1_300]] = 2**63 - 1
    with pytest.raises(LineOverflowError) as caught:
        core.explain_compiled(compile_tariff([charge], [CENT], 0, 2), Columns(np.zeros(2_000, np.int32), quantity))
    assert caught.value.line == 1_200


@pytest.mark.parametrize("variant", _core.VARIANTS)
@pytest.mark.parametrize("tiers", [7, 8, 9, 15, 16, 40])
def test_as_many_rows_as_tiers(variant: str, tiers: int) -> None:
    """More tiers than are copied at once, and than a run prepares."""
    table = TierTable(tuple(Tier(Decimal(n), Decimal(n).scaleb(-3), Decimal(n % 3)) for n in range(1, tiers + 1)))
    charge = Charge("c", "C", Price(Graduated(table)), METER)
    tariff = compile_tariff([charge], [CENT], SCALE, 2)
    quantity = np.tile(np.arange(tiers + 1, dtype=np.int64) * 1_000, 20)
    explanation = explain(tariff, Columns(np.zeros(len(quantity), np.int32), quantity), variant)
    assert np.diff(explanation.first).tolist() == [max(1, units) for units in (quantity // 1_000).tolist()]
    for line, units in enumerate((quantity // 1_000).tolist()):
        rows = slice(explanation.first[line], explanation.first[line + 1])
        assert explanation.piece[rows].tolist() == list(range(1, units + 1)) or units == 0
        assert explanation.quantity[rows].sum() == quantity[line]


def test_a_line_of_an_unknown_charge_is_refused() -> None:
    tariff = compile_tariff([Charge("c", "C", Price(PerUnit(Decimal(1))), METER)], [CENT], 0, 2)
    with pytest.raises(IndexError, match="line 1 names charge 7 of 1"):
        core.explain_compiled(tariff, Columns(np.array([0, 7], np.int32), np.ones(2, np.int64)))

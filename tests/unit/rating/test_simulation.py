"""Distributions of costs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from dutycycle.charge.adjust import NOT_ROUNDED, RoundTo
from dutycycle.charge.baseline import Baseline, Carry
from dutycycle.charge.charge import PriceOn
from dutycycle.charge.price import PerUnit, Volume
from dutycycle.rating.simulation import PERCENTILES, Bar, distribution_of, simulate
from tests.unit.rating.rated import charge, rate, table


def amounts(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def test_percentiles_are_amounts_that_occur() -> None:
    found = distribution_of(amounts(*range(1, 201)), 2)
    assert found.percentiles == tuple(2 * percentile for percentile in PERCENTILES)
    assert (found.count, found.total, found.least, found.most) == (200, 20_100, 1, 200)
    assert found.mean == Fraction(201, 2)


def test_of_one_amount_every_percentile_is_it() -> None:
    found = distribution_of(amounts(-7), 0)
    assert set(found.percentiles) == {-7}
    assert found.bars == (Bar(-7, -7, 1),)


def test_bars_hold_their_lower_edge_and_the_last_both() -> None:
    found = distribution_of(amounts(0, 1, 2, 3, 4), 2, bars=2)
    assert found.bars == (Bar(0, 2, 2), Bar(2, 4, 3))


def test_bars_are_not_narrower_than_the_smallest_unit() -> None:
    assert len(distribution_of(amounts(5, 8), 2, bars=20).bars) == 3


def test_sums_beyond_64_bits_are_exact() -> None:
    most = 2**63 - 1
    assert distribution_of(amounts(most, most, most), 2).total == 3 * most
    assert distribution_of(amounts(-most, -most, -most), 2).total == -3 * most
    beyond = np.array([2**70, 2**70 + 4], dtype=object)
    assert distribution_of(beyond, 2, bars=2).bars == (Bar(2**70, 2**70 + 2, 1), Bar(2**70 + 2, 2**70 + 4, 1))


def test_a_price_that_falls_where_a_tier_begins_is_ranked_by_amount() -> None:
    falling = charge(Volume(table(("10", "5", "0"), (None, "1", "0"))))
    quantities = amounts(3, 10, 11, 40)
    [found] = simulate([falling], [RoundTo(2)], quantities, 0)
    each = sorted(int(rate(falling, str(quantity)).amount * 100) for quantity in quantities.tolist())
    assert (found.least, found.most, found.total) == (each[0], each[-1], sum(each))


@pytest.mark.parametrize(
    ("rule", "quantities", "why"),
    [(RoundTo(2), amounts(), "no quantities"), (NOT_ROUNDED, amounts(1), "no smallest unit")],
)
def test_what_cannot_be_counted_is_refused(
    rule: RoundTo, quantities: np.ndarray[tuple[int], np.dtype[np.int64]], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        simulate([charge(PerUnit(Decimal(1)))], [rule], quantities, 0)


def test_a_charge_that_is_no_curve_is_refused() -> None:
    carried = replace(
        charge(PerUnit(Decimal(1)), PriceOn.ABOVE, baseline="1"), baseline=Baseline(Decimal(1), carry=Carry(2))
    )
    with pytest.raises(ValueError, match="more than a quantity"):
        simulate([carried], [RoundTo(2)], amounts(1), 0)

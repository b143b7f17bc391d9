"""A simulation describes exactly the amounts that the twin rates one by one."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.charge.adjust import RoundTo
from dutycycle.charge.charge import Charge, Price
from dutycycle.charge.price import PerUnit
from dutycycle.rating import oracle
from dutycycle.rating.columns import Columns
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.simulation import PERCENTILES, simulate
from tests.property.rating.charges import METER, charges

SCALE = 3
CENT = RoundTo(2)
QUANTITIES = st.lists(st.integers(-(10**7), 10**8), min_size=1, max_size=60)
CENT_PRICE = Charge("c", "C", Price(PerUnit(Decimal("0.01"))), METER)


@settings(max_examples=150, deadline=None)
@given(st.lists(charges(), min_size=1, max_size=4), QUANTITIES)
def test_distributions_are_those_of_the_oracle(rated: list[Charge], quantities: list[int]) -> None:
    """Charges that rise, fall and jump, in one call that shares its buffer."""
    column = np.array(quantities, np.int64)
    distributions = simulate(rated, [CENT] * len(rated), column, SCALE)
    for charge, distribution in zip(rated, distributions, strict=True):
        columns = Columns(np.zeros(len(column), np.int32), column)
        amounts = sorted(oracle.rate([charge], [CENT], columns, SCALE, 2).tolist())
        assert distribution.total == sum(amounts)
        assert (distribution.count, distribution.least, distribution.most) == (len(amounts), amounts[0], amounts[-1])
        assert distribution.mean * len(amounts) == sum(amounts)
        for percentile, amount in zip(PERCENTILES, distribution.percentiles, strict=True):
            at_most = sum(1 for each in amounts if each <= amount)
            less = sum(1 for each in amounts if each < amount)
            assert 100 * less < percentile * len(amounts) <= 100 * at_most


def test_a_total_beyond_64_bits_is_exact() -> None:
    edges = np.array([2**63 - 1, 2**63 - 2, -(2**63), 2**63 - 1, 7], np.int64)
    assert simulate([CENT_PRICE], [CENT], edges, 0)[0].total == sum(edges.tolist())


def test_what_cannot_be_described_is_refused() -> None:
    none, one = np.zeros(0, np.int64), np.ones(1, np.int64)
    with pytest.raises(ValueError, match="no quantities"):
        simulate([CENT_PRICE], [CENT], none, 0)
    with pytest.raises(ValueError, match="no smallest unit"):
        simulate([CENT_PRICE], [RoundTo(0, None)], one, 0)
    with pytest.raises(LineOverflowError):
        simulate([Charge("c", "C", Price(PerUnit(Decimal(1))), METER)], [CENT], one * (2**63 - 1), 0)

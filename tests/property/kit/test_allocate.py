"""Law 4: shares add up to what was split, to the last minor unit, and no share is off by a whole one."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dutycycle.kit.money import allocate

AMOUNTS = st.integers(-(10**18), 10**18)
WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=40).filter(any)


@given(AMOUNTS, WEIGHTS)
def test_shares_add_up(amount: int, weights: list[int]) -> None:
    assert sum(allocate(amount, weights)) == amount


@given(AMOUNTS, WEIGHTS)
def test_no_share_is_off_by_a_unit(amount: int, weights: list[int]) -> None:
    for share, weight in zip(allocate(amount, weights), weights, strict=True):
        assert abs(share - Fraction(amount * weight, sum(weights))) < 1


@given(AMOUNTS, WEIGHTS)
def test_nothing_is_given_to_weight_zero(amount: int, weights: list[int]) -> None:
    assert all(share == 0 for share, weight in zip(allocate(amount, weights), weights, strict=True) if weight == 0)


@given(AMOUNTS, WEIGHTS, st.integers(1, 1000))
def test_only_proportions_count(amount: int, weights: list[int], factor: int) -> None:
    assert allocate(amount, [weight * factor for weight in weights]) == allocate(amount, weights)


@given(AMOUNTS, WEIGHTS)
def test_who_weighs_more_never_gets_less(amount: int, weights: list[int]) -> None:
    by_weight = sorted(zip(weights, allocate(abs(amount), weights), strict=True))
    assert all(lighter <= heavier for (_, lighter), (_, heavier) in pairwise(by_weight))

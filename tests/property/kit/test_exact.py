"""Law 5: roundings equal the definition in exact fractions; no digit is lost on the way to the wire and back."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dutycycle.kit.money import Money, total
from dutycycle.kit.quantity import (
    Rounding,
    divide_rounded,
    divide_to_increment,
    from_scaled,
    plain,
    round_to_increment,
    round_to_scale,
    to_scaled,
)
from dutycycle.runtime.wire import decimal_from_proto, decimal_to_proto, money_from_proto, money_to_proto

MODES = st.sampled_from(list(Rounding))
DECIMALS = st.builds(
    lambda digits, scale: Decimal(digits).scaleb(-scale), st.integers(-(10**24), 10**24), st.integers(-3, 24)
)
POSITIVE = st.builds(lambda digits, scale: Decimal(digits).scaleb(-scale), st.integers(1, 10**9), st.integers(-3, 9))
TIES = st.builds(lambda whole, step: (2 * whole + 1) * step / 2, st.integers(-(10**9), 10**9), POSITIVE)


def by_definition(value: Fraction, mode: Rounding) -> int:
    """Round a fraction to a whole number the way the words say."""
    below = math.floor(value)
    if value == below:
        return below
    nearest = below + (value - below > Fraction(1, 2))
    outward, inward = (below + 1, below) if value > 0 else (below, below + 1)
    return {
        Rounding.FLOOR: below,
        Rounding.CEILING: below + 1,
        Rounding.UP: outward,
        Rounding.DOWN: inward,
        Rounding.HALF_UP: outward if value - below == Fraction(1, 2) else nearest,
    }[mode]


@given(st.integers(-(10**30), 10**30), st.integers(-(10**15), 10**15).filter(bool), MODES)
def test_divide_rounded(numerator: int, denominator: int, mode: Rounding) -> None:
    assert divide_rounded(numerator, denominator, mode) == by_definition(Fraction(numerator, denominator), mode)


@given(DECIMALS | TIES, st.integers(-6, 12), MODES)
def test_round_to_scale(value: Decimal, scale: int, mode: Rounding) -> None:
    expected = by_definition(Fraction(value) * Fraction(10) ** scale, mode) / Fraction(10) ** scale
    assert Fraction(round_to_scale(value, scale, mode)) == expected


@given(DECIMALS | TIES, POSITIVE, MODES)
def test_round_to_increment(value: Decimal, increment: Decimal, mode: Rounding) -> None:
    expected = by_definition(Fraction(value) / Fraction(increment), mode) * Fraction(increment)
    assert Fraction(round_to_increment(value, increment, mode)) == expected


@given(DECIMALS | TIES, POSITIVE, POSITIVE, MODES)
def test_divide_to_increment(value: Decimal, divisor: Decimal, increment: Decimal, mode: Rounding) -> None:
    quotient = Fraction(value) / Fraction(divisor) / Fraction(increment)
    expected = by_definition(quotient, mode) * Fraction(increment)
    assert Fraction(divide_to_increment(value, divisor, increment, mode)) == expected


@given(st.integers(-(10**40), 10**40), st.integers(0, 18))
def test_scaled_there_and_back(value: int, scale: int) -> None:
    assert to_scaled(from_scaled(value, scale), scale) == value


@given(DECIMALS)
def test_decimals_cross_the_wire_unchanged(value: Decimal) -> None:
    assert decimal_from_proto(decimal_to_proto(value)) == value
    assert Decimal(plain(value)) == value


@given(st.integers(-(2**63) * 10**9 + 1, 2**63 * 10**9 - 1), st.sampled_from(["USD", "JPY", "KWD"]))
def test_money_crosses_the_wire_unchanged(nanos: int, currency: str) -> None:
    amount = Money(from_scaled(nanos, 9), currency)
    message = money_to_proto(amount)
    assert message.units * message.nanos >= 0, "units and nanos must not differ in sign"
    assert money_from_proto(message) == amount


@given(st.lists(st.integers(-(10**17), 10**17), max_size=50))
def test_totals_are_the_sum_of_cents(cents: list[int]) -> None:
    assert to_scaled(total([Money(from_scaled(c, 2), "USD") for c in cents], "USD").amount, 2) == sum(cents)

"""Money adds up within one currency, is written as people write it, and is split to the last unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.kit.money import Money, allocate, total
from dutycycle.kit.quantity import Rounding


def usd(text: str) -> Money:
    return Money(Decimal(text), "USD")


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234.5", "USD", "$1,234.50"),
        ("-3", "USD", "−$3.00"),
        ("0", "EUR", "€0.00"),
        ("1234.5", "CHF", "1,234.50 CHF"),
        ("-1234.5", "CHF", "−1,234.50 CHF"),
        ("1234567", "JPY", "¥1,234,567"),
        ("1.5", "KWD", "1.500 KWD"),
        ("0.00125", "USD", "$0.00125"),  # a unit price keeps its digits
        ("1E+3", "USD", "$1,000.00"),
    ],
)
def test_text(amount: str, currency: str, text: str) -> None:
    assert Money(Decimal(amount), currency).text() == text


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [("0.125", "USD", "0.13"), ("-0.125", "USD", "-0.13"), ("0.5", "JPY", "1"), ("0.0005", "KWD", "0.001")],
)
def test_rounded_to_the_minor_unit_of_the_currency(amount: str, currency: str, expected: str) -> None:
    assert Money(Decimal(amount), currency).rounded() == Money(Decimal(expected), currency)
    assert str(Money(Decimal(amount), currency).rounded().amount) == expected


def test_rounding_in_a_named_direction() -> None:
    assert usd("-0.125").rounded(Rounding.DOWN) == usd("-0.12")
    assert usd("0.121").rounded(Rounding.UP) == usd("0.13")


def test_two_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="USD with EUR"):
        usd("1") + Money(Decimal(1), "EUR")
    with pytest.raises(ValueError, match="USD with EUR"):
        usd("1") - Money(Decimal(1), "EUR")
    with pytest.raises(ValueError, match="EUR with USD"):
        total([usd("1")], "EUR")


def test_arithmetic_is_exact() -> None:
    assert usd("0.1") + usd("0.2") == usd("0.3")
    assert usd("9999999999999999999999999999.99") + usd("0.01") == usd("10000000000000000000000000000")
    assert -usd("3") - usd("-5") == usd("2")
    assert total([], "JPY") == Money(Decimal(0), "JPY")
    assert total([usd("0.10")] * 3, "USD") == usd("0.30")


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (10, [1, 2, 3], [2, 3, 5]),  # remainders 4/6, 2/6, 0: the first two get what is left, the largest first
        (1, [0, 5], [0, 1]),
        (0, [3, 4], [0, 0]),
        (7, [1], [7]),
    ],
)
def test_allocate(amount: int, weights: list[int], shares: list[int]) -> None:
    assert allocate(amount, weights) == shares


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [2, -1]])
def test_allocate_needs_weights_that_say_something(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        allocate(100, weights)

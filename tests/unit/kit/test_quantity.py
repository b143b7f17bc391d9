"""Rounding happens once and in the direction that was named, ties and negative values included."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.kit.quantity import (
    Rounding,
    divide_rounded,
    divide_to_increment,
    from_scaled,
    grouped,
    plain,
    round_to_increment,
    round_to_scale,
    to_scaled,
)

HALVES = ["-2.5", "-1.5", "-0.5", "0.5", "1.5", "2.5"]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Rounding.HALF_UP, [-3, -2, -1, 1, 2, 3]),
        (Rounding.UP, [-3, -2, -1, 1, 2, 3]),
        (Rounding.DOWN, [-2, -1, 0, 0, 1, 2]),
        (Rounding.CEILING, [-2, -1, 0, 1, 2, 3]),
        (Rounding.FLOOR, [-3, -2, -1, 0, 1, 2]),
    ],
)
def test_ties(mode: Rounding, expected: list[int]) -> None:
    values = [Decimal(text) for text in HALVES]
    assert [int(round_to_scale(value, 0, mode)) for value in values] == expected
    assert [int(round_to_increment(value, Decimal(1), mode)) for value in values] == expected
    assert [divide_rounded(int(value * 2), 2, mode) for value in values] == expected


@pytest.mark.parametrize(
    ("value", "scale", "expected"),
    [
        ("1.005", 2, "1.01"),
        ("2.675", 2, "2.68"),
        ("-2.675", 2, "-2.68"),
        ("2.6749999999999999999999999999999", 2, "2.67"),
        ("1249", -2, "1200"),
        ("1250", -2, "1300"),
        ("-1250", -2, "-1300"),
    ],
)
def test_round_to_scale_sees_every_digit(value: str, scale: int, expected: str) -> None:
    assert plain(round_to_scale(Decimal(value), scale)) == expected


@pytest.mark.parametrize(
    ("minutes", "hours"),
    # 3 and 9 minutes are exactly half a tenth of an hour; 2 and 57 are just beside such a tie
    [(0, "0"), (2, "0"), (3, "0.1"), (8, "0.1"), (9, "0.2"), (57, "1"), (36_381, "606.4"), (-3, "-0.1"), (-2, "0")],
)
def test_minutes_become_tenths_of_hours_in_one_rounding(minutes: int, hours: str) -> None:
    assert plain(divide_to_increment(Decimal(minutes), Decimal(60), Decimal("0.1"))) == hours


def test_dividing_first_would_move_a_tie() -> None:
    """A third of this is below a half by less than any quotient of 60 digits can show."""
    below = Decimal("1." + "4" + "9" * 69)
    assert divide_to_increment(below, Decimal(3), Decimal(1)) == 0
    assert divide_to_increment(Decimal("1.5"), Decimal(3), Decimal(1)) == 1


def test_division_by_a_negative_number_rounds_as_by_its_opposite() -> None:
    assert divide_rounded(5, -2) == divide_rounded(-5, 2) == -3
    assert divide_rounded(5, -2, Rounding.FLOOR) == -3
    assert divide_rounded(5, -2, Rounding.DOWN) == -2


@pytest.mark.parametrize(("text", "scale", "scaled"), [("1.50", 2, 150), ("-0.001", 3, -1), ("12", 0, 12), ("0", 9, 0)])
def test_scaled_integers_there_and_back(text: str, scale: int, scaled: int) -> None:
    assert to_scaled(Decimal(text), scale) == scaled
    assert from_scaled(scaled, scale) == Decimal(text)


def test_a_digit_that_would_be_lost_is_an_error() -> None:
    with pytest.raises(ValueError, match="more than 2 digits"):
        to_scaled(Decimal("1.005"), 2)


@pytest.mark.parametrize(
    ("value", "text", "for_people"),
    [
        ("40.0", "40", "40.00"),
        ("1E+3", "1000", "1,000.00"),
        ("-0.00", "0", "0.00"),
        ("1234.5670", "1234.567", "1,234.567"),
    ],
)
def test_written_without_exponent_or_idle_zeros(value: str, text: str, for_people: str) -> None:
    assert plain(Decimal(value)) == text
    assert grouped(Decimal(value), 2) == for_people

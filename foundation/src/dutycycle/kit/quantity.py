"""Exact quantities: decimals, scaled integers, and the ways of rounding them."""

from __future__ import annotations

import decimal
from decimal import Decimal
from enum import Enum

EXACT = decimal.Context(prec=60, traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow])
"""Wide enough for every product of a quantity and a price; anything that is not a number is an error."""


class Rounding(Enum):
    """Directions of rounding; the value is the constant of `decimal`."""

    HALF_UP = decimal.ROUND_HALF_UP
    """To nearest, ties away from zero."""
    UP = decimal.ROUND_UP
    DOWN = decimal.ROUND_DOWN
    CEILING = decimal.ROUND_CEILING
    FLOOR = decimal.ROUND_FLOOR


def round_to_scale(value: Decimal, scale: int, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """Round to `scale` digits after the point; a negative scale rounds to tens, hundreds."""
    rounded = value.quantize(Decimal(1).scaleb(-scale), rounding=mode.value, context=EXACT)
    return rounded if scale >= 0 else Decimal(int(rounded))


def round_to_increment(value: Decimal, increment: Decimal, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """Round to a multiple of `increment` (above zero)."""
    multiples = EXACT.divide(value, increment).quantize(Decimal(1), rounding=mode.value, context=EXACT)
    return EXACT.multiply(multiples, increment)


def divide_to_increment(
    value: Decimal, divisor: Decimal, increment: Decimal, mode: Rounding = Rounding.HALF_UP
) -> Decimal:
    """Round `value / divisor` to a multiple of `increment` in one rounding.

    The quotient may have no finite decimal (minutes to hours): the multiple is found by exact integer division,
    so that no first rounding can move a tie.
    """
    unit = EXACT.multiply(divisor, increment)
    numerator, denominator = _as_integers(value, unit)
    return EXACT.multiply(Decimal(divide_rounded(numerator, denominator, mode)), increment)


def divide_rounded(numerator: int, denominator: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """Divide integers exactly and round the quotient once."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    floor, rest = divmod(numerator, denominator)
    if rest == 0 or mode is Rounding.FLOOR:
        return floor
    if mode is Rounding.CEILING:
        return floor + 1
    if mode is Rounding.DOWN:
        return floor if numerator >= 0 else floor + 1
    if mode is Rounding.UP:
        return floor + 1 if numerator >= 0 else floor
    twice = 2 * rest
    away = floor + 1 if numerator >= 0 else floor
    return away if twice == denominator else floor + (twice > denominator)


def _as_integers(first: Decimal, second: Decimal) -> tuple[int, int]:
    first_numerator, first_denominator = first.as_integer_ratio()
    second_numerator, second_denominator = second.as_integer_ratio()
    return first_numerator * second_denominator, first_denominator * second_numerator


def to_scaled(value: Decimal, scale: int) -> int:
    """Return `value * 10**scale` as an integer. Raises ValueError if digits would be lost."""
    scaled = value.scaleb(scale, context=EXACT)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{value} has more than {scale} digits after the point")
    return whole


def from_scaled(value: int, scale: int) -> Decimal:
    """Return `value / 10**scale` exactly."""
    return Decimal(value).scaleb(-scale, context=EXACT)


def plain(value: Decimal) -> str:
    """Write without exponent and without trailing zeros after the point: "40", "0.1"."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def grouped(value: Decimal, minimum_places: int = 0) -> str:
    """Write for people: thousands grouped, at least `minimum_places` digits after the point."""
    text = plain(value)
    places = max(len(text.partition(".")[2]), minimum_places)
    return f"{value if value else abs(value):,.{places}f}"  # zero has no sign

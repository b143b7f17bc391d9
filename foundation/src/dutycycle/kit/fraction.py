"""Exact fractions and the decimals in which they are written."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction

from dutycycle.kit.quantity import EXACT, Rounding, divide_rounded

_UNLIMITED = Context(prec=400)
"""Wider than any product of two numbers that a charge or a reading may hold."""
PLACES_OF_ENDLESS = 12
"""Digits after the point at which a fraction without a finite decimal (a seventh) is written."""


def finite_scale(value: Fraction) -> int | None:
    """Return how many digits after the point the fraction has, or None if they never end."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def round_fraction(value: Fraction, scale: int, direction: Rounding) -> Decimal:
    """Round once, exactly, to `scale` digits after the point; a negative scale rounds to tens, hundreds."""
    scaled = value * Fraction(10) ** scale
    units = divide_rounded(scaled.numerator, scaled.denominator, direction)
    return Decimal(units).scaleb(-scale, _UNLIMITED) if scale >= 0 else Decimal(units * 10**-scale)


def round_to_multiple(value: Fraction, increment: Decimal, direction: Rounding) -> Fraction:
    """Round once, exactly, to a multiple of `increment` (above zero)."""
    units = value / Fraction(increment)
    return divide_rounded(units.numerator, units.denominator, direction) * Fraction(increment)


def to_decimal(value: Fraction) -> Decimal:
    """Write as a decimal: exact where one exists, else rounded to PLACES_OF_ENDLESS."""
    scale = finite_scale(value)
    return round_fraction(value, PLACES_OF_ENDLESS if scale is None else scale, Rounding.HALF_UP)


def places(value: Decimal) -> int:
    """Return how many digits after the point a finite decimal needs."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is not a number")
    if exponent >= 0:
        return 0
    scale = finite_scale(Fraction(value))
    return 0 if scale is None else scale


def total(values: Iterable[Decimal]) -> Decimal:
    """Add decimals without losing a digit."""
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, value)
    return result

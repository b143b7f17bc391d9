"""Charges compiled to the integer arrays that the core reads.

A value in the core is `whole + (rest + slope * quantity) / divisor` in units of the charge's rounding scale, where
quantity is a scaled integer. `divisor` is whatever makes every coefficient of the charge whole, so nothing is
approximated: prices of any number of places and shares of a period (a seventh) are rated exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, lcm

import numpy as np
from numpy.typing import NDArray

from dutycycle.charge.adjust import NOT_ROUNDED, RoundTo
from dutycycle.charge.charge import Charge
from dutycycle.charge.curve import ZERO, Curve, Piece
from dutycycle.kit.fraction import round_fraction
from dutycycle.kit.quantity import Rounding
from dutycycle.rating.whole_curve import curve_of

INT64_MOST = 2**63 - 1
INT64_LEAST = -(2**63)
DIVISOR_LIMIT = 2**62
"""Twice a remainder must fit 64 bits."""
WHOLE_LIMIT = 2**62
ESTIMATE_LIMIT = 2**49
"""Below this a double estimates a quotient to within a quarter, and the exact remainder corrects it."""

CURVES_KEPT = 65_536

COLUMNS = (
    "divisor",
    "multiplier",
    "mode",
    "minimum",
    "guard",
    "package_size",
    "package_free",
    "package_least",
    "package_down",
    "piece_first",
    "piece_count",
    "base_whole",
    "base_rest",
)
"""Columns of `Tariff.charges`, in the order that the core expects."""

MODES = {
    None: 0,
    Rounding.HALF_UP: 1,
    Rounding.UP: 2,
    Rounding.DOWN: 3,
    Rounding.CEILING: 4,
    Rounding.FLOOR: 5,
}
"""Numbers of the rounding directions in the core; 0 means that the charge divides without remainder."""

NO_MINIMUM = INT64_LEAST
UNFIT = 0
"""A divisor of 0 marks a charge whose coefficients do not fit; rating a line of it is an overflow."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """Compiled charges.

    Attributes:
        charges: int64, one row a charge, columns as in COLUMNS.
        pieces: int64, one row a piece: upper (inclusive, scaled quantity), slope, whole, rest.
    """

    charges: NDArray[np.int64]
    pieces: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Row:
    charge: list[int]
    pieces: list[list[int]]


def compile_tariff(charges: Sequence[Charge], rounding: Sequence[RoundTo], quantity_scale: int, scale: int) -> Tariff:
    """Compile charges for quantities of one scale and amounts of one scale.

    A charge rounds to its own scale, which must not be finer than `scale`. One that is not rounded is compiled only if
    every amount it can come to is whole at `scale`. Charges that do not fit 64 bits are marked; rating them overflows.
    """
    rows = [_compile(charge, rule, quantity_scale, scale) for charge, rule in zip(charges, rounding, strict=True)]
    first = 0
    for row in rows:
        row.charge[COLUMNS.index("piece_first")] = first
        first += len(row.pieces)
    pieces = [piece for row in rows for piece in row.pieces]
    return Tariff(_array([row.charge for row in rows], len(COLUMNS)), _array(pieces, 4))


def _array(rows: list[list[int]], width: int) -> NDArray[np.int64]:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


@lru_cache(maxsize=CURVES_KEPT)
def compile_curve(curve: Curve, grain: int) -> Tariff:
    """Compile one curve, without its base, for quantities in parts of `grain`, to exact amounts in major units."""
    row = _row(replace(curve, base=ZERO), Fraction(1, grain), NOT_ROUNDED, 0, NO_MINIMUM)
    row = row if _fits(row.charge, row.pieces) else _unfit()
    return Tariff(_array([row.charge], len(COLUMNS)), _array(row.pieces, 4))


def _compile(charge: Charge, rule: RoundTo, quantity_scale: int, scale: int) -> _Row:
    target = rule.scale if rule.mode is not None else scale
    curve = curve_of(charge)
    if curve is None or scale < target:
        return _unfit()
    row = _row(
        curve, Fraction(1, 10**quantity_scale), replace(rule, scale=target), scale, _minimum(charge, rule, scale)
    )
    exact = rule.mode is not None or row.charge[0] == 1
    return row if exact and _fits(row.charge, row.pieces) else _unfit()


def _row(curve: Curve, grain: Fraction, rule: RoundTo, scale: int, minimum: int) -> _Row:
    """Compile a curve for quantities in units of `grain`, and amounts that round to `rule` and leave at `scale`."""
    per_unit = Fraction(1) if curve.packages is not None else grain
    unit = Fraction(10) ** rule.scale
    slopes = [piece.slope * per_unit * unit for piece in curve.pieces]
    intercepts = [(piece.intercept + curve.base) * unit for piece in curve.pieces]
    base = curve.base * unit
    divisor = lcm(base.denominator, *(value.denominator for value in (*slopes, *intercepts)))
    pieces = [
        [_upper(piece, per_unit), int(slope * divisor), *divmod(int(intercept * divisor), divisor)]
        for piece, slope, intercept in zip(curve.pieces, slopes, intercepts, strict=True)
    ]
    row = [
        divisor,
        10 ** max(0, scale - rule.scale),
        MODES[rule.mode],
        minimum,
        _guard(pieces, divisor),
        *_packages(curve, grain),
        0,
        len(pieces),
        *divmod(int(base * divisor), divisor),
    ]
    return _Row(row, pieces)


def _upper(piece: Piece, per_unit: Fraction) -> int:
    """Return the last scaled quantity of a piece; beyond 64 bits no quantity can reach it."""
    if piece.upper is None:
        return INT64_MOST
    last = floor(piece.upper / per_unit) if piece.closed else ceil(piece.upper / per_unit) - 1
    return max(INT64_LEAST, min(INT64_MOST, last))


def _minimum(charge: Charge, rule: RoundTo, scale: int) -> int:
    """Return the minimum at the amount scale; rounding keeps order, so it may be applied to the rounded amount."""
    if charge.bound.minimum is None:
        return NO_MINIMUM
    exact = Fraction(charge.bound.minimum)
    rounded = exact if rule.mode is None else Fraction(round_fraction(exact, rule.scale, rule.mode))
    scaled = rounded * Fraction(10) ** scale
    return int(scaled) if scaled.denominator == 1 else INT64_MOST + 1


def _guard(pieces: list[list[int]], divisor: int) -> int:
    """Return the largest quantity, either sign, for which the estimate of every piece is good; -1 if none is."""
    room = [(ESTIMATE_LIMIT * divisor - rest) // max(1, abs(slope)) for _, slope, _, rest in pieces]
    return max(-1, min(INT64_MOST, *room))


def _packages(curve: Curve, grain: Fraction) -> list[int]:
    """Return size, free units, least and direction of package counting; size 0 means none, -1 off the grid."""
    packages = curve.packages
    if packages is None:
        return [0, 0, 0, 0]
    size, free = packages.size / grain, packages.free / grain
    if size.denominator != 1 or free.denominator != 1:
        return [-1, 0, 0, 0]
    return [int(size), int(free), packages.least, int(packages.drop_started)]


def _fits(row: list[int], pieces: list[list[int]]) -> bool:
    cells = dict(zip(COLUMNS, row, strict=True))
    return (
        cells["divisor"] < DIVISOR_LIMIT
        and cells["package_size"] >= 0
        and all(INT64_LEAST <= cell <= INT64_MOST for cell in row)
        and all(INT64_LEAST <= slope <= INT64_MOST and abs(whole) < WHOLE_LIMIT for _, slope, whole, _ in pieces)
    )


def _unfit() -> _Row:
    row = [0] * len(COLUMNS)
    row[COLUMNS.index("divisor")] = UNFIT
    row[COLUMNS.index("piece_count")] = 1
    return _Row(row, [[INT64_MOST, 0, 0, 0]])

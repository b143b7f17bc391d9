"""Charges compiled to the integer arrays that the core reads.

A value in the core is `whole + (rest + slope * quantity) / divisor` in units of the charge's rounding scale, where
quantity is a scaled integer. `divisor` is whatever makes every coefficient of the charge whole, so nothing is
approximated: prices of any number of places and shares of a period (a seventh) are rated exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, lcm

import numpy as np
from numpy.typing import NDArray

from dutycycle.charge.adjust import NOT_ROUNDED, RoundTo
from dutycycle.charge.charge import Charge, PriceOn
from dutycycle.charge.curve import ZERO, Curve, Piece
from dutycycle.charge.price import Graduated, Package
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
    "maximum",
    "guard",
    "package_size",
    "package_free",
    "package_least",
    "package_down",
    "piece_first",
    "piece_count",
    "origin",
    "span",
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
NO_MAXIMUM = INT64_MOST


class Span(IntEnum):
    """Which units the rows of an explanation count; the numbers are those of the core."""

    WHOLE = 0
    """All from the origin, in the one tier that the quantity reaches; fewer than none below it."""
    ABOVE = 1
    """As WHOLE, and none below the origin."""
    TIERS = 2
    """Those in each tier, from the first to the one that the quantity reaches."""


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
    row = _row(replace(curve, base=ZERO), Fraction(1, grain), NOT_ROUNDED, 0, (NO_MINIMUM, NO_MAXIMUM), (0, Span.WHOLE))
    row = row if _fits(row.charge, row.pieces) else _unfit()
    return Tariff(_array([row.charge], len(COLUMNS)), _array(row.pieces, 4))


def _compile(charge: Charge, rule: RoundTo, quantity_scale: int, scale: int) -> _Row:
    target = rule.scale if rule.mode is not None else scale
    curve = curve_of(charge)
    if curve is None or scale < target:
        return _unfit()
    minimum, maximum = charge.bound.minimum, charge.bound.maximum
    limits = (
        NO_MINIMUM if minimum is None else _bound(minimum, rule, scale),
        NO_MAXIMUM if maximum is None else _bound(maximum, rule, scale),
    )
    grain = Fraction(1, 10**quantity_scale)
    row = _row(curve, grain, replace(rule, scale=target), scale, limits, _span(charge, quantity_scale))
    exact = rule.mode is not None or row.charge[0] == 1
    return row if exact and _fits(row.charge, row.pieces) else _unfit()


def _row(
    curve: Curve, grain: Fraction, rule: RoundTo, scale: int, limits: tuple[int, int], span: tuple[int, int]
) -> _Row:
    """Compile a curve for quantities in units of `grain`, and amounts that round to `rule` and leave at `scale`."""
    per_unit = Fraction(1) if curve.packages is not None else grain
    unit = Fraction(10) ** rule.scale
    slopes = [piece.slope * per_unit * unit for piece in curve.pieces]
    intercepts = [(piece.intercept + curve.base) * unit for piece in curve.pieces]
    divisor = lcm(*(value.denominator for value in (*slopes, *intercepts)))
    pieces = [
        [_upper(piece, per_unit), int(slope * divisor), *divmod(int(intercept * divisor), divisor)]
        for piece, slope, intercept in zip(curve.pieces, slopes, intercepts, strict=True)
    ]
    row = [
        divisor,
        10 ** max(0, scale - rule.scale),
        MODES[rule.mode],
        *limits,
        _guard(pieces, divisor),
        *_packages(curve, grain),
        0,
        len(pieces),
        *span,
    ]
    return _Row(row, pieces)


def _upper(piece: Piece, per_unit: Fraction) -> int:
    """Return the last scaled quantity of a piece; beyond 64 bits no quantity can reach it."""
    if piece.upper is None:
        return INT64_MOST
    last = floor(piece.upper / per_unit) if piece.closed else ceil(piece.upper / per_unit) - 1
    return max(INT64_LEAST, min(INT64_MOST, last))


def _bound(bound: Decimal, rule: RoundTo, scale: int) -> int:
    """Return a bound at the amount scale, beyond 64 bits where it is not whole there or never reached.

    Rounding keeps order, so a bound may be applied to the rounded amount.
    """
    exact = Fraction(bound)
    rounded = exact if rule.mode is None else Fraction(round_fraction(exact, rule.scale, rule.mode))
    scaled = rounded * Fraction(10) ** scale
    return int(scaled) if scaled.denominator == 1 else INT64_MOST + 1


def _guard(pieces: list[list[int]], divisor: int) -> int:
    """Return the largest quantity, either sign, for which the estimate of every piece is good; -1 if none is."""
    room = [(ESTIMATE_LIMIT * divisor - rest) // max(1, abs(slope)) for _, slope, _, rest in pieces]
    return max(-1, min(INT64_MOST, *room))


def _span(charge: Charge, quantity_scale: int) -> tuple[int, int]:
    """Return where the units that an explanation counts begin, and how it counts them."""
    above = charge.price.on is PriceOn.ABOVE
    span = Span.TIERS if isinstance(charge.price.model, Graduated) else Span.ABOVE if above else Span.WHOLE
    agreed = None if charge.baseline is None else charge.baseline.quantity
    if agreed is None or charge.price.on is PriceOn.ALL or isinstance(charge.price.model, Package):
        return 0, span
    return int(Fraction(agreed) * 10**quantity_scale // 1), span


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

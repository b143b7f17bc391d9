"""What charges would cost: many charges, each over the same many customer-months, as distributions.

No line is kept. Quantities are sorted once; a charge is rated over the sorted column into one buffer that all charges
share, so memory is bounded by the quantities. The cost of most charges never falls as the quantity rises, and then the
amounts are sorted too: rounding and bounds keep order. Those of the others rise in stretches, and are merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dutycycle.charge.adjust import RoundTo
from dutycycle.charge.charge import Charge
from dutycycle.charge.curve import Curve
from dutycycle.rating import core
from dutycycle.rating.columns import Columns
from dutycycle.rating.whole_curve import curve_of

PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)
BARS = 20
"""Bars of a histogram, unless it is said how many."""
_HALF = 32
_SUM_LIMIT = 2**63


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a histogram; amounts are whole numbers at the scale of the distribution."""

    least: int
    end: int
    """Exclusive, but for the last bar."""
    count: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """What one charge costs over the customer-months; amounts are whole numbers of 10^-scale of the currency."""

    scale: int
    count: int
    total: int
    """Exact, also beyond 64 bits."""
    least: int
    most: int
    percentiles: tuple[int, ...]
    """By nearest rank, an amount that occurs, for each of PERCENTILES."""
    bars: tuple[Bar, ...] = ()
    """As wide as one another, to the whole unit."""

    @property
    def mean(self) -> Fraction:
        """The exact mean, at the scale."""
        return Fraction(self.total, self.count)


def simulate(
    charges: Sequence[Charge],
    rounding: Sequence[RoundTo],
    quantities: NDArray[np.int64],
    quantity_scale: int,
    bars: int = BARS,
) -> list[Distribution]:
    """Rate every quantity by every charge and return a distribution for each charge, in order.

    `quantities` are scaled integers of billed units, a customer-month each, in any order. Raises LineOverflowError
    where an amount leaves 64 bits, whose line is a position among the sorted quantities; ValueError where there are no
    quantities, a charge is no curve, or it is not rounded, since then it has no smallest unit to count in.
    """
    if len(quantities) == 0:
        raise ValueError("there are no quantities to simulate")
    if any(rule.mode is None for rule in rounding):
        raise ValueError("a charge that is not rounded has no smallest unit; give it a rounding")
    columns = Columns(np.zeros(len(quantities), dtype=np.int32), np.sort(quantities))
    amounts = np.empty(len(quantities), dtype=np.int64)
    distributions = []
    for charge, rule in zip(charges, rounding, strict=True):
        curve, scale = curve_of(charge), max(0, rule.scale)
        if curve is None:
            raise ValueError(f"charge {charge.id!r} depends on more than a quantity; rate it line by line")
        core.rate([charge], [rule], columns, quantity_scale, scale, out=amounts)
        if not _never_falls(curve):
            amounts.sort(kind="stable")
        distributions.append(distribution_of(amounts, scale, bars))
    return distributions


def _never_falls(curve: Curve) -> bool:
    """Whether a larger quantity never costs less."""
    jumps = (
        following.at(piece.upper) - piece.at(piece.upper)
        for piece, following in pairwise(curve.pieces)
        if piece.upper is not None
    )
    return all(piece.slope >= 0 for piece in curve.pieces) and all(jump >= 0 for jump in jumps)


def distribution_of(amounts: NDArray[Any], scale: int, bars: int = BARS) -> Distribution:
    """Describe sorted amounts, 64-bit integers or, beyond these, Python's. Raises ValueError if there are none."""
    count = len(amounts)
    if count == 0:
        raise ValueError("there are no amounts to describe")
    ranks = [-(-percentile * count // 100) - 1 for percentile in PERCENTILES]
    least, most = int(amounts[0]), int(amounts[-1])
    return Distribution(
        scale,
        count,
        _total(amounts, least, most),
        least,
        most,
        tuple(amounts[ranks].tolist()),
        _bars(amounts, least, most, bars),
    )


def _bars(amounts: NDArray[Any], least: int, most: int, wanted: int) -> tuple[Bar, ...]:
    """Count amounts in bars; fewer where they would be narrower than the smallest unit."""
    number = max(1, min(wanted, most - least))
    edges = [least + (most - least) * index // number for index in range(number + 1)]
    inner = np.array(edges[1:-1], dtype=amounts.dtype)
    places = [0, *np.searchsorted(amounts, inner, side="left").tolist(), len(amounts)]
    return tuple(
        Bar(start, end, last - first)
        for (start, end), (first, last) in zip(pairwise(edges), pairwise(places), strict=True)
    )


def _total(amounts: NDArray[Any], least: int, most: int) -> int:
    """Add amounts up exactly: at once where no sum can leave 64 bits, else high and low halves apart."""
    if max(-least, most) * len(amounts) < _SUM_LIMIT:
        return int(amounts.sum())
    high, low = amounts >> _HALF, amounts & (2**_HALF - 1)
    return (int(high.sum()) << _HALF) + int(low.sum())

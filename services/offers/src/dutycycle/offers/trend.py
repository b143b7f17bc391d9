"""A trend that a single odd month does not move."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from statistics import median

from dutycycle.kit.quantity import EXACT


def slope_percent(values: Sequence[Decimal]) -> Decimal:
    """Return the Theil-Sen slope per step in percent of the mean: the median over all pairs of their slopes.

    Zero for fewer than two values and where the mean is zero.
    """
    if len(values) < 2:
        return Decimal(0)
    mean = EXACT.divide(sum(values, Decimal(0)), Decimal(len(values)))
    if not mean:
        return Decimal(0)
    slopes = [
        EXACT.divide(later - earlier, Decimal(j - i)) for (i, earlier), (j, later) in combinations(enumerate(values), 2)
    ]
    return EXACT.divide(median(slopes) * 100, mean)

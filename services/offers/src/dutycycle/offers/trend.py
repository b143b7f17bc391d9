"""A trend that a single odd month does not move, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from statistics import NormalDist, median

from dutycycle.kit.quantity import EXACT

LEAST_MONTHS = 6
"""Of fewer values no interval is told: a handful of months can point anywhere."""
_QUANTILE = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Trend:
    """Change per step in percent of the mean, with the ends of its 95 % interval."""

    slope: Decimal
    low: Decimal
    high: Decimal


def slope_percent(values: Sequence[Decimal]) -> Decimal:
    """Return the Theil-Sen slope per step in percent of the mean: the median over all pairs of their slopes.

    Zero for fewer than two values and where the mean is zero.
    """
    if len(values) < 2:
        return Decimal(0)
    mean = _mean(values)
    return EXACT.divide(median(_slopes(values)) * 100, mean) if mean else Decimal(0)


def trend_percent(values: Sequence[Decimal]) -> Trend | None:
    """Return the slope with its interval after Sen: the pairs' slopes at the ranks that Kendall's S leaves open.

    None for fewer than six values and where the mean is zero. Values that are equal make S vary less; that is counted.
    """
    count = len(values)
    mean = _mean(values) if count >= LEAST_MONTHS else Decimal(0)
    if not mean:
        return None
    slopes = sorted(_slopes(values))
    ties = (values.count(value) for value in set(values))
    spread = count * (count - 1) * (2 * count + 5) - sum(each * (each - 1) * (2 * each + 5) for each in ties)
    reach = _QUANTILE * (spread / 18) ** 0.5
    low = max(round((len(slopes) - reach) / 2) - 1, 0)
    high = min(round((len(slopes) + reach) / 2), len(slopes) - 1)
    return Trend(*(EXACT.divide(slope * 100, mean) for slope in (median(slopes), slopes[low], slopes[high])))


def _slopes(values: Sequence[Decimal]) -> list[Decimal]:
    pairs = combinations(enumerate(values), 2)
    return [EXACT.divide(later - earlier, Decimal(j - i)) for (i, earlier), (j, later) in pairs]


def _mean(values: Sequence[Decimal]) -> Decimal:
    return EXACT.divide(sum(values, Decimal(0)), Decimal(len(values)))

"""Where use and cost are heading: a robust line through the months, and how far they strayed from it.

A forecast is for planning. It is told beside the bill, from the figures of the bill, and nothing is due for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from statistics import median

from dutycycle.kit.quantity import EXACT, round_to_scale

LEAST_MONTHS = 4
"""Through fewer months no line is drawn."""
_MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected, and a range that nine of ten past months would have kept to. None of them below zero."""

    expected: Decimal
    low: Decimal
    high: Decimal


def next_month(values: Sequence[Decimal], digits: int) -> Forecast | None:
    """Forecast the month after the last; None for too few months.

    The line is that of Theil and Sen: the median of the slopes of all pairs, through the median of what it leaves over,
    so that a single odd month does not turn it. The range is the largest stray but one of ten months, either way.
    """
    if len(values) < LEAST_MONTHS:
        return None
    return _forecast(values, 1, digits)


def year_end(values: Sequence[Decimal], month: int, digits: int) -> Forecast | None:
    """Forecast the calendar year's sum, of which the last value is a month; None for too few months, or in December."""
    left = _MONTHS_OF_YEAR - month
    if len(values) < LEAST_MONTHS or left == 0:
        return None
    ahead = [_forecast(values, step, digits) for step in range(1, left + 1)]
    so_far = sum(values[-month:], Decimal(0))
    return Forecast(
        so_far + sum((each.expected for each in ahead), Decimal(0)),
        so_far + sum((each.low for each in ahead), Decimal(0)),
        so_far + sum((each.high for each in ahead), Decimal(0)),
    )


def _forecast(values: Sequence[Decimal], step: int, digits: int) -> Forecast:
    pairs = combinations(enumerate(values), 2)
    slope = median([EXACT.divide(later - earlier, Decimal(j - i)) for (i, earlier), (j, later) in pairs])
    start = median([value - slope * place for place, value in enumerate(values)])
    expected = start + slope * (len(values) - 1 + step)
    strays = sorted(abs(value - start - slope * place) for place, value in enumerate(values))
    reach = strays[(9 * len(strays) + 9) // 10 - 1]
    ends = (expected, expected - reach, expected + reach)
    return Forecast(*(round_to_scale(max(Decimal(0), each), digits) for each in ends))

"""What plain measures of usage records come to, by the compiled aggregation: most measures are plain.

A level and a last value belong to the asset that reports them, so of several assets they add up; a peak, a low and a
mean are of all values together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np

from dutycycle.charge.measure import Aggregation, Measure
from dutycycle.kit.fraction import places
from dutycycle.rating.aggregate import Aggregate, EventColumns, Grid, Totals

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LARGEST_SCALE = 9
"""Digits after the point of values that are aggregated in 64 bits."""
PLAIN = (
    Aggregation.SUM, Aggregation.MAX, Aggregation.MIN, Aggregation.MEAN, Aggregation.LAST, Aggregation.TIME_WEIGHTED,
)  # fmt: skip


def is_plain(rule: Measure) -> bool:
    """Whether a measure combines the values of the period as they are: no filter, window, minimum or state before."""
    shaped = rule.window is not None or rule.where or rule.each or rule.minimum_event is not None
    stateful = rule.carry_over or rule.initial_value is not None
    level = rule.aggregation is not Aggregation.TIME_WEIGHTED or rule.sets_level
    return rule.aggregation in PLAIN and level and not shaped and not stateful


def total(
    aggregation: Aggregation, values: Sequence[tuple[datetime, str, Decimal]], start: datetime, end: datetime
) -> Fraction | None:
    """Aggregate (instant, asset, value) of `[start, end)` exactly; None where a value or a sum leaves 64 bits."""
    inside = [each for each in values if start <= each[0] < end]
    if not inside:
        return Fraction(0)
    scale = max(places(value) for _, _, value in inside)
    if scale > _LARGEST_SCALE or any(abs(value) >= 10 ** (18 - scale) for _, _, value in inside):
        return None
    number = {asset: place for place, asset in enumerate(sorted({asset for _, asset, _ in inside}))}
    bounds = np.array([_microseconds(start), _microseconds(end)], dtype=np.int64)
    aggregate = Aggregate(Grid(bounds, len(number), 1))
    columns = EventColumns(
        np.array([number[asset] for _, asset, _ in inside], dtype=np.int32),
        np.zeros(len(inside), dtype=np.int32),
        np.array([_microseconds(at) for at, _, _ in inside], dtype=np.int64),
        np.array([int(value.scaleb(scale)) for _, _, value in inside], dtype=np.int64),
    )
    try:
        aggregate.add(columns)
    except OverflowError:
        return None
    return _combined(aggregation, aggregate.totals(), int(bounds[1] - bounds[0])) / Fraction(10**scale)


def _combined(aggregation: Aggregation, totals: Totals, length_us: int) -> Fraction:
    """Combine the assets of a pool."""
    assets = range(totals.count.shape[1])
    if aggregation is Aggregation.MAX:
        return Fraction(int(totals.most.max()))
    if aggregation is Aggregation.MIN:
        return Fraction(int(totals.least.min()))
    if aggregation is Aggregation.LAST:
        return Fraction(sum(totals.last[0, :, 0].tolist()))
    if aggregation is Aggregation.TIME_WEIGHTED:
        return Fraction(sum(totals.integral(0, asset, 0) for asset in assets), length_us)
    whole = Fraction(sum(totals.sum[0, :, 0].tolist()))
    count: int = sum(totals.count[0, :, 0].tolist())
    return whole if aggregation is Aggregation.SUM else whole / count


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND

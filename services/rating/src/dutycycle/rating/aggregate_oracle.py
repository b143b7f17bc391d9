"""The plain-Python twin of the compiled aggregation, written from its definitions and not from it.

It keeps every event and answers each question by sorting and adding. It is the fallback where no compiler is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dutycycle.kit.quantity import divide_rounded

_LEAST, _MOST = -(2**63), 2**63 - 1
_FARTHEST = 2**60


class Cells:
    """Events by period, asset and meter."""

    def __init__(self, bounds: NDArray[np.int64], assets: int, meters: int) -> None:
        self.bounds = [int(bound) for bound in bounds]
        if len(self.bounds) < 2 or self.bounds != sorted(set(self.bounds)):
            raise ValueError("bounds must ascend: the starts of the periods, and the end of the last")
        if self.bounds[0] < -_FARTHEST or self.bounds[-1] > _FARTHEST:
            raise ValueError(f"bounds lie beyond {_FARTHEST} us from 1970; is their unit the microsecond?")
        if assets < 1 or meters < 1:
            raise ValueError(f"{assets} assets and {meters} meters; there must be one of each at least")
        self.periods, self.assets, self.meters = len(self.bounds) - 1, assets, meters
        self._events: list[list[tuple[int, int]]] = [[] for _ in range(self.periods * assets * meters)]
        self._sums = [0] * len(self._events)
        self._broken = ""

    def add(
        self,
        asset: NDArray[np.int32],
        meter: NDArray[np.int32],
        at_us: NDArray[np.int64],
        quantity: NDArray[np.int64],
    ) -> None:
        self._check()
        if not len(asset) == len(meter) == len(at_us) == len(quantity):
            raise ValueError("columns differ in length")
        rows = zip(asset.tolist(), meter.tolist(), at_us.tolist(), quantity.tolist(), strict=True)
        for row, (one_asset, one_meter, at, value) in enumerate(rows):
            try:
                self._take(one_asset, one_meter, at, value)
            except (OverflowError, ValueError) as error:
                self._broken = f"row {row} {error}"
                raise type(error)(self._broken) from None

    def columns(self) -> tuple[NDArray[np.int64], ...]:
        self._check()
        rows = [self._row(sorted(events)) for events in self._events]
        return tuple(np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))

    def integrals(self) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        self._check()
        areas = [self._area(cell) for cell in range(len(self._events))]
        high = np.array([area >> 64 for area in areas], dtype=np.int64)
        return high, np.array([area % 2**64 for area in areas], dtype=np.uint64)

    def means(self, whole_period: bool) -> NDArray[np.int64]:
        self._check()
        means = [0] * len(self._events)
        for cell, events in enumerate(self._events):
            if events:
                start, end = self._span(cell)
                means[cell] = divide_rounded(self._area(cell), end - (start if whole_period else min(events)[0]))
        return np.array(means, dtype=np.int64)

    def _take(self, asset: int, meter: int, at: int, value: int) -> None:
        if not 0 <= asset < self.assets:
            raise ValueError(f"names asset {asset} of {self.assets}; make room for every asset first")
        if not 0 <= meter < self.meters:
            raise ValueError(f"names meter {meter} of {self.meters}; make room for every meter first")
        if not self.bounds[0] <= at < self.bounds[-1]:
            raise ValueError(f"is at {at} us, outside of [{self.bounds[0]}, {self.bounds[-1]}); leave it out")
        period = sum(at >= bound for bound in self.bounds) - 1
        cell = (period * self.assets + asset) * self.meters + meter
        self._sums[cell] += value
        if not _fits(self._sums[cell]):
            raise OverflowError(f"takes the sum of asset {asset}, meter {meter} out of 64 bits; use a coarser scale")
        self._events[cell].append((at, value))

    def _row(self, events: list[tuple[int, int]]) -> tuple[int, ...]:
        if not events:
            return (0,) * 7
        values = [value for _, value in events]
        return len(events), sum(values), min(values), max(values), events[-1][1], events[-1][0], events[0][0]

    def _area(self, cell: int) -> int:
        area, until = 0, self._span(cell)[1]
        for at, value in sorted(self._events[cell], reverse=True):
            area += value * (until - at)
            until = at
        return area

    def _span(self, cell: int) -> tuple[int, int]:
        period = cell // (self.assets * self.meters)
        return self.bounds[period], self.bounds[period + 1]

    def _check(self) -> None:
        if self._broken:
            raise ValueError(f"an earlier batch failed, and these totals hold a part of it: {self._broken}")


def sum_by_band(
    period: NDArray[np.int32], band: NDArray[np.int8], quantity: NDArray[np.int64], periods: int, bands: int
) -> NDArray[np.int64]:
    """Add up in integers of any width."""
    places = _places(period, band, periods, bands)
    sums = [[[0] * bands for _ in range(periods)] for _ in quantity]
    for meter, values in enumerate(quantity.tolist()):
        for row, ((one, of), value) in enumerate(zip(places, values, strict=True)):
            sums[meter][one][of] += value
            if not _fits(sums[meter][one][of]):
                place = f"meter {meter}, row {row} takes the sum of its period and band"
                raise OverflowError(f"{place} out of 64 bits; use a coarser scale")
    return np.array(sums, dtype=np.int64).reshape(len(quantity), periods, bands)


def sum_by_tier(
    period: NDArray[np.int32],
    band: NDArray[np.int8],
    quantity: NDArray[np.int64],
    periods: int,
    bands: int,
    uppers: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Take what each row adds to the running total inside each tier."""
    places = _places(period, band, periods, bands)
    bounds = uppers.tolist()
    if bounds != sorted(set(bounds)) or min(bounds, default=1) <= 0:
        raise ValueError("upper bounds of tiers must be above zero and ascend")
    tiers = list(zip([None, *bounds], [*bounds, None], strict=True))
    meters = [_tiered(meter, values, places, periods, bands, tiers) for meter, values in enumerate(quantity.tolist())]
    return np.array(meters, dtype=np.int64).reshape(len(quantity), periods, bands, len(tiers))


def _tiered(
    meter: int,
    values: list[int],
    places: list[tuple[int, int]],
    periods: int,
    bands: int,
    tiers: list[tuple[int | None, int | None]],
) -> list[list[list[int]]]:
    sums = [[[0] * len(tiers) for _ in range(bands)] for _ in range(periods)]
    totals = [0] * periods
    for row, ((one, of), value) in enumerate(zip(places, values, strict=True)):
        before, totals[one] = totals[one], totals[one] + value
        if not _fits(totals[one]):
            place = f"meter {meter}, row {row} takes the total of its period"
            raise OverflowError(f"{place} out of 64 bits; use a coarser scale")
        for tier, (lower, upper) in enumerate(tiers):
            sums[one][of][tier] += _inside(totals[one], lower, upper) - _inside(before, lower, upper)
    for one, cells in enumerate(sums):
        if not all(_fits(cell) for in_band in cells for cell in in_band):
            raise OverflowError(f"meter {meter}, period {one} has a sum out of 64 bits; use a coarser scale")
    return sums


def _inside(total: int, lower: int | None, upper: int | None) -> int:
    """Return how much of a total lies in one tier; what is below zero is in the lowest."""
    top = total if upper is None else min(total, upper)
    return top if lower is None else max(0, top - lower)


def _places(period: NDArray[np.int32], band: NDArray[np.int8], periods: int, bands: int) -> list[tuple[int, int]]:
    """Return period and band of every row. Raises ValueError if a row names one that is not there."""
    places = list(zip(period.tolist(), band.tolist(), strict=True))
    for row, (one, of) in enumerate(places):
        if not (0 <= one < periods and 0 <= of < bands):
            raise ValueError(f"row {row} names period {one} of {periods}, band {of} of {bands}")
    return places


def _fits(value: int) -> bool:
    return _LEAST <= value <= _MOST

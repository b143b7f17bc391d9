"""Totals of many events at once, exactly: by period, asset and meter, or by period and band.

Adding batches comes to the same as adding everything at once, in any order: of events at one instant the largest value
counts as the last one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dutycycle.rating import aggregate_oracle
from dutycycle.rating.core import COMPILED, CORE_NAME

if COMPILED:
    from dutycycle.rating import _aggregate


@dataclass(frozen=True, slots=True)
class Grid:
    """Which cells there are."""

    bounds: NDArray[np.int64]
    """Starts of the periods and the end of the last, ascending, in microseconds since 1970 in UTC."""
    assets: int
    """Events name them by position, from 0."""
    meters: int

    @property
    def shape(self) -> tuple[int, int, int]:
        return len(self.bounds) - 1, self.assets, self.meters


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Element i of every column is event i; whoever added columns must not change them."""

    asset: NDArray[np.int32]
    meter: NDArray[np.int32]
    at_us: NDArray[np.int64]
    quantity: NDArray[np.int64]
    """Scaled integers, all at one scale."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What the events come to: arrays of shape (periods, assets, meters), 0 where a cell has no event."""

    count: NDArray[np.int64]
    sum: NDArray[np.int64]
    least: NDArray[np.int64]
    most: NDArray[np.int64]
    last: NDArray[np.int64]
    """The newest value; of several at that instant the largest."""
    last_at_us: NDArray[np.int64]
    first_at_us: NDArray[np.int64]
    integral_high: NDArray[np.int64]
    integral_low: NDArray[np.uint64]

    def integral(self, period: int, asset: int, meter: int) -> int:
        """Return the integral of the value over time, in scaled units times microseconds.

        A value holds until the next event, the last one until the period ends; before the first there is none.
        """
        cell = period, asset, meter
        return (int(self.integral_high[cell]) << 64) + int(self.integral_low[cell])


class Aggregate:
    """Running totals of a grid."""

    def __init__(self, grid: Grid, core: str = CORE_NAME) -> None:
        self._shape = grid.shape
        cells = _aggregate.Cells if core == "cython" else aggregate_oracle.Cells
        self._cells = cells(grid.bounds, grid.assets, grid.meters)

    def add(self, events: EventColumns) -> None:
        """Add a batch.

        Raises OverflowError if a running sum leaves 64 bits, ValueError if an event has no cell. Both name the row, and
        the totals, which then have a part of the batch, cannot be read any more.
        """
        self._cells.add(events.asset, events.meter, events.at_us, events.quantity)

    def totals(self) -> Totals:
        """Return what was added so far."""
        shaped = (column.reshape(self._shape) for column in self._cells.columns())
        count, total, least, most, last, last_at, first_at = shaped
        high, low = self._cells.integrals()
        words = high.reshape(self._shape), low.reshape(self._shape)
        return Totals(count, total, least, most, last, last_at, first_at, *words)

    def means(self, *, whole_period: bool) -> NDArray[np.int64]:
        """Return the integral over the time, rounded once to the scale of the quantities, half away from zero.

        The time is that since the first event of a cell, or all of the period with a level of zero until then.
        """
        return self._cells.means(whole_period).reshape(self._shape)


@dataclass(frozen=True, slots=True)
class BandColumns:
    """Reads of meters that share their intervals; intervals of one period stand in order of time."""

    period: NDArray[np.int32]
    """Position of the billing period of every interval, from 0."""
    band: NDArray[np.int8]
    """Position of its band among the names of the calendar, as `Calendar.band_ids` returns it."""
    quantity: NDArray[np.int64]
    """A row a meter, an element an interval; scaled integers, all at one scale."""


def sum_by_band(columns: BandColumns, periods: int, bands: int, core: str = CORE_NAME) -> NDArray[np.int64]:
    """Return the sums, of shape (meters, periods, bands).

    Raises OverflowError if a sum leaves 64 bits, ValueError if an interval names no period or band; both name the row.
    """
    summed = _aggregate.sum_by_band if core == "cython" else aggregate_oracle.sum_by_band
    return summed(columns.period, columns.band, columns.quantity, periods, bands)


def sum_by_tier(
    columns: BandColumns, periods: int, bands: int, uppers: NDArray[np.int64], core: str = CORE_NAME
) -> NDArray[np.int64]:
    """Return the sums by the tier that the total of the period, over all bands, had reached by then.

    `uppers` are the bounds of the tiers but the last one, inclusive and scaled as the quantities. The shape is
    (meters, periods, bands, tiers). A quantity that passes a bound is cut there. Raises as `sum_by_band`, and
    ValueError if the bounds do not ascend from above zero.
    """
    summed = _aggregate.sum_by_tier if core == "cython" else aggregate_oracle.sum_by_tier
    return summed(columns.period, columns.band, columns.quantity, periods, bands, uppers)

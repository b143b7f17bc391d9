import numpy as np
from numpy.typing import NDArray

FARTHEST: int
"""Microseconds from 1970 that a bound may be away."""

class Cells:
    """Running totals of every period, asset and meter."""

    periods: int
    assets: int
    meters: int

    def __init__(self, bounds: NDArray[np.int64], assets: int, meters: int) -> None:
        """Make room. Raises ValueError if bounds do not ascend, or for more than 2**31 - 1 cells."""

    def add(
        self,
        asset: NDArray[np.int32],
        meter: NDArray[np.int32],
        at_us: NDArray[np.int64],
        quantity: NDArray[np.int64],
    ) -> None:
        """Add a batch. Raises OverflowError, ValueError naming the row; nothing can be read after that."""

    def columns(self) -> tuple[NDArray[np.int64], ...]:
        """Return count, sum, least, most, last, last_at, first_at, a cell each; all 0 where there is no event."""

    def integrals(self) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """Return the integral of each cell to the end of its period, in high and low 64 bits."""

    def means(self, whole_period: bool) -> NDArray[np.int64]:
        """Return the mean level of each cell, rounded once, half away from zero."""

def sum_by_band(
    period: NDArray[np.int32], band: NDArray[np.int8], quantity: NDArray[np.int64], periods: int, bands: int
) -> NDArray[np.int64]:
    """Return sums by meter, period and band. Raises OverflowError, ValueError naming the row."""

def sum_by_tier(
    period: NDArray[np.int32],
    band: NDArray[np.int8],
    quantity: NDArray[np.int64],
    periods: int,
    bands: int,
    uppers: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return sums by meter, period, band and tier. Raises OverflowError, ValueError naming the row."""

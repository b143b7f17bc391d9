"""Usage as rating keeps it: segments as they are read, cells by civil day, sums by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from dutycycle.kit.period import BillingPeriod


@dataclass(frozen=True, slots=True)
class MeterColumn:
    """Values of one meter over the rows of a segment; 0 where the source reported none."""

    scale: int
    """A value is values[i] / 10**scale."""
    values: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Segment:
    """What folding needs of a stored segment. Rows are those that have a placement; waiting rows are left out."""

    number: int
    placements: Sequence[str]
    placement: NDArray[np.int64]
    """Index into placements, a row each."""
    occurred_at_us: NDArray[np.int64]
    """Microseconds since 1970 in UTC, a row each."""
    meters: Mapping[str, MeterColumn]


@dataclass(frozen=True, slots=True)
class MeterSums:
    """Sums of one meter over the cells of a DailyUsage."""

    scale: int
    sums: Sequence[int]


@dataclass(frozen=True, slots=True)
class DailyUsage:
    """Cells to add, sorted by placement and day; element i of every column is one placement and civil day."""

    placement: Sequence[str]
    day: Sequence[date]
    records: Sequence[int]
    meters: Mapping[str, MeterSums]


@dataclass(frozen=True, slots=True)
class PlacementUsage:
    """What one placement did in one period."""

    placement: str
    period: BillingPeriod
    records: int
    days_active: int
    quantities: Mapping[str, Decimal]
    """Sums by meter code."""
    last_active: date | None = None
    """Last civil day with usage."""


@dataclass(frozen=True, slots=True)
class Watermarks:
    """Number of the last folded segment, by source."""

    by_source: Mapping[str, int]

    def behind(self, required: Mapping[str, int]) -> dict[str, int]:
        """Return the sources that are not folded as far as required, with what is required."""
        return {source: number for source, number in required.items() if self.by_source.get(source, 0) < number}


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Usage records as ingest writes them: serialised messages that pass through unread."""

    records: Sequence[bytes]
    total: int
    """All that match, given or not."""

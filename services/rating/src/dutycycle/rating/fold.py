"""Fold segments into cells of placement and civil day. Addition only: order and grouping of segments do not matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from dutycycle.kit.period import start_of_day
from dutycycle.rating.usage import DailyUsage, MeterColumn, MeterSums, Segment

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_INT64_MOST = 2**63 - 1


def fold(segments: Sequence[Segment], zones: Mapping[str, str]) -> DailyUsage:
    """Add the rows of segments up by placement and civil day in the placement's zone, exactly.

    `zones` gives the IANA zone of every placement that the segments name; KeyError if one lacks.
    """
    names = sorted({name for segment in segments for name in segment.placements})
    position = {name: index for index, name in enumerate(names)}
    placement = _concatenate([_renamed(segment, position) for segment in segments])
    day = civil_days(_concatenate([s.occurred_at_us for s in segments]), placement, [zones[name] for name in names])
    first_day, span = (int(day.min()), int(np.ptp(day)) + 1) if len(day) else (0, 1)
    key = placement * span + (day - first_day)
    order = np.argsort(key, kind="stable")
    cells, starts = np.unique(key[order], return_index=True)
    counts = np.diff(np.append(starts, len(key)))
    codes = sorted({code for segment in segments for code in segment.meters})
    return DailyUsage(
        [names[index] for index in (cells // span).tolist()],
        [date.fromordinal(_EPOCH.toordinal() + first_day + offset) for offset in (cells % span).tolist()],
        counts.tolist(),
        {code: _sum_meter(segments, code, order, starts) for code in codes},
    )


def civil_days(at_us: NDArray[np.int64], placement: NDArray[np.int64], zones: Sequence[str]) -> NDArray[np.int64]:
    """Return the civil day of each instant, in days since 1970-01-01, in the zone of its placement."""
    day = np.zeros(len(at_us), dtype=np.int64)
    zone_of_row = np.array([sorted(set(zones)).index(zone) for zone in zones], dtype=np.int64)[placement]
    for index, zone in enumerate(sorted(set(zones))):
        rows = np.flatnonzero(zone_of_row == index)
        if len(rows):
            first, starts = _day_starts(int(at_us[rows].min()), int(at_us[rows].max()), zone)
            day[rows] = first + np.searchsorted(starts, at_us[rows], side="right") - 1
    return day


def _day_starts(least_us: int, most_us: int, zone: str) -> tuple[int, NDArray[np.int64]]:
    """Return the first of the civil days around two instants, and the instants at which they begin."""
    # A zone is at most a day away from UTC, so two days of margin hold every instant.
    first = (_EPOCH + least_us * _MICROSECOND).date() - timedelta(days=2)
    last = (_EPOCH + most_us * _MICROSECOND).date() + timedelta(days=2)
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    starts = [(start_of_day(day, zone) - _EPOCH) // _MICROSECOND for day in days]
    return first.toordinal() - _EPOCH.toordinal(), np.array(starts, dtype=np.int64)


def _renamed(segment: Segment, position: Mapping[str, int]) -> NDArray[np.int64]:
    """Return the placements of a segment's rows as positions among all."""
    return np.array([position[name] for name in segment.placements], dtype=np.int64)[segment.placement]


def _sum_meter(
    segments: Sequence[Segment], code: str, order: NDArray[np.int64], starts: NDArray[np.int64]
) -> MeterSums:
    """Add one meter up per cell; in 64 bits where no sum can leave them, in integers of any width otherwise."""
    columns = [segment.meters.get(code) or _nothing(segment) for segment in segments]
    scale = max(column.scale for column in columns)
    largest = max((_largest(column.values) * 10 ** (scale - column.scale) for column in columns), default=0)
    fits = largest * max(1, len(order)) <= _INT64_MOST
    parts = [column.values.astype(np.int64 if fits else object) * 10 ** (scale - column.scale) for column in columns]
    values = np.concatenate(parts)[order]
    return MeterSums(scale, np.add.reduceat(values, starts).tolist() if len(values) else [])


def _nothing(segment: Segment) -> MeterColumn:
    return MeterColumn(0, np.zeros(len(segment.placement), dtype=np.int64))


def _largest(values: NDArray[np.int64]) -> int:
    return max(abs(int(values.min())), abs(int(values.max()))) if len(values) else 0


def _concatenate(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)

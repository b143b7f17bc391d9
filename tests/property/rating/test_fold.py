"""Law 2: the order in which usage arrives, and how it is cut into segments, change nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.rating.fold import fold
from dutycycle.rating.usage import DailyUsage, MeterColumn, Segment

ZONES = {
    "placements/a.20130101": "America/New_York",
    "placements/b.20130101": "Asia/Kathmandu",
    "placements/c.20130101": "America/New_York",
    "placements/d.20130101": "Pacific/Apia",
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Cells = dict[tuple[str, date], tuple[int, dict[str, Decimal]]]


@dataclass(frozen=True, slots=True)
class Record:
    """One record that has a placement."""

    placement: str
    at: datetime
    minutes: int
    miles_tenths: int | None


INSTANTS = st.integers(0, 742 * 86_400).map(
    lambda seconds: datetime(2011, 12, 20, tzinfo=UTC) + timedelta(seconds=seconds)
)
CHANGES = st.sampled_from(
    [datetime(2013, 3, 10, 5, tzinfo=UTC), datetime(2013, 11, 3, 4, tzinfo=UTC), datetime(2011, 12, 30, 10, tzinfo=UTC)]
)
"""Midnights around the days on which the zones of the test change."""
RECORDS = st.builds(
    Record,
    st.sampled_from(sorted(ZONES)),
    INSTANTS | st.builds(lambda at, us: at + timedelta(microseconds=us), CHANGES, st.integers(-3, 3)),
    st.integers(-(2**62), 2**62) | st.integers(0, 900),
    st.none() | st.integers(0, 30_000),
)


def segment(number: int, records: list[Record], scale: int) -> Segment:
    """Write records as a segment that gives miles at a scale of its own."""
    names = sorted({record.placement for record in records})
    miles = [0 if r.miles_tenths is None else r.miles_tenths * 10 ** (scale - 1) for r in records]
    return Segment(
        number,
        names,
        np.array([names.index(record.placement) for record in records], dtype=np.int64),
        np.array([(record.at - EPOCH) // timedelta(microseconds=1) for record in records], dtype=np.int64),
        {
            "air_minutes": MeterColumn(0, np.array([record.minutes for record in records], dtype=np.int64)),
            "miles": MeterColumn(scale, np.array(miles, dtype=np.int64)),
        },
    )


def cells(folded: Iterable[DailyUsage]) -> Cells:
    """Add cells up as the table does."""
    result: Cells = {}
    for usage in folded:
        for index, key in enumerate(zip(usage.placement, usage.day, strict=True)):
            records, sums = result.get(key, (0, defaultdict(Decimal)))
            for code, meter in usage.meters.items():
                sums[code] += Decimal(meter.sums[index]).scaleb(-meter.scale)
            result[key] = records + usage.records[index], sums
    return result


def by_definition(records: list[Record]) -> Cells:
    """Add records up one by one."""
    result: Cells = {}
    for record in records:
        key = record.placement, record.at.astimezone(ZoneInfo(ZONES[record.placement])).date()
        count, sums = result.get(key, (0, defaultdict(Decimal)))
        sums["air_minutes"] += record.minutes
        sums["miles"] += Decimal(record.miles_tenths or 0).scaleb(-1)
        result[key] = count + 1, sums
    return result


@settings(max_examples=200, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=40), st.data())
def test_any_order_and_any_cut_give_the_same_cells(records: list[Record], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(records))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(records)), max_size=5)) | {len(records)})
    scales = data.draw(st.lists(st.integers(1, 3), min_size=len(cuts), max_size=len(cuts)))
    parts = [shuffled[start:end] for start, end in zip([0, *cuts], cuts, strict=False)]
    segments = [segment(n, part, scale) for n, (part, scale) in enumerate(zip(parts, scales, strict=True)) if part]
    grouping = data.draw(st.integers(1, len(segments)))
    folded = [fold(segments[first : first + grouping], ZONES) for first in range(0, len(segments), grouping)]
    assert cells(folded) == by_definition(records)


def test_waiting_rows_only_leave_nothing_to_add() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    empty = Segment(1, [], nothing, nothing, {"air_minutes": MeterColumn(0, nothing)})
    assert cells([fold([empty], ZONES)]) == {}


def test_sums_beyond_64_bits_are_exact() -> None:
    record = Record("placements/a.20130101", datetime(2013, 5, 1, 12, tzinfo=UTC), 2**62, None)
    usage = fold([segment(1, [record] * 5, 1)], ZONES)
    assert usage.meters["air_minutes"].sums == [5 * 2**62]

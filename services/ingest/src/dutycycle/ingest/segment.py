"""Segments: immutable stored usage of a source, what one commit accepted or made wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dutycycle.ingest.record import UsageBatch, from_microseconds


class SegmentKind(StrEnum):
    RECORDED = "recorded"
    """New records."""
    RESOLVED = "resolved"
    """Records of earlier segments that waited and now have a placement."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Records of one UTC month."""

    number: int
    kind: SegmentKind
    batch: UsageBatch
    placements: Sequence[str]
    """A row each; empty while the row waits."""
    content_hashes: Sequence[bytes]
    door: str

    @property
    def month(self) -> date:
        """First day of the UTC month in which all rows lie."""
        return month_of(self.batch.occurred_at_us[0])


def month_of(at_us: int) -> date:
    return from_microseconds(at_us).date().replace(day=1)


def rows_by_month(batch: UsageBatch, rows: Sequence[int]) -> list[list[int]]:
    """Group rows by UTC month, earliest first, keeping their order."""
    months: dict[date, list[int]] = defaultdict(list)
    for row in rows:
        months[month_of(batch.occurred_at_us[row])].append(row)
    return [months[month] for month in sorted(months)]

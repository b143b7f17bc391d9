"""Questions about stored usage, and the few commands that are not recording."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dutycycle.ingest import errors, store
from dutycycle.ingest.convert import segment_from_body
from dutycycle.ingest.receipt import Outcome, Receipt
from dutycycle.ingest.record import UsageBatch, to_microseconds
from dutycycle.ingest.segment import SegmentKind
from dutycycle.ingest.service.record_usage import UsageRecorder
from dutycycle.ingest.store import RejectedRow, WaitingRow, Window
from dutycycle.kit.errors import InvalidInputError
from dutycycle.kit.period import start_of_day
from dutycycle.runtime.database import Connection, Database
from dutycycle.runtime.tenancy import tenant

StoredRow = tuple[UsageBatch, int, str]
"""A batch, a row of it, and the name of the row's placement."""


@dataclass(frozen=True, slots=True)
class UsageSummary:
    """What there is of a source in a window; every record counts once."""

    accepted: int
    waiting: Sequence[tuple[str, str, int, Mapping[str, str]]]
    """Identity, reason, count, sums by meter."""
    rejected_by_reason: Mapping[str, int]
    estimated: int
    """Of the accepted and the waiting, those that the source estimated."""


class UsageQueries:
    """Reads what is stored."""

    def __init__(self, database: Database, recorder: UsageRecorder) -> None:
        self._database = database
        self._recorder = recorder

    async def list_sources(self) -> Sequence[Any]:
        async with self._database.transaction(tenant()) as connection:
            return await store.list_heads(connection)

    async def read_segments(self, source: str, after: int, limit: int) -> AsyncIterator[bytes]:
        """Give the stored bodies of a source's segments in number order; 0 means all there are."""
        async with self._database.transaction(tenant()) as connection:
            async for body in store.segments_after(connection, source, after, limit or None):
                yield body

    async def list_records(self, source: str, window: Window, placements: Collection[str]) -> list[StoredRow]:
        """Return the accepted records of a source in a window, oldest first; of all placements if none is named."""
        async with self._database.transaction(tenant()) as connection:
            bodies = await store.segments_within(connection, source, window)
        rows: list[StoredRow] = []
        for body in bodies:
            segment = segment_from_body(body)
            times = segment.batch.occurred_at_us
            rows += [
                (segment.batch, row, place)
                for row, place in enumerate(segment.placements)
                if place and window.holds(times[row]) and (not placements or place in placements)
            ]
        return sorted(rows, key=lambda r: (r[0].occurred_at_us[r[1]], r[0].event_ids[r[1]]))

    async def list_waiting(self, source: str, after: tuple[int, str, str], limit: int) -> tuple[list[WaitingRow], int]:
        async with self._database.transaction(tenant()) as connection:
            return await store.page_waiting(connection, source, after, limit)

    async def list_rejections(
        self, source: str, reason: str, after: tuple[datetime, str], limit: int
    ) -> tuple[list[RejectedRow], int]:
        async with self._database.transaction(tenant()) as connection:
            return await store.page_rejections(connection, source, reason, after, limit)

    async def get_rejection(self, rejection_id: str) -> RejectedRow:
        async with self._database.transaction(tenant()) as connection:
            row = await store.get_rejection(connection, rejection_id)
        if row is None:
            raise errors.rejection_unknown(f"rejections/{rejection_id}")
        return row

    async def summarize(self, source: str, window: Window) -> UsageSummary:
        """Count the records of a source in a window, or of all sources."""
        async with self._database.transaction(tenant()) as connection:
            recorded, estimated = await store.count_rows(connection, source, window, SegmentKind.RECORDED)
            for body in await store.segments_across(connection, source, window, SegmentKind.RECORDED):
                batch = segment_from_body(body).batch
                recorded += sum(window.holds(at_us) for at_us in batch.occurred_at_us)
                estimated += sum(window.holds(batch.occurred_at_us[row]) for row in batch.estimated_rows())
            waiting = await store.summarize_waiting(connection, source, window)
            rejected = await store.count_rejections(connection, source, window)
        return UsageSummary(recorded - sum(count for _, _, count, _ in waiting), waiting, rejected, estimated)

    async def close_period(self, source: str, start: date, end: date, zone: str) -> bool:
        """Close a period of a source; False if it was closed before."""
        start_us, end_us = (to_microseconds(start_of_day(day, zone)) for day in (start, end))
        async with self._database.transaction(tenant()) as connection:
            await store.lock_head(connection, source)  # no batch may be half-way past the check
            return await store.close_period(connection, source, start_us, end_us, f"{start}/{end}")

    async def replay(self, rejection_id: str, mended: UsageBatch) -> Receipt:
        """Record a mended record; the rejection is marked as replaced unless the mended record is refused too."""
        if len(mended) != 1:
            raise InvalidInputError("REPLAY_NOT_ONE_ROW", f"a replay is one record, not {len(mended)}")
        await self.get_rejection(rejection_id)

        async def mark(connection: Connection, receipts: Sequence[Receipt]) -> None:
            if not receipts[0][Outcome.REJECTED]:
                await store.mark_replaced(connection, rejection_id, mended.event_ids[0])

        [receipt] = await self._recorder.record([mended], "grpc", f"replay of {rejection_id}", mark)
        return receipt

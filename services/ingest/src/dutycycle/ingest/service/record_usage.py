"""Record usage: decide about every row, commit, then answer."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Protocol

from dutycycle.ingest import store
from dutycycle.ingest.convert import segment_from_body, segment_to_body
from dutycycle.ingest.errors import Reason
from dutycycle.ingest.receipt import Outcome, Receipt, RowAnswer, receipt_of
from dutycycle.ingest.record import UsageBatch
from dutycycle.ingest.registry import Registry, waiting_message
from dutycycle.ingest.segment import Segment, SegmentKind, rows_by_month
from dutycycle.ingest.store import RejectedRow, WaitingRow, Window
from dutycycle.kit import clock
from dutycycle.kit.ids import digest
from dutycycle.runtime import outbox
from dutycycle.runtime.database import Connection, Database
from dutycycle.runtime.tenancy import tenant

SEGMENT_COMMITTED = "dutycycle.ingest.segment.committed"
Progress = Callable[[Connection, Sequence[Receipt]], Awaitable[None]]


class Registries(Protocol):
    """Where identities come from."""

    async def current(self) -> Registry:
        """Return what is known."""
        ...

    async def refresh(self) -> Registry:
        """Ask contracts what changed, and return what is known then."""
        ...


@dataclass(slots=True)
class SourceIndex:
    """Content hash of every stored record of a source, up to a segment. Exact: no record is taken for another."""

    number: int = 0
    hashes: dict[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Verdict:
    """What a batch comes to, before it is committed."""

    answers: list[RowAnswer] = field(default_factory=list)
    stored: list[int] = field(default_factory=list)
    """Rows that go into segments: accepted and waiting ones."""
    placements: dict[int, str] = field(default_factory=dict)
    waiting: dict[int, tuple[Reason, str]] = field(default_factory=dict)
    rejected: list[RejectedRow] = field(default_factory=list)


class UsageRecorder:
    """Records batches of any door. One transaction a call; sources are locked, so numbers have no gaps."""

    def __init__(self, database: Database, registries: Registries) -> None:
        self._database = database
        self._registries = registries
        self._indexes: dict[tuple[str, str], SourceIndex] = defaultdict(SourceIndex)
        self._locks: dict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def record(
        self, batches: Sequence[UsageBatch], door: str, origin: str, progress: Progress | None = None
    ) -> list[Receipt]:
        """Commit batches together and return a receipt for each; `progress` is committed with them.

        `origin` says where records came from, for rejections: door, file or device.
        """
        sources = sorted({batch.source for batch in batches})
        async with AsyncExitStack() as held:
            for source in sources:  # always in this order: two calls never wait for each other
                await held.enter_async_context(self._locks[tenant(), source])
            added: dict[str, dict[str, bytes]] = {source: {} for source in sources}
            numbers: dict[str, int] = {}
            receipts = []
            async with self._database.transaction(tenant()) as connection:
                for source in sources:
                    numbers[source] = await store.lock_head(connection, source)
                    await self._catch_up(connection, source, numbers[source])
                for batch in batches:
                    receipt, number = await self._record_one(
                        connection, batch, numbers[batch.source], added[batch.source], door, origin
                    )
                    numbers[batch.source] = number
                    receipts.append(receipt)
                if progress is not None:
                    await progress(connection, receipts)
            for source in sources:  # only what is committed counts as known
                index = self._indexes[tenant(), source]
                index.hashes |= added[source]
                index.number = numbers[source]
        return receipts

    async def _record_one(
        self,
        connection: Connection,
        batch: UsageBatch,
        number: int,
        added: dict[str, bytes],
        door: str,
        origin: str,
    ) -> tuple[Receipt, int]:
        """Store one batch after segment `number`; return its receipt and the number of the last segment."""
        hashes = batch.content_hashes()
        closed = await store.closed_periods(connection, batch.source)
        verdict = await self._judge(batch, hashes, added, closed, origin)
        for rows in rows_by_month(batch, verdict.stored):
            number += 1
            await self._add_segment(connection, batch, hashes, rows, verdict, number, door)
        await store.add_rejections(connection, verdict.rejected)
        receipt = receipt_of(len(batch), verdict.answers)
        await store.advance_head(connection, batch.source, number, receipt)
        if verdict.stored:
            await outbox.add(connection, SEGMENT_COMMITTED, f"{batch.source}/{number}".encode())
        added.update((batch.event_ids[row], hashes[row]) for row in verdict.stored)
        return receipt, number

    async def _judge(
        self,
        batch: UsageBatch,
        hashes: Sequence[bytes],
        added: dict[str, bytes],
        closed: Sequence[Window],
        origin: str,
    ) -> _Verdict:
        known = self._indexes[tenant(), batch.source].hashes
        billed = (await self._registries.current()).billed_meters.get(batch.source, frozenset())
        verdict, fresh = _Verdict(), dict(added)
        for row, event_id in enumerate(batch.event_ids):
            defect = batch.defect(row, billed)
            before = None if defect else known.get(event_id, fresh.get(event_id))
            if before is not None and before != hashes[row]:
                message = f"{event_id} is stored with other content; send a correction under a new event id"
                defect = Reason.CONTENT_CONFLICT, message
            if defect:
                verdict.answers.append(RowAnswer(row, Outcome.REJECTED, *defect))
                verdict.rejected.append(rejected_row(batch, row, hashes[row], *defect, origin))
            elif before is not None:
                verdict.answers.append(RowAnswer(row, Outcome.DUPLICATE))
            else:
                fresh[event_id] = hashes[row]
                verdict.stored.append(row)
        await self._place(batch, verdict, closed)
        return verdict

    async def _place(self, batch: UsageBatch, verdict: _Verdict, closed: Sequence[Window]) -> None:
        """Resolve identities; ask contracts again before anything is made to wait.

        This happens while the source is locked: an asset that is registered later finds the waiting record, one that
        was registered before is found here.
        """
        registry = await self._registries.current()
        resolved = _resolve(batch, verdict.stored, registry, closed)
        if any(isinstance(found, Reason) and found is not Reason.PERIOD_ISSUED for found in resolved.values()):
            resolved = _resolve(batch, verdict.stored, await self._registries.refresh(), closed)
        for row, found in resolved.items():
            if isinstance(found, Reason):
                message = waiting_message(found, batch.asset_identities[row], batch.source)
                verdict.waiting[row] = found, message
                verdict.answers.append(RowAnswer(row, Outcome.WAITING, found, message))
            else:
                verdict.placements[row] = found

    async def _add_segment(
        self,
        connection: Connection,
        batch: UsageBatch,
        hashes: Sequence[bytes],
        rows: Sequence[int],
        verdict: _Verdict,
        number: int,
        door: str,
    ) -> None:
        added = Segment(
            number=number,
            kind=SegmentKind.RECORDED,
            batch=batch.take(rows),
            placements=[verdict.placements.get(row, "") for row in rows],
            content_hashes=[hashes[row] for row in rows],
            door=door,
        )
        await store.ensure_partition(connection, added.month)
        await store.add_segment(connection, added, segment_to_body(added, clock.now()))
        waiting = [
            WaitingRow(
                batch.source,
                batch.event_ids[row],
                batch.occurred_at_us[row],
                batch.asset_identities[row],
                *verdict.waiting[row],
                batch.quantities(row),
                number,
                place,
            )
            for place, row in enumerate(rows)
            if row in verdict.waiting
        ]
        await store.add_waiting(connection, waiting)

    async def _catch_up(self, connection: Connection, source: str, number: int) -> None:
        """Load what another process stored since, so that duplicates are found whoever stored the first."""
        index = self._indexes[tenant(), source]
        if index.number == number:
            return
        async for body in store.segments_after(connection, source, index.number):
            segment = segment_from_body(body)
            index.hashes.update(zip(segment.batch.event_ids, segment.content_hashes, strict=True))
        index.number = number

    async def resolve_waiting(self) -> Counter[str]:
        """Turn waiting records into accepted ones where that is now possible; return counts by what they came to.

        Keys: "accepted", "waiting", "waiting_for_correction" (these are among the waiting).
        """
        await self._registries.refresh()
        async with self._database.transaction(tenant()) as connection:
            sources = await store.waiting_sources(connection)
        counts: Counter[str] = Counter()
        for source in sources:
            counts += await self._resolve_source(source)
        return counts

    async def _resolve_source(self, source: str) -> Counter[str]:
        async with self._locks[tenant(), source], self._database.transaction(tenant()) as connection:
            number = await store.lock_head(connection, source)
            await self._catch_up(connection, source, number)
            registry = await self._registries.current()
            closed = await store.closed_periods(connection, source)
            found: dict[str, str] = {}
            held: dict[Reason, list[WaitingRow]] = defaultdict(list)
            rows = await store.list_waiting(connection, source)
            for row in rows:
                place = registry.resolve(row.asset_identity, source, row.occurred_at_us)
                if isinstance(place, Reason):
                    held[place].append(row)
                elif any(window.holds(row.occurred_at_us) for window in closed):
                    held[Reason.PERIOD_ISSUED].append(row)
                else:
                    found[row.event_id] = place
            for reason, waiting_rows in held.items():
                await self._explain(connection, source, reason, waiting_rows)
            if found:
                accepted = [row for row in rows if row.event_id in found]
                number = await self._release(connection, source, number, accepted, found)
                await store.remove_waiting(connection, source, list(found))
                await store.advance_head(connection, source, number, Receipt())
                await outbox.add(connection, SEGMENT_COMMITTED, f"{source}/{number}".encode())
        self._indexes[tenant(), source].number = number
        waiting = sum(map(len, held.values()))
        issued = len(held[Reason.PERIOD_ISSUED])
        return Counter(accepted=len(found), waiting=waiting, waiting_for_correction=issued)

    async def _explain(self, connection: Connection, source: str, reason: Reason, rows: Sequence[WaitingRow]) -> None:
        """Say anew why records wait: an asset that is registered now may still lack its placement."""
        changed: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row.reason != reason:
                changed[row.asset_identity].append(row.event_id)
        for identity, event_ids in changed.items():
            message = waiting_message(reason, identity, source)
            await store.explain_waiting(connection, source, event_ids, reason, message)

    async def _release(
        self,
        connection: Connection,
        source: str,
        number: int,
        rows: Sequence[WaitingRow],
        found: dict[str, str],
    ) -> int:
        """Store the records once more, now with their placement; the segments they came in stay as they are."""
        wanted: dict[int, list[int]] = defaultdict(list)
        for row in rows:
            wanted[row.segment_number].append(row.segment_row)
        for body in await store.segment_bodies(connection, source, list(wanted)):
            stored = segment_from_body(body)
            number += 1
            released = Segment(
                number=number,
                kind=SegmentKind.RESOLVED,
                batch=stored.batch.take(wanted[stored.number]),
                placements=[found[stored.batch.event_ids[row]] for row in wanted[stored.number]],
                content_hashes=[stored.content_hashes[row] for row in wanted[stored.number]],
                door="registry",
            )
            await store.add_segment(connection, released, segment_to_body(released, clock.now()))
        return number

    async def keep_unreadable(self, rows: Sequence[RejectedRow]) -> None:
        """Keep what could not even be read as a record, and count it as received and rejected."""
        async with self._database.transaction(tenant()) as connection:
            await self.reject(connection, rows)

    async def reject(self, connection: Connection, rows: Sequence[RejectedRow]) -> None:
        """Keep refused rows within a transaction, counted for their source."""
        by_source: dict[str, list[RejectedRow]] = defaultdict(list)
        for row in rows:
            by_source[row.source].append(row)
        for source, refused in sorted(by_source.items()):
            number = await store.lock_head(connection, source)
            await store.add_rejections(connection, refused)
            receipt = Receipt(Counter({Outcome.REJECTED: len(refused)}))
            await store.advance_head(connection, source, number, receipt)


def rejected_row(
    batch: UsageBatch, row: int, content_hash: bytes, reason: Reason, message: str, origin: str
) -> RejectedRow:
    """Describe a refused row; the same content refused for the same reason has the same id."""
    return RejectedRow(
        id=digest(f"{batch.source}\x1f{reason}\x1f".encode() + content_hash)[:32],
        source=batch.source,
        reason=reason,
        message=message,
        record=batch.as_document(row),
        occurred_at_us=batch.occurred_at_us[row],
        origin=f"{origin}, row {row + 1}",
    )


def _resolve(
    batch: UsageBatch, rows: Sequence[int], registry: Registry, closed: Sequence[Window]
) -> dict[int, str | Reason]:
    found = {}
    for row in rows:
        at_us = batch.occurred_at_us[row]
        place = registry.resolve(batch.asset_identities[row], batch.source, at_us)
        if isinstance(place, str) and not isinstance(place, Reason) and any(w.holds(at_us) for w in closed):
            place = Reason.PERIOD_ISSUED
        found[row] = place
    return found

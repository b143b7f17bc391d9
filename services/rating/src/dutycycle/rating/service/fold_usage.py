"""Fold what ingest has committed into aggregates, each segment exactly once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from dutycycle.rating import errors, store
from dutycycle.rating.fold import fold
from dutycycle.rating.service.port import Contracts, Ingest
from dutycycle.rating.usage import DailyUsage, Segment, Watermarks
from dutycycle.runtime.database import Database
from dutycycle.runtime.tenancy import tenant

_log = structlog.get_logger()


class FoldNews:
    """Tells whoever listens in this process that more of a source is folded, by this replica or another."""

    def __init__(self) -> None:
        self._listeners: dict[tuple[str, str], set[asyncio.Event]] = defaultdict(set)
        self.over = asyncio.Event()
        """Set when the process is about to stop."""

    @contextmanager
    def of(self, source: str) -> Iterator[asyncio.Event]:
        """Give an event that is set whenever more of a source of the tenant is folded."""
        key, more = (tenant(), source), asyncio.Event()
        self._listeners[key].add(more)
        try:
            yield more
        finally:
            self._listeners[key].discard(more)
            if not self._listeners[key]:
                del self._listeners[key]

    def tell(self, source: str) -> None:
        for more in self._listeners.get((tenant(), source), ()):
            more.set()

    def end(self) -> None:
        """Wake every listener for the last time."""
        self.over.set()
        for listeners in self._listeners.values():
            for more in listeners:
                more.set()


class UsageFolder:
    """Reads segments in number order after the watermark and adds them up.

    The watermark moves in the transaction that adds, under its lock: a segment is folded once whatever is delivered
    twice, lost, or interrupted.
    """

    def __init__(self, database: Database, contracts: Contracts, ingest: Ingest, segments_a_fold: int) -> None:
        self._database = database
        self._contracts = contracts
        self._ingest = ingest
        self._limit = segments_a_fold
        self.news = FoldNews()
        self._folded: dict[tuple[str, str], int] = {}
        self._locks: dict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def watermarks(self) -> Watermarks:
        async with self._database.transaction(tenant()) as connection:
            return await store.read_watermarks(connection)

    async def catch_up_all(self) -> None:
        """Fold every source of the tenant up to its head."""
        for source, head in (await self._ingest.heads()).items():
            await self.catch_up(source, head)

    async def catch_up(self, source: str, head: int) -> None:
        """Fold a source at least up to a number; at once if that is known to be done."""
        key = (tenant(), source)
        if self._folded.get(key, 0) >= head:
            return
        async with self._locks[key]:
            while self._folded.get(key, 0) < head and await self._fold_next(source):
                pass

    async def _fold_next(self, source: str) -> bool:
        """Fold the next segments of a source; False if there are none."""
        async with self._database.transaction(tenant()) as connection:
            after = (await store.read_watermarks(connection)).by_source.get(source, 0)
        segments = await self._ingest.read_segments(source, after, self._limit)
        self._note(source, after)
        if not segments:
            return False
        usage = await self._fold(segments)
        await self._add(source, after, segments[-1].number, usage)
        return True

    async def _fold(self, segments: list[Segment]) -> DailyUsage:
        named = {name for segment in segments for name in segment.placements}
        registry = await self._contracts.known_registry(named)
        for name in sorted(named - registry.placements.keys()):
            raise errors.unknown_placement(name)
        zones = {name: registry.placements[name].zone for name in named}
        return await asyncio.to_thread(fold, segments, zones)

    async def _add(self, source: str, after: int, last: int, usage: DailyUsage) -> None:
        async with self._database.transaction(tenant()) as connection:
            if await store.lock_watermark(connection, source) != after:
                return  # another replica folded them meanwhile
            positions = await store.meter_positions(connection, list(usage.meters))
            await store.add_usage(connection, usage, positions)
            await store.move_watermark(connection, source, last)
        self._note(source, last)
        _log.info("usage.folded", source=source, first=after + 1, last=last, cells=len(usage.placement))

    def _note(self, source: str, number: int) -> None:
        """Remember how far a source is folded, and tell of it if it moved."""
        key = (tenant(), source)
        moved = self._folded.get(key, 0) != number
        self._folded[key] = number
        if moved:
            self.news.tell(source)

"""NATS edge, and the clock that stands in for it: whatever is committed gets folded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import structlog

from dutycycle.rating.service.fold_usage import UsageFolder
from dutycycle.runtime import tenancy
from dutycycle.runtime.bus import Message

SEGMENT_COMMITTED = "dutycycle.ingest.segment.committed"
_log = structlog.get_logger()


class SegmentEvents:
    """Folds when told that a segment is committed, and looks for itself now and then.

    The message is a hint: what is folded is decided by the watermark. A lost message or a restart costs one poll.
    """

    def __init__(self, folder: UsageFolder, tenants: Iterable[str], poll_seconds: float) -> None:
        self._folder = folder
        self._tenants = list(tenants)
        self._poll_seconds = poll_seconds

    async def segment_committed(self, message: Message) -> None:
        source, _, number = message.body.decode().rpartition("/")
        await self._folder.catch_up(source, int(number))

    async def poll(self) -> None:
        """Look for unfolded segments of every tenant until cancelled."""
        while True:
            for name in self._tenants:
                with tenancy.bound(name, "poll"):
                    await self._look()
            await asyncio.sleep(self._poll_seconds)

    async def _look(self) -> None:
        try:
            await self._folder.catch_up_all()
        except Exception as error:
            # Ingest or contracts is away, or contracts has not heard of an asset yet; the next look finds the rest.
            _log.warning("usage.fold_delayed", error=repr(error))

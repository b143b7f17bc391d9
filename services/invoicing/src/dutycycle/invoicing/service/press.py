"""Make documents in processes of their own: typesetting would hold the event loop for a third of a second each."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from dutycycle.invoicing.file import File, Kind


class Press:
    """A pool of processes that is started with the first document and again if a process dies."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    async def make(self, body: bytes, kind: Kind) -> File:
        """Make one document of an issued invoice from its canonical JSON."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._open(), _make, body, kind)
        except BrokenProcessPool:
            self.close()  # the process was killed, not the document at fault: once more with a new pool
            return await asyncio.get_running_loop().run_in_executor(self._open(), _make, body, kind)

    async def make_all(self, body: bytes) -> tuple[File, ...]:
        return tuple(await asyncio.gather(*(self.make(body, kind) for kind in Kind)))

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: a fork would copy gRPC's and the event loop's threads half alive.
            self._pool = ProcessPoolExecutor(self._processes, mp_context=multiprocessing.get_context("spawn"))
        return self._pool


def _make(body: bytes, kind: Kind) -> File:
    """Make one document, in a process of the pool: only there is the typesetter loaded."""
    from dutycycle.invoicing.document import edition

    return edition.make(body, kind)

"""Read files of usage: stored first, then recorded in chunks, each answered for; a file resumes where it stopped."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import PurePath
from typing import Any, TypeVar

import structlog

from dutycycle.ingest import errors, store
from dutycycle.ingest.errors import Reason
from dutycycle.ingest.mapping import FileMapping, MappedRow, UnreadableRow, batches_of, map_row
from dutycycle.ingest.receipt import Outcome, Receipt, RowAnswer
from dutycycle.ingest.service.record_usage import UsageRecorder
from dutycycle.ingest.sheet import Table, answer_table, limit_memory, read_table
from dutycycle.ingest.store import FileAnswer, FileRow, RejectedRow
from dutycycle.kit.errors import InvalidInputError
from dutycycle.kit.ids import digest
from dutycycle.runtime.database import Connection, Database
from dutycycle.runtime.tenancy import tenant

_log = structlog.get_logger()
_CHUNK_ROWS = 5_000
_TRIES = 2
"""A file whose process died is tried once more: it may have been another file that killed it."""
_UNREADABLE_SOURCE = "files"
"""Source of rows that do not even tell theirs."""
T = TypeVar("T")


class FileReader:
    """Stores and reads files. Workbooks are opened in a process of their own, with bounded memory."""

    def __init__(
        self, database: Database, recorder: UsageRecorder, read_mapping: Callable[[bytes], FileMapping]
    ) -> None:
        self._database = database
        self._recorder = recorder
        self._read_mapping = read_mapping
        self._reading = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None

    async def receive(self, file_name: str, mapping: bytes, content: bytes) -> str:
        """Store a file before anything of it is read; return its name.

        Same content, mapping and ending: same file. The ending counts since it says how the content is read.
        """
        ending = PurePath(file_name).suffix.lower()
        name = f"files/{digest(b''.join([content, mapping, ending.encode()]))}"
        async with self._database.transaction(tenant()) as connection:
            await store.add_file(connection, name, file_name, mapping, content)
        return name

    async def read(self, name: str) -> FileAnswer:
        """Record the rows of a stored file that are not answered for yet; return the answer for all."""
        async with self._reading:  # one file at a time: a second would only wait for the same sources
            file = await self._get(name)
            if file.state == "received":
                try:
                    await self._record_rows(file)
                except InvalidInputError as refusal:
                    await self._end(name, "refused", refusal.message)
                else:
                    await self._end(name, "finished")
        return await self.answer(name)

    async def answer(self, name: str) -> FileAnswer:
        """Return what became of the rows of a file so far."""
        file = await self._get(name)
        async with self._database.transaction(tenant()) as connection:
            stored = await store.file_answers(connection, name)
        answers = [RowAnswer(a["row"], Outcome(a["outcome"]), a["reason"], a["message"]) for a in stored]
        counts = Counter({Outcome(key): value for key, value in file.counts.items()})
        reasons = Counter(a.reason for a in answers if a.outcome is Outcome.REJECTED)
        return FileAnswer(file, Receipt(counts, tuple(sorted(answers, key=lambda a: a.row))), reasons)

    async def annotated(self, name: str) -> bytes:
        """Return the file with an answer beside each row. Raises PreconditionError if no row of it could be read."""
        answer = await self.answer(name)
        if answer.file.state == "refused":
            raise errors.file_not_answered(name, answer.file.error)
        mapping = self._read_mapping(answer.file.mapping)
        by_row = {a.row: a for a in answer.receipt.answers}
        file = answer.file
        return await self._apart(file, partial(answer_table, file.file_name, file.content, mapping.sheet, by_row))

    async def resume_all(self) -> None:
        """Go on with the files that a stop interrupted; one that fails does not hold up the others."""
        async with self._database.transaction(tenant()) as connection:
            names = await store.unfinished_files(connection)
        for name in names:
            _log.info("file.resumed", file=name)
            try:
                await self.read(name)
            except Exception:
                _log.exception("file.not_read", file=name)

    async def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    async def _record_rows(self, file: FileRow) -> None:
        mapping = self._read_mapping(file.mapping)
        table = await self._apart(file, partial(read_table, file.file_name, file.content, mapping.sheet))
        mapping.check_header(file.file_name, table.header)
        counts = Counter(dict(file.counts))
        for first in range(file.rows_done, len(table.rows), _CHUNK_ROWS):
            await self._record_chunk(file, mapping, table, first, counts)

    async def _record_chunk(
        self, file: FileRow, mapping: FileMapping, table: Table, first: int, counts: Counter[str]
    ) -> None:
        end = min(first + _CHUNK_ROWS, len(table.rows))
        mapped = [map_row(mapping, row, table.cells(row)) for row in range(first, end)]
        batches = batches_of(mapping, [row for row in mapped if isinstance(row, MappedRow)])
        unreadable = [row for row in mapped if isinstance(row, UnreadableRow)]

        async def progress(connection: Connection, receipts: Sequence[Receipt]) -> None:
            await self._recorder.reject(connection, [_unreadable(file.file_name, row) for row in unreadable])
            answers = [RowAnswer(row.row, Outcome.REJECTED, Reason.UNREADABLE_ROW, row.message) for row in unreadable]
            for (_, file_rows), receipt in zip(batches, receipts, strict=True):
                answers += [RowAnswer(file_rows[a.row], a.outcome, a.reason, a.message) for a in receipt.answers]
                counts.update({outcome.value: receipt[outcome] for outcome in Outcome})
            counts[Outcome.REJECTED.value] += len(unreadable)
            documents = [_answer_document(a) for a in sorted(answers, key=lambda a: a.row)]
            await store.advance_file(connection, file.name, first, end, counts, documents)

        await self._recorder.record([batch for batch, _ in batches], "file", file.file_name, progress)

    async def _apart(self, file: FileRow, work: Callable[[], T]) -> T:
        """Do something with a file in another process. Raises InvalidInputError if that takes too much memory."""
        for _ in range(_TRIES):
            pool = self._pool = self._pool or _worker()
            try:
                return await asyncio.get_running_loop().run_in_executor(pool, work)
            except MemoryError:
                break
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                if self._pool is pool:
                    self._pool = None
        raise errors.file_refused(file.file_name, "takes too much memory to open; split it")

    async def _get(self, name: str) -> FileRow:
        async with self._database.transaction(tenant()) as connection:
            file = await store.get_file(connection, name)
        if file is None:
            raise errors.file_unknown(name)
        return file

    async def _end(self, name: str, state: str, error: str = "") -> None:
        async with self._database.transaction(tenant()) as connection:
            await store.end_file(connection, name, state, error)


def _worker() -> ProcessPoolExecutor:
    # Spawned, not forked: the process has threads of gRPC and MQTT.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=1, mp_context=spawn, initializer=limit_memory)


def _unreadable(file_name: str, row: UnreadableRow) -> RejectedRow:
    content = "\x1f".join(f"{column}={text}" for column, text in row.cells.items())
    return RejectedRow(
        id=digest(f"{_UNREADABLE_SOURCE}\x1f{Reason.UNREADABLE_ROW}\x1f{content}".encode())[:32],
        source=_UNREADABLE_SOURCE,
        reason=Reason.UNREADABLE_ROW,
        message=row.message,
        record={"cells": dict(row.cells)},
        occurred_at_us=None,
        origin=f"{file_name}, row {row.row + 1}",
    )


def _answer_document(answer: RowAnswer) -> dict[str, Any]:
    return {
        "row": answer.row,
        "outcome": answer.outcome.value,
        "reason": str(answer.reason),
        "message": answer.message,
    }

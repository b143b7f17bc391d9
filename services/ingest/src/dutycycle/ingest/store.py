"""All SQL of the ingest service. Row-level security narrows every statement to the tenant of the transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    any_,
    cast,
    delete,
    func,
    literal_column,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from dutycycle.ingest.errors import file_read_elsewhere
from dutycycle.ingest.receipt import Outcome, Receipt
from dutycycle.ingest.segment import Segment
from dutycycle.ingest.tables import (
    closed_period,
    file_answer,
    rejection,
    segment,
    source_head,
    usage_file,
    waiting_usage,
)
from dutycycle.runtime.database import Connection
from dutycycle.runtime.tenancy import tenant

_NOT_KEPT = datetime(1, 1, 1, tzinfo=UTC)
_ENSURE_PARTITION = text("select ensure_segment_partition(:month)")


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A record that waits, and where it is stored."""

    source: str
    event_id: str
    occurred_at_us: int
    asset_identity: str
    reason: str
    message: str
    quantities: Mapping[str, str]
    segment_number: int
    segment_row: int


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A refused record; the same record refused again is counted, not listed again."""

    id: str
    source: str
    reason: str
    message: str
    record: Mapping[str, Any]
    occurred_at_us: int | None
    origin: str
    times: int = 1
    replaced_by: str | None = None
    first_at: datetime = _NOT_KEPT
    """When it was refused first; the database says."""


@dataclass(frozen=True, slots=True)
class Window:
    """Instants `[start_us, end_us)`; open where None."""

    start_us: int | None = None
    end_us: int | None = None

    def holds(self, at_us: int) -> bool:
        return (self.start_us is None or at_us >= self.start_us) and (self.end_us is None or at_us < self.end_us)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A stored file and how far it is read."""

    name: str
    file_name: str
    mapping: bytes
    content: bytes
    state: str
    error: str
    rows_done: int
    counts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A file and what became of its rows."""

    file: FileRow
    receipt: Receipt
    rejected_by_reason: Mapping[str, int]


async def lock_head(connection: Connection, source: str) -> int:
    """Hold a source until the transaction ends; return the number of its last segment."""
    await connection.execute(insert(source_head).values(tenant=tenant(), source=source).on_conflict_do_nothing())
    query = select(source_head.c.last_number).where(source_head.c.source == source).with_for_update()
    return int((await connection.execute(query)).scalar_one())


async def advance_head(connection: Connection, source: str, last_number: int, receipt: Receipt) -> None:
    """Note the last segment and add a receipt to what was answered for the source."""
    head = source_head.c
    counts = {outcome.value: head[outcome.value] + receipt[outcome] for outcome in Outcome}
    await connection.execute(
        update(source_head)
        .where(head.source == source)
        .values(last_number=last_number, received=head.received + receipt.received, **counts)
    )


async def list_heads(connection: Connection) -> Sequence[Row[Any]]:
    return (await connection.execute(select(source_head).order_by(source_head.c.source))).all()


async def ensure_partition(connection: Connection, month: date) -> None:
    await connection.execute(_ENSURE_PARTITION, {"month": month})


async def add_segment(connection: Connection, added: Segment, body: bytes) -> None:
    times = added.batch.occurred_at_us
    await connection.execute(
        insert(segment).values(
            tenant=tenant(),
            source=added.batch.source,
            number=added.number,
            month=added.month,
            kind=added.kind.value,
            row_count=len(added.batch),
            estimated_count=len(added.batch.estimated_rows()),
            first_at_us=min(times),
            last_at_us=max(times),
            body=body,
        )
    )


async def segments_after(
    connection: Connection, source: str, after: int, limit: int | None = None
) -> AsyncIterator[bytes]:
    """Give the bodies of a source's segments in number order, as many as are asked for, a few at a time."""
    given = 0
    while limit is None or given < limit:
        size = 16 if limit is None else min(16, limit - given)
        query = select(segment.c.number, segment.c.body).where(segment.c.source == source, segment.c.number > after)
        rows = (await connection.execute(query.order_by(segment.c.number).limit(size))).all()
        for row in rows:
            yield row.body
        if len(rows) < size:
            return
        after, given = rows[-1].number, given + len(rows)


async def segment_bodies(connection: Connection, source: str, numbers: Collection[int]) -> list[bytes]:
    wanted = segment.c.number == any_(cast(list(numbers), ARRAY(BigInteger)))
    query = select(segment.c.body).where(segment.c.source == source, wanted)
    return list((await connection.scalars(query.order_by(segment.c.number))).all())


async def segments_within(connection: Connection, source: str, window: Window) -> list[bytes]:
    """Read the segments of a source that overlap a window, in number order."""
    query = select(segment.c.body).where(segment.c.source == source, *_overlap(window))
    return list((await connection.scalars(query.order_by(segment.c.number))).all())


async def count_rows(connection: Connection, source: str, window: Window, kind: str) -> tuple[int, int]:
    """Count rows of the segments that lie wholly within a window, and those of them that are estimates."""
    sums = (func.coalesce(func.sum(column), 0) for column in (segment.c.row_count, segment.c.estimated_count))
    query = select(*sums).where(segment.c.kind == kind)
    if window.start_us is not None:
        query = query.where(segment.c.first_at_us >= window.start_us)
    if window.end_us is not None:
        query = query.where(segment.c.last_at_us < window.end_us)
    if source:
        query = query.where(segment.c.source == source)
    rows, estimated = (await connection.execute(query)).one()
    return int(rows), int(estimated)


async def segments_across(connection: Connection, source: str, window: Window, kind: str) -> list[bytes]:
    """Read the segments that a bound of the window cuts."""
    cut = []
    if window.start_us is not None:
        cut.append(and_(segment.c.first_at_us < window.start_us, segment.c.last_at_us >= window.start_us))
    if window.end_us is not None:
        cut.append(and_(segment.c.first_at_us < window.end_us, segment.c.last_at_us >= window.end_us))
    if not cut:
        return []
    condition = cut[0] if len(cut) == 1 else cut[0] | cut[1]
    query = select(segment.c.body).where(segment.c.kind == kind, condition)
    if source:
        query = query.where(segment.c.source == source)
    return list((await connection.scalars(query)).all())


async def add_waiting(connection: Connection, rows: Sequence[WaitingRow]) -> None:
    if rows:
        values = [
            {
                "tenant": tenant(),
                "source": row.source,
                "event_id": row.event_id,
                "occurred_at_us": row.occurred_at_us,
                "asset_identity": row.asset_identity,
                "reason": row.reason,
                "message": row.message,
                "quantities": dict(row.quantities),
                "segment_number": row.segment_number,
                "segment_row": row.segment_row,
            }
            for row in rows
        ]
        await connection.execute(insert(waiting_usage), values)


async def waiting_sources(connection: Connection) -> list[str]:
    """Return the sources that have waiting records."""
    query = select(waiting_usage.c.source).distinct().order_by(waiting_usage.c.source)
    return list((await connection.scalars(query)).all())


async def list_waiting(connection: Connection, source: str) -> list[WaitingRow]:
    query = select(waiting_usage).where(waiting_usage.c.source == source)
    rows = await connection.execute(query.order_by(waiting_usage.c.segment_number, waiting_usage.c.segment_row))
    return [_waiting_from_row(row) for row in rows]


async def page_waiting(
    connection: Connection, source: str, after: tuple[int, str, str], limit: int
) -> tuple[list[WaitingRow], int]:
    """Read waiting records by time, source and event id, after a key; and how many there are in all."""
    key = tuple_(waiting_usage.c.occurred_at_us, waiting_usage.c.source, waiting_usage.c.event_id)
    query = select(waiting_usage).where(key > after)
    count = select(func.count()).select_from(waiting_usage)
    if source:
        query, count = query.where(waiting_usage.c.source == source), count.where(waiting_usage.c.source == source)
    rows = await connection.execute(query.order_by(*key).limit(limit))
    return [_waiting_from_row(row) for row in rows], int((await connection.execute(count)).scalar_one())


async def remove_waiting(connection: Connection, source: str, event_ids: Collection[str]) -> None:
    await connection.execute(
        delete(waiting_usage).where(waiting_usage.c.source == source, _is_one_of(waiting_usage.c.event_id, event_ids))
    )


async def explain_waiting(
    connection: Connection, source: str, event_ids: Collection[str], reason: str, message: str
) -> None:
    """Say anew why records wait."""
    await connection.execute(
        update(waiting_usage)
        .where(waiting_usage.c.source == source, _is_one_of(waiting_usage.c.event_id, event_ids))
        .values(reason=reason, message=message)
    )


async def summarize_waiting(
    connection: Connection, source: str, window: Window
) -> list[tuple[str, str, int, dict[str, str]]]:
    """Return identity, reason, count and sum by meter of what waits in a window."""
    counted = select(waiting_usage.c.asset_identity, waiting_usage.c.reason, func.count().label("count"))
    counted = _in_window(counted, waiting_usage.c.occurred_at_us, window)
    pair = func.jsonb_each_text(waiting_usage.c.quantities).table_valued("key", "value").render_derived("pair")
    summed = select(
        waiting_usage.c.asset_identity,
        waiting_usage.c.reason,
        pair.c.key.label("meter"),
        func.sum(literal_column("pair.value::numeric")).label("sum"),
    ).select_from(waiting_usage.join(pair, literal_column("true")))
    summed = _in_window(summed, waiting_usage.c.occurred_at_us, window)
    if source:
        counted = counted.where(waiting_usage.c.source == source)
        summed = summed.where(waiting_usage.c.source == source)
    key = (waiting_usage.c.asset_identity, waiting_usage.c.reason)
    sums: dict[tuple[str, str], dict[str, str]] = {}
    for row in await connection.execute(summed.group_by(*key, pair.c.key)):
        sums.setdefault((row.asset_identity, row.reason), {})[row.meter] = str(row.sum)
    counts = await connection.execute(counted.group_by(*key).order_by(*key))
    return [(identity, reason, count, sums.get((identity, reason), {})) for identity, reason, count in counts]


async def add_rejections(connection: Connection, rows: Sequence[RejectedRow]) -> None:
    """Keep refused records; one that was refused before is counted once more."""
    if not rows:
        return
    statement = insert(rejection)
    counted = statement.on_conflict_do_update(index_elements=["tenant", "id"], set_={"times": rejection.c.times + 1})
    await connection.execute(
        counted,
        [
            {
                "tenant": tenant(),
                "id": row.id,
                "source": row.source,
                "reason": row.reason,
                "message": row.message,
                "record": dict(row.record),
                "occurred_at_us": row.occurred_at_us,
                "origin": row.origin,
            }
            for row in rows
        ],
    )


async def get_rejection(connection: Connection, rejection_id: str) -> RejectedRow | None:
    row = (await connection.execute(select(rejection).where(rejection.c.id == rejection_id))).first()
    return _rejection_from_row(row) if row else None


async def page_rejections(
    connection: Connection, source: str, reason: str, after: tuple[datetime, str], limit: int
) -> tuple[list[RejectedRow], int]:
    """Read rejections that were not replaced, oldest first, after a time and id; and how many there are in all."""
    conditions: list[ColumnElement[bool]] = [rejection.c.replaced_by.is_(None)]
    if source:
        conditions.append(rejection.c.source == source)
    if reason:
        conditions.append(rejection.c.reason == reason)
    key = tuple_(rejection.c.first_at, rejection.c.id)
    query = select(rejection).where(*conditions, key > after).order_by(*key).limit(limit)
    count = select(func.count()).select_from(rejection).where(*conditions)
    rows = await connection.execute(query)
    return [_rejection_from_row(row) for row in rows], int((await connection.execute(count)).scalar_one())


async def mark_replaced(connection: Connection, rejection_id: str, event_id: str) -> None:
    await connection.execute(update(rejection).where(rejection.c.id == rejection_id).values(replaced_by=event_id))


async def count_rejections(connection: Connection, source: str, window: Window) -> dict[str, int]:
    """Return how many distinct rejections were not replaced, by reason."""
    query = select(rejection.c.reason, func.count().label("count_")).where(rejection.c.replaced_by.is_(None))
    query = _in_window(query, rejection.c.occurred_at_us, window)
    if source:
        query = query.where(rejection.c.source == source)
    rows = await connection.execute(query.group_by(rejection.c.reason).order_by(rejection.c.reason))
    return {row.reason: row.count_ for row in rows}


async def close_period(connection: Connection, source: str, start_us: int, end_us: int, label: str) -> bool:
    """Close a period; False if it was closed before."""
    statement = insert(closed_period).values(
        tenant=tenant(), source=source, start_at_us=start_us, end_at_us=end_us, label=label
    )
    done = await connection.execute(statement.on_conflict_do_nothing().returning(closed_period.c.source))
    return done.first() is not None


async def closed_periods(connection: Connection, source: str) -> list[Window]:
    rows = await connection.execute(select(closed_period).where(closed_period.c.source == source))
    return [Window(row.start_at_us, row.end_at_us) for row in rows]


async def add_file(connection: Connection, name: str, file_name: str, mapping: bytes, content: bytes) -> None:
    statement = insert(usage_file).values(
        tenant=tenant(), name=name, file_name=file_name, mapping=mapping, content=content, state="received", counts={}
    )
    await connection.execute(statement.on_conflict_do_nothing())


async def get_file(connection: Connection, name: str) -> FileRow | None:
    row = (await connection.execute(select(usage_file).where(usage_file.c.name == name))).first()
    if row is None:
        return None
    return FileRow(row.name, row.file_name, row.mapping, row.content, row.state, row.error, row.rows_done, row.counts)


async def unfinished_files(connection: Connection) -> list[str]:
    query = select(usage_file.c.name).where(usage_file.c.state == "received").order_by(usage_file.c.name)
    return list((await connection.scalars(query)).all())


async def advance_file(
    connection: Connection, name: str, first_row: int, rows_done: int, counts: Mapping[str, Any], answers: list[Any]
) -> None:
    """Note that the rows from `first_row` up to `rows_done` are answered for.

    Raises ConflictError if another process was faster: what was recorded with it is rolled back, and counted there.
    """
    advanced = await connection.execute(
        update(usage_file)
        .where(usage_file.c.name == name, usage_file.c.rows_done == first_row)
        .values(rows_done=rows_done, counts=dict(counts))
    )
    if advanced.rowcount != 1:
        raise file_read_elsewhere(name)
    await connection.execute(
        insert(file_answer).values(tenant=tenant(), file=name, first_row=first_row, answers=answers)
    )


async def end_file(connection: Connection, name: str, state: str, error: str = "") -> None:
    await connection.execute(update(usage_file).where(usage_file.c.name == name).values(state=state, error=error))


async def file_answers(connection: Connection, name: str) -> list[Any]:
    query = select(file_answer.c.answers).where(file_answer.c.file == name).order_by(file_answer.c.first_row)
    return [answer for answers in (await connection.scalars(query)).all() for answer in answers]


def _is_one_of(column: ColumnElement[str], values: Collection[str]) -> ColumnElement[bool]:
    """Compare with an array, one parameter however long it is: a statement may not have more than 32,767."""
    return column == any_(cast(list(values), ARRAY(Text)))


def _in_window(query: Select[Any], column: ColumnElement[int], window: Window) -> Select[Any]:
    if window.start_us is not None:
        query = query.where(column >= window.start_us)
    if window.end_us is not None:
        query = query.where(column < window.end_us)
    return query


def _overlap(window: Window) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if window.start_us is not None:
        conditions.append(segment.c.last_at_us >= window.start_us)
    if window.end_us is not None:
        conditions.append(segment.c.first_at_us < window.end_us)
    return conditions


def _waiting_from_row(row: Row[Any]) -> WaitingRow:
    return WaitingRow(
        row.source,
        row.event_id,
        row.occurred_at_us,
        row.asset_identity,
        row.reason,
        row.message,
        row.quantities,
        row.segment_number,
        row.segment_row,
    )


def _rejection_from_row(row: Row[Any]) -> RejectedRow:
    return RejectedRow(
        row.id,
        row.source,
        row.reason,
        row.message,
        row.record,
        row.occurred_at_us,
        row.origin,
        row.times,
        row.replaced_by,
        row.first_at,
    )

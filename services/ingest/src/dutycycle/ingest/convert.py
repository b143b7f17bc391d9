"""API messages to and from the domain of ingest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.ingest.mapping import FileMapping, MeterMapping
from dutycycle.ingest.receipt import Outcome, Receipt, RowAnswer
from dutycycle.ingest.record import (
    HASH_BYTES,
    MAX_SCALE,
    MeterValues,
    UsageBatch,
    from_microseconds,
    is_possible,
    to_microseconds,
)
from dutycycle.ingest.registry import PlacedAsset, PlacementSpan
from dutycycle.ingest.segment import Segment, SegmentKind
from dutycycle.ingest.store import FileAnswer, RejectedRow, WaitingRow
from dutycycle.kit.period import is_zone, start_of_day
from dutycycle.runtime.wire import date_from_proto, invalid, timestamp_to_proto

_OUTCOMES = {
    Outcome.ACCEPTED: pb.OUTCOME_ACCEPTED,
    Outcome.WAITING: pb.OUTCOME_WAITING,
    Outcome.DUPLICATE: pb.OUTCOME_DUPLICATE,
    Outcome.REJECTED: pb.OUTCOME_REJECTED,
}
_KINDS = {
    SegmentKind.RECORDED: pb.SEGMENT_KIND_RECORDED,
    SegmentKind.RESOLVED: pb.SEGMENT_KIND_RESOLVED,
}


def batch_from_proto(message: pb.UsageBatch) -> UsageBatch:
    """Read a batch. Raises InvalidInputError if the columns do not fit each other."""
    return UsageBatch(
        source=message.source,
        event_ids=list(message.event_ids),
        occurred_at_us=list(message.occurred_at_us),
        asset_identities=list(message.asset_identities),
        meters=[MeterValues(m.meter, m.scale, list(m.values), frozenset(m.missing_rows)) for m in message.meters],
        dimensions={d.key: list(d.values) for d in message.dimensions},
    )


def batch_to_proto(batch: UsageBatch) -> pb.UsageBatch:
    return pb.UsageBatch(
        source=batch.source,
        event_ids=batch.event_ids,
        occurred_at_us=batch.occurred_at_us,
        asset_identities=batch.asset_identities,
        meters=[
            pb.MeterColumn(meter=m.meter, scale=m.scale, values=m.values, missing_rows=sorted(m.missing))
            for m in batch.meters
        ],
        dimensions=[pb.DimensionColumn(key=key, values=values) for key, values in batch.dimensions.items()],
    )


def segment_to_body(segment: Segment, create_time: datetime) -> bytes:
    """Write a segment as it is stored and read: one serialised message."""
    names = sorted({name for name in segment.placements if name})
    places = {name: index for index, name in enumerate(names, start=1)}
    return pb.Segment(
        source=segment.batch.source,
        number=segment.number,
        kind=_KINDS[segment.kind],
        batch=batch_to_proto(segment.batch),
        placements=names,
        placement_rows=[places.get(name, 0) for name in segment.placements],
        content_hashes=b"".join(segment.content_hashes),
        create_time=timestamp_to_proto(create_time),
        door=segment.door,
    ).SerializeToString(deterministic=True)


def segment_from_body(body: bytes) -> Segment:
    message = pb.Segment.FromString(body)
    names = ["", *message.placements]
    hashes = message.content_hashes
    return Segment(
        number=message.number,
        kind=SegmentKind.RECORDED if message.kind == pb.SEGMENT_KIND_RECORDED else SegmentKind.RESOLVED,
        batch=batch_from_proto(message.batch),
        placements=[names[index] for index in message.placement_rows],
        content_hashes=[hashes[i : i + HASH_BYTES] for i in range(0, len(hashes), HASH_BYTES)],
        door=message.door,
    )


def receipt_to_proto(receipt: Receipt) -> pb.UsageReceipt:
    return pb.UsageReceipt(
        received=receipt.received,
        accepted=receipt[Outcome.ACCEPTED],
        waiting=receipt[Outcome.WAITING],
        duplicate=receipt[Outcome.DUPLICATE],
        rejected=receipt[Outcome.REJECTED],
        answers=[_answer_to_proto(answer) for answer in receipt.answers],
    )


def _answer_to_proto(answer: RowAnswer) -> pb.RowAnswer:
    return pb.RowAnswer(row=answer.row, outcome=_OUTCOMES[answer.outcome], reason=answer.reason, message=answer.message)


def mapping_from_proto(message: pb.FileMapping) -> FileMapping:
    """Read a column mapping. Raises InvalidInputError naming what is missing."""
    for name in ("source", "event_id", "asset_identity", "occurred_at"):
        if not getattr(message, name):
            raise invalid(f"mapping.{name}", "declare it: nothing about a file is guessed")
    if not message.meters:
        raise invalid("mapping.meters", "name at least one meter")
    if message.time_zone and not is_zone(message.time_zone):
        raise invalid("mapping.time_zone", f"{message.time_zone!r} is no IANA time zone")
    _check_meters(message.meters)
    return FileMapping(
        name=message.name,
        sheet=message.sheet,
        source=message.source,
        event_id=message.event_id,
        asset_identity=message.asset_identity,
        occurred_at=message.occurred_at,
        time_zone=message.time_zone,
        meters=[MeterMapping(m.meter, m.column, m.constant, m.scale) for m in message.meters],
        dimensions=list(message.dimensions),
    )


def _check_meters(meters: Sequence[pb.MeterMapping]) -> None:
    seen: set[str] = set()
    for index, meter in enumerate(meters):
        field = f"mapping.meters[{index}]"
        if not meter.meter or meter.meter in seen:
            raise invalid(f"{field}.meter", f"{meter.meter!r} is empty or used twice")
        if not 0 <= meter.scale <= MAX_SCALE:
            raise invalid(f"{field}.scale", f"keep from 0 to {MAX_SCALE} digits after the point")
        if meter.constant < 0:
            raise invalid(f"{field}.constant", "usage is not negative")
        seen.add(meter.meter)


def asset_from_proto(message: contracts_pb2.Asset, sources: Mapping[str, str]) -> PlacedAsset:
    """Read an asset of contracts; `sources` gives the usage source of each customer."""
    spans = []
    for placement in message.placements:
        start = to_microseconds(start_of_day(date_from_proto(placement.start_date), placement.zone))
        span = PlacementSpan(placement.name, sources.get(placement.customer, ""), start)
        if placement.HasField("end_date"):
            end = to_microseconds(start_of_day(date_from_proto(placement.end_date), placement.zone))
            span = PlacementSpan(span.name, span.source, start, end)
        spans.append(span)
    return PlacedAsset(message.name, list(message.aliases), spans)


def meters_of(agreement: contracts_pb2.Agreement) -> set[str]:
    """Return the meters that an agreement bills."""
    return {c.measure.meter for schedule in agreement.schedules for c in schedule.charges if c.measure.meter}


def usage_record_to_proto(batch: UsageBatch, row: int, placement: str) -> pb.UsageRecord:
    return pb.UsageRecord(
        source=batch.source,
        event_id=batch.event_ids[row],
        occurred_time=timestamp_to_proto(from_microseconds(batch.occurred_at_us[row])),
        asset_identity=batch.asset_identities[row],
        placement=placement,
        quantities=batch.quantities(row),
        dimensions={key: values[row] for key, values in batch.dimensions.items() if values[row]},
    )


def usage_records_to_proto(rows: Sequence[tuple[UsageBatch, int, str]]) -> list[pb.UsageRecord]:
    return [usage_record_to_proto(*row) for row in rows]


def head_to_proto(row: Any) -> pb.SourceHead:
    """Write a row of `source_head`."""
    return pb.SourceHead(
        source=row.source,
        last_segment_number=row.last_number,
        totals=pb.UsageReceipt(
            received=row.received,
            accepted=row.accepted,
            waiting=row.waiting,
            duplicate=row.duplicate,
            rejected=row.rejected,
        ),
    )


def waiting_to_proto(row: WaitingRow) -> pb.WaitingUsage:
    record = pb.UsageRecord(
        source=row.source,
        event_id=row.event_id,
        occurred_time=timestamp_to_proto(from_microseconds(row.occurred_at_us)),
        asset_identity=row.asset_identity,
        quantities=row.quantities,
    )
    return pb.WaitingUsage(record=record, reason=row.reason, message=row.message)


def rejection_to_proto(row: RejectedRow) -> pb.Rejection:
    record = pb.UsageRecord(source=row.source)
    document = row.record
    if "event_id" in document:  # unreadable rows and messages have no fields, only what came
        record.event_id = document["event_id"]
        record.asset_identity = document["asset_identity"]
        record.quantities.update(document["quantities"])
        record.dimensions.update(document["dimensions"])
    else:
        record.dimensions.update({key: str(value) for key, value in document.items()})
    if row.occurred_at_us is not None and is_possible(row.occurred_at_us):
        record.occurred_time.CopyFrom(timestamp_to_proto(from_microseconds(row.occurred_at_us)))
    return pb.Rejection(
        name=f"rejections/{row.id}",
        record=record,
        reason=row.reason,
        message=row.message,
        times=row.times,
        origin=row.origin,
        replaced_by=row.replaced_by or "",
    )


_FILE_STATES = {
    "received": pb.FILE_STATE_RECEIVED,
    "finished": pb.FILE_STATE_FINISHED,
    "refused": pb.FILE_STATE_REFUSED,
}


def file_answer_to_proto(answer: FileAnswer) -> pb.UsageFile:
    return pb.UsageFile(
        name=answer.file.name,
        file_name=answer.file.file_name,
        state=_FILE_STATES[answer.file.state],
        receipt=receipt_to_proto(answer.receipt),
        rejected_by_reason=answer.rejected_by_reason,
        error=answer.file.error,
    )

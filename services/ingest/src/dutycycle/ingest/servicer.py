"""gRPC edge of ingest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import grpc.aio

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.api.ingest.v1.ingest_pb2_grpc import IngestServiceServicer
from dutycycle.ingest.convert import (
    batch_from_proto,
    file_answer_to_proto,
    head_to_proto,
    mapping_from_proto,
    receipt_to_proto,
    rejection_to_proto,
    usage_records_to_proto,
    waiting_to_proto,
)
from dutycycle.ingest.errors import file_refused
from dutycycle.ingest.record import from_microseconds, is_possible, to_microseconds
from dutycycle.ingest.service.query_usage import UsageQueries
from dutycycle.ingest.service.read_file import FileReader
from dutycycle.ingest.service.record_usage import UsageRecorder
from dutycycle.ingest.store import Window
from dutycycle.kit.ids import resource_id
from dutycycle.kit.period import is_zone
from dutycycle.runtime.page import decode_token, encode_token, page_size
from dutycycle.runtime.wire import date_from_proto, invalid, timestamp_from_proto

Context = grpc.aio.ServicerContext[Any, Any]
_FILE_BYTES = 64 << 20
_PIECE_BYTES = 1 << 20
_BEFORE_ALL_US = -(2**63)


class IngestServicer(IngestServiceServicer):
    def __init__(self, recorder: UsageRecorder, files: FileReader, queries: UsageQueries) -> None:
        self._recorder = recorder
        self._files = files
        self._queries = queries

    async def StreamUsage(
        self, request_iterator: AsyncIterator[pb.StreamUsageRequest], context: Context
    ) -> AsyncIterator[pb.StreamUsageResponse]:
        async for request in request_iterator:
            receipt = await self._record(request.batch)
            yield pb.StreamUsageResponse(batch_id=request.batch_id, receipt=receipt)

    async def RecordUsage(self, request: pb.RecordUsageRequest, context: Context) -> pb.RecordUsageResponse:
        return pb.RecordUsageResponse(receipt=await self._record(request.batch))

    async def _record(self, batch: pb.UsageBatch) -> pb.UsageReceipt:
        [receipt] = await self._recorder.record([batch_from_proto(batch)], "grpc", "gRPC batch")
        return receipt_to_proto(receipt)

    async def UploadFile(
        self, request_iterator: AsyncIterator[pb.UploadFileRequest], context: Context
    ) -> pb.UploadFileResponse:
        header, content = pb.FileHeader(), bytearray()
        async for request in request_iterator:
            if request.HasField("header"):
                header = request.header
            content += request.content
            if len(content) > _FILE_BYTES:
                raise file_refused(header.file_name, f"is larger than {_FILE_BYTES >> 20} MiB; split it")
        if not header.file_name:
            raise invalid("header.file_name", "the first message must carry the header")
        mapping_from_proto(header.mapping)  # a mapping that cannot work is refused before anything is stored
        mapping = header.mapping.SerializeToString(deterministic=True)
        name = await self._files.receive(header.file_name, mapping, bytes(content))
        return pb.UploadFileResponse(file=file_answer_to_proto(await self._files.read(name)))

    async def DownloadFileAnswer(
        self, request: pb.DownloadFileAnswerRequest, context: Context
    ) -> AsyncIterator[pb.DownloadFileAnswerResponse]:
        content = await self._files.annotated(request.name)
        for start in range(0, len(content), _PIECE_BYTES):
            yield pb.DownloadFileAnswerResponse(content=content[start : start + _PIECE_BYTES])

    async def ListSources(self, request: pb.ListSourcesRequest, context: Context) -> pb.ListSourcesResponse:
        return pb.ListSourcesResponse(sources=[head_to_proto(row) for row in await self._queries.list_sources()])

    async def ReadSegments(
        self, request: pb.ReadSegmentsRequest, context: Context
    ) -> AsyncIterator[pb.ReadSegmentsResponse]:
        async for body in self._queries.read_segments(request.source, request.after_number, request.limit):
            yield pb.ReadSegmentsResponse(segment=pb.Segment.FromString(body))

    async def ListUsageRecords(
        self, request: pb.ListUsageRecordsRequest, context: Context
    ) -> pb.ListUsageRecordsResponse:
        if not request.source:
            raise invalid("source", "name the source whose records are wanted")
        limit = page_size(request.page_size, 1_000, 10_000)
        [first] = decode_token(request.page_token, [0])
        rows = await self._queries.list_records(request.source, _window(request), set(request.placements))
        page = rows[first : first + limit]
        token = encode_token([first + limit]) if first + limit < len(rows) else ""
        return pb.ListUsageRecordsResponse(records=usage_records_to_proto(page), next_page_token=token, total=len(rows))

    async def ListWaitingUsage(
        self, request: pb.ListWaitingUsageRequest, context: Context
    ) -> pb.ListWaitingUsageResponse:
        limit = page_size(request.page_size, 1_000, 10_000)
        at_us, source, event_id = decode_token(request.page_token, [_BEFORE_ALL_US, "", ""])
        rows, total = await self._queries.list_waiting(request.source, (at_us, source, event_id), limit + 1)
        last = rows[limit - 1] if len(rows) > limit else None
        return pb.ListWaitingUsageResponse(
            waiting=[waiting_to_proto(row) for row in rows[:limit]],
            next_page_token=encode_token([last.occurred_at_us, last.source, last.event_id]) if last else "",
            total=total,
        )

    async def ListRejections(self, request: pb.ListRejectionsRequest, context: Context) -> pb.ListRejectionsResponse:
        limit = page_size(request.page_size, 1_000, 10_000)
        at_us, last_id = decode_token(request.page_token, [0, ""])
        if not is_possible(at_us):
            raise invalid("page_token", "use next_page_token as it was given")
        after = from_microseconds(at_us), last_id
        rows, total = await self._queries.list_rejections(request.source, request.reason, after, limit + 1)
        last = rows[limit - 1] if len(rows) > limit else None
        return pb.ListRejectionsResponse(
            rejections=[rejection_to_proto(row) for row in rows[:limit]],
            next_page_token=encode_token([to_microseconds(last.first_at), last.id]) if last else "",
            total=total,
        )

    async def GetRejection(self, request: pb.GetRejectionRequest, context: Context) -> pb.GetRejectionResponse:
        row = await self._queries.get_rejection(_rejection_id(request.name))
        return pb.GetRejectionResponse(rejection=rejection_to_proto(row))

    async def SummarizeUsage(self, request: pb.SummarizeUsageRequest, context: Context) -> pb.SummarizeUsageResponse:
        summary = await self._queries.summarize(request.source, _window(request))
        return pb.SummarizeUsageResponse(
            accepted=summary.accepted,
            waiting=sum(count for _, _, count, _ in summary.waiting),
            rejected=sum(summary.rejected_by_reason.values()),
            rejected_by_reason=summary.rejected_by_reason,
            waiting_identities=[
                pb.WaitingIdentity(asset_identity=identity, reason=reason, count=count, quantities=sums)
                for identity, reason, count, sums in summary.waiting
            ],
            estimated=summary.estimated,
        )

    async def ReplayRejection(self, request: pb.ReplayRejectionRequest, context: Context) -> pb.ReplayRejectionResponse:
        receipt = await self._queries.replay(_rejection_id(request.name), batch_from_proto(request.batch))
        return pb.ReplayRejectionResponse(receipt=receipt_to_proto(receipt))

    async def ClosePeriod(self, request: pb.ClosePeriodRequest, context: Context) -> pb.ClosePeriodResponse:
        start = date_from_proto(request.start_date, "start_date")
        end = date_from_proto(request.end_date, "end_date")
        if not request.source:
            raise invalid("source", "name the source whose period is closed")
        if end <= start:
            raise invalid("end_date", "must be after start_date: periods are half-open")
        if not is_zone(request.zone):
            raise invalid("zone", f"{request.zone!r} is no IANA time zone")
        return pb.ClosePeriodResponse(closed=await self._queries.close_period(request.source, start, end, request.zone))

    async def ResolveWaiting(self, request: pb.ResolveWaitingRequest, context: Context) -> pb.ResolveWaitingResponse:
        counts = await self._recorder.resolve_waiting()
        return pb.ResolveWaitingResponse(
            accepted=counts["accepted"],
            waiting=counts["waiting"],
            waiting_for_correction=counts["waiting_for_correction"],
        )


def _window(request: pb.ListUsageRecordsRequest | pb.SummarizeUsageRequest) -> Window:
    start = (
        to_microseconds(timestamp_from_proto(request.start_time, "start_time"))
        if request.HasField("start_time")
        else None
    )
    end = to_microseconds(timestamp_from_proto(request.end_time, "end_time")) if request.HasField("end_time") else None
    return Window(start, end)


def _rejection_id(name: str) -> str:
    found = resource_id(name, "rejections")
    if found is None:
        raise invalid("name", f"{name!r} is not of the form rejections/…")
    return found

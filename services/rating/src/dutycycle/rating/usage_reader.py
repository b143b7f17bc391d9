"""Client of ingest: sources, segments, records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import grpc.aio

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.api.ingest.v1.ingest_pb2_grpc import IngestServiceStub
from dutycycle.rating.convert import placed_record_from_proto, segment_from_proto
from dutycycle.rating.period_reading import PlacedRecord
from dutycycle.rating.usage import RecordPage, Segment
from dutycycle.runtime.page import pages
from dutycycle.runtime.wire import timestamp_to_proto

if TYPE_CHECKING:  # the generated modules have one class for both sorts of channel; only their types tell two
    from dutycycle.api.ingest.v1.ingest_pb2_grpc import IngestServiceAsyncStub


_RECORDS_A_PAGE = 10_000


class UsageReader:
    """What ingest holds, for the tenant of the present call."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._ingest: IngestServiceAsyncStub = IngestServiceStub(channel)

    async def heads(self) -> dict[str, int]:
        response = await self._ingest.ListSources(pb.ListSourcesRequest())
        return {head.source: head.last_segment_number for head in response.sources}

    async def read_segments(self, source: str, after: int, limit: int) -> list[Segment]:
        request = pb.ReadSegmentsRequest(source=source, after_number=after, limit=limit)
        return [segment_from_proto(response.segment) async for response in self._ingest.ReadSegments(request)]

    async def placed_records(
        self, source: str, start: datetime, end: datetime, placements: Sequence[str]
    ) -> list[PlacedRecord]:
        request = _records_request(source, start, end, placements, _RECORDS_A_PAGE)
        return [
            placed_record_from_proto(record)
            async for page in pages(self._ingest.ListUsageRecords, request)
            for record in page.records
        ]

    async def list_records(
        self, source: str, start: datetime, end: datetime, placements: Sequence[str], limit: int
    ) -> RecordPage:
        request = _records_request(source, start, end, placements, limit)
        response = await self._ingest.ListUsageRecords(request)
        return RecordPage([record.SerializeToString() for record in response.records], response.total)


def _records_request(
    source: str, start: datetime, end: datetime, placements: Sequence[str], size: int
) -> pb.ListUsageRecordsRequest:
    return pb.ListUsageRecordsRequest(
        source=source,
        start_time=timestamp_to_proto(start),
        end_time=timestamp_to_proto(end),
        placements=placements,
        page_size=size,
    )

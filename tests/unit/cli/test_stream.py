"""The caller's side of the gRPC door: whenever the stream breaks, every batch is stored and counted once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import grpc.aio
import pytest

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.api.ingest.v1.ingest_pb2_grpc import (
    IngestServiceServicer,
    IngestServiceStub,
    add_IngestServiceServicer_to_server,
)
from dutycycle.cli import stream

BATCHES = 40


class BreakingIngest(IngestServiceServicer):
    """Stores every batch that arrives, and breaks the stream again and again: before or after it has answered."""

    def __init__(self, answers_before_break: int, *, stores_unanswered: bool) -> None:
        self.stored: set[str] = set()
        self._answers = answers_before_break
        self._stores_unanswered = stores_unanswered

    async def StreamUsage(  # noqa: N802  # the name of the RPC
        self, request_iterator: AsyncIterator[pb.StreamUsageRequest], context: Any
    ) -> AsyncIterator[pb.StreamUsageResponse]:
        answered = 0
        async for request in request_iterator:
            event_id = request.batch.event_ids[0]
            if answered == self._answers:
                if self._stores_unanswered:
                    self.stored.add(event_id)
                await context.abort(grpc.StatusCode.UNAVAILABLE, "went away")
            known = event_id in self.stored
            self.stored.add(event_id)
            answered += 1
            receipt = pb.UsageReceipt(received=1, accepted=int(not known), duplicate=int(known))
            yield pb.StreamUsageResponse(batch_id=request.batch_id, receipt=receipt)


@pytest.mark.parametrize("stores_unanswered", [False, True])
@pytest.mark.parametrize("answers_before_break", [1, 3, 7, 8, 9, BATCHES])
async def test_nothing_is_lost_when_the_stream_breaks(
    monkeypatch: pytest.MonkeyPatch, answers_before_break: int, stores_unanswered: bool
) -> None:
    monkeypatch.setattr(stream, "_RETRY_SECONDS", 0.01)
    ingest = BreakingIngest(answers_before_break, stores_unanswered=stores_unanswered)
    server = grpc.aio.server()
    add_IngestServiceServicer_to_server(ingest, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    receipts: list[pb.UsageReceipt] = []
    batches = [pb.UsageBatch(source="s", event_ids=[f"e{number}"]) for number in range(BATCHES)]
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        client: Any = SimpleNamespace(ingest=IngestServiceStub(channel))
        await stream.UsageStream(client, receipts.append).send(iter(batches))
    await server.stop(None)
    assert ingest.stored == {f"e{number}" for number in range(BATCHES)}
    assert len(receipts) == BATCHES

"""The gRPC door from the caller's side: batches out, receipts back; what has no receipt is sent again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

import grpc
import grpc.aio

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.cli.client import Client

_WINDOW = 8
_RETRY_SECONDS = 0.5
_GIVE_UP_SECONDS = 120.0
_BROKEN = (
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.INTERNAL,  # also what grpc.aio says of itself when it writes into a stream that just broke
)
"""Codes after which the same batches are sent again; the others say that a batch or the caller is wrong."""
Received = Callable[[pb.UsageReceipt], None]


class UsageStream:
    """Sends batches over one bidirectional stream, at most a few ahead of their receipts.

    When the stream breaks, every batch without a receipt is sent again over a new one, with the same event ids: what
    was stored before the break comes back as a duplicate and changes nothing.
    """

    def __init__(self, client: Client, on_receipt: Received) -> None:
        self._client = client
        self._on_receipt = on_receipt
        self._unanswered: dict[str, pb.StreamUsageRequest] = {}
        self._progress = 0.0
        """When the last receipt came, in the loop's time."""

    async def send(self, batches: Iterable[pb.UsageBatch]) -> None:
        """Send all batches and return once each has its receipt. Raises the last error if the door stays shut."""
        source = (pb.StreamUsageRequest(batch_id=str(number), batch=batch) for number, batch in enumerate(batches))
        loop = asyncio.get_running_loop()
        self._progress = loop.time()
        while True:
            try:
                await self._send_over_one_stream(source)
                return
            except grpc.aio.AioRpcError as error:
                if error.code() not in _BROKEN or loop.time() - self._progress > _GIVE_UP_SECONDS:
                    raise
                await asyncio.sleep(_RETRY_SECONDS)

    async def _send_over_one_stream(self, source: Iterator[pb.StreamUsageRequest]) -> None:
        room = asyncio.Semaphore(_WINDOW)

        async def requests() -> AsyncIterator[pb.StreamUsageRequest]:
            for unanswered in list(self._unanswered.values()):
                await room.acquire()
                yield unanswered
            while True:
                # Room first: a batch taken while there is none would be lost if the stream broke meanwhile.
                await room.acquire()
                request = next(source, None)
                if request is None:
                    return
                self._unanswered[request.batch_id] = request
                yield request

        async for response in self._client.ingest.StreamUsage(requests()):
            if self._unanswered.pop(response.batch_id, None) is not None:
                self._on_receipt(response.receipt)
                self._progress = asyncio.get_running_loop().time()
            room.release()
        if self._unanswered:
            raise grpc.aio.AioRpcError(
                grpc.StatusCode.UNAVAILABLE, grpc.aio.Metadata(), grpc.aio.Metadata(), "the stream ended early"
            )

"""The file door from the caller's side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import grpc
import grpc.aio

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.cli.client import Client
from dutycycle.cli.document import message_from_document, read_document

_PIECE_BYTES = 1 << 20
_TRIES = 100
_RETRY_SECONDS = 0.5
T = TypeVar("T")


async def upload(client: Client, path: Path, mapping: Path) -> pb.UsageFile:
    """Send a file with its column mapping; return what became of it.

    A file whose answer was cut off is sent again: the same content goes on where it stopped.
    """
    header = pb.FileHeader(
        file_name=path.name,
        mapping=message_from_document(pb.FileMapping, read_document(mapping), str(mapping)),
    )
    content = path.read_bytes()

    async def pieces() -> AsyncIterator[pb.UploadFileRequest]:
        yield pb.UploadFileRequest(header=header)
        for start in range(0, len(content), _PIECE_BYTES):
            yield pb.UploadFileRequest(content=content[start : start + _PIECE_BYTES])

    async def send() -> pb.UsageFile:
        return (await client.ingest.UploadFile(pieces())).file

    return await _until_reached(send)


async def download_answer(client: Client, name: str, path: Path) -> None:
    """Save the file with an answer beside each row."""

    async def read() -> bytes:
        call = client.ingest.DownloadFileAnswer(pb.DownloadFileAnswerRequest(name=name))
        return b"".join([piece.content async for piece in call])

    path.write_bytes(await _until_reached(read))


async def _until_reached(work: Callable[[], Awaitable[T]]) -> T:
    """Do something that is harmless to repeat, again while the door is shut. Raises the last error if it stays so."""
    for _ in range(_TRIES - 1):
        try:
            return await work()
        except grpc.aio.AioRpcError as error:
            if error.code() != grpc.StatusCode.UNAVAILABLE:
                raise
            await asyncio.sleep(_RETRY_SECONDS)
    return await work()

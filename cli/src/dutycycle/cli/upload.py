"""The file door from the caller's side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import grpc.aio

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.cli.client import Client
from dutycycle.cli.document import message_from_document, read_document

_PIECE_BYTES = 1 << 20
_TRIES = 100
_RETRY_SECONDS = 0.5


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

    for attempt in range(_TRIES):
        try:
            return (await client.ingest.UploadFile(pieces())).file
        except grpc.aio.AioRpcError as error:
            if error.code() != grpc.StatusCode.UNAVAILABLE or attempt == _TRIES - 1:
                raise
            await asyncio.sleep(_RETRY_SECONDS)
    raise AssertionError("the last attempt returns or raises")


async def download_answer(client: Client, name: str, path: Path) -> None:
    """Save the file with an answer beside each row."""
    call = client.ingest.DownloadFileAnswer(pb.DownloadFileAnswerRequest(name=name))
    path.write_bytes(b"".join([piece.content async for piece in call]))

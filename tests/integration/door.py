"""The four doors of ingest from the caller's side: the same rows as a batch, a CSV, a workbook, a device message."""

from __future__ import annotations

import csv
import io
import json
import queue
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from paho.mqtt.client import Client as MqttClient
from paho.mqtt.enums import CallbackAPIVersion

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.cli.client import Client
from tests.integration import lease
from tests.unit.ingest.workbook import workbook

COLUMNS = ("carrier", "event", "at", "tail", "minutes")
MAPPING = pb.FileMapping(
    name="flights",
    sheet="Flights",
    source="ops-{carrier}",
    event_id="{event}",
    asset_identity="tail",
    occurred_at="at",
    meters=[pb.MeterMapping(meter="minutes", column="minutes")],
)
WAIT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Row:
    """One flight of March 2024, as the source reports it."""

    event: str
    tail: str
    minutes: int | None
    day: int = 5

    @property
    def at(self) -> str:
        return f"2024-03-{self.day:02}T12:00:00Z"


def as_batch(code: str, rows: Sequence[Row]) -> pb.UsageBatch:
    batch = lease.usage(code, [(row.event, row.tail, row.minutes) for row in rows])
    batch.occurred_at_us[:] = [lease.microseconds(row.day) for row in rows]
    return batch


def as_table(code: str, rows: Sequence[Row], transfer: object) -> list[list[object]]:
    """Write header and rows; `transfer` goes into a column that no mapping reads, and makes a file another file."""
    lines = [[code, row.event, row.at, row.tail, row.minutes, transfer] for row in rows]
    return [[*COLUMNS, "transfer"], *lines]


def as_csv(code: str, rows: Sequence[Row], transfer: object = "first") -> bytes:
    out = io.StringIO(newline="")
    table = as_table(code, rows, transfer)
    csv.writer(out).writerows([["NA" if cell is None else cell for cell in line] for line in table])
    return out.getvalue().encode()


def as_workbook(code: str, rows: Sequence[Row], transfer: object = "first") -> bytes:
    return workbook(as_table(code, rows, transfer))


def as_message(sequence: int, rows: Sequence[Row]) -> bytes:
    records = [{"id": r.event, "at": r.at, "asset": r.tail, "meters": {"minutes": r.minutes}} for r in rows]
    return json.dumps({"seq": sequence, "records": records}).encode()


async def upload(client: Client, file_name: str, content: bytes, mapping: pb.FileMapping = MAPPING) -> pb.UsageFile:
    async def pieces() -> AsyncIterator[pb.UploadFileRequest]:
        yield pb.UploadFileRequest(header=pb.FileHeader(file_name=file_name, mapping=mapping))
        for start in range(0, len(content), 1 << 20):
            yield pb.UploadFileRequest(content=content[start : start + (1 << 20)])

    return (await client.ingest.UploadFile(pieces())).file


async def answered(client: Client, name: str) -> bytes:
    pieces = client.ingest.DownloadFileAnswer(pb.DownloadFileAnswerRequest(name=name))
    return b"".join([piece.content async for piece in pieces])


class Gateway(AbstractContextManager["Gateway"]):
    """A device that sends each payload once and keeps what comes back."""

    def __init__(self, address: tuple[str, int], tenant: str, name: str, password: str, *, user: str = "") -> None:
        self._topic = f"t/{tenant}/d/{name}"
        self._address = address
        self._ready: queue.Queue[None] = queue.Queue()
        self._receipts: queue.Queue[dict[str, Any]] = queue.Queue()
        self._client = MqttClient(CallbackAPIVersion.VERSION2, client_id=f"{tenant}-{name}", clean_session=True)
        self._client.username_pw_set(user or name, password)
        self._client.on_connect = lambda client, *_: client.subscribe(f"{self._topic}/receipt", qos=1)
        self._client.on_subscribe = lambda *_: self._ready.put(None)
        self._client.on_message = lambda _client, _data, message: self._receipts.put(json.loads(message.payload))

    def __enter__(self) -> Gateway:
        self._client.connect_async(*self._address, keepalive=30)
        self._client.loop_start()
        self._ready.get(timeout=WAIT_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def send(self, *payloads: bytes) -> None:
        """Hand payloads to the broker and return once it holds them."""
        for sent in [self._client.publish(f"{self._topic}/usage", payload, qos=1) for payload in payloads]:
            sent.wait_for_publish(WAIT_SECONDS)

    def receipt(self) -> dict[str, Any]:
        """Return the next receipt; raises queue.Empty if none comes."""
        return self._receipts.get(timeout=WAIT_SECONDS)

    def ask(self, payload: bytes) -> dict[str, Any]:
        self.send(payload)
        return self.receipt()

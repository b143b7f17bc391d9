"""Feed the year through the doors, and count what ingest answered."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.cli.client import Client
from dutycycle.cli.demo.flight import (
    Flight,
    device_messages,
    grouped,
    usage_batches,
    write_csv,
    write_workbook,
)
from dutycycle.cli.device import Device
from dutycycle.cli.device import Receipt as DeviceReceipt
from dutycycle.cli.stream import UsageStream
from dutycycle.cli.upload import download_answer, upload


class Door(StrEnum):
    """Ways in."""

    GRPC = "gRPC stream"
    CSV = "CSV file"
    EXCEL = "Excel file"
    MQTT = "MQTT"


@dataclass(slots=True)
class Tally:
    """What ingest answered: received = accepted + waiting + duplicate + all rejected."""

    received: int = 0
    accepted: int = 0
    waiting: int = 0
    duplicate: int = 0
    rejected: Counter[str] = field(default_factory=Counter)

    def add_receipt(self, receipt: pb.UsageReceipt) -> None:
        """Count the receipt of a batch."""
        self._add(receipt.received, receipt.accepted, receipt.waiting, receipt.duplicate)
        self.rejected.update(a.reason for a in receipt.answers if a.outcome == pb.OUTCOME_REJECTED)

    def add_device_receipt(self, receipt: DeviceReceipt) -> None:
        """Count the receipt of a device message."""
        self._add(receipt["received"], receipt["accepted"], receipt["waiting"], receipt["duplicate"])
        self.rejected.update(a["reason"] for a in receipt["answers"] if a["outcome"] == "rejected")

    def add_file(self, file: pb.UsageFile) -> None:
        """Count the answer to a file."""
        receipt = file.receipt
        self._add(receipt.received, receipt.accepted, receipt.waiting, receipt.duplicate)
        self.rejected.update(file.rejected_by_reason)

    def _add(self, received: int, accepted: int, waiting: int, duplicate: int) -> None:
        self.received += received
        self.accepted += accepted
        self.waiting += waiting
        self.duplicate += duplicate

    def check(self) -> None:
        """Raise if a row was not answered for."""
        answered = self.accepted + self.waiting + self.duplicate + self.rejected.total()
        if self.received != answered:
            raise RuntimeError(f"received {self.received:,} rows but answered for {answered:,}")


FIRST_TIME: Mapping[str, Door] = {
    **{f"2013-{month:02}": Door.GRPC for month in range(1, 9)},
    "2013-09": Door.CSV,
    "2013-10": Door.EXCEL,
    **dict.fromkeys(("2013-11", "2013-12", "2014-01"), Door.MQTT),
}
"""Door of each UTC month; a few flights of New York's New Year's Eve are already in January."""

SWAPPED: Mapping[str, Door] = {
    **{f"2013-{month:02}": Door.MQTT for month in range(1, 5)},
    **{f"2013-{month:02}": Door.CSV for month in range(5, 8)},
    "2013-08": Door.EXCEL,
    **{f"2013-{month:02}": Door.GRPC for month in range(9, 13)},
    "2014-01": Door.GRPC,
}
"""Every month through another door than the first time."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Sends flights; the doors' particulars are given once."""

    client: Client
    mqtt_address: tuple[str, int] | None
    tenant: str
    device_passwords: Mapping[str, str]
    mappings: Path
    """Directory of the column mappings."""
    work: Path
    """Where files are written before they are uploaded, and their answers afterwards."""
    answers: list[asyncio.Task[None]] = field(default_factory=list)

    async def send_month(self, month: str, flights: Sequence[Flight], door: Door, tally: Tally) -> None:
        """Send the flights of one UTC month through a door and count the answers."""
        if door is Door.GRPC:
            await UsageStream(self.client, tally.add_receipt).send(usage_batches(flights))
        elif door is Door.MQTT:
            await self._send_devices(flights, tally)
        else:
            await self._send_file(month, flights, door, tally)

    async def _send_devices(self, flights: Sequence[Flight], tally: Tally) -> None:
        if self.mqtt_address is None:
            raise RuntimeError("ingest listens to no MQTT broker: set DUTYCYCLE_INGEST_MQTT_URL")
        by_carrier = grouped(flights, lambda f: f.source)
        devices = [
            Device(self.mqtt_address, self.tenant, name, self.device_passwords[name]).send(
                device_messages(group), tally.add_device_receipt
            )
            for name, group in by_carrier.items()
        ]
        await asyncio.gather(*devices)

    async def _send_file(self, month: str, flights: Sequence[Flight], door: Door, tally: Tally) -> None:
        self.work.mkdir(parents=True, exist_ok=True)
        ending, write = ("csv", write_csv) if door is Door.CSV else ("xlsx", write_workbook)
        path = self.work / f"flights-{month}.{ending}"
        await asyncio.to_thread(write, flights, path)
        file = await upload(self.client, path, self.mappings / f"flights-{ending}.yaml")
        if file.state != pb.FILE_STATE_FINISHED:
            raise RuntimeError(f"{path.name} was refused: {file.error}")
        tally.add_file(file)
        answered = self.work / f"flights-{month}-answered.{ending}"
        # Marking a workbook takes a while; the next month need not wait for it.
        self.answers.append(asyncio.create_task(download_answer(self.client, file.name, answered)))

    async def finish(self) -> None:
        """Return once every answered file is saved."""
        await asyncio.gather(*self.answers)

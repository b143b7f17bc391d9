"""The MQTT door from the device's side: a message is kept until its receipt comes, not only the broker's PUBACK."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

_WINDOW = 8
_RESEND_SECONDS = 15.0
_CONNECT_SECONDS = 30.0
Receipt = Mapping[str, Any]


class Device:
    """A device (or the gateway of a carrier) that reports usage on its own topic."""

    def __init__(self, address: tuple[str, int], tenant: str, name: str, password: str) -> None:
        self._topic = f"t/{tenant}/d/{name}"
        self._address = address
        self._ready = asyncio.Event()
        self._unanswered: dict[int, str] = {}
        self._answered: asyncio.Queue[Receipt] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=name, clean_session=True)
        self._client.username_pw_set(name, password)
        self._client.on_connect = self._connected
        self._client.on_subscribe = self._subscribed
        self._client.on_message = self._arrived

    async def send(self, messages: Iterable[list[dict[str, Any]]], on_receipt: Callable[[Receipt], None]) -> None:
        """Send lists of records, a message each, and return once every message has its receipt."""
        self._client.connect_async(*self._address, keepalive=30)
        self._client.loop_start()
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await self._ready.wait()
            for sequence, records in enumerate(messages):
                while len(self._unanswered) >= _WINDOW:
                    await self._next_receipt(on_receipt)
                self._unanswered[sequence] = json.dumps({"seq": sequence, "records": records})
                self._publish(sequence)
            while self._unanswered:
                await self._next_receipt(on_receipt)
        finally:
            self._client.disconnect()
            self._client.loop_stop()

    async def _next_receipt(self, on_receipt: Callable[[Receipt], None]) -> None:
        try:
            async with asyncio.timeout(_RESEND_SECONDS):
                receipt = await self._answered.get()
        except TimeoutError:
            for sequence in list(self._unanswered):
                self._publish(sequence)
            return
        # A message that was sent twice has two receipts; the first one tells what became of it.
        if self._unanswered.pop(receipt["seq"], None) is not None:
            on_receipt(receipt)

    def _publish(self, sequence: int) -> None:
        self._client.publish(f"{self._topic}/usage", self._unanswered[sequence], qos=1)

    def _connected(
        self, client: Client, userdata: object, flags: ConnectFlags, code: ReasonCode, properties: Properties | None
    ) -> None:
        if not code.is_failure:
            client.subscribe(f"{self._topic}/receipt", qos=1)

    def _subscribed(
        self, client: Client, userdata: object, mid: int, codes: list[ReasonCode], properties: Properties | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._ready.set)

    def _arrived(self, client: Client, userdata: object, message: MQTTMessage) -> None:
        self._loop.call_soon_threadsafe(self._answered.put_nowait, json.loads(message.payload))

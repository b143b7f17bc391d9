"""MQTT edge: a persistent session that acknowledges a message only after its own commit."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import structlog
from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from dutycycle.ingest import device_message
from dutycycle.ingest.errors import Reason
from dutycycle.ingest.service.record_usage import UsageRecorder
from dutycycle.ingest.store import RejectedRow
from dutycycle.kit.ids import digest
from dutycycle.runtime import tenancy

_log = structlog.get_logger()
_KEEPALIVE_SECONDS = 30
_SESSION_SECONDS = 30.0


class MqttDoor:
    """Takes device messages from the broker.

    The broker acknowledges to the device as soon as it holds the message; the device's proof of storage is the receipt
    on its own topic. A message that is not acknowledged here comes again, to this process or the next.
    """

    def __init__(self, url: str, client_id: str, recorder: UsageRecorder, tenants: Mapping[str, str]) -> None:
        self._recorder = recorder
        self._tenants = tenants
        self._subscribed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        address = urlsplit(url)
        self._host, self._port = address.hostname or "127.0.0.1", address.port or 1883
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=client_id, clean_session=False, manual_ack=True)
        if address.username:
            self._client.username_pw_set(unquote(address.username), unquote(address.password or ""))
        if address.scheme == "mqtts":
            self._client.tls_set_context(ssl.create_default_context())
        self._client.on_connect = self._connected
        self._client.on_subscribe = self._acknowledged
        self._client.on_message = self._arrived

    async def open(self) -> None:
        """Connect and return once the broker holds the session: from then on no device message can be missed."""
        self._client.connect_async(self._host, self._port, keepalive=_KEEPALIVE_SECONDS)
        self._client.loop_start()
        async with asyncio.timeout(_SESSION_SECONDS):
            await self._subscribed.wait()

    async def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connected(
        self, client: Client, userdata: object, flags: ConnectFlags, code: ReasonCode, properties: Properties | None
    ) -> None:
        if code.is_failure:
            _log.error("mqtt.refused", code=str(code))
            return
        client.subscribe(device_message.USAGE_TOPICS, qos=1)

    def _acknowledged(
        self, client: Client, userdata: object, mid: int, codes: list[ReasonCode], properties: Properties | None
    ) -> None:
        _log.info("mqtt.session_held", codes=[str(code) for code in codes])
        self._loop.call_soon_threadsafe(self._subscribed.set)

    def _arrived(self, client: Client, userdata: object, message: MQTTMessage) -> None:
        """Hand a message over from paho's thread."""
        asyncio.run_coroutine_threadsafe(self._take(message), self._loop)

    async def _take(self, message: MQTTMessage) -> None:
        topic = device_message.topic_of(message.topic)
        try:
            with tenancy.bound(topic.tenant, f"mqtt-{topic.device}-{message.mid}"):
                answer = await self._record(topic, bytes(message.payload))
        except Exception:
            # Not acknowledged: the broker brings it again.
            _log.exception("mqtt.not_recorded", topic=message.topic)
            return
        self._client.publish(topic.receipt, answer, qos=1)
        if self._client.ack(message.mid, message.qos) != MQTTErrorCode.MQTT_ERR_SUCCESS:
            _log.warning("mqtt.not_acknowledged", topic=message.topic)

    async def _record(self, topic: device_message.DeviceTopic, payload: bytes) -> bytes:
        if topic.tenant not in self._tenants:
            return device_message.refusal_payload(f"there is no tenant {topic.tenant!r}")
        try:
            message = device_message.parse_message(payload, topic.device)
        except ValueError as error:
            await self._recorder.keep_unreadable([_unreadable(topic, payload, str(error))])
            return device_message.refusal_payload(str(error))
        [receipt] = await self._recorder.record([message.batch], "mqtt", f"device {topic.device}")
        return device_message.receipt_payload(message.sequence, receipt)


def _unreadable(topic: device_message.DeviceTopic, payload: bytes, message: str) -> RejectedRow:
    return RejectedRow(
        id=digest(f"{topic.device}\x1f{Reason.UNREADABLE_MESSAGE}\x1f".encode() + payload)[:32],
        source=topic.device,
        reason=Reason.UNREADABLE_MESSAGE,
        message=message,
        record={"payload": payload.decode("utf-8", "replace").replace("\0", "\ufffd")},  # NUL is no text to PostgreSQL
        occurred_at_us=None,
        origin=f"device {topic.device}",
    )

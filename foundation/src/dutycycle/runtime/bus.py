"""NATS JetStream: carries what the outbox says. PostgreSQL remembers; a lost stream loses nothing but time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NatsTimeoutError
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, StreamConfig
from nats.js.errors import NotFoundError as StreamNotFoundError

from dutycycle.runtime import tenancy

_log = structlog.get_logger()
_TENANT = "Dutycycle-Tenant"
_MESSAGE_ID = "Nats-Msg-Id"
_STREAM_BYTES = 1 << 30
_STREAM_SECONDS = 7 * 86_400
_ACK_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Message:
    """One event. The tenant came with it from the publisher's outbox."""

    subject: str
    tenant: str
    message_id: str
    body: bytes


Handler = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A durable consumer: every message of the subject is handled at least once, in order, one at a time."""

    durable: str
    """Name, unique in the stream: "rating-segments"."""
    subject: str
    """Subject with wildcards: "dutycycle.ingest.segment.committed"."""
    handler: Handler


class Bus:
    """A connection to NATS that comes back by itself."""

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._client: Client | None = None
        self._streams: set[str] = set()

    async def connect(self) -> None:
        """Connect; waits for a server that is still starting."""
        self._client = await nats.connect(
            self._url, name=self._name, max_reconnect_attempts=-1, reconnect_time_wait=0.5, error_cb=_log_error
        )

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    @property
    def connected(self) -> bool:
        return self._client is not None and self._client.is_connected

    async def publish(self, subject: str, body: bytes, *, tenant: str, message_id: str) -> None:
        """Publish and wait for the stream's acknowledgement. The message id makes a second try harmless."""
        stream = await self._ensure_stream(subject)
        headers = {_TENANT: tenant, _MESSAGE_ID: message_id}
        try:
            await self._jetstream().publish(subject, body, stream=stream, headers=headers, timeout=10)
        except Exception:
            self._streams.discard(stream)  # perhaps it is gone: the next try makes it again
            raise

    async def run(self, subscription: Subscription) -> None:
        """Handle messages until cancelled. A handler that raises gets the message again later."""
        stream = await self._ensure_stream(subscription.subject)
        config = ConsumerConfig(
            durable_name=subscription.durable,
            filter_subject=subscription.subject,
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=_ACK_WAIT_SECONDS,
            max_ack_pending=256,
        )
        while True:
            try:
                pull = await self._jetstream().pull_subscribe(
                    subscription.subject, durable=subscription.durable, stream=stream, config=config
                )
                await self._handle_all(pull, subscription)
            except asyncio.CancelledError:
                raise
            except Exception:
                # The server went away or lost the consumer; both come back by subscribing again.
                _log.exception("bus.consumer_interrupted", durable=subscription.durable)
                self._streams.discard(stream)
                await asyncio.sleep(1)
                stream = await self._ensure_stream(subscription.subject)

    async def _handle_all(self, pull: JetStreamContext.PullSubscription, subscription: Subscription) -> None:
        while True:
            try:
                messages = await pull.fetch(64, timeout=5)
            except (NatsTimeoutError, TimeoutError):
                continue
            for message in messages:
                await self._handle(message, subscription.handler)

    async def _handle(self, raw: Msg, handler: Handler) -> None:
        headers = raw.headers or {}
        message = Message(raw.subject, headers.get(_TENANT, ""), headers.get(_MESSAGE_ID, ""), raw.data)
        with tenancy.bound(message.tenant, message.message_id):
            try:
                await handler(message)
            except Exception:
                _log.exception("bus.handler_failed", subject=message.subject)
                await raw.nak(delay=2)
            else:
                await raw.ack()

    async def _ensure_stream(self, subject: str) -> str:
        """Make the stream of a service unless it is there: all its subjects, in files."""
        service = subject.split(".")[1]
        name = f"DUTYCYCLE_{service.upper()}"
        if name in self._streams:
            return name
        jetstream = self._jetstream()
        try:
            await jetstream.stream_info(name)
        except StreamNotFoundError:
            await jetstream.add_stream(
                StreamConfig(
                    name=name,
                    subjects=[f"dutycycle.{service}.>"],
                    max_bytes=_STREAM_BYTES,
                    max_age=_STREAM_SECONDS,
                    discard=DiscardPolicy.NEW,  # a full stream refuses, the outbox keeps; dropping would be silent
                    duplicate_window=120,
                )
            )
        self._streams.add(name)
        return name

    def _jetstream(self) -> JetStreamContext:
        if self._client is None:
            raise RuntimeError("the bus is not connected")
        return self._client.jetstream()


async def _log_error(error: Exception) -> None:
    _log.warning("bus.error", error=repr(error))

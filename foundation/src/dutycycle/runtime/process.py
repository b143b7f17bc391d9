"""One service as a process: migrate, serve, consume, relay, drain."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc.aio
import structlog
import uvloop
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from dutycycle.runtime import logs, migration
from dutycycle.runtime.bus import Bus, Subscription
from dutycycle.runtime.database import Database
from dutycycle.runtime.interceptor import CallInterceptor
from dutycycle.runtime.outbox import Relay
from dutycycle.runtime.rpc import MAX_MESSAGE_BYTES
from dutycycle.runtime.settings import ServiceSettings

_log = structlog.get_logger()
_STOP_GRACE_SECONDS = 30.0
_SERVER_OPTIONS: list[tuple[str, Any]] = [
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
    ("grpc.max_connection_age_ms", 300_000),  # clients of a headless Kubernetes service find new pods by reconnecting
    ("grpc.max_connection_age_grace_ms", 120_000),
    ("grpc.so_reuseport", 0),
]


@dataclass(slots=True)
class Process:
    """What a composition root puts together; `run` does the rest."""

    name: str
    """Name of the service, also of its schema."""
    settings: ServiceSettings
    listen: str
    """Address to serve on: "0.0.0.0:7103"."""
    database: Database
    bus: Bus
    migrations: Path
    service_name: str
    """Full name of the gRPC service: "dutycycle.api.rating.v1.RatingService"."""
    register: Callable[[grpc.aio.Server], None]
    """Adds the servicer to the server."""
    subscriptions: Sequence[Subscription] = ()
    background: Sequence[Callable[[], Coroutine[Any, Any, None]]] = ()
    """Work beside the calls: loops that run as long as the process, or things done once after the start."""
    start: Callable[[], Awaitable[None]] | None = None
    """Called once connected, before serving."""
    drain: Callable[[], None] | None = None
    """Called before the server stops, to end streams that last as long as their callers listen."""
    stop: Callable[[], Awaitable[None]] | None = None
    """Called after the server stopped."""
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def serve(self, until: asyncio.Event) -> None:
        """Serve until the event is set, then drain."""
        await self._open()
        server = grpc.aio.server(interceptors=[CallInterceptor(self.settings.tenant_tokens)], options=_SERVER_OPTIONS)
        status = health.aio.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(status, server)
        reflection.enable_server_reflection((self.service_name, health.SERVICE_NAME, reflection.SERVICE_NAME), server)
        self.register(server)
        server.add_insecure_port(self.listen)
        await server.start()
        loops = [lambda sub=sub: self.bus.run(sub) for sub in self.subscriptions]
        relay = Relay(self.database, self.bus, list(self.settings.tenant_tokens))
        for loop in (relay.run, *loops, *self.background):
            self._tasks.append(asyncio.create_task(self._keep(loop)))
        await self._announce(status, health_pb2.HealthCheckResponse.SERVING)
        _log.info("service.serving", listen=self.listen)
        await until.wait()
        # New calls go elsewhere before the server refuses them.
        await self._announce(status, health_pb2.HealthCheckResponse.NOT_SERVING)
        await asyncio.sleep(self.settings.drain_seconds)
        if self.drain is not None:
            self.drain()
        await server.stop(_STOP_GRACE_SECONDS)
        await self._close()

    async def _open(self) -> None:
        if self.settings.migrate_on_start:
            await migration.migrate(self.settings.database_url, self.name, self.migrations)
        else:
            await migration.require_current(self.settings.database_url, self.name, self.migrations)
        await self.bus.connect()
        if self.start is not None:
            await self.start()

    async def _close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.stop is not None:
            await self.stop()
        await self.bus.close()
        await self.database.close()
        _log.info("service.stopped")

    async def _announce(self, status: health.aio.HealthServicer, value: int) -> None:
        for name in ("", "readiness", self.service_name):
            await status.set(name, value)
        await status.set("liveness", health_pb2.HealthCheckResponse.SERVING)

    async def _keep(self, loop: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run background work to its end; if it dies, start it again rather than go on without it."""
        while True:
            try:
                await loop()
                return
            except asyncio.CancelledError:
                raise
            except Exception:
                _log.exception("service.loop_failed")
            await asyncio.sleep(1)


def run(process: Callable[[], Process], settings: ServiceSettings, name: str, migrations: Path) -> None:
    """Be the main program of a service: `migrate` as only argument brings the schema up to date and ends."""
    logs.configure(name, settings.log_format, settings.log_level)
    if sys.argv[1:] == ["migrate"]:
        applied = asyncio.run(migration.migrate(settings.database_url, name, migrations))
        _log.info("schema.migrated", applied=applied)
        return
    if sys.argv[1:]:
        raise SystemExit(f"usage: dutycycle-{name} [migrate]")
    uvloop.run(_serve(process))


async def _serve(process: Callable[[], Process]) -> None:
    until = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, until.set)
    await process().serve(until)

"""Dutycycle on one machine: the two servers and every service as a process of its own."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from dutycycle.cli.server import Nats, Postgres, free_port

SERVICES = ("contracts", "ingest", "rating", "offers", "invoicing", "notify")
PORTAL = "portal"
"""The pages over them: HTTP, no gRPC, no schema."""
_START_SECONDS = 90.0
_STOP_SECONDS = 45.0


@dataclass(slots=True)
class Stack:
    """What `dutycycle dev` and the demo run on; a test may ask for some of the services only."""

    directory: Path
    """Where servers keep their files and services write their logs."""
    tenants: Mapping[str, str] = field(default_factory=lambda: {"skyline": secrets.token_urlsafe(24)})
    """Tenant to token."""
    services: Sequence[str] = SERVICES
    settings: Mapping[str, str] = field(default_factory=dict)
    """Further settings of services, by the name of their environment variable."""
    staff: Sequence[str] = ()
    """Mailboxes of people at the lessor who may sign in to the portal; it runs if there are any."""
    ports: Mapping[str, int] = field(default_factory=dict)
    """Ports of services by name; a free one where none is given."""
    environment: dict[str, str] = field(default_factory=dict)
    _postgres: Postgres | None = None
    _nats: Nats | None = None
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Start everything and wait until every service serves."""
        self.directory.mkdir(parents=True, exist_ok=True)
        self._start_servers()
        for name in SERVICES:
            address = f"127.0.0.1:{self.ports.get(name) or free_port()}"
            self.environment[f"DUTYCYCLE_{name.upper()}_LISTEN"] = address
            self.environment[f"DUTYCYCLE_{name.upper()}_TARGET"] = address
        portal = f"127.0.0.1:{self.ports.get(PORTAL) or free_port()}"
        self.environment |= {
            "DUTYCYCLE_PORTAL_LISTEN": portal,
            "DUTYCYCLE_PORTAL_URL": f"http://{portal}",
            "DUTYCYCLE_PORTAL_SECRETS": json.dumps([self.secret("portal-key")]),
            "DUTYCYCLE_PORTAL_STAFF": json.dumps(dict.fromkeys(self.staff, next(iter(self.tenants)))),
            "DUTYCYCLE_OFFERS_LINK_KEYS": json.dumps([self.secret("link-key")]),
            "DUTYCYCLE_INVOICING_PORTAL_URL": f"http://{portal}",
            "DUTYCYCLE_TENANT_TOKENS": json.dumps(dict(self.tenants)),
            "DUTYCYCLE_MIGRATE_ON_START": "true",
            "DUTYCYCLE_DRAIN_SECONDS": "0.2",
            **self.settings,
        }
        for name in self.services:
            self.launch(name)
        for name in self.services:
            self.wait_until_serving(name)
        if self.staff:
            self.launch(PORTAL)
            self.wait_until_serving(PORTAL)

    def secret(self, name: str) -> str:
        """Return a key that is made once and stays below the directory, so that links outlive a restart."""
        path = self.directory / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32), encoding="utf-8")
        return path.read_text(encoding="utf-8")

    @property
    def portal_url(self) -> str:
        """Return where the portal is."""
        return self.environment["DUTYCYCLE_PORTAL_URL"]

    def _start_servers(self) -> None:
        """Start the servers, or take the ones the environment names."""
        database_url = os.environ.get("DUTYCYCLE_DATABASE_URL")
        if database_url is None:
            self._postgres = Postgres(self.directory / "postgres")
            self._postgres.start()
            database_url = self._postgres.url
        self.environment["DUTYCYCLE_DATABASE_URL"] = database_url
        if "DUTYCYCLE_NATS_URL" in os.environ:
            for name in ("DUTYCYCLE_NATS_URL", "DUTYCYCLE_INGEST_MQTT_URL"):
                self.environment[name] = os.environ.get(name, "")
            return
        self._nats = Nats(self.directory / "nats", free_port(), free_port(), secrets.token_urlsafe(16))
        self._nats.start()
        self.environment["DUTYCYCLE_NATS_URL"] = self._nats.url
        self.environment["DUTYCYCLE_INGEST_MQTT_URL"] = self._nats.mqtt_url

    def target(self, name: str) -> str:
        """Return the address of a service."""
        return self.environment[f"DUTYCYCLE_{name.upper()}_TARGET"]

    @property
    def mqtt_address(self) -> tuple[str, int] | None:
        """Return host and port of the MQTT listener; None if ingest listens to no broker."""
        host, _, port = self.environment["DUTYCYCLE_INGEST_MQTT_URL"].rpartition("@")[2].partition(":")
        return (host, int(port)) if port else None

    def admit_devices(self, passwords: Mapping[str, str], tenant: str) -> None:
        """Let devices in on the MQTT listener of our own nats-server."""
        if self._nats is not None:
            self._nats.admit_devices(passwords, tenant)

    def launch(self, name: str) -> None:
        """Start the process of a service; its log goes to `logs/<name>.log`."""
        logs = self.directory / "logs"
        logs.mkdir(exist_ok=True)
        with (logs / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", f"dutycycle.{name}"],
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_serving(self, name: str) -> None:
        """Return once the service's health says SERVING. Raises RuntimeError with its last log lines if it ended."""
        deadline = time.monotonic() + _START_SECONDS
        while not self._is_serving(name):
            ended = self._processes[name].poll()
            if ended is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{name} does not serve (exit code {ended}); its log ends:\n{self.log_tail(name)}")
            time.sleep(0.1)

    def _is_serving(self, name: str) -> bool:
        """Ask a service, or the portal, once."""
        if name == PORTAL:
            try:
                with urllib.request.urlopen(f"{self.portal_url}/readyz", timeout=2) as answer:  # noqa: S310  # ours
                    return bool(answer.status == 200)
            except OSError:
                return False  # not listening yet
        with grpc.insecure_channel(self.target(name)) as channel:
            try:
                request = health_pb2.HealthCheckRequest(service="readiness")
                answer = health_pb2_grpc.HealthStub(channel).Check(request, timeout=2)
            except grpc.RpcError:
                return False  # not listening yet
            return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)

    def log_tail(self, name: str, lines: int = 20) -> str:
        """Return the last lines of a service's log."""
        text = (self.directory / "logs" / f"{name}.log").read_text(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def ended(self) -> list[str]:
        """Return the services whose process has ended."""
        return [name for name, process in self._processes.items() if process.poll() is not None]

    def kill(self, name: str) -> None:
        """Kill a service with SIGKILL, as a crash would."""
        self._processes[name].kill()
        self._processes[name].wait()

    def terminate(self, name: str) -> None:
        """Stop a service with SIGTERM, as a rollout would, and wait for it."""
        self._processes[name].terminate()
        self._processes[name].wait(timeout=_STOP_SECONDS)

    def restart(self, name: str) -> None:
        """Start a stopped service again and wait for it."""
        self.launch(name)
        self.wait_until_serving(name)

    def stop(self) -> None:
        """Stop services, then servers. What does not end in time is killed."""
        for process in self._processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        for process in self._processes.values():
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
        self._processes.clear()
        if self._nats is not None:
            self._nats.stop()
        if self._postgres is not None:
            self._postgres.stop()

    def __enter__(self) -> Stack:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

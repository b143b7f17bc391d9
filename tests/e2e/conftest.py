"""The year of aircraft usage, once for all tests of this folder: real servers, real services, real mail."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from dutycycle.cli.demo.run import tell
from dutycycle.cli.demo.story import Story
from dutycycle.cli.dev import STAFF
from dutycycle.cli.mailbox import Mailbox
from dutycycle.cli.server import free_port
from dutycycle.cli.stack import Stack

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "aircraft"


@pytest.fixture(scope="session")
def state() -> Iterator[Path]:
    """A directory that PostgreSQL's own user can reach."""
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-e2e-", dir="/var/tmp"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def year(state: Path) -> Iterator[Story]:
    """The demo's run, undisturbed, with its stack still up."""
    out, smtp_port = state / "out", free_port()
    mailbox = Mailbox(out / "mail", smtp_port)
    mailbox.start()
    settings = {"DUTYCYCLE_NOTIFY_SMTP_PORT": str(smtp_port)}
    try:
        with Stack(state / "year", settings=settings, staff=[STAFF]) as stack:
            story = Story(stack, EXAMPLE, out, Console(quiet=True))
            asyncio.run(tell(story))
            yield story
    finally:
        mailbox.stop()

"""Notify on a real PostgreSQL, under the role and the row-level security it has in production."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from dutycycle.cli.server import Postgres
from dutycycle.notify.app import MIGRATIONS
from dutycycle.runtime import migration
from dutycycle.runtime.database import Database


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """PostgreSQL with the schema of notify."""
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-notify-", dir="/var/tmp"))
    directory.chmod(0o755)
    postgres = Postgres(directory)
    try:
        postgres.start()
        asyncio.run(migration.migrate(postgres.url, "notify", MIGRATIONS))
        yield postgres.url
    finally:
        postgres.stop()
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, "notify")
    yield database
    await database.close()

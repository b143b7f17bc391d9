"""Transactional outbox and inbox: what is said is committed with what was done; what was heard is taken once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from dutycycle.runtime.bus import Bus
from dutycycle.runtime.database import SAID, Database
from dutycycle.runtime.tenancy import tenant

_log = structlog.get_logger()
_BATCH = 200
_POLL_SECONDS = 1.0

_ADD = text("insert into outbox (tenant, subject, body) values (:tenant, :subject, :body)")
_TAKE = text("""
    select id, message_id, subject, body from outbox
    where tenant = :tenant and published_at is null order by id limit :limit for update skip locked
""")
_MARK = text("update outbox set published_at = now() where tenant = :tenant and id = any(:ids)")
_HEAR = text("""
    insert into inbox (tenant, consumer, message_id) values (:tenant, :consumer, :message_id)
    on conflict do nothing returning 1
""")


async def add(connection: AsyncConnection, subject: str, body: bytes) -> None:
    """Say something once the present transaction commits. The subject is "dutycycle.<service>.<noun>.<past>"."""
    await connection.execute(_ADD, {"tenant": tenant(), "subject": subject, "body": body})
    connection.info[SAID] = True


async def first_time(connection: AsyncConnection, consumer: str, message_id: str) -> bool:
    """Note a message as taken, in the transaction that acts on it; False if it was taken before."""
    row = await connection.execute(_HEAR, {"tenant": tenant(), "consumer": consumer, "message_id": message_id})
    return row.first() is not None


class Relay:
    """Publishes the outbox of every tenant, in order of id within a tenant."""

    def __init__(self, database: Database, bus: Bus, tenants: Sequence[str]) -> None:
        self._database = database
        self._bus = bus
        self._tenants = tenants

    async def run(self) -> None:
        """Publish until cancelled; a broken bus or database delays, it loses nothing."""
        while True:
            self._database.committed.clear()
            try:
                published = [await self._publish(name) for name in self._tenants]
            except Exception:
                _log.exception("outbox.publish_failed")
                await asyncio.sleep(_POLL_SECONDS)
                continue
            if not any(count == _BATCH for count in published):
                await self._wait()

    async def _wait(self) -> None:
        # A commit of a process that died before it published is found by the slower poll.
        try:
            async with asyncio.timeout(_POLL_SECONDS):
                await self._database.committed.wait()
        except TimeoutError:
            return

    async def _publish(self, name: str) -> int:
        async with self._database.transaction(name) as connection:
            rows = (await connection.execute(_TAKE, {"tenant": name, "limit": _BATCH})).all()
            if not rows:
                return 0
            for row in rows:
                await self._bus.publish(row.subject, row.body, tenant=name, message_id=str(row.message_id))
            await connection.execute(_MARK, {"tenant": name, "ids": [row.id for row in rows]})
        return len(rows)

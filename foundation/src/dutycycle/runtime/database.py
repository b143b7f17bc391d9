"""PostgreSQL: one schema and one role a service, every transaction bound to a tenant.

Row-level security does the separating: the role of a service neither owns its tables nor may bypass their policies,
so a query that forgets the tenant finds nothing rather than everything.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from dutycycle.kit.errors import InvalidInputError, UnavailableError

Connection = AsyncConnection
"""One open transaction; services name it without knowing SQLAlchemy."""

_BIND = text("select set_config('role', :role, true), set_config('app.tenant', :tenant, true)")
_NO_TEXT = ("22021", "22P05")
"""SQLSTATE of such a text in a column, and within JSON."""
SAID = "outbox"
"""Key in a connection's info: the transaction has put something in the outbox."""


def role_of(schema: str) -> str:
    """Return the role under which a service works."""
    return f"dutycycle_{schema}"


def driver_url(url: str) -> str:
    """Name asyncpg as the driver of a plain PostgreSQL address."""
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)


def _is_lost(error: DBAPIError | OSError) -> bool:
    """Whether the server is away, rather than the statement wrong. Unix sockets and ports fail as OSError."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    return True


def _is_no_text(error: DBAPIError | OSError) -> bool:
    """Whether the statement carried a text with a NUL character, which PostgreSQL has no place for."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") in _NO_TEXT


class Database:
    """A pool of connections to one service's schema."""

    def __init__(self, url: str, schema: str, pool_size: int = 8) -> None:
        self.url = url
        self.schema = schema
        self.committed = asyncio.Event()
        """Set after a commit that put something in the outbox: its relay need not poll fast."""
        self._engine: AsyncEngine = create_async_engine(
            driver_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_pre_ping=True,
            connect_args={"server_settings": {"search_path": schema, "application_name": role_of(schema)}},
        )

    @asynccontextmanager
    async def transaction(self, tenant: str) -> AsyncIterator[AsyncConnection]:
        """Open one transaction for a tenant: commit at the end of the block, roll back on an exception.

        Raises UnavailableError if the server cannot be reached or is lost within: the caller may try again;
        InvalidInputError if a text cannot be stored.
        """
        try:
            async with self._engine.begin() as connection:
                await connection.execute(_BIND, {"role": role_of(self.schema), "tenant": tenant})
                connection.info.pop(SAID, None)
                yield connection
                said = connection.info.pop(SAID, False)
        except (DBAPIError, OSError) as error:
            if _is_no_text(error):
                raise InvalidInputError("TEXT_NOT_STORABLE", "a text holds a NUL character; leave it out") from error
            if not _is_lost(error):
                raise
            raise UnavailableError("DATABASE_AWAY", "the database cannot be reached now; try again") from error
        if said:
            self.committed.set()

    async def ping(self) -> None:
        """Raise unless the database answers."""
        async with self._engine.connect() as connection:
            await connection.execute(text("select 1"))

    async def close(self) -> None:
        await self._engine.dispose()

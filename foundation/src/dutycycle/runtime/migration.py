"""Schema changes: numbered SQL files, applied once and in order.

Every schema starts with the outbox and inbox of `runtime/migrations`; the service's own files follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import asyncpg

from dutycycle.kit.errors import PreconditionError
from dutycycle.runtime.database import role_of

_LOCK = 7_216_340_115  # any fixed number: two starting replicas must not migrate at once


@dataclass(frozen=True, slots=True)
class Migration:
    """One file; its name orders it."""

    name: str
    sql: str


def read_migrations(directory: Path) -> list[Migration]:
    """Return the shared migrations and those of a service, in order."""
    shared = sorted((Path(__file__).parent / "migrations").glob("*.sql"))
    own = sorted(directory.glob("*.sql"))
    return [Migration(path.stem, path.read_text()) for path in [*shared, *own]]


async def migrate(url: str, schema: str, directory: Path) -> list[str]:
    """Apply what is missing, under a lock, each file in a transaction; return the names applied.

    The connecting user must be able to create roles and schemas. The service's role gets data access only.
    """
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        await _prepare(connection, schema)
        applied = await _applied(connection, schema)
        missing = [m for m in read_migrations(directory) if m.name not in applied]
        for step in missing:
            async with connection.transaction():
                await connection.execute(f"set local search_path to {schema}")
                await connection.execute(step.sql)
                await connection.execute("insert into migration (name) values ($1)", step.name)
                await connection.execute(
                    f"grant select, insert, update, delete on all tables in schema {schema} to {role_of(schema)}"
                )
                await connection.execute(f"grant usage on all sequences in schema {schema} to {role_of(schema)}")
                await connection.execute(f"revoke all on {schema}.migration from {role_of(schema)}")
        return [m.name for m in missing]
    finally:
        await connection.close()


async def require_current(url: str, schema: str, directory: Path) -> None:
    """Raise PreconditionError if the schema lacks a migration that this code needs."""
    connection = await asyncpg.connect(url)
    try:
        exists = await connection.fetchval("select to_regclass($1) is not null", f"{schema}.migration")
        applied = await _applied(connection, schema) if exists else set()
    finally:
        await connection.close()
    missing = [m.name for m in read_migrations(directory) if m.name not in applied]
    if missing:
        raise PreconditionError(
            "SCHEMA_OUTDATED",
            f"schema {schema} lacks {', '.join(missing)}: run 'dutycycle-{schema} migrate' first",
            {"schema": schema, "missing": ", ".join(missing)},
        )


async def _prepare(connection: asyncpg.Connection[asyncpg.Record], schema: str) -> None:
    role = role_of(schema)
    if not await connection.fetchval("select 1 from pg_roles where rolname = $1", role):
        await connection.execute(f"create role {role} nologin nosuperuser nobypassrls")
    await connection.execute(f"create schema if not exists {schema}")
    await connection.execute(f"grant usage on schema {schema} to {role}")
    await connection.execute(
        f"create table if not exists {schema}.migration "
        "(name text primary key, applied_at timestamptz not null default now())"
    )


async def _applied(connection: asyncpg.Connection[asyncpg.Record], schema: str) -> set[str]:
    rows = await connection.fetch(f"select name from {schema}.migration")  # noqa: S608  # a schema name is ours, not input
    return {row["name"] for row in rows}

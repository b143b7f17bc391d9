"""All SQL of the contracts service. Row-level security narrows every statement to the tenant of the transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from dutycycle.contracts.agreement import AgreementRevision, SchedulePlace
from dutycycle.contracts.amendment import Amendment, AmendmentDraft, State, Verdict
from dutycycle.contracts.asset import Asset, Placement
from dutycycle.contracts.tables import (
    agreement_revision,
    amendment,
    amendment_verdict,
    asset,
    asset_alias,
    catalogue,
    customer,
    placement,
    registry,
    schedule,
)
from dutycycle.runtime.database import Connection
from dutycycle.runtime.tenancy import tenant


async def put_customer(connection: Connection, name: str, body: bytes) -> None:
    statement = insert(customer).values(tenant=tenant(), name=name, body=body)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["tenant", "name"], set_={"body": statement.excluded.body})
    )


async def get_customer(connection: Connection, name: str) -> bytes | None:
    return await connection.scalar(select(customer.c.body).where(customer.c.name == name))


async def list_customers(connection: Connection, after: str, limit: int) -> list[bytes]:
    query = select(customer.c.body).where(customer.c.name > after).order_by(customer.c.name).limit(limit)
    return list((await connection.scalars(query)).all())


async def lock_agreement(connection: Connection, name: str) -> None:
    """Let one transaction at a time revise an agreement, until it ends."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{tenant()}/{name}"))))


async def list_revisions(connection: Connection, name: str) -> list[AgreementRevision]:
    table = agreement_revision
    rows = await connection.execute(select(table).where(table.c.name == name).order_by(table.c.revision))
    return [_revision_from_row(row) for row in rows]


async def page_revisions(
    connection: Connection, of_customer: str, after: tuple[str, int], limit: int
) -> list[AgreementRevision]:
    """Read revisions by name and number, after a key."""
    table = agreement_revision
    query = select(table).where(tuple_(table.c.name, table.c.revision) > after)
    if of_customer:
        query = query.where(table.c.customer == of_customer)
    rows = await connection.execute(query.order_by(table.c.name, table.c.revision).limit(limit))
    return [_revision_from_row(row) for row in rows]


async def add_revision(connection: Connection, revision: AgreementRevision) -> None:
    await connection.execute(
        insert(agreement_revision).values(
            tenant=tenant(),
            name=revision.name,
            revision=revision.revision,
            customer=revision.customer,
            zone=revision.zone,
            effective_date=revision.effective_date,
            body=revision.body,
            etag=revision.etag,
        )
    )


async def schedule_owners(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return the agreement of each of the schedules that exist."""
    rows = await connection.execute(select(schedule.c.id, schedule.c.agreement).where(schedule.c.id.in_(ids)))
    return {row.id: row.agreement for row in rows}


async def schedule_places(connection: Connection) -> dict[str, SchedulePlace]:
    """Return customer and zone of every schedule; an agreement keeps both through its revisions."""
    table = agreement_revision
    query = select(schedule.c.id, table.c.customer, table.c.zone).join(
        table, (table.c.name == schedule.c.agreement) & (table.c.revision == 1) & (table.c.tenant == schedule.c.tenant)
    )
    return {row.id: SchedulePlace(row.customer, row.zone) for row in await connection.execute(query)}


async def add_schedules(connection: Connection, agreement: str, ids: Sequence[str]) -> None:
    values = [{"tenant": tenant(), "id": each, "agreement": agreement} for each in ids]
    await connection.execute(insert(schedule).on_conflict_do_nothing(), values)


async def lock_registry(connection: Connection) -> None:
    """Let one transaction at a time change the registry, until it ends: an identity is given away once."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{tenant()}/registry"))))


async def next_registry_revision(connection: Connection) -> int:
    """Count a change of the registry; holds the row, so that changes are in order."""
    statement = insert(registry).values(tenant=tenant(), revision=1)
    counted = statement.on_conflict_do_update(index_elements=["tenant"], set_={"revision": registry.c.revision + 1})
    return int((await connection.execute(counted.returning(registry.c.revision))).scalar_one())


async def registry_revision(connection: Connection) -> int:
    return int(await connection.scalar(select(registry.c.revision)) or 0)


async def alias_owners(connection: Connection, identities: Collection[str]) -> dict[str, str]:
    rows = await connection.execute(
        select(asset_alias.c.identity, asset_alias.c.asset).where(asset_alias.c.identity.in_(identities))
    )
    return {row.identity: row.asset for row in rows}


async def get_assets(connection: Connection, names: Collection[str]) -> dict[str, Asset]:
    rows = await connection.execute(select(asset).where(asset.c.name.in_(names)))
    return {each.name: each for each in await _with_parts(connection, rows.all())}


async def page_assets(connection: Connection, after_revision: int, after: tuple[int, str], limit: int) -> list[Asset]:
    """Read assets by revision and name, after a key."""
    query = select(asset).where(tuple_(asset.c.revision, asset.c.name) > after, asset.c.revision > after_revision)
    rows = await connection.execute(query.order_by(asset.c.revision, asset.c.name).limit(limit))
    return await _with_parts(connection, rows.all())


async def put_assets(connection: Connection, assets: Sequence[Asset]) -> None:
    """Store assets as they now stand; aliases and placements are only ever added."""
    rows = [
        {
            "tenant": tenant(),
            "name": each.name,
            "display_name": each.display_name,
            "manufacturer": each.manufacturer,
            "model": each.model,
            "year": each.year,
            "revision": each.revision,
        }
        for each in assets
    ]
    statement = insert(asset)
    updated = {key: statement.excluded[key] for key in rows[0] if key not in ("tenant", "name")}
    await connection.execute(statement.on_conflict_do_update(index_elements=["tenant", "name"], set_=updated), rows)
    aliases = [
        {"tenant": tenant(), "identity": identity, "asset": each.name} for each in assets for identity in each.aliases
    ]
    placements = [
        {
            "tenant": tenant(),
            "asset": each.name,
            "start_date": p.start_date,
            "schedule": p.schedule,
            "cost_centre": p.cost_centre,
        }
        for each in assets
        for p in each.placements
    ]
    if aliases:
        await connection.execute(insert(asset_alias).on_conflict_do_nothing(), aliases)
    if placements:
        await connection.execute(insert(placement).on_conflict_do_nothing(), placements)


async def put_catalogue(connection: Connection, body: bytes) -> None:
    statement = insert(catalogue).values(tenant=tenant(), body=body)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["tenant"], set_={"body": statement.excluded.body})
    )


async def get_catalogue(connection: Connection) -> bytes | None:
    return await connection.scalar(select(catalogue.c.body))


async def add_amendment(connection: Connection, drafted: Amendment) -> None:
    await connection.execute(
        insert(amendment).values(
            tenant=tenant(),
            name=drafted.name,
            agreement=drafted.draft.agreement,
            customer=drafted.draft.customer,
            body=drafted.draft.body,
            created_at=drafted.created_at,
        )
    )


async def add_verdict(connection: Connection, name: str, verdict: Verdict) -> None:
    await connection.execute(
        insert(amendment_verdict).values(
            tenant=tenant(),
            amendment=name,
            approved=verdict.state is State.APPROVED,
            decided_by=verdict.decided_by,
            reason=verdict.reason,
            effective_date=verdict.effective_date,
            decided_at=verdict.decided_at,
        )
    )


async def get_amendment(connection: Connection, name: str, read: Callable[[bytes], AmendmentDraft]) -> Amendment | None:
    row = (await connection.execute(_amendments().where(amendment.c.name == name))).first()
    return None if row is None else _amendment_from_row(row, read)


async def page_amendments(
    connection: Connection,
    of_customer: str,
    state: State | None,
    after: tuple[datetime, str] | None,
    limit: int,
    read: Callable[[bytes], AmendmentDraft],
) -> list[Amendment]:
    """Read amendments, newest first, after a key."""
    key = (amendment.c.created_at, amendment.c.name)
    query = _amendments()
    if of_customer:
        query = query.where(amendment.c.customer == of_customer)
    if state is State.DRAFT:
        query = query.where(amendment_verdict.c.amendment.is_(None))
    elif state is not None:
        query = query.where(amendment_verdict.c.approved == (state is State.APPROVED))
    if after is not None:
        query = query.where(tuple_(*key) < after)
    rows = await connection.execute(query.order_by(key[0].desc(), key[1].desc()).limit(limit))
    return [_amendment_from_row(row, read) for row in rows]


def _amendments() -> Select[tuple[object, ...]]:
    said, made = amendment_verdict, amendment
    return select(made, said.c.decided_by, said.c.reason, said.c.effective_date, said.c.decided_at).outerjoin(
        said, (said.c.amendment == made.c.name) & (said.c.tenant == made.c.tenant)
    )


def _amendment_from_row(row: Row[tuple[object, ...]], read: Callable[[bytes], AmendmentDraft]) -> Amendment:
    verdict = Verdict(row.decided_by, row.decided_at, row.effective_date, row.reason) if row.decided_at else None
    return Amendment(read(row.body), row.created_at, verdict)


async def _with_parts(connection: Connection, rows: Sequence[Row[tuple[object, ...]]]) -> list[Asset]:
    if not rows:  # the usual answer to "what changed since?"
        return []
    names = [row.name for row in rows]
    aliases: dict[str, set[str]] = defaultdict(set)
    for part in await connection.execute(select(asset_alias).where(asset_alias.c.asset.in_(names))):
        aliases[part.asset].add(part.identity)
    placements: dict[str, list[Placement]] = defaultdict(list)
    ordered = select(placement).where(placement.c.asset.in_(names)).order_by(placement.c.start_date)
    for part in await connection.execute(ordered):
        placements[part.asset].append(Placement(part.schedule, part.start_date, part.cost_centre))
    return [
        Asset(
            name=row.name,
            display_name=row.display_name,
            manufacturer=row.manufacturer,
            model=row.model,
            year=row.year,
            aliases=frozenset(aliases[row.name]),
            placements=tuple(placements[row.name]),
            revision=row.revision,
        )
        for row in rows
    ]


def _revision_from_row(row: Row[tuple[object, ...]]) -> AgreementRevision:
    return AgreementRevision(row.name, row.revision, row.customer, row.zone, row.effective_date, row.body, row.etag)

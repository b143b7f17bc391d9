"""All SQL of the offers service. Row-level security narrows every statement to the tenant of the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on, insert

from dutycycle.offers.decision import Decision, Printed, Treatment
from dutycycle.offers.preference import Preference
from dutycycle.offers.tables import decision, preference
from dutycycle.runtime.database import Connection
from dutycycle.runtime.tenancy import tenant


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as it was stored."""

    revision: int
    treatment: Treatment
    period_start: date
    customer: str
    body: bytes


async def add_decision(connection: Connection, made: Decision, revision: int, body: bytes) -> bool:
    """Store a revision; False if another call stored that one first."""
    statement = insert(decision).values(
        tenant=tenant(),
        period_start=made.period.start,
        customer=made.customer,
        revision=revision,
        name=made.name,
        treatment=made.treatment.name,
        subject=made.subject,
        body=body,
        created_at=made.create_time,
    )
    added = await connection.execute(statement.on_conflict_do_nothing().returning(decision.c.revision))
    return added.first() is not None


async def get_decision(connection: Connection, name: str) -> StoredDecision | None:
    """Return the newest revision of a decision."""
    query = select(decision).where(decision.c.name == name).order_by(decision.c.revision.desc()).limit(1)
    return next(iter(await _read(connection, query)), None)


async def page_decisions(
    connection: Connection, of_customer: str, after: tuple[date, str], limit: int
) -> list[StoredDecision]:
    """Read the newest revisions by period and customer, after a key."""
    key = (decision.c.period_start, decision.c.customer)
    query = select(decision).where(tuple_(*key) > after)
    if of_customer:
        query = query.where(decision.c.customer == of_customer)
    newest = query.ext(distinct_on(*key)).order_by(*key, decision.c.revision.desc())
    return await _read(connection, newest.limit(limit))


async def list_printed(connection: Connection, customer: str, start: date, end: date) -> list[Printed]:
    """Return what the customer's invoices carried for periods that start in `[start, end)`, oldest first."""
    start_of = decision.c.period_start
    query = select(decision).where(decision.c.customer == customer, start_of >= start, start_of < end)
    newest = query.ext(distinct_on(start_of)).order_by(start_of, decision.c.revision.desc())
    rows = await connection.execute(newest)
    return [Printed(row.period_start, Treatment[row.treatment], row.subject) for row in rows]


async def add_preference(connection: Connection, wish: Preference, request_id: str) -> bool:
    """Store a wish; False if this request stored it before."""
    statement = insert(preference).values(
        tenant=tenant(),
        customer=wish.customer,
        offers_allowed=wish.offers_allowed,
        origin=wish.origin,
        request_id=request_id,
        set_at=wish.set_at,
    )
    added = await connection.execute(statement.on_conflict_do_nothing().returning(preference.c.id))
    return added.first() is not None


async def get_preference(connection: Connection, customer: str) -> Preference | None:
    """Return the newest wish of a customer; None if it never expressed one."""
    newest = select(func.max(preference.c.id)).where(preference.c.customer == customer).scalar_subquery()
    row = (await connection.execute(select(preference).where(preference.c.id == newest))).first()
    return None if row is None else Preference(row.customer, row.offers_allowed, row.origin, row.set_at)


async def _read(connection: Connection, query: Select[tuple[object, ...]]) -> list[StoredDecision]:
    rows = await connection.execute(query)
    return [
        StoredDecision(row.revision, Treatment[row.treatment], row.period_start, row.customer, row.body) for row in rows
    ]

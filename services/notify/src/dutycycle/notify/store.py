"""All SQL of notify. Row-level security narrows every statement to the tenant of the transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert

from dutycycle.notify.delivery import Delivery, State
from dutycycle.notify.tables import delivery
from dutycycle.runtime.database import Connection
from dutycycle.runtime.tenancy import tenant


async def add_delivery(connection: Connection, added: Delivery) -> bool:
    """Store a delivery; False if there is one for the same invoice and recipient."""
    statement = insert(delivery).values(
        tenant=tenant(),
        name=added.name,
        invoice=added.invoice,
        customer=added.customer,
        recipient=added.recipient,
        recipient_name=added.recipient_name,
        subject=added.subject,
        message_id=added.message_id,
        state=added.state.value,
        last_answer=added.last_answer,
        next_attempt_time=added.next_attempt_time,
    )
    row = await connection.execute(statement.on_conflict_do_nothing().returning(delivery.c.name))
    return row.first() is not None


async def get_delivery(connection: Connection, name: str) -> Delivery | None:
    row = (await connection.execute(select(delivery).where(delivery.c.name == name))).first()
    return None if row is None else _delivery_from_row(row)


async def page_deliveries(connection: Connection, state: State | None, after: int, limit: int) -> list[Delivery]:
    """Return deliveries in the order in which they were made, after a sequence number."""
    query = select(delivery).where(delivery.c.sequence > after)
    if state is not None:
        query = query.where(delivery.c.state == state.value)
    rows = await connection.execute(query.order_by(delivery.c.sequence).limit(limit))
    return [_delivery_from_row(row) for row in rows]


async def count_deliveries(connection: Connection, state: State | None) -> int:
    query = select(func.count()).select_from(delivery)
    if state is not None:
        query = query.where(delivery.c.state == state.value)
    return int(await connection.scalar(query) or 0)


async def claim_due(connection: Connection, now: datetime, lease: timedelta, limit: int) -> list[Delivery]:
    """Mark due deliveries as being sent and return them; other senders skip them until the lease ends.

    A delivery whose sender died is due again when its lease ends: that is the one way to a second copy of a message.
    """
    due = (
        select(delivery.c.name)
        .where(delivery.c.next_attempt_time <= now)
        .order_by(delivery.c.next_attempt_time, delivery.c.sequence)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    names = list(await connection.scalars(due))
    if not names:
        return []
    claimed = (
        update(delivery)
        .where(delivery.c.name.in_(names))
        .values(
            state=State.SENDING.value,
            attempts=delivery.c.attempts + 1,
            next_attempt_time=now + lease,
            update_time=func.clock_timestamp(),
        )
        .returning(delivery)
    )
    rows = [_delivery_from_row(row) for row in await connection.execute(claimed)]
    return sorted(rows, key=lambda row: row.sequence)


async def put_outcome(
    connection: Connection, name: str, state: State, last_answer: str, next_attempt_time: datetime | None
) -> None:
    await connection.execute(
        update(delivery)
        .where(delivery.c.name == name)
        .values(
            state=state.value,
            last_answer=last_answer,
            next_attempt_time=next_attempt_time,
            update_time=func.clock_timestamp(),
        )
    )


def _delivery_from_row(row: Row[tuple[object, ...]]) -> Delivery:
    return Delivery(
        name=row.name,
        sequence=row.sequence,
        invoice=row.invoice,
        customer=row.customer,
        recipient=row.recipient,
        recipient_name=row.recipient_name,
        subject=row.subject,
        message_id=row.message_id,
        state=State(row.state),
        attempts=row.attempts,
        last_answer=row.last_answer,
        create_time=row.create_time,
        update_time=row.update_time,
        next_attempt_time=row.next_attempt_time,
    )

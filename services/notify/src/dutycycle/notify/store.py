"""All SQL of notify. Row-level security narrows every statement to the tenant of the transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Row, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from dutycycle.notify.alert import Alert, AlertKind
from dutycycle.notify.delivery import DIGESTS, Delivery, Kind, State, Suppression
from dutycycle.notify.tables import alert, alert_settings, delivery, suppression
from dutycycle.runtime.database import Connection
from dutycycle.runtime.tenancy import tenant


async def add_delivery(connection: Connection, added: Delivery) -> bool:
    """Store a delivery; False if there is one for the same invoice and recipient."""
    statement = insert(delivery).values(
        tenant=tenant(),
        name=added.name,
        about=added.about,
        customer=added.customer,
        recipient=added.recipient,
        recipient_name=added.recipient_name,
        subject=added.subject,
        message_id=added.message_id,
        state=added.state.value,
        last_answer=added.last_answer,
        next_attempt_time=added.next_attempt_time,
        create_time=added.create_time,
        kind=added.kind.value,
        letter=added.letter,
    )
    row = await connection.execute(statement.on_conflict_do_nothing().returning(delivery.c.name))
    return row.first() is not None


async def get_delivery(connection: Connection, name: str) -> Delivery | None:
    row = (await connection.execute(select(delivery).where(delivery.c.name == name))).first()
    return None if row is None else _delivery_from_row(row)


async def find_delivery(connection: Connection, key: str) -> Delivery | None:
    """Return the delivery whose name ends with a key."""
    query = select(delivery).where(delivery.c.name.endswith(f"-{key}", autoescape=True))
    row = (await connection.execute(query)).first()
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


async def forget_letter(connection: Connection, name: str) -> None:
    """Remove what a letter said: a link that signs somebody in is not kept."""
    await connection.execute(update(delivery).where(delivery.c.name == name).values(letter=""))


async def add_suppression(
    connection: Connection, recipient: str, reason: str, noted_at: datetime, *, suppressed: bool
) -> None:
    await connection.execute(
        insert(suppression).values(
            tenant=tenant(), recipient=recipient.lower(), suppressed=suppressed, reason=reason, noted_at=noted_at
        )
    )


async def get_suppression(connection: Connection, recipient: str) -> Suppression | None:
    """Return why nothing is sent to a mailbox; None if messages are."""
    newest = select(func.max(suppression.c.id)).where(suppression.c.recipient == recipient.lower()).scalar_subquery()
    row = (await connection.execute(select(suppression).where(suppression.c.id == newest))).first()
    return Suppression(row.recipient, row.reason, row.noted_at) if row is not None and row.suppressed else None


async def page_suppressions(connection: Connection, after: str, limit: int) -> list[Suppression]:
    """Read mailboxes to which nothing is sent, by mailbox, after one."""
    newest = select(func.max(suppression.c.id)).group_by(suppression.c.recipient)
    query = select(suppression).where(
        suppression.c.id.in_(newest), suppression.c.suppressed, suppression.c.recipient > after
    )
    rows = await connection.execute(query.order_by(suppression.c.recipient).limit(limit))
    return [Suppression(row.recipient, row.reason, row.noted_at) for row in rows]


async def add_alert_settings(
    connection: Connection, customer: str, body: bytes, request_id: str, set_at: datetime
) -> None:
    statement = insert(alert_settings).values(
        tenant=tenant(), customer=customer, body=body, request_id=request_id, set_at=set_at
    )
    await connection.execute(statement.on_conflict_do_nothing())


async def get_alert_settings(connection: Connection, customer: str) -> bytes | None:
    """Return the newest settings of a customer; None if it never set any."""
    query = select(alert_settings.c.body).where(alert_settings.c.customer == customer)
    return await connection.scalar(query.order_by(alert_settings.c.id.desc()).limit(1))


async def add_alert(connection: Connection, told: Alert, created_at: datetime) -> bool:
    """Store an alert; False if the same was told before."""
    statement = insert(alert).values(
        tenant=tenant(),
        name=told.name,
        customer=told.customer,
        kind=told.kind.value,
        period_start=told.period_start,
        subject=told.subject,
        told=told.text,
        step=told.step,
        created_at=created_at,
    )
    added = await connection.execute(statement.on_conflict_do_nothing().returning(alert.c.name))
    return added.first() is not None


async def alerts_since(connection: Connection, customer: str, since: datetime) -> list[tuple[Alert, datetime]]:
    """Read what a customer was told after an instant, and when, oldest first."""
    query = select(alert).where(alert.c.customer == customer, alert.c.created_at > since)
    rows = await connection.execute(query.order_by(alert.c.created_at, alert.c.name))
    return [
        (Alert(row.customer, AlertKind(row.kind), row.period_start, row.subject, row.told, row.step), row.created_at)
        for row in rows
    ]


async def last_digest(connection: Connection, customer: str) -> datetime | None:
    """Return when a customer's last digest was made; None before the first."""
    query = select(func.max(delivery.c.create_time)).where(
        delivery.c.customer == customer, delivery.c.about.startswith(f"{DIGESTS}/", autoescape=True)
    )
    made: datetime | None = await connection.scalar(query)
    return made


async def page_alerts(
    connection: Connection, customer: str, after: tuple[datetime, str] | None, limit: int
) -> list[tuple[Alert, str, datetime]]:
    """Read alerts with their names and times, newest first, after a key."""
    key = (alert.c.created_at, alert.c.name)
    query = select(alert)
    if customer:
        query = query.where(alert.c.customer == customer)
    if after is not None:
        query = query.where(tuple_(*key) < after)
    rows = await connection.execute(query.order_by(key[0].desc(), key[1].desc()).limit(limit))
    return [
        (Alert(row.customer, AlertKind(row.kind), row.period_start, row.subject, row.told), row.name, row.created_at)
        for row in rows
    ]


def _delivery_from_row(row: Row[tuple[object, ...]]) -> Delivery:
    return Delivery(
        name=row.name,
        sequence=row.sequence,
        about=row.about,
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
        kind=Kind(row.kind),
        letter=row.letter,
    )

"""All SQL of invoicing. Row-level security narrows every statement to the tenant of the transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, exists, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from dutycycle.invoicing import snapshot
from dutycycle.invoicing.billing_run import AT_WORK, BillingRun, RunState
from dutycycle.invoicing.file import File, Kind
from dutycycle.invoicing.invoice import Invoice, State
from dutycycle.invoicing.tables import billing_run, document, invoice, number_series, publication
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.database import Connection
from dutycycle.runtime.tenancy import tenant


async def try_lock_run(connection: Connection, name: str) -> bool:
    """Take a run until the transaction ends; False if another process has it."""
    key = func.hashtextextended(f"{tenant()}/{name}", 0)
    return bool(await connection.scalar(select(func.pg_try_advisory_xact_lock(key))))


async def get_run(connection: Connection, name: str) -> BillingRun | None:
    row = (await connection.execute(select(billing_run).where(billing_run.c.name == name))).first()
    return None if row is None else _run_from_row(row)


async def page_runs(connection: Connection, before: date, limit: int) -> list[BillingRun]:
    """Return runs of periods that start before a day, the newest first."""
    query = select(billing_run).where(billing_run.c.period_start < before)
    rows = await connection.execute(query.order_by(billing_run.c.period_start.desc()).limit(limit))
    return [_run_from_row(row) for row in rows]


async def runs_at_work(connection: Connection) -> list[BillingRun]:
    """Return the runs that the service has something to do for, oldest period first."""
    states = [state.value for state in AT_WORK]
    query = select(billing_run).where(billing_run.c.state.in_(states)).order_by(billing_run.c.period_start)
    return [_run_from_row(row) for row in await connection.execute(query)]


async def put_run(connection: Connection, run: BillingRun) -> None:
    """Store a run as it now stands; the time of the change is the database's."""
    values: dict[str, Any] = {
        "period_start": run.period.start,
        "period_end": run.period.end,
        "state": run.state.value,
        "invoices_total": run.invoices_total,
        "invoices_done": run.invoices_done,
        "progress_text": run.progress_text,
        "error": run.error,
        "issue_date": run.issue_date,
        "request_id": run.request_id,
        "update_time": func.clock_timestamp(),
    }
    statement = insert(billing_run).values(tenant=tenant(), name=run.name, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["tenant", "name"], set_=values))


async def put_draft(connection: Connection, draft: Invoice) -> None:
    """Store a draft over an earlier one. The trigger refuses to touch an issued invoice."""
    values: dict[str, Any] = {
        "customer": draft.customer.name,
        "agreement": draft.agreement,
        "period_start": draft.period.start,
        "state": draft.state.value,
        "body": snapshot.write(draft),
    }
    statement = insert(invoice).values(tenant=tenant(), name=draft.name, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["tenant", "name"], set_=values))


async def drop_drafts(connection: Connection, period: BillingPeriod, keep: Collection[str]) -> None:
    """Remove the drafts of a period whose agreements are no longer billed."""
    await connection.execute(
        delete(invoice).where(
            invoice.c.period_start == period.start,
            invoice.c.state == State.DRAFT.value,
            invoice.c.name.not_in(keep),
        )
    )


async def next_number(connection: Connection, series: str) -> int:
    """Take the next number of a series; a roll-back gives it back, so that there are no gaps."""
    statement = insert(number_series).values(tenant=tenant(), series=series, last=1)
    counted = statement.on_conflict_do_update(
        index_elements=["tenant", "series"], set_={"last": number_series.c.last + 1}
    )
    return int((await connection.execute(counted.returning(number_series.c.last))).scalar_one())


async def put_issued(connection: Connection, issued: Invoice) -> None:
    """Turn a draft into its issued invoice, once and for all."""
    await connection.execute(
        update(invoice)
        .where(invoice.c.name == issued.name)
        .values(state=issued.state.value, number=issued.number, body=snapshot.write(issued))
    )


async def get_body(connection: Connection, name: str) -> bytes | None:
    """Return the canonical JSON of an invoice."""
    return await connection.scalar(select(invoice.c.body).where(invoice.c.name == name))


async def get_state(connection: Connection, name: str) -> State | None:
    found = await connection.scalar(select(invoice.c.state).where(invoice.c.name == name))
    return None if found is None else State(found)


async def issued_agreements(connection: Connection, period: BillingPeriod) -> set[str]:
    """Return the agreements whose invoice for the period is issued."""
    query = select(invoice.c.agreement).where(
        invoice.c.period_start == period.start, invoice.c.state == State.ISSUED.value
    )
    return set(await connection.scalars(query))


async def names_of_period(connection: Connection, period: BillingPeriod, state: State) -> list[str]:
    """Return the invoices of a period in a state, in the order in which they are numbered."""
    query = select(invoice.c.name).where(invoice.c.period_start == period.start, invoice.c.state == state.value)
    return list(await connection.scalars(query.order_by(invoice.c.name)))


async def unpublished(connection: Connection, period: BillingPeriod) -> list[str]:
    """Return the issued invoices of a period that are not announced yet, in number order."""
    announced = exists().where(publication.c.tenant == invoice.c.tenant, publication.c.invoice == invoice.c.name)
    query = select(invoice.c.name).where(
        invoice.c.period_start == period.start, invoice.c.state == State.ISSUED.value, ~announced
    )
    return list(await connection.scalars(query.order_by(invoice.c.number)))


async def page_invoices(
    connection: Connection, customer: str, period_start: date | None, after: tuple[date, str, str], limit: int
) -> Sequence[bytes]:
    """Return bodies by period, customer and name, after a key."""
    table = invoice.c
    key = tuple_(table.period_start, table.customer, table.name)
    query = select(table.body).where(key > after)
    if customer:
        query = query.where(table.customer == customer)
    if period_start is not None:
        query = query.where(table.period_start == period_start)
    rows = await connection.scalars(query.order_by(table.period_start, table.customer, table.name).limit(limit))
    return rows.all()


async def put_documents(connection: Connection, name: str, files: Sequence[File]) -> None:
    """Keep documents; one that is kept already stays, since making it again gives the same bytes."""
    rows = [
        {
            "tenant": tenant(),
            "invoice": name,
            "kind": file.kind.name,
            "file_name": file.file_name,
            "sha256": file.sha256,
            "content": file.content,
        }
        for file in files
    ]
    if rows:
        await connection.execute(insert(document).on_conflict_do_nothing(), rows)


async def get_document(connection: Connection, name: str, kind: Kind) -> File | None:
    query = select(document).where(document.c.invoice == name, document.c.kind == kind.name)
    row = (await connection.execute(query)).first()
    return None if row is None else File(kind, row.file_name, row.content, row.sha256)


async def put_publication(connection: Connection, name: str) -> bool:
    """Note that an invoice is announced; False if it was before."""
    statement = insert(publication).values(tenant=tenant(), invoice=name).on_conflict_do_nothing()
    return (await connection.execute(statement.returning(publication.c.invoice))).first() is not None


def _run_from_row(row: Row[tuple[object, ...]]) -> BillingRun:
    return BillingRun(
        name=row.name,
        period=BillingPeriod(row.period_start, row.period_end),
        state=RunState(row.state),
        invoices_total=row.invoices_total,
        invoices_done=row.invoices_done,
        progress_text=row.progress_text,
        error=row.error,
        issue_date=row.issue_date,
        request_id=row.request_id,
        update_time=row.update_time,
    )

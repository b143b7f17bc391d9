"""Billing runs as a caller sees them: start, look, follow, approve, preview."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

from dutycycle.invoicing import errors, store
from dutycycle.invoicing.billing_run import BillingRun, RunState, run_name
from dutycycle.invoicing.invoice import Invoice
from dutycycle.invoicing.service.calculation import Calculation
from dutycycle.kit import clock
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.database import Connection, Database
from dutycycle.runtime.tenancy import tenant

_LOOK_SECONDS = 0.2


class Billing:
    """Notes what is wanted; the conductor does it."""

    def __init__(self, database: Database, calculation: Calculation, wanted: asyncio.Event) -> None:
        self._database = database
        self._calculation = calculation
        self._wanted = wanted

    async def create_run(self, period: BillingPeriod, request_id: str) -> BillingRun:
        """Start a run, or start it again: drafts are calculated anew until the invoices are issued."""
        name = run_name(period)
        async with self._database.transaction(tenant()) as connection:
            found = await store.get_run(connection, name)
            if found is not None and (
                found.at_work or found.state is RunState.ISSUED or (request_id and found.request_id == request_id)
            ):
                return found
            started = BillingRun(
                name=name,
                period=period,
                state=RunState.WAITING_FOR_USAGE,
                invoices_total=0,
                invoices_done=0,
                progress_text="Asks which usage must be complete",
                error="",
                issue_date=None,
                request_id=request_id,
                update_time=clock.now(),
            )
            await store.put_run(connection, started)
            run = await self._found(connection, name)
        self._wanted.set()
        return run

    async def get_run(self, name: str) -> BillingRun:
        async with self._database.transaction(tenant()) as connection:
            return await self._found(connection, name)

    async def list_runs(self, before: date, limit: int) -> list[BillingRun]:
        """Return runs of periods that start before a day, the newest first."""
        async with self._database.transaction(tenant()) as connection:
            return await store.page_runs(connection, before, limit)

    async def watch_run(self, name: str) -> AsyncIterator[BillingRun]:
        """Give the run at every change until the service has nothing more to do for it."""
        last = await self.get_run(name)
        yield last
        while last.at_work:
            await asyncio.sleep(_LOOK_SECONDS)
            run = await self.get_run(name)
            if run != last:
                last = run
                yield run

    async def approve(self, name: str, issue_date: date | None) -> BillingRun:
        """Let the drafts of a run be issued; approving again changes nothing."""
        async with self._database.transaction(tenant()) as connection:
            run = await self._found(connection, name)
            if run.state in (RunState.ISSUING, RunState.ISSUED):
                return run
            if run.state is not RunState.DRAFTED:
                raise errors.run_not_drafted(name, run.state.value)
            text = "Checks that no usage arrived after the drafts"
            approved = replace(run, state=RunState.ISSUING, issue_date=issue_date, invoices_done=0, progress_text=text)
            await store.put_run(connection, approved)
            run = await self._found(connection, name)
        self._wanted.set()
        return run

    async def preview(self, customer: str, period: BillingPeriod) -> Invoice:
        """Calculate an invoice from what is folded now; nothing is stored, nothing offered."""
        tasks = await self._calculation.tasks(period, customer)
        if not tasks:
            raise errors.no_agreement(customer, period.label)
        return await self._calculation.draft(tasks[0], {}, decide=False)

    async def _found(self, connection: Connection, name: str) -> BillingRun:
        run = await store.get_run(connection, name)
        if run is None:
            raise errors.unknown_run(name)
        return run

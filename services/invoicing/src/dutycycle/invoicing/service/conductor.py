"""Work on billing runs until they need a person again; goes on with unfinished ones after a crash."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import structlog

from dutycycle.invoicing import draft, errors, snapshot, store
from dutycycle.invoicing.billing_run import BillingRun, RunState
from dutycycle.invoicing.invoice import Invoice, State
from dutycycle.invoicing.neighbour import Neighbours
from dutycycle.invoicing.service.calculation import Calculation, Task
from dutycycle.invoicing.service.completeness import Completeness
from dutycycle.invoicing.service.press import Press
from dutycycle.kit import clock, ids
from dutycycle.kit.errors import DutycycleError, UnavailableError
from dutycycle.runtime import outbox, tenancy
from dutycycle.runtime.database import Database
from dutycycle.runtime.tenancy import tenant

_log = structlog.get_logger()
Item = TypeVar("Item")
_IDLE_SECONDS = 1.0
_AT_ONCE = 4
SUBJECT = "dutycycle.invoicing.invoice.issued"


class Conductor:
    """Takes each run that is at work through its states, one at a time."""

    def __init__(
        self,
        database: Database,
        neighbours: Neighbours,
        calculation: Calculation,
        completeness: Completeness,
        press: Press,
        wanted: asyncio.Event,
        *,
        tenants: Sequence[str],
        number_prefix: str,
        render_on_issue: bool,
    ) -> None:
        self._database = database
        self._neighbours = neighbours
        self._calculation = calculation
        self._completeness = completeness
        self._press = press
        self._wanted = wanted
        self._tenants = tenants
        self._number_prefix = number_prefix
        self._render_on_issue = render_on_issue

    async def work(self) -> None:
        """Work until cancelled."""
        while True:
            self._wanted.clear()
            for name in self._tenants:
                with tenancy.bound(name, ids.request_id()):
                    await self._work_for_tenant()
            try:
                async with asyncio.timeout(_IDLE_SECONDS):
                    await self._wanted.wait()
            except TimeoutError:
                continue

    async def _work_for_tenant(self) -> None:
        async with self._database.transaction(tenant()) as connection:
            runs = await store.runs_at_work(connection)
        for run in runs:
            # The lock dies with the connection: another replica goes on where a killed one stopped.
            async with self._database.transaction(tenant()) as lock:
                if await store.try_lock_run(lock, run.name):
                    await self._take_on(run.name)

    async def _take_on(self, name: str) -> None:
        async with self._database.transaction(tenant()) as connection:
            run = await store.get_run(connection, name)
        if run is None or not run.at_work:
            return
        try:
            await (self._issue(run) if run.state is RunState.ISSUING else self._calculate(run))
        except UnavailableError as error:
            _log.warning("run.delayed", run=name, reason=error.reason, message=error.message)
            await self._note(replace(run, progress_text=f"Waits for another service ({error.reason}); tries again"))
            await asyncio.sleep(_IDLE_SECONDS)
        except DutycycleError as error:
            _log.warning("run.failed", run=name, reason=error.reason, message=error.message)
            await self._note(
                replace(run, state=RunState.FAILED, error=f"{error.reason}: {error.message}", progress_text="Stopped")
            )

    async def _calculate(self, run: BillingRun) -> None:
        heads = await self._completeness.reach(lambda text: self._note(replace(run, progress_text=text)))
        tasks = await self._calculation.tasks(run.period)
        async with self._database.transaction(tenant()) as connection:
            issued = await store.issued_agreements(connection, run.period)
        open_tasks = [task for task in tasks if task.terms.agreement not in issued]
        run = await self._note(
            replace(
                run,
                state=RunState.CALCULATING,
                invoices_total=len(tasks),
                invoices_done=len(tasks) - len(open_tasks),
                progress_text="Calculates drafts",
            )
        )
        done, names = run.invoices_done, list[str]()

        async def calculate(task: Task) -> None:
            nonlocal done
            calculated = await self._calculation.draft(task, heads, decide=True)
            await self._put_draft(calculated)
            names.append(calculated.name)
            done += 1
            text = f"Calculated {done} of {run.invoices_total} drafts, {task.customer.display_name} last"
            await self._note(replace(run, invoices_done=done, progress_text=text))

        await _at_once(calculate, open_tasks)
        async with self._database.transaction(tenant()) as connection:
            await store.drop_drafts(connection, run.period, names)
        text = f"{len(open_tasks)} drafts wait for approval" if open_tasks else "Nothing is left to approve"
        # All were issued before: what an earlier run left undone, documents and announcements, is done now.
        state = RunState.DRAFTED if open_tasks or not tasks else RunState.ISSUING
        await self._note(replace(run, state=state, invoices_done=len(tasks), progress_text=text))

    async def _issue(self, run: BillingRun) -> None:
        async with self._database.transaction(tenant()) as connection:
            drafts = await store.names_of_period(connection, run.period, State.DRAFT)
        outdated = await self._close_and_check(run, drafts)
        for name in drafts:
            if name not in outdated:
                await self._finalise(name, run)
        await self._publish_all(run)
        if outdated:
            text = f"Usage arrived after the draft of {', '.join(sorted(outdated))}: calculated again, approve again"
            await self._note(replace(run, state=RunState.DRAFTED, progress_text=text, issue_date=None))
            return
        text = f"Issued {run.invoices_total} invoices"
        await self._note(replace(run, state=RunState.ISSUED, invoices_done=run.invoices_total, progress_text=text))

    async def _close_and_check(self, run: BillingRun, names: Sequence[str]) -> set[str]:
        """Close the period of each draft, then see that nothing came between draft and close; redraft where it did.

        What the invoice says besides the bill is asked for again too: who stopped offers meanwhile gets none.
        """
        if not names:
            return set()
        tasks = {task.terms.agreement: task for task in await self._calculation.tasks(run.period)}
        outdated: set[str] = set()

        async def check(name: str) -> None:
            drafted = await self._read(name)
            task = tasks.get(drafted.agreement)
            if task is None:
                raise errors.no_agreement(drafted.customer.name, run.period.label)
            await self._neighbours.close_period(task.customer.usage_source, run.period, task.terms.zone)
            source = task.customer.usage_source
            heads = await self._completeness.reach(lambda text: self._note(replace(run, progress_text=text)), source)
            fresh = await self._calculation.statement(task, heads, include_assets=False)
            if (fresh.lines, fresh.usage_records) != (drafted.lines, drafted.usage_records):
                outdated.add(name)
                await self._put_draft(await self._calculation.draft(task, heads, decide=True))
                return
            decided = await self._calculation.decided(task, drafted)
            if decided != drafted:  # the amounts stand, so nobody has to approve again
                await self._put_draft(decided)

        await _at_once(check, names)
        return outdated

    async def _finalise(self, name: str, run: BillingRun) -> None:
        """Number, date and issue one invoice: number and invoice are committed together, or neither is."""
        drafted = await self._read(name)
        series = f"{self._number_prefix}-{run.period.start.year}"
        issue_date = run.issue_date or clock.today(drafted.zone)
        async with self._database.transaction(tenant()) as connection:
            number = await store.next_number(connection, series)
            await store.put_issued(connection, draft.issue(drafted, f"{series}-{number:06d}", issue_date))

    async def _publish_all(self, run: BillingRun) -> None:
        """Make the documents of what is issued and announce it."""
        async with self._database.transaction(tenant()) as connection:
            issued = await store.names_of_period(connection, run.period, State.ISSUED)
            waiting = await store.unpublished(connection, run.period)
        done = len(issued) - len(waiting)
        await self._note(replace(run, invoices_done=done, progress_text="Makes documents"))

        async def publish(name: str) -> None:
            nonlocal done
            await self._publish(name)
            done += 1
            text = f"Issued {done} of {run.invoices_total} invoices"
            await self._note(replace(run, invoices_done=done, progress_text=text))

        await _at_once(publish, waiting)

    async def _publish(self, name: str) -> None:
        async with self._database.transaction(tenant()) as connection:
            body = await store.get_body(connection, name)
        if body is None:
            raise errors.unknown_invoice(name)
        files = await self._press.make_all(body) if self._render_on_issue else ()
        issued = snapshot.read_without_assets(body)
        event = {"invoice": issued.name, "number": issued.number, "customer": issued.customer.name}
        async with self._database.transaction(tenant()) as connection:
            await store.put_documents(connection, name, files)
            if await store.put_publication(connection, name):
                await outbox.add(connection, SUBJECT, json.dumps(event, sort_keys=True).encode())

    async def _put_draft(self, drafted: Invoice) -> None:
        async with self._database.transaction(tenant()) as connection:
            await store.put_draft(connection, drafted)

    async def _read(self, name: str) -> Invoice:
        async with self._database.transaction(tenant()) as connection:
            body = await store.get_body(connection, name)
        if body is None:
            raise errors.unknown_invoice(name)
        return snapshot.read(body)

    async def _note(self, run: BillingRun) -> BillingRun:
        """Store how far a run is, and return it."""
        async with self._database.transaction(tenant()) as connection:
            await store.put_run(connection, run)
        return run


async def _at_once(job: Callable[[Item], Awaitable[None]], items: Sequence[Item]) -> None:
    """Do a job for every item, a few at a time; the first error stops the rest."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(item: Item) -> None:
        async with gate:
            await job(item)

    try:
        async with asyncio.TaskGroup() as group:
            for item in items:
                group.create_task(one(item))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from failed

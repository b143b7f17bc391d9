"""The demo's run: contracts, a year of usage through four doors, twelve billing runs, mail, pages."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.notify.v1 import notify_pb2
from dutycycle.cli import bill
from dutycycle.cli.agreement import apply_file, register_file
from dutycycle.cli.client import Client, ClientSettings
from dutycycle.cli.demo.feed import FIRST_TIME, Door, Feed, Tally
from dutycycle.cli.demo.flight import Flight, grouped, read_flights
from dutycycle.cli.demo.loop import Loop
from dutycycle.cli.stack import Stack
from dutycycle.kit.period import BillingPeriod

TENANT = "skyline"
PERIODS = [BillingPeriod.month(2013, month) for month in range(1, 13)]
_MAIL_SECONDS = 300.0


@dataclass(slots=True)
class Story:
    """One run of the demo on a running stack. Tests use its stages too."""

    stack: Stack
    examples: Path
    """Directory of the aircraft example."""
    out: Path
    console: Console
    seconds: dict[str, float] = field(default_factory=dict)
    device_passwords: Mapping[str, str] = field(default_factory=dict)

    def settings(self) -> ClientSettings:
        """Return how to reach the stack as the lessor."""
        targets = {f"{name}_target": self.stack.target(name) for name in self.stack.services}
        return ClientSettings.model_validate({"tenant": TENANT, "tenant_tokens": dict(self.stack.tenants), **targets})

    @contextmanager
    def stage(self, name: str, title: str) -> Iterator[None]:
        """Time a stage and say what it is."""
        self.console.print(f"\n[bold]{title}[/bold]")
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    def flights(self) -> list[Flight]:
        return read_flights(self.examples / "data" / "flight_usage_2013.csv.gz")

    def admit_devices(self, flights: Sequence[Flight]) -> None:
        """Give each carrier's gateway its password; ingest holds its session by now."""
        self.device_passwords = {source: secrets.token_urlsafe(12) for source in grouped(flights, lambda f: f.source)}
        self.stack.admit_devices(self.device_passwords, TENANT)

    async def apply_contracts(self, client: Client) -> int:
        """Apply every contract file and register the fleet; return how many assets there are."""
        for path in sorted((self.examples / "contracts").glob("*.yaml")):
            for line in await apply_file(client, path):
                self.console.print(f"  {line}", highlight=False)
        outcomes, refusals = await register_file(client, self.examples / "assets.csv")
        if refusals:
            raise RuntimeError(f"assets were refused: {refusals[:3]}")
        self.console.print(f"  {outcomes.total():,} aircraft registered, with the identities they report under")
        return outcomes.total()

    async def feed(self, client: Client, flights: Sequence[Flight], doors: Mapping[str, Door] = FIRST_TIME) -> Tally:
        """Send every flight through the door of its month; return what ingest answered."""
        tally = Tally()
        feed = Feed(client, self.stack.mqtt_address, TENANT, self.device_passwords, self.examples, self.out / "feed")
        with self.progress() as progress:
            task = progress.add_task("", total=len(flights))
            for month, group in grouped(flights, lambda f: f.utc_month).items():
                progress.update(task, description=f"  {month} by {doors[month].value}")
                await feed.send_month(month, group, doors[month], tally)
                progress.advance(task, len(group))
            progress.update(task, description="  saving the answered files")
            await feed.finish()
        tally.check()
        return tally

    async def register_late(self, client: Client) -> tuple[int, int]:
        """Register an aircraft that waits; return how many flights waited before and wait afterwards."""
        before = await client.ingest.SummarizeUsage(ingest_pb2.SummarizeUsageRequest())
        await register_file(client, self.examples / "late_assets.csv")
        while True:  # contracts tells ingest by an event; nobody has to ask for it
            after = await client.ingest.SummarizeUsage(ingest_pb2.SummarizeUsageRequest())
            if after.waiting != before.waiting:
                return before.waiting, after.waiting
            await asyncio.sleep(0.1)

    async def bill_year(
        self, client: Client, periods: Sequence[BillingPeriod] = PERIODS, loop: Loop | None = None
    ) -> list[invoicing_pb2.Invoice]:
        """Draft, approve and issue period after period, and follow the loop if there is one; return the invoices."""
        with self.progress() as progress:
            task = progress.add_task("", total=len(periods))
            for period in periods:

                def follow(run: invoicing_pb2.BillingRun, period: BillingPeriod = period) -> None:
                    progress.update(task, description=f"  {period.title}: {run.progress_text}")

                await bill.run(client, period, follow)
                await bill.approve(client, period, period.end, follow)
                if loop is not None:
                    self.console.print(f"  [bold]{period.title}[/bold]", highlight=False)
                    await loop.after_month(client, period)
                progress.advance(task)
        return await bill.list_invoices(client)

    async def wait_for_mail(self, client: Client, messages: int) -> int:
        """Return how many messages the mail server took, once none waits and at least so many are taken.

        Raises if one failed for good.
        """
        deadline = time.monotonic() + _MAIL_SECONDS
        with self.progress() as progress:
            task = progress.add_task("  delivering", total=messages)
            while True:
                # What is delivered is counted last: nothing can be delivered after the others were none.
                waiting = await self._deliveries(client, notify_pb2.DELIVERY_STATE_PENDING)
                sending = await self._deliveries(client, notify_pb2.DELIVERY_STATE_SENDING)
                delivered = await self._deliveries(client, notify_pb2.DELIVERY_STATE_DELIVERED)
                failed = await self._deliveries(client, notify_pb2.DELIVERY_STATE_FAILED)
                progress.update(task, completed=delivered)
                if failed:
                    raise RuntimeError(f"{failed} messages could not be delivered")
                if delivered >= messages and not waiting and not sending:
                    return delivered
                if time.monotonic() > deadline:
                    raise TimeoutError(f"only {delivered} of {messages} messages were delivered")
                await asyncio.sleep(0.2)

    async def _deliveries(self, client: Client, state: notify_pb2.DeliveryState) -> int:
        page = await client.notify.ListDeliveries(notify_pb2.ListDeliveriesRequest(state=state, page_size=1))
        return page.total

    async def download_documents(self, client: Client, invoices: Sequence[invoicing_pb2.Invoice]) -> None:
        """Save every document of every invoice under `invoices/<customer>-<period>-<document>`."""
        folder = self.out / "invoices"
        folder.mkdir(parents=True, exist_ok=True)
        for invoice in invoices:
            name = invoice.name.removeprefix("invoices/")
            for kind, ending in bill.DOCUMENTS.items():
                await bill.download(client, invoice.name, kind, folder / f"{name}-{ending}")

    async def recipients(self, client: Client) -> dict[str, int]:
        """Return how many people of each customer get its invoices."""
        page = await client.contracts.ListCustomers(contracts_pb2.ListCustomersRequest(page_size=1_000))
        return {c.name: sum(contact.receives_invoices for contact in c.contacts) for c in page.customers}

    def progress(self) -> Progress:
        return Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<58}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
        )

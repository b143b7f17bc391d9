"""`dutycycle demo`: the whole job on real input, in one go."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dutycycle.cli.client import connected
from dutycycle.cli.demo.feed import Tally
from dutycycle.cli.demo.loop import Loop
from dutycycle.cli.demo.pages import write_pages
from dutycycle.cli.demo.story import PERIODS, Story
from dutycycle.cli.demo.summary import summarize, write_summary
from dutycycle.cli.dev import STAFF
from dutycycle.cli.mailbox import Mailbox
from dutycycle.cli.server import free_port
from dutycycle.cli.stack import Stack


def run_demo(examples: Path, out: Path, console: Console) -> None:
    """Run everything below `out`, replacing what an earlier run left there."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    state = Path(tempfile.mkdtemp(prefix="dutycycle-demo-", dir="/var/tmp"))  # not below a home directory: see Postgres
    state.chmod(0o755)
    smtp_port = free_port()
    mailbox = Mailbox(out / "mail", smtp_port)
    stack = Stack(
        state,
        settings={
            "DUTYCYCLE_NOTIFY_SMTP_PORT": str(smtp_port),
        },
        staff=[STAFF],
    )
    story = Story(stack, examples, out, console)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what was started is stopped
    mailbox.start()
    try:
        with story.stage("start", "Starting PostgreSQL, NATS, six services and the portal"):
            stack.start()
        asyncio.run(tell(story))
    finally:
        stack.stop()
        mailbox.stop()
        shutil.copytree(state / "logs", out / "logs", dirs_exist_ok=True)
        shutil.rmtree(state, ignore_errors=True)


async def tell(story: Story) -> None:
    """Go through the whole job on a running stack."""
    console, out = story.console, story.out
    async with connected(story.settings()) as client:
        with story.stage("contracts", "Applying the contracts of sixteen carriers and registering their fleets"):
            assets = await story.apply_contracts(client)
        with story.stage("feed", "Feeding the flights of 2013 through four doors"):
            flights = story.flights()
            story.admit_devices(flights)
            tally = await story.feed(client, flights)
            _print_tally(tally, console)
        with story.stage("late_asset", "Registering an aircraft whose flights wait"):
            before, after = await story.register_late(client)
            console.print(f"  {before:,} flights waited, {after:,} wait now: its flights became billable by themselves")
        with story.stage("billing", "Billing twelve months: rate, decide the offer, render, issue"):
            loop = Loop(out / "mail", console)
            invoices = await story.bill_year(client, loop=loop)
            console.print(f"  {len(invoices)} invoices issued")
        with story.stage("effect", "Measuring what the offers did"):
            await loop.tell_effect(client, PERIODS[0], PERIODS[-1])
        with story.stage("mail", "Delivering by SMTP"):
            recipients = await story.recipients(client)
            emails = await story.wait_for_mail(client, sum(recipients[i.customer.name] for i in invoices))
            console.print(f"  {emails} messages in {out}/mail")
        with story.stage("documents", "Saving invoices and writing the pages"):
            await story.download_documents(client, invoices)
            index = await write_pages(client, invoices, out)
        story.seconds["total"] = sum(story.seconds.values())
        summary = summarize(tally, assets + 1, invoices, emails, story.seconds)
        write_summary(summary, out / "summary.json")
    console.print()
    console.print(
        f"[bold]{summary['invoices']} invoices over {', '.join(summary['invoiced_total'].values())} USD[/bold]; "
        f"offers: {summary['offers']}"
    )
    console.print(f"Summary   {out / 'summary.json'}")
    console.print(f"Open this [bold]{index}[/bold]")


def _print_tally(tally: Tally, console: Console) -> None:
    table = Table(box=None, padding=(0, 2), show_header=False)
    table.add_column(justify="right")
    table.add_column()
    table.add_row(f"{tally.received:,}", "flights received")
    table.add_row(f"{tally.accepted:,}", "accepted")
    table.add_row(f"{tally.waiting:,}", "wait for an aircraft nobody has registered")
    table.add_row(f"{tally.duplicate:,}", "duplicate")
    for reason, count in sorted(tally.rejected.items()):
        table.add_row(f"{count:,}", f"rejected: {reason}")
    console.print(table)

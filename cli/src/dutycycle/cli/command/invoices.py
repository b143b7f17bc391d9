"""`dutycycle invoices`: the billing month: run, approve, download."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.cli import bill
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import (
    Customer,
    Month,
    customer_name,
    day_text,
    full_name,
    read_period,
)
from dutycycle.cli.command.line import print_lines
from dutycycle.cli.output import AsJson, call, console, emit, table
from dutycycle.runtime.wire import money_from_proto, period_to_proto

app = typer.Typer(help="The billing month: run, approve, download.", no_args_is_help=True)


@app.command("run")
def invoices_run(period: Month, as_json: AsJson = False) -> None:
    """Draft every invoice of a period, once rating has taken in all accepted usage."""
    _follow_run(lambda client, follow: bill.run(client, read_period(period), follow), as_json=as_json)


@app.command("approve")
def invoices_approve(
    period: Month,
    issue_date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of issue; today.")] = None,
    as_json: AsJson = False,
) -> None:
    """Issue the drafts of a period: number, render, send. Issued invoices never change."""
    day = issue_date.date() if issue_date else None
    _follow_run(lambda client, follow: bill.approve(client, read_period(period), day, follow), as_json=as_json)


@app.command("list")
def invoices_list(
    customer: Annotated[str, typer.Option(help="Only this customer.")] = "",
    period: Annotated[str, typer.Option(help="Only this period: 2013-12")] = "",
    as_json: AsJson = False,
) -> None:
    """List invoices with what is due."""
    found = call(
        lambda client: bill.list_invoices(
            client, customer_name(customer) if customer else "", read_period(period) if period else None
        )
    )
    states = {invoicing_pb2.INVOICE_STATE_DRAFT: "draft", invoicing_pb2.INVOICE_STATE_ISSUED: "issued"}
    rows = [
        [
            i.name,
            i.number,
            states[i.state],
            i.customer.display_name,
            money_from_proto(i.total).text(),
            day_text(i.due_date),
        ]
        for i in found
    ]
    columns = ["Invoice", "Number", "State", "Customer", ">Total", "Due"]
    emit(found, as_json=as_json, text=lambda: table(columns, rows))


@app.command("preview")
def invoices_preview(customer: Customer, period: Month, as_json: AsJson = False) -> None:
    """Calculate an invoice as it would be now; nothing is stored."""

    async def work(client: Client) -> invoicing_pb2.Invoice:
        request = invoicing_pb2.PreviewInvoiceRequest(
            customer=customer_name(customer), period=period_to_proto(read_period(period))
        )
        return (await client.invoicing.PreviewInvoice(request)).invoice

    _print_invoice(call(work), as_json=as_json)


@app.command("show")
def invoices_show(
    invoice: Annotated[str, typer.Argument(help="Invoice: fl-2013-12 or invoices/fl-2013-12")], as_json: AsJson = False
) -> None:
    """Show one invoice."""

    async def work(client: Client) -> invoicing_pb2.Invoice:
        request = invoicing_pb2.GetInvoiceRequest(name=full_name("invoices", invoice))
        return (await client.invoicing.GetInvoice(request)).invoice

    _print_invoice(call(work), as_json=as_json)


@app.command("download")
def invoices_download(
    invoice: Annotated[str, typer.Argument(help="Invoice: fl-2013-12")],
    folder: Annotated[Path, typer.Option(help="Where to save.", file_okay=False)] = Path(),
    as_json: AsJson = False,
) -> None:
    """Save the documents of an issued invoice: PDF, workbook, JSON, consumption report."""
    name = full_name("invoices", invoice)

    async def work(client: Client) -> list[str]:
        folder.mkdir(parents=True, exist_ok=True)
        saved = []
        for kind, ending in bill.DOCUMENTS.items():
            path = folder / f"{name.removeprefix('invoices/')}-{ending}"
            await bill.download(client, name, kind, path)
            saved.append(str(path))
        return saved

    saved = call(work)
    emit(saved, as_json=as_json, text=lambda: console.print("\n".join(saved)))


def _follow_run(start: bill.Start, *, as_json: bool) -> None:
    """Start something of a billing run and show how far it is."""

    async def work(client: Client) -> invoicing_pb2.BillingRun:
        with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True) as progress:
            task = progress.add_task("")
            return await start(client, lambda update: progress.update(task, description=update.progress_text))

    finished = call(work)
    emit(finished, as_json=as_json, text=lambda: console.print(f"{finished.name}: {finished.progress_text}"))


def _print_invoice(invoice: invoicing_pb2.Invoice, *, as_json: bool) -> None:
    def text() -> None:
        state = f"{invoice.number}, due {day_text(invoice.due_date)}" if invoice.number else "not issued"
        console.print(f"[bold]{invoice.customer.display_name}[/bold], {invoice.name} ({state})")
        console.print(invoice.what_changed)
        print_lines(invoice.lines)
        console.print(f"[bold]Total {money_from_proto(invoice.total).text()}[/bold]")

    emit(invoice, as_json=as_json, text=text)

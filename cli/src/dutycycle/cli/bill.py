"""The billing month from the clerk's side: run, approve, download."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from dutycycle.api.invoicing.v1 import invoicing_pb2 as pb
from dutycycle.cli.client import Client
from dutycycle.kit.errors import PreconditionError
from dutycycle.kit.ids import request_id
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.page import pages
from dutycycle.runtime.wire import date_to_proto, period_to_proto

Follow = Callable[[pb.BillingRun], None]
"""Told of every change of a run."""
Start = Callable[[Client, Follow], Awaitable[pb.BillingRun]]
"""Starts something of a run and returns the run once it rests."""
_RESTING = (pb.BILLING_RUN_STATE_DRAFTED, pb.BILLING_RUN_STATE_ISSUED, pb.BILLING_RUN_STATE_FAILED)

DOCUMENTS = {
    pb.DOCUMENT_KIND_INVOICE_PDF: "invoice.pdf",
    pb.DOCUMENT_KIND_ASSETS_XLSX: "assets.xlsx",
    pb.DOCUMENT_KIND_INVOICE_JSON: "invoice.json",
    pb.DOCUMENT_KIND_REPORT_PDF: "report.pdf",
}
"""Documents of an invoice and the ending of the file that `download` saves."""


def run_name(period: BillingPeriod) -> str:
    return f"billingRuns/{period.label}"


async def run(client: Client, period: BillingPeriod, follow: Follow) -> pb.BillingRun:
    """Draft every invoice of a period, telling `follow` how far it is."""
    request = pb.CreateBillingRunRequest(period=period_to_proto(period), request_id=request_id())
    created = (await client.invoicing.CreateBillingRun(request)).billing_run
    return await _until_rest(client, created.name, follow)


async def approve(client: Client, period: BillingPeriod, issue_date: date | None, follow: Follow) -> pb.BillingRun:
    """Issue the drafts of a period, telling `follow` how far it is."""
    request = pb.ApproveInvoicesRequest(billing_run=run_name(period), request_id=request_id())
    if issue_date is not None:
        request.issue_date.CopyFrom(date_to_proto(issue_date))
    await client.invoicing.ApproveInvoices(request)
    return await _until_rest(client, run_name(period), follow, ignore=pb.BILLING_RUN_STATE_DRAFTED)


async def _until_rest(
    client: Client, name: str, follow: Follow, ignore: pb.BillingRunState | None = None
) -> pb.BillingRun:
    last = pb.BillingRun()
    async for update in client.invoicing.WatchBillingRun(pb.WatchBillingRunRequest(name=name)):
        last = update.billing_run
        follow(last)
        if last.state in _RESTING and last.state != ignore:
            break
    if last.state == pb.BILLING_RUN_STATE_FAILED:
        raise PreconditionError("BILLING_RUN_FAILED", f"{name}: {last.error}", {"name": name})
    return last


async def list_invoices(client: Client, customer: str = "", period: BillingPeriod | None = None) -> list[pb.Invoice]:
    """Return invoices by period and customer, without their assets."""
    request = pb.ListInvoicesRequest(customer=customer, page_size=500)
    if period is not None:
        request.period.CopyFrom(period_to_proto(period))
    return [each async for page in pages(client.invoicing.ListInvoices, request) for each in page.invoices]


async def download(client: Client, invoice: str, kind: pb.DocumentKind, path: Path) -> None:
    """Save a document of an issued invoice."""
    call = client.invoicing.DownloadDocument(pb.DownloadDocumentRequest(invoice=invoice, kind=kind))
    path.write_bytes(b"".join([piece.content async for piece in call]))

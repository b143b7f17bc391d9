"""gRPC edge of invoicing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import grpc.aio

from dutycycle.api.invoicing.v1 import invoicing_pb2 as pb
from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceServicer
from dutycycle.api.rating.v1.rating_pb2 import BillingPeriod as BillingPeriodProto
from dutycycle.invoicing.convert import DOCUMENT_KINDS, invoice_to_proto, run_to_proto
from dutycycle.invoicing.service.billing import Billing
from dutycycle.invoicing.service.library import Library
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.page import decode_token, encode_token, page_size
from dutycycle.runtime.wire import date_from_proto, invalid, period_from_proto

Context = grpc.aio.ServicerContext[Any, Any]
_PIECE_BYTES = 256 << 10


class InvoicingServicer(InvoicingServiceServicer):
    def __init__(self, billing: Billing, library: Library) -> None:
        self._billing = billing
        self._library = library

    async def CreateBillingRun(
        self, request: pb.CreateBillingRunRequest, context: Context
    ) -> pb.CreateBillingRunResponse:
        run = await self._billing.create_run(_month(request.period), request.request_id)
        return pb.CreateBillingRunResponse(billing_run=run_to_proto(run))

    async def GetBillingRun(self, request: pb.GetBillingRunRequest, context: Context) -> pb.GetBillingRunResponse:
        return pb.GetBillingRunResponse(billing_run=run_to_proto(await self._billing.get_run(request.name)))

    async def ListBillingRuns(self, request: pb.ListBillingRunsRequest, context: Context) -> pb.ListBillingRunsResponse:
        limit = page_size(request.page_size, 100, 1_000)
        [before] = decode_token(request.page_token, [date.max.isoformat()])
        runs = await self._billing.list_runs(date.fromisoformat(before), limit + 1)
        return pb.ListBillingRunsResponse(
            billing_runs=[run_to_proto(run) for run in runs[:limit]],
            next_page_token=encode_token([runs[limit - 1].period.start.isoformat()]) if len(runs) > limit else "",
        )

    async def WatchBillingRun(
        self, request: pb.WatchBillingRunRequest, context: Context
    ) -> AsyncIterator[pb.WatchBillingRunResponse]:
        async for run in self._billing.watch_run(request.name):
            yield pb.WatchBillingRunResponse(billing_run=run_to_proto(run))

    async def ApproveInvoices(self, request: pb.ApproveInvoicesRequest, context: Context) -> pb.ApproveInvoicesResponse:
        issue_date = date_from_proto(request.issue_date, "issue_date") if request.HasField("issue_date") else None
        run = await self._billing.approve(request.billing_run, issue_date)
        return pb.ApproveInvoicesResponse(billing_run=run_to_proto(run))

    async def PreviewInvoice(self, request: pb.PreviewInvoiceRequest, context: Context) -> pb.PreviewInvoiceResponse:
        invoice = await self._billing.preview(request.customer, _month(request.period))
        return pb.PreviewInvoiceResponse(invoice=invoice_to_proto(invoice, with_assets=True))

    async def GetInvoice(self, request: pb.GetInvoiceRequest, context: Context) -> pb.GetInvoiceResponse:
        invoice = await self._library.get_invoice(request.name)
        return pb.GetInvoiceResponse(invoice=invoice_to_proto(invoice, with_assets=True))

    async def ListInvoices(self, request: pb.ListInvoicesRequest, context: Context) -> pb.ListInvoicesResponse:
        limit = page_size(request.page_size, 100, 500)
        start = _month(request.period).start if request.HasField("period") else None
        after, customer, name = decode_token(request.page_token, [date.min.isoformat(), "", ""])
        key = (date.fromisoformat(after), customer, name)
        invoices = await self._library.list_invoices(request.customer, start, key, limit + 1)
        last = invoices[limit - 1] if len(invoices) > limit else None
        return pb.ListInvoicesResponse(
            invoices=[invoice_to_proto(invoice, with_assets=False) for invoice in invoices[:limit]],
            next_page_token=encode_token([last.period.start.isoformat(), last.customer.name, last.name])
            if last
            else "",
        )

    async def DownloadDocument(
        self, request: pb.DownloadDocumentRequest, context: Context
    ) -> AsyncIterator[pb.DownloadDocumentResponse]:
        if request.kind not in DOCUMENT_KINDS:
            raise invalid("kind", "name one of the four documents")
        file = await self._library.get_document(request.invoice, DOCUMENT_KINDS[request.kind])
        yield pb.DownloadDocumentResponse(file_name=file.file_name, content=file.content[:_PIECE_BYTES])
        for start in range(_PIECE_BYTES, len(file.content), _PIECE_BYTES):
            yield pb.DownloadDocumentResponse(content=file.content[start : start + _PIECE_BYTES])


def _month(message: BillingPeriodProto) -> BillingPeriod:
    period = period_from_proto(message)
    if period != BillingPeriod.month(period.start.year, period.start.month):
        raise invalid("period", "must be one calendar month")
    return period

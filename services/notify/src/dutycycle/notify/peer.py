"""Invoicing, asked over gRPC."""

from __future__ import annotations

from collections.abc import Sequence

import grpc.aio

from dutycycle.api.invoicing.v1 import invoicing_pb2 as pb
from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceStub
from dutycycle.notify.bill import Bill
from dutycycle.notify.convert import bill_from_proto
from dutycycle.notify.message import Attachment
from dutycycle.runtime.rpc import error_from_rpc

_ATTACHED = (pb.DOCUMENT_KIND_INVOICE_PDF, pb.DOCUMENT_KIND_REPORT_PDF, pb.DOCUMENT_KIND_ASSETS_XLSX)
_RENDER_SECONDS = 60.0


class InvoicingPeer:
    """Invoices and their documents behind a channel; a failed call raises its typed error."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._channel = channel
        self._stub = InvoicingServiceStub(channel)

    async def close(self) -> None:
        await self._channel.close()

    async def bill(self, invoice: str) -> Bill:
        try:
            response = await self._stub.GetInvoice(pb.GetInvoiceRequest(name=invoice))
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error) from error
        return bill_from_proto(response.invoice)

    async def documents(self, invoice: str) -> Sequence[Attachment]:
        return [await self._document(invoice, kind) for kind in _ATTACHED]

    async def _document(self, invoice: str, kind: pb.DocumentKind) -> Attachment:
        request = pb.DownloadDocumentRequest(invoice=invoice, kind=kind)
        name, pieces = "", []
        try:
            async for response in self._stub.DownloadDocument(request, timeout=_RENDER_SECONDS):
                name = name or response.file_name
                pieces.append(response.content)
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error) from error
        return Attachment(name, b"".join(pieces))

"""The services before notify, asked over gRPC; a failed call raises its typed error."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import grpc.aio

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceStub
from dutycycle.api.invoicing.v1 import invoicing_pb2 as pb
from dutycycle.api.invoicing.v1.invoicing_pb2_grpc import InvoicingServiceStub
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.offers.v1.offers_pb2_grpc import OffersServiceStub
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceStub
from dutycycle.kit import clock
from dutycycle.notify import errors
from dutycycle.notify.alert import Running
from dutycycle.notify.bill import Bill
from dutycycle.notify.convert import (
    announcement_letter,
    bill_from_proto,
    correspondence_from_proto,
    running_from_proto,
)
from dutycycle.notify.correspondence import Correspondence
from dutycycle.notify.message import Attachment
from dutycycle.notify.neighbour import Announcement
from dutycycle.runtime.page import pages
from dutycycle.runtime.rpc import error_from_rpc
from dutycycle.runtime.wire import date_from_proto, period_from_proto, period_to_proto

_ATTACHED = (pb.DOCUMENT_KIND_INVOICE_PDF, pb.DOCUMENT_KIND_REPORT_PDF, pb.DOCUMENT_KIND_ASSETS_XLSX)
_RENDER_SECONDS = 60.0
_RATE_SECONDS = 30.0
_REVISIONS = 1_000
_MONTHS_BEFORE = 12


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


class ContractsPeer:
    """Contracts behind a channel."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._channel = channel
        self._stub = ContractsServiceStub(channel)

    async def close(self) -> None:
        await self._channel.close()

    async def correspondence(self, customer: str) -> Correspondence:
        try:
            found = await self._stub.GetCustomer(contracts_pb2.GetCustomerRequest(name=customer))
            page = await self._stub.ListAgreements(
                contracts_pb2.ListAgreementsRequest(customer=customer, page_size=_REVISIONS)
            )
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error) from error
        if not page.agreements:
            raise errors.no_agreement(customer)
        return correspondence_from_proto(found.customer, page.agreements[-1])

    async def customers(self, day: date) -> list[str]:
        request = contracts_pb2.ListAgreementsRequest(page_size=_REVISIONS)
        try:
            found = {
                each.customer
                async for page in pages(self._stub.ListAgreements, request)
                for each in page.agreements
                if date_from_proto(each.effective_date) <= day < date_from_proto(each.end_date)
            }
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error) from error
        return sorted(found)


class OffersPeer:
    """Offers behind a channel."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._channel = channel
        self._stub = OffersServiceStub(channel)

    async def close(self) -> None:
        await self._channel.close()

    async def announcement(self, decision: str) -> Announcement | None:
        try:
            response = await self._stub.GetDecision(offers_pb2.GetDecisionRequest(name=decision))
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error) from error
        found = response.decision
        if found.communication.timing != offers_pb2.TIMING_BEFORE_INVOICE:
            return None
        return Announcement(
            customer=found.customer,
            about=decision.replace("decisions/", "announcements/", 1),
            recipient=found.communication.recipient,
            write=lambda to, greeting: announcement_letter(found, to, greeting),
        )


class RatingPeer:
    """Rating behind a channel."""

    def __init__(self, rating: grpc.aio.Channel) -> None:
        self._channel = rating
        self._stub = RatingServiceStub(rating)

    async def close(self) -> None:
        await self._channel.close()

    async def running(self, customer: str, zone: str) -> Running | None:
        try:
            accrued = await self._first(customer)
            if accrued is None:
                return None
            period = period_from_proto(accrued.period)
            rated = await self._stub.RatePeriods(
                rating_pb2.RatePeriodsRequest(
                    customer=customer,
                    periods=[period_to_proto(each) for each in period.last_months(_MONTHS_BEFORE + 1)],
                    include_assets=True,
                )
            )
        except grpc.aio.AioRpcError as error:
            raise error_from_rpc(error) from error
        return running_from_proto(accrued, rated.statements, clock.today(zone))

    async def _first(self, customer: str) -> rating_pb2.WatchAccrualsResponse | None:
        """Return the first message of the stream: the period as it stands now."""
        call = self._stub.WatchAccruals(rating_pb2.WatchAccrualsRequest(customer=customer), timeout=_RATE_SECONDS)
        try:
            async for message in call:
                return message
        finally:
            call.cancel()
        return None

"""The services before invoicing, asked over gRPC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import grpc.aio

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceStub
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.ingest.v1.ingest_pb2_grpc import IngestServiceStub
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.offers.v1.offers_pb2_grpc import OffersServiceStub
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceStub
from dutycycle.invoicing.convert import (
    customer_from_proto,
    decision_from_proto,
    statement_from_proto,
    summary_from_proto,
    terms_from_proto,
)
from dutycycle.invoicing.invoice import Customer, Decision
from dutycycle.invoicing.neighbour import Statement, Terms, UsageSummary
from dutycycle.kit import ids
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.page import pages
from dutycycle.runtime.rpc import error_from_rpc
from dutycycle.runtime.wire import date_to_proto, period_to_proto, timestamp_to_proto


@contextmanager
def _typed_errors() -> Iterator[None]:
    try:
        yield
    except grpc.aio.AioRpcError as error:
        raise error_from_rpc(error) from error


class Peers:
    """Contracts, ingest, rating and offers behind their channels; a failed call raises its typed error."""

    def __init__(
        self,
        contracts: grpc.aio.Channel,
        ingest: grpc.aio.Channel,
        rating: grpc.aio.Channel,
        offers: grpc.aio.Channel,
    ) -> None:
        self._channels = (contracts, ingest, rating, offers)
        self._contracts = ContractsServiceStub(contracts)
        self._ingest = IngestServiceStub(ingest)
        self._rating = RatingServiceStub(rating)
        self._offers = OffersServiceStub(offers)

    async def close(self) -> None:
        for channel in self._channels:
            await channel.close()

    async def source_heads(self) -> Mapping[str, int]:
        with _typed_errors():
            response = await self._ingest.ListSources(ingest_pb2.ListSourcesRequest())
        return {head.source: head.last_segment_number for head in response.sources}

    async def folded(self) -> Mapping[str, int]:
        with _typed_errors():
            response = await self._rating.GetWatermark(rating_pb2.GetWatermarkRequest())
        return {head.source: head.last_segment_number for head in response.folded}

    async def customers(self) -> Mapping[str, Customer]:
        request = contracts_pb2.ListCustomersRequest(page_size=1_000)
        with _typed_errors():
            return {
                message.name: customer_from_proto(message)
                async for page in pages(self._contracts.ListCustomers, request)
                for message in page.customers
            }

    async def terms(self, customer: str) -> Sequence[Terms]:
        request = contracts_pb2.ListAgreementsRequest(customer=customer, page_size=1_000)
        with _typed_errors():
            return [
                terms_from_proto(message)
                async for page in pages(self._contracts.ListAgreements, request)
                for message in page.agreements
            ]

    async def statements(
        self, customer: str, periods: Sequence[BillingPeriod], heads: Mapping[str, int], *, include_assets: bool
    ) -> Sequence[Statement]:
        request = rating_pb2.RatePeriodsRequest(
            customer=customer,
            periods=[period_to_proto(period) for period in periods],
            include_assets=include_assets,
            required_watermarks=[
                ingest_pb2.SourceHead(source=source, last_segment_number=number) for source, number in heads.items()
            ],
        )
        with _typed_errors():
            response = await self._rating.RatePeriods(request)
        return [statement_from_proto(message) for message in response.statements]

    async def usage_summary(self, source: str, start: datetime, end: datetime) -> UsageSummary:
        request = ingest_pb2.SummarizeUsageRequest(
            source=source, start_time=timestamp_to_proto(start), end_time=timestamp_to_proto(end)
        )
        with _typed_errors():
            return summary_from_proto(await self._ingest.SummarizeUsage(request))

    async def decide(self, customer: str, period: BillingPeriod, summary: UsageSummary) -> Decision:
        request = offers_pb2.DecideTreatmentRequest(
            customer=customer,
            period=period_to_proto(period),
            records_received=summary.received,
            records_rejected=summary.rejected,
            records_waiting=summary.waiting,
            records_estimated=summary.estimated,
            request_id=ids.request_id(),
        )
        with _typed_errors():
            response = await self._offers.DecideTreatment(request)
        return decision_from_proto(response.decision)

    async def close_period(self, source: str, period: BillingPeriod, zone: str) -> None:
        request = ingest_pb2.ClosePeriodRequest(
            source=source,
            start_date=date_to_proto(period.start),
            end_date=date_to_proto(period.end),
            zone=zone,
            request_id=ids.request_id(),
        )
        with _typed_errors():
            await self._ingest.ClosePeriod(request)

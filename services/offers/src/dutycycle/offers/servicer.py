"""gRPC edge of offers."""

from __future__ import annotations

from datetime import date
from typing import Any

import grpc.aio

from dutycycle.api.offers.v1 import offers_pb2 as pb
from dutycycle.api.offers.v1.offers_pb2_grpc import OffersServiceServicer
from dutycycle.api.rating.v1.rating_pb2 import BillingPeriod as BillingPeriodProto
from dutycycle.kit import ids
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.convert import assessment_to_proto
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.service import OffersService
from dutycycle.runtime.page import decode_token, encode_token, page_size
from dutycycle.runtime.wire import invalid, period_from_proto

Context = grpc.aio.ServicerContext[Any, Any]


class OffersServicer(OffersServiceServicer):
    def __init__(self, service: OffersService) -> None:
        self._service = service

    async def AssessCustomer(self, request: pb.AssessCustomerRequest, context: Context) -> pb.AssessCustomerResponse:
        assessed = await self._service.assess_customer(_customer(request.customer), _month(request.period))
        return pb.AssessCustomerResponse(assessment=assessment_to_proto(assessed))

    async def DecideTreatment(self, request: pb.DecideTreatmentRequest, context: Context) -> pb.DecideTreatmentResponse:
        customer, period, records = _customer(request.customer), _month(request.period), _records(request)
        body = await self._service.decide_treatment(customer, period, records, in_dispute=request.in_dispute)
        return pb.DecideTreatmentResponse(decision=pb.Decision.FromString(body))

    async def GetDecision(self, request: pb.GetDecisionRequest, context: Context) -> pb.GetDecisionResponse:
        body = await self._service.get_decision(request.name)
        return pb.GetDecisionResponse(decision=pb.Decision.FromString(body))

    async def ListDecisions(self, request: pb.ListDecisionsRequest, context: Context) -> pb.ListDecisionsResponse:
        limit = page_size(request.page_size, 100, 1_000)
        day, customer = decode_token(request.page_token, [date.min.isoformat(), ""])
        after = (date.fromisoformat(day), customer)
        stored = await self._service.list_decisions(request.customer, after, limit + 1)
        last = stored[limit - 1] if len(stored) > limit else None
        return pb.ListDecisionsResponse(
            decisions=[pb.Decision.FromString(each.body) for each in stored[:limit]],
            next_page_token=encode_token([last.period_start.isoformat(), last.customer]) if last else "",
        )

    async def SetPreference(self, request: pb.SetPreferenceRequest, context: Context) -> pb.SetPreferenceResponse:
        customer = _customer(request.customer)
        if not request.origin:
            raise invalid("origin", "say where the wish came from: it must be provable")
        if request.request_id and not ids.is_request_id(request.request_id):
            raise invalid("request_id", "must be a UUID")
        allowed = await self._service.set_preference(
            customer, request.origin, request.request_id or ids.request_id(), offers_allowed=request.offers_allowed
        )
        return pb.SetPreferenceResponse(offers_allowed=allowed)


def _customer(name: str) -> str:
    if ids.resource_id(name, "customers") is None:
        raise invalid("customer", f"{name!r} is not of the form customers/fl")
    return name


def _month(message: BillingPeriodProto) -> BillingPeriod:
    period = period_from_proto(message)
    if period != BillingPeriod.month(period.start.year, period.start.month):
        raise invalid("period", "must be a calendar month")
    return period


def _records(request: pb.DecideTreatmentRequest) -> RecordCounts:
    records = RecordCounts(request.records_received, request.records_rejected, request.records_waiting)
    if min(records.received, records.rejected, records.waiting) < 0 or records.unusable > records.received:
        raise invalid("records_received", "counts are not negative, and rejected and waiting are part of received")
    return records

"""gRPC edge of rating."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import grpc.aio
from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.ingest.v1.ingest_pb2 import UsageRecord
from dutycycle.api.rating.v1 import rating_pb2 as pb
from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceServicer
from dutycycle.charge.convert import charge_from_proto
from dutycycle.rating.contract import Terms
from dutycycle.rating.convert import (
    agreement_from_proto,
    asset_usage_to_proto,
    line_to_proto,
    month_from_proto,
    statement_line_to_proto,
    statement_to_proto,
    watermarks_to_proto,
)
from dutycycle.rating.core import CORE_NAME
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import Reading
from dutycycle.rating.service.explain_line import LineExplainer
from dutycycle.rating.service.fold_usage import UsageFolder
from dutycycle.rating.service.rate_periods import PeriodRater
from dutycycle.runtime.wire import decimal_from_proto, invalid

Context = grpc.aio.ServicerContext[Any, Any]
_PERIODS_A_CALL = 36
_RECORDS_A_CALL = 10_000


class RatingServicer(RatingServiceServicer):
    def __init__(self, rater: PeriodRater, explainer: LineExplainer, folder: UsageFolder) -> None:
        self._rater = rater
        self._explainer = explainer
        self._folder = folder

    async def RateUsage(self, request: pb.RateUsageRequest, context: Context) -> pb.RateUsageResponse:
        if len(request.currency) != 3:
            raise invalid("currency", f"{request.currency!r} is not an ISO 4217 code")
        charge = charge_from_proto(request.charge, "charge")
        if charge.measure is not None and not request.HasField("quantity"):
            raise invalid("quantity", "is absent; this charge has a measure")
        quantity = decimal_from_proto(request.quantity, "quantity") if request.HasField("quantity") else Decimal(1)
        covered = {
            name: decimal_from_proto(DecimalProto(value=amount), f"covered_amounts[{name}]")
            for name, amount in request.covered_amounts.items()
        }
        line = rate_line(charge, Reading(quantity, covered=covered), request.currency)
        return pb.RateUsageResponse(line=line_to_proto(line))

    async def RatePeriods(self, request: pb.RatePeriodsRequest, context: Context) -> pb.RatePeriodsResponse:
        if not 1 <= len(request.periods) <= _PERIODS_A_CALL:
            raise invalid("periods", f"give 1 to {_PERIODS_A_CALL}")
        periods = [month_from_proto(period, f"periods[{index}]") for index, period in enumerate(request.periods)]
        required = {head.source: head.last_segment_number for head in request.required_watermarks}
        alternative = None
        if request.HasField("alternative_terms"):
            revision = agreement_from_proto(request.alternative_terms, "alternative_terms")
            alternative = Terms([revision], everywhen=True)
        rated = await self._rater.rate(request.customer, periods, required, alternative)
        return pb.RatePeriodsResponse(
            statements=[
                statement_to_proto(statement, rated.registry, with_assets=request.include_assets)
                for statement in rated.statements
            ]
        )

    async def ExplainLine(self, request: pb.ExplainLineRequest, context: Context) -> pb.ExplainLineResponse:
        if not 0 <= request.record_limit <= _RECORDS_A_CALL:
            raise invalid("record_limit", f"is {request.record_limit}; 0 to {_RECORDS_A_CALL:,}")
        period = month_from_proto(request.period, "period")
        found = await self._explainer.explain(
            request.customer, period, request.line, request.asset, request.record_limit
        )
        titles = {found.line.schedule.id: found.line.schedule.display_name}
        return pb.ExplainLineResponse(
            line=statement_line_to_proto(found.line),
            assets=[asset_usage_to_proto(each, found.registry, titles) for each in found.usage],
            records=[UsageRecord.FromString(body) for body in found.records.records],
            records_total=found.records.total,
        )

    async def GetWatermark(self, request: pb.GetWatermarkRequest, context: Context) -> pb.GetWatermarkResponse:
        marks = await self._folder.watermarks()
        return pb.GetWatermarkResponse(folded=watermarks_to_proto(marks), core=CORE_NAME)

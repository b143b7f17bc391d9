"""gRPC edge of rating."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc.aio

from dutycycle.api.ingest.v1.ingest_pb2 import UsageRecord
from dutycycle.api.rating.v1 import rating_pb2 as pb
from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceServicer
from dutycycle.kit import clock
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.alternative import Simulation
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
from dutycycle.rating.convert_result import (
    accruals_to_proto,
    alternatives_from_proto,
    bars_from_proto,
    interval_from_proto,
    months_from_proto,
    preview_to_proto,
    required_from_proto,
    simulation_to_proto,
    statements_to_proto,
    total_to_proto,
)
from dutycycle.rating.convert_usage import currency_from_proto, given_usage_from_proto
from dutycycle.rating.core import CORE_NAME
from dutycycle.rating.given_usage import rate_given
from dutycycle.rating.portfolio import Portfolio
from dutycycle.rating.service.explain_line import LineExplainer
from dutycycle.rating.service.fold_usage import UsageFolder
from dutycycle.rating.service.rate_periods import PeriodRater
from dutycycle.rating.service.rate_portfolio import PortfolioRater
from dutycycle.rating.service.simulate_charges import ChargeSimulator
from dutycycle.rating.service.watch_accruals import AccrualWatcher
from dutycycle.runtime.interceptor import status_of
from dutycycle.runtime.wire import invalid, period_to_proto

Context = grpc.aio.ServicerContext[Any, Any]
_PERIODS_A_CALL = 36
_PERIODS_A_STREAM = 120
_RECORDS_A_CALL = 10_000


class RatingServicer(RatingServiceServicer):
    def __init__(
        self,
        rater: PeriodRater,
        explainer: LineExplainer,
        folder: UsageFolder,
        portfolio: PortfolioRater,
        simulator: ChargeSimulator,
        watcher: AccrualWatcher,
    ) -> None:
        self._rater = rater
        self._explainer = explainer
        self._folder = folder
        self._portfolio = portfolio
        self._simulator = simulator
        self._watcher = watcher

    async def RateUsage(self, request: pb.RateUsageRequest, context: Context) -> pb.RateUsageResponse:
        usage = given_usage_from_proto(request)
        lines = [line_to_proto(line) for line in await asyncio.to_thread(rate_given, usage)]
        return pb.RateUsageResponse(line=lines[0], lines=lines)

    async def PreviewCharge(self, request: pb.PreviewChargeRequest, context: Context) -> pb.PreviewChargeResponse:
        currency_from_proto(request.currency)
        today = clock.today("UTC")
        return await asyncio.to_thread(preview_to_proto, request, BillingPeriod.month(today.year, today.month))

    async def RateCustomer(
        self, request: pb.RateCustomerRequest, context: Context
    ) -> AsyncIterator[pb.RateCustomerResponse]:
        periods = months_from_proto(request.periods, _PERIODS_A_STREAM)
        required, done = required_from_proto(request.required_watermarks), 0
        async for period, rated in self._portfolio.customer(request.customer, periods, required):
            done += 1
            yield pb.RateCustomerResponse(
                progress=pb.Progress(done=done, total=len(periods), customer=request.customer),
                period=period_to_proto(period),
                statements=statements_to_proto(rated.statements, rated.registry, with_assets=request.include_assets),
            )

    async def RatePortfolio(
        self, request: pb.RatePortfolioRequest, context: Context
    ) -> AsyncIterator[pb.RatePortfolioResponse]:
        period = month_from_proto(request.period, "period")
        required = required_from_proto(request.required_watermarks)
        customers = await self._portfolio.customers(request.customers)
        progress, portfolio = pb.Progress(total=len(customers)), Portfolio()
        async for each in self._portfolio.portfolio(customers, period, required):
            progress.done += 1
            progress.customer = each.customer
            answer = pb.RatePortfolioResponse(progress=progress)
            if each.error is not None:
                answer.error.CopyFrom(status_of(each.error))
            if each.rated is not None:
                portfolio.add(each.rated.statements)
                answer.statements.extend(
                    statements_to_proto(each.rated.statements, each.rated.registry, with_assets=request.include_assets)
                )
            yield answer
        progress.customer = ""
        yield pb.RatePortfolioResponse(
            progress=progress, totals=[total_to_proto(total) for total in portfolio.totals()]
        )

    async def SimulateCharges(
        self, request: pb.SimulateChargesRequest, context: Context
    ) -> AsyncIterator[pb.SimulateChargesResponse]:
        periods = months_from_proto(request.periods, _PERIODS_A_CALL)
        simulation = Simulation(alternatives_from_proto(request.alternatives))
        bars = bars_from_proto(request.histogram_bars)
        customers = await self._portfolio.customers(request.customers)
        progress = pb.Progress(total=len(customers))
        yield pb.SimulateChargesResponse(progress=progress)
        async for customer in self._simulator.simulate(customers, periods, simulation):
            progress.done += 1
            progress.customer = customer
            yield pb.SimulateChargesResponse(progress=progress)
        answer = await asyncio.to_thread(
            simulation_to_proto, simulation, bars, with_customers=request.include_customers
        )
        answer.progress.CopyFrom(pb.Progress(done=progress.done, total=progress.total))
        yield answer

    async def WatchAccruals(
        self, request: pb.WatchAccrualsRequest, context: Context
    ) -> AsyncIterator[pb.WatchAccrualsResponse]:
        period = month_from_proto(request.period, "period") if request.HasField("period") else None
        interval = interval_from_proto(request.interval if request.HasField("interval") else None)
        async for accruals in self._watcher.watch(request.customer, period, interval):
            yield accruals_to_proto(request.customer, accruals)

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

"""gRPC edge towards contracts and rating: the facts that offers works on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import grpc
import grpc.aio

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceStub
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.api.rating.v1.rating_pb2_grpc import RatingServiceStub
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers import errors
from dutycycle.offers.answer import Answer
from dutycycle.offers.asset_group import Fleet
from dutycycle.offers.communication import Customer
from dutycycle.offers.comparison import MonthComparison
from dutycycle.offers.convert import (
    alternative_to_proto,
    catalogue_from_proto,
    cost_from_proto,
    customer_from_proto,
    fleet_from_proto,
    month_from_proto,
    terms_from_proto,
)
from dutycycle.offers.convert_result import amendment_to_proto
from dutycycle.offers.history import Month
from dutycycle.offers.offer import Offer
from dutycycle.offers.source import Catalogue
from dutycycle.offers.terms import Alternative, Terms, unchanged
from dutycycle.runtime.page import pages
from dutycycle.runtime.wire import date_from_proto, date_to_proto, period_to_proto

_REVISIONS_A_PAGE = 1_000


class Peers:
    """Asks contracts and rating, as the tenant of the present call."""

    def __init__(self, contracts: grpc.aio.Channel, rating: grpc.aio.Channel) -> None:
        self._contracts = ContractsServiceStub(contracts)
        self._rating = RatingServiceStub(rating)

    async def terms(self, customer: str, period: BillingPeriod) -> Terms:
        """Return the agreement in force on the first day of a period; of several the first by name."""
        request = contracts_pb2.ListAgreementsRequest(customer=customer, page_size=_REVISIONS_A_PAGE)
        response = await self._contracts.ListAgreements(request)
        newest: dict[str, contracts_pb2.Agreement] = {}
        for revision in response.agreements:  # by name and effective date: a later one replaces an earlier
            if _is_in_force(revision, period):
                newest[revision.name] = revision
        if not newest:
            raise errors.no_agreement(customer, period)
        return terms_from_proto(newest[min(newest)])

    async def customer(self, name: str) -> Customer:
        response = await self._contracts.GetCustomer(contracts_pb2.GetCustomerRequest(name=name))
        return customer_from_proto(response.customer)

    async def customers(self, period: BillingPeriod) -> list[str]:
        """Return the names of customers with an agreement in force in a period, in order."""
        request = contracts_pb2.ListAgreementsRequest(page_size=_REVISIONS_A_PAGE)
        names = {
            revision.customer
            async for page in pages(self._contracts.ListAgreements, request)
            for revision in page.agreements
            if _is_in_force(revision, period)
        }
        return sorted(names)

    async def draft_amendment(self, answer: Answer, offer: Offer) -> str:
        request = contracts_pb2.DraftAmendmentRequest(amendment=amendment_to_proto(answer, offer))
        response = await self._contracts.DraftAmendment(request)
        return response.amendment.name

    async def amendment(self, name: str) -> contracts_pb2.Amendment:
        request = contracts_pb2.GetAmendmentRequest(name=name)
        return (await self._contracts.GetAmendment(request)).amendment

    async def agreement(self, name: str, day: date) -> contracts_pb2.Agreement:
        """Return the revision of an agreement in force on a day."""
        request = contracts_pb2.GetAgreementRequest(name=name, as_of_date=date_to_proto(day))
        return (await self._contracts.GetAgreement(request)).agreement

    async def amended_months(self, answer: Answer, last: BillingPeriod) -> list[MonthComparison]:
        """Return the months up to the last one that an amendment was in force, as billed and on the terms before."""
        if not answer.amendment:
            return []
        amendment = await self.amendment(answer.amendment)
        if amendment.state != contracts_pb2.AMENDMENT_STATE_APPROVED:
            return []
        start = date_from_proto(amendment.effective_date)
        before = terms_from_proto(await self.agreement(amendment.agreement, start - timedelta(days=1)))
        months = (last.start.year - start.year) * 12 + last.start.month - start.month + 1
        periods = last.last_months(months) if months > 0 else []
        if not periods:
            return []
        billed = await self.history(before, periods)
        otherwise = await self.costs(unchanged(before), periods)
        return [MonthComparison(month.period, cost, month.cost) for month, cost in zip(billed, otherwise, strict=True)]

    async def catalogue(self) -> Catalogue:
        try:
            response = await self._contracts.GetCatalogue(contracts_pb2.GetCatalogueRequest())
        except grpc.aio.AioRpcError as error:
            if error.code() is grpc.StatusCode.NOT_FOUND:
                return Catalogue()
            raise
        return catalogue_from_proto(response.catalogue)

    async def history(self, terms: Terms, periods: Sequence[BillingPeriod]) -> list[Month]:
        return [month_from_proto(statement) for statement in await self._rate(terms, periods, None)]

    async def fleet(self, terms: Terms, periods: Sequence[BillingPeriod]) -> Fleet:
        return fleet_from_proto(await self._rate(terms, periods, None, include_assets=True), terms)

    async def costs(self, other: Alternative, periods: Sequence[BillingPeriod]) -> list[Money]:
        alternative = alternative_to_proto(other)
        return [cost_from_proto(statement) for statement in await self._rate(other.terms, periods, alternative)]

    async def _rate(
        self,
        terms: Terms,
        periods: Sequence[BillingPeriod],
        alternative: contracts_pb2.Agreement | None,
        *,
        include_assets: bool = False,
    ) -> list[rating_pb2.Statement]:
        response = await self._rating.RatePeriods(
            rating_pb2.RatePeriodsRequest(
                customer=terms.customer,
                periods=[period_to_proto(period) for period in periods],
                alternative_terms=alternative,
                include_assets=include_assets,
            )
        )
        statements = [statement for statement in response.statements if statement.agreement == terms.agreement]
        if len(statements) != len(periods):
            raise errors.not_comparable(terms.agreement, len(statements), len(periods))
        return statements


def _is_in_force(revision: contracts_pb2.Agreement, period: BillingPeriod) -> bool:
    effective = date_from_proto(revision.effective_date)
    return effective <= period.start < date_from_proto(revision.end_date)

"""The lessor's view: every customer with its risk and best program, and what offers did."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dutycycle.kit.errors import DutycycleError
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers import store
from dutycycle.offers.adviser import Adviser
from dutycycle.offers.answer import Answer, AnswerKind
from dutycycle.offers.assessment import Assessment
from dutycycle.offers.candidate import ProgramCandidate
from dutycycle.offers.comparison import MonthComparison
from dutycycle.offers.convert_result import offer_from_bytes
from dutycycle.offers.decision import Treatment
from dutycycle.offers.effect import CustomerMonth, RealisedSaving, SubjectEffect, measure
from dutycycle.offers.history import UseKind
from dutycycle.offers.policy import Policy
from dutycycle.offers.source import Source
from dutycycle.runtime.database import Database
from dutycycle.runtime.tenancy import tenant

_AT_ONCE = 4
"""Customers that are looked at together: rating has other callers."""


@dataclass(frozen=True, slots=True)
class CustomerStanding:
    """One customer as the lessor sees it."""

    assessment: Assessment
    best: ProgramCandidate | None
    last_treatment: Treatment | None
    last_answer: AnswerKind | None
    programs_rated: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All customers, the riskiest first, and who could not be assessed."""

    customers: Sequence[CustomerStanding]
    skipped: Sequence[str]

    @property
    def programs_rated(self) -> int:
        return sum(each.programs_rated for each in self.customers)


class MeasuringSource(Source, Protocol):
    """What is asked for beyond one customer's facts."""

    async def customers(self, period: BillingPeriod) -> Sequence[str]:
        """Return the names of customers with an agreement in force in a period."""
        ...

    async def amended_months(self, answer: Answer, last: BillingPeriod) -> Sequence[MonthComparison]:
        """Return the months up to the last one that an amendment was in force, as billed and on the terms before."""
        ...


class MeasuringService:
    """Looks at all customers at once."""

    def __init__(self, database: Database, source: MeasuringSource, policy: Policy) -> None:
        self._database = database
        self._source = source
        self._adviser = Adviser(source, policy)

    async def assess_portfolio(self, period: BillingPeriod) -> Portfolio:
        """Assess every customer and rate it on every program that is open to it."""
        skipped: list[str] = []
        turns = asyncio.Semaphore(_AT_ONCE)

        async def one(customer: str) -> CustomerStanding | None:
            async with turns:
                try:
                    return await self._standing(customer, period)
                except DutycycleError as error:
                    skipped.append(f"{customer}: {error}")
                    return None

        found = await asyncio.gather(*(one(name) for name in await self._source.customers(period)))
        customers = [each for each in found if each is not None]
        customers.sort(key=lambda c: (-c.assessment.risk.score, -c.assessment.at_stake.amount, c.assessment.customer))
        return Portfolio(customers, sorted(skipped))

    async def _standing(self, customer: str, period: BillingPeriod) -> CustomerStanding:
        assessed, candidates = await self._adviser.fit(customer, period)
        async with self._database.transaction(tenant()) as connection:
            last = await store.last_treatment(connection, customer, period.start)
            answers = await store.list_customer_answers(connection, customer)
        best = max(candidates, key=lambda c: (not c.obstacles, c.comparison.saving.amount), default=None)
        return CustomerStanding(assessed, best, last, answers[-1].kind if answers else None, len(candidates))

    async def measure_effect(
        self, first: BillingPeriod, last: BillingPeriod
    ) -> tuple[list[SubjectEffect], list[RealisedSaving]]:
        """Measure the offers of invoices for the periods, on what happened up to and with the last."""
        async with self._database.transaction(tenant()) as connection:
            exposures = await store.list_exposures(connection, first.start, last.end)
            names = [exposure.decision for exposure in exposures]
            answers = await store.list_answers_to(connection, names)
            accepted = [answer for answer in answers if answer.kind is AnswerKind.ACCEPTED]
            offers = [offer_from_bytes(await store.get_offered(connection, a.decision)) for a in accepted]
        concerned = sorted({e.customer for e in exposures if e.subject or e.withheld_subject})
        months = {customer: await self._months(customer, first, last) for customer in concerned}
        savings = [
            RealisedSaving(answer, offer.monthly_saving, tuple(await self._source.amended_months(answer, last)))
            for answer, offer in zip(accepted, offers, strict=True)
            if offer is not None
        ]
        return measure(exposures, answers, months), savings

    async def _months(self, customer: str, first: BillingPeriod, last: BillingPeriod) -> list[CustomerMonth]:
        """Return what a customer used and cost, from a year before the first period on, as far as its terms reach."""
        terms = await self._source.terms(customer, last)
        count = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month + 13
        start = terms.start_date.replace(day=1)
        periods = [period for period in last.last_months(count) if period.start >= start]
        history = await self._source.history(terms, periods)
        return [CustomerMonth(m.period.start, m.used(UseKind.USAGE), m.cost.amount) for m in history]

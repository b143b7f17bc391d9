"""From facts to a decision: asks for terms and rated months, and puts the parts together. Stores nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from dutycycle.kit import clock
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.assessment import Assessment, assess
from dutycycle.offers.candidate import Candidate, ClosedProgram, ProgramCandidate, is_open, judge_product, judge_program
from dutycycle.offers.comparison import Comparison, MonthComparison
from dutycycle.offers.decision import Choice, Decision, Printed, Standing, Treatment, choose, decide, forbidden, rested
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.program import Program, alternative
from dutycycle.offers.source import Source
from dutycycle.offers.terms import Terms


class Adviser:
    """Assesses customers and decides about their invoices."""

    def __init__(self, source: Source, policy: Policy) -> None:
        self._source = source
        self._policy = policy

    async def assess(self, customer: str, period: BillingPeriod) -> Assessment:
        _, assessed = await self._assess(customer, period)
        return assessed

    async def decide(
        self,
        customer: str,
        period: BillingPeriod,
        records: RecordCounts,
        standing: Standing,
        printed: Sequence[Printed],
    ) -> Decision:
        """Decide about the invoice of a period; `printed` is what earlier invoices carried."""
        terms, assessed = await self._assess(customer, period)
        candidates: list[Candidate] = []
        obstacle = forbidden(assessed, standing, self._policy)
        if obstacle:
            choice = Choice(Treatment.NONE, obstacle)
        else:
            judged = await self._judge(terms, assessed, records)
            candidates = [rested(candidate, printed, period, self._policy) for candidate in judged]
            choice = choose(candidates, assessed, terms)
        return decide(assessed, candidates, choice, self._policy, clock.now())

    async def _assess(self, customer: str, period: BillingPeriod) -> tuple[Terms, Assessment]:
        """Assess on months up to and with the period only: what came later was not known."""
        terms = await self._source.terms(customer, period)
        first = terms.start_date.replace(day=1)
        periods = [month for month in period.last_months(self._policy.history_months) if month.start >= first]
        months = await self._source.history(terms, periods)
        return terms, assess(customer, months, self._policy)

    async def _judge(self, terms: Terms, assessed: Assessment, records: RecordCounts) -> list[Candidate]:
        catalogue = await self._source.catalogue()
        programs = [self._judge_program(program, terms, assessed) for program in catalogue.programs]
        return [
            *await asyncio.gather(*programs),
            *(judge_product(product, assessed, records) for product in catalogue.products),
        ]

    async def _judge_program(
        self, program: Program, terms: Terms, assessed: Assessment
    ) -> ProgramCandidate | ClosedProgram:
        other = alternative(program, terms, assessed.months)
        if not is_open(program, other, terms):
            return ClosedProgram(program)
        costs = await self._source.costs(other, [month.period for month in assessed.months])
        comparison = Comparison(
            tuple(
                MonthComparison(month.period, month.cost, cost)
                for month, cost in zip(assessed.months, costs, strict=True)
            )
        )
        return judge_program(program, other, terms, comparison, assessed, self._policy)

"""From facts to a decision: asks for terms and rated months, and puts the parts together. Stores nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dutycycle.kit import clock
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.answer import Answer
from dutycycle.offers.assessment import Assessment, assess
from dutycycle.offers.asset_group import GroupUse, group_uses
from dutycycle.offers.asset_risk import Asset, score_asset
from dutycycle.offers.campaign import Draw, Group
from dutycycle.offers.candidate import (
    Candidate,
    ClosedProgram,
    ProgramCandidate,
    closed_reason,
    judge_product,
    judge_program,
)
from dutycycle.offers.comparison import Comparison, MonthComparison
from dutycycle.offers.decision import (
    Allotment,
    Choice,
    Decision,
    Printed,
    Standing,
    Treatment,
    allot,
    answered,
    capped,
    decide,
    forbidden,
    rank,
    rested,
)
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.program import Program, alternative
from dutycycle.offers.risk import Risk
from dutycycle.offers.source import Catalogue, Source
from dutycycle.offers.terms import Terms, unchanged
from dutycycle.runtime.tenancy import tenant


@dataclass(frozen=True, slots=True)
class Past:
    """What was said to a customer before, and what it said."""

    printed: Sequence[Printed] = ()
    """What earlier invoices carried."""
    answers: Sequence[Answer] = ()


@dataclass(frozen=True, slots=True)
class AssessedFleet:
    """What the months say of the parts of a fleet."""

    assets: Sequence[tuple[Asset, Risk]]
    """The most likely to fall idle next month first."""
    groups: Sequence[GroupUse]
    """By schedule and model."""


class Adviser:
    """Assesses customers and decides about their invoices."""

    def __init__(self, source: Source, policy: Policy) -> None:
        self._source = source
        self._policy = policy

    async def assess(self, customer: str, period: BillingPeriod) -> Assessment:
        _, assessed = await self._assess(customer, period, None)
        return assessed

    async def fleet(self, customer: str, period: BillingPeriod) -> AssessedFleet:
        """Judge each asset that had usage in the twelve months, and each group of assets."""
        terms = await self._source.terms(customer, period)
        fleet = await self._source.fleet(terms, self._periods(terms, period, self._policy.history_months))
        judged = [(asset, score_asset(asset.known)) for asset in fleet.assets]
        judged.sort(key=lambda each: (-each[1].score, each[0].name))
        return AssessedFleet(judged, tuple(group_uses(fleet, terms)))

    async def fit(self, customer: str, period: BillingPeriod) -> tuple[Assessment, list[ProgramCandidate]]:
        """Assess a customer and rate its months on every program that is open to it, whatever forbids an offer."""
        terms, assessed = await self._assess(customer, period, None)
        candidates = await self._judge(terms, assessed, RecordCounts(0, 0, 0), await self._source.catalogue())
        return assessed, [candidate for candidate in candidates if isinstance(candidate, ProgramCandidate)]

    async def decide(
        self,
        customer: str,
        period: BillingPeriod,
        records: RecordCounts,
        standing: Standing,
        past: Past,
        *,
        draw_groups: bool = True,
    ) -> Decision:
        """Decide about the invoice of a period; without groups nobody is held out, to see what figures alone say."""
        addressed = await self._source.customer(customer)
        terms, assessed = await self._assess(customer, period, records)
        candidates: list[Candidate] = []
        obstacle = forbidden(assessed, standing, self._policy)
        if obstacle:
            allotment = Allotment((Choice(Treatment.NONE, obstacle),), Group.TREATED)
        else:
            catalogue = await self._source.catalogue()
            judged = await self._judge(terms, assessed, records, catalogue)
            cap = capped(past.printed, period, self._policy)
            candidates = [self._held_back(candidate, past, period, cap) for candidate in judged]
            ranked = rank(candidates, assessed, terms, addressed)
            draw = Draw(tenant(), catalogue.campaigns, catalogue.control_percent) if draw_groups else Draw(tenant())
            allotment = allot(ranked, customer, draw, catalogue.treatments_at_most)
        return decide(assessed, candidates, allotment, self._policy, clock.now(), addressed.contacts)

    def _held_back(self, candidate: Candidate, past: Past, period: BillingPeriod, cap: str) -> Candidate:
        """Hold a candidate back for what was said before."""
        heard = answered(candidate, past.answers, period, self._policy)
        waiting = rested(heard, past.printed, period, self._policy)
        return replace(waiting, obstacles=(*waiting.obstacles, cap)) if cap else waiting

    async def _assess(
        self, customer: str, period: BillingPeriod, records: RecordCounts | None
    ) -> tuple[Terms, Assessment]:
        """Assess on months up to and with the period only: what came later was not known."""
        terms = await self._source.terms(customer, period)
        periods = self._periods(terms, period, self._policy.assessed_months)
        months = await self._source.history(terms, periods)
        return terms, assess(customer, months, terms, self._policy, records)

    def _periods(self, terms: Terms, period: BillingPeriod, count: int) -> list[BillingPeriod]:
        """Return the months of the term up to and with a period, at most so many."""
        first = terms.start_date.replace(day=1)
        return [month for month in period.last_months(count) if month.start >= first]

    async def _judge(
        self, terms: Terms, assessed: Assessment, records: RecordCounts, catalogue: Catalogue
    ) -> list[Candidate]:
        present = await self._present_costs(terms, assessed)
        programs = [self._judge_program(program, terms, assessed, present) for program in catalogue.programs]
        # What is offered is valid on the day of the invoice, which is issued once its period is over.
        day = assessed.latest.period.end
        return [
            *await asyncio.gather(*programs),
            *(judge_product(product, assessed, records, day) for product in catalogue.products),
        ]

    async def _present_costs(self, terms: Terms, assessed: Assessment) -> Sequence[Money]:
        """Return what the months cost on the present terms: as billed, or rated again where others were in force."""
        if assessed.months[0].period.start >= terms.effective_date:
            return [month.cost for month in assessed.months]
        return await self._source.costs(unchanged(terms), [month.period for month in assessed.months])

    async def _judge_program(
        self, program: Program, terms: Terms, assessed: Assessment, present: Sequence[Money]
    ) -> ProgramCandidate | ClosedProgram:
        other = alternative(program, terms, assessed.months)
        closed = closed_reason(program, other, terms, assessed, assessed.latest.period.end)
        if closed:
            return ClosedProgram(program, (closed,))
        costs = await self._source.costs(other, [month.period for month in assessed.months])
        comparison = Comparison(
            tuple(
                MonthComparison(month.period, now, cost)
                for month, now, cost in zip(assessed.months, present, costs, strict=True)
            ),
            program.switch_cost,
        )
        return judge_program(program, other, terms, comparison, assessed, self._policy)

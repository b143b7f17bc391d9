"""Calculate the draft of one agreement's period from what the services before invoicing say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dutycycle.invoicing import draft, errors
from dutycycle.invoicing.invoice import Customer, Invoice
from dutycycle.invoicing.neighbour import Neighbours, Statement, Terms, UsageSummary
from dutycycle.kit.period import BillingPeriod


@dataclass(frozen=True, slots=True)
class Task:
    """One invoice to calculate."""

    customer: Customer
    terms: Terms
    period: BillingPeriod
    only_agreement: bool
    next_terms: Terms | None
    """Those of the period after; None where the term ends."""


class Calculation:
    """Asks the neighbours and composes drafts; stores nothing."""

    def __init__(self, neighbours: Neighbours, portal_url: str) -> None:
        self._neighbours = neighbours
        self._portal_url = portal_url

    async def tasks(self, period: BillingPeriod, customer: str = "") -> list[Task]:
        """Return what is to be billed for a period, by customer and agreement."""
        customers = await self._neighbours.customers()
        revisions = await self._neighbours.terms(customer)
        in_force = draft.terms_in_force(revisions, period)
        later = {terms.agreement: terms for terms in draft.terms_in_force(revisions, period.next_month())}
        owners = [terms.customer for terms in in_force]
        return [
            Task(
                customers[terms.customer],
                terms,
                period,
                owners.count(terms.customer) == 1,
                later.get(terms.agreement),
            )
            for terms in in_force
        ]

    async def draft(self, task: Task, heads: Mapping[str, int], *, decide: bool) -> Invoice:
        """Calculate a draft. `heads` says how far each source must be folded; `decide` asks offers for a treatment."""
        statement = await self.statement(task, heads, include_assets=True)
        summary = await self._summary(task)
        decision = await self._neighbours.decide(task.customer.name, task.period, summary) if decide else None
        return draft.compose(
            draft.Inputs(
                customer=task.customer,
                terms=task.terms,
                statement=statement,
                history=await self._history(task, heads),
                summary=summary,
                decision=decision,
                only_agreement=task.only_agreement,
                portal_url=self._portal_url,
                next_terms=task.next_terms,
            )
        )

    async def decided(self, task: Task, drafted: Invoice) -> Invoice:
        """Ask offers once more what the invoice says besides the bill: a customer may have stopped offers since."""
        decision = await self._neighbours.decide(task.customer.name, task.period, await self._summary(task))
        links = draft.offer_links(decision, task.customer, task.terms, self._portal_url)
        return replace(drafted, decision=decision, offer_links=links)

    async def _summary(self, task: Task) -> UsageSummary:
        start, end = task.period.instants(task.terms.zone)
        return await self._neighbours.usage_summary(task.customer.usage_source, start, end)

    async def statement(self, task: Task, heads: Mapping[str, int], *, include_assets: bool) -> Statement:
        """Rate the period as it stands now."""
        [statement] = await self._rate(task, [task.period], heads, include_assets=include_assets)
        return draft.with_places(statement, task.terms)

    async def _history(self, task: Task, heads: Mapping[str, int]) -> list[Statement]:
        months = draft.billed_months(task.period, task.terms.start_date)[:-1]
        return await self._rate(task, months, heads, include_assets=False) if months else []

    async def _rate(
        self, task: Task, periods: list[BillingPeriod], heads: Mapping[str, int], *, include_assets: bool
    ) -> list[Statement]:
        source = task.customer.usage_source
        required = {source: heads[source]} if source in heads else {}
        statements = await self._neighbours.statements(
            task.customer.name, periods, required, include_assets=include_assets
        )
        mine = [statement for statement in statements if statement.agreement == task.terms.agreement]
        if len(mine) != len(periods):
            raise errors.no_agreement(task.customer.name, periods[-1].label)
        return mine

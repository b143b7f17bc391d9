"""Compare what past periods cost with what they would have cost on other charges."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass

from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.alternative import Alternative, Quantified, Simulation, in_columns, lines_of
from dutycycle.rating.contract import Agreement, Terms
from dutycycle.rating.period_reading import UsageBook
from dutycycle.rating.service.in_turn import in_turn
from dutycycle.rating.service.port import Contracts
from dutycycle.rating.service.rate_periods import PeriodRater, RatedPeriods
from dutycycle.rating.statement import Statement

CUSTOMERS_AT_ONCE = 2
_Month = tuple[BillingPeriod, str]
"""A period and a currency: what one customer's agreements in it cost together."""


@dataclass(frozen=True, slots=True)
class _Present:
    """What a customer's periods cost, and the terms they were rated on."""

    customer: str
    terms: list[Terms]
    rated: RatedPeriods
    book: UsageBook
    """Usage of all the periods."""


class ChargeSimulator:
    """Rates periods on alternatives: in columns where charges are curves over stored sums, else line by line."""

    def __init__(self, rater: PeriodRater, contracts: Contracts) -> None:
        self._rater = rater
        self._contracts = contracts

    async def simulate(
        self,
        customers: Sequence[str],
        periods: Sequence[BillingPeriod],
        simulation: Simulation,
        *,
        columns: bool = True,
    ) -> AsyncIterator[str]:
        """Add what the periods cost to a simulation, and yield each customer as it is done.

        Args:
            columns: whether to rate curves in columns; the results are the same.

        Raises NotFoundError without an agreement, InvalidInputError where an alternative does not fit the terms.
        """

        async def look(customer: str) -> _Present:
            rated = await self._rater.rate(customer, periods, {})
            return _Present(customer, await self._contracts.terms(customer), rated, _book(rated))

        async for present in in_turn(customers, look, CUSTOMERS_AT_ONCE):
            for month, cost in _costs(present.rated.statements).items():
                simulation.of_present(month[1]).add(present.customer, cost.amount)
            for alternative in simulation.alternatives:
                await self._try(present, periods, alternative, simulation, columns=columns)
            yield present.customer

    async def _try(
        self,
        present: _Present,
        periods: Sequence[BillingPeriod],
        alternative: Alternative,
        simulation: Simulation,
        *,
        columns: bool,
    ) -> None:
        """Add what an alternative costs in each month that has a present cost."""
        left = set[_Month]()
        for month, lines in (await asyncio.to_thread(_lines, present, alternative)).items():
            if columns and lines is not None:
                simulation.of_alternative(alternative.name, month[1]).add_lines(present.customer, lines)
            else:
                left.add(month)
        for month, cost in (await self._rated(present, alternative, periods, left)).items():
            simulation.of_alternative(alternative.name, month[1]).add(present.customer, cost.amount)

    async def _rated(
        self, present: _Present, alternative: Alternative, periods: Sequence[BillingPeriod], left: set[_Month]
    ) -> dict[_Month, Money]:
        """Rate what is left as statements are rated, on every agreement with the alternative's charges."""
        asked = [period for period in periods if any(period == month[0] for month in left)]
        statements = list[Statement]()
        for terms in present.terms if asked else ():
            tried = Terms([alternative.of(revision) for revision in terms.revisions])
            statements += (await self._rater.rate(present.customer, asked, {}, tried)).statements
        return {month: cost for month, cost in _costs(statements).items() if month in left}


def _book(rated: RatedPeriods) -> UsageBook:
    """Return the usage behind statements, each sum once, also where two agreements name the same schedule."""
    usage = {(each.placement, each.period): each for statement in rated.statements for each in statement.usage}
    return UsageBook.of(usage.values(), rated.registry.placements, rated.registry.assets)


def _lines(present: _Present, alternative: Alternative) -> dict[_Month, list[Quantified] | None]:
    """Return the lines of each month on an alternative, or None where one of them is no curve over a stored sum."""
    tried = dict[tuple[str, int], Agreement | None]()
    found: dict[_Month, list[Quantified] | None] = {}
    for month, statements in _by_month(present.rated.statements).items():
        lines: list[Quantified] | None = []
        for each in statements:
            key = (each.agreement.name, each.agreement.revision)
            if key not in tried:
                terms = alternative.of(each.agreement)
                tried[key] = terms if in_columns(terms) else None
            on = tried[key]
            own = None if on is None else lines_of(on, each.period, present.book)
            lines = None if lines is None or own is None else lines + own
        found[month] = lines
    return found


def _by_month(statements: Iterable[Statement]) -> dict[_Month, list[Statement]]:
    found: dict[_Month, list[Statement]] = {}
    for statement in statements:
        found.setdefault((statement.period, statement.agreement.currency), []).append(statement)
    return found


def _costs(statements: Iterable[Statement]) -> dict[_Month, Money]:
    """Return what each month costs: the period itself, whichever statement its base is on."""
    return {
        month: total([statement.period_cost for statement in group], month[1])
        for month, group in _by_month(statements).items()
    }

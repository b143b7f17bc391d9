"""Rate whole billing periods from stored usage."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dutycycle.kit.period import BillingPeriod
from dutycycle.rating import errors, store
from dutycycle.rating.contract import Registry, Terms
from dutycycle.rating.service.port import Contracts
from dutycycle.rating.statement import Statement, rate_statements
from dutycycle.rating.usage import PlacementUsage, Watermarks
from dutycycle.runtime.database import Database
from dutycycle.runtime.tenancy import tenant

_CONSISTENT_READS = 5
_TermsKey = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Remembered:
    """What holds as long as nothing more is folded or registered."""

    version: tuple[Mapping[str, int], int]
    sums: dict[tuple[str, BillingPeriod], list[PlacementUsage]] = field(default_factory=dict)
    """By customer and period."""
    statements: dict[tuple[_TermsKey, BillingPeriod], list[Statement]] = field(default_factory=dict)
    """By the revisions they were rated on, and period. Revisions never change."""


@dataclass(frozen=True, slots=True)
class RatedPeriods:
    """Statements, and the registry that names what is in them."""

    statements: list[Statement]
    registry: Registry


class PeriodRater:
    """Rates periods of a customer on the terms in force, or on others."""

    def __init__(self, database: Database, contracts: Contracts) -> None:
        self._database = database
        self._contracts = contracts
        self._remembered: dict[str, _Remembered] = {}

    async def rate(
        self,
        customer: str,
        periods: Sequence[BillingPeriod],
        required: Mapping[str, int],
        alternative: Terms | None = None,
    ) -> RatedPeriods:
        """Rate periods in order. Raises PreconditionError USAGE_INCOMPLETE, NotFoundError without an agreement."""
        terms = [alternative] if alternative is not None else await self._contracts.terms(customer)
        if not terms:
            raise errors.unknown_terms(customer)
        asked = list(dict.fromkeys(periods))
        for _ in range(_CONSISTENT_READS):
            marks = await self._marks(required)
            # Contracts is asked after the watermark is read: it knows every placement that is folded up to there.
            registry = await self._contracts.registry()
            usage, steady = await self._usage(customer, asked, marks, registry)
            if steady:
                break
        known = self._memory(marks, registry).statements if steady and alternative is None else {}
        statements = await self._statements(terms, periods, usage, registry, known)
        return RatedPeriods(statements, registry)

    async def _statements(
        self,
        terms: Sequence[Terms],
        periods: Sequence[BillingPeriod],
        usage: Sequence[PlacementUsage],
        registry: Registry,
        known: dict[tuple[_TermsKey, BillingPeriod], list[Statement]],
    ) -> list[Statement]:
        """Rate the periods that are not known yet, all in one pass through the core."""
        key = tuple((revision.name, revision.revision) for each in terms for revision in each.revisions)
        missing = [period for period in dict.fromkeys(periods) if (key, period) not in known]
        rated = await asyncio.to_thread(rate_statements, terms, missing, usage, registry.placements) if missing else []
        for period in missing:
            known[key, period] = [statement for statement in rated if statement.period == period]
        return [statement for period in periods for statement in known[key, period]]

    async def _marks(self, required: Mapping[str, int]) -> Watermarks:
        async with self._database.transaction(tenant()) as connection:
            marks = await store.read_watermarks(connection)
        behind = marks.behind(required)
        if behind:
            raise errors.usage_incomplete(behind, marks.by_source)
        return marks

    async def _usage(
        self, customer: str, periods: Sequence[BillingPeriod], marks: Watermarks, registry: Registry
    ) -> tuple[list[PlacementUsage], bool]:
        """Return sums of one moment, from memory where they are still true, and whether nothing moved meanwhile."""
        known = self._memory(marks, registry).sums
        missing = [period for period in periods if (customer, period) not in known]
        if not missing:
            return [each for period in periods for each in known[(customer, period)]], True
        placements = [placement.name for placement in registry.placements.values() if placement.customer == customer]
        async with self._database.transaction(tenant()) as connection:
            usage = await store.sum_usage(connection, placements, missing)
            if await store.read_watermarks(connection) != marks:
                # Usage keeps coming in; what one statement reads is of one moment all the same.
                return await store.sum_usage(connection, placements, periods), False
        for period in missing:
            known[(customer, period)] = [each for each in usage if each.period == period]
        return [each for period in periods for each in known[(customer, period)]], True

    def _memory(self, marks: Watermarks, registry: Registry) -> _Remembered:
        version = (marks.by_source, registry.revision)
        remembered = self._remembered.get(tenant())
        if remembered is None or remembered.version != version:
            remembered = self._remembered[tenant()] = _Remembered(version)
        return remembered

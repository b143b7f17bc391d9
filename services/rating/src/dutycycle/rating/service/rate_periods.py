"""Rate whole billing periods from stored usage."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dutycycle.kit.period import BillingPeriod, start_of_day
from dutycycle.rating import errors, store
from dutycycle.rating.contract import Registry, Terms
from dutycycle.rating.period_reading import PlacedRecord, UsageBook, described, needs_records, periods_behind
from dutycycle.rating.service.port import Contracts, Ingest
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

    def __init__(self, database: Database, contracts: Contracts, ingest: Ingest) -> None:
        self._database = database
        self._contracts = contracts
        self._ingest = ingest
        self._remembered: dict[str, _Remembered] = {}

    async def rate(
        self,
        customer: str,
        periods: Sequence[BillingPeriod],
        required: Mapping[str, int],
        alternative: Terms | None = None,
        *,
        by_asset: bool = False,
    ) -> RatedPeriods:
        """Rate periods in order; `by_asset` so that the cost of pools can be allocated.

        Raises PreconditionError USAGE_INCOMPLETE, NotFoundError without an agreement.
        """
        terms = [alternative] if alternative is not None else await self._contracts.terms(customer)
        if not terms:
            raise errors.unknown_terms(customer)
        asked = list(dict.fromkeys(periods))
        for _ in range(_CONSISTENT_READS):
            marks = await self._marks(required)
            # Contracts is asked after the watermark is read: it knows every placement that is folded up to there.
            registry = await self._contracts.registry()
            usage, steady = await self._usage(customer, periods_behind(terms, asked), marks, registry)
            records = await self._records(customer, terms, asked, registry)
            if steady:
                break
        known = self._memory(marks, registry).statements if steady and alternative is None and not by_asset else {}
        book = UsageBook.of(usage, registry.placements, registry.assets, records, by_asset=by_asset)
        statements = await self._statements(terms, periods, book, known)
        return RatedPeriods(statements, registry)

    async def _statements(
        self,
        terms: Sequence[Terms],
        periods: Sequence[BillingPeriod],
        book: UsageBook,
        known: dict[tuple[_TermsKey, BillingPeriod], list[Statement]],
    ) -> list[Statement]:
        """Rate the periods that are not known yet."""
        key = tuple((revision.name, revision.revision) for each in terms for revision in each.revisions)
        missing = [period for period in dict.fromkeys(periods) if (key, period) not in known]
        rated = await asyncio.to_thread(rate_statements, terms, missing, book) if missing else []
        for period in missing:
            known[key, period] = [statement for statement in rated if statement.period == period]
        return [statement for period in periods for statement in known[key, period]]

    async def _records(
        self, customer: str, terms: Sequence[Terms], periods: Sequence[BillingPeriod], registry: Registry
    ) -> list[PlacedRecord]:
        """Read the records themselves where a charge looks at more than the sums of days; none otherwise."""
        revisions = [each.on(period.start) for each in terms for period in periods]
        held = [revision for revision in revisions if revision is not None]
        charges = (charge for revision in held for schedule in revision.schedules for charge in schedule.charges)
        if not any(map(needs_records, charges)):
            return []
        start = min(revision.start_date for revision in held)
        end = max(period.end for period in periods)
        zone = held[0].zone
        placements = [placement.name for placement in registry.placements.values() if placement.customer == customer]
        source = await self._contracts.usage_source(customer)
        found = await self._ingest.placed_records(
            source, start_of_day(start, zone), start_of_day(end, zone), placements
        )
        return [described(each, registry) for each in found]

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

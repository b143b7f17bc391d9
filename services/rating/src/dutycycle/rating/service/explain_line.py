"""Explain one line: its steps, what each asset contributed, and the usage records behind it."""

from __future__ import annotations

from dataclasses import dataclass

from dutycycle.kit.period import BillingPeriod
from dutycycle.rating import errors
from dutycycle.rating.contract import Registry
from dutycycle.rating.service.port import Contracts, Ingest
from dutycycle.rating.service.rate_periods import PeriodRater
from dutycycle.rating.statement import Statement, StatementLine
from dutycycle.rating.usage import PlacementUsage, RecordPage

NO_RECORDS = RecordPage((), 0)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A line down to its records."""

    statement: Statement
    line: StatementLine
    usage: list[PlacementUsage]
    """Placements behind the line; none for a line that measures nothing."""
    records: RecordPage
    registry: Registry


class LineExplainer:
    """Rates the statement again and opens one of its lines."""

    def __init__(self, rater: PeriodRater, contracts: Contracts, ingest: Ingest) -> None:
        self._rater = rater
        self._contracts = contracts
        self._ingest = ingest

    async def explain(
        self, customer: str, period: BillingPeriod, line_id: str, asset: str, record_limit: int
    ) -> Explanation:
        """Explain a line. Raises NotFoundError LINE_UNKNOWN."""
        rated = await self._rater.rate(customer, [period], {}, by_asset=True)
        for statement in rated.statements:
            line = statement.line(line_id)
            if line is not None:
                usage = _behind(line, asset, rated.registry)
                records = await self._records(customer, statement, usage, record_limit)
                return Explanation(statement, line, usage, records, rated.registry)
        raise errors.unknown_line(customer, period.label, line_id)

    async def _records(
        self, customer: str, statement: Statement, usage: list[PlacementUsage], limit: int
    ) -> RecordPage:
        total = sum(each.records for each in usage)
        if not usage or limit == 0:
            return RecordPage((), total)
        start, end = statement.period.instants(statement.agreement.zone)
        source = await self._contracts.usage_source(customer)
        return await self._ingest.list_records(source, start, end, [each.placement for each in usage], limit)


def _behind(line: StatementLine, asset: str, registry: Registry) -> list[PlacementUsage]:
    """Return the usage that a line measures, of one asset if one is named."""
    if line.rated.used_quantity is None:
        return []
    placements = registry.placements
    return [each for each in line.behind if not asset or placements[each.placement].asset == asset]

"""Watch what a running period comes to, as usage is folded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from dutycycle.kit import clock
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating import errors
from dutycycle.rating.accrual import Accruals
from dutycycle.rating.contract import Terms
from dutycycle.rating.service.fold_usage import UsageFolder
from dutycycle.rating.service.port import Contracts
from dutycycle.rating.service.rate_periods import PeriodRater


class AccrualWatcher:
    """Rates a period again whenever more of the customer's source is folded."""

    def __init__(self, rater: PeriodRater, contracts: Contracts, folder: UsageFolder) -> None:
        self._rater = rater
        self._contracts = contracts
        self._folder = folder

    async def watch(
        self, customer: str, period: BillingPeriod | None, interval_seconds: float
    ) -> AsyncIterator[Accruals]:
        """Yield accruals at once and after each fold, until the caller stops.

        Raises NotFoundError without an agreement, UnavailableError SERVICE_STOPPING when this process is to stop.

        Args:
            period: None: the month that is running, and after its end the next one.
            interval_seconds: least time between two answers.
        """
        source, news = await self._contracts.usage_source(customer), self._folder.news
        with news.of(source) as more:
            while not news.over.is_set():
                # Before it is rated: what is folded meanwhile is rated again rather than missed.
                more.clear()
                yield await self._accrued(customer, period, source)
                with suppress(TimeoutError):
                    await asyncio.wait_for(news.over.wait(), interval_seconds)
                if not news.over.is_set():
                    await more.wait()
        raise errors.stopping()

    async def _accrued(self, customer: str, period: BillingPeriod | None, source: str) -> Accruals:
        chosen = period or _running(await self._contracts.terms(customer), customer)
        folded = (await self._folder.watermarks()).by_source.get(source, 0)
        rated = await self._rater.rate(customer, [chosen], {})
        return Accruals(chosen, clock.now(), source, folded, rated.statements)


def _running(terms: Sequence[Terms], customer: str) -> BillingPeriod:
    """Return the month it is now where the customer's first agreement is. Raises NotFoundError without one."""
    if not terms:
        raise errors.unknown_terms(customer)
    newest = max(terms[0].revisions, key=lambda revision: revision.revision)
    today = clock.today(newest.zone)
    return BillingPeriod.month(today.year, today.month)

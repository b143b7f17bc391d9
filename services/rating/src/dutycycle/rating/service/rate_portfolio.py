"""Rate many periods of one customer, or one period of all customers, and tell of each as it is rated."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

import structlog

from dutycycle.kit.errors import DutycycleError
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating import errors
from dutycycle.rating.service.fold_usage import UsageFolder
from dutycycle.rating.service.in_turn import in_turn
from dutycycle.rating.service.port import Contracts
from dutycycle.rating.service.rate_periods import PeriodRater, RatedPeriods

CUSTOMERS_AT_ONCE = 2
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RatedCustomer:
    """A customer's statements, or why there are none."""

    customer: str
    rated: RatedPeriods | None
    error: Exception | None = None


class PortfolioRater:
    """Rates what the rater of periods rates, one thing after another."""

    def __init__(self, rater: PeriodRater, contracts: Contracts, folder: UsageFolder) -> None:
        self._rater = rater
        self._contracts = contracts
        self._folder = folder

    async def customer(
        self, customer: str, periods: Sequence[BillingPeriod], required: Mapping[str, int]
    ) -> AsyncIterator[tuple[BillingPeriod, RatedPeriods]]:
        """Rate periods one by one. Raises PreconditionError USAGE_INCOMPLETE, NotFoundError without an agreement."""
        for period in periods:
            yield period, await self._rater.rate(customer, [period], required)

    async def customers(self, named: Sequence[str]) -> list[str]:
        """Return the customers that are named, each once; without a name all that have an agreement."""
        return list(dict.fromkeys(named)) or await self._contracts.customers()

    async def portfolio(
        self, customers: Sequence[str], period: BillingPeriod, required: Mapping[str, int]
    ) -> AsyncIterator[RatedCustomer]:
        """Rate a period of customers, in the order in which they are done. Raises PreconditionError."""
        marks = await self._folder.watermarks()
        behind = marks.behind(required)
        if behind:
            raise errors.usage_incomplete(behind, marks.by_source)

        async def rate(customer: str) -> RatedCustomer:
            try:
                return RatedCustomer(customer, await self._rater.rate(customer, [period], {}))
            except Exception as error:
                # One customer that cannot be rated must not keep the others from it.
                if not isinstance(error, DutycycleError):
                    _log.warning("rating.customer_failed", customer=customer, exc_info=error)
                return RatedCustomer(customer, None, error)

        async for each in in_turn(customers, rate, CUSTOMERS_AT_ONCE):
            yield each

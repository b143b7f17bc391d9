"""What the statements of many customers come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dutycycle.kit.money import Money, total
from dutycycle.rating.statement import Statement


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """What the statements in one currency come to."""

    total: Money
    period_cost: Money
    customers: int
    statements: int
    usage_records: int


@dataclass(slots=True)
class Portfolio:
    """Adds statements up as they are rated, so that none has to be kept."""

    _totals: dict[str, CurrencyTotal] = field(default_factory=dict)

    def add(self, statements: Sequence[Statement]) -> None:
        """Add all statements of one customer."""
        for currency in {each.agreement.currency for each in statements}:
            known = self._totals.get(currency) or CurrencyTotal(total([], currency), total([], currency), 0, 0, 0)
            own = [each for each in statements if each.agreement.currency == currency]
            self._totals[currency] = CurrencyTotal(
                total([known.total, *(each.total for each in own)], currency),
                total([known.period_cost, *(each.period_cost for each in own)], currency),
                known.customers + 1,
                known.statements + len(own),
                known.usage_records + sum(usage.records for each in own for usage in each.usage),
            )

    def totals(self) -> list[CurrencyTotal]:
        """Return a total a currency."""
        return [self._totals[currency] for currency in sorted(self._totals)]

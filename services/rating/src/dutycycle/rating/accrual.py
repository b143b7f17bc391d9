"""Accruals: what the measured charges of a running period come to so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.statement import Statement, StatementLine


@dataclass(frozen=True, slots=True)
class Accruals:
    """What a period comes to so far."""

    period: BillingPeriod
    as_of: datetime
    source: str
    folded: int
    """Segment up to which the source was folded at least; 0 before the first."""
    statements: list[Statement]

    @property
    def lines(self) -> Iterator[tuple[Statement, StatementLine]]:
        """Yield the measured lines of the period, in print order."""
        for statement in self.statements:
            for line in statement.lines:
                if line.rated.used_quantity is not None:
                    yield statement, line

    def totals(self) -> list[Money]:
        """Add the lines up, one total a currency."""
        amounts: dict[str, list[Money]] = {}
        for statement, line in self.lines:
            currency = statement.agreement.currency
            amounts.setdefault(currency, []).append(Money(line.rated.amount, currency))
        return [total(amounts[currency], currency) for currency in sorted(amounts)]

"""What the statements of many customers come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


def totals_of(statements: Iterable[Statement]) -> list[CurrencyTotal]:
    """Add statements up, one total a currency."""
    by_currency: dict[str, list[Statement]] = {}
    for statement in statements:
        by_currency.setdefault(statement.agreement.currency, []).append(statement)
    return [_total(currency, by_currency[currency]) for currency in sorted(by_currency)]


def _total(currency: str, statements: Sequence[Statement]) -> CurrencyTotal:
    return CurrencyTotal(
        total([each.total for each in statements], currency),
        total([each.period_cost for each in statements], currency),
        len({each.agreement.customer for each in statements}),
        len(statements),
        sum(usage.records for each in statements for usage in each.usage),
    )

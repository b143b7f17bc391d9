"""The same months on two sets of terms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import EXACT, round_to_scale


@dataclass(frozen=True, slots=True)
class MonthComparison:
    """One month on both terms."""

    period: BillingPeriod
    present_cost: Money
    offered_cost: Money


@dataclass(frozen=True, slots=True)
class Comparison:
    """Months on the terms in force and on others, both rated by the one who bills. There is at least one month."""

    months: tuple[MonthComparison, ...]

    @property
    def currency(self) -> str:
        return self.months[0].present_cost.currency

    @property
    def present_cost(self) -> Money:
        return total([month.present_cost for month in self.months], self.currency)

    @property
    def offered_cost(self) -> Money:
        return total([month.offered_cost for month in self.months], self.currency)

    @property
    def saving(self) -> Money:
        """Return what the customer would have paid less; negative if more."""
        return self.present_cost - self.offered_cost

    @property
    def saving_percent(self) -> Decimal:
        """Return the saving in percent of the present cost, one place; zero where nothing was paid."""
        present = self.present_cost.amount
        return round_to_scale(EXACT.divide(self.saving.amount * 100, present), 1) if present > 0 else Decimal(0)

    @property
    def cheaper_months(self) -> int:
        return sum(1 for month in self.months if month.offered_cost < month.present_cost)

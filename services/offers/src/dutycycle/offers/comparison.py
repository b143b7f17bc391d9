"""The same months on two sets of terms."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import EXACT, round_to_scale, to_scaled


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
    switch_cost: Decimal = Decimal(0)
    """One-time cost of the change, major units; taken off the saving."""

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
        """Return what the customer would have paid less, the cost of the change included; negative if more."""
        return self.present_cost - self.offered_cost - Money(self.switch_cost, self.currency)

    @property
    def saving_percent(self) -> Decimal:
        """Return the saving in percent of the present cost, one place; zero where nothing was paid."""
        present = self.present_cost.amount
        return round_to_scale(EXACT.divide(self.saving.amount * 100, present), 1) if present > 0 else Decimal(0)

    @property
    def monthly_saving(self) -> Money:
        """Return the mean of a month, the cost of the change left out, rounded."""
        mean = EXACT.divide((self.present_cost - self.offered_cost).amount, Decimal(len(self.months)))
        return Money(mean, self.currency).rounded()

    @property
    def cheaper_months(self) -> int:
        return sum(1 for month in self.months if month.offered_cost < month.present_cost)


@dataclass(frozen=True, slots=True)
class SavingInterval:
    """The saving of as many months, as it may well have been: 9 of 10 resampled histories lie within."""

    low: Money
    high: Money


_RESAMPLES = 1_000
_SCALE = 9
"""Digits after the point with which months are drawn: as many as amounts on the wire have."""


def saving_interval(comparison: Comparison, seed: str) -> SavingInterval:
    """Draw as many months with replacement, again and again, and leave out the 5 % at either end (bootstrap).

    Months are drawn as if one did not depend on another. The same seed draws the same months: asked again, the answer
    is the same.
    """
    draw = random.Random(seed)  # noqa: S311  # no secret: repeatable on purpose
    # As integers: a thousand draws of twelve decimals take longer than rating them does.
    savings = [to_scaled((month.present_cost - month.offered_cost).amount, _SCALE) for month in comparison.months]
    sums = sorted(sum(draw.choices(savings, k=len(savings))) for _ in range(_RESAMPLES))
    cut = _RESAMPLES // 20
    low, high = (Decimal(end).scaleb(-_SCALE) - comparison.switch_cost for end in (sums[cut], sums[-1 - cut]))
    return SavingInterval(Money(low, comparison.currency), Money(high, comparison.currency))

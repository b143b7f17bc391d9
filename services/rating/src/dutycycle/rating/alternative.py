"""Alternatives: other charges in the place of those agreed, and what customer-months cost on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from dutycycle.charge.adjust import RoundTo
from dutycycle.charge.charge import Charge
from dutycycle.charge.measure import Scope
from dutycycle.kit.fraction import finite_scale, places, to_decimal
from dutycycle.kit.fraction import total as add_exactly
from dutycycle.kit.money import minor_digits
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating import core
from dutycycle.rating.columns import Columns
from dutycycle.rating.contract import Agreement, Schedule, Terms
from dutycycle.rating.errors import LineOverflowError
from dutycycle.rating.period_reading import UsageBook, needs_records
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.quantity import quantified
from dutycycle.rating.reading import Reading
from dutycycle.rating.simulation import BARS, Distribution, distribution_of, simulate
from dutycycle.rating.whole_curve import curve_of

_QUANTITY_PLACES = 9
"""Quantities with more digits after the point are rated line by line."""
_INT64_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Replacement:
    """A charge in the place of another."""

    charge_id: str
    charge: Charge | None
    """None: the charge is left out."""
    schedule: str = ""
    """Empty: every schedule that has such a charge."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Charges to try."""

    name: str
    charges: tuple[Charge, ...] = ()
    """Of every schedule, instead of all that it has."""
    replacements: tuple[Replacement, ...] = ()

    def of(self, agreement: Agreement) -> Agreement:
        """Return the terms with these charges. Raises InvalidChargeError where they do not fit those that stay."""
        return replace(agreement, schedules=tuple(self._schedule(each) for each in agreement.schedules))

    def _schedule(self, schedule: Schedule) -> Schedule:
        if self.charges:
            return replace(schedule, charges=self.charges)
        known = {each.charge_id: each for each in self.replacements if each.schedule in ("", schedule.id)}
        charges = [known[each.id].charge if each.id in known else each for each in schedule.charges]
        return replace(schedule, charges=tuple(each for each in charges if each is not None))


@dataclass(frozen=True, slots=True)
class Quantified:
    """One line of a customer-month that is a curve over a quantity."""

    charge: Charge
    raw: Fraction
    billed: Fraction


def in_columns(agreement: Agreement) -> bool:
    """Whether every charge is a curve over a stored sum, so that months on these terms are rated in columns."""
    return all(
        _in_columns(charge, agreement.currency) for schedule in agreement.schedules for charge in schedule.charges
    )


def lines_of(agreement: Agreement, period: BillingPeriod, book: UsageBook) -> list[Quantified] | None:
    """Return the lines of a month on terms that are in columns, or None if a quantity does not fit one."""
    found, terms = [], Terms([agreement])
    for schedule in agreement.schedules:
        for charge in schedule.charges:
            raw = Fraction(book.reading(charge, schedule, terms, agreement, period).quantity)
            billed = raw if charge.measure is None else quantified(charge.quantify, raw)
            scale = finite_scale(billed)
            if scale is None or scale > _QUANTITY_PLACES or abs(billed) * 10**_QUANTITY_PLACES > _INT64_MOST:
                return None
            found.append(Quantified(charge, raw, billed))
    return found


def _in_columns(charge: Charge, currency: str) -> bool:
    """Whether a charge is a curve over what its own schedule's cells add up to in one period."""
    smoothed = charge.measure is not None and charge.measure.rolling_periods > 1
    if smoothed or needs_records(charge) or charge.select.scope is not Scope.SCHEDULE:
        return False
    return charge.round_to(currency).mode is not None and curve_of(charge) is not None


@dataclass(slots=True)
class CostColumn:
    """Costs of customer-months on one alternative in one currency; what are curves is rated in columns at the end."""

    currency: str
    customers: list[str] = field(default_factory=list)
    """Of each month."""
    known: dict[int, Decimal] = field(default_factory=dict)
    """Cost of each month that was rated line by line, by its place."""
    open: dict[Charge, list[tuple[int, Quantified]]] = field(default_factory=lambda: defaultdict(list))
    """Lines to be rated in columns, each with the place of its month."""

    def add(self, customer: str, cost: Decimal) -> None:
        """Add a month whose cost is known."""
        self.known[len(self.customers)] = cost
        self.customers.append(customer)

    def add_lines(self, customer: str, lines: Sequence[Quantified]) -> None:
        """Add a month whose lines are curves."""
        for line in lines:
            self.open[line.charge].append((len(self.customers), line))
        self.customers.append(customer)

    def distribution(self, bars: int = BARS) -> Distribution:
        """Describe the costs. Raises ValueError if there are no months."""
        alone = self._alone()
        described = None if alone is None else alone.simulated(bars)
        return described or _described(self.costs(), self.currency, bars)

    def costs(self) -> list[Decimal]:
        """Return what each month costs, in order."""
        costs = [self.known.get(place, Decimal(0)) for place in range(len(self.customers))]
        for charge, lines in self.open.items():
            column = _Column(charge, charge.round_to(self.currency), [line for _, line in lines], self.currency)
            for (place, _), amount in zip(lines, column.amounts(), strict=True):
                costs[place] = add_exactly((costs[place], amount))
        return costs

    def by_customer(self) -> dict[str, Decimal]:
        """Return what each customer pays for all months."""
        found: dict[str, Decimal] = {}
        for customer, cost in zip(self.customers, self.costs(), strict=True):
            found[customer] = add_exactly((found.get(customer, Decimal(0)), cost))
        return found

    def _alone(self) -> _Column | None:
        """Return the one column that all months come down to, a line each, if there is but one."""
        if len(self.open) != 1:
            return None
        [(charge, lines)] = self.open.items()
        whole = [place for place, _ in lines] == list(range(len(self.customers)))
        rule = charge.round_to(self.currency)
        # Distributions count in units of the charge's rounding; only the currency's own unit compares with others.
        if not whole or rule.scale != minor_digits(self.currency):
            return None
        return _Column(charge, rule, [line for _, line in lines], self.currency)


@dataclass(slots=True)
class Simulation:
    """Costs of customer-months so far, on the present charges and on alternatives."""

    alternatives: Sequence[Alternative]
    present: dict[str, CostColumn] = field(default_factory=dict)
    """By currency."""
    tried: dict[tuple[str, str], CostColumn] = field(default_factory=dict)
    """By alternative and currency."""

    def of_present(self, currency: str) -> CostColumn:
        return self.present.setdefault(currency, CostColumn(currency))

    def of_alternative(self, name: str, currency: str) -> CostColumn:
        return self.tried.setdefault((name, currency), CostColumn(currency))


@dataclass(frozen=True, slots=True)
class _Column:
    """Lines of one charge."""

    charge: Charge
    rule: RoundTo
    lines: Sequence[Quantified]
    currency: str

    @property
    def scale(self) -> int:
        """Digits after the point of the quantities."""
        return max(finite_scale(line.billed) or 0 for line in self.lines)

    def quantities(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        grain = 10**self.scale
        return np.array([int(line.billed * grain) for line in self.lines], dtype=np.int64)

    def amounts(self) -> Iterator[Decimal]:
        """Yield the amount of each line: from the core, or, where one leaves its 64 bits, from the pipeline."""
        scale = max(0, self.rule.scale)
        columns = Columns(np.zeros(len(self.lines), dtype=np.int32), self.quantities())
        try:
            rated = core.rate([self.charge], [self.rule], columns, self.scale, scale)
        except LineOverflowError:
            yield from (rate_line(self.charge, Reading(line.raw), self.currency).amount for line in self.lines)
            return
        for amount in rated.tolist():
            yield Decimal(amount).scaleb(-scale)

    def simulated(self, bars: int) -> Distribution | None:
        """Return the distribution; None where an amount leaves 64 bits."""
        try:
            return simulate([self.charge], [self.rule], self.quantities(), self.scale, bars)[0]
        except LineOverflowError:
            return None


def _described(costs: Sequence[Decimal], currency: str, bars: int) -> Distribution:
    scale = max([minor_digits(currency), *map(places, costs)])
    whole = sorted(int(cost.scaleb(scale)) for cost in costs)
    fits = not whole or max(-whole[0], whole[-1]) <= _INT64_MOST
    return distribution_of(np.array(whole, dtype=np.int64 if fits else object), scale, bars)


def amount_at(units: int | Fraction, scale: int) -> Decimal:
    """Return an amount that a distribution counts in units of its scale."""
    return to_decimal(Fraction(units) / 10**scale)

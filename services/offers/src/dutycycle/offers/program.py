"""Programs: other terms for the same equipment, made from the customer's own recent use."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from dutycycle.kit.money import minor_digits
from dutycycle.kit.quantity import EXACT, round_to_increment, round_to_scale
from dutycycle.offers.history import History
from dutycycle.offers.terms import Alternative, ChargeChange, ChargeKind, ChargeTerms, Terms


class Fit(Enum):
    """Which customers a program is made for."""

    BELOW_BASELINE = "below"
    ABOVE_BASELINE = "above"


@dataclass(frozen=True, slots=True)
class Program:
    """A program of the catalogue. Percentages are of today's terms unless said otherwise."""

    id: str
    display_name: str
    fit: Fit
    baseline_percent_of_usage: Decimal
    usage_months: int
    base_rate_percent: Decimal
    overage_rate_percent: Decimal
    minimum_percent: Decimal
    term_extension_months: int
    margin_percent: Decimal
    """Share of what is agreed each month that is the lessor's margin."""
    margin_floor: Decimal
    minimum_saving_percent: Decimal
    legal_text: str


def alternative(program: Program, terms: Terms, months: History) -> Alternative:
    """Return the terms under a program: baselines from recent use, and what is agreed in proportion to them.

    A schedule's base charge, minimums and commitments follow its first usage baseline: new over old, times the
    program's base rate. A schedule without one keeps them. The agreed quantity of assets becomes the mean in service.
    """
    recent = months[-program.usage_months :]
    scales = _scales(program, terms, recent)
    changes = tuple(_change(program, charge, scales.get(charge.schedule), recent, terms) for charge in terms.charges)
    changed = tuple(_apply(charge, change) for charge, change in zip(terms.charges, changes, strict=True))
    end_date = add_months(terms.end_date, program.term_extension_months)
    basis = f"mean of {len(recent)} months to {recent[-1].period.title}"
    return Alternative(replace(terms, charges=changed, end_date=end_date), changes, basis)


def _scales(program: Program, terms: Terms, recent: History) -> dict[str, Decimal]:
    """Return new over old baseline of each schedule that has one above zero."""
    scales: dict[str, Decimal] = {}
    for charge in terms.charges:
        if charge.kind is ChargeKind.USAGE and charge.baseline and charge.schedule not in scales:
            scales[charge.schedule] = EXACT.divide(_new_baseline(program, charge, recent), charge.baseline)
    return scales


def _change(
    program: Program, charge: ChargeTerms, scale: Decimal | None, recent: History, terms: Terms
) -> ChargeChange:
    change = ChargeChange(charge.schedule, charge.charge)
    if charge.baseline is not None:
        change = replace(change, baseline=_new_baseline(program, charge, recent))
    if charge.kind is ChargeKind.USAGE and charge.priced_above:
        change = replace(change, price_percent=program.overage_rate_percent)
    if scale is None:
        return change
    base = EXACT.multiply(scale, program.base_rate_percent) / 100
    least = EXACT.multiply(base, program.minimum_percent) / 100
    return replace(
        change,
        flat=_scaled(charge.flat, base, terms.currency),
        minimum=_scaled(charge.minimum, least, terms.currency),
        commitment=_scaled(charge.commitment, least, terms.currency),
    )


def _new_baseline(program: Program, charge: ChargeTerms, recent: History) -> Decimal:
    """Return mean recent use in steps of the quantity: of usage the program's percentage, of assets all."""
    used = [use.used for month in recent for use in month.uses if (use.schedule, use.charge) == charge.key]
    mean = EXACT.divide(sum(used, Decimal(0)), Decimal(max(1, len(recent))))
    percent = program.baseline_percent_of_usage if charge.kind is ChargeKind.USAGE else Decimal(100)
    return round_to_increment(EXACT.multiply(mean, percent) / 100, charge.step)


def _scaled(amount: Decimal | None, factor: Decimal, currency: str) -> Decimal | None:
    return None if amount is None else round_to_scale(EXACT.multiply(amount, factor), minor_digits(currency))


def _apply(charge: ChargeTerms, change: ChargeChange) -> ChargeTerms:
    return replace(
        charge,
        baseline=charge.baseline if change.baseline is None else change.baseline,
        flat=charge.flat if change.flat is None else change.flat,
        minimum=charge.minimum if change.minimum is None else change.minimum,
        commitment=charge.commitment if change.commitment is None else change.commitment,
    )


def add_months(day: date, months: int) -> date:
    """Move a day by months; a day that the month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

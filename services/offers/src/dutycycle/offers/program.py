"""Programs: other terms for the same equipment, made from the customer's own recent use."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from dutycycle.kit.money import minor_digits
from dutycycle.kit.quantity import EXACT, round_to_increment, round_to_scale
from dutycycle.offers.history import History
from dutycycle.offers.product import ALWAYS, Creative, Validity
from dutycycle.offers.terms import Alternative, ChargeChange, ChargeKind, ChargeTerms, Terms


class Fit(Enum):
    """Which customers a program is made for."""

    BELOW_BASELINE = "below"
    ABOVE_BASELINE = "above"
    ANY = "any"


class Kind(Enum):
    """Ways in which a program changes terms."""

    RIGHT_SIZE = "right size"
    HIGHER_TIER = "higher tier"
    CARRY = "carry"
    SEASONAL = "seasonal"
    POOL = "pool"
    LONGER_TERM = "longer term"
    RENEWAL = "renewal"

    @property
    def follows_usage(self) -> bool:
        """Whether baselines become what was used lately; otherwise they stay."""
        return self in (Kind.RIGHT_SIZE, Kind.HIGHER_TIER, Kind.RENEWAL)


YEAR_PERIODS = 12
DEFAULT_VALID_DAYS = 60


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
    legal_version: str = ""
    kind: Kind = Kind.RIGHT_SIZE
    carry_periods: int = 0
    switch_cost: Decimal = Decimal(0)
    """One-time cost of the change to the customer, major units."""
    eligibility: str = ""
    """Condition on the facts of the customer, in CEL; empty: everybody."""
    validity: Validity = ALWAYS
    offer_valid_days: int = DEFAULT_VALID_DAYS
    priority: int = 0
    is_automatic: bool = False
    """Whether an accepted offer waits for nobody at the lessor."""
    creatives: tuple[Creative, ...] = ()


def alternative(program: Program, terms: Terms, months: History) -> Alternative:
    """Return the terms under a program: baselines from recent use, and what is agreed in proportion to them.

    A schedule's base charge, minimums and commitments follow its first usage baseline: new over old, times the
    program's base rate. A schedule without one keeps them. The agreed quantity of assets becomes the mean in service.
    A program that leaves the baselines changes the base by its base rate alone, and what its kind says.
    """
    recent = months[-max(1, program.usage_months) :]
    scales = _scales(program, terms, recent)
    pools = _pools(terms) if program.kind is Kind.POOL else {}
    changes = tuple(
        _restructure(
            program, charge, _change(program, charge, scales.get(charge.schedule), recent, terms), pools.get(charge.key)
        )
        for charge in terms.charges
    )
    pairs = zip(terms.charges, changes, strict=True)
    changed = tuple(_apply(charge, change) for charge, change in pairs if not change.is_pooled)
    end_date = add_months(terms.end_date, program.term_extension_months)
    basis = f"mean of {len(recent)} months to {recent[-1].period.title}" if program.kind.follows_usage else ""
    return Alternative(replace(terms, charges=changed, end_date=end_date), changes, basis)


def _restructure(
    program: Program, charge: ChargeTerms, change: ChargeChange, pool: Sequence[ChargeTerms] | None
) -> ChargeChange:
    """Let the baseline of a usage charge live across periods or schedules, if the program is of that kind."""
    if charge.kind is not ChargeKind.USAGE or not charge.baseline or not charge.priced_above or charge.fixed:
        return change
    if program.kind is Kind.CARRY:
        return replace(change, carry_periods=max(1, program.carry_periods))
    if program.kind is Kind.SEASONAL:
        return replace(change, baseline=charge.baseline * YEAR_PERIODS, window_periods=YEAR_PERIODS)
    if pool is None:
        return change
    if pool[0] is not charge:
        return replace(change, is_pooled=True)
    together = sum((each.baseline for each in pool if each.baseline is not None), Decimal(0))
    return replace(change, baseline=together, pool=tuple(each.schedule for each in pool))


def _pools(terms: Terms) -> dict[tuple[str, str], list[ChargeTerms]]:
    """Group usage charges of one name, unit and price in different schedules; the first of a group has its pool."""
    groups: dict[tuple[str, str, str], list[ChargeTerms]] = {}
    for charge in terms.charges:
        if charge.kind is ChargeKind.USAGE and charge.baseline and charge.priced_above and not charge.fixed:
            groups.setdefault((charge.charge, charge.units, charge.price), []).append(charge)
    return {charge.key: group for group in groups.values() if len(group) > 1 for charge in group}


def _scales(program: Program, terms: Terms, recent: History) -> dict[str, Decimal]:
    """Return new over old baseline of each schedule that has one above zero."""
    if not program.kind.follows_usage:
        return {charge.schedule: Decimal(1) for charge in terms.charges}
    scales: dict[str, Decimal] = {}
    for charge in terms.charges:
        if charge.kind is ChargeKind.USAGE and charge.baseline and charge.schedule not in scales:
            scales[charge.schedule] = EXACT.divide(_new_baseline(program, charge, recent), charge.baseline)
    return scales


def _change(
    program: Program, charge: ChargeTerms, scale: Decimal | None, recent: History, terms: Terms
) -> ChargeChange:
    change = ChargeChange(charge.schedule, charge.charge)
    if charge.baseline is not None and program.kind.follows_usage:
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
    monthly = EXACT.multiply(mean, percent) / 100
    return round_to_increment(monthly * max(1, charge.window_periods), charge.step)


def _scaled(amount: Decimal | None, factor: Decimal, currency: str) -> Decimal | None:
    return None if amount is None else round_to_scale(EXACT.multiply(amount, factor), minor_digits(currency))


def _apply(charge: ChargeTerms, change: ChargeChange) -> ChargeTerms:
    return replace(
        charge,
        baseline=charge.baseline if change.baseline is None else change.baseline,
        flat=charge.flat if change.flat is None else change.flat,
        minimum=charge.minimum if change.minimum is None else change.minimum,
        commitment=charge.commitment if change.commitment is None else change.commitment,
        window_periods=change.window_periods or charge.window_periods,
        fixed=charge.fixed or bool(change.carry_periods or change.window_periods or change.pool),
    )


def earliest_date(period_start: date) -> date:
    """Return the first day on which terms offered on a period's invoice can be in force.

    The invoice bills the next month's base in advance: what it has billed stays, the month after that is the first.
    """
    return add_months(period_start, 2)


def add_months(day: date, months: int) -> date:
    """Move a day by months; a day that the month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

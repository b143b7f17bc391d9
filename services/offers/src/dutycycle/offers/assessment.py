"""What a customer's use says: how full its baseline is, where it is heading, and whether the bill is a shock."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import takewhile
from statistics import median

from dutycycle.kit.quantity import EXACT, grouped, round_to_scale
from dutycycle.offers.history import History, Month, UseKind
from dutycycle.offers.policy import Policy
from dutycycle.offers.trend import slope_percent

_USUAL_MONTHS = 6


class Segment(Enum):
    """What a customer is like."""

    NEW = "new"
    HEALTHY = "healthy"
    CHRONIC_UNDER = "chronic under"
    CHRONIC_OVER = "chronic over"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The signals of one customer, up to and with the billed month. Percentages have one place."""

    customer: str
    months: tuple[Month, ...]
    segment: Segment
    utilisation_3_percent: Decimal | None
    """None where there is no baseline to compare with."""
    utilisation_12_percent: Decimal | None
    trend_percent_per_month: Decimal
    months_below: int
    months_above: int
    shock_percent: Decimal
    summary: str

    @property
    def latest(self) -> Month:
        return self.months[-1]


def assess(customer: str, months: History, policy: Policy) -> Assessment:
    """Assess a customer on its months; there is at least one."""
    below = _run(months, above=False)
    above = _run(months, above=True)
    recent = utilisation_percent(months[-3:])
    return Assessment(
        customer=customer,
        months=tuple(months),
        segment=_segment(len(months), recent, below, above, policy),
        utilisation_3_percent=recent,
        utilisation_12_percent=utilisation_percent(months),
        trend_percent_per_month=_tenths(slope_percent([month.used(UseKind.USAGE) for month in months])),
        months_below=below,
        months_above=above,
        shock_percent=_shock_percent(months),
        summary=_summary(months[-1], below, above),
    )


def utilisation_percent(months: History) -> Decimal | None:
    """Return used in percent of the baseline over the months; None without a baseline."""
    baseline = sum((month.baseline(UseKind.USAGE) for month in months), Decimal(0))
    used = sum((month.used(UseKind.USAGE) for month in months), Decimal(0))
    return _tenths(EXACT.divide(used * 100, baseline)) if baseline else None


def _run(months: History, *, above: bool) -> int:
    """Count the months in a row on one side of the baseline, back from the last."""

    def is_there(month: Month) -> bool:
        distance = month.used(UseKind.USAGE) - month.baseline(UseKind.USAGE)
        return distance > 0 if above else distance < 0

    return sum(1 for _ in takewhile(is_there, reversed(months)))


def _segment(months: int, recent: Decimal | None, below: int, above: int, policy: Policy) -> Segment:
    if months < policy.minimum_history_months:
        return Segment.NEW
    if recent is not None and abs(recent - 100) <= policy.near_percent:
        return Segment.HEALTHY
    if below >= policy.fit_months:
        return Segment.CHRONIC_UNDER
    if above >= policy.fit_months:
        return Segment.CHRONIC_OVER
    return Segment.VARIABLE


def _shock_percent(months: History) -> Decimal:
    before = [month.cost.amount for month in months[-1 - _USUAL_MONTHS : -1]]
    usual = median(before) if before else Decimal(0)
    if usual <= 0:
        return Decimal(0)
    return _tenths(EXACT.divide(months[-1].cost.amount * 100, usual) - 100)


def _summary(month: Month, below: int, above: int) -> str:
    used, baseline = month.used(UseKind.USAGE), month.baseline(UseKind.USAGE)
    sentence = f"{month.period.title}: {grouped(used)} of {grouped(baseline)} {month.units or 'units'} used"
    if below > 1:
        return f"{sentence}, below the baseline for {below} months in a row."
    if above > 1:
        return f"{sentence}, above the baseline for {above} months in a row."
    return f"{sentence}."


def _tenths(value: Decimal) -> Decimal:
    return round_to_scale(value, 1)

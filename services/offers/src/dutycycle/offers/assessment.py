"""What a customer's use says: how full its baseline is, where it is heading, what it pays for nothing, and the risk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import takewhile
from statistics import median

from dutycycle.kit.money import Money
from dutycycle.kit.quantity import EXACT, grouped, plain, round_to_scale
from dutycycle.offers.history import History, Month, Use, UseKind, used_percent
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.risk import Risk, Signals, score
from dutycycle.offers.terms import Terms
from dutycycle.offers.trend import slope_percent, trend_percent

_USUAL_MONTHS = 6
_YEAR = 12
_STAKE_MONTHS = 12


class Segment(Enum):
    """What a customer is like."""

    NEW = "new"
    HEALTHY = "healthy"
    CHRONIC_UNDER = "chronic under"
    CHRONIC_OVER = "chronic over"
    VARIABLE = "variable"
    SPIKY = "spiky"
    SEASONAL = "seasonal"
    IDLE = "idle"
    DECLINING = "declining"
    GROWING = "growing"
    NEAR_EXPIRY = "near expiry"


@dataclass(frozen=True, slots=True)
class ScheduleUse:
    """One schedule's use of its baseline."""

    schedule: str
    units: str
    """Unit, plural."""
    utilisation_3_percent: Decimal | None
    utilisation_6_percent: Decimal | None
    utilisation_12_percent: Decimal | None
    trend_percent_per_month: Decimal
    assets_idle: Decimal


@dataclass(frozen=True, slots=True)
class Assessment:
    """The signals of one customer, up to and with the billed month. Percentages have one place."""

    customer: str
    months: tuple[Month, ...]
    """The last twelve, or as many as there are."""
    segment: Segment
    """The one that counts for programs."""
    segments: tuple[Segment, ...]
    """Everything that holds."""
    utilisation_3_percent: Decimal | None
    """None where there is no baseline to compare with."""
    utilisation_6_percent: Decimal | None
    utilisation_12_percent: Decimal | None
    trend_percent_per_month: Decimal
    trend_interval: tuple[Decimal, Decimal] | None
    """Ends of the trend's 95 % interval; None for too few months to say."""
    year_change_percent: Decimal | None
    """Against the same month of last year; None without one."""
    seasonality_percent: Decimal | None
    """Share of the variation that a repeating year explains; None below two years."""
    volatility_percent: Decimal
    """Median distance of a month from the median month, in percent of it."""
    months_below: int
    months_above: int
    shock_percent: Decimal
    shortfall_paid: Money
    """The part of what was agreed for use that was not used, over the months."""
    overage_paid: Money
    """What use above the baseline cost, over the months."""
    overage_share_percent: Decimal
    assets_idle: Decimal
    """Assets agreed that were not active in the last month."""
    unusable_percent: Decimal | None
    """Share of the month's records that were rejected or wait; None if it was not told."""
    estimated_percent: Decimal | None
    """Share of the month's records that their source estimated; None if it was not told."""
    months_to_expiry: int
    risk: Risk
    at_stake: Money
    """What is agreed for the months left, at most twelve."""
    schedules: tuple[ScheduleUse, ...]
    summary: str

    @property
    def latest(self) -> Month:
        return self.months[-1]


def assess(
    customer: str, history: History, terms: Terms, policy: Policy, records: RecordCounts | None = None
) -> Assessment:
    """Assess a customer on its months, oldest first; there is at least one, and more than a year shows a season."""
    months = history[-policy.history_months :]
    below, above = _run(months, above=False), _run(months, above=True)
    recent = utilisation_percent(months[-3:])
    used = [month.used(UseKind.USAGE) for month in months]
    trend = trend_percent(used)
    shortfall, overage = _shortfall_paid(months, terms), _overage_paid(months, terms.currency)
    cost = sum((month.cost.amount for month in months), Decimal(0))
    latest = months[-1]
    idle = max(Decimal(0), latest.baseline(UseKind.ASSETS) - latest.used(UseKind.ASSETS))
    seasonality = _seasonality_percent([month.used(UseKind.USAGE) for month in history])
    volatility = _volatility_percent(used)
    to_expiry = _months_between(latest.period.end, terms.end_date)
    interval = None if trend is None else (_tenths(trend.low), _tenths(trend.high))
    main = _segment(len(months), recent, below, above, policy)
    idle_percent = _percent(idle, latest.baseline(UseKind.ASSETS))
    unusable = None if records is None else _percent(Decimal(records.unusable), Decimal(records.received))
    shock = _shock_percent(months)
    signals = Signals(
        months=len(months),
        trend_percent_per_month=_tenths(slope_percent(used)),
        trend_interval=interval,
        utilisation_3_percent=recent,
        shortfall_share_percent=_percent(shortfall.amount, cost),
        overage_share_percent=_percent(overage.amount, cost),
        idle_percent=idle_percent,
        shock_percent=shock,
        unusable_percent=unusable,
        months_to_expiry=to_expiry,
    )
    extra = _further_segments(signals, seasonality, volatility, policy)
    return Assessment(
        customer=customer,
        months=tuple(months),
        segment=main,
        segments=(main, *(() if main is Segment.NEW else extra)),
        utilisation_3_percent=recent,
        utilisation_6_percent=utilisation_percent(months[-6:]),
        utilisation_12_percent=utilisation_percent(months),
        trend_percent_per_month=signals.trend_percent_per_month,
        trend_interval=interval,
        year_change_percent=_year_change_percent(history),
        seasonality_percent=seasonality,
        volatility_percent=volatility,
        months_below=below,
        months_above=above,
        shock_percent=shock,
        shortfall_paid=shortfall,
        overage_paid=overage,
        overage_share_percent=signals.overage_share_percent,
        assets_idle=idle,
        unusable_percent=unusable,
        estimated_percent=None if records is None else _percent(Decimal(records.estimated), Decimal(records.received)),
        months_to_expiry=to_expiry,
        risk=score(signals),
        at_stake=Money(terms.agreed_amount * min(_STAKE_MONTHS, to_expiry), terms.currency).rounded(),
        schedules=tuple(_schedule_uses(months, terms)),
        summary=_summary(latest, below, above),
    )


def utilisation_percent(months: History) -> Decimal | None:
    """Return used in percent of the baseline over the months; None without a baseline."""
    baseline = sum((month.baseline(UseKind.USAGE) for month in months), Decimal(0))
    used = sum((month.used(UseKind.USAGE) for month in months), Decimal(0))
    return used_percent(used, baseline)


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


def _further_segments(
    signals: Signals, seasonality: Decimal | None, volatility: Decimal, policy: Policy
) -> Iterator[Segment]:
    """Yield what else holds. A trend counts where its whole interval is on one side of zero: it is not chance."""
    low, high = signals.trend_interval or (Decimal(0), Decimal(0))
    strong = abs(signals.trend_percent_per_month) >= policy.change_percent
    is_seasonal = seasonality is not None and seasonality >= policy.seasonal_percent
    if is_seasonal:
        yield Segment.SEASONAL
    elif volatility >= policy.spiky_percent:
        yield Segment.SPIKY
    if strong and high < 0:
        yield Segment.DECLINING
    if strong and low > 0:
        yield Segment.GROWING
    if signals.idle_percent >= policy.idle_percent:
        yield Segment.IDLE
    if signals.months_to_expiry <= policy.expiry_months:
        yield Segment.NEAR_EXPIRY


def _shock_percent(months: History) -> Decimal:
    before = [month.cost.amount for month in months[-1 - _USUAL_MONTHS : -1]]
    usual = median(before) if before else Decimal(0)
    if usual <= 0:
        return Decimal(0)
    return _tenths(EXACT.divide(months[-1].cost.amount * 100, usual) - 100)


def _year_change_percent(history: History) -> Decimal | None:
    if len(history) <= _YEAR:
        return None
    before, now = history[-1 - _YEAR].used(UseKind.USAGE), history[-1].used(UseKind.USAGE)
    return _tenths(EXACT.divide(now * 100, before) - 100) if before else None


def _seasonality_percent(used: Sequence[Decimal]) -> Decimal | None:
    """Return the share of the squared distances from the mean that the means of like months explain.

    Over whole years, the last ones. By chance alone it would be about half of two years: a season is claimed far above.
    """
    years = len(used) // _YEAR
    if years < 2:
        return None
    values = used[-years * _YEAR :]
    mean = _mean(values)
    total = sum((EXACT.power(value - mean, 2) for value in values), Decimal(0))
    if not total:
        return Decimal(0)
    explained = sum((EXACT.power(_mean(values[month::_YEAR]) - mean, 2) for month in range(_YEAR)), Decimal(0)) * years
    return _tenths(EXACT.divide(explained * 100, total))


def _volatility_percent(used: Sequence[Decimal]) -> Decimal:
    middle = median(used)
    return _percent(median([abs(value - middle) for value in used]), middle)


def _shortfall_paid(months: History, terms: Terms) -> Money:
    """Return the part of the agreed amounts that paid for use that did not happen.

    Of each schedule, what is agreed a month times the unused share of its baseline; without carrying it over.
    """
    agreed: dict[str, Decimal] = {}
    for charge in terms.charges:
        agreed[charge.schedule] = agreed.get(charge.schedule, Decimal(0)) + charge.agreed_amount
    paid = Decimal(0)
    for month in months:
        for use in month.compared(UseKind.USAGE):
            if use.baseline and use.used < use.baseline:
                unused = EXACT.divide(use.baseline - use.used, use.baseline)
                paid += EXACT.multiply(agreed.get(use.schedule, Decimal(0)), unused)
    return Money(paid, terms.currency).rounded()


def _overage_paid(months: History, currency: str) -> Money:
    return Money(sum((month.overage.amount for month in months), Decimal(0)), currency)


def _schedule_uses(months: History, terms: Terms) -> Iterator[ScheduleUse]:
    for schedule in dict.fromkeys(charge.schedule for charge in terms.charges):
        uses = [_use_of(month, schedule, UseKind.USAGE) for month in months]
        if uses[-1] is None:
            continue
        assets = _use_of(months[-1], schedule, UseKind.ASSETS)
        idle = max(Decimal(0), (assets.baseline or Decimal(0)) - assets.used) if assets else Decimal(0)
        known = [use for use in uses if use is not None]
        yield ScheduleUse(
            schedule=schedule,
            units=uses[-1].units,
            utilisation_3_percent=_utilisation(known[-3:]),
            utilisation_6_percent=_utilisation(known[-6:]),
            utilisation_12_percent=_utilisation(known),
            trend_percent_per_month=_tenths(slope_percent([use.used for use in known])),
            assets_idle=idle,
        )


def _use_of(month: Month, schedule: str, kind: UseKind) -> Use | None:
    return next((use for use in month.compared(kind) if use.schedule == schedule), None)


def _utilisation(uses: Sequence[Use]) -> Decimal | None:
    baseline = sum((use.baseline for use in uses if use.baseline is not None), Decimal(0))
    used = sum((use.used for use in uses), Decimal(0))
    return used_percent(used, baseline)


def _summary(month: Month, below: int, above: int) -> str:
    used, baseline = month.used(UseKind.USAGE), month.baseline(UseKind.USAGE)
    sentence = f"{month.period.title}: {grouped(used)} of {grouped(baseline)} {month.units or 'units'} used"
    if below > 1:
        return f"{sentence}, below the baseline for {below} months in a row."
    if above > 1:
        return f"{sentence}, above the baseline for {above} months in a row."
    return f"{sentence}."


def shortfall_percent(month: Month) -> Decimal:
    """Return how much of a month's baseline was not used, percent; zero if all was."""
    baseline, used = month.baseline(UseKind.USAGE), month.used(UseKind.USAGE)
    return _tenths(EXACT.divide((baseline - used) * 100, baseline)) if used < baseline else Decimal(0)


def announcement(assessed: Assessment, policy: Policy) -> str:
    """Word what is announced before the bill: one far above the usual, or agreed use that goes unused; empty otherwise.

    A shortfall is announced once in a run of months below the baseline: in the first that is late enough in the run to
    be no accident, and far enough below.
    """
    if len(assessed.months) > 1 and assessed.shock_percent >= policy.shock_percent:
        return f"{assessed.shock_percent:,.0f} % above your usual bill"
    unused = shortfall_percent(assessed.latest)
    if assessed.months_below < policy.fit_months or unused < policy.shortfall_percent:
        return ""
    told_from = assessed.months[len(assessed.months) - assessed.months_below + policy.fit_months - 1 : -1]
    if any(shortfall_percent(month) >= policy.shortfall_percent for month in told_from):
        return ""
    share = plain(round_to_scale(unused, 0))
    return f"{share} % of what you agreed went unused, {assessed.months_below} months in a row below it"


def _mean(values: Sequence[Decimal]) -> Decimal:
    return EXACT.divide(sum(values, Decimal(0)), Decimal(len(values)))


def _months_between(start: date, end: date) -> int:
    """Count whole months; none if the end is not after the start."""
    return max(0, (end.year - start.year) * 12 + end.month - start.month)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return _tenths(EXACT.divide(part * 100, whole)) if whole > 0 else Decimal(0)


def _tenths(value: Decimal) -> Decimal:
    return round_to_scale(value, 1)

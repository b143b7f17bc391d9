"""Alerts: what a customer is told about a running period, each thing once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from statistics import median

from dutycycle.kit import ids
from dutycycle.kit.quantity import EXACT, grouped, plain, round_to_scale

_TELL_PROJECTION_FROM = Decimal("0.25")
"""Share of the period that must be over before a projection means anything."""
_UNUSUAL_FACTOR = 4
"""Median distances from the median from which on a month is unusual."""
_UNUSUAL_MONTHS = 6


class AlertKind(Enum):
    """What is told."""

    BASELINE = "BASELINE"
    BUDGET = "BUDGET"
    PROJECTED_OVERAGE = "PROJECTED_OVERAGE"
    UNUSUAL_USAGE = "UNUSUAL_USAGE"
    SILENT_ASSET = "SILENT_ASSET"


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """What a customer wants to be told."""

    customer: str
    baseline_percents: tuple[Decimal, ...] = (Decimal(50), Decimal(80), Decimal(100))
    projected_overage: bool = True
    silent_days: int = 0
    budget: Decimal | None = None
    """Major units a period."""
    digest: bool = True
    quiet_from_hour: int = 20
    quiet_to_hour: int = 7
    by_email: bool = True

    def is_quiet(self, local: datetime) -> bool:
        """Whether it is a time at which nothing is sent; the hours are of the agreement's zone."""
        start, end = self.quiet_from_hour, self.quiet_to_hour
        if start == end:
            return False
        return start <= local.hour < end if start < end else local.hour >= start or local.hour < end


@dataclass(frozen=True, slots=True)
class Use:
    """One measured charge of the running period, and its months before."""

    subject: str
    """Schedule and charge."""
    title: str
    units: str
    used: Decimal
    baseline: Decimal | None
    before: tuple[Decimal, ...] = ()
    """The same of the whole months before, oldest first."""


@dataclass(frozen=True, slots=True)
class Running:
    """A running period of a customer as it stands."""

    customer: str
    period_start: date
    period_end: date
    today: date
    uses: tuple[Use, ...]
    cost: Decimal
    """What it comes to so far, major units."""
    currency: str
    silent: tuple[tuple[str, int], ...] = ()
    """Assets that were active in this month or the one before, and the days since."""

    @property
    def passed(self) -> Decimal:
        """Return the share of the period that is over."""
        days = (self.period_end - self.period_start).days
        return EXACT.divide(Decimal((min(self.today, self.period_end) - self.period_start).days), Decimal(days))


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that is told."""

    customer: str
    kind: AlertKind
    period_start: date
    subject: str
    text: str
    step: str = ""
    """Tells apart what is told of the same subject: the share that was reached."""

    @property
    def name(self) -> str:
        """Return the resource name: the same thing has the same, so that it is told once."""
        about = f"{self.customer}\n{self.kind.value}\n{self.period_start}\n{self.subject}\n{self.step}"
        return f"alerts/{ids.digest(about.encode())[:24]}"


def alerts(running: Running, settings: AlertSettings) -> list[Alert]:
    """Return everything that is to be told of a period as it stands."""
    found = [*_shares(running, settings), *_unusual(running), *_silent(running, settings)]
    return found + list(_projected(running)) if settings.projected_overage else found


def _shares(running: Running, settings: AlertSettings) -> Iterator[Alert]:
    for use in running.uses:
        if use.baseline:
            reached = _reached(use.used, use.baseline, settings.baseline_percents)
            if reached is not None:
                yield _alert(
                    running,
                    AlertKind.BASELINE,
                    use.subject,
                    f"{use.title}: {grouped(use.used)} of {grouped(use.baseline)} {use.units} used, "
                    f"{plain(reached)} % of what was agreed for the month",
                    plain(reached),
                )
    if settings.budget:
        reached = _reached(running.cost, settings.budget, settings.baseline_percents)
        if reached is not None:
            yield _alert(
                running,
                AlertKind.BUDGET,
                "budget",
                f"Usage comes to {running.cost:,.2f} {running.currency} so far, {plain(reached)} % of your budget of "
                f"{settings.budget:,.2f} {running.currency}",
                plain(reached),
            )


def _reached(value: Decimal, whole: Decimal, percents: Sequence[Decimal]) -> Decimal | None:
    """Return the highest share that a value has reached: whoever passes two at once is told of the higher."""
    return max((percent for percent in percents if value * 100 >= whole * percent), default=None)


def _projected(running: Running) -> Iterator[Alert]:
    if running.passed < _TELL_PROJECTION_FROM or running.passed >= 1:
        return
    for use in running.uses:
        if not use.baseline or use.used >= use.baseline:
            continue
        projected = EXACT.divide(use.used, running.passed)
        if projected > use.baseline:
            over = plain(round_to_scale(EXACT.divide(projected * 100, use.baseline) - 100, 0))
            yield _alert(
                running,
                AlertKind.PROJECTED_OVERAGE,
                use.subject,
                f"{use.title}: at the pace so far the month ends at {grouped(round_to_scale(projected, 1))} "
                f"{use.units}, {over} % above the agreed {grouped(use.baseline)}",
            )


def _unusual(running: Running) -> Iterator[Alert]:
    """Tell a month that is already far above the customer's own months, by median and median distance."""
    for use in running.uses:
        if len(use.before) < _UNUSUAL_MONTHS:
            continue
        middle = median(use.before)
        distance = median([abs(value - middle) for value in use.before]) or EXACT.divide(middle, Decimal(20))
        if distance and use.used > middle + _UNUSUAL_FACTOR * distance:
            yield _alert(
                running,
                AlertKind.UNUSUAL_USAGE,
                use.subject,
                f"{use.title}: {grouped(use.used)} {use.units} so far; your usual month has {grouped(middle)}",
            )


def _silent(running: Running, settings: AlertSettings) -> Iterator[Alert]:
    if not settings.silent_days:
        return
    for asset, days in running.silent:
        if days >= settings.silent_days:
            text = f"{asset.removeprefix('assets/')} has reported nothing for {days} days"
            yield _alert(running, AlertKind.SILENT_ASSET, asset, text)


def _alert(running: Running, kind: AlertKind, subject: str, text: str, step: str = "") -> Alert:
    return Alert(running.customer, kind, running.period_start, subject, f"{text}.", step)


def next_morning(local: datetime, settings: AlertSettings) -> datetime:
    """Return the first moment after quiet hours."""
    morning = local.replace(hour=settings.quiet_to_hour, minute=0, second=0, microsecond=0)
    return morning if morning >= local else morning + timedelta(days=1)

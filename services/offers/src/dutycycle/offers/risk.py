"""How likely a customer is to leave or to lease less: points that add up, each with the fact that made them.

A scorecard, not a model that was fitted: fleets are few and each is large, and the lessor's people have to be able to
argue with every point. `docs/churn.md` says how well it does, against a naive rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.kit.quantity import plain

_MOST = 100


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a customer. Percentages; None where it is not known."""

    months: int
    trend_percent_per_month: Decimal = Decimal(0)
    trend_interval: tuple[Decimal, Decimal] | None = None
    """Ends of its 95 % interval."""
    utilisation_3_percent: Decimal | None = None
    shortfall_share_percent: Decimal = Decimal(0)
    """What was paid for use that did not happen, of what was paid."""
    overage_share_percent: Decimal = Decimal(0)
    idle_percent: Decimal = Decimal(0)
    """Agreed assets that were not active."""
    shock_percent: Decimal = Decimal(0)
    """The last bill above the usual one."""
    unusable_percent: Decimal | None = None
    months_to_expiry: int = 0


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason."""

    name: str
    points: int
    fact: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A score of 0 to 100 and its reasons, the heaviest first."""

    score: int
    factors: tuple[Factor, ...]


def score(signals: Signals) -> Risk:
    """Add the points of every reason up. Each signal that gets worse makes the score no smaller."""
    found = [factor for judge in _JUDGES if (factor := judge(signals)) is not None and factor.points > 0]
    found.sort(key=lambda factor: (-factor.points, factor.name))
    return Risk(min(_MOST, sum(factor.points for factor in found)), tuple(found))


def _decline(signals: Signals) -> Factor | None:
    """Count a fall of use: 5 points for each percent a month, half of them while it may be chance."""
    fall = -signals.trend_percent_per_month
    if fall <= 0 or signals.trend_interval is None:
        return None
    beyond_chance = signals.trend_interval[1] < 0
    points = _up_to(30, fall * 5) if beyond_chance else _up_to(15, fall * 5 / 2)
    certainty = "beyond chance" if beyond_chance else "but it may be chance"
    return Factor("declining use", points, f"use falls by {plain(fall)} % a month, {certainty}")


def _unused(signals: Signals) -> Factor | None:
    """Count what lies idle of the baseline: 1 point for every 2 percent below 90."""
    used = signals.utilisation_3_percent
    if used is None or used >= 90:
        return None
    return Factor(
        "unused baseline", _up_to(25, (90 - used) / 2), f"{plain(used)} % of the baseline used in the last 3 months"
    )


def _shortfall(signals: Signals) -> Factor | None:
    share = signals.shortfall_share_percent
    points = _up_to(15, share / 2)
    return Factor("pays for nothing", points, f"{plain(share)} % of what was paid was for use that did not happen")


def _overage(signals: Signals) -> Factor | None:
    share = signals.overage_share_percent
    points = _up_to(10, share / 4)
    return Factor("outgrown terms", points, f"{plain(share)} % of what was paid was for use above the baseline")


def _idle(signals: Signals) -> Factor | None:
    share = signals.idle_percent
    return Factor("idle assets", _up_to(15, share / 3), f"{plain(share)} % of the agreed assets were not active")


def _shock(signals: Signals) -> Factor | None:
    above = signals.shock_percent
    return Factor("bill shock", _up_to(10, above / 6), f"the last bill was {plain(above)} % above the usual")


def _quality(signals: Signals) -> Factor | None:
    share = signals.unusable_percent
    if share is None:
        return None
    return Factor("records unusable", _up_to(5, share / 4), f"{plain(share)} % of the records were rejected or wait")


def _expiry(signals: Signals) -> Factor | None:
    left = signals.months_to_expiry
    points = _up_to(10, Decimal(10 - 2 * left))
    return Factor("term ends", points, f"{left} months to the end of the term")


_JUDGES: tuple[Callable[[Signals], Factor | None], ...] = (
    _decline,
    _unused,
    _shortfall,
    _overage,
    _idle,
    _shock,
    _quality,
    _expiry,
)


def _up_to(most: int, points: Decimal) -> int:
    """Return whole points, none below zero."""
    return max(0, min(most, int(points)))

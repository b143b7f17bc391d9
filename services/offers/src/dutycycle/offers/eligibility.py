"""Conditions of the catalogue on the facts of a customer."""

from __future__ import annotations

from dutycycle.offers.assessment import Assessment
from dutycycle.runtime import condition
from dutycycle.runtime.condition import Fact


def facts(assessed: Assessment) -> dict[str, Fact]:
    """Return what a condition may name. Percentages and points; what is not known is left out."""
    known: dict[str, Fact | None] = {
        "months": len(assessed.months),
        "utilisation_3": _number(assessed.utilisation_3_percent),
        "utilisation_6": _number(assessed.utilisation_6_percent),
        "utilisation_12": _number(assessed.utilisation_12_percent),
        "trend": _number(assessed.trend_percent_per_month),
        "volatility": _number(assessed.volatility_percent),
        "seasonality": _number(assessed.seasonality_percent),
        "year_change": _number(assessed.year_change_percent),
        "overage_share": _number(assessed.overage_share_percent),
        "shock": _number(assessed.shock_percent),
        "months_below": assessed.months_below,
        "months_above": assessed.months_above,
        "assets_idle": _number(assessed.assets_idle),
        "unusable": _number(assessed.unusable_percent),
        "estimated": _number(assessed.estimated_percent),
        "months_to_expiry": assessed.months_to_expiry,
        "risk": assessed.risk.score,
        "segments": [segment.value for segment in assessed.segments],
    }
    return {name: value for name, value in known.items() if value is not None}


def obstacle_of(eligibility: str, assessed: Assessment) -> str:
    """Say why a condition does not admit a customer; empty if it does.

    A condition that cannot be decided admits nobody: a fact is not known yet.
    """
    if not eligibility:
        return ""
    try:
        holds = condition.ask(eligibility, facts(assessed))
    except ValueError as error:
        return f"its condition {eligibility!r} {error}"
    return "" if holds else f"its condition does not hold: {eligibility}"


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))

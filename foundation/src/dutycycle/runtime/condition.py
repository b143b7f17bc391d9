"""Conditions of the catalogue, in CEL on the facts of a customer: contracts refuses what offers could not answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import cel

Fact = float | int | list[str]

FACTS: Mapping[str, Fact] = {
    "months": 12,
    "utilisation_3": 63.5,
    "utilisation_6": 71.0,
    "utilisation_12": 82.5,
    "trend": -3.5,
    "volatility": 12.5,
    "seasonality": 8.5,
    "year_change": -20.5,
    "overage_share": 4.5,
    "shock": 130.5,
    "months_below": 5,
    "months_above": 1,
    "assets_idle": 2.5,
    "unusable": 1.5,
    "estimated": 5.5,
    "months_to_expiry": 18,
    "risk": 35,
    "segments": ["declining"],
}
"""What a condition may name, each with a value of its sort. Percentages and points."""


def ask(condition: str, known: Mapping[str, Fact]) -> bool:
    """Answer a condition. Raises ValueError with the reason: a fact is not known, or it is no question."""
    try:
        answer = _compiled(condition).execute(dict(known))
    except (ValueError, RuntimeError, TypeError) as error:
        raise ValueError(f"cannot be decided: {str(error).splitlines()[0]}") from None
    if not isinstance(answer, bool):
        raise ValueError(f"is not a question: it answers {answer!r}")
    return answer


def fault(condition: str) -> str:
    """Say what is wrong with a condition whatever the customer; empty if nothing is, or if there is no condition."""
    if not condition:
        return ""
    try:
        ask(condition, FACTS)
    except ValueError as error:
        return str(error)
    # What `||` left unasked is still read.
    unknown = [
        name for name in _compiled(condition).variables() if name not in FACTS and not _is_bound(name, condition)
    ]
    return f"names {unknown[0]!r}, which is no fact; the facts are {', '.join(FACTS)}" if unknown else ""


def _is_bound(name: str, condition: str) -> bool:
    """Whether a name is that of a macro, as in `segments.exists(s, s == 'idle')`."""
    return re.search(rf"\(\s*{re.escape(name)}\s*,", condition) is not None


@lru_cache(maxsize=1_000)
def _compiled(condition: str) -> cel.Program:
    return cel.compile(condition)

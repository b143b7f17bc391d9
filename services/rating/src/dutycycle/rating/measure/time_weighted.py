"""The mean of a level over time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction

from dutycycle.rating.measure.event import Event
from dutycycle.rating.measure.part import Part
from dutycycle.rating.measure.rule import Levels
from dutycycle.rating.measure.scope import Scope

_MICROSECOND = timedelta(microseconds=1)


def time_weighted(scope: Scope) -> Iterator[Part]:
    """Every stretch on which the level stays, weighted by its share of the period."""
    level, since = Fraction(scope.rule.initial_value), scope.start
    for event in scope.earlier:
        level = _after(event, level, scope.rule.levels)
    for event in scope.events:
        if event.at > since:
            yield _stretch(scope, since, event.at, level)
            since = event.at
        level = _after(event, level, scope.rule.levels)
    yield _stretch(scope, since, scope.end, level)


def _after(event: Event, level: Fraction, levels: Levels) -> Fraction:
    value = Fraction(event.value or 0)
    return value if levels is Levels.ABSOLUTE else level + value


def _stretch(scope: Scope, start: datetime, end: datetime, level: Fraction) -> Part:
    share = Fraction((end - start) // _MICROSECOND, (scope.end - scope.start) // _MICROSECOND)
    return Part(start, end, level, level * share)

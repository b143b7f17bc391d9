"""Measures of values: sum, count, extremes, mean, percentile, and the sum by remaining days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from dutycycle.rating.measure.civil_day import civil_day, last_day
from dutycycle.rating.measure.event import Event
from dutycycle.rating.measure.part import Part
from dutycycle.rating.measure.scope import Scope


def total(scope: Scope) -> Iterator[Part]:
    """Every value."""
    for event in _all(scope):
        yield _part(event, _value(event))


def count(scope: Scope) -> Iterator[Part]:
    """One for every event."""
    for event in _all(scope):
        yield _part(event, Fraction(1))


def largest(scope: Scope) -> Iterator[Part]:
    """The largest value; of equal ones the first."""
    yield from _picked(max(_all(scope), key=_value, default=None))


def least(scope: Scope) -> Iterator[Part]:
    """The smallest value; of equal ones the first."""
    yield from _picked(min(_all(scope), key=_value, default=None))


def last(scope: Scope) -> Iterator[Part]:
    """The newest value."""
    for event in list(_all(scope))[-1:]:
        value = _value(event)
        yield _part(event, max(value, Fraction(0)) if scope.rule.floor_at_zero else value)


def mean(scope: Scope) -> Iterator[Part]:
    """Every value, divided by how many there are."""
    events = list(_all(scope))
    for event in events:
        yield _part(event, _value(event) / len(events))


def percentile(scope: Scope) -> Iterator[Part]:
    """The value at the nearest rank."""
    events = sorted(_all(scope), key=_value, reverse=True)
    if events:
        yield from _picked(events[rank(len(events), scope.rule.percentile)])


def rank(samples: int, percent: Decimal | None) -> int:
    """Return how many of the largest samples are dropped before the one that is taken; at least one remains."""
    if percent is None:
        raise ValueError("a percentile without a percentage; set MeasureRule.percentile")
    return min(samples - 1, int(samples * (100 - Fraction(percent)) / 100))


def prorated(scope: Scope) -> Iterator[Part]:
    """Every value, weighted by the days that remain from its own on, that day included."""
    rule, first, final = scope.rule, civil_day(scope.start, scope.zone), last_day(scope.end, scope.zone)
    duration = Fraction((final - first).days + 1) if rule.duration_days is None else Fraction(rule.duration_days)
    for event in _all(scope):
        day = max(first, civil_day(event.at, scope.zone))
        remaining = Fraction((final - day).days + 1) if rule.ratio_days is None else Fraction(rule.ratio_days)
        yield Part(max(event.at, scope.start), scope.end, _value(event), _value(event) * remaining / duration, event.id)


def _all(scope: Scope) -> Iterable[Event]:
    return chain(scope.earlier, scope.events)


def _picked(event: Event | None) -> Sequence[Part]:
    return [] if event is None else [_part(event, _value(event))]


def _part(event: Event, quantity: Fraction) -> Part:
    return Part(event.at, event.at, _value(event), quantity, event.id)


def _value(event: Event) -> Fraction:
    return Fraction(event.value or 0)

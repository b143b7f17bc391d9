"""Measures of identities: how many ids are active, for how long, and how many at once.

Adding an id that is active changes nothing, nor does removing one that is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import chain, groupby

from dutycycle.charge.adjust import DayCount
from dutycycle.rating.measure.civil_day import civil_day, last_day
from dutycycle.rating.measure.day_count import days
from dutycycle.rating.measure.event import Event
from dutycycle.rating.measure.part import Part
from dutycycle.rating.measure.scope import Scope

_ONE = Fraction(1)
_ONE_DAY = timedelta(days=1)
_SECONDS_OF_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Stay:
    """A stretch for which one id was active."""

    id: str
    start: datetime
    end: datetime | None
    """None: still active at the end of the period."""


def unique(scope: Scope) -> Iterator[Part]:
    """One for every id that is active at the end."""
    for stay in _stays(scope):
        if stay.end is None:
            yield Part(max(stay.start, scope.start), scope.end, _ONE, _ONE, stay.id)


def assets_active(scope: Scope) -> Iterator[Part]:
    """One for every id with an event."""
    seen: dict[str, Event] = {}
    for event in chain(scope.earlier, scope.events):
        seen.setdefault(event.id, event)
    for name, event in seen.items():
        yield Part(event.at, event.at, _ONE, _ONE, name)


def unique_days(scope: Scope) -> Iterator[Part]:
    """The days of every id, those of adding and of removing included, over the duration."""
    duration = _duration(scope, Fraction((last_day(scope.end, scope.zone) - _first_day(scope)).days + 1))
    yield from _inclusive_days(scope, duration)


def in_service_days(scope: Scope) -> Iterator[Part]:
    """The time of every id over that of the period, by the day count of the rule."""
    rule = scope.rule
    first, after = _first_day(scope), last_day(scope.end, scope.zone) + _ONE_DAY
    if rule.day_count is DayCount.INCLUSIVE_DAYS:
        yield from _inclusive_days(scope, _duration(scope, days(first, after, DayCount.DAYS)))
        return
    if rule.day_count is DayCount.SECONDS:
        whole = days(scope.start, scope.end, DayCount.SECONDS) / _SECONDS_OF_A_DAY
        duration = _duration(scope, whole) * _SECONDS_OF_A_DAY
    elif rule.day_count is DayCount.FIXED_MONTH:
        duration = _duration(scope, Fraction(rule.fixed_month_days))
    else:
        duration = _duration(scope, days(first, after, DayCount.DAYS))
    for stay in _stays(scope):
        start, end = max(stay.start, scope.start), scope.end if stay.end is None else stay.end
        if end <= scope.start:
            continue
        span: tuple[date, date] = start, end
        if rule.day_count is not DayCount.SECONDS:
            span = civil_day(start, scope.zone), after if stay.end is None else civil_day(end, scope.zone)
        value = days(*span, rule.day_count, rule.fixed_month_days)
        yield Part(start, end, value, value / duration, stay.id)


def concurrent_peak(scope: Scope) -> Iterator[Part]:
    """The largest quantity active at one instant, once all events of the instant have happened."""
    weights: dict[str, Fraction] = {}
    for event in scope.earlier:
        _apply(event, weights)
    changed_at_start = bool(scope.events) and scope.events[0].at == scope.start
    peak, peak_at = Fraction(0) if changed_at_start else max(Fraction(0), _level(weights)), scope.start
    for at, events in groupby(scope.events, key=lambda event: event.at):
        for event in events:
            _apply(event, weights)
        level = _level(weights)
        if level > peak:
            peak, peak_at = level, at
    yield Part(peak_at, peak_at, peak, peak)


def _apply(event: Event, weights: dict[str, Fraction]) -> None:
    if event.adds:
        weights.setdefault(event.id, _ONE if event.value is None else Fraction(event.value))
    else:
        weights.pop(event.id, None)


def _level(weights: dict[str, Fraction]) -> Fraction:
    return sum(weights.values(), Fraction(0))


def _stays(scope: Scope) -> Iterator[_Stay]:
    """Yield the stretches of all ids: closed ones as they end, then open ones as they began."""
    since: dict[str, datetime] = {}
    for event in chain(scope.earlier, scope.events):
        if event.adds:
            since.setdefault(event.id, event.at)
        elif event.id in since:
            yield _Stay(event.id, since.pop(event.id), event.at)
    for name, start in since.items():
        yield _Stay(name, start, None)


def _inclusive_days(scope: Scope, duration: Fraction) -> Iterator[Part]:
    """Yield the days of every stay that no earlier stay of the id has taken."""
    first, final = _first_day(scope), last_day(scope.end, scope.zone)
    free_from: dict[str, date] = {}
    for stay in _stays(scope):
        begins = max(civil_day(stay.start, scope.zone), free_from.get(stay.id, first))
        ends = final if stay.end is None else civil_day(stay.end, scope.zone)
        if ends >= begins:
            free_from[stay.id] = ends + _ONE_DAY
            value = Fraction((ends - begins).days + 1)
            end = scope.end if stay.end is None else stay.end
            yield Part(max(stay.start, scope.start), end, value, value / duration, stay.id)


def _first_day(scope: Scope) -> date:
    return civil_day(scope.start, scope.zone)


def _duration(scope: Scope, default: Fraction) -> Fraction:
    return default if scope.rule.duration_days is None else Fraction(scope.rule.duration_days)

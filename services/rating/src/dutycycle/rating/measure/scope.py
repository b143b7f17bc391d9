"""Scopes: the events that a rule lets count, over one period or one window of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from dutycycle.charge.measure import Aggregation
from dutycycle.kit.fraction import total
from dutycycle.rating.measure.event import Event
from dutycycle.rating.measure.rule import OF_IDS, Levels, MeasureRule, Ties


@dataclass(frozen=True, slots=True)
class Scope:
    """Events in the order in which they count."""

    rule: MeasureRule
    earlier: Sequence[Event]
    """Before the start, as far as they count."""
    events: Sequence[Event]
    """In `[start, end)`."""
    start: datetime
    end: datetime
    zone: str


def select(rule: MeasureRule, events: Iterable[Event], start: datetime, end: datetime, zone: str) -> Scope:
    """Take the events that count, in their order."""
    taken = [
        _raised(event, rule.minimum_event)
        for event in events
        if event.at < end
        and (rule.carry_over or event.at >= start)
        and _is_readable(event, rule.aggregation)
        and all(condition.holds(event.properties) for condition in rule.where)
    ]
    taken.sort(key=_canonical if rule.ties is Ties.CANONICAL else _listed)
    earlier = [event for event in taken if event.at < start]
    return Scope(rule, earlier, taken[len(earlier) :], start, end, zone)


def standing(scope: Scope) -> Sequence[Event]:
    """Return the fewest events that leave the state in which a scope ends: what the next window begins with."""
    rule, events = scope.rule, [*scope.earlier, *scope.events]
    if rule.aggregation is not Aggregation.TIME_WEIGHTED:
        active: dict[str, Event] = {}
        for event in events:
            if event.adds:
                active.setdefault(event.id, event)
            else:
                active.pop(event.id, None)
        return list(active.values())
    if rule.levels is Levels.ABSOLUTE:
        return events[-1:]
    return [replace(events[-1], value=total(event.value or Decimal(0) for event in events))] if events else []


def _is_readable(event: Event, aggregation: Aggregation) -> bool:
    if aggregation in OF_IDS:
        return bool(event.id)
    return aggregation is Aggregation.COUNT or event.value is not None


def _raised(event: Event, least: Decimal | None) -> Event:
    if least is None or event.value is None or event.value >= least:
        return event
    return replace(event, value=least)


def _canonical(event: Event) -> tuple[datetime, bool, bool, Decimal]:
    return event.at, event.adds, event.value is not None, event.value or Decimal(0)


def _listed(event: Event) -> datetime:
    return event.at

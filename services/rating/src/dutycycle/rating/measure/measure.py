"""From events to a quantity: select what counts, cut into windows, aggregate, combine."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from dutycycle.charge.measure import Aggregation
from dutycycle.rating.measure import identity, value
from dutycycle.rating.measure.civil_day import windows
from dutycycle.rating.measure.event import Event
from dutycycle.rating.measure.part import Measured, Part, add_up
from dutycycle.rating.measure.rule import OF_STATES, MeasureRule, Then, Window
from dutycycle.rating.measure.scope import Scope, select, standing
from dutycycle.rating.measure.time_weighted import time_weighted

AGGREGATIONS: dict[Aggregation, Callable[[Scope], Iterator[Part]]] = {
    Aggregation.SUM: value.total,
    Aggregation.COUNT: value.count,
    Aggregation.MAX: value.largest,
    Aggregation.MIN: value.least,
    Aggregation.LAST: value.last,
    Aggregation.MEAN: value.mean,
    Aggregation.TIME_WEIGHTED: time_weighted,
    Aggregation.PERCENTILE: value.percentile,
    Aggregation.UNIQUE: identity.unique,
    Aggregation.UNIQUE_DAYS: identity.unique_days,
    Aggregation.PRORATED_SUM: value.prorated,
    Aggregation.IN_SERVICE_DAYS: identity.in_service_days,
    Aggregation.CONCURRENT_PEAK: identity.concurrent_peak,
    Aggregation.ASSETS_ACTIVE: identity.assets_active,
}
"""Each yields parts that add up to its quantity."""


def measure(
    rule: MeasureRule, events: Iterable[Event], start: datetime, end: datetime, zone: str, *, explain: bool = False
) -> Measured:
    """Measure the events of `[start, end)`, exactly; with `explain` also where the quantity comes from.

    `start` and `end` are aware, `zone` is the IANA zone in which days and windows are counted. Events may come in any
    order. Raises ValueError if the rule contradicts itself or the period is empty.
    """
    for violation in rule.violations("measure"):
        raise ValueError(f"{violation.field} {violation.description}")
    if end <= start:
        raise ValueError(f"the period ends {end}, not after its start {start}")
    scope = select(rule, events, start, end, zone)
    if rule.window is None:
        return add_up(list(AGGREGATIONS[rule.aggregation](scope)), explain=explain)
    return add_up(_combined(rule, list(_windowed(scope, rule.window))), explain=explain)


def _windowed(scope: Scope, window: Window) -> Iterator[Part]:
    """Yield a part for every window: what it comes to, and what of that is above the limit."""
    rule, instants = scope.rule, [event.at for event in scope.events]
    aggregate, earlier = AGGREGATIONS[rule.aggregation], scope.earlier
    for start, end in windows(window, scope.start, scope.end, scope.zone):
        inside = scope.events[bisect_left(instants, start) : bisect_left(instants, end)]
        cut = replace(scope, earlier=earlier, events=inside, start=start, end=end)
        amount = add_up(list(aggregate(cut)), explain=False).quantity
        yield Part(
            start, end, amount, amount if rule.above is None else max(Fraction(0), amount - Fraction(rule.above))
        )
        if rule.aggregation in OF_STATES:
            earlier = standing(cut)


def _combined(rule: MeasureRule, found: Sequence[Part]) -> Sequence[Part]:
    """Return the parts that make the quantity: all windows, their shares in the mean, or the one that counts."""
    if rule.then is Then.SUM:
        return found
    if rule.then is Then.MEAN:
        return [replace(part, quantity=part.quantity / len(found)) for part in found]
    if rule.then is Then.MAX:
        return [max(found, key=_quantity)]
    if rule.then is Then.MIN:
        return [min(found, key=_quantity)]
    return [sorted(found, key=_quantity, reverse=True)[value.rank(len(found), rule.percentile)]]


def _quantity(part: Part) -> Fraction:
    return part.quantity

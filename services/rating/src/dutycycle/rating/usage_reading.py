"""From usage records to a reading: what a charge measures of them, whole or one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.charge import Charge
from dutycycle.charge.measure import BAND, EVENT, WINDOW, Aggregation, Measure, Scope, TimeOfUse
from dutycycle.charge.measure import Band as BandTerms
from dutycycle.charge.portion import Change, Entry
from dutycycle.charge.price import Graduated
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating import usage_total
from dutycycle.rating.measure import (
    Band,
    Calendar,
    Condition,
    Day,
    Event,
    Levels,
    MeasureRule,
    Then,
    Window,
    measure,
)  # fmt: skip
from dutycycle.rating.measure.change import changes_of_ids, changes_of_values
from dutycycle.rating.measure.rule import OF_IDS
from dutycycle.rating.measure.time_of_use import ALL_MONTHS, EVERY_DAY
from dutycycle.rating.reading import Reading
from dutycycle.rating.usage_total import is_plain

MINUTES = {"hour": 60}
OF_EACH_ASSET = (Aggregation.LAST, Aggregation.TIME_WEIGHTED)
"""A level and a last value belong to the asset that reports them; of a pool they add up."""
ASSET = "asset"
"""Attribute under which the asset of a record is known."""


@dataclass(frozen=True, slots=True)
class UsageRecord:
    """One record of usage, as far as charges look at it."""

    at: datetime
    """Aware."""
    asset: str = ""
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    """By meter code."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    """What is counted once by measures of ids; empty: the asset."""
    removes: bool = False
    """Whether the id goes out of use; else it comes."""

    @property
    def known(self) -> dict[str, str]:
        """Attributes with those that every record has: asset, and hour of the day in UTC."""
        return {ASSET: self.asset, "hour": str(self.at.astimezone(UTC).hour), **self.attributes}


@dataclass(frozen=True, slots=True)
class Span:
    """Instants of a billing period, and the zone in which its days are counted."""

    start: datetime
    end: datetime
    zone: str


def reading_of(
    charge: Charge, records: Iterable[UsageRecord], period: BillingPeriod, zone: str, number: int = 1
) -> Reading:
    """Measure the records of a period for a charge.

    Args:
        records: may reach outside the period: levels and ids carry over where the charge says so.
        number: of the period since commencement, from 1.
    """
    span = Span(*period.instants(zone), zone)
    rule = charge.measure
    if rule is None:
        return Reading(number=number, period=period)
    known = sorted(records, key=_moment)
    inside = [record for record in known if span.start <= record.at < span.end]
    assets = sorted({record.asset for record in inside if record.asset})
    return Reading(
        _quantity(rule, known, span),
        entries=_entries(charge, rule, known, span),
        changes=_changes(charge, rule, known, span),
        assets=len(assets),
        in_service=dict.fromkeys(assets, Fraction(1)),
        number=number,
        period=period,
    )


def _quantity(rule: Measure, records: Sequence[UsageRecord], span: Span) -> Fraction:
    """Measure records together: the meters of a sum with their weights."""
    meters = [(each.meter, Fraction(each.weight)) for each in rule.weighted_meters] or [("", Fraction(1))]
    total = sum((weight * _measured(rule, meter, records, span) for meter, weight in meters), Fraction(0))
    return max(Fraction(0), total) if rule.floor_at_zero else total


def _measured(rule: Measure, meter: str, records: Sequence[UsageRecord], span: Span) -> Fraction:
    """Measure one meter: plain measures by the compiled aggregation, all others event by event."""
    if is_plain(rule):
        known = [(r.at, r.asset, r.quantities[meter]) for r in records if meter in r.quantities]
        plain = usage_total.total(rule.aggregation, known, span.start, span.end)
        if plain is not None:
            return plain
    parts = by_asset(records) if rule.aggregation in OF_EACH_ASSET else [records]
    return sum((_by_event(rule, meter, part, span) for part in parts), Fraction(0))


def _by_event(rule: Measure, meter: str, records: Sequence[UsageRecord], span: Span) -> Fraction:
    events = [_event(rule, record, meter) for record in records]
    return measure(measure_rule(rule), events, span.start, span.end, span.zone).quantity


def by_asset(records: Sequence[UsageRecord]) -> list[list[UsageRecord]]:
    """Return the records of each asset."""
    found: dict[str, list[UsageRecord]] = {}
    for record in records:
        found.setdefault(record.asset, []).append(record)
    return list(found.values())


def _event(rule: Measure, record: UsageRecord, meter: str) -> Event:
    asset_only = rule.counts_assets
    return Event(
        record.at,
        record.quantities.get(meter),
        record.asset if asset_only else record.id or record.asset,
        not record.removes,
        record.known,
    )


def measure_rule(rule: Measure) -> MeasureRule:
    """Return the rule by which the events of one meter are measured."""
    window = rule.window
    return MeasureRule(
        rule.aggregation,
        tuple(Condition(each.attribute, (*each.values, *([None] if each.or_absent else []))) for each in rule.where),
        carry_over=rule.carry_over,
        minimum_event=rule.minimum_event,
        percentile=rule.percentile,
        initial_value=rule.initial_value or Decimal(0),
        levels=Levels.ABSOLUTE if rule.sets_level else Levels.DELTAS,
        window=None if window is None else Window(_minutes(window.every)),
        above=None if window is None else window.above,
        then=None if window is None else Then[window.then.name],
    )


def _minutes(every: str) -> int | None:
    """Return the minutes of a window; None for a day."""
    return None if every == "day" else MINUTES.get(every) or int(every)


# One by one.


def _entries(charge: Charge, rule: Measure, records: Sequence[UsageRecord], span: Span) -> tuple[Entry, ...]:
    """Measure what a charge prices one by one; else the assets of a pool, to which its cost is allocated."""
    inside = [record for record in records if span.start <= record.at < span.end and _counts(rule, record)]
    if rule.each == EVENT:
        return tuple(_event_entries(rule, inside))
    if rule.each == WINDOW:
        return tuple(_window_entries(rule, records, span))
    if rule.each == BAND and rule.time_of_use is not None:
        calendar = calendar_of(rule.time_of_use, span.zone)
        return _grouped(rule, records, span, lambda record: calendar.band_of(record.at), BAND)
    if rule.each:
        return _grouped(rule, records, span, lambda record: record.known.get(rule.each, ""), rule.each)
    if charge.select.scope is Scope.GROUP:
        group = charge.select.group
        return _grouped(rule, records, span, lambda record: record.known.get(group, ""), group)
    if rule.aggregation in OF_IDS and charge.select.scope is not Scope.ASSET:
        return ()
    return _grouped(rule, records, span, lambda record: record.asset, ASSET)


def _counts(rule: Measure, record: UsageRecord) -> bool:
    return all(condition.holds(record.known) for condition in measure_rule(rule).where)


def _event_entries(rule: Measure, inside: Sequence[UsageRecord]) -> Iterable[Entry]:
    for number, record in enumerate(inside, start=1):
        values = [(record.quantities.get(each.meter), each.weight) for each in rule.weighted_meters]
        known = [(Fraction(value), Fraction(weight)) for value, weight in values if value is not None]
        if known or rule.aggregation is Aggregation.COUNT:
            least = Fraction(rule.minimum_event) if rule.minimum_event is not None else None
            value = sum((value * weight for value, weight in known), Fraction(0)) if known else Fraction(1)
            key = record.id or f"event {number}"
            yield Entry(key, value if least is None else max(value, least), record.known)


def _window_entries(rule: Measure, records: Sequence[UsageRecord], span: Span) -> Iterable[Entry]:
    """Yield an entry for every window, also for one without usage: a commitment per window is owed all the same."""
    summed = replace(measure_rule(rule), then=Then.SUM)
    for meter in rule.weighted_meters or (None,):
        events = [_event(rule, record, meter.meter if meter is not None else "") for record in records]
        measured = measure(summed, events, span.start, span.end, span.zone, explain=True)
        for part in measured.parts:
            at = part.start.astimezone(UTC)
            yield Entry(f"{at:%Y-%m-%d %H:%M}Z", part.quantity, {"hour": str(at.hour)})


def _grouped(
    rule: Measure, records: Sequence[UsageRecord], span: Span, key: Callable[[UsageRecord], str], attribute: str
) -> tuple[Entry, ...]:
    groups: dict[str, list[UsageRecord]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    whole = replace(rule, each="", time_of_use=None)
    found = ((name, group, _quantity(whole, group, span)) for name, group in sorted(groups.items()) if name)
    return tuple(
        Entry(name, quantity, _shared(group) | {attribute: name})
        for name, group, quantity in found
        if quantity or any(span.start <= record.at < span.end for record in group)
    )


def _shared(records: Sequence[UsageRecord]) -> dict[str, str]:
    """Return the attributes that all records of a group have in common."""
    common = dict(records[0].known)
    for record in records[1:]:
        known = record.known
        common = {name: value for name, value in common.items() if known.get(name) == value}
    return common


def _changes(charge: Charge, rule: Measure, records: Sequence[UsageRecord], span: Span) -> tuple[Change, ...] | None:
    model = charge.price.model
    if not isinstance(model, Graduated) or not model.table.prorate_changes:
        return None
    meter = rule.weighted_meters[0].meter if rule.weighted_meters else ""
    events = [_event(rule, record, meter) for record in records if _counts(rule, record)]
    of_ids = rule.aggregation in OF_IDS
    return (changes_of_ids if of_ids else changes_of_values)(events, span.start, span.end, span.zone)


def calendar_of(rule: TimeOfUse, zone: str) -> Calendar:
    """Return the calendar of the bands of a charge, in the zone of the agreement."""
    return Calendar(zone, tuple(map(_band, rule.bands)), rule.otherwise, frozenset(rule.holidays))


def _band(terms: BandTerms) -> Band:
    return Band(
        terms.name,
        time(terms.from_hour),
        time(terms.to_hour % 24),
        frozenset(Day(day - 1) for day in terms.weekdays) or EVERY_DAY,
        frozenset(terms.months) or ALL_MONTHS,
    )


def _moment(record: UsageRecord) -> datetime:
    return record.at

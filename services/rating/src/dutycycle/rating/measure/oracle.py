"""The twin of measure: plain loops written from the definitions, and slow.

It asks of every minute and every day what was the case, and shares nothing with the measures but the vocabulary of
events and rules. Tests alone use it: instants must be whole minutes and periods short.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from dutycycle.charge.adjust import DayCount
from dutycycle.charge.measure import Aggregation
from dutycycle.rating.measure.event import Event
from dutycycle.rating.measure.rule import OF_IDS, Levels, MeasureRule, Then, Ties
from dutycycle.rating.measure.time_of_use import Calendar, Day

_MINUTE, _ONE_DAY = timedelta(minutes=1), timedelta(days=1)
_MINUTES_OF_A_DAY = 1_440
_LEAP_YEAR = 2000
_ZERO = Fraction(0)


def measure(rule: MeasureRule, events: Iterable[Event], start: datetime, end: datetime, zone: str) -> Fraction:
    """Measure by brute force."""
    counted = [event for event in events if event.at < end and _matches(rule, event)]
    counted = [event for event in counted if rule.carry_over or event.at >= start]
    counted = [Event(e.at, _raise(rule, e.value), e.id, e.adds, e.properties) for e in counted]
    if rule.ties is Ties.CANONICAL:
        counted.sort(key=lambda e: (e.value is not None, e.value if e.value is not None else Decimal(0)))
        counted.sort(key=lambda e: e.adds)
    counted.sort(key=lambda e: e.at)
    if rule.window is None:
        return _aggregate(rule, counted, start, end, zone)
    amounts = []
    for window_start, window_end in _windows(rule.window.minutes, start, end, zone):
        amount = _aggregate(rule, counted, window_start, window_end, zone, windowed=True)
        amounts.append(amount if rule.above is None else max(_ZERO, amount - Fraction(rule.above)))
    return _then(rule, amounts)


def band_of(calendar: Calendar, at: datetime) -> str:
    """Return the band by walking through the day minute by minute."""
    local = at.astimezone(ZoneInfo(calendar.zone))
    for band in calendar.bands:
        sort = Day.HOLIDAY if local.date() in calendar.holidays else list(Day)[local.isoweekday() - 1]
        if sort not in band.days or local.month not in band.months:
            continue
        if band.season is not None and (local.month, local.day) not in _days_of_season(
            band.season.first, band.season.last
        ):
            continue
        hour, minute, minutes = band.start.hour, band.start.minute, []
        while True:
            minutes.append((hour, minute))
            minute += 1
            hour, minute = (hour + minute // 60) % 24, minute % 60
            if (hour, minute) == (band.end.hour, band.end.minute):
                break
        if (local.hour, local.minute) in minutes:
            return band.name
    return calendar.default


def _days_of_season(first: tuple[int, int], last: tuple[int, int]) -> set[tuple[int, int]]:
    """Walk round a leap year until the last day is met."""
    day, found = date(_LEAP_YEAR, *first), set()
    while (day.month, day.day) != last:
        found.add((day.month, day.day))
        day = (day + _ONE_DAY).replace(year=_LEAP_YEAR)
    return found | {last}


def _matches(rule: MeasureRule, event: Event) -> bool:
    for condition in rule.where:
        if condition.property in event.properties:
            if event.properties[condition.property] not in condition.values:
                return False
        elif None not in condition.values:
            return False
    if rule.aggregation in OF_IDS:
        return event.id != ""
    return rule.aggregation is Aggregation.COUNT or event.value is not None


def _raise(rule: MeasureRule, value: Decimal | None) -> Decimal | None:
    return max(value, rule.minimum_event) if value is not None and rule.minimum_event is not None else value


def _windows(minutes: int | None, start: datetime, end: datetime, zone: str) -> list[tuple[datetime, datetime]]:
    """Walk minute by minute from the beginning of the first day; a window ends after so many, or with its day."""
    at = start
    while (at - _MINUTE).astimezone(ZoneInfo(zone)).date() == start.astimezone(ZoneInfo(zone)).date():
        at -= _MINUTE
    found: list[datetime] = [start]
    day, walked = at.astimezone(ZoneInfo(zone)).date(), 0
    while at < end:
        today = at.astimezone(ZoneInfo(zone)).date()
        if today != day or walked == minutes:
            day, walked = today, 0
            if at > start:
                found.append(at)
        at += _MINUTE
        walked += 1
    return list(zip(found, [*found[1:], end], strict=True))


def _then(rule: MeasureRule, amounts: list[Fraction]) -> Fraction:
    if rule.then is Then.SUM:
        return sum(amounts, _ZERO)
    if rule.then is Then.MEAN:
        return sum(amounts, _ZERO) / len(amounts)
    if rule.then is Then.MAX:
        return max(amounts)
    if rule.then is Then.MIN:
        return min(amounts)
    return _percentile(amounts, Fraction(rule.percentile or 0))


def _percentile(amounts: list[Fraction], percent: Fraction) -> Fraction:
    """Throw the largest away one by one, as long as what is thrown away stays within the share."""
    left, thrown = sorted(amounts), 0
    while len(left) > 1 and Fraction(thrown + 1, len(amounts)) <= 1 - percent / 100:
        left.pop()
        thrown += 1
    return left[-1] if left else _ZERO


def _aggregate(
    rule: MeasureRule, counted: list[Event], start: datetime, end: datetime, zone: str, *, windowed: bool = False
) -> Fraction:
    inside = [e for e in counted if e.at < end and (e.at >= start or not windowed)]
    values = [Fraction(e.value) for e in inside if e.value is not None]
    kind = rule.aggregation
    if kind is Aggregation.SUM:
        return sum(values, _ZERO)
    if kind is Aggregation.COUNT:
        return Fraction(len(inside))
    if kind is Aggregation.ASSETS_ACTIVE:
        return Fraction(len({e.id for e in inside}))
    if kind is Aggregation.MEAN:
        return sum(values, _ZERO) / len(values) if values else _ZERO
    if kind is Aggregation.PERCENTILE:
        return _percentile(values, Fraction(rule.percentile or 0))
    if kind in (Aggregation.MAX, Aggregation.MIN, Aggregation.LAST):
        if not values:
            return _ZERO
        found = {Aggregation.MAX: max(values), Aggregation.MIN: min(values), Aggregation.LAST: values[-1]}[kind]
        return max(found, _ZERO) if rule.floor_at_zero else found
    if kind is Aggregation.PRORATED_SUM:
        return _prorated(rule, inside, start, end, zone)
    held = [e for e in counted if e.at < end]
    if kind is Aggregation.TIME_WEIGHTED:
        return _time_weighted(rule, held, start, end)
    if kind is Aggregation.UNIQUE:
        return Fraction(sum(_active(held, name, end) for name in _ids(held)))
    if kind is Aggregation.CONCURRENT_PEAK:
        return max([_ZERO, *(_level(held, at) for at in _minutes(start, end))])
    if kind is Aggregation.UNIQUE_DAYS or rule.day_count is DayCount.INCLUSIVE_DAYS:
        return _id_days(rule, held, start, end, zone)
    return _in_service(rule, held, start, end, zone)


def _prorated(rule: MeasureRule, inside: list[Event], start: datetime, end: datetime, zone: str) -> Fraction:
    all_days, quantity = _civil_days(start, end, zone), _ZERO
    for event in inside:
        day = max(event.at, start).astimezone(ZoneInfo(zone)).date()
        weight = Fraction(sum(each >= day for each in all_days))
        if rule.ratio_days is not None:
            weight = Fraction(rule.ratio_days)
        quantity += Fraction(event.value or 0) * weight / _duration(rule, Fraction(len(all_days)))
    return quantity


def _time_weighted(rule: MeasureRule, held: list[Event], start: datetime, end: datetime) -> Fraction:
    minutes, area = _minutes(start, end), _ZERO
    for at in minutes:
        level = Fraction(rule.initial_value)
        for event in held:
            if event.at <= at:
                value = Fraction(event.value or 0)
                level = value if rule.levels is Levels.ABSOLUTE else level + value
        area += level
    return area / len(minutes)


def _id_days(rule: MeasureRule, held: list[Event], start: datetime, end: datetime, zone: str) -> Fraction:
    all_days, found = _civil_days(start, end, zone), 0
    for day in all_days:
        begins = max(start, _start(day, zone))
        for name in _ids(held):
            changes = [
                e for e in held if e.id == name and e.at.astimezone(ZoneInfo(zone)).date() == day and e.at >= start
            ]
            # Active as the day begins, or added in its course; the day of a removal begins with the id active.
            was = _active([e for e in held if e.at < begins], name, begins)
            found += was or any(e.adds for e in changes)
    return Fraction(found) / _duration(rule, Fraction(len(all_days)))


def _in_service(rule: MeasureRule, held: list[Event], start: datetime, end: datetime, zone: str) -> Fraction:
    found = _ZERO
    all_days = _civil_days(start, end, zone)
    if rule.day_count is DayCount.SECONDS:
        minutes = _minutes(start, end)
        for at in minutes:
            found += sum(_active(held, name, at) for name in _ids(held))
        return found / (_duration(rule, Fraction(len(minutes), _MINUTES_OF_A_DAY)) * _MINUTES_OF_A_DAY)
    for name in _ids(held):
        # A day belongs to the id if it was active when the day ended.
        for day in all_days:
            after = _start(day + _ONE_DAY, zone)
            found += _active([e for e in held if e.at < after], name, after)
    if rule.day_count is DayCount.FIXED_MONTH:
        raise NotImplementedError("fixed months are compared with examples")
    return found / _duration(rule, Fraction(len(all_days)))


def _duration(rule: MeasureRule, default: Fraction) -> Fraction:
    return default if rule.duration_days is None else Fraction(rule.duration_days)


def _ids(events: list[Event]) -> set[str]:
    return {event.id for event in events}


def _active(events: list[Event], name: str, at: datetime) -> bool:
    active = False
    for event in events:
        if event.id == name and event.at <= at:
            active = event.adds
    return active


def _level(events: list[Event], at: datetime) -> Fraction:
    level = _ZERO
    for name in _ids(events):
        weight: Fraction | None = None
        for event in events:
            if event.id == name and event.at <= at:
                if not event.adds:
                    weight = None
                elif weight is None:
                    weight = Fraction(1) if event.value is None else Fraction(event.value)
        level += weight or _ZERO
    return level


def _start(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _minutes(start: datetime, end: datetime) -> list[datetime]:
    return [start + number * _MINUTE for number in range((end - start) // _MINUTE)]


def _civil_days(start: datetime, end: datetime, zone: str) -> list[date]:
    day, last = (at.astimezone(ZoneInfo(zone)).date() for at in (start, end - _MINUTE))
    found = []
    while day <= last:
        found.append(day)
        day += _ONE_DAY
    return found

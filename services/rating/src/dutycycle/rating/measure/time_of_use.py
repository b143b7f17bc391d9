"""Time of use: which band of a calendar an instant lies in.

An instant is judged by the clock and the calendar of one zone, so a night that begins on Friday is Saturday's from
midnight on. A read of an interval lies in the band in which the interval begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.period import is_zone
from dutycycle.rating.measure.event import Event

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HOUR, _MINUTE, _SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
_DAY_US = timedelta(days=1) // _MICROSECOND
_MINUTE_US = _MINUTE // _MICROSECOND
_MINUTES_OF_A_DAY = 1_440
_MOST_BANDS = 127
_LEAP_YEAR = 2000
_INT64_MOST = 2**63 - 1
_YEARS_KEPT = 256


class Day(IntEnum):
    """Sorts of days. A holiday is only that, whatever its weekday."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6
    HOLIDAY = 7


EVERY_DAY = frozenset(Day)
WORKDAYS = frozenset({Day.MONDAY, Day.TUESDAY, Day.WEDNESDAY, Day.THURSDAY, Day.FRIDAY})
ALL_MONTHS = frozenset(range(1, 13))
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Season:
    """Days of every year, from one (month, day) to another, both included; may run over the new year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def has(self, day: date) -> bool:
        written = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= written <= self.last
        return written >= self.first or written <= self.last


@dataclass(frozen=True, slots=True)
class Band:
    """Hours to which one name applies. Several bands may have the same name."""

    name: str
    start: time = MIDNIGHT
    """First minute of the clock; seconds are not read."""
    end: time = MIDNIGHT
    """First minute that is no longer in the band; not after start: over midnight, and equal to it: all day."""
    days: frozenset[Day] = EVERY_DAY
    months: frozenset[int] = ALL_MONTHS
    season: Season | None = None
    """None: all year."""

    def has_day(self, day: date, sort: Day) -> bool:
        return sort in self.days and day.month in self.months and (self.season is None or self.season.has(day))

    def minutes(self) -> NDArray[np.bool_]:
        """Return for each minute of the day whether it is in the band."""
        minute, start, end = np.arange(_MINUTES_OF_A_DAY), _minute_of(self.start), _minute_of(self.end)
        after, before = minute >= start, minute < end
        return after & before if start < end else after | before

    def has_minute(self, minute: int) -> bool:
        """Whether a minute of the day, from 0 to 1,439, is in the band."""
        start, end = _minute_of(self.start), _minute_of(self.end)
        return start <= minute < end if start < end else minute >= start or minute < end


@dataclass(frozen=True)
class Calendar:
    """Bands of which the first that matches wins, and the name of everything else."""

    zone: str
    """IANA name."""
    bands: tuple[Band, ...]
    default: str
    holidays: frozenset[date] = frozenset()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the bands as they first come, the default last unless a band has it; ids are positions in this."""
        return tuple(dict.fromkeys([*(band.name for band in self.bands), self.default]))

    def band_of(self, at: datetime) -> str:
        """Return the name of the band in which an instant lies."""
        local = at.astimezone(ZoneInfo(self.zone))
        day, minute = local.date(), _minute_of(local)
        sort = self._sort(day)
        found = (band.name for band in self.bands if band.has_day(day, sort) and band.has_minute(minute))
        return next(found, self.default)

    def band_ids(self, at_us: NDArray[np.int64]) -> NDArray[np.int8]:
        """Return the band of every instant, in microseconds since 1970 in UTC, as its position in `names`."""
        ids = np.full(len(at_us), self.names.index(self.default), dtype=np.int8)
        if len(at_us) == 0:
            return ids
        day, within = np.divmod(at_us + _offsets_us(self.zone, at_us), _DAY_US)
        first, minute = int(day.min()), within // _MINUTE_US
        days = [_EPOCH.date() + timedelta(days=first + index) for index in range(int(day.max()) - first + 1)]
        sorts = [self._sort(each) for each in days]
        for band in reversed(self.bands):
            on_day = np.array([band.has_day(each, sort) for each, sort in zip(days, sorts, strict=True)])
            ids[on_day[day - first] & band.minutes()[minute]] = self.names.index(band.name)
        return ids

    def split(self, events: Iterable[Event]) -> dict[str, Fraction]:
        """Add the values of events up by band; every band is named, also one without any."""
        sums = dict.fromkeys(self.names, Fraction(0))
        for event in events:
            if event.value is not None:
                sums[self.band_of(event.at)] += Fraction(event.value)
        return sums

    def split_columns(self, at_us: NDArray[np.int64], values: NDArray[np.int64]) -> dict[str, int]:
        """Add scaled values up by band, exactly."""
        ids = self.band_ids(at_us)
        largest = max(abs(int(values.min())), abs(int(values.max()))) if len(values) else 0
        wide = values if largest * max(1, len(values)) <= _INT64_MOST else values.astype(object)
        return {name: int(wide[ids == number].sum()) for number, name in enumerate(self.names)}

    def violations(self, field: str) -> Iterator[FieldViolation]:
        """Yield what is wrong with the calendar, by the name of the field."""
        if not is_zone(self.zone):
            yield FieldViolation(f"{field}.zone", f"is {self.zone!r}; give an IANA name such as Europe/Berlin")
        if not self.default:
            yield FieldViolation(f"{field}.default", "is empty; name what holds outside all bands")
        if len(self.names) > _MOST_BANDS:
            yield FieldViolation(f"{field}.bands", f"have {len(self.names)} names; at most {_MOST_BANDS}")
        for index, band in enumerate(self.bands):
            at = f"{field}.bands[{index}]"
            if not band.name:
                yield FieldViolation(f"{at}.name", "is empty")
            if not band.days:
                yield FieldViolation(f"{at}.days", "is empty; such a band never holds")
            if not band.months or not band.months <= ALL_MONTHS:
                yield FieldViolation(f"{at}.months", f"is {sorted(band.months)}; some of 1 to 12")
            for name, (month, day) in _ends(band.season):
                if not _is_day_of_year(month, day):
                    yield FieldViolation(f"{at}.season.{name}", f"is {month}-{day}, which no year has")

    def _sort(self, day: date) -> Day:
        return Day.HOLIDAY if day in self.holidays else Day(day.weekday())


def _minute_of(clock: time | datetime) -> int:
    return clock.hour * 60 + clock.minute


def _ends(season: Season | None) -> tuple[tuple[str, tuple[int, int]], ...]:
    return () if season is None else (("first", season.first), ("last", season.last))


def _is_day_of_year(month: int, day: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _offsets_us(zone: str, at_us: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return by how much the clocks of a zone are ahead of UTC at every instant."""
    years = range((_EPOCH + int(at_us.min()) * _MICROSECOND).year, (_EPOCH + int(at_us.max()) * _MICROSECOND).year + 1)
    changes = [change for year in years for change in _changes(zone, year)]
    since = np.array([(at - _EPOCH) // _MICROSECOND for at, _ in changes], dtype=np.int64)
    ahead = np.array([offset // _MICROSECOND for _, offset in changes], dtype=np.int64)
    return ahead[np.searchsorted(since, at_us, side="right") - 1]


@lru_cache(maxsize=_YEARS_KEPT)
def _changes(zone: str, year: int) -> tuple[tuple[datetime, timedelta], ...]:
    """Return the offsets of a zone in a year of UTC, each with the instant from which it holds.

    The first is the start of the year. No zone has changed its offset twice within an hour, so looking every hour
    misses none; where two looks differ, halving finds the second of the change.
    """
    found = [(datetime(year, 1, 1, tzinfo=UTC), _offset(zone, datetime(year, 1, 1, tzinfo=UTC)))]
    at = found[0][0]
    while at.year == year:
        if _offset(zone, at + _HOUR) != found[-1][1]:
            changed = _first_second(zone, at, found[-1][1])
            found.append((changed, _offset(zone, changed)))
        at += _HOUR
    return tuple(found)


def _first_second(zone: str, before: datetime, offset: timedelta) -> datetime:
    """Return the first second of the following hour in which the offset is another."""
    low, high = 0, _HOUR // _SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, before + middle * _SECOND) == offset:
            low = middle
        else:
            high = middle
    return before + high * _SECOND


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()

"""What is counted: whose usage, how its values are combined, and how the result becomes the billed quantity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from dutycycle.kit.quantity import Rounding

HOLIDAY = 8
"""What `Band.weekdays` calls a holiday."""
EVENT, WINDOW, BAND = "event", "window", "band"
"""What `Measure.each` may name beside an attribute of usage."""


class Scope(Enum):
    """How far a pool reaches."""

    SCHEDULE = "schedule"
    ASSET = "asset"
    GROUP = "group"
    AGREEMENT = "agreement"
    CUSTOMER = "customer"


class Aggregation(Enum):
    """How events become one quantity. Of nothing, every one of them makes zero."""

    SUM = "sum"
    COUNT = "count"
    """All events that match, whether their value is a number or not."""
    MAX = "max"
    MIN = "min"
    LAST = "last"
    """Value of the newest event."""
    MEAN = "mean"
    """Of the values of events, each weighing the same."""
    TIME_WEIGHTED = "time_weighted"
    """Integral of the level over the period, divided by the length of the period."""
    PERCENTILE = "percentile"
    """Nearest rank: with 95, the values sorted from the top, a twentieth of them dropped, the next one."""
    UNIQUE = "unique"
    """Ids that are active when the period ends."""
    UNIQUE_DAYS = "unique_days"
    """Civil days on which an id was active at any moment, over the days of the period, summed over ids."""
    PRORATED_SUM = "prorated_sum"
    """Each value times the civil days from its own to the end of the period, over the days of the period."""
    IN_SERVICE_DAYS = "in_service_days"
    """Time for which an id was active, over that of the period, as `day_count` counts; summed over ids."""
    CONCURRENT_PEAK = "concurrent_peak"
    """Largest quantity active at one instant, at least zero; an id weighs the value it was added with, or one."""
    ASSETS_ACTIVE = "assets_active"
    """Ids with at least one event."""


COUNTS_ASSETS = (Aggregation.ASSETS_ACTIVE, Aggregation.IN_SERVICE_DAYS)
"""Quantity of assets in service, as against usage of them; these need no meter."""
COUNTS_IDS = (Aggregation.UNIQUE, Aggregation.UNIQUE_DAYS, Aggregation.CONCURRENT_PEAK, Aggregation.COUNT)
"""These need no meter either: they count records or the ids that records carry."""


@dataclass(frozen=True, slots=True)
class Select:
    """Whose usage is measured together."""

    scope: Scope = Scope.SCHEDULE
    schedules: tuple[str, ...] = ()
    """Schedules of a pool that reaches over several; empty: all."""
    group: str = ""
    """Attribute of the asset that makes the groups of scope GROUP."""


@dataclass(frozen=True, slots=True)
class WeightedMeter:
    """One meter of several that are added."""

    meter: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on an attribute of usage."""

    attribute: str
    values: tuple[str, ...] = ()
    or_absent: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Windows within the billing period; those without usage count as zero."""

    every: str
    """"hour" or "day" in the zone of the agreement, or a number of minutes."""
    above: Decimal | None = None
    """Only what a window has above this counts."""
    then: Aggregation = Aggregation.SUM
    """How the windows are combined."""


@dataclass(frozen=True, slots=True)
class Band:
    """One band of time."""

    name: str
    weekdays: tuple[int, ...] = ()
    """1 Monday to 7 Sunday, HOLIDAY, which is then no other day; empty: every day."""
    from_hour: int = 0
    to_hour: int = 0
    """Exclusive; 0: until midnight; smaller than `from_hour`: over midnight."""
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeOfUse:
    """Bands of time in the zone of the agreement; the first that matches holds."""

    bands: tuple[Band, ...]
    otherwise: str = ""
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted over the billing period."""

    aggregation: Aggregation
    meter: str = ""
    """Code of the meter; empty where assets or ids are counted."""
    meters: tuple[WeightedMeter, ...] = ()
    """Several meters added with weights, instead of one."""
    where: tuple[Filter, ...] = ()
    percentile: Decimal | None = None
    window: Window | None = None
    each: str = ""
    """What is priced one by one and summed: event, window, band, an attribute's values; empty: the whole."""
    time_of_use: TimeOfUse | None = None
    rolling_periods: int = 0
    """The billed quantity is the mean of so many periods; 0 and 1: of this one."""
    carry_over: bool = False
    initial_value: Decimal | None = None
    minimum_event: Decimal | None = None
    sets_level: bool = False
    floor_at_zero: bool = False

    @property
    def counts_assets(self) -> bool:
        return self.aggregation in COUNTS_ASSETS

    @property
    def weighted_meters(self) -> tuple[WeightedMeter, ...]:
        """What is added, with its weights; one meter has weight 1."""
        return self.meters or ((WeightedMeter(self.meter),) if self.meter else ())


@dataclass(frozen=True, slots=True)
class Quantify:
    """From the raw measure to the quantity that is printed and billed."""

    divide_by: Decimal = Decimal(1)
    increment: Decimal | None = None
    """The quotient is rounded once to a multiple of this."""
    mode: Rounding = Rounding.HALF_UP
    unit: str = ""
    units: str = ""
    multiply_by: Decimal = Decimal(1)
    at_least: Decimal | None = None
    at_most: Decimal | None = None

    @property
    def changes(self) -> bool:
        """Whether the billed quantity may differ from the measure."""
        plain = self.divide_by == 1 and self.multiply_by == 1 and self.increment is None
        return not plain or self.at_least is not None or self.at_most is not None

"""Rules: which events of a period count, and how they become one quantity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from dutycycle.charge.adjust import DayCount
from dutycycle.charge.measure import Aggregation
from dutycycle.charge.violation import number_violations
from dutycycle.kit.errors import FieldViolation

_MINUTES_OF_A_DAY = 1_440
_PERCENTS = Decimal(100)


OF_IDS = frozenset(
    {
        Aggregation.UNIQUE,
        Aggregation.UNIQUE_DAYS,
        Aggregation.IN_SERVICE_DAYS,
        Aggregation.CONCURRENT_PEAK,
        Aggregation.ASSETS_ACTIVE,
    }
)
"""Read id and adds of an event; all others but COUNT read its value."""
OF_STATES = frozenset(
    {
        Aggregation.TIME_WEIGHTED,
        Aggregation.UNIQUE,
        Aggregation.UNIQUE_DAYS,
        Aggregation.IN_SERVICE_DAYS,
        Aggregation.CONCURRENT_PEAK,
    }
)
"""An event holds on after it happened, also into the next window."""
_OVER_A_DURATION = frozenset({Aggregation.UNIQUE_DAYS, Aggregation.IN_SERVICE_DAYS, Aggregation.PRORATED_SUM})


class Levels(Enum):
    """What the values of a TIME_WEIGHTED measure say."""

    DELTAS = "deltas"
    """An event adds its value to the level."""
    ABSOLUTE = "absolute"
    """An event sets the level."""


class Ties(Enum):
    """In which order events of one instant count."""

    CANONICAL = "canonical"
    """Removals before additions, smaller values before larger ones: the order of arrival does not matter."""
    LISTED = "listed"
    """As they are given."""


class Then(Enum):
    """How the windows of a period become one quantity. All windows count; one without events is zero."""

    SUM = "sum"
    MAX = "max"
    MIN = "min"
    MEAN = "mean"
    PERCENTILE = "percentile"


@dataclass(frozen=True, slots=True)
class Window:
    """Parts of a civil day in the agreement's zone, counted from its start in elapsed time.

    The day of a change to daylight saving has 23 or 25 hours, and as many windows of one.
    """

    minutes: int | None = None
    """None: the whole day. The last window of a day ends with the day."""


DAY = Window()
HOUR = Window(60)


@dataclass(frozen=True, slots=True)
class Condition:
    """Values of one property with which an event counts."""

    property: str
    values: tuple[str | None, ...]
    """None: also an event without the property."""

    def holds(self, properties: Mapping[str, str]) -> bool:
        return properties.get(self.property) in self.values


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """How the events of a period are measured."""

    aggregation: Aggregation
    where: tuple[Condition, ...] = ()
    """All of them must hold."""
    carry_over: bool = False
    """Whether events before the period count. PRORATED_SUM weights them as if they were on its first day."""
    minimum_event: Decimal | None = None
    """Each value is raised to at least this."""
    ties: Ties = Ties.CANONICAL
    percentile: Decimal | None = None
    """Above 0, at most 100; for PERCENTILE here or in `then`."""
    initial_value: Decimal = Decimal(0)
    """Level before the first event; TIME_WEIGHTED only."""
    levels: Levels = Levels.DELTAS
    floor_at_zero: bool = False
    """Whether a LAST below zero is zero."""
    duration_days: Decimal | None = None
    """What days are divided by; None: the days of the period."""
    ratio_days: Decimal | None = None
    """Days by which every value of a PRORATED_SUM is weighted, whenever it was; None: those that remain."""
    day_count: DayCount = DayCount.DAYS
    """How IN_SERVICE_DAYS counts."""
    fixed_month_days: int = 30
    window: Window | None = None
    above: Decimal | None = None
    """Of each window only what exceeds this counts."""
    then: Then | None = None

    def violations(self, field: str) -> Iterator[FieldViolation]:
        """Yield what contradicts itself, by the name of the field."""
        yield from self._number_violations(field)
        yield from self._percentile_violations(field)
        yield from self._window_violations(field)
        kind = self.aggregation.name
        for name, given, allowed in (
            ("initial_value", self.initial_value != 0, self.aggregation is Aggregation.TIME_WEIGHTED),
            ("levels", self.levels is not Levels.DELTAS, self.aggregation is Aggregation.TIME_WEIGHTED),
            ("floor_at_zero", self.floor_at_zero, self.aggregation is Aggregation.LAST),
            ("ratio_days", self.ratio_days is not None, self.aggregation is Aggregation.PRORATED_SUM),
            ("duration_days", self.duration_days is not None, self.aggregation in _OVER_A_DURATION),
            (
                "day_count",
                self.day_count is not DayCount.DAYS,
                self.aggregation is Aggregation.IN_SERVICE_DAYS,
            ),
            ("minimum_event", self.minimum_event is not None, self._reads_values),
        ):
            if given and not allowed:
                yield FieldViolation(f"{field}.{name}", f"is set; {kind} does not know it")
        for index, condition in enumerate(self.where):
            if not condition.property or not condition.values:
                yield FieldViolation(f"{field}.where[{index}]", "is empty; name a property and the values allowed")

    @property
    def _reads_values(self) -> bool:
        return self.aggregation not in OF_IDS and self.aggregation is not Aggregation.COUNT

    def _number_violations(self, field: str) -> Iterator[FieldViolation]:
        zero = Decimal(0)
        yield from number_violations(f"{field}.minimum_event", self.minimum_event)
        yield from number_violations(f"{field}.initial_value", self.initial_value)
        yield from number_violations(f"{field}.duration_days", self.duration_days, above=zero)
        yield from number_violations(f"{field}.ratio_days", self.ratio_days, least=zero)
        yield from number_violations(f"{field}.above", self.above)
        if not 1 <= self.fixed_month_days <= 31:
            yield FieldViolation(f"{field}.fixed_month_days", f"is {self.fixed_month_days}; 1 to 31")

    def _percentile_violations(self, field: str) -> Iterator[FieldViolation]:
        wanted = self.aggregation is Aggregation.PERCENTILE or self.then is Then.PERCENTILE
        if wanted and self.percentile is None:
            yield FieldViolation(f"{field}.percentile", "is absent; PERCENTILE needs it, such as 95")
        if not wanted and self.percentile is not None:
            yield FieldViolation(f"{field}.percentile", "is set; nothing here is a PERCENTILE")
        yield from number_violations(f"{field}.percentile", self.percentile, above=Decimal(0))
        if self.percentile is not None and self.percentile > _PERCENTS:
            yield FieldViolation(f"{field}.percentile", f"is {self.percentile}; at most 100")

    def _window_violations(self, field: str) -> Iterator[FieldViolation]:
        if self.window is None:
            for name, value in (("above", self.above), ("then", self.then)):
                if value is not None:
                    yield FieldViolation(f"{field}.{name}", "is set; it needs a window")
            return
        if self.then is None:
            yield FieldViolation(f"{field}.then", "is absent; say how windows become one quantity")
        minutes = self.window.minutes
        if minutes is not None and not 1 <= minutes <= _MINUTES_OF_A_DAY:
            yield FieldViolation(f"{field}.window.minutes", f"is {minutes}; 1 to {_MINUTES_OF_A_DAY}")
        if self.aggregation in _OVER_A_DURATION:
            yield FieldViolation(f"{field}.window", f"is set; {self.aggregation.name} runs over the whole period")
        elif self.carry_over and self.aggregation not in OF_STATES:
            description = f"is set; an earlier event is in no window, and {self.aggregation.name} has no state to carry"
            yield FieldViolation(f"{field}.carry_over", description)

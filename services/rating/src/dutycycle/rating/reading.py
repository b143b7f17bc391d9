"""Readings: what is known of one line before it is rated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from dutycycle.charge.adjust import RoundingAt
from dutycycle.charge.charge import Charge, PriceOn
from dutycycle.charge.portion import Change, Entry
from dutycycle.charge.price import Graduated, Volume
from dutycycle.charge.violation import number_problem
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.errors import InvalidReadingError

NOTHING: Mapping[str, Decimal] = {}


class LinePosition(Enum):
    """Place of a line among those into which one period is split."""

    SINGLE = "single"
    FIRST = "first"
    MID = "mid"
    LAST = "last"

    @property
    def is_last(self) -> bool:
        """Whether the quantity of the period is final with this line."""
        return self in (LinePosition.SINGLE, LinePosition.LAST)


@dataclass(frozen=True, slots=True)
class Span:
    """Civil days, or instants, from one to another; whether the end counts is for the day count to say."""

    start: date | datetime
    end: date | datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time for which a charge was in force, of the full time it is for."""

    active: Span
    full: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """The measure of one line, and its place in the period.

    Quantities are raw measures, but for `prior_quantity` and `priced_quantity`, which are in billed units.
    """

    quantity: Decimal | Fraction = Decimal(1)
    """Raw measure. For a flat price how often it is taken; without meaning where amounts draw a commitment down."""
    prior_quantity: Decimal | None = None
    """Billed by an earlier line of the same period; zero is not the same as None."""
    priced_quantity: Decimal | None = None
    """Units that a volume price charges where they differ from the quantity that picks the tier (prorated units)."""
    position: LinePosition = LinePosition.SINGLE
    covered: Mapping[str, Decimal] = field(default_factory=lambda: NOTHING)
    """Amounts of the charges that draw a commitment down, by charge id."""
    already_billed: Decimal = Decimal(0)
    """What earlier lines of the period have billed towards a commitment, a minimum or a maximum."""
    billed_before: Decimal | None = None
    """What earlier lines have billed for the same quantity: the line is the difference."""
    creditable: Decimal | None = None
    """What is left to be credited; a credit is never more. None: no limit."""
    entries: tuple[Entry, ...] = ()
    """The quantity one by one: what a charge prices one by one, or what a pool is allocated to. Raw measures."""
    changes: tuple[Change, ...] | None = None
    """Changes of the quantity in order of time, for tiers that prorate them."""
    assets: int = 1
    """Assets in service, for a baseline per asset."""
    in_service: Mapping[str, Fraction] = field(default_factory=dict)
    """Which they are, each with its share of the days, where a baseline depends on that."""
    agreed: Fraction | None = None
    """What is agreed for all of it, where several periods are rated together; None: what the charge says."""
    stretches: tuple[Stretch, ...] = ()
    """Time for which the charge was in force; empty: the whole period."""
    number: int = 1
    """Of the period since commencement, from 1."""
    period: BillingPeriod | None = None
    """Civil days; prices that depend on the month or on an index need them."""
    since: int = 1
    """Number of the first period in which the charge was in force."""
    history: tuple[Reading, ...] = ()
    """Readings of the periods before, oldest first, as far back as the charge depends on them."""
    charge: Charge | None = None
    """Of an earlier period: the charge as it was then, where an amendment has changed it since."""

    def last(self, periods: int) -> tuple[Reading, ...]:
        """Return the readings of so many periods before this one, or of those there are."""
        return self.history[max(0, len(self.history) - periods) :]

    def check(self, charge: Charge) -> None:
        """Refuse a reading that does not fit the charge. Raises InvalidReadingError."""
        for name, description in _problems(self, charge):
            raise InvalidReadingError(charge.id, name, description)


def _problems(reading: Reading, charge: Charge) -> Iterator[tuple[str, str]]:
    for name, value in _numbers(reading):
        problem = number_problem(value)
        if problem:
            yield name, problem
            return
    yield from _split_problems(reading, charge)
    if charge.covers and set(reading.covered) != set(charge.covers):
        expected, given = sorted(charge.covers), sorted(reading.covered)
        yield "covered_amounts", f"names {given}; the commitment covers {expected}"
    if charge.pools_known_assets:
        for each in (*reading.history, reading):
            if len(each.in_service) != each.assets:
                yield "entries", f"name {len(each.in_service)} of {each.assets} assets in period {each.number}"
    if (
        reading.changes is None
        and isinstance(charge.price.model, Graduated)
        and charge.price.model.table.prorate_changes
    ):
        yield "changes", "are absent; the tiers prorate each change of the quantity"
    needed = min(charge.periods_needed(reading.number), reading.number - reading.since)
    if len(reading.history) < needed:
        yield "history", f"has {len(reading.history)} periods; the charge depends on the {needed} before"


def _split_problems(reading: Reading, charge: Charge) -> Iterator[tuple[str, str]]:
    prior, priced = reading.prior_quantity, reading.priced_quantity
    rounded = None if charge.rounding is None else charge.rounding.at
    if prior is not None:
        if prior < 0:
            yield "prior_quantity", f"is {prior}; what was billed before is not negative"
        if rounded is RoundingAt.STEP:
            yield "prior_quantity", "is set; rounded steps of two lines are not those of one; round CUMULATIVE"
        cumulative = rounded is RoundingAt.CUMULATIVE
        if charge.price.on is PriceOn.DIFFERENCE or (charge.bound.minimum is not None and not cumulative):
            yield "prior_quantity", "is set; a two-sided price or one with a minimum is rated once a period"
        if priced is not None:
            yield "priced_quantity", "is set beside prior_quantity"
    if priced is not None and (not isinstance(charge.price.model, Volume) or charge.price.on is not PriceOn.ALL):
        yield "priced_quantity", "is set; only a volume price on the whole quantity knows it"


def _numbers(reading: Reading) -> Iterator[tuple[str, Decimal]]:
    if not isinstance(reading.quantity, Fraction):
        yield "quantity", reading.quantity
    for name in ("prior_quantity", "priced_quantity", "billed_before", "creditable"):
        value = getattr(reading, name)
        if value is not None:
            yield name, value
    for charge, amount in reading.covered.items():
        yield f"covered_amounts[{charge}]", amount
    yield "already_billed", reading.already_billed

"""Usage that a caller brings along: one period and those before it, rated without anything that is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.charge import Charge
from dutycycle.charge.portion import Entry
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.errors import InvalidUsageError
from dutycycle.rating.line import RatedLine
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import Reading, Stretch
from dutycycle.rating.usage_reading import UsageRecord, reading_of


@dataclass(frozen=True, slots=True)
class GivenEntry:
    """Usage that keeps its own identity, and the charge it is for."""

    entry: Entry
    charge: str = ""
    """Empty: every charge."""
    in_service: Fraction = Fraction(1)
    """Share of the days on which the asset was in service."""


@dataclass(frozen=True, slots=True)
class GivenPeriod:
    """What is said of one period."""

    period: BillingPeriod | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    """Raw measures by charge id."""
    records: tuple[UsageRecord, ...] = ()
    entries: tuple[GivenEntry, ...] = ()
    covered: Mapping[str, Decimal] = field(default_factory=dict)
    """Amounts by charge id, where they are not rated here."""
    stretches: tuple[Stretch, ...] = ()
    assets: int = 0
    """In service; 0: to be counted."""


@dataclass(frozen=True, slots=True)
class GivenUsage:
    """Charges of one schedule, and the usage on which they are to be rated."""

    charges: tuple[Charge, ...]
    currency: str
    periods: tuple[GivenPeriod, ...]
    """Without a gap, oldest first; the last is the one that is rated."""
    zone: str = "UTC"
    number: int = 1
    """Of the last period since commencement, from 1."""
    already_billed: Mapping[str, Decimal] = field(default_factory=dict)
    """What earlier lines of the last period have billed, by charge id."""

    def __post_init__(self) -> None:
        found = list(_violations(self))
        if found:
            raise InvalidUsageError(found)


def rate_given(usage: GivenUsage) -> list[RatedLine]:
    """Return a line for each charge, in order. Raises InvalidReadingError, InvalidUsageError."""
    rating = _Rating(usage)
    return [rating.line(charge, len(usage.periods) - 1) for charge in usage.charges]


class _Rating:
    """Rates each charge in each period at most once: a commitment asks for the lines that it covers."""

    def __init__(self, usage: GivenUsage) -> None:
        self._usage = usage
        self._charges = {charge.id: charge for charge in usage.charges}
        self._records = tuple(record for period in usage.periods for record in period.records)
        self._lines: dict[tuple[str, int], RatedLine] = {}

    def line(self, charge: Charge, index: int) -> RatedLine:
        """Return the line of a charge for a period, by its place among the periods."""
        key = (charge.id, index)
        if key not in self._lines:
            self._lines[key] = rate_line(charge, self._reading(charge, index), self._usage.currency)
        return self._lines[key]

    def _reading(self, charge: Charge, index: int) -> Reading:
        """Return what is known of a charge in a period, with the periods before as far as it depends on them."""
        first = max(0, index - charge.periods_needed(self._number(index)))
        readings: list[Reading] = []
        for place in range(first, index + 1):
            readings.append(replace(self._own_reading(charge, place), history=tuple(readings)))
        return readings[-1]

    def _number(self, index: int) -> int:
        return self._usage.number - (len(self._usage.periods) - 1 - index)

    def _own_reading(self, charge: Charge, index: int) -> Reading:
        given, last = self._usage.periods[index], index == len(self._usage.periods) - 1
        reading = replace(
            self._measured(charge, index),
            number=self._number(index),
            period=given.period,
            covered=self._covered(charge, index),
            stretches=given.stretches,
            already_billed=self._usage.already_billed.get(charge.id, Decimal(0)) if last else Decimal(0),
        )
        return replace(reading, assets=given.assets) if given.assets else reading

    def _measured(self, charge: Charge, index: int) -> Reading:
        """Return the quantity of a charge: as given, else the sum of its entries, else measured of the records."""
        given = self._usage.periods[index]
        field = "" if index == len(self._usage.periods) - 1 else f"history[{index}]."
        quantity = given.quantities.get(charge.id)
        own = [each for each in given.entries if each.charge in ("", charge.id)]
        entries = tuple(each.entry for each in own)
        if charge.measure is None:
            return Reading(Decimal(1) if quantity is None else quantity)
        if quantity is not None or entries:
            total = sum((entry.quantity for entry in entries), Fraction(0)) if quantity is None else quantity
            in_service = {each.entry.key: each.in_service for each in own}
            return Reading(total, entries=entries, assets=len(in_service) or 1, in_service=in_service)
        if not self._records:
            raise InvalidUsageError([FieldViolation(f"{field}quantity", "is absent; this charge has a measure")])
        if given.period is None:
            raise InvalidUsageError([FieldViolation(f"{field}period", "is absent; records are measured over one")])
        start, end = given.period.instants(self._usage.zone)
        carried = charge.measure.carry_over
        records = self._records if carried else [each for each in self._records if start <= each.at < end]
        return reading_of(charge, records, given.period, self._usage.zone, self._number(index))

    def _covered(self, charge: Charge, index: int) -> Mapping[str, Decimal]:
        """Return the amounts that a charge looks at: as they are given, else as they are rated here."""
        given = self._usage.periods[index].covered
        if not charge.covers:
            return {}
        rated = [self._charges[name] for name in charge.covers if name in self._charges and name not in given]
        amounts = {other.id: self.line(other, index).amount for other in rated}
        alone = len(self._charges) == 1
        return amounts | {name: value for name, value in given.items() if alone or name in charge.covers}


def _violations(usage: GivenUsage) -> Iterator[FieldViolation]:
    """Yield what contradicts itself between charges, periods and numbers."""
    ids = [charge.id for charge in usage.charges]
    known = set(ids)
    for index, charge in enumerate(usage.charges):
        if charge.id in ids[:index]:
            yield FieldViolation(f"charges[{index}].id", f"{charge.id!r} is used twice")
        for name in charge.covers:
            if any(other.id == name and other.covers for other in usage.charges):
                yield FieldViolation(f"charges[{index}].price", f"covers {name!r}, which itself looks at other charges")
    if usage.number < len(usage.periods):
        yield FieldViolation(
            "period_number", f"is {usage.number}, and history has {len(usage.periods) - 1} periods before it"
        )
    yield from _unknown(usage.already_billed, known, "already_billed_amounts")
    for index, period in enumerate(usage.periods):
        at = "" if index == len(usage.periods) - 1 else f"history[{index}]."
        yield from _unknown(period.quantities, known, f"{at}charge_quantities")
        for place, each in enumerate(period.entries):
            if each.charge and each.charge not in known:
                yield FieldViolation(f"{at}entries[{place}].charge", f"{each.charge!r} is no charge of the request")
        following = usage.periods[index + 1].period if index + 1 < len(usage.periods) else None
        if period.period is not None and following is not None and period.period.end != following.start:
            yield FieldViolation(f"{at}period", f"ends {period.period.end}; the next begins {following.start}")


def _unknown(named: Mapping[str, object], known: set[str], field: str) -> Iterator[FieldViolation]:
    for name in sorted(named.keys() - known):
        yield FieldViolation(f"{field}[{name}]", "is no charge of the request")

"""Readings: what is known of one line before it is rated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from dutycycle.rating.charge import Charge, PriceOn
from dutycycle.rating.errors import InvalidReadingError
from dutycycle.rating.price import Commitment, Volume
from dutycycle.rating.violation import number_problem

NOTHING: Mapping[str, Decimal] = {}


class LinePosition(Enum):
    """Place of a line among those into which one period is split."""

    SINGLE = "single"
    FIRST = "first"
    MID = "mid"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Reading:
    """The measure of one line, and its place in the period.

    All quantities but `quantity` are in billed units, that is after quantify.
    """

    quantity: Decimal = Decimal(1)
    """Raw measure. For a flat price how often it is taken; without meaning for a commitment."""
    prior_quantity: Decimal | None = None
    """Billed by an earlier line of the same period; zero is not the same as None."""
    priced_quantity: Decimal | None = None
    """Units that a volume price charges where they differ from the quantity that picks the tier (prorated units)."""
    position: LinePosition = LinePosition.SINGLE
    covered: Mapping[str, Decimal] = field(default_factory=lambda: NOTHING)
    """Amounts of the charges that a commitment covers, by charge id."""
    already_billed: Decimal = Decimal(0)
    """Top-up that earlier lines of the period have billed."""

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
    prior, priced = reading.prior_quantity, reading.priced_quantity
    if prior is not None:
        if prior < 0:
            yield "prior_quantity", f"is {prior}; what was billed before is not negative"
        if charge.price.on is PriceOn.DIFFERENCE or charge.bound.minimum is not None:
            yield "prior_quantity", "is set; a two-sided price or one with a minimum is rated once a period"
        if priced is not None:
            yield "priced_quantity", "is set beside prior_quantity"
    if priced is not None and (not isinstance(charge.price.model, Volume) or charge.price.on is not PriceOn.ALL):
        yield "priced_quantity", "is set; only a volume price on the whole quantity knows it"
    if isinstance(charge.price.model, Commitment) and set(reading.covered) != set(charge.price.model.covers):
        expected, given = sorted(charge.price.model.covers), sorted(reading.covered)
        yield "covered_amounts", f"names {given}; the commitment covers {expected}"


def _numbers(reading: Reading) -> Iterator[tuple[str, Decimal]]:
    yield "quantity", reading.quantity
    if reading.prior_quantity is not None:
        yield "prior_quantity", reading.prior_quantity
    if reading.priced_quantity is not None:
        yield "priced_quantity", reading.priced_quantity
    for charge, amount in reading.covered.items():
        yield f"covered_amounts[{charge}]", amount
    yield "already_billed", reading.already_billed

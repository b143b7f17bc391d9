"""Charges: the typed pipeline that turns a measure of equipment into money.

A charge that exists is valid: making one that contradicts itself or is ill-typed raises InvalidChargeError, which
names every wrong field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.money import minor_digits
from dutycycle.kit.quantity import Rounding, plain
from dutycycle.rating.curve import Curve
from dutycycle.rating.errors import InvalidChargeError
from dutycycle.rating.fraction import finite_scale
from dutycycle.rating.price import Commitment, Flat, PerUnit, PriceModel
from dutycycle.rating.violation import number_problem, number_violations
from dutycycle.rating.wording import Wording, wording

_ID = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SCALE_LEAST, _SCALE_MOST = -18, 18
_TEXTS_KEPT = 4_096
"""A charge is printed every month in the same words."""


class Aggregation(Enum):
    """How the values of a period are combined."""

    SUM = "sum"
    ASSETS_ACTIVE = "assets_active"


class PriceOn(Enum):
    """Which part of the quantity is priced."""

    ALL = "all"
    ABOVE = "above"
    """max(0, quantity − baseline)."""
    DIFFERENCE = "difference"
    """quantity − baseline; a credit where that is negative."""


class Cadence(Enum):
    """When a charge falls due, relative to the period it is for."""

    IN_ARREARS = "in_arrears"
    IN_ADVANCE = "in_advance"


class LineKind(Enum):
    """Sorts of lines."""

    BASE = "base"
    ASSETS = "assets"
    USAGE = "usage"
    TOP_UP = "top_up"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted over the billing period, pooled over the assets of the schedule."""

    aggregation: Aggregation
    meter: str = ""
    """Code of the meter; empty for ASSETS_ACTIVE."""


@dataclass(frozen=True, slots=True)
class Quantify:
    """From the raw measure to the quantity that is printed and billed."""

    divide_by: Decimal = Decimal(1)
    increment: Decimal | None = None
    """The quotient is rounded once to a multiple of this."""
    direction: Rounding = Rounding.HALF_UP
    unit: str = ""
    units: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The quantity agreed at commencement, per billing period, pooled over the schedule."""

    quantity: Decimal
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What is paid, and for which part of the quantity."""

    model: PriceModel
    on: PriceOn = PriceOn.ALL


@dataclass(frozen=True, slots=True)
class Bound:
    """Limits on the priced amount."""

    minimum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RoundTo:
    """How an amount is rounded; no direction: not at all."""

    scale: int
    direction: Rounding | None = Rounding.HALF_UP


NOT_ROUNDED = RoundTo(0, None)


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge of a schedule, read from top to bottom as it is rated."""

    id: str
    label: str
    price: Price
    measure: Measure | None = None
    quantify: Quantify = Quantify()
    baseline: Baseline | None = None
    bound: Bound = Bound()
    cadence: Cadence = Cadence.IN_ARREARS
    rounding: RoundTo | None = None
    """None: to the minor unit of the currency, half away from zero."""

    def __post_init__(self) -> None:
        violations = list(_violations(self))
        if violations:
            raise InvalidChargeError(self.id, violations)

    @property
    def kind(self) -> LineKind:
        """Sort of the lines that this charge makes."""
        if isinstance(self.price.model, Flat):
            return LineKind.BASE
        if isinstance(self.price.model, Commitment):
            return LineKind.TOP_UP
        counts_assets = self.measure is not None and self.measure.aggregation is Aggregation.ASSETS_ACTIVE
        return LineKind.ASSETS if counts_assets else LineKind.USAGE

    def curve(self) -> Curve:
        """Compile price and baseline to one curve over the billed quantity."""
        curve = self.price.model.curve()
        if self.baseline is None or self.price.on is PriceOn.ALL:
            return curve
        if self.price.on is PriceOn.ABOVE:
            curve = curve.without_credit()
        return curve.shifted(self.baseline.quantity)

    def round_to(self, currency: str) -> RoundTo:
        """Return how the amount is rounded in a currency."""
        return self.rounding if self.rounding is not None else RoundTo(minor_digits(currency))

    def words(self, currency: str) -> Wording:
        return wording(currency, self.quantify.unit, self.quantify.units, self.quantify.increment)


@lru_cache(maxsize=_TEXTS_KEPT)
def charge_text(charge: Charge, currency: str) -> str:
    """Put a charge in plain words: "Flight hours above 606.3 a month: the first 40 at $310.00, beyond at $285.00"."""
    words = charge.words(currency)
    subject = charge.label
    if charge.baseline is not None and charge.price.on is PriceOn.ABOVE:
        subject += f" above {words.number(charge.baseline.quantity)} a month"
    elif charge.baseline is not None and charge.price.on is PriceOn.DIFFERENCE:
        subject += f" against {words.number(charge.baseline.quantity)} agreed"
    text = f"{subject}: {_two_sided(charge, charge.price.model.sentence(words))}"
    if charge.bound.minimum is not None:
        text += f", at least {words.money(charge.bound.minimum)} a month"
    return text


@lru_cache(maxsize=_TEXTS_KEPT)
def rate_text(charge: Charge, currency: str) -> str:
    """Write the rate for a table: "$3,150.00 per flight hour above"."""
    text = charge.price.model.rate_text(charge.words(currency))
    if charge.price.on is PriceOn.ABOVE:
        return f"{text} above" if isinstance(charge.price.model, PerUnit) else text
    return _two_sided(charge, text)


def _two_sided(charge: Charge, text: str) -> str:
    """Say that one price holds on both sides of the baseline."""
    model = charge.price.model
    same = isinstance(model, PerUnit) and model.credit_unit_amount in (None, model.unit_amount)
    return f"{text} above or below" if charge.price.on is PriceOn.DIFFERENCE and same else text


def _violations(charge: Charge) -> Iterator[FieldViolation]:
    if not _ID.fullmatch(charge.id):
        yield FieldViolation("id", "must be lower-case letters, digits and hyphens, at most 63")
    if not charge.label.strip():
        yield FieldViolation("label", "is empty; give what the customer shall read")
    yield from _measure_violations(charge)
    yield from _quantify_violations(charge.quantify)
    yield from _baseline_violations(charge)
    yield from charge.price.model.violations(f"price.{charge.price.model.name}")
    yield from _price_violations(charge)
    yield from number_violations("bound.minimum", charge.bound.minimum, least=Decimal(0))
    if charge.rounding is not None and not _SCALE_LEAST <= charge.rounding.scale <= _SCALE_MOST:
        yield FieldViolation("rounding.scale", f"is {charge.rounding.scale}; {_SCALE_LEAST} to {_SCALE_MOST}")


def _measure_violations(charge: Charge) -> Iterator[FieldViolation]:
    fixed = isinstance(charge.price.model, Flat | Commitment)
    if charge.measure is None:
        if not fixed:
            yield FieldViolation("measure", f"is absent; a {charge.price.model.name} price needs a quantity")
        return
    if fixed:
        yield FieldViolation("measure", f"is set; a {charge.price.model.name} price measures nothing")
    counts_assets = charge.measure.aggregation is Aggregation.ASSETS_ACTIVE
    if counts_assets and charge.measure.meter:
        yield FieldViolation("measure.meter", "is set; active assets are counted without a meter")
    if not counts_assets and not charge.measure.meter:
        yield FieldViolation("measure.meter", "is empty; name the meter that is summed")


def _quantify_violations(quantify: Quantify) -> Iterator[FieldViolation]:
    yield from number_violations("quantify.divide_by", quantify.divide_by, above=Decimal(0))
    yield from number_violations("quantify.increment", quantify.increment, above=Decimal(0))
    if quantify.increment is not None or number_problem(quantify.divide_by) or quantify.divide_by <= 0:
        return
    if finite_scale(1 / Fraction(quantify.divide_by)) is None:
        description = f"is absent; dividing by {plain(quantify.divide_by)} has no finite decimal, so say how to round"
        yield FieldViolation("quantify.increment", description)


def _baseline_violations(charge: Charge) -> Iterator[FieldViolation]:
    if charge.baseline is not None:
        yield from number_violations("baseline.quantity", charge.baseline.quantity, least=Decimal(0))
        if isinstance(charge.price.model, Flat | Commitment):
            yield FieldViolation("baseline", f"is set; a {charge.price.model.name} price has no quantity to compare")
    elif charge.price.on is not PriceOn.ALL:
        yield FieldViolation("baseline", f"is absent; price.on {charge.price.on.name} compares with it")


def _price_violations(charge: Charge) -> Iterator[FieldViolation]:
    model, on = charge.price.model, charge.price.on
    if on is PriceOn.DIFFERENCE and not isinstance(model, PerUnit):
        yield FieldViolation("price.on", f"is DIFFERENCE; only a per_unit price can credit, not {model.name}")
    if isinstance(model, PerUnit) and model.credit_unit_amount is not None and on is not PriceOn.DIFFERENCE:
        yield FieldViolation("price.per_unit.credit_unit_amount", "is set; only price.on DIFFERENCE credits")
    if isinstance(model, Commitment):
        if charge.bound.minimum is not None:
            yield FieldViolation("bound.minimum", "is set; a commitment is itself a minimum")
        if charge.id in model.covers:
            yield FieldViolation("price.commitment.covers", "names the commitment itself")
    if charge.cadence is Cadence.IN_ADVANCE and not isinstance(model, Flat):
        yield FieldViolation("cadence", "is IN_ADVANCE; usage is known only after the period")

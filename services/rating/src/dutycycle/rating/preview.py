"""Previews: what a charge costs at sample quantities, before it is agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.charge import Charge
from dutycycle.charge.curve import Curve
from dutycycle.charge.portion import Change, Entry
from dutycycle.charge.price import CurvePrice, Graduated, Prepaid
from dutycycle.kit.errors import InvalidInputError
from dutycycle.kit.fraction import round_to_multiple, to_decimal
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import Rounding
from dutycycle.rating.line import RatedLine
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.quantity import priced_one_by_one
from dutycycle.rating.reading import Reading
from dutycycle.rating.whole_curve import curve_of

_DECADES = (Fraction(1), Fraction(10), Fraction(100), Fraction(1000))
"""What is shown of a price without bounds."""
_BEYOND = 2
"""The ladder goes on to so many times the highest bound."""
SAMPLE = "sample"
"""Key of the one entry of a price that is for each of several."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One quantity and its line."""

    quantity: Fraction
    """In billed units as asked; money for a charge that looks at the amounts of others."""
    line: RatedLine | None
    problem: str = ""
    """Why there is no line."""

    @property
    def billed(self) -> Decimal:
        """Return the quantity as the charge rounds it."""
        used = self.line.used_quantity if self.line is not None else None
        return to_decimal(self.quantity) if used is None else used


def samples(charge: Charge, currency: str, period: BillingPeriod, quantities: Sequence[Decimal] = ()) -> list[Sample]:
    """Rate sample quantities, ascending, as if the period were the first; without any, those of the ladder."""
    asked = sorted({Fraction(quantity) for quantity in quantities}) or ladder(charge)
    return [_sample(charge, currency, period, quantity) for quantity in asked]


def ladder(charge: Charge) -> list[Fraction]:
    """Return quantities at which the price of a charge turns or jumps, with zero before and twice the last after.

    A bound comes with the step above it: a volume price jumps there.
    """
    if charge.measure is None and not charge.covers:
        return [Fraction(1)]
    step = charge.quantify.increment or Decimal(1)
    bounds = sorted({bound for bound in _bounds(charge) if bound > 0})
    if not bounds:
        return [Fraction(0), *_DECADES]
    found = {Fraction(0), _BEYOND * bounds[-1]}
    for bound in bounds:
        below = round_to_multiple(bound, step, Rounding.FLOOR)
        found |= {below, below + Fraction(step)}
    return sorted(found)


def _bounds(charge: Charge) -> Iterator[Fraction]:
    agreed, model = charge.baseline, charge.price.model
    baseline = Fraction(agreed.quantity) if agreed is not None and agreed.quantity is not None else Fraction(0)
    yield baseline
    whole = curve_of(charge)
    if whole is not None:
        yield from _turns(whole)
    elif isinstance(model, CurvePrice):
        yield from (baseline + bound for bound in _turns(model.curve()))
    elif isinstance(model, Prepaid):
        yield from (times * Fraction(model.block_size) for times in (1, 2))


def _turns(curve: Curve) -> Iterator[Fraction]:
    """Yield where a curve turns or jumps; of packages the first ones."""
    packages, uppers = curve.packages, [piece.upper for piece in curve.pieces if piece.upper is not None]
    if packages is None:
        yield from uppers
        return
    for count in (*map(Fraction, range(4)), *uppers):
        yield packages.free + count * packages.size


def _sample(charge: Charge, currency: str, period: BillingPeriod, quantity: Fraction) -> Sample:
    try:
        return Sample(quantity, rate_line(charge, _reading(charge, period, quantity), currency))
    except InvalidInputError as error:
        return Sample(quantity, None, error.message)


def _reading(charge: Charge, period: BillingPeriod, quantity: Fraction) -> Reading:
    """Return the reading that comes to a billed quantity."""
    if charge.covers:
        first, *others = charge.covers
        return Reading(covered={first: to_decimal(quantity)} | dict.fromkeys(others, Decimal(0)), period=period)
    rule, model = charge.quantify, charge.price.model
    prorated = isinstance(model, Graduated) and model.table.prorate_changes
    raw = quantity * Fraction(rule.divide_by) / Fraction(rule.multiply_by) if rule.multiply_by else quantity
    return Reading(
        raw,
        entries=(Entry(SAMPLE, raw),) if priced_one_by_one(charge) else (),
        in_service={SAMPLE: Fraction(1)},
        changes=(Change(quantity, Fraction(1)),) if prorated else None,
        period=period,
    )

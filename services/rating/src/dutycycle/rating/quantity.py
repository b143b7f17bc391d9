"""From the raw measure to the quantity that is billed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.baseline import Baseline
from dutycycle.charge.charge import Charge
from dutycycle.charge.measure import Quantify, Scope
from dutycycle.charge.portion import Entry
from dutycycle.kit.fraction import round_to_multiple
from dutycycle.rating.reading import Reading


def priced_one_by_one(charge: Charge) -> bool:
    """Whether entries are compared and priced each on its own; otherwise they only share what their pool costs."""
    apart = charge.select.scope in (Scope.ASSET, Scope.GROUP)
    return apart or (charge.measure is not None and bool(charge.measure.each))


def billed_quantity(charge: Charge, reading: Reading) -> Fraction:
    """Return the billed quantity of a reading; where amounts draw a commitment down, the money that does."""
    if charge.covers:
        return sum(map(Fraction, reading.covered.values()), Fraction(reading.already_billed))
    if priced_one_by_one(charge):
        return sum((entry.quantity for entry in billed_entries(charge, reading)), Fraction(0))
    return quantified(charge.quantify, raw_quantity(charge, reading))


def billed_entries(charge: Charge, reading: Reading) -> tuple[Entry, ...]:
    """Return the entries in billed units."""
    rule = charge.quantify
    return tuple(
        replace(entry, quantity=quantified(rule, entry.quantity)) if rule.changes else entry
        for entry in reading.entries
    )


def compared_entries(charge: Charge, reading: Reading) -> tuple[Entry, ...]:
    """Return the entries in billed units, each with what is agreed for it."""
    agreed, entries = charge.baseline, billed_entries(charge, reading)
    if agreed is None or agreed.quantity is None:
        return entries
    known = asset_baselines(agreed, reading, (each.key for each in entries))
    return tuple(replace(each, baseline=known[each.key]) if each.baseline is None else each for each in entries)


def asset_baselines(agreed: Baseline, reading: Reading, assets: Iterable[str]) -> dict[str, Fraction]:
    """Return what is agreed for each of some assets: its own figure or the common one, for its days if prorated."""
    own, common, whole = agreed.own_quantities(), agreed.quantity or Decimal(0), Fraction(1)
    shares = reading.in_service if agreed.prorated else {}
    return {asset: Fraction(own.get(asset, common)) * shares.get(asset, whole) for asset in assets}


def raw_quantity(charge: Charge, reading: Reading) -> Fraction:
    """Return the measure, or the mean of the last periods where the charge smooths it."""
    periods = charge.measure.rolling_periods if charge.measure is not None else 0
    if periods <= 1:
        return Fraction(reading.quantity)
    known = [Fraction(each.quantity) for each in (*reading.history[-(periods - 1) :], reading)]
    return sum(known, Fraction(0)) / len(known)


def quantified(rule: Quantify, raw: Fraction) -> Fraction:
    """Multiply, divide, round once, and keep within limits."""
    value = raw * Fraction(rule.multiply_by) / Fraction(rule.divide_by)
    if rule.increment is not None:
        value = round_to_multiple(value, rule.increment, rule.mode)
    if rule.at_least is not None:
        value = max(value, Fraction(rule.at_least))
    return value if rule.at_most is None else min(value, Fraction(rule.at_most))

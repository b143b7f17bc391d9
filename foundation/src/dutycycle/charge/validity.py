"""What a charge must be for its pipeline to make sense: refused when it is saved, not when it is billed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from dutycycle.charge.adjust import Bound, Cadence, DayCount, Escalator, RoundingAt, RoundTo
from dutycycle.charge.baseline import Baseline, BaselinePer
from dutycycle.charge.measure import BAND, COUNTS_IDS, HOLIDAY, Aggregation, Measure, Quantify, Scope, TimeOfUse
from dutycycle.charge.price import Capacity, Commitment, Flat, Graduated, Matrix, Percentage, PerUnit
from dutycycle.charge.violation import number_problem, number_violations
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import finite_scale
from dutycycle.kit.quantity import plain

if TYPE_CHECKING:
    from dutycycle.charge.charge import Charge

_ID = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SCALE_LEAST, _SCALE_MOST = -18, 18
_MOST_PERIODS = 600
"""Fifty years of months."""
ZERO, ONE = Decimal(0), Decimal(1)


def violations(charge: Charge) -> Iterator[FieldViolation]:
    """Yield every contradiction within a charge, by field."""
    if not _ID.fullmatch(charge.id):
        yield FieldViolation("id", "must be lower-case letters, digits and hyphens, at most 63")
    if not charge.label.strip():
        yield FieldViolation("label", "is empty; give what the customer shall read")
    yield from _select(charge)
    yield from _measure(charge)
    yield from _quantify(charge.quantify)
    if charge.baseline is not None:
        yield from _baseline(charge, charge.baseline)
    elif charge.price.on.value != "all":
        yield FieldViolation("baseline", f"is absent; price.on {charge.price.on.name} compares with it")
    yield from charge.price.model.violations(f"price.{charge.price.model.name}")
    yield from _price(charge)
    yield from _bound(charge.bound)
    yield from _adjust(charge)
    yield from _settle(charge)
    if charge.rounding is not None:
        yield from _scale("rounding", charge.rounding)
        if charge.rounding.at is RoundingAt.STEP and (charge.covers or _replays(charge)):
            yield FieldViolation("rounding.at", "is STEP; what is left of a commitment, or of a change, is no tier")


def _fixed(charge: Charge) -> bool:
    """Whether the price needs no quantity."""
    return isinstance(charge.price.model, Flat | Commitment) or bool(charge.covers)


def _select(charge: Charge) -> Iterator[FieldViolation]:
    select = charge.select
    if select.schedules and select.scope not in (Scope.AGREEMENT, Scope.CUSTOMER):
        yield FieldViolation("select.schedules", f"is set; a pool of scope {select.scope.name} names none")
    if bool(select.group) is not (select.scope is Scope.GROUP):
        yield FieldViolation("select.group", "goes with scope GROUP, which needs it")
    if select.scope is not Scope.SCHEDULE and _fixed(charge):
        yield FieldViolation("select", f"is set; a {charge.price.model.name} price measures nothing")


def _measure(charge: Charge) -> Iterator[FieldViolation]:
    measure, name = charge.measure, charge.price.model.name
    if measure is None:
        if not _fixed(charge):
            yield FieldViolation("measure", f"is absent; a {name} price needs a quantity")
        return
    if _fixed(charge):
        yield FieldViolation("measure", f"is set; a {name} price measures nothing")
    needs_meter = not measure.counts_assets and measure.aggregation not in COUNTS_IDS
    if measure.counts_assets and (measure.meter or measure.meters):
        yield FieldViolation("measure.meter", "is set; assets are counted without a meter")
    if needs_meter and not measure.meter and not measure.meters:
        yield FieldViolation("measure.meter", f"is empty; name the meter of the {measure.aggregation.value}")
    yield from _meters(measure)
    if (measure.percentile is not None) is not _uses_percentile(measure):
        yield FieldViolation("measure.percentile", "goes with PERCENTILE, which needs it")
    yield from number_violations("measure.percentile", measure.percentile, above=ZERO)
    if measure.percentile is not None and measure.percentile > 100:
        yield FieldViolation("measure.percentile", f"is {measure.percentile}; at most 100")
    yield from number_violations("measure.initial_value", measure.initial_value)
    yield from number_violations("measure.minimum_event", measure.minimum_event)
    if measure.window is not None:
        yield from number_violations("measure.window.above", measure.window.above, least=ZERO)
        every = measure.window.every
        if every not in ("hour", "day") and not (every.isdigit() and 0 < int(every) <= 1_440):
            yield FieldViolation("measure.window.every", f"is {every!r}; give hour, day, or minutes from 1 to 1,440")
    if not 0 <= measure.rolling_periods <= _MOST_PERIODS:
        yield FieldViolation("measure.rolling_periods", f"is {measure.rolling_periods}; 0 to {_MOST_PERIODS}")
    if (measure.time_of_use is not None) is not (measure.each == BAND):
        yield FieldViolation("measure.time_of_use", f"goes with each: {BAND}, which needs it")
    if measure.time_of_use is not None:
        yield from _time_of_use(measure.time_of_use)
    if measure.each and charge.select.scope in (Scope.ASSET, Scope.GROUP):
        yield FieldViolation("measure.each", "is set; a scope of ASSET or GROUP is priced one by one already")


def _uses_percentile(measure: Measure) -> bool:
    outer = measure.window.then if measure.window is not None else None
    return Aggregation.PERCENTILE in (measure.aggregation, outer)


def _meters(measure: Measure) -> Iterator[FieldViolation]:
    if not measure.meters:
        return
    if measure.meter:
        yield FieldViolation("measure.meters", "is set beside meter; give one meter, or several with weights")
    if measure.aggregation is not Aggregation.SUM:
        yield FieldViolation("measure.meters", f"is set; only a SUM adds meters, not {measure.aggregation.name}")
    names = [each.meter for each in measure.meters]
    if len(set(names)) < len(names) or not all(names):
        yield FieldViolation("measure.meters", "names a meter twice, or an empty one")
    for index, each in enumerate(measure.meters):
        yield from number_violations(f"measure.meters[{index}].weight", each.weight)


def _time_of_use(rule: TimeOfUse) -> Iterator[FieldViolation]:
    for index, band in enumerate(rule.bands):
        at = f"measure.time_of_use.bands[{index}]"
        if not band.name:
            yield FieldViolation(f"{at}.name", "is empty")
        if not 0 <= band.from_hour <= 23 or not 0 <= band.to_hour <= 24:
            yield FieldViolation(f"{at}.from_hour", "must be 0 to 23, and to_hour 0 to 24")
        if any(not 1 <= day <= HOLIDAY for day in band.weekdays):
            yield FieldViolation(f"{at}.weekdays", "are 1 Monday to 7 Sunday, and 8 for holidays")
        if any(not 1 <= month <= 12 for month in band.months):
            yield FieldViolation(f"{at}.months", "are 1 to 12")
    if not rule.otherwise:
        yield FieldViolation("measure.time_of_use.otherwise", "is empty; name the band of all other time")


def _quantify(quantify: Quantify) -> Iterator[FieldViolation]:
    yield from number_violations("quantify.divide_by", quantify.divide_by, above=ZERO)
    yield from number_violations("quantify.multiply_by", quantify.multiply_by)
    yield from number_violations("quantify.increment", quantify.increment, above=ZERO)
    yield from number_violations("quantify.at_least", quantify.at_least)
    yield from number_violations("quantify.at_most", quantify.at_most)
    if quantify.at_least is not None and quantify.at_most is not None and quantify.at_least > quantify.at_most:
        yield FieldViolation("quantify.at_least", f"is {quantify.at_least}, above at_most {quantify.at_most}")
    if quantify.increment is not None or number_problem(quantify.divide_by) or quantify.divide_by <= 0:
        return
    if finite_scale(1 / Fraction(quantify.divide_by)) is None:
        description = f"is absent; dividing by {plain(quantify.divide_by)} has no finite decimal, so say how to round"
        yield FieldViolation("quantify.increment", description)


def _baseline(charge: Charge, agreed: Baseline) -> Iterator[FieldViolation]:
    on = charge.price.on.value
    yield from number_violations("baseline.quantity", agreed.quantity, least=ZERO)
    yield from number_violations("baseline.amount", agreed.amount, least=ZERO)
    yield from number_violations("baseline.tolerance", agreed.tolerance, least=ZERO)
    if (agreed.quantity is None) is (agreed.amount is None):
        yield FieldViolation("baseline.quantity", "or amount must be given, and not both")
    if _fixed(charge):
        yield FieldViolation("baseline", f"is set; a {charge.price.model.name} price has no quantity to compare")
    if agreed.amount is not None:
        if on not in ("above", "difference"):
            yield FieldViolation("price.on", f"is {charge.price.on.name}; money is compared ABOVE or as a DIFFERENCE")
        if agreed.tolerance is not None or agreed.ratchet is not None or agreed.by_asset:
            yield FieldViolation("baseline.amount", "has no tolerance, no ratchet, and is for the pool")
    if agreed.assets or agreed.prorated:
        yield from _asset_baselines(charge, agreed)
    if agreed.tolerance is not None and on not in ("above", "below", "difference"):
        yield FieldViolation("baseline.tolerance", f"is set; price.on {charge.price.on.name} bills no difference")
    if agreed.carry is not None:
        yield from number_violations("baseline.carry.cap", agreed.carry.cap, least=ZERO)
        if not 1 <= agreed.carry.periods <= _MOST_PERIODS:
            yield FieldViolation("baseline.carry.periods", f"is {agreed.carry.periods}; 1 to {_MOST_PERIODS}")
        if agreed.window > 1 or agreed.ratchet is not None:
            yield FieldViolation("baseline.carry", "is set beside a window or a ratchet; one keeps what is unused")
        if on not in ("above", "within"):
            yield FieldViolation("baseline.carry", f"is set; price.on {charge.price.on.name} leaves nothing to carry")
    if not 0 <= agreed.window_periods <= _MOST_PERIODS:
        yield FieldViolation("baseline.window_periods", f"is {agreed.window_periods}; 0 to {_MOST_PERIODS}")
    if agreed.ratchet is not None:
        yield from number_violations("baseline.ratchet.shrink", agreed.ratchet.shrink, least=ZERO)
        if agreed.ratchet.shrink is not None and agreed.ratchet.shrink > 1:
            yield FieldViolation("baseline.ratchet.shrink", f"is {agreed.ratchet.shrink}; a share, at most 1")
        if agreed.window > 1:
            yield FieldViolation("baseline.ratchet", "is set beside a window")
    apart = charge.select.scope in (Scope.ASSET, Scope.GROUP) or bool(charge.measure and charge.measure.each)
    if apart and (agreed.carry or agreed.window > 1 or agreed.ratchet):
        yield FieldViolation("baseline", "of what is priced one by one has no carry, window or ratchet; pool it")


def _replays(charge: Charge) -> bool:
    model = charge.price.model
    return isinstance(model, Graduated) and model.table.prorate_changes


def _asset_baselines(charge: Charge, agreed: Baseline) -> Iterator[FieldViolation]:
    if charge.select.scope is Scope.GROUP or (charge.measure and charge.measure.each) or agreed.quantity is None:
        yield FieldViolation("baseline", "of single assets is a quantity, and is not of groups, events or bands")
    if agreed.per is BaselinePer.POOL and charge.select.scope is not Scope.ASSET:
        yield FieldViolation("baseline.assets", "are set; baseline.per is POOL, so no asset has a figure")
    named = [each.asset for each in agreed.assets]
    for index, each in enumerate(agreed.assets):
        yield from number_violations(f"baseline.assets[{index}].quantity", each.quantity, least=ZERO)
        if not each.asset or each.asset in named[:index]:
            problem = "is used twice" if each.asset else "is empty"
            yield FieldViolation(f"baseline.assets[{index}].asset", f"{each.asset!r} {problem}")


def _price(charge: Charge) -> Iterator[FieldViolation]:
    model, on = charge.price.model, charge.price.on.value
    if (
        on == "difference"
        and not isinstance(model, PerUnit)
        and (charge.baseline is None or charge.baseline.amount is None)
    ):
        yield FieldViolation("price.on", f"is DIFFERENCE; only a per_unit price can credit, not {model.name}")
    if isinstance(model, PerUnit) and model.credit_unit_amount is not None and on != "difference":
        yield FieldViolation("price.per_unit.credit_unit_amount", "is set; only price.on DIFFERENCE credits")
    if isinstance(model, Commitment) and charge.bound.minimum is not None:
        yield FieldViolation("bound.minimum", "is set; a commitment is itself a minimum")
    if charge.id in charge.covers:
        yield FieldViolation(f"price.{model.name}.covers", "names the charge itself")
    if charge.cadence is Cadence.IN_ADVANCE and not isinstance(model, Flat):
        yield FieldViolation("cadence", "is IN_ADVANCE; usage is known only after the period")
    entries = bool(charge.measure and charge.measure.each)
    if isinstance(model, Matrix | Percentage | Capacity) and not entries:
        yield FieldViolation("measure.each", f"is empty; a {model.name} price needs to know what it prices one by one")
    if (
        isinstance(model, Matrix | Percentage | Capacity)
        and on != "all"
        and (charge.baseline is None or charge.baseline.amount is None)
    ):
        yield FieldViolation("price.on", f"is {charge.price.on.name}; a {model.name} price is on the whole quantity")
    if isinstance(model, Graduated) and model.table.prorate_changes and on != "all":
        yield FieldViolation("price.on", f"is {charge.price.on.name}; changes are priced on the whole quantity")


def _bound(bound: Bound) -> Iterator[FieldViolation]:
    yield from number_violations("bound.minimum", bound.minimum, least=ZERO)
    yield from number_violations("bound.maximum", bound.maximum, least=ZERO)


def _adjust(charge: Charge) -> Iterator[FieldViolation]:
    adjust = charge.adjust
    for index, discount in enumerate(adjust.discounts):
        at = f"adjust.discounts[{index}]"
        yield from number_violations(f"{at}.percent", discount.percent, least=ZERO)
        yield from number_violations(f"{at}.amount", discount.amount, least=ZERO)
        if (discount.percent is None) is (discount.amount is None):
            yield FieldViolation(at, "gives percent or amount, one of them")
        if discount.percent is not None and discount.percent > 100:
            yield FieldViolation(f"{at}.percent", f"is {discount.percent}; at most 100")
    if adjust.escalator is not None:
        yield from _escalator(adjust.escalator)
    for index, step in enumerate(adjust.ramp):
        yield from number_violations(f"adjust.ramp[{index}].share", step.share, least=ZERO)
    starts = [step.from_period for step in adjust.ramp]
    if any(start < 1 for start in starts) or any(second <= first for first, second in pairwise(starts)):
        yield FieldViolation("adjust.ramp", "does not ascend by from_period, which counts from 1")
    if adjust.proration is not None:
        if adjust.proration.fixed_month_days and adjust.proration.basis is not DayCount.FIXED_MONTH:
            yield FieldViolation("adjust.proration.fixed_month_days", "goes with FIXED_MONTH")
        if not 0 <= adjust.proration.fixed_month_days <= 31:
            yield FieldViolation("adjust.proration.fixed_month_days", "is 1 to 31, or 0 for 30")
        if adjust.proration.ratio is not None:
            yield from _scale("adjust.proration.ratio", adjust.proration.ratio)
    parties = [share.party for share in adjust.split]
    if len(set(parties)) < len(parties) or not all(parties):
        yield FieldViolation("adjust.split", "names a party twice, or an empty one")
    for index, share in enumerate(adjust.split):
        yield from number_violations(f"adjust.split[{index}].weight", share.weight, least=ZERO)
    if adjust.split and not any(share.weight for share in adjust.split):
        yield FieldViolation("adjust.split", "has no weight above zero")


def _escalator(rise: Escalator) -> Iterator[FieldViolation]:
    at = "adjust.escalator"
    for name in ("percent", "base_index", "floor_percent", "cap_percent"):
        yield from number_violations(f"{at}.{name}", getattr(rise, name), above=Decimal(-100))
    yield from number_violations(f"{at}.increment", rise.increment, above=ZERO)
    if (rise.percent is None) is not bool(rise.index):
        yield FieldViolation(at, "gives a percent or an index, one of them")
    if bool(rise.index) is not (rise.base_index is not None and rise.base_index > 0):
        yield FieldViolation(f"{at}.base_index", "goes with an index, which needs a positive one")
    if not 0 <= rise.every_periods <= _MOST_PERIODS:
        yield FieldViolation(f"{at}.every_periods", f"is {rise.every_periods}; 0 to {_MOST_PERIODS}")
    for index, value in enumerate(rise.index):
        yield from number_violations(f"{at}.index[{index}].value", value.value, above=ZERO)
    if any(second.date <= first.date for first, second in pairwise(rise.index)):
        yield FieldViolation(f"{at}.index", "does not ascend by date")


def _settle(charge: Charge) -> Iterator[FieldViolation]:
    reconcile = charge.settle.reconcile
    if reconcile is None:
        return
    if not 2 <= reconcile.every_periods <= _MOST_PERIODS:
        yield FieldViolation("settle.reconcile.every_periods", f"is {reconcile.every_periods}; 2 to {_MOST_PERIODS}")
    if _fixed(charge):
        yield FieldViolation("settle.reconcile", f"is set; a {charge.price.model.name} price has nothing to put right")
    agreed = charge.baseline
    if agreed is not None and (agreed.carry is not None or agreed.ratchet is not None or agreed.window > 1):
        yield FieldViolation("settle.reconcile", "is set beside a carry, a ratchet or a window of the baseline")


def _scale(field: str, rule: RoundTo) -> Iterator[FieldViolation]:
    if not _SCALE_LEAST <= rule.scale <= _SCALE_MOST:
        yield FieldViolation(f"{field}.scale", f"is {rule.scale}; {_SCALE_LEAST} to {_SCALE_MOST}")

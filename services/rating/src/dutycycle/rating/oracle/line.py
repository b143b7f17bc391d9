"""What a line comes to: the order of operations, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dutycycle.charge.adjust import (
    BoundOrder,
    Cadence,
    DayCount,
    DiscountOrder,
    Escalator,
    ProratedPart,
    Proration,
    ReconcileSides,
    RoundingAt,
    RoundTo,
    Settle,
)  # fmt: skip
from dutycycle.charge.baseline import BaselinePer, ToleranceRule
from dutycycle.charge.charge import Charge, PriceOn
from dutycycle.charge.measure import Quantify, Scope
from dutycycle.charge.portion import Entry
from dutycycle.charge.price import (
    Capacity,
    Commitment,
    Flat,
    Graduated,
    Matrix,
    Package,
    Percentage,
    Prepaid,
    Volume,
)  # fmt: skip
from dutycycle.kit.money import minor_digits
from dutycycle.rating.oracle import price as cost_of
from dutycycle.rating.reading import LinePosition, Reading

NOTHING, ONE = Fraction(0), Fraction(1)
LAST = (LinePosition.SINGLE, LinePosition.LAST)


def amount(charge: Charge, reading: Reading, currency: str) -> Fraction:
    """Return what a line comes to, rounded as the charge says."""
    rule = charge.rounding or RoundTo(minor_digits(currency))
    agreed, reconcile = charge.baseline, charge.settle.reconcile
    if agreed is not None and agreed.window_periods > 1:
        return _window(charge, reading, rule)
    if reading.prior_quantity is not None and rule.at is RoundingAt.CUMULATIVE:
        return _continued(charge, reading, rule)
    if reconcile is not None:
        return _reconciled(charge, reading, rule)
    return _single(charge, reading, rule)


def rounded(value: Fraction, rule: RoundTo) -> Fraction:
    """Round once, by the definition of each direction."""
    if rule.mode is None:
        return value
    unit = Fraction(10) ** -rule.scale
    magnitude, sign = abs(value) / unit, -1 if value < 0 else 1
    units, left_over = divmod(magnitude, 1)
    away = {
        "HALF_UP": left_over >= Fraction(1, 2),
        "UP": left_over > 0,
        "DOWN": False,
        "CEILING": left_over > 0 and sign > 0,
        "FLOOR": left_over > 0 and sign < 0,
    }[rule.mode.name]
    return sign * (units + away) * unit


def _single(charge: Charge, reading: Reading, rule: RoundTo) -> Fraction:
    """Price, include, ramp, prorate, discount, bound, round."""
    stage = rule if rule.at is RoundingAt.STAGE else RoundTo(0, None)
    step = rule if rule.at is RoundingAt.STEP else RoundTo(0, None)
    due = reading.position in LAST
    if isinstance(charge.price.model, Flat) and charge.cadence is Cadence.IN_ADVANCE:
        due = reading.position in (LinePosition.SINGLE, LinePosition.FIRST)
    elif not isinstance(charge.price.model, Flat | Volume | Commitment):
        due = True
    value = NOTHING
    if due:
        value = rounded(sum((rounded(part, step) for part in _priced(charge, reading)), NOTHING), stage)
        value = _beyond_money(charge, reading, value)
        value = rounded(value * _ramp(charge, reading) * _cut(charge, ProratedPart.AMOUNT, reading), stage)
        if charge.bound.order is BoundOrder.AFTER_DISCOUNTS:
            value = _bounded(charge, reading, _discounted(charge, value, stage, rule), stage)
        else:
            value = _discounted(charge, _bounded(charge, reading, value, stage), stage, rule)
    last = RoundTo(0, None) if rule.at is RoundingAt.DISCOUNT else rule
    return rounded(value, last) - Fraction(reading.billed_before or 0)


# Settling over several lines and periods.


def _window(charge: Charge, reading: Reading, rule: RoundTo) -> Fraction:
    agreed = charge.baseline
    assert agreed is not None  # noqa: S101  # the caller has looked
    place = (reading.number - 1) % agreed.window_periods
    alone = replace(charge, baseline=replace(agreed, window_periods=0))
    readings = [*reading.history[max(0, len(reading.history) - place) :], replace(reading, history=())]
    whole = _single(alone, _on_average(alone, readings), rule)
    return whole - (_single(alone, _on_average(alone, readings[:-1]), rule) if len(readings) > 1 else NOTHING)


def _continued(charge: Charge, reading: Reading, rule: RoundTo) -> Fraction:
    prior = reading.prior_quantity or Decimal(0)
    so_far = Fraction(prior) + Fraction(reading.quantity)
    whole = _single(charge, replace(reading, quantity=so_far, prior_quantity=None), rule)
    if prior <= 0:
        return whole
    early = replace(reading, quantity=prior, prior_quantity=None, position=LinePosition.MID)
    return whole - _single(charge, early, rule)


def _reconciled(charge: Charge, reading: Reading, rule: RoundTo) -> Fraction:
    reconcile = charge.settle.reconcile
    assert reconcile is not None  # noqa: S101  # the caller has looked
    alone, every = replace(charge, settle=Settle()), reconcile.every_periods
    own = _single(alone, reading, rule)
    if reading.number % every:
        return NOTHING if reconcile.bill_only_then else own
    earlier = list(reading.history[max(0, len(reading.history) - every + 1) :])
    readings = [*earlier, replace(reading, history=())]
    agreed = sum((_agreed(alone, each) for each in readings), NOTHING)
    whole = _single(_times(alone, readings), replace(_on_average(alone, readings), agreed=agreed), rule)
    before = [(replace(each.charge or charge, settle=Settle()), each) for each in earlier]
    billed = NOTHING if reconcile.bill_only_then else sum((_single(then, each, rule) for then, each in before), own)
    difference = whole - billed
    if reconcile.sides is ReconcileSides.DEBIT and difference < 0:
        difference = NOTHING
    if reconcile.sides is ReconcileSides.CREDIT and difference > 0:
        difference = NOTHING
    return difference if reconcile.bill_only_then else own + difference


def _times(charge: Charge, readings: Sequence[Reading]) -> Charge:
    """Return the charge with everything agreed for one period agreed for all."""
    times = Decimal(len(readings))
    agreed, bound, model = charge.baseline, charge.bound, charge.price.model
    if agreed is not None and agreed.quantity is not None and _one_by_one(charge):
        named = tuple(replace(each, quantity=each.quantity * times) for each in agreed.assets)
        agreed = replace(agreed, quantity=agreed.quantity * times, assets=named)
    if isinstance(model, Graduated | Volume):
        tiers = tuple(
            replace(
                tier,
                up_to=None if tier.up_to is None else tier.up_to * times,
                size=None if tier.size is None else tier.size * times,
                flat_amount=tier.flat_amount * times,
                cap_amount=None if tier.cap_amount is None else tier.cap_amount * times,
            )
            for tier in model.table.tiers
        )
        model = replace(model, table=replace(model.table, tiers=tiers))
    if isinstance(model, Package):
        model = replace(
            model, free_units=model.free_units * times, minimum_packages=model.minimum_packages * len(readings)
        )
    least = None if bound.minimum is None else bound.minimum * times
    most = None if bound.maximum is None else bound.maximum * times
    return replace(
        charge,
        baseline=agreed,
        price=replace(charge.price, model=model),
        bound=replace(bound, minimum=least, maximum=most),
    )


def _sum(readings: Sequence[Reading]) -> Reading:
    last, entries = readings[-1], dict[Any, Entry]()
    for reading in readings:
        for entry in reading.entries:
            key = (entry.key, frozenset(entry.attributes.items()))
            if key in entries:
                own = None if entry.baseline is None else entry.baseline + (entries[key].baseline or 0)
                entry = replace(entry, quantity=entry.quantity + entries[key].quantity, baseline=own)
            entries[key] = entry
    return replace(
        last,
        quantity=sum((Fraction(each.quantity) for each in readings), NOTHING),
        entries=tuple(entries.values()),
        covered={name: sum((each.covered[name] for each in readings), Decimal(0)) for name in last.covered},
        already_billed=sum((each.already_billed for each in readings), Decimal(0)),
        changes=None if last.changes is None else tuple(c for each in readings for c in each.changes or ()),
        stretches=(),
        history=(),
    )


def _on_average(charge: Charge, readings: Sequence[Reading]) -> Reading:
    """Return the periods as one, prorated assets with their mean share of them, others as they are at the end."""
    whole = _sum(readings)
    if charge.baseline is None or charge.baseline.per is not BaselinePer.ASSET_PRORATED:
        return whole
    assets = {asset for each in readings for asset in each.in_service}
    shares = {asset: sum((each.in_service.get(asset, NOTHING) for each in readings), NOTHING) for asset in assets}
    return replace(whole, in_service={asset: share / len(readings) for asset, share in shares.items()})


# Quantity and baseline.


def _one_by_one(charge: Charge) -> bool:
    return charge.select.scope in (Scope.ASSET, Scope.GROUP) or bool(charge.measure and charge.measure.each)


def _quantified(rule: Quantify, raw: Fraction) -> Fraction:
    value = raw * Fraction(rule.multiply_by) / Fraction(rule.divide_by)
    if rule.increment is not None:
        increment = Fraction(rule.increment)
        value = rounded(value / increment, RoundTo(0, rule.mode)) * increment
    value = value if rule.at_least is None else max(value, Fraction(rule.at_least))
    return value if rule.at_most is None else min(value, Fraction(rule.at_most))


def _used(charge: Charge, reading: Reading) -> Fraction:
    if charge.covers:
        return sum((Fraction(each) for each in reading.covered.values()), Fraction(reading.already_billed))
    if _one_by_one(charge):
        return sum((_quantified(charge.quantify, entry.quantity) for entry in reading.entries), NOTHING)
    periods = charge.measure.rolling_periods if charge.measure is not None else 0
    readings = [*reading.history, reading][-max(1, periods) :]
    mean = sum((Fraction(each.quantity) for each in readings), NOTHING) / len(readings)
    return _quantified(charge.quantify, mean)


def _agreed(charge: Charge, reading: Reading) -> Fraction:
    """Return what is agreed for one period, before anything is carried or moved."""
    if reading.agreed is not None:
        return reading.agreed
    charge = reading.charge or charge
    agreed = charge.baseline
    if agreed is None:
        return NOTHING
    figure = Fraction((agreed.amount if agreed.quantity is None else agreed.quantity) or 0)
    named = {each.asset: Fraction(each.quantity) for each in agreed.assets}
    if agreed.per is BaselinePer.ASSET:
        known = [asset for asset in named if asset in reading.in_service]
        figure = figure * (reading.assets - len(known)) + sum(named[asset] for asset in known)
    elif agreed.per is BaselinePer.ASSET_PRORATED:
        figure = sum((share * named.get(asset, figure) for asset, share in reading.in_service.items()), NOTHING)
    return figure * _cut(charge, ProratedPart.BASELINE, reading)


def _allowed(charge: Charge, reading: Reading) -> Fraction:
    """Return what the baseline allows: with what was carried, or as the ratchet has moved it."""
    agreed, own = charge.baseline, _agreed(charge, reading)
    if agreed is None or (agreed.carry is None and agreed.ratchet is None):
        return own
    if agreed.carry is not None:
        return own + sum((left for _, left in _lots(charge, reading)), NOTHING)
    commitment, uses = own, list[Fraction]()
    for earlier in reading.history:
        uses.append(_used(earlier.charge or charge, earlier))
        if uses[-1] >= commitment:
            commitment = uses[-1]
        elif agreed.ratchet is not None and agreed.ratchet.shrink is not None:
            highest = max(uses[-(agreed.ratchet.look_back or 3) :])
            commitment = min(commitment, max(own, highest * (1 - Fraction(agreed.ratchet.shrink))))
    return commitment


def _lots(charge: Charge, reading: Reading) -> list[tuple[int, Fraction]]:
    """Return the unused parts that may be used in a period: number of their period, and what is left."""
    agreed = charge.baseline
    assert agreed is not None and agreed.carry is not None  # noqa: PT018, S101  # the caller has looked
    lots: list[tuple[int, Fraction]] = []
    for present in (*reading.history, reading):
        alive = [(born, left) for born, left in lots if present.number - born <= agreed.carry.periods and left > 0]
        lots, room = [], agreed.carry.cap
        for born, left in alive:
            kept = left if room is None else min(left, Fraction(room) - sum((each for _, each in lots), NOTHING))
            if kept > 0:
                lots.append((born, kept))
        if present is reading:
            break
        then = present.charge or charge
        of_money = agreed.quantity is None
        drawn = sum(_priced(then, present, bare=True), NOTHING) if of_money else _used(then, present)
        need = max(NOTHING, drawn)
        for index, (born, left) in enumerate(lots):
            taken = min(left, need)
            lots[index], need = (born, left - taken), need - taken
        lots.append((present.number, max(NOTHING, _agreed(charge, present) - need)))
    return lots


def _to_price(charge: Charge, quantity: Fraction, agreed: Fraction | None) -> Fraction:
    """Return the part of a quantity that is priced."""
    rule, on = charge.baseline, charge.price.on
    if rule is None or rule.quantity is None or agreed is None or on is PriceOn.ALL:
        return quantity
    if on is PriceOn.WITHIN:
        return min(quantity, agreed)
    if on is PriceOn.AT_LEAST:
        return max(quantity, agreed)
    difference = quantity - agreed
    band = agreed * Fraction(rule.tolerance or 0)
    if rule.tolerance is not None and abs(difference) <= band:
        difference = NOTHING
    elif rule.tolerance is not None and rule.tolerance_rule is ToleranceRule.BEYOND_BAND:
        difference += band if difference < 0 else -band
    if on is PriceOn.ABOVE:
        return max(NOTHING, difference)
    return max(NOTHING, -difference) if on is PriceOn.BELOW else difference


# Price.


def _priced(charge: Charge, reading: Reading, *, bare: bool = False) -> list[Fraction]:
    """Return what a reading costs as its parts; `bare` without comparing with the baseline."""
    model: Any = charge.price.model
    if isinstance(model, Flat):
        model = Flat(_flat_amount(model, reading))
    factor = _escalation(charge, reading)

    def money(price: Decimal) -> Fraction:
        return _escalated(charge.adjust.escalator, Fraction(price), factor)

    if _one_by_one(charge):
        return _priced_apart(charge, model, reading, money)
    if isinstance(model, Graduated) and reading.changes is not None and model.table.prorate_changes:
        return cost_of.replayed(model.table, reading.changes, money)
    used = _used(charge, reading)
    if isinstance(model, Commitment):
        return [cost_of.missing(model, used, _cut(charge, ProratedPart.MINIMUM, reading), money)]
    agreed = None if bare else _allowed(charge, reading)
    if isinstance(model, Prepaid):
        return [cost_of.prepaid(model, used, _stock(charge, model, reading), money)[0]]
    if reading.prior_quantity is None:
        quantity = _to_price(charge, used, agreed)
        if reading.priced_quantity is not None:
            return cost_of.costs(model, Fraction(reading.priced_quantity), money, picked=quantity)
        return cost_of.costs(model, quantity, money)
    prior = Fraction(reading.prior_quantity)
    base = cost_of.costs(model, NOTHING, money)
    whole = sum(cost_of.costs(model, _to_price(charge, prior + used, agreed), money), NOTHING)
    before = sum(cost_of.costs(model, _to_price(charge, prior, agreed), money), NOTHING)
    return [whole - before, _base(model, base, money)]


def _base(model: Any, at_zero: list[Fraction], money: Any) -> Fraction:
    """Return the amount that is added to every line, whatever the quantity."""
    if isinstance(model, Graduated | Volume):
        return Fraction(money(model.table.base_amount))
    return Fraction(money(model.base_amount)) if hasattr(model, "base_amount") and at_zero else NOTHING


def _priced_apart(charge: Charge, model: Any, reading: Reading, money: Any) -> list[Fraction]:
    agreed = charge.baseline
    entries = []
    for entry in reading.entries:
        quantity = _quantified(charge.quantify, entry.quantity)
        own = entry.baseline
        if own is None and agreed is not None and agreed.quantity is not None:
            named = [each.quantity for each in agreed.assets if each.asset == entry.key]
            own = Fraction(named[0] if named else agreed.quantity)
            if agreed.per is BaselinePer.ASSET_PRORATED and entry.key in reading.in_service:
                own *= reading.in_service[entry.key]
        entries.append(replace(entry, quantity=_to_price(charge, quantity, own)))
    if isinstance(model, Matrix):
        return cost_of.matrix(model, entries, money)
    if isinstance(model, Percentage):
        return cost_of.percentage(model, entries, money)
    if isinstance(model, Capacity):
        return cost_of.capacity(model, entries, money)
    return [part for entry in entries for part in cost_of.costs(model, entry.quantity, money)]


def _flat_amount(model: Flat, reading: Reading) -> Decimal:
    amount_ = model.amount
    for step in model.stepped:
        if step.from_period <= reading.number:
            amount_ = step.amount
    seasons = {each.month: each.amount for each in model.seasonal}
    month = None if reading.period is None else reading.period.start.month
    if month in seasons:
        return seasons[month]
    if not model.spread_over_other_months or not seasons:
        return amount_
    missing = sum((Fraction(amount_) - Fraction(each) for each in seasons.values()), NOTHING)
    return _written(Fraction(amount_) + missing / (12 - len(seasons)))


def _written(value: Fraction) -> Decimal:
    """Write a fraction as a decimal: exactly if it ends, else to twelve digits."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    exact = value if rest == 1 else rounded(value, RoundTo(12))
    digits = len(str(exact.denominator)) * 4
    whole = exact * 10**digits
    return Decimal(int(whole)).scaleb(-digits)


def _escalation(charge: Charge, reading: Reading) -> Fraction:
    rule = charge.adjust.escalator
    if rule is None:
        return ONE
    every = rule.every_periods or 12
    steps, inside = divmod(reading.number - 1, every)
    if rule.percent is not None:
        return (1 + Fraction(rule.percent) / 100) ** steps
    if steps == 0 or reading.period is None or rule.base_index is None:
        return ONE
    start = reading.period.start
    for _ in range(inside):
        start = date(start.year - (start.month == 1), (start.month - 2) % 12 + 1, 1)
    factor = ONE
    for value in rule.index:
        if value.date <= start:
            factor = Fraction(value.value) / Fraction(rule.base_index)
    if rule.floor_percent is not None:
        factor = max(factor, (1 + Fraction(rule.floor_percent) / 100) ** steps)
    if rule.cap_percent is not None:
        factor = min(factor, (1 + Fraction(rule.cap_percent) / 100) ** steps)
    return factor


def _escalated(rule: Escalator | None, price: Fraction, factor: Fraction) -> Fraction:
    if rule is None:
        return price
    value = price * factor
    if rule.increment is not None:
        increment = Fraction(rule.increment)
        value = rounded(value / increment, RoundTo(0, rule.mode)) * increment
    return Fraction(_written(value))


def _stock(charge: Charge, model: Prepaid, reading: Reading) -> Fraction:
    lots: list[list[Any]] = []
    for present in (*reading.history, reading):
        ends = model.expires_after_periods
        lots = [lot for lot in lots if not ends or present.number - lot[0] < ends]
        if present is reading:
            break
        used = max(NOTHING, _used(charge, present))
        _, blocks = cost_of.prepaid(model, used, sum((lot[1] for lot in lots), NOTHING), Fraction)
        lots.append([present.number, blocks * Fraction(model.block_size)])
        for lot in lots:
            taken = min(lot[1], used)
            lot[1], used = lot[1] - taken, used - taken
    return sum((lot[1] for lot in lots), NOTHING)


# Money.


def _beyond_money(charge: Charge, reading: Reading, value: Fraction) -> Fraction:
    agreed = charge.baseline
    if agreed is None or agreed.amount is None:
        return value
    left = value - _allowed(charge, reading)
    return left if charge.price.on is PriceOn.DIFFERENCE else max(min(value, NOTHING), left)


def _ramp(charge: Charge, reading: Reading) -> Fraction:
    share = ONE
    for step in charge.adjust.ramp:
        if step.from_period <= reading.number:
            share = Fraction(step.share)
    return share


def _discounted(charge: Charge, value: Fraction, stage: RoundTo, rule: RoundTo) -> Fraction:
    discount_alone = rule.at is RoundingAt.DISCOUNT
    discounts, order = list(charge.adjust.discounts), charge.adjust.order
    if order is not DiscountOrder.AS_LISTED:
        amounts = [each for each in discounts if each.percent is None]
        percents = [each for each in discounts if each.percent is not None]
        discounts = amounts + percents if order is DiscountOrder.AMOUNTS_FIRST else percents + amounts
    for each in discounts:
        left = max(NOTHING, value)
        off = left * Fraction(each.percent) / 100 if each.percent is not None else min(left, Fraction(each.amount or 0))
        if discount_alone:
            off = min(left, rounded(off, rule))
        value = rounded(value - off, stage)
    return value


def _bounded(charge: Charge, reading: Reading, value: Fraction, stage: RoundTo) -> Fraction:
    limits = charge.bound
    already = NOTHING if charge.covers else rounded(Fraction(reading.already_billed), stage)
    if limits.minimum is not None and reading.position in LAST:
        least = rounded(Fraction(limits.minimum) * _cut(charge, ProratedPart.MINIMUM, reading), stage)
        value = max(value, least - already)
    if limits.maximum is not None:
        room = rounded(Fraction(limits.maximum), stage) - already
        value = min(value, max(NOTHING, room) if already > 0 else room)
    if reading.creditable is not None:
        value = max(value, min(NOTHING, -Fraction(reading.creditable))) if value < 0 else value
    return rounded(value, stage)


def _cut(charge: Charge, part: ProratedPart, reading: Reading) -> Fraction:
    """Return the share of the period for which a part of the charge counts."""
    rule = charge.adjust.proration
    if rule is None or not reading.stretches or part not in (rule.parts or (ProratedPart.AMOUNT,)):
        return ONE
    total = NOTHING
    for stretch in reading.stretches:
        full = Fraction(rule.over) or _time(rule, stretch.full.start, stretch.full.end)
        if rule.basis is DayCount.FIXED_MONTH and not rule.over:
            full = Fraction(rule.fixed_month_days or 30)
        active = _time(rule, stretch.active.start, stretch.active.end)
        total += rounded(active / full, rule.ratio or RoundTo(0, None)) if full else NOTHING
    return total


def _time(rule: Proration, start: Any, end: Any) -> Fraction:
    if rule.basis is DayCount.SECONDS:
        moments = [each if isinstance(each, datetime) else datetime.combine(each, time()) for each in (start, end)]
        return max(NOTHING, Fraction(str((moments[1] - moments[0]).total_seconds())))
    first, last = (each.date() if isinstance(each, datetime) else each for each in (start, end))
    if rule.basis is DayCount.FIXED_MONTH:
        days = rule.fixed_month_days or 30
        months = 12 * (last.year - first.year) + last.month - first.month
        return max(NOTHING, Fraction(days * months + last.day - first.day))
    counted = last.toordinal() - first.toordinal()
    return Fraction(max(0, counted + (1 if rule.basis is DayCount.INCLUSIVE_DAYS else 0)))

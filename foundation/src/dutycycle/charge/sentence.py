"""A charge in plain words, for contracts and invoices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dutycycle.charge.adjust import BoundOrder
from dutycycle.charge.band import bands_text
from dutycycle.charge.baseline import Baseline
from dutycycle.charge.measure import Aggregation, Measure, Scope, WeightedMeter, Window
from dutycycle.charge.price import PerUnit
from dutycycle.charge.wording import Wording, percent_text
from dutycycle.kit.quantity import grouped, plain

if TYPE_CHECKING:
    from dutycycle.charge.charge import Charge

_LISTED_ASSETS = 3
"""Most assets whose own figures a sentence lists."""
_POOLS = {
    Scope.SCHEDULE: "",
    Scope.ASSET: " of each asset",
    Scope.GROUP: " of each group",
    Scope.AGREEMENT: " of all schedules together",
    Scope.CUSTOMER: " of all agreements together",
}
_MEASURES = {
    Aggregation.MAX: "the highest of the month",
    Aggregation.MIN: "the lowest of the month",
    Aggregation.LAST: "the last of the month",
    Aggregation.MEAN: "the mean of the month",
    Aggregation.TIME_WEIGHTED: "the mean over time",
    Aggregation.PRORATED_SUM: "each for the days left",
    Aggregation.UNIQUE_DAYS: "each for its days in use",
    Aggregation.IN_SERVICE_DAYS: "each for its days in service",
    Aggregation.CONCURRENT_PEAK: "the most at one time",
}
_COMBINED = {
    Aggregation.SUM: "the sum",
    Aggregation.MAX: "the highest",
    Aggregation.MIN: "the lowest",
    Aggregation.MEAN: "the mean",
}
"""How windows are combined."""


def sentence(charge: Charge, words: Wording) -> str:
    """Put a charge in plain words: subject, agreed quantity, price, limits, changes over time."""
    subject = charge.label + _POOLS[charge.select.scope] + _measured(charge, words)
    if charge.baseline is not None:
        subject += _compared(charge, charge.baseline, words)
    text = f"{subject}: {_two_sided(charge, charge.price.model.sentence(words))}"
    return text + "".join(_limits(charge, words)) + "".join(_over_time(charge))


def table_rate(charge: Charge, words: Wording) -> str:
    """Write the rate for a table."""
    text = charge.price.model.rate_text(words)
    on = charge.price.on.value
    if on in ("above", "below"):
        return f"{text} {on}" if isinstance(charge.price.model, PerUnit) else text
    return _two_sided(charge, text)


def _measured(charge: Charge, words: Wording) -> str:
    """Say what is counted, where it is not simply the sum of one meter: ", the highest of each day, then the mean"."""
    measure = charge.measure
    if measure is None:
        return ""
    text = ""
    if measure.meters:
        text += ", " + " + ".join(_weighted(each) for each in measure.meters)
    for condition in measure.where:
        text += f", {condition.attribute.replace('_', ' ')} {' or '.join(condition.values)} only"
    if measure.minimum_event is not None:
        text += f", each at least {words.bound(measure.minimum_event)}"
    text += _combined(measure.aggregation, measure) if measure.window is None else _in_windows(measure, measure.window)
    if measure.rolling_periods > 1:
        text += f", mean of {measure.rolling_periods} months"
    limits = charge.quantify
    text += f", at least {words.count(limits.at_least)}" if limits.at_least is not None else ""
    return text + (f", at most {words.count(limits.at_most)}" if limits.at_most is not None else "")


def _weighted(each: WeightedMeter) -> str:
    name = each.meter.replace("_", " ")
    return name if each.weight == 1 else f"{grouped(each.weight)} × {name}"


def _combined(aggregation: Aggregation, measure: Measure) -> str:
    if aggregation is Aggregation.PERCENTILE and measure.percentile is not None:
        return f", percentile {plain(measure.percentile)}"
    return f", {_MEASURES[aggregation]}" if aggregation in _MEASURES else ""


def _in_windows(measure: Measure, window: Window) -> str:
    inner = _MEASURES.get(measure.aggregation, "the sum of the month").removesuffix(" of the month")
    each = window.every if window.every in ("hour", "day") else f"{window.every} minutes"
    above = f" above {grouped(window.above)}" if window.above is not None else ""
    outer = _COMBINED.get(window.then, "")
    if window.then is Aggregation.PERCENTILE and measure.percentile is not None:
        outer = f"percentile {plain(measure.percentile)}"
    return f", {inner} of each {each}{above}, then {outer} of the month"


def _compared(charge: Charge, agreed: Baseline, words: Wording) -> str:
    """Say with what it is compared: " above 606.3 a month, unused carried for 3 months"."""
    length = "a month" if agreed.window == 1 else f"in {agreed.window} months"
    if agreed.amount is not None:
        return f" beyond {words.money(agreed.amount)} {length} included{_kept(agreed, words)}"
    if agreed.quantity is None:
        return ""
    each = " per asset" if agreed.by_asset else ""
    each += " and its days in service" if agreed.prorated else ""
    figure = f"{words.number(agreed.quantity)}{each}{_own_figures(agreed, words)}"
    text = {
        "above": f" above {figure} {length}",
        "below": f" below {figure} {length}",
        "within": f" up to {figure} {length}",
        "at_least": f", at least {figure} {length}",
        "difference": f" against {figure} agreed",
        "all": "",
    }[charge.price.on.value]
    if agreed.tolerance is not None:
        text += f" ± {percent_text(agreed.tolerance * 100)}"
    return text + _kept(agreed, words)


def _own_figures(agreed: Baseline, words: Wording) -> str:
    """Say which assets have a figure of their own, or how many: " (N901: 40; N902: 55)"."""
    if not agreed.assets:
        return ""
    if len(agreed.assets) > _LISTED_ASSETS:
        return f" ({len(agreed.assets):,} assets have figures of their own)"
    return f" ({'; '.join(f'{each.asset}: {words.number(each.quantity)}' for each in agreed.assets)})"


def _kept(agreed: Baseline, words: Wording) -> str:
    text = ""
    if agreed.carry is not None:
        cap = f", at most {words.number(agreed.carry.cap)}" if agreed.carry.cap is not None else ""
        text += f", what is unused carried for {_months(agreed.carry.periods)}{cap}"
    if agreed.ratchet is not None:
        falls = agreed.ratchet.shrink
        down = "never down" if falls is None else f"down by at most {percent_text(falls * 100)} a month"
        text += f", moved up by growth and {down}"
    return text


def _limits(charge: Charge, words: Wording) -> Iterator[str]:
    if charge.bound.minimum is not None:
        yield f", at least {words.money(charge.bound.minimum)} a month"
    if charge.bound.maximum is not None:
        yield f", at most {words.money(charge.bound.maximum)} a month"
    for discount in charge.adjust.discounts:
        if discount.percent is not None:
            yield f", less {percent_text(discount.percent)}"
        elif discount.amount is not None:
            yield f", less {words.money(discount.amount)}"
    if charge.bound.order is BoundOrder.BEFORE_DISCOUNTS and charge.adjust.discounts:
        yield " after these limits"


def _over_time(charge: Charge) -> Iterator[str]:
    adjust, reconcile = charge.adjust, charge.settle.reconcile
    if charge.measure is not None and charge.measure.time_of_use is not None:
        yield f"; {bands_text(charge.measure.time_of_use)}"
    if adjust.escalator is not None:
        rise = adjust.escalator
        how = percent_text(rise.percent) if rise.percent is not None else "the index"
        least = f", {percent_text(rise.floor_percent)} at least" if rise.floor_percent is not None else ""
        most = f", {percent_text(rise.cap_percent)} at most" if rise.cap_percent is not None else ""
        yield f"; prices rise by {how} every {_months(rise.periods_a_step)}{least}{most}"
    for step in adjust.ramp:
        yield f"; {percent_text(step.share * 100)} of it from month {step.from_period}"
    if reconcile is not None:
        until = ", billed only then" if reconcile.bill_only_then else ""
        yield f"; put right over {_months(reconcile.every_periods)}{until}"
    if adjust.split:
        whole = sum(share.weight for share in adjust.split)
        yield "; paid by " + ", ".join(
            f"{s.party} {percent_text(round(100 * s.weight / whole, 2))}" for s in adjust.split
        )


def _two_sided(charge: Charge, text: str) -> str:
    """Say that one price holds on both sides of the baseline."""
    model = charge.price.model
    same = isinstance(model, PerUnit) and model.credit_unit_amount in (None, model.unit_amount)
    return f"{text} above or below" if charge.price.on.value == "difference" and same else text


def _months(count: int) -> str:
    return "month" if count == 1 else f"{count} months"

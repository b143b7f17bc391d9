"""Measure: what was counted."""

from __future__ import annotations

from dutycycle.charge.measure import Aggregation, Measure
from dutycycle.charge.step import Step
from dutycycle.kit.fraction import to_decimal
from dutycycle.kit.quantity import grouped
from dutycycle.rating.draft import Draft
from dutycycle.rating.quantity import priced_one_by_one, raw_quantity

_COUNTED = {
    Aggregation.ASSETS_ACTIVE: "assets active",
    Aggregation.IN_SERVICE_DAYS: "assets in service, by days",
    Aggregation.COUNT: "records",
    Aggregation.UNIQUE: "in use at the end",
    Aggregation.UNIQUE_DAYS: "in use, by days",
    Aggregation.CONCURRENT_PEAK: "in use at one time, at most",
}
_ADJECTIVES = {
    Aggregation.MAX: "highest ",
    Aggregation.MIN: "lowest ",
    Aggregation.LAST: "last ",
    Aggregation.MEAN: "mean ",
    Aggregation.TIME_WEIGHTED: "mean over time of ",
    Aggregation.PERCENTILE: "percentile of ",
    Aggregation.PRORATED_SUM: "prorated ",
}


def measure(draft: Draft) -> None:
    """State the raw measure."""
    source, reading = draft.charge.measure, draft.reading
    if source is None or (priced_one_by_one(draft.charge) and reading.entries):
        return
    quantity = to_decimal(raw_quantity(draft.charge, reading))
    months = min(source.rolling_periods, len(reading.history) + 1)
    over = f"a month, the mean of {months}" if source.rolling_periods > 1 else "in the period"
    draft.steps.append(Step("measure", f"{grouped(quantity)} {_noun(source)} {over}", quantity))


def _noun(source: Measure) -> str:
    if source.aggregation in _COUNTED:
        return _COUNTED[source.aggregation]
    meters = " + ".join(
        each.meter.replace("_", " ") if each.weight == 1 else f"{grouped(each.weight)} × {each.meter.replace('_', ' ')}"
        for each in source.weighted_meters
    )
    return f"{_ADJECTIVES.get(source.aggregation, '')}{meters}"

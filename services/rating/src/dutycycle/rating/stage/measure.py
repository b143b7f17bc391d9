"""Measure: what was counted."""

from __future__ import annotations

from dutycycle.kit.quantity import grouped
from dutycycle.rating.charge import Aggregation
from dutycycle.rating.draft import Draft
from dutycycle.rating.step import Step


def measure(draft: Draft) -> None:
    """State the raw measure."""
    source = draft.charge.measure
    if source is None:
        return
    quantity = draft.reading.quantity
    noun = source.meter.replace("_", " ") if source.aggregation is Aggregation.SUM else "assets active"
    draft.steps.append(Step("measure", f"{grouped(quantity)} {noun} in the period", quantity))

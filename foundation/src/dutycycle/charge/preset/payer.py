"""Costs passed on, and lines that several parties pay."""

from __future__ import annotations

from decimal import Decimal

from dutycycle.charge.preset.parameter import Document, Parameters, written
from dutycycle.charge.preset.preset import Preset
from dutycycle.charge.preset.unit import per_unit, standard_unders_overs

WHOLE = Decimal(100)


def pass_through(given: Parameters) -> list[Document]:
    if "markup_percent" not in given:
        return [given.measured({"pass_through": {}})]
    multiplier = 1 + given.number("markup_percent") / WHOLE
    return [given.measured({"pass_through": {"multiplier": written(multiplier)}})]


def split_bill(given: Parameters) -> list[Document]:
    """Split every line by weights; with a minimum, what is beyond it may be paid by others."""
    split = {"split": [dict(row) for row in given.rows("parties", "party weight")]}
    if "minimum" not in given:
        return [given.measured(per_unit(given["unit_amount"]), adjust=split)]
    priced = Parameters(given.preset, {"over_amount": given["unit_amount"], **given.values})
    standard, unders, overs = standard_unders_overs(priced, adjust=split)
    if "over_parties" in given:
        others = [dict(row) for row in given.rows("over_parties", "party weight")]
        overs = {**overs, "adjust": {**overs["adjust"], "split": others}}
    return [standard, unders, overs]


PRESETS = (
    Preset(
        39, "pass_through", "A cost passed on, with a markup.", pass_through, ("meter",), ("markup_percent",)
    ),
    Preset(
        39, "split_bill", "A line split between those who pay it; excess may go to others.", split_bill,
        ("meter", "unit_amount", "parties"), ("minimum", "under_amount", "over_amount", "over_parties"),
    ),
)  # fmt: skip

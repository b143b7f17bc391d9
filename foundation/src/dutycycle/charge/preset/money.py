"""Money agreed instead of units: commitments and shared pots."""

from __future__ import annotations

from dutycycle.charge.preset.parameter import Document, Parameters
from dutycycle.charge.preset.preset import Preset
from dutycycle.charge.preset.unit import per_unit


def dollar_commitment(given: Parameters) -> list[Document]:
    agreed: Document = {"amount": given["amount"]}
    if "carry_periods" in given:
        agreed["carry"] = {"periods": given["carry_periods"]}
        if "carry_cap" in given:
            agreed["carry"]["cap"] = given["carry_cap"]
    usage = given.measured(per_unit(given["unit_amount"]), "above", name="overage", baseline=agreed)
    return [given.flat(given["amount"], name=""), usage]


def shared_allowance_in_money(given: Parameters) -> list[Document]:
    """Weigh each meter with its price, so that the sum is money, and pass on what is beyond the pot."""
    rows = given.rows("meters", "meter unit_amount")
    measure = {
        "aggregation": "sum",
        "meters": [{"meter": row["meter"], "weight": row["unit_amount"]} for row in rows],
    }
    agreed = {"amount": given["amount"]}
    overage = given.measured({"pass_through": {}}, "above", name="overage", measure=measure, baseline=agreed)
    return [given.flat(given["amount"], name=""), overage]


PRESETS = (
    Preset(
        6, "dollar_commitment", "Money paid in advance and drawn down by usage; beyond it usage is billed.",
        dollar_commitment, ("amount", "meter", "unit_amount"), ("carry_periods", "carry_cap", "cadence"),
    ),
    Preset(
        7, "shared_allowance_in_money", "One pot of money for several meters, each at its own price.",
        shared_allowance_in_money, ("amount", "meters"), ("cadence",),
    ),
)  # fmt: skip

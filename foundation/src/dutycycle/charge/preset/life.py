"""Allowances that reach over several periods, or over the life of the contract."""

from __future__ import annotations

from dutycycle.charge.preset.parameter import Document, Parameters
from dutycycle.charge.preset.preset import Preset
from dutycycle.charge.preset.tier import tiers
from dutycycle.charge.preset.unit import per_unit


def cycle_and_life_excess(given: Parameters) -> list[Document]:
    """What is within the cycle, what is beyond it, and what is beyond the life so far, each on tiers of its own."""
    model = "volume" if given.get("untiered") else "graduated"
    cycle = {"quantity": given["cycle_units"]}
    life = {"quantity": given["life_units"], "window_periods": given["life_periods"]}
    parts = (
        ("", "base_tiers", "within", cycle),
        ("cycle excess", "cycle_tiers", "above", cycle),
        ("life excess", "life_tiers", "above", life),
    )
    return [
        given.measured({model: {"tiers": tiers(given, rows)}}, on, name=name, baseline=agreed)
        for name, rows, on, agreed in parts
    ]


def allowance_carry(given: Parameters) -> list[Document]:
    carry = {"periods": given["carry_periods"]}
    if "carry_cap" in given:
        carry["cap"] = given["carry_cap"]
    return _with_base(given, {"quantity": given["allowance"], "carry": carry})


def allowance_advance(given: Parameters) -> list[Document]:
    return _with_base(given, {"quantity": given["allowance"], "window_periods": given["periods"]})


def _with_base(given: Parameters, agreed: Document) -> list[Document]:
    base = [given.flat(given["base_amount"])] if "base_amount" in given else []
    return [*base, given.measured(per_unit(given["unit_amount"]), "above", baseline=agreed)]


PRESETS = (
    Preset(
        14, "cycle_and_life_excess", "Base units, an excess over the cycle, and an excess over the contracted life.",
        cycle_and_life_excess,
        ("meter", "cycle_units", "life_units", "life_periods", "base_tiers", "cycle_tiers", "life_tiers"),
        ("untiered",),
    ),
    Preset(
        18, "allowance_carry", "Unused allowance is carried for some periods, the oldest used first.", allowance_carry,
        ("meter", "allowance", "unit_amount", "carry_periods"), ("carry_cap", "base_amount", "cadence"),
    ),
    Preset(
        19, "allowance_advance", "One allowance for several periods together; what comes later may be used before.",
        allowance_advance, ("meter", "allowance", "periods", "unit_amount"), ("base_amount", "cadence"),
    ),
)  # fmt: skip

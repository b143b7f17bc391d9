"""Use as a part of the rent."""

from __future__ import annotations

from dutycycle.charge.preset.parameter import Document, Parameters, written
from dutycycle.charge.preset.preset import Preset


def shift_multiplier(given: Parameters) -> list[Document]:
    table, rent = [], given.number("rent")
    for index, row in enumerate(given.rows("bands", "multiplier", "up_to")):
        amount = rent * given.to_number(f"bands[{index}].multiplier", row["multiplier"])
        table.append({**({"up_to": row["up_to"]} if "up_to" in row else {}), "flat_amount": written(amount)})
    return [given.measured({"volume": {"tiers": table, "flat_at_zero": True}})]


def excess_as_share_of_rent(given: Parameters) -> list[Document]:
    share = {"per_unit": {"unit_amount": given["rent"], "per": given["included"]}}
    excess = given.measured(share, "above", name="excess", baseline={"quantity": given["included"]})
    return [given.flat(given["rent"], name=""), excess]


PRESETS = (
    Preset(
        12, "shift_multiplier", "The rent times a multiplier that depends on the hours used.", shift_multiplier,
        ("rent", "meter", "bands"),
    ),
    Preset(
        13, "excess_as_share_of_rent", "A rent for so many hours; an hour more costs its share of the rent.",
        excess_as_share_of_rent, ("rent", "meter", "included"), ("cadence",),
    ),
)  # fmt: skip

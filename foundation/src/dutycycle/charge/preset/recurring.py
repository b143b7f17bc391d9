"""Amounts that recur whatever is used: flat, in steps, by season, rising."""

from __future__ import annotations

from dutycycle.charge.preset.parameter import Document, Parameters
from dutycycle.charge.preset.preset import Preset


def flat_minimum(given: Parameters) -> list[Document]:
    return [given.flat(given["amount"], name="")]


def payment_schedule(given: Parameters) -> list[Document]:
    skipped = [{"month": month, "amount": "0"} for month in given.get("skip_months", [])]
    flat: Document = {"amount": given["amount"]}
    if "steps" in given:
        flat["stepped"] = [dict(row) for row in given.rows("steps", "from_period amount")]
    if skipped or "seasons" in given:
        seasons = given.rows("seasons", "month amount") if "seasons" in given else []
        flat["seasonal"] = [*skipped, *(dict(row) for row in seasons)]
    if given.get("spread"):
        flat["spread_over_other_months"] = True
    return [given.flat({"flat": flat}, name="")]


def escalator(given: Parameters) -> list[Document]:
    """A base and, if there is one, an overage, each with an escalator of its own."""
    charges = [given.flat(given["base_amount"], adjust={"escalator": given["base_escalator"]})]
    if "meter" in given:
        own = {"escalator": given.get("overage_escalator")} if "overage_escalator" in given else None
        price = {"per_unit": {"unit_amount": given.get("unit_amount", "0")}}
        if "allowance" in given:
            charges.append(given.measured(price, "above", baseline={"quantity": given["allowance"]}, adjust=own))
        else:
            charges.append(given.measured(price, adjust=own))
    return charges


PRESETS = (
    Preset(
        1, "flat_minimum", "An amount a month, whatever is used.", flat_minimum, ("amount",), ("cadence",),
        measures=False,
    ),
    Preset(
        32, "payment_schedule", "Payments in steps, with months skipped or at a seasonal amount.", payment_schedule,
        ("amount",), ("steps", "seasons", "skip_months", "spread", "cadence"), measures=False,
    ),
    Preset(
        33, "escalator", "A base and an overage price that rise, each by its own percentage or index.", escalator,
        ("base_amount", "base_escalator"), ("meter", "allowance", "unit_amount", "overage_escalator", "cadence"),
    ),
)  # fmt: skip

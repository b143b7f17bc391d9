"""One price for every unit: alone, above an allowance, with a minimum in units or in money."""

from __future__ import annotations

from typing import Any

from dutycycle.charge.preset.parameter import Document, Parameters
from dutycycle.charge.preset.preset import Preset


def cost_per_copy(given: Parameters) -> list[Document]:
    return [given.measured(per_unit(given["unit_amount"]))]


def allowance_with_overage(given: Parameters) -> list[Document]:
    agreed = {"quantity": given["allowance"], "basis": given.get("basis", "")}
    return [given.flat(given["base_amount"]), given.measured(per_unit(given["unit_amount"]), "above", baseline=agreed)]


def minimum_volume(given: Parameters) -> list[Document]:
    return standard_unders_overs(given)


def minimum_charge(given: Parameters) -> list[Document]:
    """Raise the charge itself, or add a line that tops it up; a skipped cycle is billed with the next one."""
    periods = given.get("cycle_periods")
    settle = {"reconcile": {"every_periods": periods, "bill_only_then": True}} if periods is not None else None
    price = per_unit(given["unit_amount"])
    if not given.get("own_line"):
        return [given.measured(price, bound={"minimum": given["minimum"]}, settle=settle)]
    usage = given.measured(price)
    top_up = {"commitment": {"amount": given["minimum"], "covers": [usage["id"]]}}
    return [usage, given.flat(top_up, name="top-up", cadence="in_arrears")]


def standard_unders_overs(given: Parameters, **parts: Any) -> list[Document]:
    """Write what is used up to the minimum, what is missing, and what is beyond if that has a price of its own."""
    agreed, price = {"quantity": given["minimum"]}, given["unit_amount"]
    over = given.get("over_amount")
    standard = given.measured(per_unit(price), *([] if over is None else ["within"]), baseline=agreed, **parts)
    under = per_unit(given.get("under_amount", price))
    charges = [standard, given.measured(under, "below", name="shortfall", baseline=agreed, **parts)]
    if over is not None:
        charges.append(given.measured(per_unit(over), "above", name="excess", baseline=agreed, **parts))
    return charges


def per_unit(amount: Any, credit: Any = None) -> Document:
    """Write the price of a unit, and of one that is credited."""
    price = {"unit_amount": amount}
    return {"per_unit": price if credit is None else {**price, "credit_unit_amount": credit}}


PRESETS = (
    Preset(
        2, "cost_per_copy", "Every unit at one price, nothing included.", cost_per_copy, ("meter", "unit_amount")
    ),
    Preset(
        3, "allowance_with_overage", "A base that includes an allowance; every unit above it at one price.",
        allowance_with_overage, ("base_amount", "meter", "allowance", "unit_amount"), ("basis", "cadence"),
    ),
    Preset(
        4, "minimum_volume", "What is missing from a minimum volume is billed on a line of its own.", minimum_volume,
        ("meter", "minimum", "unit_amount"), ("under_amount", "over_amount"),
    ),
    Preset(
        5, "minimum_charge", "Usage comes to a minimum amount at least.", minimum_charge,
        ("meter", "unit_amount", "minimum"), ("own_line", "cycle_periods"),
    ),
)  # fmt: skip

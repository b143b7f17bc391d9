"""Periods put right together, or smoothed."""

from __future__ import annotations

from dutycycle.charge.preset.parameter import Document, Parameters
from dutycycle.charge.preset.preset import Preset
from dutycycle.charge.preset.unit import per_unit, standard_unders_overs

YEAR = 12


def clawback(given: Parameters) -> list[Document]:
    return standard_unders_overs(given, settle={"reconcile": {"every_periods": given["every_periods"]}})


def annual_true_up(given: Parameters) -> list[Document]:
    """Bill overage as it happens and settle the year; with a price for what is unused, only the year is billed."""
    credit = given.get("credit_unit_amount")
    reconcile: Document = {"every_periods": given.get("every_periods", YEAR)}
    if "sides" in given:
        reconcile["sides"] = given["sides"]
    if given.get("bill_only_then", credit is not None):
        reconcile["bill_only_then"] = True
    on = "above" if credit is None else "difference"
    price = per_unit(given["unit_amount"], credit)
    agreed = {"quantity": given["allowance"]}
    return [given.measured(price, on, baseline=agreed, settle={"reconcile": reconcile})]


def rolling_mean(given: Parameters) -> list[Document]:
    measure = {"aggregation": "sum", "meter": given["meter"], "rolling_periods": given["periods"]}
    agreed = {"quantity": given["allowance"]}
    return [given.measured(per_unit(given["unit_amount"]), "above", measure=measure, baseline=agreed)]


PRESETS = (
    Preset(
        20, "clawback", "Shortfall and excess of single periods are given back where they cancel out.", clawback,
        ("meter", "minimum", "unit_amount", "every_periods"), ("under_amount", "over_amount"),
    ),
    Preset(
        21, "annual_true_up", "At the end of a year, the year as a whole is billed or given back.", annual_true_up,
        ("meter", "allowance", "unit_amount"), ("credit_unit_amount", "every_periods", "sides", "bill_only_then"),
    ),
    Preset(
        22, "rolling_mean", "The mean of the last periods is compared with the allowance.", rolling_mean,
        ("meter", "periods", "allowance", "unit_amount"),
    ),
)  # fmt: skip

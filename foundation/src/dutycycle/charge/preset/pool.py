"""Several assets or meters together."""

from __future__ import annotations

from dutycycle.charge.preset.parameter import Document, Parameters
from dutycycle.charge.preset.preset import Preset
from dutycycle.charge.preset.tier import tiers
from dutycycle.charge.preset.unit import per_unit


def pooled_allowance(given: Parameters) -> list[Document]:
    agreed = {"quantity": given["allowance_per_asset"], "per": "asset"}
    price = {"graduated": {"tiers": tiers(given, "tiers")}} if "tiers" in given else None
    if price is None:
        if "unit_amount" not in given:
            raise given.wrong("unit_amount", "is absent; give unit_amount, or tiers")
        price = per_unit(given["unit_amount"])
    pool = given.get("select", {"scope": "agreement"})
    return [given.measured(price, "above", baseline=agreed, select=pool)]


def pooled_tiers(given: Parameters) -> list[Document]:
    """One ladder: each record of use starts where the one before it ended, at the prices of its own service."""
    cells = []
    for index, row in enumerate(given.rows("services", "value tiers")):
        inner = Parameters(given.preset, {f"services[{index}].tiers": row["tiers"]})
        table = tiers(inner, f"services[{index}].tiers")
        match = [{"attribute": given["attribute"], "values": [row["value"]]}]
        cells.append({"match": match, "price": {"graduated": {"tiers": table}}})
    measure = {"aggregation": "sum", "meter": given["meter"], "each": "event"}
    return [given.measured({"matrix": {"cells": cells, "tiers": "in_order"}}, measure=measure)]


def weighted_meter_group(given: Parameters) -> list[Document]:
    group = {"aggregation": "sum", "meters": [dict(row) for row in given.rows("meters", "meter", "weight")]}
    price = per_unit(given["unit_amount"])
    if "minimum" not in given:
        return [given.measured(price, measure=group)]
    agreed, under = {"quantity": given["minimum"]}, per_unit(given.get("under_amount", given["unit_amount"]))
    return [
        given.measured(price, measure=group, baseline=agreed),
        given.measured(under, "below", name="shortfall", measure=group, baseline=agreed),
    ]


def shared_minimum(given: Parameters) -> list[Document]:
    """Bill each meter at its own price; what all of them miss of one minimum is a line of its own."""
    rows = given.rows("meters", "meter unit_amount", "counts")
    charges = [
        given.measured(
            per_unit(row["unit_amount"]),
            name=row["meter"].replace("_", " "),
            measure={"aggregation": "sum", "meter": row["meter"]},
        )
        for row in rows
    ]
    counted = [{"meter": row["meter"], "weight": row.get("counts", "1")} for row in rows]
    shortfall = given.measured(
        per_unit(given["under_amount"]),
        "below",
        name="shortfall",
        measure={"aggregation": "sum", "meters": counted},
        baseline={"quantity": given["minimum"]},
    )
    return [*charges, shortfall]


def offset_pooling_account(given: Parameters) -> list[Document]:
    """Debit and credit every difference, and bill the net of all periods together if it is a debit."""
    price = per_unit(given["unit_amount"], given.get("credit_unit_amount"))
    reconcile = {"every_periods": given.get("every_periods", 12), "bill_only_then": True}
    agreed = {"quantity": given["allowance_per_asset"], "per": "asset"}
    settle = {"reconcile": reconcile}
    return [given.measured(price, "difference", baseline=agreed, bound={"minimum": "0"}, settle=settle)]


PRESETS = (
    Preset(
        15, "pooled_allowance", "Use of many assets against the sum of their allowances.", pooled_allowance,
        ("meter", "allowance_per_asset"), ("unit_amount", "tiers"),
    ),
    Preset(
        15, "pooled_tiers", "Several services fill one set of tiers in order, each at its own prices.", pooled_tiers,
        ("meter", "attribute", "services"),
    ),
    Preset(
        16, "weighted_meter_group", "Several meters added with weights, perhaps with a minimum.", weighted_meter_group,
        ("meters", "unit_amount"), ("minimum", "under_amount"),
    ),
    Preset(
        17, "shared_minimum", "Several meters, each at its own price, with one minimum for all of them.",
        shared_minimum, ("meters", "minimum", "under_amount"),
    ),
    Preset(
        35, "offset_pooling_account", "More and less use offset each other; the net of a year is billed if it is owed.",
        offset_pooling_account, ("meter", "allowance_per_asset", "unit_amount"),
        ("credit_unit_amount", "every_periods"),
    ),
)  # fmt: skip

"""Prices that depend on what kind of use it was: events, bands of time, attributes."""

from __future__ import annotations

from typing import Any

from dutycycle.charge.preset.parameter import Document, Parameters
from dutycycle.charge.preset.preset import Preset
from dutycycle.charge.preset.unit import per_unit

BAND = "name weekdays from_hour to_hour months"


def fee_per_event(given: Parameters) -> list[Document]:
    """Bill each event with a least size, and cancelled ones by how many hours before they were cancelled."""
    events = {"aggregation": "sum", "meter": given["meter"], "minimum_event": given.get("minimum_event")}
    charges = [given.measured(per_unit(given["unit_amount"]), measure=events)]
    if "cancellations" not in given:
        return charges
    cells, least = [], "0"
    for row in given.rows("cancellations", "below_hours amount"):
        match = {"attribute": "notice_hours", "from": least, "to": row["below_hours"]}
        cells.append({"match": [match], "price": per_unit(row["amount"])})
        least = row["below_hours"]
    cancelled = [{"attribute": "status", "values": ["cancelled"]}]
    measure = {"aggregation": "count", "each": "event", "where": cancelled}
    ladder = {"matrix": {"cells": cells, "otherwise": per_unit("0")}}
    counted = {"unit": "cancellation", "units": "cancellations", "divide_by": None, "increment": None, "mode": None}
    return [*charges, given.measured(ladder, name="cancellation", measure=measure, quantify=counted)]


def time_of_use(given: Parameters) -> list[Document]:
    rows = given.rows("bands", "name unit_amount", BAND)
    rest = given["otherwise"]
    if not isinstance(rest, dict) or set(rest) != {"name", "unit_amount"}:
        raise given.wrong("otherwise", "gives name and unit_amount of all other time")
    rule: Document = {
        "bands": [{key: value for key, value in row.items() if key != "unit_amount"} for row in rows],
        "otherwise": rest["name"],
    }
    if "holidays" in given:
        rule["holidays"] = given["holidays"]
    cells = [_cell({"band": row["name"]}, row["unit_amount"]) for row in (*rows, rest)]
    measure = {"aggregation": "sum", "meter": given["meter"], "each": "band", "time_of_use": rule}
    return [given.measured({"matrix": {"cells": cells}}, measure=measure)]


def attribute_matrix(given: Parameters) -> list[Document]:
    cells = []
    for index, row in enumerate(given.rows("cells", "match unit_amount")):
        if not isinstance(row["match"], dict):
            raise given.wrong(f"cells[{index}].match", "gives attributes and their values")
        cells.append(_cell(row["match"], row["unit_amount"]))
    matrix: Document = {"cells": cells}
    if "otherwise_amount" in given:
        matrix["otherwise"] = per_unit(given["otherwise_amount"])
    measure = {"aggregation": "sum", "meter": given["meter"], "each": "event"}
    return [given.measured({"matrix": matrix}, measure=measure)]


def _cell(match: Document, amount: Any) -> Document:
    """Write a cell from the value, the values, or the range (`from`, `to`) of each attribute."""
    conditions = []
    for attribute, value in match.items():
        if isinstance(value, dict):
            conditions.append({"attribute": attribute, **value})
        else:
            conditions.append({"attribute": attribute, "values": value if isinstance(value, list) else [value]})
    return {"match": conditions, "price": per_unit(amount)}


PRESETS = (
    Preset(
        37, "fee_per_event", "A fee for each event of at least a certain size, and a ladder for cancelled ones.",
        fee_per_event, ("meter", "unit_amount"), ("minimum_event", "cancellations"),
    ),
    Preset(
        38, "time_of_use", "A price for each band of the day, week and year.", time_of_use,
        ("meter", "bands", "otherwise"), ("holidays",),
    ),
    Preset(
        38, "attribute_matrix", "A price for each combination of attributes.", attribute_matrix, ("meter", "cells"),
        ("otherwise_amount",),
    ),
)  # fmt: skip

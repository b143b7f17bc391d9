"""Assets in service, and what they save."""

from __future__ import annotations

from dutycycle.charge.preset.parameter import Document, Parameters, written
from dutycycle.charge.preset.preset import Preset
from dutycycle.charge.preset.unit import per_unit


def assets_in_service(given: Parameters) -> list[Document]:
    agreed: Document = {"quantity": given["agreed"]}
    for name in ("tolerance", "tolerance_rule"):
        if name in given:
            agreed[name] = given[name]
    measure = {"aggregation": "in_service_days", "carry_over": True}
    price = per_unit(given["unit_amount"], given.get("credit_unit_amount"))
    return [given.measured(price, "difference", measure=measure, baseline=agreed)]


def shared_savings(given: Parameters) -> list[Document]:
    price = per_unit(written(given.number("tariff") * given.number("share")))
    floor = {"minimum": given["floor"]} if "floor" in given else None
    return [given.measured(price, "below", baseline={"quantity": given["baseline"]}, bound=floor)]


PRESETS = (
    Preset(
        31, "assets_in_service", "Assets by their days in service against the quantity agreed, with a free band.",
        assets_in_service, ("agreed", "unit_amount"), ("credit_unit_amount", "tolerance", "tolerance_rule"),
    ),
    Preset(
        36, "shared_savings", "A share of what was saved against a baseline, and a floor.", shared_savings,
        ("meter", "baseline", "tariff", "share"), ("floor",),
    ),
)  # fmt: skip

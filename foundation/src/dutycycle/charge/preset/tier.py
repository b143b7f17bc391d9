"""Prices that depend on how much is used: tiers, bands, steps, blocks."""

from __future__ import annotations

from itertools import zip_longest

from dutycycle.charge.preset.parameter import Document, Parameters, written
from dutycycle.charge.preset.preset import Preset

TIER = "up_to size unit_amount flat_amount cap_amount from"


def graduated_above_baseline(given: Parameters) -> list[Document]:
    return [_above_allowance(given, {"graduated": {"tiers": tiers(given, "tiers")}})]


def volume_bands(given: Parameters) -> list[Document]:
    return [_above_allowance(given, {"volume": {"tiers": tiers(given, "tiers")}})]


def stairstep(given: Parameters) -> list[Document]:
    rows = given.rows("steps", "amount", "up_to")
    table = [_bounded({"flat_amount": row["amount"]}, row.get("up_to")) for row in rows]
    return [given.measured({"volume": {"tiers": table, "flat_at_zero": bool(given.get("at_zero"))}})]


def blocks(given: Parameters) -> list[Document]:
    package: Document = {"size": given["block_size"], "amount": given["block_amount"]}
    for name, field in (("free_units", "free_units"), ("minimum_blocks", "minimum_packages")):
        if name in given:
            package[field] = given[name]
    return [given.measured({"package": package})]


def tiered_with_overage(given: Parameters) -> list[Document]:
    table = [*tiers(given, "tiers"), {"unit_amount": given["overage_amount"]}]
    return [given.measured({"graduated": {"tiers": table}})]


def two_band_excess(given: Parameters) -> list[Document]:
    table = [
        {"up_to": given["first_excess"], "unit_amount": given["first_amount"]},
        {"unit_amount": given["beyond_amount"]},
    ]
    agreed: Document = {"quantity": given["allowance"]}
    if "term_periods" in given:
        agreed["window_periods"] = given["term_periods"]
    return [given.measured({"graduated": {"tiers": table}}, "above", baseline=agreed)]


def tiers(given: Parameters, name: str) -> list[Document]:
    """Return the rows of a tier table.

    Rows say where a tier ends (`up_to`, `size`), or which unit is the first of it: `from` 30 prices unit number 30, so
    the tier before it ends at 29.
    """
    rows = given.rows(name, "", TIER)
    if "from" not in rows[0]:
        return [dict(row) for row in rows]
    table = []
    for index, (row, after) in enumerate(zip_longest(rows, rows[1:])):
        end = None
        if after is not None:
            if "from" not in after:
                raise given.wrong(f"{name}[{index + 1}].from", "is absent; give the first unit of every tier")
            end = written(given.to_number(f"{name}[{index + 1}].from", after["from"]) - 1)
        table.append(_bounded({key: value for key, value in row.items() if key != "from"}, end))
    return table


def _bounded(tier: Document, end: str | None) -> Document:
    return tier if end is None else {"up_to": end, **tier}


def _above_allowance(given: Parameters, price: Document) -> Document:
    if "allowance" not in given:
        return given.measured(price)
    agreed = {"quantity": given["allowance"], "basis": given.get("basis", "")}
    return given.measured(price, "above", baseline=agreed)


PRESETS = (
    Preset(
        8, "graduated_above_baseline", "Each unit at the price of the tier in which it falls, above an allowance.",
        graduated_above_baseline, ("meter", "tiers"), ("allowance", "basis"),
    ),
    Preset(
        9, "volume_bands", "All units at the price of the band that the volume reaches.", volume_bands,
        ("meter", "tiers"), ("allowance", "basis"),
    ),
    Preset(
        10, "stairstep", "An amount for the step that the volume reaches.", stairstep, ("meter", "steps"), ("at_zero",)
    ),
    Preset(
        10, "blocks", "Whole blocks of units; a started one counts.", blocks, ("meter", "block_size", "block_amount"),
        ("free_units", "minimum_blocks"),
    ),
    Preset(
        11, "tiered_with_overage", "Tiers up to an end, and one price for everything beyond.", tiered_with_overage,
        ("meter", "tiers", "overage_amount"),
    ),
    Preset(
        34, "two_band_excess", "The first units of the excess at one price, those beyond at another.", two_band_excess,
        ("meter", "allowance", "first_excess", "first_amount", "beyond_amount"), ("term_periods",),
    ),
)  # fmt: skip

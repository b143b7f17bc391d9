"""Capacity: reserved, used on average, at its peak; commitments that follow growth; blocks bought ahead."""

from __future__ import annotations

from dutycycle.charge.preset.parameter import Document, Parameters, written
from dutycycle.charge.preset.preset import Preset
from dutycycle.charge.preset.tier import tiers
from dutycycle.charge.preset.unit import per_unit


def prepaid_blocks(given: Parameters) -> list[Document]:
    prepaid = {"block_size": given["block_size"], "block_amount": given["block_amount"]}
    if "expires_after_periods" in given:
        prepaid["expires_after_periods"] = given["expires_after_periods"]
    return [given.measured({"prepaid": prepaid})]


def reserved_capacity(given: Parameters) -> list[Document]:
    if "tiers" in given:
        price = {"graduated": {"tiers": tiers(given, "tiers")}}
    elif "unit_amount" in given:
        price = per_unit(given["unit_amount"])
    else:
        raise given.wrong("unit_amount", "is absent; give unit_amount, or tiers")
    return [given.measured(price, "at_least", measure=_daily(given), baseline={"quantity": given["committed"]})]


def capped_at_installed(given: Parameters) -> list[Document]:
    most = written(given.number("installed") * given.number("share"))
    return [given.measured(per_unit(given["unit_amount"]), measure=_daily(given), quantify={"at_most": most})]


def burst(given: Parameters) -> list[Document]:
    """Committed capacity in advance; the mean of what each day has beyond it, dearer past a limit."""
    committed = written(given.number("committed") * given.number("unit_amount"))
    measure = _daily(given)
    measure["window"]["above"] = given["committed"]
    table = [
        {"up_to": given["burst_limit"], "unit_amount": given["unit_amount"]},
        {"unit_amount": given["premium_amount"]},
    ]
    beyond = given.measured({"graduated": {"tiers": table}}, name="burst", measure=measure)
    return [given.flat(committed, name=""), beyond]


def ratchet(given: Parameters) -> list[Document]:
    agreed: Document = {"quantity": given["commitment"], "ratchet": {}}
    return [given.measured(per_unit(given["unit_amount"]), "at_least", baseline=agreed)]


def ratchet_with_limited_shrink(given: Parameters) -> list[Document]:
    moves = {"shrink": given["shrink"]}
    if "look_back" in given:
        moves["look_back"] = given["look_back"]
    agreed = {"quantity": given["commitment"], "ratchet": moves}
    return [given.measured(per_unit(given["unit_amount"]), "at_least", baseline=agreed)]


def high_water_mark(given: Parameters) -> list[Document]:
    measure = {"aggregation": "concurrent_peak", "meter": given.get("meter"), "carry_over": True}
    return [given.measured(per_unit(given["unit_amount"]), measure=measure)]


def percentile(given: Parameters) -> list[Document]:
    """Samples of equal length, the top part dropped; a window without use is a sample of zero."""
    measure = {
        "aggregation": "max",
        "meter": given["meter"],
        "percentile": given.get("percentile", "95"),
        "window": {"every": given.get("every", "5"), "then": "percentile"},
    }
    price = per_unit(given["unit_amount"])
    if "committed" not in given:
        return [given.measured(price, measure=measure)]
    return [given.measured(price, "at_least", measure=measure, baseline={"quantity": given["committed"]})]


def _daily(given: Parameters) -> Document:
    """Measure the highest value of each day, then the mean of all days; a day without a value is zero."""
    return {"aggregation": "max", "meter": given["meter"], "window": {"every": "day", "then": "mean"}}


PRESETS = (
    Preset(
        23, "prepaid_blocks", "Blocks bought when they are needed and used up over time, perhaps with an end.",
        prepaid_blocks, ("meter", "block_size", "block_amount"), ("expires_after_periods",),
    ),
    Preset(
        24, "reserved_capacity", "The mean of the days, and at least what is reserved.", reserved_capacity,
        ("meter", "committed"), ("unit_amount", "tiers"),
    ),
    Preset(
        25, "capped_at_installed", "The mean of the days, and at most a share of what is installed.",
        capped_at_installed, ("meter", "installed", "share", "unit_amount"),
    ),
    Preset(
        26, "burst", "Reserved capacity in advance; bursts at its price up to a limit, beyond it dearer.", burst,
        ("meter", "committed", "unit_amount", "burst_limit", "premium_amount"), ("cadence",),
    ),
    Preset(
        27, "ratchet", "A commitment that grows with use and never falls.", ratchet,
        ("meter", "commitment", "unit_amount"),
    ),
    Preset(
        28, "ratchet_with_limited_shrink", "A commitment that grows with use and falls by a share at most.",
        ratchet_with_limited_shrink, ("meter", "commitment", "unit_amount", "shrink"), ("look_back",),
    ),
    Preset(
        29, "high_water_mark", "The most that was in use at one time.", high_water_mark, ("unit_amount",), ("meter",)
    ),
    Preset(
        30, "percentile", "Samples sorted downwards, the top part free, the next one billed.", percentile,
        ("meter", "unit_amount"), ("percentile", "every", "committed"),
    ),
)  # fmt: skip

"""How commands print rated lines."""

from __future__ import annotations

from collections.abc import Iterable

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.output import table
from dutycycle.runtime.wire import money_from_proto, period_from_proto

_COLUMNS = ["Line", "Charge", ">Baseline", ">Used", ">Adjustment", "Unit", "Rate", ">Amount"]


def print_lines(lines: Iterable[rating_pb2.RatedLine], title: str = "") -> None:
    """Print a row a line; its id is what `dutycycle rating explain` takes."""
    rows = [
        [
            line.id,
            _charge(line),
            line.baseline_quantity.value,
            line.used_quantity.value,
            line.adjustment_quantity.value,
            line.units,
            line.rate_text,
            money_from_proto(line.amount).text(),
        ]
        for line in lines
    ]
    table(_COLUMNS, rows, title)


def _charge(line: rating_pb2.RatedLine) -> str:
    """Write what a line is for; two base charges differ only in their month."""
    if line.kind != rating_pb2.LINE_KIND_BASE:
        return line.label
    return f"{line.label}, {period_from_proto(line.service_period).title}"

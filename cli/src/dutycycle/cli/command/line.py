"""How commands print rated lines."""

from __future__ import annotations

from collections.abc import Iterable

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.output import console, table
from dutycycle.kit.money import Money
from dutycycle.runtime.wire import decimal_from_proto, money_from_proto, period_from_proto

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


def print_steps(line: rating_pb2.RatedLine) -> None:
    """Print the charge in words, its arithmetic, and who has what of the amount."""
    console.print(line.charge_text)
    table(["Step", "What", ">Amount"], [[step.stage, step.text, step.amount.value] for step in line.steps])
    console.print(f"Amount {money_from_proto(line.amount).text()}\n")
    for title, shares in (("Paid by", line.parties), ("Part of", line.allocations)):
        if shares:
            currency = line.amount.currency_code
            rows = [[share.key, Money(decimal_from_proto(share.amount), currency).text()] for share in shares]
            table([title, ">Amount"], rows)
            console.print()


def _charge(line: rating_pb2.RatedLine) -> str:
    """Write what a line is for; two base charges of a statement differ only in their month."""
    if line.kind != rating_pb2.LINE_KIND_BASE or not line.HasField("service_period"):
        return line.label
    return f"{line.label}, {period_from_proto(line.service_period).title}"

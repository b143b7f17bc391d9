"""Rated lines as they stand in the tables of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.demo.pages.wording import NOTHING, days, money, number, places, quantity, signed
from dutycycle.kit.ids import slug


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of an invoice."""

    title: str
    period: str
    units: str
    baseline: str
    used: str
    adjustment: str
    rate: str
    charge: str
    link: str
    """Page that explains the line, from the index; empty if it has none."""


def line_rows(lines: Sequence[rating_pb2.RatedLine], links: Mapping[str, str]) -> dict[str, list[LineRow]]:
    """Return rows by the title of their schedule; `links` are pages by the id of a line."""
    digits = unit_places(lines)
    groups: dict[str, list[LineRow]] = {}
    for line in lines:
        baseline, used, adjustment = _quantities(line)
        places_shown = digits[line.units]
        row = LineRow(
            title=line.label,
            period=days(line.service_period),
            units=line.units,
            baseline=NOTHING if baseline is None else quantity(baseline, places_shown),
            used=NOTHING if used is None else quantity(used, places_shown),
            adjustment=NOTHING if adjustment is None else signed(adjustment, places_shown),
            rate=line.rate_text,
            charge=money(line.amount),
            link=links.get(line.id, ""),
        )
        groups.setdefault(line.schedule_display_name, []).append(row)
    return groups


def unit_places(lines: Iterable[rating_pb2.RatedLine]) -> dict[str, int]:
    """Return how many digits after the point the quantities of each unit show, so that they stand in line."""
    quantities: dict[str, list[Decimal]] = {}
    for line in lines:
        quantities.setdefault(line.units, []).extend(value for value in _quantities(line) if value is not None)
    return {units: places(values) for units, values in quantities.items()}


def telling(lines: Sequence[rating_pb2.RatedLine]) -> rating_pb2.RatedLine | None:
    """Return the line of usage that is farthest from its baseline; None if no line has one."""
    compared = [
        line for line in lines if line.kind == rating_pb2.LINE_KIND_USAGE and line.HasField("baseline_quantity")
    ]
    return max(compared, key=lambda line: abs(number(line.adjustment_quantity)), default=None)


def is_measured(line: rating_pb2.RatedLine) -> bool:
    """Whether usage records stand behind a line."""
    return line.HasField("used_quantity") and number(line.used_quantity) > 0


def line_path(invoice: str, line: str) -> str:
    """Return where the page of a line is, from the index."""
    return f"lines/{invoice}-{slug(line)}.html"


def _quantities(line: rating_pb2.RatedLine) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return baseline, used and adjustment."""
    return (
        number(line.baseline_quantity) if line.HasField("baseline_quantity") else None,
        number(line.used_quantity) if line.HasField("used_quantity") else None,
        number(line.adjustment_quantity) if line.HasField("adjustment_quantity") else None,
    )

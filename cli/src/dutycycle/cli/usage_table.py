"""A CSV file of usage, as `dutycycle rate` reads it, to the records of the API."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zoneinfo import ZoneInfo

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.errors import InvalidInputError
from dutycycle.runtime.wire import timestamp_to_proto

OCCURRED, ASSET, ID, REMOVES = "occurred_at", "asset", "id", "removes"
_ATTRIBUTE = "attr."
_FLAGS = {"": False, "false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}


def read_usage(path: Path, zone: str) -> list[rating_pb2.UsagePoint]:
    """Read a file with the columns occurred_at, asset, id, removes, `attr.<name>`, and one a meter.

    Only occurred_at must be there. Empty cells are missing values; times without an offset are in `zone`. Raises
    InvalidInputError naming file, line and column.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        columns = rows.fieldnames or ()
        if OCCURRED not in columns:
            raise _wrong(f"{path}, line 1", f"has no column {OCCURRED}; there are {', '.join(columns) or 'none'}")
        if len(set(columns)) < len(columns):
            raise _wrong(f"{path}, line 1", "names a column twice")
        meters = [name for name in columns if name not in (OCCURRED, ASSET, ID, REMOVES) and not _is_attribute(name)]
        return [_point(row, meters, zone, f"{path}, line {rows.line_num}") for row in rows]


def _is_attribute(column: str) -> bool:
    return column.startswith(_ATTRIBUTE)


def _point(row: Mapping[str | None, str | None], meters: Iterable[str], zone: str, where: str) -> rating_pb2.UsagePoint:
    if None in row or None in row.values():
        raise _wrong(where, "has not as many cells as the heading")
    cells = {str(name): (value or "").strip() for name, value in row.items()}
    removes = cells.get(REMOVES, "").lower()
    if removes not in _FLAGS:
        raise _wrong(f"{where}, {REMOVES}", f"{removes!r} is neither true nor false")
    return rating_pb2.UsagePoint(
        occurred_time=timestamp_to_proto(_instant(cells[OCCURRED], zone, f"{where}, {OCCURRED}")),
        asset=cells.get(ASSET, ""),
        id=cells.get(ID, ""),
        removes=_FLAGS[removes],
        quantities={name: _number(cells[name], f"{where}, {name}") for name in meters if cells[name]},
        attributes={
            name.removeprefix(_ATTRIBUTE): value for name, value in cells.items() if _is_attribute(name) and value
        },
    )


def _instant(text: str, zone: str, where: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise _wrong(where, f"{text!r} is no time; write it as 2024-01-31T12:00:00Z") from None
    return at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(zone))


def _number(text: str, where: str) -> str:
    try:
        finite = Decimal(text).is_finite()
    except InvalidOperation:
        finite = False
    if not finite:
        raise _wrong(where, f"{text!r} is no number; digits and a decimal point")
    return text


def _wrong(where: str, what: str) -> InvalidInputError:
    return InvalidInputError("USAGE_UNREADABLE", f"{where}: {what}", {"where": where})

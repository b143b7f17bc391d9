"""Column mapping: how the rows of a file become usage records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from dutycycle.ingest.errors import file_refused
from dutycycle.ingest.record import MeterValues, UsageBatch, from_microseconds, scaled_value, to_microseconds

Cell = str | int | float | bool | datetime | date | None
_COLUMN = re.compile(r"\{([^{}]+)\}")
_ABSENT = frozenset({"", "NA", "N/A"})


@dataclass(frozen=True, slots=True)
class MeterMapping:
    """A column that holds a meter; without a column every row counts `constant`."""

    meter: str
    column: str
    constant: int
    scale: int


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A declared mapping: nothing about a file is guessed."""

    name: str
    sheet: str
    source: str
    """Pattern with columns in braces: "ops-{carrier}"."""
    event_id: str
    asset_identity: str
    occurred_at: str
    time_zone: str
    """IANA zone of times that carry no offset; empty if such times are to be refused."""
    meters: Sequence[MeterMapping]
    dimensions: Sequence[str]

    def columns(self) -> set[str]:
        """Return every column that a file must have."""
        named = {self.asset_identity, self.occurred_at, *self.dimensions}
        named |= {m.column for m in self.meters if m.column}
        for pattern in (self.source, self.event_id):
            named |= set(_COLUMN.findall(pattern))
        return named

    def check_header(self, file_name: str, header: Sequence[str]) -> None:
        """Raise if a column is missing: the file as a whole cannot be read."""
        missing = sorted(self.columns() - set(header))
        if missing:
            raise file_refused(
                file_name, f"mapping {self.name!r} needs the columns {', '.join(missing)}; it has {', '.join(header)}"
            )
        doubtful = sorted(column for column in self.columns() if list(header).count(column) > 1)
        if doubtful:
            raise file_refused(file_name, f"has more than one column {', '.join(doubtful)}; which one counts?")


@dataclass(frozen=True, slots=True)
class MappedRow:
    """A row as a record; `row` is its place among the data rows of the file, from 0."""

    row: int
    source: str
    event_id: str
    occurred_at_us: int
    asset_identity: str
    values: Sequence[int | None]
    dimensions: Sequence[str]


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """A row that is no record at all."""

    row: int
    cells: Mapping[str, str]
    message: str


def map_row(mapping: FileMapping, row: int, cells: Mapping[str, Cell]) -> MappedRow | UnreadableRow:
    """Turn one row into a record, or say which cell is wrong and what it should be."""
    try:
        at_us = _instant(cells[mapping.occurred_at], mapping)
        texts = {column: cell_text(value) for column, value in cells.items()}
        for column, text in texts.items():
            if "\0" in text:
                raise ValueError(f"column {column} holds a NUL character, which is no text")
        # The time goes into ids as the instant it is, so that every door writes the same id.
        texts[mapping.occurred_at] = from_microseconds(at_us).strftime("%Y-%m-%dT%H:%M:%SZ")
        return MappedRow(
            row=row,
            source=_fill(mapping.source, texts).lower(),
            event_id=_fill(mapping.event_id, texts),
            occurred_at_us=at_us,
            asset_identity=_present(texts[mapping.asset_identity]),
            values=[_value(meter, cells) for meter in mapping.meters],
            dimensions=[_present(texts[key]) for key in mapping.dimensions],
        )
    except ValueError as error:
        shown = {column: cell_text(value).replace("\0", "\ufffd") for column, value in cells.items()}
        return UnreadableRow(row, shown, str(error))


def batches_of(mapping: FileMapping, rows: Iterable[MappedRow]) -> list[tuple[UsageBatch, list[int]]]:
    """Group rows into one batch a source; beside each batch the file rows of its rows."""
    by_source: dict[str, list[MappedRow]] = {}
    for row in rows:
        by_source.setdefault(row.source, []).append(row)
    return [(_batch(mapping, source, group), [r.row for r in group]) for source, group in sorted(by_source.items())]


def _batch(mapping: FileMapping, source: str, rows: Sequence[MappedRow]) -> UsageBatch:
    return UsageBatch(
        source=source,
        event_ids=[r.event_id for r in rows],
        occurred_at_us=[r.occurred_at_us for r in rows],
        asset_identities=[r.asset_identity for r in rows],
        meters=[
            MeterValues(
                meter.meter,
                meter.scale,
                [r.values[i] or 0 for r in rows],
                frozenset(place for place, r in enumerate(rows) if r.values[i] is None),
            )
            for i, meter in enumerate(mapping.meters)
        ],
        dimensions={key: [r.dimensions[i] for r in rows] for i, key in enumerate(mapping.dimensions)},
    )


def cell_text(value: Cell) -> str:
    """Write a cell as text; a workbook's 1545.0 is the number 1545."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value).strip()


def _present(text: str) -> str:
    return "" if text in _ABSENT else text


def _fill(pattern: str, texts: Mapping[str, str]) -> str:
    for column in _COLUMN.findall(pattern):
        if not _present(texts[column]):
            raise ValueError(f"column {column} is empty, but the record is identified by it")
    return _COLUMN.sub(lambda match: texts[match[1]], pattern)


def _instant(value: Cell, mapping: FileMapping) -> int:
    column = mapping.occurred_at
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001  # midnight; its zone is given below
    if not isinstance(value, datetime):
        try:
            value = datetime.fromisoformat(cell_text(value))
        except ValueError:
            raise ValueError(f"column {column}: {value!r} is no time; write it as 2013-10-01T10:00:00Z") from None
    if value.tzinfo is None:
        if not mapping.time_zone:
            raise ValueError(f"column {column}: {value} has no offset and the mapping names no time zone")
        value = value.replace(tzinfo=ZoneInfo(mapping.time_zone))
    try:
        return to_microseconds(value.astimezone(UTC))
    except OverflowError:
        raise ValueError(f"column {column}: {value} is out of range") from None


def _value(meter: MeterMapping, cells: Mapping[str, Cell]) -> int | None:
    if not meter.column:
        return meter.constant
    text = _present(cell_text(cells[meter.column]))
    if not text:
        return None
    try:
        return scaled_value(Decimal(text), meter.scale)
    except InvalidOperation:
        raise ValueError(f"column {meter.column}: {text!r} is no number") from None
    except ValueError as error:
        raise ValueError(f"column {meter.column}: {error}") from None

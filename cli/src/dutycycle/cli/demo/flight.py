"""The carriers' operations systems, played from the file of flights: the same record for whatever door."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import xlsxwriter

from dutycycle.api.ingest.v1 import ingest_pb2 as pb

COLUMNS = ("carrier", "tailnum", "flight", "origin", "dest", "departed_utc_hour", "air_time_min", "distance_mi")
_BATCH_ROWS = 2_000
_MESSAGE_ROWS = 250
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Flight:
    """One row of the file."""

    carrier: str
    tailnum: str
    flight: str
    origin: str
    dest: str
    departed_utc_hour: str
    air_time_min: str
    distance_mi: str

    @property
    def source(self) -> str:
        return f"ops-{self.carrier.lower()}"

    @property
    def event_id(self) -> str:
        return f"{self.carrier}-{self.flight}-{self.origin}-{self.departed_utc_hour}"

    @property
    def utc_month(self) -> str:
        return self.departed_utc_hour[:7]


def read_flights(path: Path) -> list[Flight]:
    """Read the file; "NA" means that there is no value."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [Flight(*("" if row[name] == "NA" else row[name] for name in COLUMNS)) for row in rows]


def grouped(flights: Sequence[Flight], key: Callable[[Flight], str]) -> dict[str, list[Flight]]:
    """Group flights, groups in the order of their key."""
    groups: dict[str, list[Flight]] = defaultdict(list)
    for flight in flights:
        groups[key(flight)].append(flight)
    return dict(sorted(groups.items()))


def usage_batches(flights: Sequence[Flight]) -> Iterator[pb.UsageBatch]:
    """Write flights as columnar batches, one source each."""
    for source, group in grouped(flights, lambda f: f.source).items():
        for part in _parts(group, _BATCH_ROWS):
            yield pb.UsageBatch(
                source=source,
                event_ids=[f.event_id for f in part],
                occurred_at_us=[_microseconds(f.departed_utc_hour) for f in part],
                asset_identities=[f.tailnum for f in part],
                meters=[
                    _column("air_minutes", [f.air_time_min for f in part]),
                    _column("cycles", ["1"] * len(part)),
                    _column("miles", [f.distance_mi for f in part]),
                ],
                dimensions=[
                    pb.DimensionColumn(key="flight", values=[f.flight for f in part]),
                    pb.DimensionColumn(key="origin", values=[f.origin for f in part]),
                    pb.DimensionColumn(key="dest", values=[f.dest for f in part]),
                ],
            )


def device_messages(flights: Sequence[Flight]) -> Iterator[list[dict[str, Any]]]:
    """Write flights of one carrier as the record lists of device messages."""
    for part in _parts(flights, _MESSAGE_ROWS):
        yield [
            {
                "id": f.event_id,
                "at": f.departed_utc_hour,
                "asset": f.tailnum,
                "meters": {
                    meter: text
                    for meter, text in (("air_minutes", f.air_time_min), ("cycles", "1"), ("miles", f.distance_mi))
                    if text
                },
                "dimensions": {"flight": f.flight, "origin": f.origin, "dest": f.dest},
            }
            for f in part
        ]


def write_csv(flights: Sequence[Flight], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([getattr(flight, name) for name in COLUMNS] for flight in flights)


def write_workbook(flights: Sequence[Flight], path: Path) -> None:
    """Write sheet "Flights" with real numbers and dates, as an operations system would export it."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        heading = workbook.add_format({"bold": True, "bottom": 1})
        hour = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = workbook.add_worksheet("Flights")
        sheet.set_column(0, len(COLUMNS) - 1, 17)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name, heading)
        for row, f in enumerate(flights, start=1):
            for column, text in enumerate((f.carrier, f.tailnum)):
                sheet.write_string(row, column, text)
            sheet.write_number(row, 2, int(f.flight))
            sheet.write_string(row, 3, f.origin)
            sheet.write_string(row, 4, f.dest)
            sheet.write_datetime(row, 5, datetime.fromisoformat(f.departed_utc_hour).replace(tzinfo=None), hour)
            if f.air_time_min:
                sheet.write_number(row, 6, int(f.air_time_min))
            sheet.write_number(row, 7, int(f.distance_mi))


def _column(meter: str, texts: Sequence[str]) -> pb.MeterColumn:
    return pb.MeterColumn(
        meter=meter,
        values=[int(text or 0) for text in texts],
        missing_rows=[row for row, text in enumerate(texts) if not text],
    )


def _microseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1_000_000


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]

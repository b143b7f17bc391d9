"""Rows of files become records by a declared mapping, whatever a spreadsheet makes of a cell; nothing is guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.ingest.convert import mapping_from_proto
from dutycycle.ingest.errors import Reason
from dutycycle.ingest.mapping import FileMapping, MappedRow, MeterMapping, UnreadableRow, batches_of, cell_text, map_row
from dutycycle.ingest.record import to_microseconds
from dutycycle.kit.errors import InvalidInputError
from tests.unit.ingest.usage import HEADER, NOON_US, cells, mapping


def mapped(rule: FileMapping | None = None, **changes: Any) -> MappedRow:
    row = map_row(rule or mapping(), 7, cells(**changes))
    assert isinstance(row, MappedRow), row
    return row


def unreadable(rule: FileMapping | None = None, **changes: Any) -> str:
    row = map_row(rule or mapping(), 7, cells(**changes))
    assert isinstance(row, UnreadableRow), row
    assert row.row == 7
    return row.message


def test_a_row_as_a_record() -> None:
    assert mapped() == MappedRow(7, "ops-fl", "FL-12-2024-03-05T12:00:00Z", NOON_US, "N1", [60, 1], ["JFK"])


@pytest.mark.parametrize(
    "departed",
    [
        "2024-03-05T12:00:00Z",
        "2024-03-05 12:00:00+00:00",
        " 2024-03-05T07:00:00-05:00 ",
        "2024-03-05T17:45+05:45",
        datetime(2024, 3, 5, 12, tzinfo=UTC),
    ],
)
def test_one_instant_has_one_id_however_it_is_written(departed: object) -> None:
    assert mapped(departed=departed) == mapped()


@pytest.mark.parametrize(
    "departed",
    ["2024-03-05 07:00:00", "2024-03-05T07:00", datetime(2024, 3, 5, 7)],  # noqa: DTZ001  # a workbook's dates have no zone
)
def test_a_time_without_offset_is_read_in_the_zone_of_the_mapping_or_not_at_all(departed: object) -> None:
    assert mapped(mapping(time_zone="America/New_York"), departed=departed) == mapped()
    assert "no offset and the mapping names no time zone" in unreadable(departed=departed)


def test_a_date_is_its_midnight_in_the_zone_of_the_mapping() -> None:
    row = mapped(mapping(time_zone="America/New_York"), departed=date(2024, 7, 1))
    assert row.occurred_at_us == to_microseconds(datetime(2024, 7, 1, 4, tzinfo=UTC))


@pytest.mark.parametrize("departed", ["", None, "noon", "05.03.2024", 45_356.5, True, "0001-01-01T00:00:00+14:00"])
def test_what_is_no_time_is_unreadable(departed: object) -> None:
    assert "column departed" in unreadable(departed=departed)


@pytest.mark.parametrize(("flight", "text"), [(12.0, "12"), ("12", "12"), (12, "12"), (" 12 ", "12"), ("012", "012")])
def test_a_number_of_a_workbook_is_the_number_of_the_text_file(flight: object, text: str) -> None:
    assert mapped(flight=flight).event_id == f"FL-{text}-2024-03-05T12:00:00Z"


@pytest.mark.parametrize("air_time", [60, 60.0, "60", " 60 ", "60.0", "6E1"])
def test_a_value_however_it_is_written(air_time: object) -> None:
    assert mapped(air_time=air_time).values == [60, 1]


@pytest.mark.parametrize("air_time", [None, "", "NA", "N/A", " "])
def test_no_value_is_missing_and_not_zero(air_time: object) -> None:
    row = mapped(air_time=air_time)
    assert row.values == [None, 1]
    [(batch, _)] = batches_of(mapping(), [row])
    assert batch.defect(0) == (Reason.NO_METER_VALUE, "minutes has no value; add it and replay the record")


@pytest.mark.parametrize(
    "air_time",
    [
        "sixty",
        "1,5",
        "60.5",
        60.5,
        "NaN",
        "inf",
        "-Infinity",
        "1e999999999",
        "9223372036854775808",
        True,
        "1:00",
        time(1),
    ],
)
def test_what_is_no_value_is_unreadable(air_time: object) -> None:
    assert "column air_time" in unreadable(air_time=air_time)


def test_digits_are_kept_as_far_as_the_mapping_says() -> None:
    rule = mapping(meters=[MeterMapping("hours", "air_time", 0, 2)])
    assert mapped(rule, air_time="1.50").values == [150]
    assert mapped(rule, air_time=0.1).values == [10], "a cell of 0.1 is a tenth, not the float beside it"
    assert "more than 2 digits" in unreadable(rule, air_time="1.005")


@pytest.mark.parametrize("tail", [None, "", "NA", "N/A"])
def test_a_record_without_identity_is_a_record(tail: object) -> None:
    row = mapped(tail=tail)
    assert row.asset_identity == ""
    [(batch, _)] = batches_of(mapping(), [row])
    defect = batch.defect(0)
    assert defect is not None
    assert defect[0] is Reason.NO_ASSET_IDENTITY


@pytest.mark.parametrize("column", ["carrier", "flight"])
@pytest.mark.parametrize("value", [None, "", "NA"])
def test_a_record_that_cannot_be_identified_is_unreadable(column: str, value: object) -> None:
    assert unreadable(**{column: value}) == f"column {column} is empty, but the record is identified by it"


def test_an_unreadable_row_is_kept_as_it_came_where_text_can_be_kept() -> None:
    row = map_row(mapping(), 0, cells(departed="noon", tail="N\0", air_time=60.0, origin=None))
    assert isinstance(row, UnreadableRow)
    assert row.cells == {
        **cells(),
        "flight": "12",
        "departed": "noon",
        "tail": "N\ufffd",
        "air_time": "60",
        "origin": "",
    }


def test_a_nul_in_a_cell_is_no_text() -> None:
    assert "NUL" in unreadable(tail="N\0")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" x ", "x"),
        (1545.0, "1545"),
        (-0.0, "0"),
        (1e16, "10000000000000000"),
        (0.25, "0.25"),
        (datetime(2024, 3, 5, 12, tzinfo=UTC), "2024-03-05 12:00:00+00:00"),
        (date(2024, 3, 5), "2024-03-05"),
    ],
)
def test_cell_text(value: Any, text: str) -> None:
    assert cell_text(value) == text


def test_a_batch_a_source_and_beside_it_the_rows_of_the_file() -> None:
    rows = [
        map_row(mapping(), number, cells(carrier=carrier, flight=number))
        for number, carrier in enumerate(["HA", "FL", "ha", "FL"])
    ]
    batches = batches_of(mapping(), [row for row in rows if isinstance(row, MappedRow)])
    assert [(batch.source, file_rows) for batch, file_rows in batches] == [("ops-fl", [1, 3]), ("ops-ha", [0, 2])]
    assert [list(batch.event_ids) for batch, _ in batches] == [
        ["FL-1-2024-03-05T12:00:00Z", "FL-3-2024-03-05T12:00:00Z"],
        ["HA-0-2024-03-05T12:00:00Z", "ha-2-2024-03-05T12:00:00Z"],
    ]


def test_a_header_has_every_column_once() -> None:
    mapping().check_header("a.csv", [*HEADER, "remark", "remark"])
    with pytest.raises(InvalidInputError, match="needs the columns departed, tail;"):
        mapping().check_header("a.csv", ["carrier", "flight", "air_time", "origin"])
    with pytest.raises(InvalidInputError, match="more than one column tail"):
        mapping().check_header("a.csv", [*HEADER, "tail"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", ""),
        ("event_id", ""),
        ("asset_identity", ""),
        ("occurred_at", ""),
        ("time_zone", "New York"),
        ("meters", []),
        ("meters[0].meter", [pb.MeterMapping(column="x")]),
        ("meters[1].meter", [pb.MeterMapping(meter="m", constant=1), pb.MeterMapping(meter="m", column="x")]),
        ("meters[0].scale", [pb.MeterMapping(meter="m", column="x", scale=10)]),
        ("meters[0].constant", [pb.MeterMapping(meter="m", constant=-1)]),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_before_a_file_is(field: str, value: Any) -> None:
    meters = [pb.MeterMapping(meter="minutes", column="air_time")]
    usual = {"source": "s", "event_id": "{id}", "asset_identity": "tail", "occurred_at": "at", "meters": meters}
    assert mapping_from_proto(pb.FileMapping(**usual)).columns() == {"id", "tail", "at", "air_time"}
    with pytest.raises(InvalidInputError) as refusal:
        mapping_from_proto(pb.FileMapping(**usual | {field.partition("[")[0]: value}))
    assert [violation.field for violation in refusal.value.violations] == [f"mapping.{field}"]

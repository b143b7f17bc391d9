"""A batch is cut where UTC months end, and what is stored of it is all there is."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.ingest.convert import segment_from_body, segment_to_body
from dutycycle.ingest.record import MeterValues, UsageBatch, to_microseconds
from dutycycle.ingest.segment import Segment, SegmentKind, month_of, rows_by_month
from tests.unit.ingest.usage import batch

LAST_OF_FEBRUARY = datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)
FIRST_OF_MARCH = datetime(2024, 3, 1, tzinfo=UTC)


def at(*instants: datetime) -> UsageBatch:
    count = len(instants)
    return UsageBatch(
        "ops-fl",
        [f"e{number}" for number in range(count)],
        list(map(to_microseconds, instants)),
        ["N1"] * count,
        [MeterValues("minutes", 0, [1] * count)],
    )


def test_the_last_microsecond_of_a_month_and_the_first_of_the_next_are_apart() -> None:
    rows = at(FIRST_OF_MARCH, LAST_OF_FEBRUARY, FIRST_OF_MARCH, datetime(1969, 12, 31, 23, tzinfo=UTC))
    assert rows_by_month(rows, range(4)) == [[3], [1], [0, 2]]
    assert month_of(to_microseconds(LAST_OF_FEBRUARY)) == date(2024, 2, 1)
    assert month_of(to_microseconds(FIRST_OF_MARCH)) == date(2024, 3, 1)


def test_only_the_rows_that_are_asked_for_are_grouped() -> None:
    rows = at(FIRST_OF_MARCH, LAST_OF_FEBRUARY, FIRST_OF_MARCH)
    assert rows_by_month(rows, [2]) == [[2]]
    assert rows_by_month(rows, []) == []


def test_a_stored_segment_is_read_as_it_was_written() -> None:
    columns = batch(meters=[MeterValues("minutes", 1, [600, 0], frozenset({1}))])
    written = Segment(12, SegmentKind.RESOLVED, columns, ["placements/n1.1", ""], columns.content_hashes(), "mqtt")
    read = segment_from_body(segment_to_body(written, LAST_OF_FEBRUARY))
    assert read == written
    assert read.month == date(2024, 3, 1)


def test_the_stored_message_points_to_placements_from_one_on() -> None:
    columns = batch()
    written = Segment(
        1, SegmentKind.RECORDED, columns, ["placements/b", "placements/a"], columns.content_hashes(), "grpc"
    )
    message = pb.Segment.FromString(segment_to_body(written, LAST_OF_FEBRUARY))
    assert list(message.placements) == ["placements/a", "placements/b"]
    assert list(message.placement_rows) == [2, 1]
    assert message.content_hashes == b"".join(columns.content_hashes())
    assert message.create_time.ToDatetime(tzinfo=UTC) == LAST_OF_FEBRUARY

"""A record is the same record however it is written, and another one however alike it looks."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from dutycycle.ingest.convert import batch_from_proto, batch_to_proto
from dutycycle.ingest.errors import Reason
from dutycycle.ingest.record import (
    MeterValues,
    UsageBatch,
    from_microseconds,
    instant_text,
    scaled_value,
    to_microseconds,
)
from dutycycle.kit.errors import InvalidInputError
from tests.unit.ingest.usage import NOON_US, batch, one

MILES = MeterValues("miles", 1, [7455])
MINUTES = MeterValues("minutes", 0, [60])


@pytest.mark.parametrize(
    "other",
    [
        one(meters=[MeterValues("minutes", 2, [6000]), MeterValues("miles", 3, [745_500])]),
        one(meters=[MILES, MINUTES]),
        one(meters=[MINUTES, MILES], dimensions={"dest": ""}),
    ],
    ids=["other scales", "other order of columns", "a dimension without value"],
)
def test_hashes_are_equal_however_it_is_written(other: UsageBatch) -> None:
    assert other.content_hashes() == one(meters=[MINUTES, MILES]).content_hashes()


def test_hash_of_a_row_does_not_depend_on_the_rows_beside_it() -> None:
    whole = batch()
    assert [whole.take([row]).content_hashes()[0] for row in range(2)] == whole.content_hashes()
    assert whole.take([1, 0]).content_hashes() == whole.content_hashes()[::-1]


def test_records_that_differ_have_different_hashes_also_where_they_look_alike() -> None:
    different = [
        one(),
        one(event_id="e2"),
        one(at_us=NOON_US + 1),
        one(identity="N2"),
        one(identity=""),
        one(meters=[MeterValues("minutes", 0, [61])]),
        one(meters=[MeterValues("hours", 0, [60])]),
        one(meters=[MINUTES, MeterValues("cycles", 0, [0])]),
        one(meters=[], dimensions={"minutes": "60"}),
        one(meters=[], dimensions={"minutes": "6", "x": "0"}),
        one(dimensions={"a": "b=c"}),
        one(dimensions={"a=b": "c"}),
        one(dimensions={"a": "b\x1fc=d"}),
        one(dimensions={"a": "b", "c": "d"}),
        one(event_id="e1\x1fN1", identity=""),
    ]
    hashes = [each.content_hashes()[0] for each in different]
    for (first, one_hash), (second, other_hash) in itertools.combinations(enumerate(hashes), 2):
        assert one_hash != other_hash, f"{different[first]} and {different[second]}"


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"source": ""}, "source"),
        ({"source": "ops\0"}, "source"),
        ({"event_ids": ["e1"]}, "occurred_at_us"),
        ({"asset_identities": ["N1"]}, "asset_identities"),
        ({"meters": [MeterValues("minutes", 0, [60])]}, "minutes"),
        ({"dimensions": {"origin": ["JFK"]}}, "origin"),
        ({"meters": [MeterValues("", 0, [60, 90])]}, "code"),
        ({"meters": [MeterValues("minutes", 10, [60, 90])]}, "scale"),
        ({"meters": [MeterValues("minutes", -1, [60, 90])]}, "scale"),
        ({"meters": [MeterValues("minutes", 0, [60, 90])] * 2}, "same meter"),
        ({"meters": [MeterValues("minutes", 0, [60, 90], frozenset({2}))]}, "missing_rows"),
        ({"event_ids": ["e1", "e\0"]}, "event_ids"),
        ({"event_ids": ["e1", "\ud800"]}, "event_ids"),
        ({"asset_identities": ["N1", "N\0"]}, "asset_identities"),
        ({"dimensions": {"origin": ["JFK", "\udfff"]}}, "origin"),
        ({"dimensions": {"or\0gin": ["JFK", "LGA"]}}, "dimensions"),
    ],
)
def test_a_batch_that_does_not_fit_together_is_refused_as_a_whole(columns: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words) as refusal:
        batch(**columns)
    assert refusal.value.reason == "BATCH_INVALID"


def test_a_batch_has_at_most_five_thousand_rows() -> None:
    def rows(count: int) -> UsageBatch:
        return UsageBatch("s", ["e"] * count, [NOON_US] * count, ["N"] * count, [MeterValues("m", 0, [1] * count)])

    assert len(rows(5_000)) == 5_000
    with pytest.raises(InvalidInputError, match="5,001 rows"):
        rows(5_001)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (one(), None),
        (one(event_id=""), Reason.NO_EVENT_ID),
        (one(identity=""), Reason.NO_ASSET_IDENTITY),
        (one(meters=[MeterValues("minutes", 0, [0], frozenset({0}))]), Reason.NO_METER_VALUE),
        (one(meters=[MINUTES, MeterValues("miles", 0, [0], frozenset({0}))]), Reason.NO_METER_VALUE),
        (one(meters=[MeterValues("minutes", 0, [-1])]), Reason.NEGATIVE_VALUE),
        (one(meters=[MeterValues("minutes", 0, [0])]), None),
        (one(at_us=NOON_US // 1_000_000), None),  # the first hour of 1970: odd, possible
        (one(at_us=NOON_US * 1_000), Reason.TIME_OUT_OF_RANGE),
        (one(at_us=-(2**62)), Reason.TIME_OUT_OF_RANGE),
        (one(at_us=to_microseconds(datetime(1900, 1, 1, tzinfo=UTC))), None),
        (one(at_us=to_microseconds(datetime(1900, 1, 1, tzinfo=UTC)) - 1), Reason.TIME_OUT_OF_RANGE),
        (one(at_us=to_microseconds(datetime(2100, 1, 1, tzinfo=UTC)) - 1), None),
        (one(at_us=to_microseconds(datetime(2100, 1, 1, tzinfo=UTC))), Reason.TIME_OUT_OF_RANGE),
        # the first thing that is wrong is told
        (one(event_id="", identity="", at_us=2**62), Reason.NO_EVENT_ID),
        (one(identity="", at_us=2**62), Reason.NO_ASSET_IDENTITY),
    ],
)
def test_defects(row: UsageBatch, reason: Reason | None) -> None:
    defect = row.defect(0)
    assert (defect[0] if defect else None) == reason


def test_as_document_says_what_came() -> None:
    columns = batch(meters=[MeterValues("minutes", 1, [605, 0], frozenset({1}))])
    assert columns.as_document(0) == {
        "source": "ops-fl",
        "event_id": "e1",
        "occurred_at": "2024-03-05T12:00:00Z",
        "asset_identity": "N1",
        "quantities": {"minutes": "60.5"},
        "dimensions": {"origin": "JFK", "dest": "ATL"},
    }
    assert columns.as_document(1)["quantities"] == {}
    assert columns.as_document(1)["dimensions"] == {"origin": "LGA"}


def test_taken_rows_keep_what_is_missing() -> None:
    meters = [MeterValues("minutes", 0, [1, 2, 3], frozenset({0, 2}))]
    columns = UsageBatch("s", ["a", "b", "c"], [NOON_US] * 3, ["N"] * 3, meters)
    taken = columns.take([2, 1])
    assert list(taken.event_ids) == ["c", "b"]
    assert taken.meters[0].missing == {0}
    assert taken.quantities(1) == {"minutes": "2"}


def test_a_batch_crosses_the_wire_unchanged() -> None:
    columns = batch(meters=[MeterValues("minutes", 3, [-(2**63), 2**63 - 1], frozenset({1}))])
    assert batch_from_proto(batch_to_proto(columns)) == columns


@pytest.mark.parametrize(
    ("text", "scale", "expected"),
    [("1.50", 2, 150), ("1.50", 1, 15), ("1E+3", 0, 1000), ("-7", 0, -7), ("9223372036854775807", 0, 2**63 - 1)],
)
def test_scaled_value(text: str, scale: int, expected: int) -> None:
    assert scaled_value(Decimal(text), scale) == expected


@pytest.mark.parametrize(
    ("text", "scale", "words"),
    [
        ("1.5", 0, "more than 0 digits"),
        ("1e-999999999", 9, "more than 9 digits"),
        ("9223372036854775808", 0, "out of range"),
        ("922337203685477580.8", 2, "out of range"),
        ("1e999999999", 0, "out of range"),
        ("NaN", 0, "no number"),
        ("-Infinity", 0, "no number"),
    ],
)
def test_a_value_that_cannot_be_stored_exactly_is_an_error(text: str, scale: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        scaled_value(Decimal(text), scale)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2024, 3, 5, 12, 0, 0, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(1900, 1, 1, tzinfo=UTC),
        datetime(2024, 3, 10, 1, 59, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_microseconds_are_exact_there_and_back(instant: datetime) -> None:
    assert from_microseconds(to_microseconds(instant)) == instant


def test_an_impossible_time_is_shown_as_its_number() -> None:
    assert instant_text(2**62) == f"{2**62} µs"

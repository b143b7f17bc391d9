"""What a device sends is read exactly or refused with a sentence; no payload may do anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dutycycle.ingest import device_message
from dutycycle.ingest.device_message import DeviceTopic, parse_message, topic_of
from dutycycle.ingest.errors import Reason
from dutycycle.ingest.receipt import Outcome, RowAnswer, receipt_of
from dutycycle.ingest.record import MeterValues
from tests.unit.ingest.usage import NOON_US, one


def record(**changes: Any) -> dict[str, Any]:
    usual = {"id": "e1", "at": "2024-03-05T12:00:00Z", "asset": "N1", "meters": {"minutes": "60"}}
    return {key: value for key, value in (usual | changes).items() if value is not ...}


def payload(*records: Any, **changes: Any) -> bytes:
    return json.dumps({"seq": 4, "records": [*records], **changes}).encode()


def test_a_message() -> None:
    first = record(meters={"minutes": "60.5", "cycles": 1}, dimensions={"origin": "JFK"})
    second = record(id=2, at="2024-03-05T07:00:00-05:00", meters={"minutes": 7}, dimensions={"dest": None})
    message = parse_message(payload(first, second), "ops-fl")
    assert message.sequence == 4
    batch = message.batch
    assert (batch.source, batch.event_ids, batch.occurred_at_us) == ("ops-fl", ["e1", "2"], [NOON_US, NOON_US])
    assert batch.meters == [
        MeterValues("cycles", 0, [1, 0], frozenset({1})),
        MeterValues("minutes", 1, [605, 70], frozenset()),
    ]
    assert batch.dimensions == {"origin": ["JFK", ""], "dest": ["", ""]}


def test_the_same_record_as_through_another_door() -> None:
    message = parse_message(payload(record()), "ops-fl")
    assert message.batch.content_hashes() == one().content_hashes()


@pytest.mark.parametrize("written", ["1.5", 1.5, "1.50", "15E-1"])
def test_a_value_is_what_was_written_and_never_a_float(written: object) -> None:
    message = parse_message(payload(record(meters={"minutes": written})), "ops-fl")
    assert message.batch.quantities(0) == {"minutes": "1.5"}
    tenth = parse_message(b'{"seq":1,"records":[{"id":"a","at":"2024-03-05T12:00:00Z","meters":{"m":0.1}}]}', "d")
    assert tenth.batch.meters == [MeterValues("m", 1, [1], frozenset())]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, Reason.NO_EVENT_ID),
        ({"id": ""}, Reason.NO_EVENT_ID),
        ({"asset": None}, Reason.NO_ASSET_IDENTITY),
        ({"asset": ...}, Reason.NO_ASSET_IDENTITY),
        ({"meters": {"minutes": None}}, Reason.NO_METER_VALUE),
        ({"meters": {"minutes": "-1"}}, Reason.NEGATIVE_VALUE),
        ({"at": "1066-10-14T09:00:00Z"}, Reason.TIME_OUT_OF_RANGE),
    ],
)
def test_a_defect_is_of_its_row_and_not_of_the_message(changes: dict[str, Any], reason: Reason) -> None:
    batch = parse_message(payload(record(), record(**changes)), "ops-fl").batch
    assert batch.defect(0) is None
    defect = batch.defect(1)
    assert defect is not None
    assert defect[0] is reason


MALFORMED = {
    "empty": b"",
    "no JSON": b"hello",
    "no text": b"\xff\xfe\x00\x01",
    "a list": b"[]",
    "a number": b"7",
    "nothing in it": b"{}",
    "cut off": payload(record())[:-5],
    "nested a hundred thousand deep": b"[" * 100_000,
    "a number of five thousand digits": b'{"seq": ' + b"9" * 5_000 + b', "records": []}',
    "no sequence": json.dumps({"records": [record()]}).encode(),
    "a sequence that is none": payload(record(), seq="first"),
    "an endless sequence": b'{"seq": Infinity, "records": []}',
    "records that are none": payload(records={"a": 1}),
    "records of text": payload("e1"),
    "no id": payload(record(id=...)),
    "no time": payload(record(at=...)),
    "a time that is none": payload(record(at="noon")),
    "a time that is a number": payload(record(at=1_709_640_000)),
    "a time without offset": payload(record(at="2024-03-05T12:00:00")),
    "a time before all calendars": payload(record(at="0001-01-01T00:00:00+14:00")),
    "no meters": payload(record(meters=...)),
    "meters that are a list": payload(record(meters=["minutes"])),
    "a meter without name": payload(record(meters={"": "1"})),
    "a value that is none": payload(record(meters={"minutes": "sixty"})),
    "a value that is a list": payload(record(meters={"minutes": [60]})),
    "a value that is true": payload(record(meters={"minutes": True})),
    "a value that is not a number": payload(record(meters={"minutes": "NaN"})),
    "a signalling one": payload(record(meters={"minutes": "sNaN"})),
    "an endless value": payload(record(meters={"minutes": "Infinity"})),
    "ten digits after the point": payload(record(meters={"minutes": "0.1234567891"})),
    "more than 64 bits": payload(record(meters={"minutes": "9223372036854775808"})),
    "an enormous exponent": payload(record(meters={"minutes": "1e999999999"})),
    "a large exponent": payload(record(meters={"minutes": "1e400000"})),
    "a tiny one": payload(record(meters={"minutes": "1e-400000"})),
    "a NUL": payload(record(id="e\0")),
    "half a surrogate pair": payload(record(asset="\ud800")),
    "too many rows": payload(*[record()] * 5_001),
    "dimensions that are a list": payload(record(dimensions=["JFK"])),
}


@pytest.mark.parametrize("content", MALFORMED.values(), ids=MALFORMED)
def test_what_cannot_be_read_is_a_value_error_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w+") as refusal:
        parse_message(content, "ops-fl")
    assert str(refusal.value).isprintable()


def test_topics() -> None:
    topic = topic_of("t/skyline/d/ops-fl/usage")
    assert topic == DeviceTopic("skyline", "ops-fl")
    assert topic.receipt == "t/skyline/d/ops-fl/receipt"


def test_the_receipt_answers_for_every_row() -> None:
    receipt = receipt_of(
        3, [RowAnswer(2, Outcome.REJECTED, "NEGATIVE_VALUE", "is −1"), RowAnswer(0, Outcome.DUPLICATE)]
    )
    assert json.loads(device_message.receipt_payload(4, receipt)) == {
        "seq": 4,
        "received": 3,
        "accepted": 1,
        "waiting": 0,
        "duplicate": 1,
        "rejected": 1,
        "answers": [
            {"row": 0, "outcome": "duplicate", "reason": "", "message": ""},
            {"row": 2, "outcome": "rejected", "reason": "NEGATIVE_VALUE", "message": "is −1"},
        ],
    }


def test_a_refusal_has_no_sequence() -> None:
    assert json.loads(device_message.refusal_payload("no JSON")) == {"seq": None, "error": "no JSON"}

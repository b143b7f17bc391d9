"""Four doors, one record: what comes twice is found whatever door it comes through, and no payload does harm."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import grpc.aio
import openpyxl
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.cli.client import Client
from tests.integration import door, lease
from tests.integration.conftest import DEVICES, House
from tests.integration.door import Gateway, Row
from tests.unit.ingest.workbook import opened, workbook

CODE = "dev"
SOURCE = "ops-dev"
FORMULA = '=HYPERLINK("http://evil.example","click")'


@pytest.fixture(scope="module")
def leased(house: House) -> House:
    """The customer whose usage the device reports, with aircraft DEV1 to DEV3."""
    house.ask(lambda client: lease.set_up(client, CODE))
    return house


@pytest.fixture(scope="module")
def gateway(leased: House) -> Iterator[Gateway]:
    with Gateway(leased.stack.mqtt_address, "skyline", SOURCE, DEVICES[SOURCE]) as device:
        yield device


def counts(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    found = tuple(answer[name] for name in ("accepted", "waiting", "duplicate", "rejected"))
    assert answer["received"] == sum(found)
    return found[0], found[1], found[2], found[3]


def file_counts(file: pb.UsageFile) -> tuple[int, int, int, int]:
    assert file.state == pb.FILE_STATE_FINISHED, file.error
    return lease.outcomes(file.receipt)


DOORS = ("grpc", "csv", "xlsx", "mqtt")


def send(house: House, gateway: Gateway, name: str, rows: list[Row]) -> tuple[int, int, int, int]:
    """Send rows through a door; return accepted, waiting, duplicate, rejected."""

    async def over_grpc(client: Client) -> tuple[int, int, int, int]:
        return lease.outcomes(await lease.record(client, door.as_batch(CODE, rows)))

    async def as_csv(client: Client) -> tuple[int, int, int, int]:
        return file_counts(await door.upload(client, "flights.csv", door.as_csv(CODE, rows)))

    async def as_workbook(client: Client) -> tuple[int, int, int, int]:
        return file_counts(await door.upload(client, "flights.xlsx", door.as_workbook(CODE, rows)))

    if name == "mqtt":
        return counts(gateway.ask(door.as_message(1, rows)))
    return house.ask({"grpc": over_grpc, "csv": as_csv, "xlsx": as_workbook}[name])


@pytest.mark.parametrize("first", DOORS)
def test_a_flight_counts_once_whatever_door_it_comes_through_first(leased: House, gateway: Gateway, first: str) -> None:
    flight = [Row(f"once-{first}", "DEV1", 60)]
    others = [name for name in DOORS if name != first]
    assert send(leased, gateway, first, flight) == (1, 0, 0, 0)
    assert [send(leased, gateway, name, flight) for name in others] == [(0, 0, 1, 0)] * 3


@pytest.mark.parametrize("second", DOORS)
def test_the_same_id_with_other_content_is_rejected_at_every_door(leased: House, gateway: Gateway, second: str) -> None:
    event = f"conflict-{second}"
    assert send(leased, gateway, "grpc", [Row(event, "DEV1", 60)]) == (1, 0, 0, 0)
    for other in (Row(event, "DEV1", 61), Row(event, "DEV2", 60), Row(event, "DEV1", 60, day=6)):
        assert send(leased, gateway, second, [other]) == (0, 0, 0, 1)
    assert send(leased, gateway, second, [Row(event, "DEV1", 60)]) == (0, 0, 1, 0), "the stored one stands"


def test_the_receipt_of_a_device_comes_after_the_commit(leased: House, gateway: Gateway) -> None:
    """Whatever a receipt says is stored can be read at once."""
    for number in range(20):
        assert counts(gateway.ask(door.as_message(number, [Row(f"commit-{number}", "DEV2", 7, day=20)]))) == (
            1,
            0,
            0,
            0,
        )
        start, end = Timestamp(), Timestamp()
        start.FromJsonString("2024-03-20T12:00:00Z")
        end.FromJsonString("2024-03-20T12:00:01Z")
        request = pb.ListUsageRecordsRequest(source=SOURCE, start_time=start, end_time=end)
        found = leased.ask(lambda client, asked=request: client.ingest.ListUsageRecords(asked))
        assert found.total == number + 1


def test_a_device_is_told_about_each_row_that_was_not_accepted(gateway: Gateway) -> None:
    rows = [Row("told-1", "DEV1", 60), Row("told-2", "", 60), Row("told-3", "NOBODY", 60), Row("told-4", "DEV1", None)]
    receipt = gateway.ask(door.as_message(77, rows))
    assert (receipt["seq"], counts(receipt)) == (77, (1, 1, 0, 2))
    assert [(answer["row"], answer["outcome"], answer["reason"]) for answer in receipt["answers"]] == [
        (1, "rejected", "NO_ASSET_IDENTITY"),
        (2, "waiting", "UNKNOWN_ASSET"),
        (3, "rejected", "NO_METER_VALUE"),
    ]
    assert all(answer["message"] for answer in receipt["answers"])


UNREADABLE = {
    "no JSON": b"hello",
    "no text at all": b"\x00\xff\xfe\x00",
    "nested too deep": b"[" * 50_000,
    "ten digits after the point": door.as_message(1, [Row("u", "DEV1", 1)]).replace(b": 1}", b": 0.1234567891}"),
    "more than 64 bits": door.as_message(1, [Row("u", "DEV1", 2**70)]),
    "half a surrogate pair": door.as_message(1, [Row("\ud800", "DEV1", 1)]),
    "a NUL": door.as_message(1, [Row("u\0", "DEV1", 1)]),
    "another form": json.dumps({"seq": 1, "records": [{"id": "u"}]}).encode(),
}


@pytest.mark.parametrize("payload", UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_message_is_answered_and_kept_once(leased: House, gateway: Gateway, payload: bytes) -> None:
    for times in (1, 2):
        answer = gateway.ask(payload)
        assert answer["seq"] is None
        assert answer["error"]
        kept = leased.ask(rejections(SOURCE, "UNREADABLE_MESSAGE"))
        [mine] = [r for r in kept if r.message == answer["error"] and _is_of(r, payload)]
        assert (mine.times, mine.origin) == (times, f"device {SOURCE}")
    assert counts(gateway.ask(door.as_message(2, [Row(f"after-{hash(payload)}", "DEV1", 1)]))) == (1, 0, 0, 0)


def _is_of(rejection: pb.Rejection, payload: bytes) -> bool:
    return rejection.record.dimensions["payload"] == payload.decode("utf-8", "replace").replace("\0", "\ufffd")


def rejections(source: str, reason: str = "") -> Callable[[Client], Any]:
    async def listed(client: Client) -> list[pb.Rejection]:
        request = pb.ListRejectionsRequest(source=source, reason=reason)
        return list((await client.ingest.ListRejections(request)).rejections)

    return listed


async def totals(client: Client) -> list[pb.SourceHead]:
    return list((await client.ingest.ListSources(pb.ListSourcesRequest())).sources)


def test_a_message_for_a_tenant_that_is_none_is_answered_and_changes_nothing(leased: House) -> None:
    """The broker lets no device send one; whoever holds the credential of the services could."""
    before = leased.ask(totals), leased.ask(totals, "harbour")
    credential = leased.stack.environment["DUTYCYCLE_INGEST_MQTT_URL"].partition("//")[2].partition("@")[0]
    user, _, password = credential.partition(":")
    with Gateway(leased.stack.mqtt_address, "nobody", SOURCE, password, user=user) as stranger:
        answer = stranger.ask(door.as_message(1, [Row("stranger", "DEV1", 1)]))
    assert answer == {"seq": None, "error": "there is no tenant 'nobody'"}
    assert (leased.ask(totals), leased.ask(totals, "harbour")) == before


def test_a_device_speaks_for_itself_only(leased: House, gateway: Gateway) -> None:
    """The broker drops what a device sends on the topic of another tenant or device."""
    assert counts(gateway.ask(door.as_message(1, []))) == (0, 0, 0, 0)
    before = leased.ask(totals), leased.ask(totals, "harbour")
    for tenant, device in (("harbour", SOURCE), ("skyline", "ops-fl")):
        with Gateway(leased.stack.mqtt_address, tenant, device, DEVICES[SOURCE], user=SOURCE) as impostor:
            impostor.send(door.as_message(1, [Row("impostor", "DEV1", 1)]))
    assert counts(gateway.ask(door.as_message(2, []))) == (0, 0, 0, 0), "sent later on the way that is its own"
    assert (leased.ask(totals), leased.ask(totals, "harbour")) == before


def test_a_file_answers_for_each_of_its_rows(leased: House) -> None:
    lines = [
        ",".join(door.COLUMNS),
        "dev,file-1,2024-03-05T12:00:00Z,DEV1,60",
        "dev,file-2,noon,DEV1,60",
        "dev,file-3,2024-03-05T12:00:00Z,NOBODY,60",
        "dev,file-4,2024-03-05T12:00:00Z,NA,60",
        "dev,file-1,2024-03-05T12:00:00Z,DEV1,60",
        f'dev,"{FORMULA.replace(chr(34), chr(34) * 2)}",2024-03-05T12:00:00Z,DEV1,60',
        "dev,file-7,2024-03-05,DEV1,x",
    ]
    content = "\n".join(lines).encode()
    file = leased.ask(lambda client: door.upload(client, "flights.csv", content))
    assert file_counts(file) == (2, 1, 1, 3)
    assert dict(file.rejected_by_reason) == {"UNREADABLE_ROW": 2, "NO_ASSET_IDENTITY": 1}
    answer = leased.ask(lambda client: door.answered(client, file.name)).decode()
    rows = list(csv.reader(io.StringIO(answer, newline="")))
    assert [row[:5] for row in rows] == list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert [row[5:7] for row in rows] == [
        ["outcome", "reason"],
        ["accepted", ""],
        ["rejected", "UNREADABLE_ROW"],
        ["waiting", "UNKNOWN_ASSET"],
        ["rejected", "NO_ASSET_IDENTITY"],
        ["duplicate", ""],
        ["accepted", ""],
        ["rejected", "UNREADABLE_ROW"],
    ]
    assert rows[2][7] == "column at: 'noon' is no time; write it as 2013-10-01T10:00:00Z"


def test_a_formula_in_a_file_stays_a_text(leased: House) -> None:
    """Also where the answer quotes it first: as an event id that is stored with other content."""
    rows = [Row(f"{FORMULA}2", "DEV1", 60), Row(f"{FORMULA}2", "DEV1", 61)]
    file = leased.ask(lambda client: door.upload(client, "flights.xlsx", door.as_workbook(CODE, rows)))
    assert file_counts(file) == (1, 0, 0, 1)
    page = opened(leased.ask(lambda client: door.answered(client, file.name)))
    assert page["I3"].value.startswith(FORMULA)
    assert {cell.data_type for line in page.iter_rows() for cell in line} <= {"s", "n"}
    in_csv = leased.ask(lambda client: door.upload(client, "flights.csv", door.as_csv(CODE, rows)))
    assert file_counts(in_csv) == (0, 0, 1, 1)
    text = leased.ask(lambda client: door.answered(client, in_csv.name)).decode()
    assert list(csv.reader(io.StringIO(text, newline="")))[2][8].startswith(f"'{FORMULA}")


def test_the_same_file_again_repeats_its_answer_and_a_changed_one_has_duplicates(leased: House) -> None:
    rows = [Row(f"again-{number}", "DEV1", number) for number in range(5)]

    async def twice(client: Client) -> tuple[pb.UsageFile, pb.UsageFile, pb.UsageFile]:
        return (
            await door.upload(client, "flights.csv", door.as_csv(CODE, rows)),
            await door.upload(client, "renamed.csv", door.as_csv(CODE, rows)),
            await door.upload(client, "flights.csv", door.as_csv(CODE, [*rows, Row("again-5", "DEV1", 5)])),
        )

    first, again, changed = leased.ask(twice)
    assert first == again
    assert file_counts(first) == (5, 0, 0, 0)
    assert file_counts(changed) == (1, 0, 5, 0)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (30 << 20))
    return out.getvalue()


def corners() -> bytes:
    """Two cells, and between them seventeen thousand million empty ones."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Flights"
    page["A1"], page["XFD1048576"] = "event", "end"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


REFUSED = {
    "a sheet as large as sheets can be": ("corners.xlsx", corners(), "takes too much memory"),
    "zip bomb": ("bomb.xlsx", bomb(), "unpacks to"),
    "no workbook": ("flights.xlsx", b"PK\x03\x04", "no .xlsx workbook"),
    "no such sheet": ("flights.xlsx", workbook([["a"]], "Other"), "has no sheet 'Flights'"),
    "not UTF-8": ("flights.csv", "carrier,münze\n".encode("latin-1"), "byte 9 is not UTF-8"),
    "open quote": ("flights.csv", b'carrier,"event\n', "is no CSV"),
    "columns missing": ("flights.csv", b"carrier,event\n", "needs the columns at, minutes, tail"),
    "another ending": ("flights.txt", door.as_csv(CODE, []), "send a .csv"),
    "nothing": ("flights.csv", b"", "is empty"),
}


@pytest.mark.parametrize(("name", "content", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_refused_and_the_next_one_is_read(
    leased: House, name: str, content: bytes, words: str
) -> None:
    file = leased.ask(lambda client: door.upload(client, name, content))
    assert file.state == pb.FILE_STATE_REFUSED
    assert words in file.error
    assert file.receipt.received == 0
    with pytest.raises(grpc.aio.AioRpcError) as refusal:
        leased.ask(lambda client: door.answered(client, file.name))
    assert refusal.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert words in (refusal.value.details() or "")
    good = door.as_workbook(CODE, [Row(f"good-{words}", "DEV1", 1)])
    assert file_counts(leased.ask(lambda client: door.upload(client, "good.xlsx", good))) == (1, 0, 0, 0)


def test_a_file_under_the_wrong_ending_is_read_once_it_has_the_right_one(leased: House) -> None:
    content = door.as_csv(CODE, [Row("ending", "DEV1", 1)])
    for name, state in (
        ("flights.txt", pb.FILE_STATE_REFUSED),
        ("flights.xlsx", pb.FILE_STATE_REFUSED),
        ("flights.csv", pb.FILE_STATE_FINISHED),
    ):
        assert leased.ask(lambda client, sent=name: door.upload(client, sent, content)).state == state

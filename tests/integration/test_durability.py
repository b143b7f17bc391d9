"""Law 8: acknowledged is durable. Ingest and NATS are killed, streams are deleted; nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import asyncpg
import grpc.aio
import pytest

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client, ClientSettings, connected
from dutycycle.cli.server import Nats, free_port
from dutycycle.cli.stack import Stack
from dutycycle.ingest.convert import batch_from_proto
from dutycycle.ingest.receipt import Outcome
from dutycycle.ingest.registry import Registry
from dutycycle.ingest.service.record_usage import UsageRecorder
from dutycycle.kit.quantity import divide_to_increment
from dutycycle.runtime import outbox, tenancy
from dutycycle.runtime.bus import Bus, Message, Subscription
from dutycycle.runtime.database import Database
from tests.integration import door, lease
from tests.integration.conftest import DEVICES, TOKENS
from tests.integration.door import Gateway, Row
from tests.integration.moment import until

T = TypeVar("T")
DEVICE = "ops-dev"


@dataclass(frozen=True)
class Ruin:
    """A stack that tests may break, with a NATS of their own."""

    stack: Stack
    nats: Nats
    streams: Path
    """Where NATS keeps its streams and sessions."""

    def ask(self, work: Callable[[Client], Awaitable[T]]) -> T:
        async def run() -> T:
            targets = {f"{name}_target": self.stack.target(name) for name in ("contracts", "ingest", "rating")}
            settings = ClientSettings.model_validate({"tenant": "skyline", "tenant_tokens": TOKENS, **targets})
            async with connected(settings) as client:
                return await work(client)

        return asyncio.run(run())

    @property
    def database_url(self) -> str:
        return self.stack.environment["DUTYCYCLE_DATABASE_URL"]


@pytest.fixture(scope="module")
def ruin() -> Iterator[Ruin]:
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-ruin-", dir="/var/tmp"))
    directory.chmod(0o755)
    nats = Nats(directory / "nats", free_port(), free_port(), "secret")
    nats.start()
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("DUTYCYCLE_NATS_URL", nats.url)
            environment.setenv("DUTYCYCLE_INGEST_MQTT_URL", nats.mqtt_url)
            settings = {"DUTYCYCLE_LOG_LEVEL": "debug"}
            stack = Stack(
                directory / "state", tenants=TOKENS, services=("contracts", "ingest", "rating"), settings=settings
            )
            with stack:
                nats.admit_devices(DEVICES, "skyline")
                yield Ruin(stack, nats, directory / "nats" / "jetstream")
    finally:
        nats.stop()
        shutil.rmtree(directory, ignore_errors=True)


async def head(client: Client, source: str) -> pb.SourceHead:
    heads = (await client.ingest.ListSources(pb.ListSourcesRequest())).sources
    return next((each for each in heads if each.source == source), pb.SourceHead())


async def folded(client: Client, source: str) -> int:
    marks = (await client.rating.GetWatermark(rating_pb2.GetWatermarkRequest())).folded
    return next((each.last_segment_number for each in marks if each.source == source), 0)


async def everything_folded(client: Client, source: str) -> None:
    async def caught_up() -> bool:
        return await folded(client, source) == (await head(client, source)).last_segment_number

    await until(caught_up, f"rating has folded everything of {source}")


async def hours_rated(client: Client, code: str) -> str:
    """Return the hours of March as rating prints them."""
    request = rating_pb2.RatePeriodsRequest(
        customer=f"customers/{code}",
        periods=[
            rating_pb2.BillingPeriod(
                start_date={"year": 2024, "month": 3, "day": 1}, end_date={"year": 2024, "month": 4, "day": 1}
            )
        ],
    )
    [statement] = (await client.rating.RatePeriods(request)).statements
    [line] = [line for line in statement.lines if line.charge == "hours"]
    return line.used_quantity.value


async def fetch(ruin: Ruin, query: str, *arguments: object) -> object:
    connection = await asyncpg.connect(ruin.database_url)
    try:
        return await connection.fetchval(query, *arguments)
    finally:
        await connection.close()


async def unpublished(ruin: Ruin) -> int:
    query = " union all ".join(f"select 1 from {s}.outbox where published_at is null" for s in ("contracts", "ingest"))  # noqa: S608
    found = await fetch(ruin, f"select count(*) from ({query}) as rows")  # noqa: S608  # names of ours
    assert isinstance(found, int)
    return found


async def everything_published(ruin: Ruin) -> None:
    async def done() -> bool:
        return await unpublished(ruin) == 0

    await until(done, "everything said is published")


def test_killed_right_after_a_receipt(ruin: Ruin) -> None:
    """Whoever has a receipt is stored; whoever has none sends again; in the end each record is billed once."""
    batches = [door.as_batch("stream", [Row(f"b{b}-{r}", "STREAM1", 1) for r in range(50)]) for b in range(400)]

    async def story(client: Client) -> None:
        await lease.set_up(client, "stream", assets=1)
        receipted: list[pb.UsageBatch] = []

        async def send() -> None:
            for batch in batches:
                await client.ingest.RecordUsage(pb.RecordUsageRequest(batch=batch), timeout=5)
                receipted.append(batch)

        sending = asyncio.create_task(send())

        async def under_way() -> bool:
            return len(receipted) >= 20

        await until(under_way, "some batches are receipted")
        ruin.stack.kill("ingest")
        with pytest.raises(grpc.aio.AioRpcError):
            await sending
        assert 20 <= len(receipted) < len(batches)
        await asyncio.to_thread(ruin.stack.restart, "ingest")
        again = [lease.outcomes(await lease.record(client, batch)) for batch in receipted]
        assert set(again) == {(0, 0, 50, 0)}, "found by a process that remembers nothing"
        for batch in batches[len(receipted) : len(receipted) + 20]:
            accepted, _, duplicate, _ = lease.outcomes(await lease.record(client, batch))
            assert accepted + duplicate == 50
        records = await client.ingest.ListUsageRecords(
            pb.ListUsageRecordsRequest(source="ops-stream", page_size=10_000)
        )
        expected = {event for batch in batches[: len(receipted) + 20] for event in batch.event_ids}
        found = [record.event_id for record in records.records]
        assert records.total == len(expected)
        assert set(found) <= expected
        assert len(found) == len(set(found))
        await everything_folded(client, "ops-stream")
        hours = divide_to_increment(Decimal(len(expected)), Decimal(60), Decimal("0.1"))
        assert Decimal(await hours_rated(client, "stream")) == hours

    ruin.ask(story)


def test_killed_while_a_file_is_read(ruin: Ruin) -> None:
    """A file goes on by itself where it stopped; in the end its answer and all counts are the undisturbed ones."""
    count, again = 40_000, 500
    rows = [Row(f"e{number}", _tail(number), number % 90, 1 + number % 28) for number in range(count)]
    content = door.as_csv("file", [*rows, *rows[:again]])
    refused, waiting = sum(row.tail == "" for row in rows), sum(row.tail == "STRANGER" for row in rows)
    refused_again = sum(row.tail == "" for row in rows[:again])
    expected = (count - refused - waiting, waiting, again - refused_again, refused + refused_again)

    async def totals(client: Client) -> pb.UsageReceipt:
        return (await head(client, "ops-file")).totals

    async def story(client: Client) -> None:
        await lease.set_up(client, "file", assets=1)
        sending = asyncio.create_task(door.upload(client, "large.csv", content))

        async def half_read() -> bool:
            return (await totals(client)).received >= 5_000

        await until(half_read, "some of the file is read")
        ruin.stack.kill("ingest")
        with pytest.raises(grpc.aio.AioRpcError):
            await sending
        read = await fetch(ruin, "select rows_done from ingest.usage_file where file_name = 'large.csv'")
        assert isinstance(read, int)
        assert 5_000 <= read < count, "it was killed in the middle"
        await asyncio.to_thread(ruin.stack.restart, "ingest")

        async def all_read() -> bool:
            return (await totals(client)).received == count + again

        await until(all_read, "the rest is read without anybody asking")
        assert lease.outcomes(await totals(client)) == expected, "each row was answered for once"
        file = await door.upload(client, "large.csv", content)
        assert file.state == pb.FILE_STATE_FINISHED
        assert lease.outcomes(file.receipt) == expected
        assert dict(file.rejected_by_reason) == {"NO_ASSET_IDENTITY": refused + refused_again}
        assert lease.outcomes(await totals(client)) == expected, "sent again it repeats its answer and counts nothing"
        summary = await client.ingest.SummarizeUsage(pb.SummarizeUsageRequest(source="ops-file"))
        assert (summary.accepted, summary.waiting, summary.rejected) == (expected[0], waiting, refused)
        answer = (await door.answered(client, file.name)).decode().splitlines()
        assert len(answer) == 1 + count + again
        assert sum(",rejected,NO_ASSET_IDENTITY," in line for line in answer) == refused + refused_again

    ruin.ask(story)


def _tail(number: int) -> str:
    if number % 1_000 == 7:
        return ""
    return "STRANGER" if number % 100 == 3 else "FILE1"


def test_killed_while_a_device_sends(ruin: Ruin) -> None:
    """The broker holds what is not committed: each message is sent once, and each has its receipt in the end."""
    ruin.ask(lambda client: lease.set_up(client, "dev", assets=1))
    messages = [door.as_message(number, [Row(f"e{number}", "DEV1", 1)]) for number in range(250)]
    receipted: set[int] = set()
    with Gateway(ruin.stack.mqtt_address, "skyline", DEVICE, DEVICES[DEVICE]) as gateway:

        def receive(count: int) -> None:
            while len(receipted) < count:
                receipt = gateway.receipt()
                assert (receipt["accepted"], receipt["duplicate"]) in ((1, 0), (0, 1))
                receipted.add(receipt["seq"])

        gateway.send(*messages[:10])
        receive(10)
        sending = threading.Thread(target=gateway.send, args=messages[10:220])
        sending.start()
        receive(20)
        ruin.stack.kill("ingest")
        sending.join()
        gateway.send(*messages[220:])
        stored = asyncio.run(fetch(ruin, "select accepted from ingest.source_head where source = $1", DEVICE))
        assert isinstance(stored, int)
        assert 20 <= stored < 220, "it was killed in the middle"
        ruin.stack.restart("ingest")
        receive(len(messages))
    totals = ruin.ask(lambda client: head(client, DEVICE)).totals
    assert (totals.accepted, totals.waiting, totals.rejected) == (len(messages), 0, 0)


class Nothing:
    """A register without assets."""

    async def current(self) -> Registry:
        return Registry()

    async def refresh(self) -> Registry:
        return Registry()


def test_a_batch_that_does_not_commit_was_never_there(ruin: Ruin) -> None:
    """What is said of a file commits with its rows, and what failed to commit is not taken for a duplicate later."""
    rows = [Row("a", "X", 1), Row("b", "", 1), Row("a", "X", 1)]
    batch = batch_from_proto(door.as_batch("undone", rows))

    async def fail(_connection: object, _receipts: object) -> None:
        raise RuntimeError("the disk is full")

    async def story(client: Client) -> None:
        database = Database(ruin.database_url, "ingest")
        recorder = UsageRecorder(database, Nothing())
        try:
            for _ in range(2):
                with pytest.raises(RuntimeError, match="the disk is full"):
                    await recorder.record([batch], "file", "undone.csv", fail)
            assert (await head(client, "ops-undone")).totals == pb.UsageReceipt()
            rejections = await client.ingest.ListRejections(pb.ListRejectionsRequest(source="ops-undone"))
            assert rejections.total == 0
            [receipt] = await recorder.record([batch], "file", "undone.csv")
        finally:
            await database.close()
        assert [receipt[outcome] for outcome in Outcome] == [0, 1, 1, 1]
        assert lease.outcomes((await head(client, "ops-undone")).totals) == (0, 1, 1, 1)

    ruin.ask(story)


def test_usage_is_taken_while_nats_is_dead_and_told_once_it_is_back(ruin: Ruin) -> None:
    async def dead(client: Client) -> None:
        await lease.set_up(client, "nats", assets=1)
        await everything_folded(client, "ops-nats")
        await everything_published(ruin)
        ruin.nats.kill()
        receipt = await lease.record(client, door.as_batch("nats", [Row("a", "NATS1", 60), Row("b", "NATS2", 60)]))
        assert lease.outcomes(receipt) == (1, 1, 0, 0)
        await lease.register(client, [lease.asset("nats", 2)])
        await everything_folded(client, "ops-nats")  # rating looks by itself where no message comes
        assert await unpublished(ruin) >= 2, "what was said is kept until somebody can hear it"

    async def back(client: Client) -> None:
        await everything_published(ruin)

        async def released() -> bool:
            summary = await client.ingest.SummarizeUsage(pb.SummarizeUsageRequest(source="ops-nats"))
            return (summary.accepted, summary.waiting) == (2, 0)

        await until(released, "ingest has heard of the asset")
        await everything_folded(client, "ops-nats")
        assert await hours_rated(client, "nats") == "2"

    ruin.ask(dead)
    ruin.nats.start()
    ruin.nats.admit_devices(DEVICES, "skyline")
    ruin.ask(back)


def test_every_stream_may_be_deleted(ruin: Ruin) -> None:
    """JetStream carries, PostgreSQL remembers: without streams, consumers and sessions everything finds back."""

    async def before(client: Client) -> None:
        await lease.set_up(client, "gone", assets=1)
        assert lease.outcomes(await lease.record(client, door.as_batch("gone", [Row("a", "GONE1", 60)]))) == (
            1,
            0,
            0,
            0,
        )

    async def after(client: Client) -> None:
        batch = door.as_batch("gone", [Row("b", "GONE1", 60), Row("c", "GONE2", 60)])
        assert lease.outcomes(await lease.record(client, batch)) == (1, 1, 0, 0)
        await lease.register(client, [lease.asset("gone", 2)])
        await everything_published(ruin)

        async def released() -> bool:
            summary = await client.ingest.SummarizeUsage(pb.SummarizeUsageRequest(source="ops-gone"))
            return (summary.accepted, summary.waiting) == (3, 0)

        await until(released, "ingest has heard of the asset")
        await everything_folded(client, "ops-gone")
        assert await hours_rated(client, "gone") == "3"

    async def alone() -> None:
        """Somebody to whom nobody listens, whose stream nobody else makes."""
        bus = Bus(ruin.nats.url, "alone")
        await bus.connect()
        try:
            await bus.publish("dutycycle.alone.thing.said", b"before", tenant="skyline", message_id="1")
            ruin.nats.kill()
            shutil.rmtree(ruin.streams)
            ruin.nats.start()

            async def published() -> bool:
                try:
                    await bus.publish("dutycycle.alone.thing.said", b"after", tenant="skyline", message_id="2")
                except Exception:
                    return False
                return True

            await until(published, "the stream is made again by whoever speaks")
        finally:
            await bus.close()

    ruin.ask(before)
    asyncio.run(alone())
    ruin.nats.admit_devices(DEVICES, "skyline")
    ruin.ask(after)

    async def device() -> bool:
        with Gateway(ruin.stack.mqtt_address, "skyline", DEVICE, DEVICES[DEVICE]) as gateway:
            return bool(gateway.ask(door.as_message(9, [Row("gone", "DEV1", 1)]))["received"] == 1)

    ruin.ask(lambda _: until(device, "ingest holds its session with the broker again"))


def test_streams_are_filled_again_from_the_outbox(ruin: Ruin) -> None:
    """What was published stays in the outbox: told once more it changes nothing that is done, and does what is not."""

    async def story(client: Client) -> None:
        await lease.set_up(client, "refill", assets=1)
        receipt = await lease.record(client, door.as_batch("refill", [Row("a", "REFILL1", 60)]))
        assert lease.outcomes(receipt) == (1, 0, 0, 0)
        await everything_published(ruin)
        await everything_folded(client, "ops-refill")
        before = await head(client, "ops-refill"), await hours_rated(client, "refill")
        told = await fetch(
            ruin, "with again as (update ingest.outbox set published_at = null returning 1) select count(*) from again"
        )
        assert isinstance(told, int)
        assert told > 0
        await everything_published(ruin)
        assert (await head(client, "ops-refill"), await hours_rated(client, "refill")) == before

    ruin.ask(story)


@dataclass
class Ear:
    """A consumer that keeps what it hears, and fails as often as it is told to."""

    failures: int = 0
    heard: list[bytes] = field(default_factory=list)
    tenants: set[str] = field(default_factory=set)

    async def __call__(self, message: Message) -> None:
        self.heard.append(message.body)
        self.tenants.add(f"{message.tenant} {tenancy.tenant()}")
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not yet")


@asynccontextmanager
async def listening(ruin: Ruin, durable: str, subject: str, ear: Ear) -> AsyncIterator[None]:
    bus = Bus(ruin.nats.url, durable)
    await bus.connect()
    task = asyncio.create_task(bus.run(Subscription(durable, subject, ear)))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await bus.close()


async def say(ruin: Ruin, subject: str, *bodies: bytes, fail: bool = False) -> None:
    """Put messages in the outbox of contracts, whose relay publishes them; or change one's mind before the commit."""
    database = Database(ruin.database_url, "contracts")
    try:
        with tenancy.bound("harbour"):
            async with database.transaction("harbour") as connection:
                for body in bodies:
                    await outbox.add(connection, subject, body)
                if fail:
                    raise RuntimeError("changed its mind")
    finally:
        await database.close()


def test_what_is_committed_is_told_in_order_and_what_is_not_is_not(ruin: Ruin) -> None:
    subject = "dutycycle.contracts.thing.ordered"
    numbers = [f"{number}".encode() for number in range(450)]  # more than the relay takes at once

    async def story(_: Client) -> None:
        ear = Ear()
        async with listening(ruin, "test-ordered", subject, ear):
            with pytest.raises(RuntimeError, match="changed its mind"):
                await say(ruin, subject, b"never", fail=True)
            await say(ruin, subject, *numbers)

            async def all_heard() -> bool:
                return len(ear.heard) >= len(numbers)

            await until(all_heard, "everything said is heard")
        assert ear.heard == numbers
        assert ear.tenants == {"harbour harbour"}, "the handler works for the tenant that spoke"

    ruin.ask(story)


def test_a_handler_that_fails_hears_it_again(ruin: Ruin) -> None:
    subject = "dutycycle.contracts.thing.repeated"

    async def story(_: Client) -> None:
        ear = Ear(failures=1)
        async with listening(ruin, "test-repeated", subject, ear):
            await say(ruin, subject, b"once")

            async def heard_again() -> bool:
                return len(ear.heard) == 2

            await until(heard_again, "it is told again")
        later = Ear()
        async with listening(ruin, "test-repeated", subject, later):
            await say(ruin, subject, b"twice")

            async def next_heard() -> bool:
                return bool(later.heard)

            await until(next_heard, "a consumer goes on where it was")
        assert (ear.heard, later.heard) == ([b"once", b"once"], [b"twice"])

    ruin.ask(story)


def test_the_inbox_takes_a_message_once_unless_its_work_is_undone(ruin: Ruin) -> None:
    async def story(_: Client) -> None:
        database = Database(ruin.database_url, "contracts")

        async def take(*, fail: bool = False) -> bool:
            async with database.transaction("harbour") as connection:
                first = await outbox.first_time(connection, "test", "message-1")
                if fail:
                    raise RuntimeError("undone")
                return first

        try:
            with tenancy.bound("harbour"):
                with pytest.raises(RuntimeError, match="undone"):
                    await take(fail=True)
                assert [await take(), await take()] == [True, False]
        finally:
            await database.close()

    ruin.ask(story)


def test_an_id_goes_with_the_question_to_the_next_service(ruin: Ruin) -> None:
    """Ingest asks contracts about an identity it does not know: both logs tell it under the caller's id."""

    async def story(client: Client) -> None:
        with tenancy.bound("skyline", "request-of-test-durability"):
            await lease.record(client, door.as_batch("traced", [Row("a", "NOBODY", 1)]))

    ruin.ask(story)
    for service, method in (("ingest", "RecordUsage"), ("contracts", "ListAssets")):
        log = (ruin.stack.directory / "logs" / f"{service}.log").read_text().splitlines()
        lines = [json.loads(line) for line in log if "request-of-test-durability" in line]
        assert any(line["event"] == "rpc.done" and line["method"].endswith(method) for line in lines), lines
        assert {line["tenant"] for line in lines} == {"skyline"}

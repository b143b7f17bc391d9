"""Usage that cannot be placed waits, says why, and goes on by itself as soon as it can."""

from __future__ import annotations

from datetime import UTC, datetime

from google.type.date_pb2 import Date

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.cli.client import Client
from tests.integration import door, lease
from tests.integration.conftest import House
from tests.integration.door import Row
from tests.integration.moment import until


async def waiting(client: Client, code: str) -> dict[str, str]:
    """Return event id and reason of what waits, having checked that each says something of it."""
    answer = await client.ingest.ListWaitingUsage(pb.ListWaitingUsageRequest(source=f"ops-{code}"))
    assert answer.total == len(answer.waiting)
    assert all(each.message for each in answer.waiting)
    return {each.record.event_id: each.reason for each in answer.waiting}


async def summary(client: Client, code: str) -> pb.SummarizeUsageResponse:
    return await client.ingest.SummarizeUsage(pb.SummarizeUsageRequest(source=f"ops-{code}"))


async def accepted(client: Client, code: str) -> dict[str, str]:
    """Return event id and placement of what is billable; each event once."""
    records = await client.ingest.ListUsageRecords(pb.ListUsageRecordsRequest(source=f"ops-{code}", page_size=10_000))
    found = {record.event_id: record.placement for record in records.records}
    assert len(found) == len(records.records) == records.total
    return found


async def close_march(client: Client, code: str) -> bool:
    request = pb.ClosePeriodRequest(
        source=f"ops-{code}",
        start_date=Date(year=2024, month=3, day=1),
        end_date=Date(year=2024, month=4, day=1),
        zone="America/New_York",
    )
    return (await client.ingest.ClosePeriod(request)).closed


def test_registering_the_asset_releases_its_usage_without_a_call(house: House) -> None:
    async def story(client: Client) -> None:
        await lease.set_up(client, "late", assets=1)
        receipt = await lease.record(client, door.as_batch("late", [Row("a", "LATE1", 60), Row("b", "LATE2", 60)]))
        assert lease.outcomes(receipt) == (1, 1, 0, 0)
        assert (receipt.answers[0].row, receipt.answers[0].reason) == (1, "UNKNOWN_ASSET")
        assert await waiting(client, "late") == {"b": "UNKNOWN_ASSET"}
        await lease.register(client, [lease.asset("late", 2)])

        async def released() -> bool:
            return await waiting(client, "late") == {}

        await until(released, "the usage of the registered asset is released", seconds=10)
        assert await accepted(client, "late") == {
            "a": "placements/late-1.20240101",
            "b": "placements/late-2.20240101",
        }
        found = await summary(client, "late")
        assert (found.accepted, found.waiting, found.rejected) == (2, 0, 0)
        again = await lease.record(client, door.as_batch("late", [Row("b", "LATE2", 60)]))
        assert lease.outcomes(again) == (0, 0, 1, 0), "released usage is stored usage"

    house.ask(story)


def test_estimates_are_counted_once_in_the_window_they_happened_in(house: House) -> None:
    async def story(client: Client) -> None:
        await lease.set_up(client, "guess", assets=1)
        batch = lease.usage("guess", [(name, "GUESS1" if name != "c" else "GUESS2", 60) for name in "abcde"])
        kinds = ["ESTIMATE", "ACTUAL", "estimated", "", "Estimate"]
        batch.dimensions.add(key="read_type", values=kinds)
        batch.occurred_at_us[4] += 20 * 86_400_000_000
        for _ in range(2):
            await lease.record(client, batch)
        assert (await summary(client, "guess")).estimated == 3
        march = pb.SummarizeUsageRequest(source="ops-guess")
        march.end_time.FromDatetime(datetime(2024, 3, 15, tzinfo=UTC))  # cuts the segment
        found = await client.ingest.SummarizeUsage(march)
        assert (found.accepted, found.waiting, found.estimated) == (3, 1, 2)

    house.ask(story)


def test_the_reason_follows_what_is_known(house: House) -> None:
    """An asset that is registered without a place is no longer unknown: the next step is another one."""

    async def story(client: Client) -> None:
        await lease.set_up(client, "step", assets=1)
        await lease.record(client, door.as_batch("step", [Row("a", "STEP2", 60), Row("b", "STEP3", 60)]))
        placed, unplaced = lease.asset("step", 2), lease.asset("step", 2)
        del unplaced.placements[:]
        await lease.register(client, [unplaced])

        async def moved_on() -> bool:
            return await waiting(client, "step") == {"a": "NO_PLACEMENT", "b": "UNKNOWN_ASSET"}

        await until(moved_on, "the asset is known and placed nowhere", seconds=10)
        found = await summary(client, "step")
        assert {(each.asset_identity, each.reason, each.count) for each in found.waiting_identities} == {
            ("STEP2", "NO_PLACEMENT", 1),
            ("STEP3", "UNKNOWN_ASSET", 1),
        }
        await lease.register(client, [placed])

        async def released() -> bool:
            return await waiting(client, "step") == {"b": "UNKNOWN_ASSET"}

        await until(released, "the placed asset's usage is released", seconds=10)

    house.ask(story)


def test_a_closed_period_takes_no_usage_and_says_so(house: House) -> None:
    async def story(client: Client) -> None:
        await lease.set_up(client, "closed", assets=1)
        before = [Row("before", "CLOSED1", 60), Row("unknown", "CLOSED2", 60)]
        assert lease.outcomes(await lease.record(client, door.as_batch("closed", before))) == (1, 1, 0, 0)
        assert await close_march(client, "closed")
        assert not await close_march(client, "closed"), "closed once"

        late = lease.usage("closed", [("late", "CLOSED1", 60)])
        receipt = await lease.record(client, late)
        assert lease.outcomes(receipt) == (0, 1, 0, 0)
        assert receipt.answers[0].reason == "PERIOD_ISSUED"
        # in New York March ends four hours into the first of April, UTC
        edges = lease.usage("closed", [("last", "CLOSED1", 1), ("next", "CLOSED1", 1)])
        edges.occurred_at_us[:] = [lease.microseconds(1, 4, 4) - 1, lease.microseconds(1, 4, 4)]
        assert [answer.row for answer in (await lease.record(client, edges)).answers] == [0]

        await lease.register(client, [lease.asset("closed", 2)])

        async def explained() -> bool:
            return (await waiting(client, "closed"))["unknown"] == "PERIOD_ISSUED"

        await until(explained, "the released record waits for a correction", seconds=10)
        assert await waiting(client, "closed") == dict.fromkeys(["unknown", "late", "last"], "PERIOD_ISSUED")
        resolved = await client.ingest.ResolveWaiting(pb.ResolveWaitingRequest())
        assert resolved.waiting_for_correction >= 3
        assert set(await accepted(client, "closed")) == {"before", "next"}
        duplicate = await lease.record(client, late)
        assert lease.outcomes(duplicate) == (0, 0, 1, 0), "what waits is stored"

    house.ask(story)


def test_an_aircraft_that_goes_to_another_customer(house: House) -> None:
    """Its usage is billed to whoever has it: each reports under its own source, whenever the change is registered."""

    async def story(client: Client) -> None:
        await lease.set_up(client, "from", assets=1)
        await lease.set_up(client, "into", assets=1)
        early, later = Row("early", "FROM1", 60, day=5), Row("later", "FROM1", 60, day=20)
        assert lease.outcomes(await lease.record(client, door.as_batch("from", [early]))) == (1, 0, 0, 0)
        receipt = await lease.record(client, door.as_batch("into", [later]))
        assert lease.outcomes(receipt) == (0, 1, 0, 0)
        assert receipt.answers[0].reason == "NO_PLACEMENT"

        moved = lease.asset("from", 1)
        moved.placements.add(schedule="into-fleet", start_date=Date(year=2024, month=3, day=15))
        [answer] = await lease.register(client, [moved])
        assert answer.outcome == contracts_pb2.ASSET_OUTCOME_EXTENDED

        async def released() -> bool:
            return await accepted(client, "into") == {"later": "placements/from-1.20240315"}

        await until(released, "the new customer's usage is released", seconds=10)
        assert await accepted(client, "from") == {"early": "placements/from-1.20240101"}, "what was, stays"
        stale = await lease.record(client, door.as_batch("from", [Row("stale", "FROM1", 60, day=20)]))
        assert lease.outcomes(stale) == (0, 1, 0, 0), "the old customer no longer has it"

    house.ask(story)


def test_a_year_that_waited_is_released_at_once(house: House) -> None:
    """More records than a statement may have parameters."""
    count, per_batch = 35_000, 5_000

    async def story(client: Client) -> None:
        await lease.set_up(client, "fleet", assets=1)
        for first in range(0, count, per_batch):
            rows = [(f"e{number}", "FLEET9", 1) for number in range(first, first + per_batch)]
            assert lease.outcomes(await lease.record(client, lease.usage("fleet", rows))) == (0, per_batch, 0, 0)
        assert (await summary(client, "fleet")).waiting == count
        await lease.register(client, [lease.asset("fleet", 9)])

        async def released() -> bool:
            found = await summary(client, "fleet")
            return (found.accepted, found.waiting) == (count, 0)

        await until(released, "all of it is released")

    house.ask(story)

"""Law 1: what is refused is listed once with how often it came, and can be mended and sent again."""

from __future__ import annotations

import grpc
import grpc.aio
import pytest

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.cli.client import Client
from dutycycle.runtime.rpc import error_from_rpc
from tests.integration import lease
from tests.integration.conftest import House


async def listed(client: Client, code: str, reason: str = "") -> list[pb.Rejection]:
    """Read every page, three at a time."""
    found: list[pb.Rejection] = []
    token = ""
    while True:
        request = pb.ListRejectionsRequest(source=f"ops-{code}", reason=reason, page_size=3, page_token=token)
        page = await client.ingest.ListRejections(request)
        found += page.rejections
        token = page.next_page_token
        if not token:
            assert page.total == len(found)
            return found


async def totals(client: Client, code: str) -> pb.UsageReceipt:
    heads = (await client.ingest.ListSources(pb.ListSourcesRequest())).sources
    [head] = [head for head in heads if head.source == f"ops-{code}"]
    return head.totals


def test_listed_once_with_times_then_mended_and_replaced(house: House) -> None:
    async def story(client: Client) -> None:
        await lease.set_up(client, "mend")
        bad = lease.usage("mend", [("a", "", 60), ("b", "MEND1", None), ("c", "MEND1", -5)])
        for _ in range(3):
            assert lease.outcomes(await lease.record(client, bad)) == (0, 0, 0, 3)
        rejections = {each.record.event_id: each for each in await listed(client, "mend")}
        assert {event: (each.reason, each.times) for event, each in rejections.items()} == {
            "a": ("NO_ASSET_IDENTITY", 3),
            "b": ("NO_METER_VALUE", 3),
            "c": ("NEGATIVE_VALUE", 3),
        }
        assert rejections["a"].origin == "gRPC batch, row 1"
        assert dict(rejections["a"].record.quantities) == {"minutes": "60"}
        assert rejections["a"].record.occurred_time.seconds == lease.microseconds(5) // 1_000_000
        assert (await totals(client, "mend")).rejected == sum(each.times for each in rejections.values()) == 9

        replay = pb.ReplayRejectionRequest(name=rejections["a"].name, batch=lease.usage("mend", [("a", "", 60)]))
        receipt = (await client.ingest.ReplayRejection(replay)).receipt
        assert lease.outcomes(receipt) == (0, 0, 0, 1), "not mended: refused again"
        assert len(await listed(client, "mend")) == 3
        replay.batch.asset_identities[0] = "MEND1"
        assert lease.outcomes((await client.ingest.ReplayRejection(replay)).receipt) == (1, 0, 0, 0)
        assert {each.record.event_id for each in await listed(client, "mend")} == {"b", "c"}
        assert lease.outcomes((await client.ingest.ReplayRejection(replay)).receipt) == (0, 0, 1, 0), "safe to repeat"
        summary = await client.ingest.SummarizeUsage(pb.SummarizeUsageRequest(source="ops-mend"))
        assert (summary.accepted, summary.waiting, summary.rejected) == (1, 0, 2)
        assert dict(summary.rejected_by_reason) == {"NEGATIVE_VALUE": 1, "NO_METER_VALUE": 1}

    house.ask(story)


def test_oldest_first_on_every_page_and_by_reason(house: House) -> None:
    async def story(client: Client) -> None:
        await lease.set_up(client, "pages")
        for number in range(10):
            identity, minutes = ("", 60) if number % 2 else ("PAGES1", None)
            await lease.record(client, lease.usage("pages", [(f"e{number}", identity, minutes)]))
        assert [each.record.event_id for each in await listed(client, "pages")] == [f"e{n}" for n in range(10)]
        no_value = await listed(client, "pages", "NO_METER_VALUE")
        assert [each.record.event_id for each in no_value] == [f"e{n}" for n in range(0, 10, 2)]

    house.ask(story)


def test_a_time_that_is_none_is_kept_and_can_be_listed(house: House) -> None:
    async def story(client: Client) -> None:
        await lease.set_up(client, "times")
        batch = lease.usage("times", [(f"e{number}", "TIMES1", 60) for number in range(4)])
        batch.occurred_at_us[:] = [2**63 - 1, -(2**63), lease.microseconds(5) * 1_000, lease.microseconds(5)]
        assert lease.outcomes(await lease.record(client, batch)) == (1, 0, 0, 3)
        rejections = await listed(client, "times", "TIME_OUT_OF_RANGE")
        assert {each.record.event_id for each in rejections} == {"e0", "e1", "e2"}

    house.ask(story)


@pytest.mark.parametrize(
    ("name", "rows", "code", "reason"),
    [
        ("rejections/none", 1, grpc.StatusCode.NOT_FOUND, "REJECTION_UNKNOWN"),
        ("rejections/none", 2, grpc.StatusCode.INVALID_ARGUMENT, "REPLAY_NOT_ONE_ROW"),
        ("rejections/none", 0, grpc.StatusCode.INVALID_ARGUMENT, "REPLAY_NOT_ONE_ROW"),
        ("none", 1, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD"),
    ],
)
def test_a_replay_that_makes_no_sense(house: House, name: str, rows: int, code: grpc.StatusCode, reason: str) -> None:
    async def story(client: Client) -> None:
        batch = lease.usage("mend", [(f"e{number}", "MEND1", 1) for number in range(rows)])
        with pytest.raises(grpc.aio.AioRpcError) as refusal:
            await client.ingest.ReplayRejection(pb.ReplayRejectionRequest(name=name, batch=batch))
        assert (refusal.value.code(), error_from_rpc(refusal.value).reason) == (code, reason)

    house.ask(story)

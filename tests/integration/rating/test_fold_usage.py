"""Every segment is folded once: whoever folds, however often it is told, whenever it dies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.stack import Stack
from dutycycle.rating.contract_book import ContractBook
from dutycycle.rating.service.fold_usage import UsageFolder
from dutycycle.rating.usage_reader import UsageReader
from dutycycle.runtime import tenancy
from dutycycle.runtime.database import Database
from dutycycle.runtime.rpc import connect
from tests.integration.rating.conftest import TENANTS, Lease, as_tenant, decimal, hours_charge

DAYS = 28
FLIGHTS_A_BATCH = 40


def batches(count: int) -> Iterator[list[tuple[str, str, int]]]:
    """Yield batches of flights of one hour each, over the days of May."""
    for batch in range(count):
        yield [("n1", f"2013-05-{1 + n % DAYS:02}T{8 + batch % 12:02}:{n:02}", 60) for n in range(FLIGHTS_A_BATCH)]


def every_hour() -> charge_pb2.Charge:
    charge = hours_charge()
    charge.price.CopyFrom(charge_pb2.Price(per_unit=charge_pb2.PerUnit(unit_amount=decimal("1"))))
    charge.ClearField("baseline")
    return charge


async def fold_again_and_again(stack: Stack, times: int) -> None:
    """Be one more replica: fold whatever is there, each time from scratch, as after a restart."""
    async with AsyncExitStack() as closing:
        channels = [connect(stack.target(name), TENANTS) for name in ("contracts", "ingest")]
        for channel in channels:
            await closing.enter_async_context(channel)
        database = Database(stack.environment["DUTYCYCLE_DATABASE_URL"], "rating")
        closing.push_async_callback(database.close)
        with tenancy.bound("skyline"):
            for _ in range(times):
                folder = UsageFolder(database, ContractBook(channels[0]), UsageReader(channels[1]), segments_a_fold=2)
                await folder.catch_up_all()


async def test_replicas_that_race_count_every_record_once(lease: Lease, stack: Stack) -> None:
    await lease.agree(every_hour())
    await lease.register("n1")
    replicas = [asyncio.create_task(fold_again_and_again(stack, 12)) for _ in range(3)]
    for batch in batches(12):
        await lease.fly(*batch)
    await asyncio.gather(*replicas)
    [may] = await lease.rate(5)
    assert may.measured[0].used_quantity.value == str(12 * FLIGHTS_A_BATCH)
    assert may.usage_records == 12 * FLIGHTS_A_BATCH


async def test_a_killed_service_goes_on_where_it_was(stack: Stack) -> None:
    """Usage that comes while rating is dead, and usage it died over, is folded after the restart, once."""
    async with as_tenant(stack, "harbour") as client:
        lease = Lease(client, "killed")
        await lease.agree(every_hour())
        await lease.register("n1")
        for number, batch in enumerate(batches(12)):
            if number == 4:
                await asyncio.to_thread(stack.kill, "rating")
            await lease.fly(*batch)
        await asyncio.to_thread(stack.restart, "rating")
        await _reconnected(client)
        [may] = await lease.rate(5)
    assert may.measured[0].used_quantity.value == str(12 * FLIGHTS_A_BATCH)


async def _reconnected(client: Client) -> None:
    """Let the channel find the new process."""
    await client.rating.GetWatermark(rating_pb2.GetWatermarkRequest(), wait_for_ready=True)

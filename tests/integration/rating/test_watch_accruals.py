"""A running month, watched while usage comes in."""

from __future__ import annotations

import asyncio
import time

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.stack import Stack
from dutycycle.kit import clock
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.rpc import error_from_rpc
from dutycycle.runtime.wire import period_to_proto
from tests.integration.rating.conftest import Lease, aircraft_charge, base_charge, hours_charge

APRIL = period_to_proto(BillingPeriod.month(2013, 4))
STOP_SECONDS = 15
"""Half of what a server gives to calls that are still open."""
OFTEN = Duration(nanos=100_000_000)


async def test_what_a_month_comes_to_grows_with_its_usage(lease: Lease) -> None:
    await lease.agree(base_charge(), aircraft_charge(), hours_charge())
    await lease.register("n1", "n2")
    request = rating_pb2.WatchAccrualsRequest(customer=lease.customer, period=APRIL, interval=OFTEN)
    call = lease.client.rating.WatchAccruals(request)
    told = aiter(call)
    async with asyncio.timeout(30):
        first = await anext(told)
        assert (first.usage_records, first.HasField("watermark")) == (0, False)
        assert [each.use.charge for each in first.accruals] == ["aircraft", "flight-hours"]
        assert first.totals[0].units == -1800  # two aircraft were agreed and none flew
        seen = []
        for day, minutes in ((5, 660), (6, 60), (7, 90)):
            await lease.fly(("n1", f"2013-04-0{day}T12:00", minutes))
            answer = await anext(told)
            while answer.usage_records < day - 4:
                answer = await anext(told)
            hours = answer.accruals[1]
            seen.append((hours.use.used_quantity.value, hours.use.baseline_quantity.value, hours.amount.units))
            assert answer.watermark.source == lease.source
            assert answer.period == APRIL
            assert answer.totals[0].units == hours.amount.units - 900
    assert seen == [("11", "10", 310), ("12", "10", 620), ("13.5", "10", 1085)]
    call.cancel()


async def test_usage_of_others_tells_nothing(lease: Lease) -> None:
    other = Lease(lease.client, f"{lease.code}b")
    for each in (lease, other):
        await each.agree(hours_charge())
        await each.register("n1")
    request = rating_pb2.WatchAccrualsRequest(customer=lease.customer, period=APRIL, interval=OFTEN)
    call = lease.client.rating.WatchAccruals(request)
    told = aiter(call)
    await anext(told)
    await other.fly(("n1", "2013-04-05T12:00", 660))
    await other.folded()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(told), 0.5)
    call.cancel()


async def test_the_running_month_is_the_default(lease: Lease) -> None:
    await lease.agree(hours_charge())
    call = lease.client.rating.WatchAccruals(rating_pb2.WatchAccrualsRequest(customer=lease.customer))
    first = await anext(aiter(call))
    call.cancel()
    today = clock.today("America/New_York")
    assert first.period == period_to_proto(BillingPeriod.month(today.year, today.month))
    assert not first.accruals  # the agreement was of 2013


async def test_a_customer_that_is_not_there_and_a_wrong_interval_are_refused(lease: Lease) -> None:
    nobody = rating_pb2.WatchAccrualsRequest(customer="customers/nobody")
    hurried = rating_pb2.WatchAccrualsRequest(customer=lease.customer, interval=Duration(nanos=1))
    for request, code in ((nobody, grpc.StatusCode.NOT_FOUND), (hurried, grpc.StatusCode.INVALID_ARGUMENT)):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await anext(aiter(lease.client.rating.WatchAccruals(request)))
        assert caught.value.code() is code
    assert [each.field for each in error_from_rpc(caught.value).violations] == ["interval"]


async def test_a_watch_ends_at_once_when_its_replica_stops(lease: Lease, stack: Stack) -> None:
    await lease.agree(hours_charge())
    request = rating_pb2.WatchAccrualsRequest(customer=lease.customer, period=APRIL)
    told = aiter(lease.client.rating.WatchAccruals(request))
    await anext(told)
    started = time.monotonic()
    stopping = asyncio.create_task(asyncio.to_thread(stack.terminate, "rating"))
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await anext(told)
    await stopping
    assert error_from_rpc(caught.value).reason == "SERVICE_STOPPING"
    assert time.monotonic() - started < STOP_SECONDS
    await asyncio.to_thread(stack.restart, "rating")
    again = lease.client.rating.WatchAccruals(request)
    assert (await anext(aiter(again))).customer == lease.customer
    again.cancel()

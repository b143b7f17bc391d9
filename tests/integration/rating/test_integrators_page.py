"""The requests that the integrators' page shows, on real servers, for the customer they name."""

from __future__ import annotations

from typing import TypeVar

from google.protobuf import json_format
from google.protobuf.message import Message

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.runtime.wire import money_from_proto
from tests.docs.page import block
from tests.integration.rating.conftest import Lease, base_charge, hours_charge

T = TypeVar("T", bound=Message)
PAGE = "docs/integrators.md"


def shown(mark: str, message: T) -> T:
    """Return the request that the page shows."""
    return json_format.Parse(block(PAGE, mark), message)


async def test_usage_and_previews(client: Client) -> None:
    usage = await client.rating.RateUsage(shown("rate-usage", rating_pb2.RateUsageRequest()))
    assert [money_from_proto(line.amount).text() for line in usage.lines] == ["$56.00", "$44.00"]
    preview = await client.rating.PreviewCharge(shown("preview-charge", rating_pb2.PreviewChargeRequest()))
    assert len(preview.previews[0].samples) == 4


async def test_streams(client: Client) -> None:
    lease = Lease(client, "fl")
    await lease.agree(base_charge(), hours_charge())
    await lease.register("n1")
    await lease.fly(("n1", "2013-04-05T12:00", 660), ("n1", "2013-05-05T12:00", 720))
    await lease.folded()
    await _statements(lease)
    await _simulation(lease)
    await _accruals(lease)


async def _statements(lease: Lease) -> None:
    request = shown("rate-customer", rating_pb2.RateCustomerRequest())
    answers = [answer async for answer in lease.client.rating.RateCustomer(request)]
    assert [statement for each in answers for statement in each.statements] == await lease.rate(4, 5)
    portfolio = lease.client.rating.RatePortfolio(shown("rate-portfolio", rating_pb2.RatePortfolioRequest()))
    *_, last = [answer async for answer in portfolio]
    assert [total.total.currency_code for total in last.totals] == ["USD"]


async def _simulation(lease: Lease) -> None:
    request = shown("simulate-charges", rating_pb2.SimulateChargesRequest())
    *_, last = [answer async for answer in lease.client.rating.SimulateCharges(request)]
    differences = {each.alternative: money_from_proto(each.difference).text() for each in last.alternatives}
    # 1 and 2 hours above ten at 200 instead of 310; two months without a base of 5,000.
    assert differences == {"cheaper hours": "−$330.00", "no base": "−$10,000.00"}


async def _accruals(lease: Lease) -> None:
    call = lease.client.rating.WatchAccruals(shown("watch-accruals", rating_pb2.WatchAccrualsRequest()))
    first = await anext(aiter(call))
    call.cancel()
    assert money_from_proto(first.totals[0]).text() == "$310.00"

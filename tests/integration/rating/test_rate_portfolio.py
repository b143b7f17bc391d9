"""Statements on a stream: those of one customer, and those of all."""

from __future__ import annotations

import grpc
import grpc.aio
import pytest

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.rpc import error_from_rpc
from dutycycle.runtime.wire import period_to_proto
from tests.integration.rating.conftest import Lease, base_charge, hours_charge

APRIL, MAY = (period_to_proto(BillingPeriod.month(2013, month)) for month in (4, 5))


async def test_each_period_of_a_customer_is_what_rate_periods_gives(lease: Lease) -> None:
    await lease.agree(base_charge(), hours_charge())
    await lease.register("n1")
    await lease.fly(("n1", "2013-04-05T12:00", 660), ("n1", "2013-05-05T12:00", 720))
    expected = await lease.rate(4, 5, include_assets=True)
    request = rating_pb2.RateCustomerRequest(
        customer=lease.customer,
        periods=[APRIL, MAY],
        include_assets=True,
        required_watermarks=[await lease.folded()],
    )
    answers = [answer async for answer in lease.client.rating.RateCustomer(request)]
    assert [(each.progress.done, each.progress.total, each.progress.customer) for each in answers] == [
        (1, 2, lease.customer),
        (2, 2, lease.customer),
    ]
    assert [each.period for each in answers] == [APRIL, MAY]
    assert [statement for each in answers for statement in each.statements] == expected


async def test_a_portfolio_answers_for_each_customer_and_adds_up(lease: Lease) -> None:
    other = Lease(lease.client, f"{lease.code}b")
    for each, minutes in ((lease, 660), (other, 1200)):
        await each.agree(base_charge(), hours_charge())
        await each.register("n1")
        await each.fly(("n1", "2013-04-05T12:00", minutes))
        await each.folded()
    stranger = "customers/nobody"
    request = rating_pb2.RatePortfolioRequest(period=APRIL, customers=[lease.customer, stranger, other.customer])
    *answers, last = [answer async for answer in lease.client.rating.RatePortfolio(request)]
    assert [each.progress.done for each in answers] == [1, 2, 3]
    by_customer = {each.progress.customer: each for each in answers}
    for each in (lease, other):
        assert list(by_customer[each.customer].statements) == await each.rate(4)
    assert by_customer[stranger].error.code == grpc.StatusCode.NOT_FOUND.value[0]
    [total] = last.totals
    # 5,000 base of May each; 310 for one hour above, 3,100 for ten.
    assert (total.total.units, total.customers, total.statements, total.usage_records) == (13_410, 2, 2, 2)


async def test_without_names_all_customers_with_an_agreement_are_rated(lease: Lease) -> None:
    await lease.agree(base_charge())
    request = rating_pb2.RatePortfolioRequest(period=APRIL)
    *answers, last = [answer async for answer in lease.client.rating.RatePortfolio(request)]
    assert lease.customer in {each.progress.customer for each in answers}
    assert len(answers) == last.progress.total == last.progress.done
    assert not any(each.HasField("error") for each in answers)


async def test_usage_that_is_not_folded_refuses_the_whole_portfolio(lease: Lease) -> None:
    await lease.agree(hours_charge())
    await lease.register("n1")
    await lease.fly(("n1", "2013-04-05T12:00", 660))
    head = await lease.folded()
    head.last_segment_number += 1
    request = rating_pb2.RatePortfolioRequest(period=APRIL, customers=[lease.customer], required_watermarks=[head])
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        _ = [answer async for answer in lease.client.rating.RatePortfolio(request)]
    assert error_from_rpc(caught.value).reason == "USAGE_INCOMPLETE"


async def test_a_stream_that_is_closed_ends_and_the_next_one_works(client: Client, lease: Lease) -> None:
    await lease.agree(base_charge())
    months = [period_to_proto(BillingPeriod.month(year, month)) for year in (2012, 2013) for month in range(1, 13)]
    request = rating_pb2.RateCustomerRequest(customer=lease.customer, periods=months)
    call = client.rating.RateCustomer(request)
    async for answer in call:
        assert answer.progress.done == 1
        break
    call.cancel()
    assert len([answer async for answer in client.rating.RateCustomer(request)]) == 24


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("RateCustomer", rating_pb2.RateCustomerRequest(customer="customers/x"), "periods"),
        ("RatePortfolio", rating_pb2.RatePortfolioRequest(), "period.start_date"),
    ],
)
async def test_a_wrong_request_is_told_which_field(client: Client, method: str, request_: object, field: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        _ = [answer async for answer in getattr(client.rating, method)(request_)]
    assert [each.field for each in error_from_rpc(caught.value).violations] == [field]

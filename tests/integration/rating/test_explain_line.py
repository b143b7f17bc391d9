"""One line down to its records."""

from __future__ import annotations

import grpc
import grpc.aio
import pytest

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.rpc import error_from_rpc
from dutycycle.runtime.wire import period_to_proto
from tests.integration.rating.conftest import Lease, base_charge, hours_charge


def explain(lease: Lease, line: str, **options: object) -> rating_pb2.ExplainLineRequest:
    period = period_to_proto(BillingPeriod.month(2013, 4))
    request = rating_pb2.ExplainLineRequest(customer=lease.customer, period=period, line=f"{lease.schedule}/{line}")
    for name, value in options.items():
        setattr(request, name, value)
    return request


async def test_a_line_is_explained_down_to_its_flights(lease: Lease) -> None:
    await lease.agree(base_charge(), hours_charge())
    await lease.register("n1", "n2", "n3")
    await lease.fly(
        ("n1", "2013-04-05T12:00", 600), ("n2", "2013-04-06T12:00", 30), ("n2", "2013-04-07T12:00", 33),
        ("n3", "2013-05-06T12:00", 60),
    )  # fmt: skip
    await lease.folded()
    hours = await lease.client.rating.ExplainLine(explain(lease, "flight-hours", record_limit=10))
    assert [(a.display_name, a.records, a.quantities["air_minutes"]) for a in hours.assets] == [
        ("N1", 1, "600"), ("N2", 2, "63"),
    ]  # fmt: skip
    assert [record.event_id for record in hours.records] == [
        "n1-2013-04-05T12:00", "n2-2013-04-06T12:00", "n2-2013-04-07T12:00",
    ]  # fmt: skip
    assert hours.records_total == 3
    assert [step.text for step in hours.line.steps] == [
        "663 air minutes in the period",
        "663 ÷ 60 = 11.1 flight hours, rounded to 0.1 half away from zero",
        "10.0 flight hours agreed (January); 1.1 above",
        "1.1 flight hours at $310.00",
    ]
    of_one = await lease.client.rating.ExplainLine(
        explain(lease, "flight-hours", record_limit=1, asset=f"assets/{lease.code}-n2")
    )
    assert [a.display_name for a in of_one.assets] == ["N2"]
    assert (len(of_one.records), of_one.records_total) == (1, 2)
    base = await lease.client.rating.ExplainLine(explain(lease, "base@2013-05-01", record_limit=10))
    assert (len(base.assets), len(base.records), base.line.amount.units) == (0, 0, 5000)


async def test_a_line_that_is_not_there_is_not_found(lease: Lease) -> None:
    await lease.agree(hours_charge())
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await lease.client.rating.ExplainLine(explain(lease, "landings"))
    assert error_from_rpc(caught.value).reason == "LINE_UNKNOWN"

"""Whole periods from stored usage: what falls due when, on which terms, and only once usage is complete."""

from __future__ import annotations

from datetime import date

import grpc
import grpc.aio
import pytest

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.stack import Stack
from dutycycle.kit import errors
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.rpc import error_from_rpc
from dutycycle.runtime.wire import period_to_proto
from tests.integration.rating.conftest import (
    Lease,
    aircraft_charge,
    amounts,
    as_tenant,
    base_charge,
    commitment_charge,
    dollars,
    hours_charge,
)


async def test_a_first_a_middle_and_a_last_month(lease: Lease) -> None:
    """The base is billed a month ahead, in January for January too, and in December for nothing."""
    await lease.agree(base_charge(), aircraft_charge(), hours_charge())
    await lease.register("n1", "n2", "n3")
    await lease.fly(
        ("n1", "2013-01-05T12:00", 500), ("n2", "2013-01-05T13:00", 131),
        ("n1", "2013-06-01T12:00", 60), ("n2", "2013-06-02T12:00", 60), ("n3", "2013-06-03T12:00", 60),
        ("n1", "2013-12-01T12:00", 60),
    )  # fmt: skip
    january, june, december = await lease.rate(1, 6, 12)
    assert amounts(january) == {
        "base@2013-01-01": "5000.00", "base@2013-02-01": "5000.00", "aircraft": "0.00", "flight-hours": "155.00",
    }  # fmt: skip
    assert amounts(june) == {"base@2013-07-01": "5000.00", "aircraft": "1200.00", "flight-hours": "0.00"}
    assert amounts(december) == {"aircraft": "-900.00", "flight-hours": "0.00"}
    assert [dollars(s.total.units, s.total.nanos) for s in (january, june, december)] == [
        "10155.00", "6200.00", "-900.00",
    ]  # fmt: skip
    assert [dollars(s.period_cost.units, s.period_cost.nanos) for s in (january, june, december)] == [
        "5155.00", "6200.00", "4100.00",
    ]  # fmt: skip
    hours = january.lines[3]
    assert (hours.used_quantity.value, hours.adjustment_quantity.value) == ("10.5", "0.5")
    assert (hours.rate_text, hours.units) == ("$310.00 per flight hour above", "flight hours")
    assert january.usage_records == 2
    assert [(m.charge, m.used_quantity.value) for m in june.measured] == [("aircraft", "3"), ("flight-hours", "3")]


async def test_a_billing_month_is_a_month_in_new_york(lease: Lease) -> None:
    await lease.agree(aircraft_charge(), hours_charge())
    await lease.register("n1", "n2")
    await lease.fly(
        ("n1", "2013-02-01T04:59", 600),  # 23:59 on 31 January
        ("n2", "2013-02-01T05:00", 660),  # midnight
        ("n1", "2013-04-01T03:59", 61),  # 23:59 on 31 March, daylight saving time
    )
    statements = await lease.rate(1, 2, 3, 4, include_assets=True)
    used = [{m.charge: m.used_quantity.value for m in statement.measured} for statement in statements]
    assert used == [
        {"aircraft": "1", "flight-hours": "10"},
        {"aircraft": "1", "flight-hours": "11"},
        {"aircraft": "1", "flight-hours": "1"},
        {"aircraft": "0", "flight-hours": "0"},
    ]
    january, idle = statements[0].assets
    assert (january.display_name, january.records, january.days_active) == ("N1", 1, 1)
    assert (idle.display_name, idle.records, idle.HasField("last_active_date")) == ("N2", 0, False)
    assert dict(january.quantities) == {"air_minutes": "600", "cycles": "1"}


async def test_usage_goes_to_the_cost_centre_of_its_day(lease: Lease) -> None:
    """An asset that moves to another cost centre stays on its schedule, is one asset, and is told in two parts."""
    await lease.agree(aircraft_charge(), hours_charge())
    await lease.register("n1", moves={date(2013, 3, 11): "4110", date(2013, 3, 21): "4120"})
    await lease.fly(("n1", "2013-03-05T12:00", 60), ("n1", "2013-03-15T12:00", 120), ("n1", "2013-03-25T12:00", 180))
    [march] = await lease.rate(3, include_assets=True)
    assert {a.cost_centre: dict(a.quantities)["air_minutes"] for a in march.assets} == {
        "": "60",
        "4110": "120",
        "4120": "180",
    }
    assert {m.charge: m.used_quantity.value for m in march.measured} == {"aircraft": "1", "flight-hours": "6"}


async def test_a_commitment_takes_the_base_of_its_own_month(lease: Lease) -> None:
    """March's base was billed in February; it draws March's commitment down all the same."""
    await lease.agree(base_charge(), hours_charge())
    await lease.register("n1")
    await lease.fly(("n1", "2013-03-05T12:00", 900), ("n1", "2013-04-05T12:00", 3000))
    committed = lease.terms(base_charge(), hours_charge(), commitment_charge())
    march, april = await lease.rate(3, 4, alternative_terms=committed)
    assert amounts(march)["commitment"] == "1450.00"  # 8,000 less 5,000 base and 5 hours at 310
    assert amounts(april)["commitment"] == "0.00"
    assert dollars(march.period_cost.units, march.period_cost.nanos) == "8000.00"


async def test_a_revision_holds_from_its_date_and_its_base_a_month_earlier(lease: Lease) -> None:
    await lease.agree(base_charge(), hours_charge())
    await lease.agree(base_charge("6000.00"), hours_charge("300.00"), effective=date(2013, 5, 1))
    await lease.register("n1")
    await lease.fly(("n1", "2013-04-05T12:00", 660), ("n1", "2013-05-05T12:00", 660))
    march, april, may = await lease.rate(3, 4, 5)
    assert amounts(march) == {"base@2013-04-01": "5000.00", "flight-hours": "0.00"}
    assert amounts(april) == {"base@2013-05-01": "6000.00", "flight-hours": "310.00"}
    assert amounts(may) == {"base@2013-06-01": "6000.00", "flight-hours": "300.00"}
    assert [march.agreement_revision, april.agreement_revision, may.agreement_revision] == [1, 1, 2]


async def test_other_terms_are_tried_without_touching_those_in_force(lease: Lease) -> None:
    await lease.agree(base_charge(), hours_charge())
    await lease.register("n1")
    await lease.fly(("n1", "2013-04-05T12:00", 660))
    [tried] = await lease.rate(4, alternative_terms=lease.terms(base_charge("1.00"), hours_charge("2.00")))
    assert amounts(tried) == {"base@2013-05-01": "1.00", "flight-hours": "2.00"}
    [in_force] = await lease.rate(4)
    assert amounts(in_force) == {"base@2013-05-01": "5000.00", "flight-hours": "310.00"}


async def test_terms_that_contradict_themselves_are_refused_field_by_field(lease: Lease) -> None:
    await lease.agree(base_charge())
    wrong = lease.terms(hours_charge())
    wrong.schedules[0].charges[0].ClearField("baseline")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await lease.rate(4, wait=False, alternative_terms=wrong)
    refusal = error_from_rpc(caught.value)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert [violation.field for violation in refusal.violations] == [
        "alternative_terms.schedules[0].charges[0].baseline"
    ]


async def test_rating_waits_for_usage_that_ingest_accepted(lease: Lease) -> None:
    await lease.agree(hours_charge())
    await lease.register("n1")
    await lease.fly(("n1", "2013-04-05T12:00", 660))
    head = await lease.folded()
    ahead = ingest_pb2.SourceHead(source=lease.source, last_segment_number=head.last_segment_number + 1)
    request = rating_pb2.RatePeriodsRequest(
        customer=lease.customer, periods=[period_to_proto(BillingPeriod.month(2013, 4))], required_watermarks=[ahead]
    )
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await lease.client.rating.RatePeriods(request)
    refusal = error_from_rpc(caught.value)
    assert isinstance(refusal, errors.PreconditionError)
    assert refusal.reason == "USAGE_INCOMPLETE"
    assert refusal.metadata == {lease.source: f"{head.last_segment_number}/{ahead.last_segment_number}"}


async def test_usage_that_waited_counts_once_its_aircraft_is_registered(lease: Lease) -> None:
    await lease.agree(aircraft_charge(), hours_charge())
    await lease.register("n1")
    receipt = await lease.fly(("n1", "2013-04-05T12:00", 600), ("n9", "2013-04-06T12:00", 60))
    assert (receipt.accepted, receipt.waiting) == (1, 1)
    [before] = await lease.rate(4)
    await lease.register("n9")
    await lease.client.ingest.ResolveWaiting(ingest_pb2.ResolveWaitingRequest())
    [after] = await lease.rate(4)
    used = [{m.charge: m.used_quantity.value for m in statement.measured} for statement in (before, after)]
    assert used == [{"aircraft": "1", "flight-hours": "10"}, {"aircraft": "2", "flight-hours": "11"}]


async def test_a_period_that_is_no_month_and_a_customer_without_terms_are_refused(lease: Lease) -> None:
    half = period_to_proto(BillingPeriod(date(2013, 4, 1), date(2013, 4, 16)))
    cases = [
        (rating_pb2.RatePeriodsRequest(customer=lease.customer), grpc.StatusCode.INVALID_ARGUMENT),
        (rating_pb2.RatePeriodsRequest(customer=lease.customer, periods=[half]), grpc.StatusCode.INVALID_ARGUMENT),
        (
            rating_pb2.RatePeriodsRequest(
                customer=lease.customer, periods=[period_to_proto(BillingPeriod.month(2013, 4))]
            ),
            grpc.StatusCode.NOT_FOUND,
        ),
    ]
    for request, code in cases:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await lease.client.rating.RatePeriods(request)
        assert caught.value.code() is code


async def test_another_tenant_sees_neither_terms_nor_usage(lease: Lease, stack: Stack) -> None:
    await lease.agree(hours_charge())
    await lease.register("n1")
    await lease.fly(("n1", "2013-04-05T12:00", 660))
    await lease.folded()
    request = rating_pb2.RatePeriodsRequest(
        customer=lease.customer, periods=[period_to_proto(BillingPeriod.month(2013, 4))]
    )
    async with as_tenant(stack, "harbour") as other:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await other.rating.RatePeriods(request)
        assert caught.value.code() is grpc.StatusCode.NOT_FOUND
        answer = await other.rating.GetWatermark(rating_pb2.GetWatermarkRequest())
        assert lease.source not in {head.source for head in answer.folded}
        request.alternative_terms.CopyFrom(_same_terms(lease))
        [tried] = (await other.rating.RatePeriods(request)).statements
        assert tried.usage_records == 0


def _same_terms(lease: Lease) -> contracts_pb2.Agreement:
    return lease.terms(hours_charge())

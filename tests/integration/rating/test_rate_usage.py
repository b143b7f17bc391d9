"""Quantities and records on charges, from the request alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import grpc
import grpc.aio
import pytest

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.rpc import error_from_rpc
from dutycycle.runtime.wire import period_to_proto
from tests.integration.rating.conftest import base_charge, commitment_charge, decimal, hours_charge


def tiered() -> charge_pb2.Charge:
    charge = hours_charge()
    tiers = [
        charge_pb2.Tier(up_to=decimal("40"), unit_amount=decimal("310")),
        charge_pb2.Tier(unit_amount=decimal("285")),
    ]
    charge.price.graduated.CopyFrom(charge_pb2.Tiered(tiers=tiers))
    return charge


async def test_every_step_of_the_arithmetic_comes_with_the_line(client: Client) -> None:
    request = rating_pb2.RateUsageRequest(charge=tiered(), quantity=decimal("3222"), currency="USD")
    line = (await client.rating.RateUsage(request)).line
    assert (line.amount.units, line.amount.nanos) == (13454, 500_000_000)
    assert [step.amount.value for step in line.steps if step.HasField("amount")] == ["12400", "1054.5"]
    assert line.charge_text == "Flight hours above 10.0 a month: the first 40 at $310.00, beyond at $285.00"
    assert not line.HasField("unit_amount")


async def test_prices_below_what_money_holds_are_kept_in_the_steps(client: Client) -> None:
    charge = hours_charge("0.000000000001")
    charge.price.on = charge_pb2.PRICE_ON_ALL
    charge.rounding.mode = charge_pb2.ROUNDING_MODE_NONE
    request = rating_pb2.RateUsageRequest(charge=charge, quantity=decimal("60"), currency="USD")
    line = (await client.rating.RateUsage(request)).line
    assert line.steps[-1].amount.value == "0.000000000001"
    assert (line.amount.units, line.amount.nanos) == (0, 0)


async def test_an_amount_that_no_money_holds_is_refused_by_name(client: Client) -> None:
    request = rating_pb2.RateUsageRequest(charge=tiered(), quantity=decimal("6" + "0" * 21), currency="USD")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.rating.RateUsage(request)
    assert error_from_rpc(caught.value).reason == "AMOUNT_TOO_LARGE"


async def test_a_commitment_is_rated_on_the_amounts_given(client: Client) -> None:
    request = rating_pb2.RateUsageRequest(
        charge=commitment_charge(), currency="USD", covered_amounts={"base": "5000.25", "flight-hours": "-100"}
    )
    line = (await client.rating.RateUsage(request)).line
    assert (line.amount.units, line.amount.nanos) == (3099, 750_000_000)
    assert line.kind == rating_pb2.LINE_KIND_TOP_UP


def first_bound(request: rating_pb2.RateUsageRequest, text: str) -> None:
    request.charge.price.graduated.tiers[0].up_to.value = text


Spoil = Callable[[rating_pb2.RateUsageRequest], None]


@pytest.mark.parametrize(
    ("field", "spoil"),
    [
        ("charge.label", lambda r: r.charge.ClearField("label")),
        ("charge.price", lambda r: r.charge.price.ClearField("graduated")),
        ("charge.price.graduated.tiers[0].up_to", lambda r: first_bound(r, "ten")),
        ("charge.price.graduated.tiers[0].up_to", lambda r: first_bound(r, "0")),
        ("charge.quantify.increment", lambda r: r.charge.quantify.ClearField("increment")),
        ("charge.measure.aggregation", lambda r: r.charge.measure.ClearField("aggregation")),
        ("quantity", lambda r: r.ClearField("quantity")),
        ("currency", lambda r: r.ClearField("currency")),
    ],
)
async def test_a_wrong_request_is_told_which_field(client: Client, field: str, spoil: Spoil) -> None:
    request = rating_pb2.RateUsageRequest(charge=tiered(), quantity=decimal("3222"), currency="USD")
    spoil(request)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.rating.RateUsage(request)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert [violation.field for violation in error_from_rpc(caught.value).violations] == [field]


def point(at: str, asset: str, minutes: str, **attributes: str) -> rating_pb2.UsagePoint:
    message = rating_pb2.UsagePoint(asset=asset, quantities={"air_minutes": minutes}, attributes=attributes)
    message.occurred_time.FromJsonString(at)
    return message


async def test_records_are_measured_over_the_period_in_its_zone(client: Client) -> None:
    request = rating_pb2.RateUsageRequest(
        charge=hours_charge(),
        currency="USD",
        zone="America/New_York",
        period=period_to_proto(BillingPeriod(date(2013, 4, 1), date(2013, 4, 16))),
        records=[
            point("2013-04-01T03:59:59Z", "n1", "6000"),  # still March in New York
            point("2013-04-01T04:00:00Z", "n1", "600"),
            point("2013-04-16T03:59:59Z", "n2", "60"),
            point("2013-04-16T04:00:00Z", "n2", "6000"),
        ],
    )
    line = (await client.rating.RateUsage(request)).line
    assert (line.used_quantity.value, line.amount.units) == ("11", 310)
    assert {share.key: share.amount.value for share in line.allocations} == {"n1": "281.82", "n2": "28.18"}


async def test_a_commitment_sees_the_amounts_of_the_charges_beside_it(client: Client) -> None:
    split = hours_charge()
    split.adjust.split.extend(
        [
            charge_pb2.PartyShare(party="fund", weight=decimal("1")),
            charge_pb2.PartyShare(party="us", weight=decimal("2")),
        ]
    )
    request = rating_pb2.RateUsageRequest(
        charges=[commitment_charge(), base_charge(), split],
        charge_quantities={"flight-hours": "660"},
        currency="USD",
    )
    lines = (await client.rating.RateUsage(request)).lines
    assert [(line.charge, line.amount.units) for line in lines] == [
        ("commitment", 2690),
        ("base", 5000),
        ("flight-hours", 310),
    ]
    assert {share.key: share.amount.value for share in lines[2].parties} == {"fund": "103.33", "us": "206.67"}


async def test_earlier_periods_leave_what_they_did_not_use(client: Client) -> None:
    charge = hours_charge()
    charge.baseline.carry.periods = 2
    request = rating_pb2.RateUsageRequest(
        charge=charge,
        currency="USD",
        quantity=decimal("1200"),
        history=[rating_pb2.PeriodUsage(quantity=decimal("360")), rating_pb2.PeriodUsage(quantity=decimal("540"))],
    )
    line = (await client.rating.RateUsage(request)).line
    # 4 and 1 hours of 10 were left; 20 hours are 5 more than 10 + 5.
    assert (line.baseline_quantity.value, line.amount.units) == ("15", 1550)


async def test_steps_name_their_tier_and_what_they_are_about(client: Client) -> None:
    charge = tiered()
    charge.select.scope = charge_pb2.SCOPE_ASSET
    request = rating_pb2.RateUsageRequest(
        charge=charge,
        currency="USD",
        entries=[
            rating_pb2.UsageEntry(key="n1", quantity=decimal("3600")),
            rating_pb2.UsageEntry(key="n2", quantity=decimal("660")),
        ],
    )
    line = (await client.rating.RateUsage(request)).line
    assert [(step.key, step.tier) for step in line.steps if step.stage == "tier"] == [("n1", 1), ("n1", 2), ("n2", 1)]
    assert line.amount.units == 40 * 310 + 10 * 285 + 310


@pytest.mark.parametrize(
    ("field", "spoil"),
    [
        ("zone", lambda r: setattr(r, "zone", "Mars/North")),
        ("period_number", lambda r: setattr(r, "period_number", -1)),
        ("charge", lambda r: r.charges.add().CopyFrom(hours_charge())),
        ("records[0].occurred_time", lambda r: r.records.add()),
        ("entries[0].quantity", lambda r: r.entries.add()),
        ("entries[0].charge", lambda r: r.entries.add(quantity=decimal("1"), charge="other")),
        ("history[0].quantity", lambda r: r.history.add(quantity=decimal("x"))),
        ("already_billed_amounts[other]", lambda r: r.already_billed_amounts.update({"other": "1"})),
        ("stretches[0].active.start_date", lambda r: r.stretches.add()),
        ("asset_count", lambda r: setattr(r, "asset_count", -1)),
    ],
)
async def test_usage_that_does_not_fit_is_told_by_field(client: Client, field: str, spoil: Spoil) -> None:
    request = rating_pb2.RateUsageRequest(charge=hours_charge(), quantity=decimal("660"), currency="USD")
    spoil(request)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.rating.RateUsage(request)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert [violation.field for violation in error_from_rpc(caught.value).violations] == [field]

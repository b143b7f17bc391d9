"""One quantity on one charge, from the request alone."""

from __future__ import annotations

from collections.abc import Callable

import grpc
import grpc.aio
import pytest

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.runtime.rpc import error_from_rpc
from tests.integration.rating.conftest import commitment_charge, decimal, hours_charge


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

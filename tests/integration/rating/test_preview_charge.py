"""Charges looked at while they are being written."""

from __future__ import annotations

from decimal import Decimal

import grpc
import grpc.aio
import pytest

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.runtime.rpc import error_from_rpc
from tests.integration.rating.conftest import base_charge, commitment_charge, decimal, hours_charge


async def test_a_valid_charge_reads_and_costs_what_it_would(client: Client) -> None:
    request = rating_pb2.PreviewChargeRequest(charges=[hours_charge(), base_charge()], currency="USD")
    answer = await client.rating.PreviewCharge(request)
    hours, base = answer.previews
    assert not hours.violations
    assert not answer.violations
    assert hours.charge_text == "Flight hours above 10.0 a month: $310.00 per flight hour"
    assert hours.units == "flight hours"
    assert [(each.quantity.value, each.amount.units) for each in hours.samples] == [
        ("0", 0),
        ("10", 0),
        ("10.1", 31),
        ("20", 3100),
    ]
    assert hours.samples[-1].unit_amount.value == "155"
    [once] = base.samples
    assert (once.amount.units, base.units) == (5000, "")


async def test_a_sample_is_what_rating_the_quantity_gives(client: Client) -> None:
    charge = hours_charge()
    charge.price.graduated.CopyFrom(
        charge_pb2.Tiered(
            tiers=[
                charge_pb2.Tier(up_to=decimal("40"), unit_amount=decimal("310")),
                charge_pb2.Tier(unit_amount=decimal("285")),
            ]
        )
    )
    preview = rating_pb2.PreviewChargeRequest(charges=[charge], currency="USD")
    [found] = (await client.rating.PreviewCharge(preview)).previews
    assert [each.quantity.value for each in found.samples] == ["0", "10", "10.1", "50", "50.1", "100"]
    for sample in found.samples:
        minutes = str(int(Decimal(sample.quantity.value) * 60))
        request = rating_pb2.RateUsageRequest(charge=charge, quantity=decimal(minutes), currency="USD")
        assert (await client.rating.RateUsage(request)).line.amount == sample.amount


async def test_everything_wrong_comes_as_an_answer(client: Client) -> None:
    wrong = hours_charge()
    wrong.label = ""
    wrong.ClearField("baseline")
    request = rating_pb2.PreviewChargeRequest(charges=[wrong, base_charge()], currency="USD")
    first, second = (await client.rating.PreviewCharge(request)).previews
    assert {each.field for each in first.violations} == {"charges[0].label", "charges[0].baseline"}
    assert not first.samples
    assert second.charge_text
    assert not second.violations


async def test_charges_that_do_not_fit_each_other_are_told(client: Client) -> None:
    request = rating_pb2.PreviewChargeRequest(charges=[commitment_charge(), base_charge()], currency="USD")
    answer = await client.rating.PreviewCharge(request)
    assert [each.field for each in answer.violations] == ["charges[0].price.commitment.covers"]
    nothing_used = answer.previews[0].samples[0]
    assert (nothing_used.quantity.value, nothing_used.amount.units) == ("0", 8000)


async def test_a_matrix_says_what_it_lacks_for_a_sample(client: Client) -> None:
    charge = hours_charge()
    charge.ClearField("baseline")
    cell = charge_pb2.Cell(match=[charge_pb2.CellMatch(attribute="region", values=["north"])])
    cell.price.per_unit.unit_amount.value = "3"
    charge.price.CopyFrom(charge_pb2.Price(matrix=charge_pb2.Matrix(cells=[cell])))
    charge.measure.each = "region"
    request = rating_pb2.PreviewChargeRequest(charges=[charge], currency="USD", quantities=[decimal("2")])
    [preview] = (await client.rating.PreviewCharge(request)).previews
    assert "no cell" in preview.samples[0].problem
    assert not preview.samples[0].HasField("amount")


@pytest.mark.parametrize(
    ("field", "request_"),
    [
        ("charges", rating_pb2.PreviewChargeRequest(currency="USD")),
        ("currency", rating_pb2.PreviewChargeRequest(charges=[base_charge()])),
        (
            "quantities[0]",
            rating_pb2.PreviewChargeRequest(charges=[base_charge()], currency="USD", quantities=[decimal("x")]),
        ),
    ],
)
async def test_a_wrong_request_is_an_error(
    client: Client, field: str, request_: rating_pb2.PreviewChargeRequest
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.rating.PreviewCharge(request_)
    assert [each.field for each in error_from_rpc(caught.value).violations] == [field]

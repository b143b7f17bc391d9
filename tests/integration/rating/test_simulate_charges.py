"""What past months would have cost on other charges."""

from __future__ import annotations

from decimal import Decimal

import grpc
import grpc.aio
import pytest
from google.type.money_pb2 import Money

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.rpc import error_from_rpc
from dutycycle.runtime.wire import money_from_proto, period_to_proto
from tests.integration.rating.conftest import Lease, base_charge, commitment_charge, decimal, hours_charge

MONTHS = [period_to_proto(BillingPeriod.month(2013, month)) for month in (4, 5, 6)]


def amount(message: Money) -> Decimal:
    return money_from_proto(message).amount


def discounted() -> charge_pb2.Charge:
    """Flight hours with a discount of nothing: no curve any more, and the same figures."""
    charge = hours_charge("200")
    charge.adjust.discounts.add(percent=decimal("0"), label="none")
    return charge


def replacing(name: str, charge: charge_pb2.Charge) -> rating_pb2.AlternativeCharges:
    """Put a charge in the place of the one for flight hours."""
    replacement = rating_pb2.ChargeReplacement(charge_id="flight-hours", charge=charge)
    return rating_pb2.AlternativeCharges(name=name, replacements=[replacement])


async def simulated(lease: Lease, *alternatives: rating_pb2.AlternativeCharges) -> rating_pb2.SimulateChargesResponse:
    request = rating_pb2.SimulateChargesRequest(
        customers=[lease.customer],
        periods=MONTHS,
        alternatives=alternatives,
        include_customers=True,
        histogram_bars=4,
    )
    answers = [answer async for answer in lease.client.rating.SimulateCharges(request)]
    assert [each.progress.done for each in answers] == [0, 1, 1]
    return answers[-1]


async def flown(lease: Lease) -> None:
    await lease.agree(base_charge(), hours_charge())
    await lease.register("n1", "n2")
    await lease.fly(("n1", "2013-04-05T12:00", 660), ("n1", "2013-05-05T12:00", 1200), ("n2", "2013-05-06T12:00", 61))
    await lease.folded()


async def test_columns_and_lines_give_the_same_costs(lease: Lease) -> None:
    await flown(lease)
    columns = replacing("columns", hours_charge("200"))
    lines = replacing("lines", discounted())
    alone = rating_pb2.AlternativeCharges(name="alone", charges=[hours_charge("200")])
    alone_by_lines = rating_pb2.AlternativeCharges(name="alone by lines", charges=[discounted()])
    answer = await simulated(lease, columns, lines, alone, alone_by_lines)
    [present] = answer.present
    assert (present.count, amount(present.total)) == (3, Decimal("18720"))
    found = {each.alternative: each for each in answer.alternatives}
    assert list(found) == ["columns", "lines", "alone", "alone by lines"]
    assert found["columns"].distribution == found["lines"].distribution
    assert found["alone"].distribution == found["alone by lines"].distribution
    # 1.0 and 11.0 hours above ten at 200 instead of 310.
    assert amount(found["columns"].difference) == Decimal("-1320")
    assert [amount(each.amount) for each in found["alone"].distribution.percentiles] == [0, 0, 200, 2200, 2200]
    assert [each.count for each in found["alone"].distribution.histogram] == [2, 0, 0, 1]
    [customer] = answer.customers
    assert amount(customer.present) == Decimal("18720")
    assert [amount(each) for each in customer.alternatives] == [17400, 17400, 2400, 2400]


async def test_an_alternative_costs_what_rating_on_its_terms_gives(lease: Lease) -> None:
    await flown(lease)
    charges = (base_charge("4000"), hours_charge("120"), commitment_charge())
    answer = await simulated(lease, rating_pb2.AlternativeCharges(name="all other", charges=charges))
    statements = await lease.rate(4, 5, 6, alternative_terms=lease.terms(*charges))
    [tried] = answer.alternatives
    assert amount(tried.distribution.total) == sum(amount(each.period_cost) for each in statements)
    assert amount(tried.distribution.max) == max(amount(each.period_cost) for each in statements)


async def test_a_charge_may_be_left_out(lease: Lease) -> None:
    await flown(lease)
    without = rating_pb2.AlternativeCharges(
        name="no base", replacements=[rating_pb2.ChargeReplacement(schedule=lease.schedule, charge_id="base")]
    )
    [tried] = (await simulated(lease, without)).alternatives
    assert amount(tried.difference) == Decimal("-15000")


async def test_currencies_are_kept_apart(lease: Lease) -> None:
    await flown(lease)
    abroad = lease.terms(base_charge("100"))
    abroad.name, abroad.currency, abroad.schedules[0].id = f"agreements/eu-{lease.code}", "EUR", f"{lease.code}-eu"
    await lease.client.contracts.ApplyAgreement(contracts_pb2.ApplyAgreementRequest(agreement=abroad))
    answer = await simulated(lease, replacing("other", hours_charge("200")))
    assert [(each.total.currency_code, amount(each.total)) for each in answer.present] == [("EUR", 300), ("USD", 18720)]
    differences = {each.difference.currency_code: amount(each.difference) for each in answer.alternatives}
    assert differences == {"EUR": 0, "USD": -1320}
    assert [each.present.currency_code for each in answer.customers] == ["EUR", "USD"]


async def test_without_names_all_customers_are_simulated(lease: Lease) -> None:
    await flown(lease)
    request = rating_pb2.SimulateChargesRequest(
        periods=MONTHS[:1], alternatives=[replacing("other", hours_charge("200"))], include_customers=True
    )
    answers = [answer async for answer in lease.client.rating.SimulateCharges(request)]
    assert lease.customer in {each.customer for each in answers[-1].customers}
    assert answers[-1].progress.total == len({each.progress.customer for each in answers if each.progress.customer})


@pytest.mark.parametrize(
    ("field", "alternative"),
    [
        ("alternatives[0].name", rating_pb2.AlternativeCharges(charges=[base_charge()])),
        ("alternatives[0].charges", rating_pb2.AlternativeCharges(name="a")),
        ("alternatives[0].charges[0].label", rating_pb2.AlternativeCharges(name="a", charges=[charge_pb2.Charge(
            id="x", price=charge_pb2.Price(flat=charge_pb2.Flat(amount=decimal("1"))))])),
        ("alternatives[0].replacements[0].charge_id", rating_pb2.AlternativeCharges(
            name="a", replacements=[rating_pb2.ChargeReplacement()])),
    ],
)  # fmt: skip
async def test_a_wrong_alternative_is_told_which_field(
    lease: Lease, field: str, alternative: rating_pb2.AlternativeCharges
) -> None:
    request = rating_pb2.SimulateChargesRequest(periods=MONTHS, alternatives=[alternative])
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        _ = [answer async for answer in lease.client.rating.SimulateCharges(request)]
    assert [each.field for each in error_from_rpc(caught.value).violations] == [field]

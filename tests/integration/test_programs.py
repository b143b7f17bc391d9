"""Programs of every kind: contracts takes the terms that offers makes of them, and rating rates months on them."""

from __future__ import annotations

import pytest

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.document import message_from_document
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.convert import alternative_to_proto, catalogue_from_proto, month_from_proto, terms_from_proto
from dutycycle.offers.program import alternative
from dutycycle.runtime.wire import money_from_proto, period_to_proto
from tests.integration import lease
from tests.integration.conftest import House
from tests.integration.moment import until

MONTHS = [BillingPeriod.month(2024, month) for month in (1, 2, 3)]
MINUTES = {1: 120, 2: 600, 3: 180}
"""Two hours, ten, three: against five agreed a month."""


def agreement(code: str) -> contracts_pb2.Agreement:
    """The small lease with a second schedule whose hours have the same price."""
    made = lease.agreement(code)
    made.schedules.append(contracts_pb2.Schedule(id=f"{code}-second", display_name="Second", charges=lease.charges()))
    return made


async def set_up(client: Client, code: str) -> contracts_pb2.Agreement:
    await client.contracts.ApplyCustomer(contracts_pb2.ApplyCustomerRequest(customer=lease.customer(code)))
    applied = await client.contracts.ApplyAgreement(contracts_pb2.ApplyAgreementRequest(agreement=agreement(code)))
    await lease.register(client, [lease.asset(code, 1)])
    for month, minutes in MINUTES.items():
        await lease.record(client, lease.usage(code, [(f"{code}-{month}", f"{code.upper()}1", minutes)], month=month))

    async def is_rated() -> bool:
        return len({statement.usage_records for statement in await rated(client, code, None)}) == 1

    await until(is_rated, "every month has its record")
    return applied.agreement


async def rated(client: Client, code: str, terms: contracts_pb2.Agreement | None) -> list[rating_pb2.Statement]:
    request = rating_pb2.RatePeriodsRequest(
        customer=f"customers/{code}", periods=[period_to_proto(each) for each in MONTHS], alternative_terms=terms
    )
    return list((await client.rating.RatePeriods(request)).statements)


@pytest.mark.parametrize(
    ("kind", "costs"),
    [
        # As agreed: two base charges of $100, and $10 for each hour above five: ten hours are five above.
        ("longer_term", ["$200.00", "$250.00", "$200.00"]),
        # January's three unused hours are used in February: two hours above.
        ("carry", ["$200.00", "$220.00", "$200.00"]),
        # Sixty hours a year: fifteen are used.
        ("seasonal", ["$200.00", "$200.00", "$200.00"]),
        # Ten hours for both schedules.
        ("pool", ["$200.00", "$200.00", "$200.00"]),
        # The mean of three months: five hours, as before; nothing of the second schedule, and so no base for it.
        ("right_size", ["$100.00", "$150.00", "$100.00"]),
    ],
)
def test_terms_of_every_kind_are_valid_and_rated(house: House, kind: str, costs: list[str]) -> None:
    code = f"pk{kind.replace('_', '')}"
    document = {
        "id": kind,
        "kind": kind,
        "fit": "any",
        "usage_months": 3,
        "carry_periods": 1,
        "term_extension_months": 12,
    }
    program = message_from_document(contracts_pb2.Program, document, "program")
    [made] = catalogue_from_proto(contracts_pb2.Catalogue(programs=[program])).programs

    async def story(client: Client) -> None:
        present = await set_up(client, code)
        months = [month_from_proto(statement) for statement in await rated(client, code, None)]
        other = alternative_to_proto(alternative(made, terms_from_proto(present), months))
        on_it = await rated(client, code, other)
        assert [money_from_proto(each.period_cost).text() for each in on_it] == costs
        other.effective_date.CopyFrom(present.start_date)
        answer = await client.contracts.ApplyAgreement(
            contracts_pb2.ApplyAgreementRequest(agreement=other, validate_only=True)
        )
        assert answer.changed
        assert answer.agreement.end_date.year == 2026

    house.ask(story)

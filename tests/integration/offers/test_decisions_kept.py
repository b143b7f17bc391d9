"""What is stored about offers: once, for good, for one tenant, and not against a wish that came in between."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy import table as sql_table
from sqlalchemy.exc import DBAPIError

from dutycycle.api.offers.v1 import offers_pb2 as pb
from dutycycle.kit.errors import NotFoundError
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.service.deciding import DecidingService
from dutycycle.runtime import tenancy
from dutycycle.runtime.database import Database
from tests.unit.offers.lessee import Lessee, steady, terms

CLEAN = RecordCounts(1000, 0, 0)
CUSTOMER = "customers/xx"


@pytest.fixture(autouse=True)
def tenant() -> Iterator[str]:
    """A tenant that no other test has."""
    name = f"lessor-{uuid.uuid4().hex[:8]}"
    with tenancy.bound(name):
        yield name


@pytest.fixture
def offers(database: Database) -> DecidingService:
    return DecidingService(database, Lessee(terms(), steady("60")), Policy())


async def decide(offers: DecidingService, month: int = 12, **standing: Any) -> pb.Decision:
    period = BillingPeriod.month(2013, month)
    body = await offers.decide_treatment(CUSTOMER, period, CLEAN, **{"in_dispute": False, **standing})
    return pb.Decision.FromString(body)


async def stop_offers(offers: DecidingService, request_id: str = "") -> bool:
    return await offers.set_preference(
        CUSTOMER, "e-mail of 2014-01-07", request_id or str(uuid.uuid4()), offers_allowed=False
    )


async def rows(database: Database, tenant: str, table: str) -> int:
    async with database.transaction(tenant) as connection:
        return int(await connection.scalar(select(func.count()).select_from(sql_table(table))) or 0)


async def test_asking_again_gives_the_stored_decision(offers: DecidingService, database: Database, tenant: str) -> None:
    first = await decide(offers)
    assert first.treatment == pb.TREATMENT_PROGRAM
    assert await decide(offers) == first
    assert pb.Decision.FromString(await offers.get_decision("decisions/xx-2013-12")) == first
    assert await rows(database, tenant, "decision") == 1
    assert await rows(database, tenant, "outbox") == 1


async def test_calls_at_once_make_one_decision(offers: DecidingService, database: Database, tenant: str) -> None:
    answers = await asyncio.gather(*(decide(offers) for _ in range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert await rows(database, tenant, "decision") == 1


async def test_an_offer_decided_before_the_wish_is_not_printed_after_it(
    offers: DecidingService, database: Database, tenant: str
) -> None:
    assert (await decide(offers)).treatment == pb.TREATMENT_PROGRAM
    assert await stop_offers(offers) is False
    after = await decide(offers)
    assert after.treatment == pb.TREATMENT_NONE
    assert after.headline == ""
    assert "e-mail of 2014-01-07" in after.reason
    assert await decide(offers) == after
    assert await rows(database, tenant, "decision") == 2
    [listed] = await offers.list_decisions(CUSTOMER, None, (date.min, ""), 10)
    assert pb.Decision.FromString(listed.body) == after


async def test_dispute_withholds_a_decided_offer(offers: DecidingService) -> None:
    assert (await decide(offers)).treatment == pb.TREATMENT_PROGRAM
    assert (await decide(offers, in_dispute=True)).treatment == pb.TREATMENT_NONE


async def test_the_newest_wish_counts_and_a_repeated_request_is_none(offers: DecidingService) -> None:
    request_id = str(uuid.uuid4())
    assert await stop_offers(offers, request_id) is False
    assert await offers.set_preference(CUSTOMER, "telephone", str(uuid.uuid4()), offers_allowed=True) is True
    assert await stop_offers(offers, request_id) is True
    assert (await decide(offers)).treatment == pb.TREATMENT_PROGRAM


async def test_a_program_printed_in_autumn_rests_and_returns(offers: DecidingService) -> None:
    # Early in the term the margin floor withholds it: the saving would run for too many months.
    treatments = [(await decide(offers, month)).treatment for month in range(6, 13)]
    program, none = pb.TREATMENT_PROGRAM, pb.TREATMENT_NONE
    assert treatments == [program, none, none, program, none, none, program]


async def test_decisions_are_listed_by_period_in_pages(offers: DecidingService) -> None:
    for month in (12, 10, 11):
        await decide(offers, month)
    first = await offers.list_decisions("", None, (date.min, ""), 2)
    rest = await offers.list_decisions("", None, (first[-1].period_start, first[-1].customer), 2)
    assert [each.period_start.month for each in first + rest] == [10, 11, 12]
    [of_november] = await offers.list_decisions("", BillingPeriod.month(2013, 11), (date.min, ""), 2)
    assert of_november == first[1]


async def test_another_tenant_sees_nothing(offers: DecidingService) -> None:
    await decide(offers)
    await stop_offers(offers)
    with tenancy.bound("someone-else"):
        with pytest.raises(NotFoundError):
            await offers.get_decision("decisions/xx-2013-12")
        assert await offers.list_decisions("", None, (date.min, ""), 10) == []


@pytest.mark.parametrize("change", ["update decision set treatment = 'NONE'", "delete from decision"])
async def test_what_was_decided_cannot_be_changed(
    offers: DecidingService, database: Database, tenant: str, change: str
) -> None:
    await decide(offers)
    with pytest.raises(DBAPIError, match="is kept as it was"):
        async with database.transaction(tenant) as connection:
            await connection.execute(text(change))

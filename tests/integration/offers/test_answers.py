"""Answers on a real PostgreSQL: one for each offer, kept, drafted until contracts has it, refused when too late."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dutycycle.api.offers.v1 import offers_pb2 as pb
from dutycycle.kit import clock
from dutycycle.kit.errors import InvalidInputError, PreconditionError
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.answer import Answer, AnswerKind, amendment_name
from dutycycle.offers.decision import Standing
from dutycycle.offers.link import Link, LinkSigner, Purpose
from dutycycle.offers.offer import Offer
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.service.answering import AnsweringService
from dutycycle.offers.service.deciding import DecidingService
from dutycycle.offers.service.drafting import Drafter
from dutycycle.runtime import tenancy
from dutycycle.runtime.database import Database
from tests.unit.offers.lessee import Lessee, steady, terms

CLEAN = RecordCounts(1000, 0, 0)
CUSTOMER = "customers/xx"
JUNE = BillingPeriod.month(2013, 6)
SIGNER = LinkSigner(["key of the test"])


class Contracts:
    """Drafts by name as contracts does; can be down."""

    def __init__(self) -> None:
        self.drafts: dict[str, int] = {}
        self.is_down = False

    async def draft_amendment(self, answer: Answer, offer: Offer) -> str:
        if self.is_down:
            raise ConnectionError("contracts is down")
        assert offer.decision == answer.decision
        name = amendment_name(answer.decision)
        self.drafts[name] = self.drafts.get(name, 0) + 1
        return name


@pytest.fixture(autouse=True)
def tenant() -> Iterator[str]:
    """A tenant that no other test has."""
    name = f"lessor-{uuid.uuid4().hex[:8]}"
    with tenancy.bound(name):
        yield name


@pytest.fixture
def contracts() -> Contracts:
    return Contracts()


@pytest.fixture
def drafter(database: Database, contracts: Contracts, tenant: str) -> Drafter:
    return Drafter(database, contracts, [tenant])


@pytest.fixture
def deciding(database: Database) -> DecidingService:
    return DecidingService(database, Lessee(terms(), steady("60")), Policy())


@pytest.fixture
def answering(database: Database, drafter: Drafter) -> AnsweringService:
    return AnsweringService(database, SIGNER, drafter)


async def decide(deciding: DecidingService, month: int = 6) -> pb.Decision:
    period = BillingPeriod.month(2013, month)
    return pb.Decision.FromString(await deciding.decide_treatment(CUSTOMER, period, CLEAN, in_dispute=False))


async def offered(deciding: DecidingService, tenant: str) -> str:
    """Decide about June, which offers a program, and return the link's token."""
    decision = await decide(deciding)
    assert decision.treatment == pb.TREATMENT_PROGRAM
    expires = decision.expire_time.ToDatetime(tzinfo=clock.now().tzinfo)
    return SIGNER.sign(Link(tenant, Purpose.OFFER, decision.name, expires))


async def test_one_answer_whatever_races(
    deciding: DecidingService, answering: AnsweringService, drafter: Drafter, contracts: Contracts, tenant: str
) -> None:
    token = await offered(deciding, tenant)
    answers = await asyncio.gather(*(answering.answer(token, "", AnswerKind.ACCEPTED, f"click {n}") for n in range(12)))
    assert len({(answer.answered_by, answer.answered_at) for answer in answers}) == 1
    for _ in range(3):
        await drafter.draft_accepted()
    assert contracts.drafts == {"amendments/xx-2013-06": 1}
    [kept] = await answering.list_answers(CUSTOMER, None, 10)
    assert kept.amendment == "amendments/xx-2013-06"
    with pytest.raises(PreconditionError) as refusal:
        await answering.answer(token, "", AnswerKind.DECLINED, "somebody")
    assert refusal.value.reason == "OFFER_ANSWERED"


async def test_an_acceptance_waits_for_contracts_and_is_not_lost(
    deciding: DecidingService, answering: AnsweringService, contracts: Contracts, database: Database, tenant: str
) -> None:
    """The process dies between acceptance and amendment: another one, that knows nothing of it, drafts it."""
    token = await offered(deciding, tenant)
    contracts.is_down = True
    await answering.answer(token, "", AnswerKind.ACCEPTED, "somebody")
    await Drafter(database, contracts, [tenant]).draft_accepted()
    assert contracts.drafts == {}
    contracts.is_down = False
    await Drafter(database, contracts, [tenant]).draft_accepted()
    assert contracts.drafts == {"amendments/xx-2013-06": 1}


async def test_an_expired_offer_is_shown_and_refused(
    deciding: DecidingService, answering: AnsweringService, tenant: str
) -> None:
    token = await offered(deciding, tenant)
    with clock.frozen(clock.now() + timedelta(days=59)):
        assert (await answering.open_offer(token, "")).closed == ""
    with clock.frozen(clock.now() + timedelta(days=61)):
        assert "it was open until" in (await answering.open_offer(token, "")).closed
        with pytest.raises(PreconditionError) as refusal:
            await answering.answer(token, "", AnswerKind.ACCEPTED, "somebody")
        assert refusal.value.reason == "OFFER_CLOSED"


async def test_a_link_of_another_lessor_opens_nothing(
    deciding: DecidingService, answering: AnsweringService, tenant: str
) -> None:
    token = await offered(deciding, tenant)
    with tenancy.bound("harbour"), pytest.raises(InvalidInputError):
        await answering.open_offer(token, "")


async def test_who_stopped_offers_cannot_be_held_to_one(
    deciding: DecidingService, answering: AnsweringService, tenant: str
) -> None:
    """The wish came before the invoice went out: the decision is made anew, and the old link opens a closed page."""
    token = await offered(deciding, tenant)
    stop = SIGNER.sign(Link(tenant, Purpose.STOP, CUSTOMER))
    for _ in range(2):
        assert await answering.stop_offers(stop, "one click") == CUSTOMER
    assert (await decide(deciding)).treatment == pb.TREATMENT_NONE
    assert (await answering.open_offer(token, "")).closed == "offers were stopped since"
    with pytest.raises(PreconditionError):
        await answering.answer(token, "", AnswerKind.ACCEPTED, "somebody")


async def test_a_declined_program_rests_for_a_year_and_an_accepted_one_ends_offers_of_terms(
    deciding: DecidingService, answering: AnsweringService, tenant: str
) -> None:
    token = await offered(deciding, tenant)
    await answering.answer(token, "", AnswerKind.DECLINED, "somebody", "no")
    for month in (9, 12):
        decision = await decide(deciding, month)
        assert decision.treatment == pb.TREATMENT_NONE
        assert "right-size was declined from the invoice for June 2013" in decision.reason


async def test_books_of_the_lessor_hold_offers_back(deciding: DecidingService) -> None:
    request = str(uuid.uuid4())
    said = await deciding.set_standing(CUSTOMER, Standing(in_arrears=True), "receivables", request)
    assert said.obstacle == "an invoice is overdue"
    assert (await decide(deciding)).reason == "an invoice is overdue"
    cleared = await deciding.set_standing(CUSTOMER, Standing(), "receivables", str(uuid.uuid4()))
    assert cleared.obstacle == ""
    assert (await decide(deciding, 9)).treatment == pb.TREATMENT_PROGRAM


async def test_a_preview_stores_nothing(deciding: DecidingService, database: Database, tenant: str) -> None:
    for figures_only in (False, True):
        body = await deciding.preview_decision(CUSTOMER, JUNE, CLEAN, in_dispute=False, figures_only=figures_only)
        assert pb.Decision.FromString(body).treatment == pb.TREATMENT_PROGRAM
    async with database.transaction(tenant) as connection:
        assert await connection.scalar(text("select count(*) from decision")) == 0


@pytest.mark.parametrize(
    "change",
    ["update answer set kind = 'DECLINED'", "delete from answer", "delete from drafted", "delete from opening"],
)
async def test_what_was_said_cannot_be_changed(
    deciding: DecidingService,
    answering: AnsweringService,
    drafter: Drafter,
    database: Database,
    tenant: str,
    change: str,
) -> None:
    token = await offered(deciding, tenant)
    await answering.open_offer(token, "")
    await answering.answer(token, "", AnswerKind.ACCEPTED, "somebody")
    await drafter.draft_accepted()
    with pytest.raises(DBAPIError, match="is kept as it was"):
        async with database.transaction(tenant) as connection:
            await connection.execute(text(change))

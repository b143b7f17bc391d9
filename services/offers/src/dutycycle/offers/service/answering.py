"""Answers to offers: each offer has one at most, whoever clicks twice, replays or races."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from dutycycle.kit import clock, ids
from dutycycle.offers import errors, store
from dutycycle.offers.answer import Answer, AnswerKind
from dutycycle.offers.convert_result import offer_from_bytes
from dutycycle.offers.link import LinkSigner, Purpose
from dutycycle.offers.offer import Offer
from dutycycle.offers.preference import Preference
from dutycycle.offers.service.drafting import Drafter
from dutycycle.runtime import outbox
from dutycycle.runtime.database import Connection, Database
from dutycycle.runtime.tenancy import tenant

_SUBJECT = "dutycycle.offers"


@dataclass(frozen=True, slots=True)
class OpenedOffer:
    """An offer as its page shows it."""

    body: bytes
    """The decision as stored."""
    offer: Offer | None
    """None where the invoice carries no program, or carries none any more."""
    answer: Answer | None
    closed: str
    """Why it can no longer be answered; empty while it can."""


class AnsweringService:
    """Opens offers by their links and takes the answers."""

    def __init__(self, database: Database, signer: LinkSigner, drafter: Drafter) -> None:
        self._database = database
        self._signer = signer
        self._drafter = drafter

    async def open_offer(self, token: str, decision: str) -> OpenedOffer:
        """Return an offer and count that it was opened. Raises InvalidInputError for a forged link."""
        name = self._name(token, decision)
        async with self._database.transaction(tenant()) as connection:
            opened = await self._offer(connection, name)
            await store.add_opening(connection, name, clock.now())
        return opened

    async def answer(self, token: str, decision: str, kind: AnswerKind, answered_by: str, reason: str = "") -> Answer:
        """Take the answer to an offer and return the one that is stored; the same answer again changes nothing.

        Raises InvalidInputError for a forged link, PreconditionError for an offer that is closed or was answered
        otherwise.
        """
        name = self._name(token, decision)
        async with self._database.transaction(tenant()) as connection:
            offer = await self._offer(connection, name)
            if offer.answer is not None:
                return self._same(offer.answer, kind)
            if offer.closed:
                raise errors.nothing_to_accept(name, offer.closed)
            given = self._given(name, offer.offer, kind, answered_by, reason)
            if await store.add_answer(connection, given):
                event = json.dumps({"decision": name, "customer": given.customer}, sort_keys=True).encode()
                await outbox.add(connection, f"{_SUBJECT}.offer.{kind.value}", event)
            # Another call may have come first: its answer counts.
            stored = await store.get_answer(connection, name) or given
        self._drafter.wake()
        return self._same(stored, kind)

    def _same(self, stored: Answer, kind: AnswerKind) -> Answer:
        """Return the answer that is stored if it is of that kind; an offer is not answered twice."""
        if stored.kind is not kind:
            raise errors.answered_already(stored.decision, stored.kind.value)
        return stored

    async def stop_offers(self, token: str, origin: str) -> str:
        """Stop offers to the customer of a link; return its name. Again and again: it stays stopped."""
        customer = self._signer.read(token, Purpose.STOP, tenant()).subject
        wish = Preference(customer, offers_allowed=False, origin=origin, set_at=clock.now())
        async with self._database.transaction(tenant()) as connection:
            before = await store.get_preference(connection, customer)
            if before is None or before.offers_allowed:
                await store.add_preference(connection, wish, ids.request_id())
                event = json.dumps({"customer": customer}, sort_keys=True).encode()
                await outbox.add(connection, f"{_SUBJECT}.preference.set", event)
        return customer

    async def list_answers(self, customer: str, after: tuple[datetime, str] | None, limit: int) -> list[Answer]:
        async with self._database.transaction(tenant()) as connection:
            return await store.page_answers(connection, customer, after, limit)

    def _name(self, token: str, decision: str) -> str:
        """Return the decision that a link opens, or the one that a signed-in customer named."""
        return self._signer.read(token, Purpose.OFFER, tenant()).subject if token else decision

    async def _offer(self, connection: Connection, name: str) -> OpenedOffer:
        stored = await store.get_decision(connection, name)
        if stored is None:
            raise errors.no_decision(name)
        answer = await store.get_answer(connection, name)
        offer = offer_from_bytes(stored.body)
        return OpenedOffer(stored.body, offer, answer, self._closed(offer, stored.revision))

    def _closed(self, offer: Offer | None, revision: int) -> str:
        if offer is None:
            return "offers were stopped since" if revision > 1 else "the invoice carried no program"
        return f"it was open until {offer.expire_time:%d %B %Y}" if clock.now() >= offer.expire_time else ""

    def _given(self, name: str, offer: Offer | None, kind: AnswerKind, answered_by: str, reason: str) -> Answer:
        if offer is None:
            raise errors.nothing_to_accept(name, "the invoice carries no program")
        return Answer(
            decision=name,
            customer=offer.customer,
            period_start=offer.period_start,
            subject=offer.subject,
            kind=kind,
            answered_by=answered_by,
            reason=reason,
            answered_at=clock.now(),
        )

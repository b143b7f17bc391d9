"""Use cases of offers. Facts are asked for between transactions, so that none is held open over a call."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from dutycycle.kit import clock
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers import errors, store
from dutycycle.offers.adviser import Adviser
from dutycycle.offers.assessment import Assessment
from dutycycle.offers.decision import Decision, Standing, Treatment, decision_name
from dutycycle.offers.policy import Policy
from dutycycle.offers.preference import Preference
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.program import add_months
from dutycycle.offers.source import Source
from dutycycle.offers.store import StoredDecision
from dutycycle.runtime import outbox
from dutycycle.runtime.database import Database
from dutycycle.runtime.tenancy import tenant

_SUBJECT = "dutycycle.offers"
_OFFERS = (Treatment.PROGRAM, Treatment.PRODUCT)


class OffersService:
    """Decides once what each invoice says besides the bill, and keeps who wants to be told anything."""

    def __init__(self, database: Database, source: Source, encode: Callable[[Decision], bytes], policy: Policy) -> None:
        self._database = database
        self._source = source
        self._adviser = Adviser(source, policy)
        self._encode = encode
        """Writes a decision as it is stored."""
        self._rest_months = policy.rest_months

    async def assess_customer(self, customer: str, period: BillingPeriod) -> Assessment:
        return await self._adviser.assess(customer, period)

    async def decide_treatment(
        self, customer: str, period: BillingPeriod, records: RecordCounts, *, in_dispute: bool
    ) -> bytes:
        """Return the stored decision of an invoice, making it first if there is none.

        One that carries an offer is replaced if the customer has stopped offers since: it must not be printed.
        """
        since = add_months(period.start, -self._rest_months)
        async with self._database.transaction(tenant()) as connection:
            stored = await store.get_decision(connection, decision_name(customer, period))
            wish = await store.get_preference(connection, customer)
            printed = await store.list_printed(connection, customer, since, period.start)
        standing = Standing(wish.refusal if wish else "", in_dispute)
        if stored is not None and not (stored.treatment in _OFFERS and standing.obstacle):
            return stored.body
        made = await self._adviser.decide(customer, period, records, standing, printed)
        return await self._store(made, revision=stored.revision + 1 if stored else 1)

    async def _store(self, made: Decision, revision: int) -> bytes:
        body = self._encode(made)
        async with self._database.transaction(tenant()) as connection:
            if await store.add_decision(connection, made, revision, body):
                await outbox.add(connection, f"{_SUBJECT}.decision.made", _event(decision=made.name))
                return body
            # Another call for the same invoice came first: its decision counts.
            stored = await store.get_decision(connection, made.name)
        return stored.body if stored else body

    async def get_decision(self, name: str) -> bytes:
        async with self._database.transaction(tenant()) as connection:
            stored = await store.get_decision(connection, name)
        if stored is None:
            raise errors.no_decision(name)
        return stored.body

    async def list_decisions(self, customer: str, after: tuple[date, str], limit: int) -> list[StoredDecision]:
        async with self._database.transaction(tenant()) as connection:
            return await store.page_decisions(connection, customer, after, limit)

    async def set_preference(self, customer: str, origin: str, request_id: str, *, offers_allowed: bool) -> bool:
        """Note a wish and return the one that counts; a repeated request changes nothing.

        Raises NotFoundError for a customer that does not exist: a wish noted under a misspelt name would be lost.
        """
        await self._source.check_customer(customer)
        wish = Preference(customer, offers_allowed, origin, clock.now())
        async with self._database.transaction(tenant()) as connection:
            if await store.add_preference(connection, wish, request_id):
                await outbox.add(connection, f"{_SUBJECT}.preference.set", _event(customer=customer))
            counting = await store.get_preference(connection, customer)
        return counting.offers_allowed if counting else offers_allowed


def _event(**facts: object) -> bytes:
    """Write the body of an event: what changed, as JSON; readers ask this service for the rest."""
    return json.dumps(facts, sort_keys=True).encode()

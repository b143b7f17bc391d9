"""What each invoice says besides the bill: decided once, and stored with its reasons."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from dutycycle.kit import clock
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers import errors, store
from dutycycle.offers.adviser import Adviser, AssessedFleet, Past
from dutycycle.offers.assessment import Assessment
from dutycycle.offers.convert_result import decision_to_bytes
from dutycycle.offers.decision import OFFER_TREATMENTS, Decision, Standing, decision_name
from dutycycle.offers.policy import Policy
from dutycycle.offers.preference import Preference
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.program import add_months
from dutycycle.offers.source import Source
from dutycycle.offers.store import StoredDecision
from dutycycle.runtime import outbox
from dutycycle.runtime.database import Connection, Database
from dutycycle.runtime.tenancy import tenant

_SUBJECT = "dutycycle.offers"
_LOOK_BACK_MONTHS = 12


class DecidingService:
    """Decides once what each invoice says besides the bill, and keeps who may be told anything."""

    def __init__(self, database: Database, source: Source, policy: Policy) -> None:
        self._database = database
        self._source = source
        self._adviser = Adviser(source, policy)

    async def assess_customer(self, customer: str, period: BillingPeriod) -> Assessment:
        return await self._adviser.assess(customer, period)

    async def assess_fleet(self, customer: str, period: BillingPeriod) -> AssessedFleet:
        return await self._adviser.fleet(customer, period)

    async def decide_treatment(
        self, customer: str, period: BillingPeriod, records: RecordCounts, *, in_dispute: bool
    ) -> bytes:
        """Return the stored decision of an invoice, making it first if there is none.

        One that carries an offer is replaced if the customer has stopped offers since: it must not be printed.
        """
        async with self._database.transaction(tenant()) as connection:
            stored = await store.get_decision(connection, decision_name(customer, period))
            standing = await self._standing(connection, customer, in_dispute=in_dispute)
            past = await self._past(connection, customer, period)
        if stored is not None and not (stored.treatment in OFFER_TREATMENTS and standing.obstacle):
            return stored.body
        made = await self._adviser.decide(customer, period, records, standing, past)
        return await self._store(made, revision=stored.revision + 1 if stored else 1)

    async def preview_decision(
        self, customer: str, period: BillingPeriod, records: RecordCounts, *, in_dispute: bool, figures_only: bool
    ) -> bytes:
        """Decide and store nothing; with figures only, whatever was said before and whoever is held out."""
        if figures_only:
            made = await self._adviser.decide(customer, period, records, Standing(), Past(), draw_groups=False)
            return decision_to_bytes(made)
        async with self._database.transaction(tenant()) as connection:
            standing = await self._standing(connection, customer, in_dispute=in_dispute)
            past = await self._past(connection, customer, period)
        return decision_to_bytes(await self._adviser.decide(customer, period, records, standing, past))

    async def _standing(self, connection: Connection, customer: str, *, in_dispute: bool) -> Standing:
        wish = await store.get_preference(connection, customer)
        said = await store.get_standing(connection, customer)
        return replace(said, opted_out=wish.refusal if wish else "", in_dispute=said.in_dispute or in_dispute)

    async def _past(self, connection: Connection, customer: str, period: BillingPeriod) -> Past:
        """Read what was said to a customer in the twelve months before, and all that it answered."""
        since = add_months(period.start, -_LOOK_BACK_MONTHS)
        printed = await store.list_printed(connection, customer, since, period.start)
        return Past(printed, await store.list_customer_answers(connection, customer))

    async def _store(self, made: Decision, revision: int) -> bytes:
        body = decision_to_bytes(made)
        async with self._database.transaction(tenant()) as connection:
            if await store.add_decision(connection, made, revision, body):
                await outbox.add(connection, f"{_SUBJECT}.decision.made", _event(decision=made.name))
                return body
            # Another call for the same invoice came first: its decision counts.
            stored = await store.get_decision(connection, made.name)
        return stored.body if stored else body

    async def get_preference(self, customer: str) -> Preference | None:
        async with self._database.transaction(tenant()) as connection:
            return await store.get_preference(connection, customer)

    async def set_standing(self, customer: str, said: Standing, origin: str, request_id: str) -> Standing:
        """Note what the lessor's books say of a customer and return what counts.

        Raises NotFoundError for a customer that does not exist.
        """
        await self._source.customer(customer)
        async with self._database.transaction(tenant()) as connection:
            await store.add_standing(connection, customer, said, origin, request_id)
            return await store.get_standing(connection, customer)

    async def get_decision(self, name: str) -> bytes:
        async with self._database.transaction(tenant()) as connection:
            stored = await store.get_decision(connection, name)
        if stored is None:
            raise errors.no_decision(name)
        return stored.body

    async def list_decisions(
        self, customer: str, period: BillingPeriod | None, after: tuple[date, str], limit: int
    ) -> list[StoredDecision]:
        async with self._database.transaction(tenant()) as connection:
            return await store.page_decisions(connection, customer, period.start if period else None, after, limit)

    async def set_preference(self, customer: str, origin: str, request_id: str, *, offers_allowed: bool) -> bool:
        """Note a wish and return the one that counts; a repeated request changes nothing.

        Raises NotFoundError for a customer that does not exist: a wish noted under a misspelt name would be lost.
        """
        await self._source.customer(customer)
        wish = Preference(customer, offers_allowed, origin, clock.now())
        async with self._database.transaction(tenant()) as connection:
            if await store.add_preference(connection, wish, request_id):
                await outbox.add(connection, f"{_SUBJECT}.preference.set", _event(customer=customer))
            counting = await store.get_preference(connection, customer)
        return counting.offers_allowed if counting else offers_allowed


def _event(**facts: object) -> bytes:
    """Write the body of an event: what changed, as JSON; readers ask this service for the rest."""
    return json.dumps(facts, sort_keys=True).encode()

"""From an acceptance to the draft of an amendment at contracts, also after a crash between the two.

The acceptance is stored first. What is stored and not known to be drafted is drafted, again and again until contracts
answers; drafting one amendment twice is drafting it once, since its name comes from the decision.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog

from dutycycle.kit import clock, ids
from dutycycle.offers import errors, store
from dutycycle.offers.answer import Answer
from dutycycle.offers.convert_result import offer_from_bytes
from dutycycle.offers.offer import Offer
from dutycycle.runtime import tenancy
from dutycycle.runtime.database import Database
from dutycycle.runtime.tenancy import tenant

_log = structlog.get_logger()
_LOOK_SECONDS = 2.0
_BATCH = 20


class Contracts(Protocol):
    """Where amendments are drafted."""

    async def draft_amendment(self, answer: Answer, offer: Offer) -> str:
        """Draft the amendment of an accepted offer, or find it drafted; return its name."""
        ...


class Drafter:
    """Drafts what was accepted, for every tenant, until cancelled."""

    def __init__(self, database: Database, contracts: Contracts, tenants: Sequence[str]) -> None:
        self._database = database
        self._contracts = contracts
        self._tenants = tenants
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look at once: something was accepted."""
        self._woken.set()

    async def work(self) -> None:
        while True:
            self._woken.clear()
            for name in self._tenants:
                with tenancy.bound(name, ids.request_id()):
                    await self.draft_accepted()
            try:
                await asyncio.wait_for(self._woken.wait(), _LOOK_SECONDS)
            except TimeoutError:
                continue

    async def draft_accepted(self) -> None:
        """Draft the acceptances of the present tenant; one that fails is tried again later and delays no other."""
        async with self._database.transaction(tenant()) as connection:
            waiting = await store.list_undrafted(connection, _BATCH)
        for answer in waiting:
            try:
                await self._draft(answer)
            except Exception:
                _log.exception("offer.draft_failed", decision=answer.decision)

    async def _draft(self, answer: Answer) -> None:
        async with self._database.transaction(tenant()) as connection:
            offer = offer_from_bytes(await store.get_offered(connection, answer.decision))
        if offer is None:  # what was accepted was an offer when it was accepted
            raise errors.no_decision(answer.decision)
        amendment = await self._contracts.draft_amendment(answer, offer)
        async with self._database.transaction(tenant()) as connection:
            await store.add_drafted(connection, answer.decision, amendment, clock.now())
        _log.info("offer.drafted", decision=answer.decision, amendment=amendment)

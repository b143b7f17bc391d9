"""From an accepted offer to terms in force: drafted once, approved or rejected once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from dutycycle.contracts import errors, store
from dutycycle.contracts.agreement import AgreementRevision
from dutycycle.contracts.amendment import (
    AUTOMATIC,
    Amendment,
    AmendmentDraft,
    State,
    Verdict,
    check_amendment,
    day_violations,
    first_day,
    is_overtaken,
)
from dutycycle.contracts.convert import amended_agreement, amendment_from_bytes
from dutycycle.contracts.service.keeping import ContractsService
from dutycycle.kit import clock
from dutycycle.runtime import outbox
from dutycycle.runtime.database import Connection, Database
from dutycycle.runtime.tenancy import tenant

_SUBJECT = "dutycycle.contracts.amendment"


class AmendmentService:
    """Keeps amendments and makes revisions of those that are approved."""

    def __init__(self, database: Database, contracts: ContractsService) -> None:
        self._database = database
        self._contracts = contracts

    async def draft(self, wanted: AmendmentDraft) -> Amendment:
        """Store an amendment, or return the one that is stored under its name."""
        async with self._database.transaction(tenant()) as connection:
            await store.lock_agreement(connection, wanted.agreement)
            stored = await store.get_amendment(connection, wanted.name, amendment_from_bytes)
            if stored is not None:
                return stored
            violations = check_amendment(wanted)
            if violations:
                raise errors.ill_formed_amendment(wanted.name, violations)
            drafted = Amendment(wanted, clock.now())
            newest = await self._newest(connection, drafted)
            await store.add_amendment(connection, drafted)
            await outbox.add(connection, f"{_SUBJECT}.drafted", _event(drafted))
            # Nobody has to look, unless the terms were revised in the meantime: then a person must.
            if wanted.automatic and not is_overtaken(drafted, newest):
                drafted, _ = await self._approve(connection, drafted, newest, AUTOMATIC, None)
            return drafted

    async def get(self, name: str) -> Amendment:
        async with self._database.transaction(tenant()) as connection:
            return await self._get(connection, name)

    async def page(
        self, customer: str, state: State | None, after: tuple[datetime, str] | None, limit: int
    ) -> Sequence[Amendment]:
        """List amendments, newest first, after a key."""
        async with self._database.transaction(tenant()) as connection:
            return await store.page_amendments(connection, customer, state, after, limit, amendment_from_bytes)

    async def approve(self, name: str, approver: str, wanted: date | None) -> tuple[Amendment, AgreementRevision]:
        """Put an amendment into force; return it with the revision. Approving again returns the same."""
        async with self._database.transaction(tenant()) as connection:
            amendment, newest = await self._locked(connection, name)
            if amendment.state is State.REJECTED:
                raise errors.already_decided(name, amendment.state)
            if amendment.state is State.APPROVED:
                return amendment, await self._revision_of(connection, amendment)
            if is_overtaken(amendment, newest):
                raise errors.overtaken(name, amendment.draft.agreement, newest.revision)
            return await self._approve(connection, amendment, newest, approver, wanted)

    async def reject(self, name: str, approver: str, reason: str) -> Amendment:
        async with self._database.transaction(tenant()) as connection:
            amendment, _ = await self._locked(connection, name)
            if amendment.state is State.APPROVED:
                raise errors.already_decided(name, amendment.state)
            if amendment.state is State.REJECTED:
                return amendment
            verdict = Verdict(approver, clock.now(), None, reason)
            return await self._decide(connection, amendment, verdict, "rejected")

    async def _approve(
        self,
        connection: Connection,
        amendment: Amendment,
        newest: AgreementRevision,
        approver: str,
        wanted: date | None,
    ) -> tuple[Amendment, AgreementRevision]:
        day = first_day(amendment, wanted, clock.today(newest.zone))
        violations = day_violations(amendment, day)
        if violations:
            raise errors.ill_formed_amendment(amendment.name, violations)
        revision = await self._contracts.revise(connection, amended_agreement(amendment, day))
        approved = await self._decide(connection, amendment, Verdict(approver, clock.now(), day), "approved")
        return approved, revision

    async def _decide(self, connection: Connection, amendment: Amendment, verdict: Verdict, event: str) -> Amendment:
        await store.add_verdict(connection, amendment.name, verdict)
        await outbox.add(connection, f"{_SUBJECT}.{event}", _event(amendment))
        return Amendment(amendment.draft, amendment.created_at, verdict)

    async def _locked(self, connection: Connection, name: str) -> tuple[Amendment, AgreementRevision]:
        """Read an amendment once nobody else decides about it or revises its agreement."""
        amendment = await self._get(connection, name)
        await store.lock_agreement(connection, amendment.draft.agreement)
        amendment = await self._get(connection, name)
        return amendment, await self._newest(connection, amendment)

    async def _get(self, connection: Connection, name: str) -> Amendment:
        found = await store.get_amendment(connection, name, amendment_from_bytes)
        if found is None:
            raise errors.unknown("amendment", name)
        return found

    async def _newest(self, connection: Connection, amendment: Amendment) -> AgreementRevision:
        revisions = await store.list_revisions(connection, amendment.draft.agreement)
        if not revisions:
            raise errors.unknown("agreement", amendment.draft.agreement)
        return revisions[-1]

    async def _revision_of(self, connection: Connection, amendment: Amendment) -> AgreementRevision:
        """Find the revision that an approved amendment made: the one with its very text."""
        day = amendment.verdict.effective_date if amendment.verdict else None
        if day is None:
            raise errors.unknown("revision", amendment.name)
        body = amended_agreement(amendment, day).body
        revisions = await store.list_revisions(connection, amendment.draft.agreement)
        return next(revision for revision in revisions if revision.body == body)


def _event(amendment: Amendment) -> bytes:
    """Write the body of an event: which amendment, as JSON; readers ask this service for the rest."""
    return json.dumps({"amendment": amendment.name, "customer": amendment.draft.customer}, sort_keys=True).encode()

"""Customers, agreements, assets and the catalogue, as they are handed in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dutycycle.contracts import errors, store
from dutycycle.contracts.agreement import (
    AgreementDraft,
    AgreementRevision,
    SchedulePlace,
    check_agreement,
    check_revision,
    in_force,
)
from dutycycle.contracts.asset import Answer, Asset, Outcome, register
from dutycycle.contracts.convert import usage_source_of
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.ids import digest
from dutycycle.runtime import outbox
from dutycycle.runtime.database import Connection, Database
from dutycycle.runtime.tenancy import tenant

_SUBJECT = "dutycycle.contracts"


@dataclass(frozen=True, slots=True)
class AssetPage:
    """Assets of the registry, and where their schedules are."""

    assets: Sequence[Asset]
    places: dict[str, SchedulePlace]
    registry_revision: int


class ContractsService:
    """Keeps who agreed to what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def apply_customer(self, name: str, body: bytes) -> None:
        """Store a customer's master data. Raises PreconditionError if its usage would change its source."""
        async with self._database.transaction(tenant()) as connection:
            stored = await store.get_customer(connection, name)
            if stored == body:
                return
            if stored is not None and usage_source_of(stored) != usage_source_of(body):
                raise errors.source_fixed(name, usage_source_of(stored))
            await store.put_customer(connection, name, body)
            await outbox.add(connection, f"{_SUBJECT}.customer.applied", _event(customer=name))

    async def get_customer(self, name: str) -> bytes:
        async with self._database.transaction(tenant()) as connection:
            body = await store.get_customer(connection, name)
        if body is None:
            raise errors.unknown("customer", name)
        return body

    async def list_customers(self, after: str, limit: int) -> list[bytes]:
        async with self._database.transaction(tenant()) as connection:
            return await store.list_customers(connection, after, limit)

    async def apply_agreement(
        self, draft: AgreementDraft, etag: str, *, validate_only: bool
    ) -> tuple[AgreementRevision, bool]:
        """Store a revision; return it and whether it is new."""
        violations = check_agreement(draft)
        if violations:
            raise errors.ill_formed(draft.name, violations)
        async with self._database.transaction(tenant()) as connection:
            await store.lock_agreement(connection, draft.name)
            revisions = await store.list_revisions(connection, draft.name)
            newest = revisions[-1] if revisions else None
            if newest is not None:
                self._check_successor(draft, etag, revisions[0], newest)
                if newest.body == draft.body:
                    return newest, False
            await self._check_references(connection, draft)
            added = _next_revision(draft, len(revisions) + 1)
            if not validate_only:
                await self._add(connection, draft, added)
            return added, True

    async def revise(self, connection: Connection, draft: AgreementDraft) -> AgreementRevision:
        """Store terms that an amendment brings, in the transaction that approves it and holds the agreement."""
        revisions = await store.list_revisions(connection, draft.name)
        self._check_successor(draft, "", revisions[0], revisions[-1])
        await self._check_references(connection, draft)
        added = _next_revision(draft, len(revisions) + 1)
        await self._add(connection, draft, added)
        return added

    async def _add(self, connection: Connection, draft: AgreementDraft, added: AgreementRevision) -> None:
        await store.add_revision(connection, added)
        await store.add_schedules(connection, draft.name, [s.id for s in draft.schedules])
        await outbox.add(connection, f"{_SUBJECT}.agreement.revised", _event(agreement=draft.name))

    def _check_successor(
        self, draft: AgreementDraft, etag: str, first: AgreementRevision, newest: AgreementRevision
    ) -> None:
        if etag and etag != newest.etag:
            raise errors.stale(draft.name, etag, newest.etag)
        violations = check_revision(draft, first)
        if violations:
            raise errors.ill_formed(draft.name, violations)

    async def _check_references(self, connection: Connection, draft: AgreementDraft) -> None:
        violations = []
        if await store.get_customer(connection, draft.customer) is None:
            violations.append(FieldViolation("agreement.customer", f"there is no {draft.customer}; apply it first"))
        owners = await store.schedule_owners(connection, [s.id for s in draft.schedules])
        for schedule in draft.schedules:
            if owners.get(schedule.id, draft.name) != draft.name:
                violations.append(
                    FieldViolation(f"{schedule.field}.id", f"{schedule.id!r} belongs to {owners[schedule.id]}")
                )
        if violations:
            raise errors.ill_formed(draft.name, violations)

    async def get_agreement(self, name: str, day: date | None) -> AgreementRevision:
        async with self._database.transaction(tenant()) as connection:
            revisions = await store.list_revisions(connection, name)
        found = in_force(revisions, day)
        if found is None:
            raise errors.unknown("agreement", name)
        return found

    async def list_agreements(self, customer: str, after: tuple[str, int], limit: int) -> list[AgreementRevision]:
        async with self._database.transaction(tenant()) as connection:
            return await store.page_revisions(connection, customer, after, limit)

    async def register_assets(self, wanted: Sequence[Asset]) -> tuple[list[Answer], int]:
        """Register assets; return an answer for each and the registry revision afterwards."""
        async with self._database.transaction(tenant()) as connection:
            await store.lock_registry(connection)
            revision = await store.registry_revision(connection)
            known = await store.get_assets(connection, [each.name for each in wanted])
            owners = await store.alias_owners(connection, [i for each in wanted for i in each.aliases])
            named = {p.schedule for each in wanted for p in each.placements}
            schedules = frozenset(await store.schedule_owners(connection, named))
            answers = []
            for each in wanted:
                answer = register(each, known.get(each.name), owners, schedules)
                answers.append(answer)
                if answer.outcome is not Outcome.REFUSED:
                    known[each.name] = answer.asset
                    owners |= dict.fromkeys(each.aliases, each.name)
            changed = {a.asset.name for a in answers if a.outcome in (Outcome.REGISTERED, Outcome.EXTENDED)}
            if changed:
                revision = await store.next_registry_revision(connection)
                await store.put_assets(connection, [replace(known[name], revision=revision) for name in changed])
                await outbox.add(connection, f"{_SUBJECT}.asset.registered", _event(registry_revision=revision))
        return answers, revision

    async def list_assets(self, after_revision: int, after: tuple[int, str], limit: int) -> AssetPage:
        async with self._database.transaction(tenant()) as connection:
            revision = await store.registry_revision(connection)
            assets = await store.page_assets(connection, after_revision, after, limit)
            places = await store.schedule_places(connection) if assets else {}
        return AssetPage(assets, places, revision)

    async def apply_catalogue(self, body: bytes) -> None:
        async with self._database.transaction(tenant()) as connection:
            await store.put_catalogue(connection, body)
            await outbox.add(connection, f"{_SUBJECT}.catalogue.applied", _event())

    async def get_catalogue(self) -> bytes:
        async with self._database.transaction(tenant()) as connection:
            body = await store.get_catalogue(connection)
        if body is None:
            raise errors.unknown("catalogue", "catalogue")
        return body


def _next_revision(draft: AgreementDraft, number: int) -> AgreementRevision:
    return AgreementRevision(
        name=draft.name,
        revision=number,
        customer=draft.customer,
        zone=draft.zone,
        effective_date=draft.effective_date,
        body=draft.body,
        etag=f'"{number}-{digest(draft.body)[:12]}"',
    )


def _event(**facts: object) -> bytes:
    """Write the body of an event: what changed, as JSON; readers ask this service for the rest."""
    return json.dumps(facts, sort_keys=True).encode()

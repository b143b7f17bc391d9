"""Invoices and their documents, for readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dutycycle.invoicing import errors, snapshot, store
from dutycycle.invoicing.file import File, Kind
from dutycycle.invoicing.invoice import Invoice, State
from dutycycle.invoicing.service.press import Press
from dutycycle.runtime.database import Database
from dutycycle.runtime.tenancy import tenant


class Library:
    """Gives out what is stored; a document that is not yet made is made, and kept, when it is asked for."""

    def __init__(self, database: Database, press: Press) -> None:
        self._database = database
        self._press = press

    async def get_invoice(self, name: str) -> Invoice:
        async with self._database.transaction(tenant()) as connection:
            body = await store.get_body(connection, name)
        if body is None:
            raise errors.unknown_invoice(name)
        return snapshot.read(body)

    async def list_invoices(
        self, customer: str, period_start: date | None, after: tuple[date, str, str], limit: int
    ) -> Sequence[Invoice]:
        """Return invoices by period, customer and name after a key, without assets."""
        async with self._database.transaction(tenant()) as connection:
            bodies = await store.page_invoices(connection, customer, period_start, after, limit)
        return [snapshot.read_without_assets(body) for body in bodies]

    async def get_document(self, name: str, kind: Kind) -> File:
        """Return a document of an issued invoice."""
        async with self._database.transaction(tenant()) as connection:
            kept = await store.get_document(connection, name, kind)
            state = await store.get_state(connection, name)
            body = await store.get_body(connection, name) if kept is None else None
        if kept is not None:
            return kept
        if body is None:
            raise errors.unknown_invoice(name)
        if state is not State.ISSUED:
            raise errors.not_issued(name)
        made = await self._press.make(body, kind)
        async with self._database.transaction(tenant()) as connection:
            await store.put_documents(connection, name, [made])
        return made

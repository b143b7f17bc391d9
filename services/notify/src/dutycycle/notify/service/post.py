"""Deliveries as a caller or an event sees them: note them down, look at them, try again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

import structlog

from dutycycle.kit import clock
from dutycycle.notify import errors, message, store
from dutycycle.notify.bill import Bill, Recipient
from dutycycle.notify.delivery import NOBODY, Delivery, Kind, State, Suppression, delivery_name, message_id
from dutycycle.notify.letter import Letter
from dutycycle.notify.neighbour import Invoicing
from dutycycle.runtime.database import Connection, Database
from dutycycle.runtime.tenancy import tenant

_log = structlog.get_logger()


class Post:
    """Keeps one delivery for each invoice and recipient."""

    def __init__(self, database: Database, invoicing: Invoicing, sender: str, due: asyncio.Event) -> None:
        self._database = database
        self._invoicing = invoicing
        self._sender = sender
        self._due = due

    async def announce(self, invoice: str) -> None:
        """Note a delivery for every contact who receives invoices; hearing of the invoice again adds none."""
        bill = await self._invoicing.bill(invoice)
        deliveries = [self._pending(bill, recipient) for recipient in bill.recipients] or [
            self._addressee_missing(bill)
        ]
        async with self._database.transaction(tenant()) as connection:
            for delivery in deliveries or [self._addressee_missing(bill)]:
                await store.add_delivery(connection, delivery)
        self._due.set()

    async def list_deliveries(self, state: State | None, after: int, limit: int) -> tuple[list[Delivery], int]:
        """Return deliveries after a sequence number, and how many there are in all."""
        async with self._database.transaction(tenant()) as connection:
            page = await store.page_deliveries(connection, state, after, limit)
            return page, await store.count_deliveries(connection, state)

    async def get_delivery(self, name: str) -> Delivery:
        async with self._database.transaction(tenant()) as connection:
            found = await store.get_delivery(connection, name)
        if found is None:
            raise errors.unknown_delivery(name)
        return found

    async def retry(self, name: str) -> Delivery:
        """Make a delivery due now. PreconditionError if it is delivered or has no mailbox."""
        found = await self.get_delivery(name)
        if found.state is State.DELIVERED or found.recipient == NOBODY:
            raise errors.not_retryable(name, found.state.value)
        if found.state is not State.SENDING:
            async with self._database.transaction(tenant()) as connection:
                await store.put_outcome(connection, name, State.PENDING, found.last_answer, clock.now())
            self._due.set()
        return await self.get_delivery(name)

    async def preview(self, invoice: str, mailbox: str) -> tuple[Bill, Recipient, bytes]:
        """Compose the message of an invoice as it would be sent, and send nothing."""
        bill = await self._invoicing.bill(invoice)
        if not bill.number:
            raise errors.not_issued(invoice)
        recipients = [each for each in bill.recipients if mailbox in ("", each.email)]
        recipient = recipients[0] if recipients else Recipient("", mailbox or bill.contact_email)
        delivery = self._pending(bill, recipient)
        sender = self._sender or bill.contact_email
        envelope = message.Envelope(recipient, sender, delivery.message_id, as_of(delivery))
        return bill, recipient, message.compose(bill, envelope, await self._invoicing.documents(invoice))

    async def send_letter(
        self, kind: Kind, about: str, customer: str, recipient: Recipient, letter: Letter
    ) -> Delivery:
        """Note a letter for a mailbox; the same about the same again adds none."""
        now = clock.now()
        sender = self._sender or letter.reply_email or recipient.email
        delivery = Delivery(
            name=delivery_name(about, recipient.email),
            sequence=0,
            about=about,
            customer=customer,
            recipient=recipient.email,
            recipient_name=recipient.display_name,
            subject=letter.subject,
            message_id=message_id(about, recipient.email, sender.rpartition("@")[2]),
            state=State.PENDING,
            attempts=0,
            last_answer="",
            create_time=now,
            update_time=now,
            next_attempt_time=now,
            kind=kind,
            letter=letter.to_text(),
        )
        async with self._database.transaction(tenant()) as connection:
            await store.add_delivery(connection, delivery)
        self._due.set()
        return delivery

    async def bounced(self, key: str, answer: str, *, is_permanent: bool) -> None:
        """Note that a delivery came back, known by the key at the end of its name.

        Of one that can never be delivered the mailbox is left alone from now on.
        """
        async with self._database.transaction(tenant()) as connection:
            found = await store.find_delivery(connection, key)
            if found is None or not is_permanent:
                return
            await store.put_outcome(connection, found.name, State.FAILED, f"bounced: {answer}", None)
            await self._suppress(connection, found.recipient, f"bounced: {answer}")

    async def _suppress(self, connection: Connection, recipient: str, reason: str) -> None:
        if await store.get_suppression(connection, recipient) is None:
            await store.add_suppression(connection, recipient, reason, clock.now(), suppressed=True)
            _log.warning("mailbox.suppressed", recipient=recipient, reason=reason)

    async def list_suppressions(self, after: str, limit: int) -> list[Suppression]:
        async with self._database.transaction(tenant()) as connection:
            return await store.page_suppressions(connection, after, limit)

    async def lift(self, recipient: str, reason: str) -> None:
        """Send to a mailbox again. NotFoundError if it is not held back."""
        async with self._database.transaction(tenant()) as connection:
            if await store.get_suppression(connection, recipient) is None:
                raise errors.not_suppressed(recipient)
            await store.add_suppression(connection, recipient, reason, clock.now(), suppressed=False)

    def _pending(self, bill: Bill, recipient: Recipient) -> Delivery:
        sender = self._sender or bill.contact_email
        now = clock.now()
        return Delivery(
            name=delivery_name(bill.invoice, recipient.email),
            sequence=0,
            about=bill.invoice,
            customer=bill.customer,
            recipient=recipient.email,
            recipient_name=recipient.display_name,
            subject=message.subject(bill),
            message_id=message_id(bill.invoice, recipient.email, sender.rpartition("@")[2]),
            state=State.PENDING,
            attempts=0,
            last_answer="",
            create_time=now,
            update_time=now,
            next_attempt_time=now,
        )

    def _addressee_missing(self, bill: Bill) -> Delivery:
        _log.warning("delivery.no_recipient", invoice=bill.invoice, customer=bill.customer)
        answer = "no contact of the customer receives invoices"
        nobody = self._pending(bill, Recipient("", NOBODY))
        return replace(nobody, state=State.FAILED, last_answer=answer, next_attempt_time=None)


def as_of(delivery: Delivery) -> datetime:
    """Return the date that every attempt puts on the message."""
    return delivery.create_time.replace(microsecond=0)

"""Send what is due, a few messages at a time, until the mail server has taken or refused each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import structlog

from dutycycle.kit import clock, ids
from dutycycle.kit.errors import DutycycleError
from dutycycle.notify import store
from dutycycle.notify.bill import Recipient
from dutycycle.notify.delivery import GIVE_UP_AFTER, Answer, Delivery, Kind, State, pause
from dutycycle.notify.dkim_key import DkimKey
from dutycycle.notify.letter import Letter
from dutycycle.notify.message import Envelope, compose, compose_letter
from dutycycle.notify.neighbour import Invoicing, MailServer
from dutycycle.notify.service.post import as_of
from dutycycle.notify.verp import Verp
from dutycycle.runtime import tenancy
from dutycycle.runtime.database import Database
from dutycycle.runtime.tenancy import tenant

_log = structlog.get_logger()
_LOOK_SECONDS = 0.5
_LEASE = timedelta(minutes=3)
"""Longer than a download and an SMTP session can take: after it, a sender that says nothing is dead."""


class Courier:
    """Claims due deliveries and offers them to the mail server."""

    def __init__(
        self,
        database: Database,
        invoicing: Invoicing,
        mail_server: MailServer,
        due: asyncio.Event,
        *,
        tenants: Sequence[str],
        sender: str,
        at_once: int,
        first_pause: timedelta,
        verp: Verp,
        dkim_key: DkimKey | None,
    ) -> None:
        self._database = database
        self._invoicing = invoicing
        self._mail_server = mail_server
        self._due = due
        self._tenants = tenants
        self._sender = sender
        self._at_once = at_once
        self._first_pause = first_pause
        self._verp = verp
        self._dkim_key = dkim_key

    async def work(self) -> None:
        """Send until cancelled."""
        while True:
            self._due.clear()
            sent = 0
            for name in self._tenants:
                with tenancy.bound(name, ids.request_id()):
                    sent += await self.send_due()
            if not sent:
                await self._wait()

    async def send_due(self) -> int:
        """Attempt what is due now, at most a few messages; return how many were attempted."""
        async with self._database.transaction(tenant()) as connection:
            claimed = await store.claim_due(connection, clock.now(), _LEASE, self._at_once)
        await asyncio.gather(*(self._attempt(delivery) for delivery in claimed))
        return len(claimed)

    async def _attempt(self, delivery: Delivery) -> None:
        answer = await self._offer(delivery)
        if answer.taken:
            await self._note(delivery, State.DELIVERED, answer.text)
            if delivery.kind is Kind.SIGN_IN:
                await self._forget(delivery)
        elif answer.final or delivery.attempts >= GIVE_UP_AFTER:
            _log.warning("delivery.failed", delivery=delivery.name, answer=answer.text, attempts=delivery.attempts)
            await self._note(delivery, State.FAILED, answer.text)
            if answer.no_such_mailbox:
                await self._suppress(delivery, answer.text)
        else:
            wait = pause(delivery.attempts, self._first_pause)
            _log.info("delivery.delayed", delivery=delivery.name, answer=answer.text, seconds=wait.total_seconds())
            await self._note(delivery, State.PENDING, answer.text, wait)

    async def _offer(self, delivery: Delivery) -> Answer:
        async with self._database.transaction(tenant()) as connection:
            held_back = await store.get_suppression(connection, delivery.recipient)
        if held_back is not None:
            return Answer(taken=False, final=True, text=f"not sent, the mailbox is held back: {held_back.reason}")
        try:
            mail, sender = await self._compose(delivery)
        except DutycycleError as error:
            return Answer(taken=False, final=False, text=f"documents: {error.reason}: {error.message}")
        if self._dkim_key is not None:
            mail = self._dkim_key.sign(mail)
        return await self._mail_server.send(
            mail, self._verp.sender(tenant(), delivery.name, sender), delivery.recipient
        )

    async def _compose(self, delivery: Delivery) -> tuple[bytes, str]:
        """Return the message and the mailbox it is from; the same at every attempt."""
        recipient = Recipient(delivery.recipient_name, delivery.recipient)
        if delivery.kind is not Kind.INVOICE:
            letter = Letter.from_text(delivery.letter)
            sender = self._sender or letter.reply_email or delivery.recipient
            return compose_letter(letter, Envelope(recipient, sender, delivery.message_id, as_of(delivery))), sender
        bill = await self._invoicing.bill(delivery.invoice)
        documents = await self._invoicing.documents(delivery.invoice)
        sender = self._sender or bill.contact_email
        return compose(bill, Envelope(recipient, sender, delivery.message_id, as_of(delivery)), documents), sender

    async def _forget(self, delivery: Delivery) -> None:
        """Remove a link that signs somebody in: sent, it is nobody else's business."""
        async with self._database.transaction(tenant()) as connection:
            await store.forget_letter(connection, delivery.name)

    async def _suppress(self, delivery: Delivery, answer: str) -> None:
        """Leave a mailbox alone that its server refused for good."""
        async with self._database.transaction(tenant()) as connection:
            await store.add_suppression(
                connection, delivery.recipient, f"refused: {answer}", clock.now(), suppressed=True
            )

    async def _note(self, delivery: Delivery, state: State, answer: str, wait: timedelta | None = None) -> None:
        again = None if wait is None else clock.now() + wait
        async with self._database.transaction(tenant()) as connection:
            await store.put_outcome(connection, delivery.name, state, answer, again)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                await self._due.wait()
        except TimeoutError:
            return

"""Alerts: looks at running periods again and again, tells each thing once, and not at night."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from dutycycle.kit import clock, ids
from dutycycle.kit.errors import DutycycleError
from dutycycle.notify import store
from dutycycle.notify.alert import Alert, AlertSettings, alerts
from dutycycle.notify.correspondence import Correspondence
from dutycycle.notify.delivery import ALERT_MAILS, DIGESTS, Kind
from dutycycle.notify.letter import Letter
from dutycycle.notify.neighbour import Contracts, Rating
from dutycycle.notify.service.post import Post
from dutycycle.runtime import tenancy
from dutycycle.runtime.database import Database
from dutycycle.runtime.tenancy import tenant

_log = structlog.get_logger()
_MAILED_WITHIN = timedelta(days=2)
"""What was told longer ago is not mailed any more: somebody who asks for mail now wants what is new."""


class Watchman:
    """Keeps what customers want to be told, and tells it."""

    def __init__(
        self,
        database: Database,
        post: Post,
        contracts: Contracts,
        rating: Rating,
        read: Callable[[bytes], AlertSettings],
        *,
        tenants: Sequence[str],
        every_seconds: float,
    ) -> None:
        self._database = database
        self._post = post
        self._contracts = contracts
        self._rating = rating
        self._read = read
        """Reads stored settings."""
        self._tenants = tenants
        self._every_seconds = every_seconds

    async def work(self) -> None:
        """Look until cancelled."""
        while True:
            for name in self._tenants:
                with tenancy.bound(name, ids.request_id()):
                    await self.look()
            await asyncio.sleep(self._every_seconds)

    async def look(self) -> None:
        """Look at every customer of the present tenant; one that cannot be looked at delays no other."""
        for customer in await self._contracts.customers(clock.now().date()):
            try:
                await self.look_at(customer)
            except DutycycleError as error:
                _log.warning("alert.not_evaluated", customer=customer, reason=error.reason, message=str(error))

    async def look_at(self, customer: str) -> list[Alert]:
        """Tell what is new about a customer's running period; return it. At night nothing is looked at: it can wait."""
        settings = await self.settings(customer)
        to = await self._contracts.correspondence(customer)
        local = clock.now().astimezone(ZoneInfo(to.zone))
        if settings.is_quiet(local):
            return []
        running = await self._rating.running(customer, to.zone)
        if running is None:
            return []
        async with self._database.transaction(tenant()) as connection:
            new = [told for told in alerts(running, settings) if await store.add_alert(connection, told, clock.now())]
        if settings.by_email:
            await self._mail(to, local, settings)
        return new

    async def _mail(self, to: Correspondence, local: datetime, settings: AlertSettings) -> None:
        """Mail what was told and not mailed yet: at once, or once a day what came since the last digest.

        What is stored decides, so that a crash between telling and mailing loses nothing and mails nothing twice.
        """
        since = clock.now() - _MAILED_WITHIN
        async with self._database.transaction(tenant()) as connection:
            recent = await store.alerts_since(connection, to.customer, since)
            digest = await store.last_digest(connection, to.customer)
        code = to.customer.partition("/")[2]
        if not settings.digest:
            for told, _ in recent:
                await self._send([told], to, f"{ALERT_MAILS}/{told.name.partition('/')[2]}")
            return
        if digest is not None and digest.astimezone(local.tzinfo).date() == local.date():
            return
        fresh = [told for told, at in recent if digest is None or at > digest]
        if fresh:
            await self._send(fresh, to, f"{DIGESTS}/{code}-{local:%Y-%m-%d}")

    async def _send(self, group: Sequence[Alert], to: Correspondence, about: str) -> None:
        for recipient in to.recipients:
            letter = _letter(group, to, f"Dear {recipient.display_name},")
            await self._post.send_letter(Kind.ALERT, about, to.customer, recipient, letter)

    async def settings(self, customer: str) -> AlertSettings:
        async with self._database.transaction(tenant()) as connection:
            body = await store.get_alert_settings(connection, customer)
        return self._read(body) if body is not None else AlertSettings(customer)

    async def set_settings(self, customer: str, body: bytes, request_id: str) -> AlertSettings:
        """Store settings and return those that count. NotFoundError for a customer without an agreement."""
        await self._contracts.correspondence(customer)
        async with self._database.transaction(tenant()) as connection:
            await store.add_alert_settings(connection, customer, body, request_id, clock.now())
        return await self.settings(customer)

    async def page(
        self, customer: str, after: tuple[datetime, str] | None, limit: int
    ) -> list[tuple[Alert, str, datetime]]:
        """List alerts with their names and times, newest first."""
        async with self._database.transaction(tenant()) as connection:
            return await store.page_alerts(connection, customer, after, limit)


def _letter(group: Sequence[Alert], to: Correspondence, greeting: str) -> Letter:
    """Write what was seen; a service message that offers nothing."""
    subject = group[0].text if len(group) == 1 else f"{len(group)} alerts about your usage"
    return Letter(
        subject=subject.rstrip("."),
        greeting=greeting,
        paragraphs=(*(told.text for told in group), "Nothing is due for it now; what is billed stands on the invoice."),
        link="",
        link_text="",
        sender_name=to.lessor_name,
        sender_address_lines=to.lessor_address_lines,
        reply_name=to.reply_name,
        reply_email=to.reply_email,
    )

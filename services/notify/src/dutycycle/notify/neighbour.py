"""What notify asks of invoicing, and of a mail server, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dutycycle.notify.bill import Bill
from dutycycle.notify.delivery import Answer
from dutycycle.notify.message import Attachment


class Invoicing(Protocol):
    """Raises the typed errors that invoicing raises."""

    async def bill(self, invoice: str) -> Bill:
        """Return what an issued invoice says."""

    async def documents(self, invoice: str) -> Sequence[Attachment]:
        """Return the documents that go with the e-mail, as invoicing stored them."""


class MailServer(Protocol):
    """Takes messages."""

    async def send(self, mail: bytes, sender: str, recipient: str) -> Answer:
        """Offer one message; every way in which that can end is an answer."""

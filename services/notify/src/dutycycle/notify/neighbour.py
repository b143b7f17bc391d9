"""What notify asks of the services before it, and of a mail server, in its own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dutycycle.notify.alert import Running
from dutycycle.notify.bill import Bill
from dutycycle.notify.correspondence import Correspondence
from dutycycle.notify.delivery import Answer
from dutycycle.notify.letter import Letter
from dutycycle.notify.message import Attachment


class Invoicing(Protocol):
    """Raises the typed errors that invoicing raises."""

    async def bill(self, invoice: str) -> Bill:
        """Return what an issued invoice says."""

    async def documents(self, invoice: str) -> Sequence[Attachment]:
        """Return the documents that go with the e-mail, as invoicing stored them."""


class Contracts(Protocol):
    """Raises the typed errors that contracts raises."""

    async def correspondence(self, customer: str) -> Correspondence:
        """Return who writes to a customer's people. NotFoundError for one that has no agreement."""

    async def customers(self, day: date) -> Sequence[str]:
        """Return the customers that have an agreement in force on a day."""


class Offers(Protocol):
    """Raises the typed errors that offers raises."""

    async def announcement(self, decision: str) -> Announcement | None:
        """Return what is announced before a bill; None if nothing is."""


class Rating(Protocol):
    """Raises the typed errors that rating raises."""

    async def running(self, customer: str, zone: str) -> Running | None:
        """Return a customer's running period as it stands; None while nothing is rated in it."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something that is told before a bill comes."""

    customer: str
    about: str
    """What makes it one: "announcements/fl-2013-06"."""
    recipient: str
    """Mailbox; empty: everybody who receives invoices."""
    write: Callable[[Correspondence, str], Letter]
    """Makes the letter, from both ends of it and a greeting."""


class MailServer(Protocol):
    """Takes messages."""

    async def send(self, mail: bytes, sender: str, recipient: str) -> Answer:
        """Offer one message; every way in which that can end is an answer."""

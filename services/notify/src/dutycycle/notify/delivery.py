"""A delivery: one message to one recipient, from its first attempt to its last."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from dutycycle.kit import ids

GIVE_UP_AFTER = 12
"""Attempts; with the default pause that is about a day."""
LONGEST_PAUSE = timedelta(hours=4)
ALERT_MAILS, DIGESTS = "alert-mails", "alert-digests"
"""What messages of alerts are about: each alert alone, or those of a day."""
NOBODY = ""
"""Recipient of the row that says that no contact of the customer receives invoices."""


class State(Enum):
    """States of a delivery."""

    PENDING = "PENDING"
    SENDING = "SENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


class Kind(Enum):
    """What a message is about."""

    INVOICE = "INVOICE"
    ANNOUNCEMENT = "ANNOUNCEMENT"
    ALERT = "ALERT"
    SIGN_IN = "SIGN_IN"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as stored; `next_attempt_time` is absent when nothing more is tried."""

    name: str
    sequence: int
    about: str
    """Resource name of the invoice, or what else it is about: there is one message of it to each mailbox."""
    customer: str
    recipient: str
    recipient_name: str
    subject: str
    message_id: str
    state: State
    attempts: int
    last_answer: str
    create_time: datetime
    update_time: datetime
    next_attempt_time: datetime | None
    kind: Kind = Kind.INVOICE
    letter: str = ""
    """What it says, as stored; empty for an invoice, and once a sign-in link is sent."""

    @property
    def invoice(self) -> str:
        """Return the invoice that it brings; empty for a letter."""
        return self.about if self.kind is Kind.INVOICE else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How an attempt ended: taken, refused for now, or refused for good; and what the mail server said."""

    taken: bool
    final: bool
    text: str
    no_such_mailbox: bool = False
    """Whether the mailbox was refused for good: nothing is sent to it again until somebody says so."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A mailbox to which nothing is sent."""

    recipient: str
    reason: str
    noted_at: datetime


def delivery_name(about: str, recipient: str) -> str:
    """Return "deliveries/fl-2013-12-1f0c…": the same for the same invoice and mailbox."""
    return f"deliveries/{about.rpartition('/')[2]}-{_key(about, recipient)[:12]}"


def message_id(about: str, recipient: str, domain: str) -> str:
    """Return the Message-ID, the same at every attempt: a receiver can tell a second copy from a second bill."""
    return f"<{_key(about, recipient)[:32]}@{domain}>"


def pause(attempts: int, first: timedelta) -> timedelta:
    """Return how long to wait after so many failed attempts: doubling, with jitter so that mails come out of step."""
    doublings = min(attempts - 1, 30)
    longest = min(first * (1 << doublings), LONGEST_PAUSE)
    return longest * (500 + secrets.randbelow(501)) / 1000


def _key(about: str, recipient: str) -> str:
    return ids.digest(f"{about}\n{recipient.lower()}".encode())

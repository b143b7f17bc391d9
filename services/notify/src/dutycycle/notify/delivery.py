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
NOBODY = ""
"""Recipient of the row that says that no contact of the customer receives invoices."""


class State(Enum):
    """States of a delivery."""

    PENDING = "PENDING"
    SENDING = "SENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as stored; `next_attempt_time` is absent when nothing more is tried."""

    name: str
    sequence: int
    invoice: str
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


@dataclass(frozen=True, slots=True)
class Answer:
    """How an attempt ended: taken, refused for now, or refused for good; and what the mail server said."""

    taken: bool
    final: bool
    text: str


def delivery_name(invoice: str, recipient: str) -> str:
    """Return "deliveries/fl-2013-12-1f0c…": the same for the same invoice and mailbox."""
    return f"deliveries/{invoice.removeprefix('invoices/')}-{_key(invoice, recipient)[:12]}"


def message_id(invoice: str, recipient: str, domain: str) -> str:
    """Return the Message-ID, the same at every attempt: a receiver can tell a second copy from a second bill."""
    return f"<{_key(invoice, recipient)[:32]}@{domain}>"


def pause(attempts: int, first: timedelta) -> timedelta:
    """Return how long to wait after so many failed attempts: doubling, with jitter so that mails come out of step."""
    doublings = min(attempts - 1, 30)
    longest = min(first * (1 << doublings), LONGEST_PAUSE)
    return longest * (500 + secrets.randbelow(501)) / 1000


def _key(invoice: str, recipient: str) -> str:
    return ids.digest(f"{invoice}\n{recipient.lower()}".encode())

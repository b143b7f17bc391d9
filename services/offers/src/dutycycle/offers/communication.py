"""To whom, through what and when something is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Channel(Enum):
    """Through what."""

    INVOICE = "invoice"
    MESSAGE = "message"


class Timing(Enum):
    """When."""

    WITH_INVOICE = "with the invoice"
    BEFORE_INVOICE = "before the invoice"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at the customer."""

    email: str
    role: str
    receives_invoices: bool


@dataclass(frozen=True, slots=True)
class Customer:
    """Whom an offer is for."""

    name: str
    display_name: str = ""
    language: str = ""
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Communication:
    """How a decision reaches the customer."""

    role: str
    recipient: str
    channel: Channel
    timing: Timing
    reason: str
    """For the lessor."""


_DECIDES_ON_TERMS = ("fleet", "manager", "operations", "owner", "director")


def communicate(contacts: Sequence[Contact], announcement: str, *, is_offer: bool) -> Communication:
    """Decide: terms are for who runs the equipment, a bill is for who pays it; a hard bill is told before it comes."""
    receiving = [contact for contact in contacts if contact.receives_invoices] or list(contacts)
    runs = next((each for each in receiving if _runs_equipment(each)), None)
    pays = next((each for each in receiving if not _runs_equipment(each)), None)
    addressed = (runs or pays) if is_offer or announcement else (pays or runs)
    role, recipient = (addressed.role, addressed.email) if addressed else ("", "")
    if announcement:
        reason = f"announced before the bill: {announcement}"
        return Communication(role, recipient, Channel.MESSAGE, Timing.BEFORE_INVOICE, reason)
    reason = "an offer of terms is for who runs the equipment" if is_offer else "nothing but the bill"
    return Communication(role, recipient, Channel.INVOICE, Timing.WITH_INVOICE, reason)


def _runs_equipment(contact: Contact) -> bool:
    return any(word in contact.role.lower() for word in _DECIDES_ON_TERMS)

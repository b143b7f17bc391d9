"""What an e-mail says about an invoice, ready to print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who is sent the invoice."""

    display_name: str
    email: str


@dataclass(frozen=True, slots=True)
class Row:
    """Usage of all schedules in one unit, or a charge that does not depend on usage: then the quantities are empty."""

    title: str
    agreed: str
    used: str
    adjustment: str
    charge: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands after the bill, marked as not part of it. `saleable` is false for "you are on your best plan"."""

    saleable: bool
    headline: str
    why_text: str
    proof_text: str
    trade_text: str
    legal_text: str
    numbers_url: str
    stop_url: str
    stop_mailto: str


@dataclass(frozen=True, slots=True)
class Bill:
    """An issued invoice as its e-mail tells it. `credit` means that nothing is due."""

    invoice: str
    number: str
    customer: str
    customer_name: str
    language: str
    period_title: str
    period_days: str
    zone: str
    total: str
    credit: bool
    issue_day: str
    due_day: str
    purchase_order: str
    remit_to_lines: tuple[str, ...]
    what_changed: str
    rows: tuple[Row, ...]
    waiting: str
    """What waits and is not due; empty if nothing does."""
    rejected: str
    note: str
    usage_noun: str
    lessor_name: str
    lessor_address_lines: tuple[str, ...]
    contact_name: str
    contact_role: str
    contact_email: str
    careful: bool
    announcement: str
    offer: Offer | None
    recipients: tuple[Recipient, ...]

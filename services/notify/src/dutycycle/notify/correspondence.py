"""Who writes to whom: the lessor's desk and the customer's people, as the contract names them."""

from __future__ import annotations

from dataclasses import dataclass

from dutycycle.notify.bill import Recipient


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Both ends of a letter."""

    customer: str
    customer_name: str
    lessor_name: str
    lessor_address_lines: tuple[str, ...]
    reply_name: str
    reply_email: str
    zone: str
    """IANA zone of the agreement: its nights are quiet."""
    recipients: tuple[Recipient, ...]
    """Contacts who receive invoices."""


NOBODY = Correspondence("", "", "Dutycycle", (), "", "", "UTC", ())
"""For people at the lessor: no customer's letter."""

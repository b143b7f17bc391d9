"""Envelope senders that say which delivery bounced, and the reports that come back to them.

A bounce is believed only if its address is one that was signed here: else anybody could silence a mailbox.
"""

from __future__ import annotations

import email
import hashlib
import hmac
import re
from dataclasses import dataclass
from email import policy
from email.message import Message

_PREFIX = "bounce"
_SIGNATURE = 16
_ADDRESS = re.compile(rf"{_PREFIX}\+([a-z0-9._-]+)=([0-9a-f]{{12}})=([0-9a-f]{{{_SIGNATURE}}})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verp:
    """Makes and reads envelope senders of one domain."""

    domain: str
    """Where bounces are received; empty: bounces go to the sender of the message."""
    key: str

    def sender(self, tenant: str, delivery: str, otherwise: str) -> str:
        """Return the envelope sender of a delivery: "bounce+skyline=1f0c9a3b5d7e=5be1…@bounces.example".

        Of its name only the key at its end, so that the local part stays within the 64 characters of RFC 5321.
        """
        if not self.domain:
            return otherwise
        key = delivery.rpartition("-")[2]
        return f"{_PREFIX}+{tenant}={key}={self._signature(tenant, key)}@{self.domain}"

    def read(self, address: str) -> tuple[str, str] | None:
        """Return tenant and key of the delivery of an address that was signed here; None of any other."""
        found = _ADDRESS.match(address)
        if found is None:
            return None
        tenant, key, signature = found.groups()
        if not hmac.compare_digest(signature.lower(), self._signature(tenant, key)):
            return None
        return tenant, key.lower()

    def _signature(self, tenant: str, key: str) -> str:
        message = f"{tenant}\n{key}".lower().encode()
        return hmac.new(self.key.encode(), message, hashlib.sha256).hexdigest()[:_SIGNATURE]


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail server says about a message that it could not deliver (RFC 3464)."""

    status: str
    """Enhanced status: "5.1.1"."""
    text: str

    @property
    def is_permanent(self) -> bool:
        return self.status.startswith("5")


def read_report(content: bytes) -> Report | None:
    """Read a delivery status notification; None of a message that is none, such as an absence note."""
    message = email.message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():  # the first block is about the message, each other about a recipient
            if isinstance(block, Message) and block.get("Action", "").strip().lower() in ("failed", "delayed"):
                status = str(block.get("Status", "")).split("(")[0].strip()
                diagnostic = " ".join(str(block.get("Diagnostic-Code", "")).split())
                return Report(status, diagnostic or status)
    return None

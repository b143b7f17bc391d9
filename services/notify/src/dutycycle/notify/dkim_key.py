"""Signing messages as the lessor's domain (DKIM), the headers that stop offers among what is signed (RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass

import dkim

_SIGNED = (
    b"from",
    b"to",
    b"reply-to",
    b"subject",
    b"date",
    b"message-id",
    b"mime-version",
    b"content-type",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
)


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A private key whose public half is published at <selector>._domainkey.<domain>."""

    domain: str
    selector: str
    private_key: bytes
    """PEM."""

    def sign(self, mail: bytes) -> bytes:
        """Return the message with a signature before it; headers it lacks cannot be added to it afterwards either."""
        signature = dkim.sign(
            mail,
            self.selector.encode(),
            self.domain.encode(),
            self.private_key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=list(_SIGNED),
        )
        return bytes(signature) + mail

"""Links that open an offer or stop offers: signed, so that nobody can make one up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from itsdangerous import BadData, URLSafeSerializer

from dutycycle.offers import errors

_SALT = "dutycycle.offers.link"


class Purpose(Enum):
    """What a link is for."""

    OFFER = "offer"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: to whom it belongs, and what it opens."""

    tenant: str
    purpose: Purpose
    subject: str
    """Resource name: of the decision, or of the customer whose offers stop."""
    expire_time: datetime | None = None
    """None: it never expires. What is signed once for a decision is the same at every signing."""


class LinkSigner:
    """Signs links with the newest key and reads those of older ones, so that keys can be changed."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys, the newest first; without any, no links are made."""
        # The library wants the newest last.
        self._serializer = URLSafeSerializer(list(reversed(keys)), salt=_SALT) if keys else None

    def sign(self, link: Link) -> str:
        """Return a token for an address; empty without a key."""
        if self._serializer is None:
            return ""
        expires = int(link.expire_time.timestamp()) if link.expire_time else 0
        return str(self._serializer.dumps([link.tenant, link.purpose.value, link.subject, expires]))

    def read(self, token: str, purpose: Purpose, tenant: str) -> Link:
        """Read a token. Raises InvalidInputError for one that was not signed here, or for something else."""
        if self._serializer is None:
            raise errors.link_forged()
        try:
            owner, kind, subject, expires = self._serializer.loads(token)
            found = Purpose(kind)
        except (BadData, ValueError, TypeError):
            raise errors.link_forged() from None
        # A link of another lessor is none of this one's, whoever signed it.
        if found is not purpose or owner != tenant:
            raise errors.link_forged()
        return Link(owner, found, subject, datetime.fromtimestamp(expires, UTC) if expires else None)

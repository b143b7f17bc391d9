"""Identifiers: request ids, resource names, digests."""

from __future__ import annotations

import hashlib
import re
import uuid

_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?")


def request_id() -> str:
    """Make a UUID for one mutation; keep it across retries."""
    return str(uuid.uuid4())


def is_request_id(text: str) -> bool:
    """Whether the text is a UUID."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def resource_id(name: str, collection: str) -> str | None:
    """Return the id in "<collection>/<id>", or None if the name is not of that form."""
    prefix, _, last = name.partition("/")
    return last if prefix == collection and _NAME.fullmatch(last) else None


def slug(text: str) -> str:
    """Make a resource id of any text: lower case, hyphens between words."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def digest(content: bytes) -> str:
    """Return the SHA-256 of the content in hexadecimal."""
    return hashlib.sha256(content).hexdigest()

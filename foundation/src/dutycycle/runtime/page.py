"""Paging: sizes that are coerced, tokens that say where to go on, and lists read to their end."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Protocol, TypeVar

from dutycycle.runtime.wire import invalid

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class Asks(Protocol):
    """A request of a list."""

    page_token: str


class Gives(Protocol):
    """A page of a list."""

    @property
    def next_page_token(self) -> str: ...


AsksT = TypeVar("AsksT", bound=Asks)
GivesT = TypeVar("GivesT", bound=Gives)


async def pages(call: Callable[[AsksT], Awaitable[GivesT]], request: AsksT) -> AsyncIterator[GivesT]:
    """Ask for page after page until the last; the request is moved on."""
    while True:
        page = await call(request)
        yield page
        if not page.next_page_token:
            return
        request.page_token = page.next_page_token


def page_size(asked: int, default: int, largest: int) -> int:
    """Return how many to give: 0 means the default, too many the largest. Negative is an error."""
    if asked < 0:
        raise invalid("page_size", "must not be negative")
    return min(asked or default, largest)


def encode_token(key: list[Any]) -> str:
    """Write the key of the last item given as an opaque token."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def decode_token(token: str, start: list[Any]) -> list[Any]:
    """Read the key after which to go on; `start` without a token. Raises InvalidInputError if it is not one of ours."""
    if not token:
        return start
    try:
        key = json.loads(base64.urlsafe_b64decode(token.encode()))
    except (binascii.Error, ValueError, RecursionError):
        raise invalid("page_token", "use next_page_token as it was given") from None
    if not isinstance(key, list) or [type(part) for part in key] != [type(part) for part in start]:
        raise invalid("page_token", "belongs to another call")
    if not all(map(_is_storable, key)):
        raise invalid("page_token", "use next_page_token as it was given")
    return key


def _is_storable(part: object) -> bool:
    """Whether PostgreSQL can compare with it; a token that was made up must not become an internal error."""
    if isinstance(part, int):
        return -(2**63) <= part < 2**63
    return not isinstance(part, str) or not _NO_TEXT.search(part)

"""The one place where time is read, so that a test can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_frozen: datetime | None = None


def now() -> datetime:
    """Return the present instant in UTC."""
    return _frozen if _frozen is not None else datetime.now(UTC)


def today(zone: str) -> date:
    """Return the civil day it is now in an IANA zone."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Hold time at an instant for the length of a test."""
    global _frozen
    before, _frozen = _frozen, instant
    try:
        yield
    finally:
        _frozen = before

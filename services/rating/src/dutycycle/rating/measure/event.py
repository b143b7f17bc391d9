"""Events: what a source reports of an asset at one instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

NO_PROPERTIES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """One event, as measures see it."""

    at: datetime
    """Aware, in UTC."""
    value: Decimal | None = None
    """None: not a number; such an event is counted and never summed."""
    id: str = ""
    """What is counted once: an asset, a user. Empty: nothing is, and measures of identities pass the event over."""
    adds: bool = True
    """False: the id leaves. Measures of values do not read this."""
    properties: Mapping[str, str] = field(default_factory=lambda: NO_PROPERTIES)

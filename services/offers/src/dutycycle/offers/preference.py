"""Whether a customer wants offers, and where that wish came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Preference:
    """One expressed wish; the newest counts."""

    customer: str
    offers_allowed: bool
    origin: str
    """Where it came from: "e-mail of 2014-01-07"."""
    set_at: datetime

    @property
    def refusal(self) -> str:
        """Say since when and by what offers are refused; empty if they are allowed."""
        return "" if self.offers_allowed else f"{self.origin}, noted {self.set_at:%Y-%m-%d %H:%M} UTC"

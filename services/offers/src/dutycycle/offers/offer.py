"""An offer that an invoice carried, as its page shows it and its answer needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dutycycle.kit.money import Money


@dataclass(frozen=True, slots=True)
class Offer:
    """A program on an invoice. It can be accepted until it expires."""

    decision: str
    """Resource name of the decision that carried it."""
    customer: str
    period_start: date
    subject: str
    """Id of the program."""
    display_name: str
    """Name of the program."""
    expire_time: datetime
    legal_version: str
    is_automatic: bool
    """Whether its amendment waits for nobody."""
    monthly_saving: Money
    """Mean of a month that was printed, the cost of the change left out."""
    terms: bytes
    """The agreement as it would be, with the etag of the one that was compared with."""

"""Who is offered something and who is held out, so that what offers do can be measured: fixed by hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

_HASHES = 1 << 64


class Group(Enum):
    """What a customer's decisions count for."""

    TREATED = "treated"
    HELD_OUT = "held out"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A measured use of programs and products."""

    id: str
    subjects: frozenset[str]
    """Ids of its programs and products; empty: all."""
    hold_out_percent: Decimal
    seed: str
    """Of the draw: another campaign with another seed draws apart from this one."""

    def covers(self, subject: str) -> bool:
        return not self.subjects or subject in self.subjects

    def holds_out(self, tenant: str, customer: str) -> bool:
        return _drawn(f"{tenant}/{self.seed}/{customer}", self.hold_out_percent)


@dataclass(frozen=True, slots=True)
class Draw:
    """The lessor's campaigns and its universal control."""

    tenant: str
    campaigns: Sequence[Campaign] = ()
    control_percent: Decimal = Decimal(0)

    def is_control(self, customer: str) -> bool:
        """Whether a customer is of those who are never offered anything, in no campaign."""
        return _drawn(f"{self.tenant}/universal control/{customer}", self.control_percent)

    def campaign_of(self, subject: str) -> Campaign | None:
        """Return the first campaign that a program or product is of."""
        return next((campaign for campaign in self.campaigns if campaign.covers(subject)), None)


def _drawn(text: str, percent: Decimal) -> bool:
    """Whether the hash of the text falls into the first percent of all hashes. Nothing else is asked: it stays so."""
    value = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return value * 100 < percent * _HASHES

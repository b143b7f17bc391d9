"""What invoicing asks of the services before it, in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from dutycycle.invoicing.invoice import (
    AssetUsage,
    Customer,
    Decision,
    Lessor,
    Line,
    MeasuredUse,
    WaitingIdentity,
)
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod


@dataclass(frozen=True, slots=True)
class UsageUnit:
    """The unit in which a whole agreement's usage is told: that of its first usage charge."""

    meter: str
    divide_by: Decimal
    increment: Decimal
    """Quantities are multiples of this; 0: not rounded."""
    units: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose usage a charge measures."""

    meter: str
    """Code of the meter that it adds up; empty where it measures otherwise."""
    schedules: frozenset[str]
    """Empty: every schedule."""


@dataclass(frozen=True, slots=True)
class Terms:
    """One revision of an agreement, as far as a bill prints it."""

    agreement: str
    customer: str
    display_name: str
    revision: int
    effective_date: date
    start_date: date
    end_date: date
    purchase_order: str
    payment_days: int
    zone: str
    currency: str
    lessor: Lessor
    note: str
    usage_noun: str
    asset_noun: str
    usage_unit: UsageUnit | None
    program: str
    """Name of the program that made these terms, as printed; empty if none did."""
    places: Mapping[tuple[str, str], int]
    """Digits after the point to which a charge's quantity is rounded, by schedule and charge."""
    reaches: Mapping[tuple[str, str], Reach] = field(default_factory=dict)
    """By schedule and charge."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything rated for one period of one agreement."""

    agreement: str
    agreement_revision: int
    period: BillingPeriod
    lines: tuple[Line, ...]
    total: Money
    period_cost: Money
    assets: tuple[AssetUsage, ...]
    usage_records: int
    measured: tuple[MeasuredUse, ...]


@dataclass(frozen=True, slots=True)
class UsageSummary:
    """What became of the usage records of one source in an interval."""

    accepted: int
    waiting: int
    rejected: int
    rejected_by_reason: Mapping[str, int]
    identities: tuple[WaitingIdentity, ...]
    estimated: int = 0
    """Of the accepted and the waiting, those that the source estimated."""

    @property
    def received(self) -> int:
        return self.accepted + self.waiting + self.rejected


class Neighbours(Protocol):
    """Contracts, ingest, rating and offers, for the tenant at work. Raises the typed errors they raise."""

    async def source_heads(self) -> Mapping[str, int]:
        """Return the last segment number that ingest has committed, by source."""

    async def folded(self) -> Mapping[str, int]:
        """Return the last segment number that rating has folded, by source."""

    async def customers(self) -> Mapping[str, Customer]:
        """Return every customer by resource name."""

    async def terms(self, customer: str) -> Sequence[Terms]:
        """Return every revision of the agreements of one customer, or of all if empty."""

    async def statements(
        self, customer: str, periods: Sequence[BillingPeriod], heads: Mapping[str, int], *, include_assets: bool
    ) -> Sequence[Statement]:
        """Rate periods. PreconditionError USAGE_INCOMPLETE if rating has not folded up to the heads."""

    async def usage_summary(self, source: str, start: datetime, end: datetime) -> UsageSummary:
        """Count the records of a source in an interval."""

    async def decide(self, customer: str, period: BillingPeriod, summary: UsageSummary) -> Decision:
        """Return the one treatment of an invoice; asking again gives the same."""

    async def close_period(self, source: str, period: BillingPeriod, zone: str) -> None:
        """Have later usage of the period wait for corrections; closing again changes nothing."""

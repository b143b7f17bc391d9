"""What the use cases need of other services; the edges implement it over gRPC."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from dutycycle.rating.contract import Registry, Terms
from dutycycle.rating.period_reading import PlacedRecord
from dutycycle.rating.usage import RecordPage, Segment


class Contracts(Protocol):
    """Questions to contracts, for the tenant of the present call."""

    async def terms(self, customer: str) -> list[Terms]:
        """Return the agreements of a customer, by name."""

    async def customers(self) -> list[str]:
        """Return the customers that have an agreement, by name."""

    async def registry(self) -> Registry:
        """Return the registry as it is now."""

    async def known_registry(self, placements: Collection[str]) -> Registry:
        """Return a registry that has these placements, asking contracts only if one is new."""

    async def usage_source(self, customer: str) -> str:
        """Return the name of the system that reports the customer's usage."""


class Ingest(Protocol):
    """Questions to ingest, for the tenant of the present call."""

    async def heads(self) -> dict[str, int]:
        """Return the number of the last segment by source."""

    async def read_segments(self, source: str, after: int, limit: int) -> list[Segment]:
        """Return the next segments of a source in number order, without gaps."""

    async def placed_records(
        self, source: str, start: datetime, end: datetime, placements: Sequence[str]
    ) -> list[PlacedRecord]:
        """Return all accepted records of placements in an interval, oldest first; their assets are as reported."""

    async def list_records(
        self, source: str, start: datetime, end: datetime, placements: Sequence[str], limit: int
    ) -> RecordPage:
        """Return accepted records of placements in an interval, oldest first."""

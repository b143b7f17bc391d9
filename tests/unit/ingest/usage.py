"""Batches and mappings for the tests of this folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from dutycycle.ingest.mapping import FileMapping, MeterMapping
from dutycycle.ingest.record import MeterValues, UsageBatch, to_microseconds

NOON_US = to_microseconds(datetime(2024, 3, 5, 12, tzinfo=UTC))


def batch(**columns: Any) -> UsageBatch:
    """Make a batch of two good rows; columns that are given replace the usual ones."""
    usual: dict[str, Any] = {
        "source": "ops-fl",
        "event_ids": ["e1", "e2"],
        "occurred_at_us": [NOON_US, NOON_US + 1],
        "asset_identities": ["N1", "N2"],
        "meters": [MeterValues("minutes", 0, [60, 90])],
        "dimensions": {"origin": ["JFK", "LGA"], "dest": ["ATL", ""]},
    }
    return UsageBatch(**usual | columns)


def one(
    *,
    event_id: str = "e1",
    at_us: int = NOON_US,
    identity: str = "N1",
    meters: Sequence[MeterValues] = (MeterValues("minutes", 0, [60]),),
    dimensions: dict[str, str] | None = None,
) -> UsageBatch:
    """Make a batch of one row."""
    return UsageBatch(
        "ops-fl", [event_id], [at_us], [identity], meters, {key: [text] for key, text in (dimensions or {}).items()}
    )


def mapping(**changes: Any) -> FileMapping:
    usual: dict[str, Any] = {
        "name": "flights",
        "sheet": "",
        "source": "ops-{carrier}",
        "event_id": "{carrier}-{flight}-{departed}",
        "asset_identity": "tail",
        "occurred_at": "departed",
        "time_zone": "",
        "meters": [MeterMapping("minutes", "air_time", 0, 0), MeterMapping("cycles", "", 1, 0)],
        "dimensions": ["origin"],
    }
    return FileMapping(**usual | changes)


HEADER = ("carrier", "flight", "departed", "tail", "air_time", "origin")


def cells(**changes: Any) -> dict[str, Any]:
    usual = dict(zip(HEADER, ("FL", 12, "2024-03-05T12:00:00Z", "N1", 60, "JFK"), strict=True))
    return usual | changes

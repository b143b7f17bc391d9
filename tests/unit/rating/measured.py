"""Short ways to write events and measure them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.measure import Event, Measured, MeasureRule, measure


def event(at: str, value: str | None = None, id: str = "", *, adds: bool = True, **properties: str) -> Event:  # noqa: A002
    """Write an event as "2024-06-01T00:00Z", "2.5"."""
    return Event(datetime.fromisoformat(at), None if value is None else Decimal(value), id, adds, properties)


def measured(rule: MeasureRule, *events: Event, month: str = "2024-06", zone: str = "UTC") -> Measured:
    """Measure a month, with its parts."""
    start, end = BillingPeriod.parse(month).instants(zone)
    return measure(rule, events, start, end, zone, explain=True)


def quantity(rule: MeasureRule, *events: Event, month: str = "2024-06", zone: str = "UTC") -> Fraction:
    """Measure a month."""
    return measured(rule, *events, month=month, zone=zone).quantity

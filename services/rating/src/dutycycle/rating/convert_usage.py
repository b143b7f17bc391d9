"""Requests of RateUsage to the domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.charge.charge import Charge
from dutycycle.charge.convert import charge_from_proto
from dutycycle.charge.portion import Entry
from dutycycle.kit.period import BillingPeriod, is_zone
from dutycycle.rating.given_usage import GivenEntry, GivenPeriod, GivenUsage
from dutycycle.rating.reading import Span, Stretch
from dutycycle.rating.usage_reading import UsageRecord
from dutycycle.runtime.wire import decimal_from_proto, invalid, period_from_proto, timestamp_from_proto

CHARGES_A_CALL = 100
PARTS_A_CALL = 50_000
"""Records, and entries, of all periods together."""
PERIODS_BEFORE = 120


def given_usage_from_proto(message: rating_pb2.RateUsageRequest) -> GivenUsage:
    """Read charges and usage. Raises InvalidInputError naming the wrong fields."""
    currency = currency_from_proto(message.currency)
    charges = _charges(message)
    zone = message.zone or "UTC"
    if not is_zone(zone):
        raise invalid("zone", f"{zone!r} is not an IANA zone")
    if message.period_number < 0:
        raise invalid("period_number", f"is {message.period_number}; the first period is 1")
    if len(message.history) > PERIODS_BEFORE:
        raise invalid("history", f"has {len(message.history)} periods; at most {PERIODS_BEFORE}")
    parts: tuple[tuple[str, int], ...] = (
        ("records", len(message.records) + sum(len(each.records) for each in message.history)),
        ("entries", len(message.entries) + sum(len(each.entries) for each in message.history)),
    )
    for field, count in parts:
        if count > PARTS_A_CALL:
            raise invalid(field, f"are {count:,}, those of history included; at most {PARTS_A_CALL:,}")
    alone = charges[0].id if message.HasField("charge") else None
    period = period_from_proto(message.period) if message.HasField("period") else None
    now = _period(message, period, alone, "")
    return GivenUsage(
        charges,
        currency,
        (*_history(message, period, alone), now),
        zone,
        message.period_number or len(message.history) + 1,
        amounts_from_proto(message.already_billed_amounts, "already_billed_amounts"),
    )


def currency_from_proto(text: str) -> str:
    """Read a currency. Raises InvalidInputError."""
    if len(text) != 3:
        raise invalid("currency", f"{text!r} is not an ISO 4217 code")
    return text


def _charges(message: rating_pb2.RateUsageRequest) -> tuple[Charge, ...]:
    if message.HasField("charge") == bool(message.charges):
        raise invalid("charge", "give either charge or charges")
    if len(message.charges) > CHARGES_A_CALL:
        raise invalid("charges", f"are {len(message.charges)}; at most {CHARGES_A_CALL}")
    if message.HasField("charge"):
        return (charge_from_proto(message.charge, "charge"),)
    return charges_from_proto(message.charges, "charges")


def charges_from_proto(messages: Sequence[charge_pb2.Charge], field: str) -> tuple[Charge, ...]:
    """Read charges in order. Raises InvalidInputError naming every wrong field of the first wrong one."""
    return tuple(charge_from_proto(each, f"{field}[{index}]") for index, each in enumerate(messages))


def _history(
    message: rating_pb2.RateUsageRequest, period: BillingPeriod | None, alone: str | None
) -> list[GivenPeriod]:
    """Read the periods before; those that name no days are the months before the period."""
    months: list[BillingPeriod | None] = [None] * len(message.history)
    if period is not None and period == BillingPeriod.month(period.start.year, period.start.month):
        months = [*period.last_months(len(message.history) + 1)[:-1]]
    found = []
    for index, (each, month) in enumerate(zip(message.history, months, strict=True)):
        field = f"history[{index}]."
        own = period_from_proto(each.period, f"{field}period") if each.HasField("period") else month
        found.append(_period(each, own, alone, field, message.asset_count))
    return found


def _period(
    message: rating_pb2.RateUsageRequest | rating_pb2.PeriodUsage,
    period: BillingPeriod | None,
    alone: str | None,
    field: str,
    assets: int = 0,
) -> GivenPeriod:
    """Read what is said of one period. `alone` is the id of the one charge, if there is but one."""
    quantities = amounts_from_proto(message.charge_quantities, f"{field}charge_quantities")
    if message.HasField("quantity"):
        if alone is None:
            raise invalid(f"{field}quantity", "is for one charge; give charge_quantities")
        quantities = {alone: decimal_from_proto(message.quantity, f"{field}quantity"), **quantities}
    if message.asset_count < 0:
        raise invalid(f"{field}asset_count", f"is {message.asset_count}; it is not negative")
    return GivenPeriod(
        period,
        quantities,
        tuple(_record(each, f"{field}records[{index}]") for index, each in enumerate(message.records)),
        tuple(_entry(each, period, f"{field}entries[{index}]") for index, each in enumerate(message.entries)),
        amounts_from_proto(message.covered_amounts, f"{field}covered_amounts"),
        tuple(_stretch(each, period, f"{field}stretches[{index}]") for index, each in enumerate(message.stretches)),
        message.asset_count or assets,
    )


def amounts_from_proto(named: Mapping[str, str], field: str) -> dict[str, Decimal]:
    """Read decimals by name. Raises InvalidInputError naming the wrong one."""
    return {name: decimal_from_proto(DecimalProto(value=text), f"{field}[{name}]") for name, text in named.items()}


def _record(message: rating_pb2.UsagePoint, field: str) -> UsageRecord:
    if not message.HasField("occurred_time"):
        raise invalid(f"{field}.occurred_time", "is absent; say when it occurred")
    return UsageRecord(
        timestamp_from_proto(message.occurred_time, f"{field}.occurred_time"),
        message.asset,
        amounts_from_proto(message.quantities, f"{field}.quantities"),
        dict(message.attributes),
        message.id,
        message.removes,
    )


def _entry(message: rating_pb2.UsageEntry, period: BillingPeriod | None, field: str) -> GivenEntry:
    if not message.HasField("quantity"):
        raise invalid(f"{field}.quantity", "is absent")
    agreed = decimal_from_proto(message.baseline, f"{field}.baseline") if message.HasField("baseline") else None
    entry = Entry(
        message.key,
        Fraction(decimal_from_proto(message.quantity, f"{field}.quantity")),
        dict(message.attributes),
        None if agreed is None else Fraction(agreed),
    )
    return GivenEntry(entry, message.charge, _in_service(message.in_service_days, period, f"{field}.in_service_days"))


def _in_service(days: int, period: BillingPeriod | None, field: str) -> Fraction:
    if days == 0:
        return Fraction(1)
    if period is None or not 0 < days <= period.days:
        raise invalid(field, f"is {days}; it is of the days of the period, which must be given")
    return Fraction(days, period.days)


def _stretch(message: rating_pb2.Stretch, period: BillingPeriod | None, field: str) -> Stretch:
    active = period_from_proto(message.active, f"{field}.active")
    full = period_from_proto(message.full, f"{field}.full") if message.HasField("full") else period
    if full is None:
        raise invalid(f"{field}.full", "is absent, and so is period; say what the whole time is")
    return Stretch(Span(active.start, active.end), Span(full.start, full.end))

"""Values of the kit to and from the well-known messages of the API."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from google.type.decimal_pb2 import Decimal as DecimalProto
from google.type.money_pb2 import Money as MoneyProto

from dutycycle.api.rating.v1.rating_pb2 import BillingPeriod as BillingPeriodProto
from dutycycle.kit.errors import FieldViolation, InvalidInputError
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import plain, to_scaled

_NANOS = 9


def decimal_to_proto(value: Decimal) -> DecimalProto:
    return DecimalProto(value=plain(value))


def decimal_from_proto(message: DecimalProto, field: str = "value") -> Decimal:
    """Read a decimal. Raises InvalidInputError naming the field if it is none, or not finite."""
    try:
        value = Decimal(message.value)
    except InvalidOperation:
        raise invalid(field, f"{message.value!r} is not a decimal number") from None
    if not value.is_finite():
        raise invalid(field, f"{message.value!r} is not a finite number")
    return value


def money_to_proto(value: Money) -> MoneyProto:
    """Write an amount of at most nine digits after the point."""
    nanos = to_scaled(value.amount, _NANOS)
    units = abs(nanos) // 10**_NANOS
    rest = abs(nanos) % 10**_NANOS
    sign = -1 if nanos < 0 else 1
    return MoneyProto(currency_code=value.currency, units=sign * units, nanos=sign * rest)


def money_from_proto(message: MoneyProto) -> Money:
    amount = Decimal(message.units) + Decimal(message.nanos).scaleb(-_NANOS)
    return Money(amount.normalize() if amount else Decimal(0), message.currency_code)


def date_to_proto(value: date) -> Date:
    return Date(year=value.year, month=value.month, day=value.day)


def date_from_proto(message: Date, field: str = "date") -> date:
    """Read a whole civil day. Raises InvalidInputError naming the field."""
    try:
        return date(message.year, message.month, message.day)
    except ValueError:
        raise invalid(field, "give year, month and day of a real day") from None


def period_to_proto(value: BillingPeriod) -> BillingPeriodProto:
    return BillingPeriodProto(start_date=date_to_proto(value.start), end_date=date_to_proto(value.end))


def period_from_proto(message: BillingPeriodProto, field: str = "period") -> BillingPeriod:
    """Read a period. Raises InvalidInputError naming the field."""
    start = date_from_proto(message.start_date, f"{field}.start_date")
    end = date_from_proto(message.end_date, f"{field}.end_date")
    if end <= start:
        raise invalid(f"{field}.end_date", "must be after start_date: periods are half-open")
    return BillingPeriod(start, end)


def timestamp_to_proto(value: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(value)
    return message


def timestamp_from_proto(message: Timestamp, field: str = "time") -> datetime:
    """Read an instant, in UTC. Raises InvalidInputError naming the field if it is none of the years 1 to 9999."""
    try:
        return message.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise invalid(field, "give seconds within the years 1 to 9999 and 0 to 999,999,999 nanoseconds") from None


def invalid(field: str, description: str) -> InvalidInputError:
    """Make the error for one wrong field."""
    return InvalidInputError(
        "INVALID_FIELD", f"{field}: {description}", {"field": field}, (FieldViolation(field, description),)
    )

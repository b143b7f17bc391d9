"""How values of messages read on the pages: amounts, quantities, days, counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date as DateProto
from google.type.decimal_pb2 import Decimal as DecimalProto
from google.type.money_pb2 import Money as MoneyProto

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.money import Money, minor_digits
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import grouped
from dutycycle.runtime.wire import (
    date_from_proto,
    decimal_from_proto,
    money_from_proto,
    period_from_proto,
    timestamp_from_proto,
)

NOTHING = "—"


def number(message: DecimalProto) -> Decimal:
    """Read a quantity; one that was not set is zero."""
    return decimal_from_proto(message) if message.value else Decimal(0)


def money(message: MoneyProto) -> str:
    """Write an amount: "$1,234.50", "−$3.00"."""
    return money_from_proto(message).text()


def bare_amount(amount: Money) -> str:
    """Write an amount for a table that names its currency once: "1,234.50"."""
    return quantity(amount.amount, minor_digits(amount.currency))


def difference(amount: Money) -> str:
    """Write a difference of amounts with its sign: "+$12.00", "−$3.00", "$0.00"."""
    return f"+{amount.text()}" if amount.amount > 0 else amount.text()


def exact_amount(amount: Decimal, currency: str) -> str:
    """Write an exact amount with every digit it has: "$1,426,200.00", "$0.125"."""
    return Money(amount, currency).text()


def places(quantities: Iterable[Decimal]) -> int:
    """Return the most digits after the point that any of the quantities has."""
    return max((len(format(quantity, "f").partition(".")[2]) for quantity in quantities), default=0)


def quantity(value: Decimal, digits: int = 0) -> str:
    """Write a quantity with at least `digits` places: "1,821.6", "−26"."""
    text = grouped(abs(value), digits)
    return f"−{text}" if value < 0 else text


def signed(value: Decimal, digits: int = 0) -> str:
    """Write a difference of quantities with its sign: "+713.1", "−26", "0"."""
    return f"+{quantity(value, digits)}" if value > 0 else quantity(value, digits)


def count(items: int, singular: str, plural: str = "") -> str:
    """Write a count with its noun: "1 flight", "2,024 flights"."""
    return f"{items:,} {singular if items == 1 else plural or singular + 's'}"


def day(value: date) -> str:
    """Write a day so that no reader takes month for day: "30 January 2014"."""
    return f"{value.day} {value:%B %Y}"


def date_text(message: DateProto) -> str:
    """Write the day of a message; a dash if it is not set."""
    return day(date_from_proto(message)) if message.year else NOTHING


def last_day(end: date) -> str:
    """Write the last day of what ends before `end`."""
    return day(end - timedelta(days=1))


def period(message: rating_pb2.BillingPeriod) -> BillingPeriod:
    return period_from_proto(message)


def days(message: rating_pb2.BillingPeriod) -> str:
    """Name a month, or else the first and the last day."""
    span = period(message)
    whole_month = span == BillingPeriod.month(span.start.year, span.start.month)
    return span.title if whole_month else f"{day(span.start)} to {last_day(span.end)}"


def local_time(message: Timestamp, zone: str) -> str:
    """Write an instant in a zone: "Mon 1 Apr 07:00"."""
    local = timestamp_from_proto(message).astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def whole(text: str) -> str:
    """Keep a sign with its amount and a figure with its percent sign when lines break."""
    for sign in "+−":
        text = text.replace(f"{sign}$", f"{sign}\N{WORD JOINER}$")
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def reason(code: str) -> str:
    """Write a reason code in words: "NO_METER_VALUE" becomes "no meter value"."""
    return code.replace("_", " ").lower()


def meter_name(code: str) -> str:
    """Write the code of a meter in words: "air_minutes" becomes "air minutes"."""
    return code.replace("_", " ")


def file_size(octets: int) -> str:
    """Write the size of a file: "12 kB", "1.4 MB"."""
    return f"{octets / 1_000_000:.1f} MB" if octets >= 1_000_000 else f"{max(1, round(octets / 1_000))} kB"

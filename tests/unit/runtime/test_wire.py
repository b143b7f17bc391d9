"""What crosses the wire comes back as it was; what makes no sense is refused with the path of its field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from google.type.decimal_pb2 import Decimal as DecimalProto
from google.type.money_pb2 import Money as MoneyProto

from dutycycle.kit.errors import InvalidInputError
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime import wire


@pytest.mark.parametrize(
    ("amount", "units", "nanos"),
    [
        ("12.34", 12, 340_000_000),
        ("-12.34", -12, -340_000_000),
        ("-0.01", 0, -10_000_000),
        ("0", 0, 0),
        ("1000", 1000, 0),
        ("0.000000001", 0, 1),
        ("9223372036854775807.999999999", 2**63 - 1, 999_999_999),
    ],
)
def test_money(amount: str, units: int, nanos: int) -> None:
    money = Money(Decimal(amount), "USD")
    assert wire.money_to_proto(money) == MoneyProto(currency_code="USD", units=units, nanos=nanos)
    assert wire.money_from_proto(wire.money_to_proto(money)) == money


@pytest.mark.parametrize("amount", ["0.0000000001", "9223372036854775808"])
def test_money_that_does_not_fit_is_an_error_not_a_wrong_amount(amount: str) -> None:
    with pytest.raises(ValueError, match=r"digits|range"):
        wire.money_to_proto(Money(Decimal(amount), "USD"))


def test_decimals_are_plain_text() -> None:
    assert wire.decimal_to_proto(Decimal("1E+3")).value == "1000"
    assert wire.decimal_to_proto(Decimal("-0.10")).value == "-0.1"


@pytest.mark.parametrize("text", ["", "abc", "1,5", "NaN", "Infinity", "-Infinity", "1e", "0x10"])
def test_what_is_no_number_names_its_field(text: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        wire.decimal_from_proto(DecimalProto(value=text), "charge.price.flat.amount")
    assert [violation.field for violation in refusal.value.violations] == ["charge.price.flat.amount"]
    assert refusal.value.metadata == {"field": "charge.price.flat.amount"}


@pytest.mark.parametrize(
    "message",
    [
        Date(),
        Date(year=2013),
        Date(year=2013, month=2),
        Date(year=2013, month=2, day=29),
        Date(year=-1, month=1, day=1),
    ],
)
def test_what_is_no_day_names_its_field(message: Date) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        wire.date_from_proto(message, "agreement.start_date")
    assert [violation.field for violation in refusal.value.violations] == ["agreement.start_date"]


def test_dates_and_periods() -> None:
    assert wire.date_from_proto(wire.date_to_proto(date(2024, 2, 29))) == date(2024, 2, 29)
    period = BillingPeriod.month(2013, 12)
    assert wire.period_from_proto(wire.period_to_proto(period)) == period
    backwards = wire.period_to_proto(period)
    backwards.end_date.CopyFrom(backwards.start_date)
    with pytest.raises(InvalidInputError) as refusal:
        wire.period_from_proto(backwards, "periods[1]")
    assert [violation.field for violation in refusal.value.violations] == ["periods[1].end_date"]


@pytest.mark.parametrize(("seconds", "nanos"), [(0, -1), (0, 10**9), (-(2**40), 0), (2**40, 0), (2**63 - 1, 0)])
def test_what_is_no_instant_names_its_field(seconds: int, nanos: int) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        wire.timestamp_from_proto(Timestamp(seconds=seconds, nanos=nanos), "start_time")
    assert [violation.field for violation in refusal.value.violations] == ["start_time"]


def test_instants_are_utc_whatever_they_were_written_in() -> None:
    written = datetime(2013, 1, 1, 12, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    read = wire.timestamp_from_proto(wire.timestamp_to_proto(written))
    assert read == written
    assert read.tzinfo is UTC

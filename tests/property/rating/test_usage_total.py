"""The compiled aggregation of usage records equals measuring them event by event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.charge.charge import Charge, Price
from dutycycle.charge.measure import Aggregation, Measure
from dutycycle.charge.price import PerUnit
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating import usage_total
from dutycycle.rating.usage_reading import UsageRecord, reading_of
from tests.property.rating.charges import decimals

ZONE = "America/New_York"
MARCH = BillingPeriod.month(2024, 3)
INSTANTS = st.integers(-2_000, 50_000).map(
    lambda minutes: datetime(2024, 3, 1, 5, tzinfo=UTC) + timedelta(minutes=minutes)
)
RECORDS = st.lists(
    st.builds(
        UsageRecord, INSTANTS, st.sampled_from(["a", "b", "c"]),
        st.fixed_dictionaries({"m": decimals(-500, 9_000, 4)}, optional={"n": decimals(0, 9, 1)}),
    ),
    max_size=25,
)  # fmt: skip


def charge(aggregation: Aggregation) -> Charge:
    level = aggregation is Aggregation.TIME_WEIGHTED
    return Charge("c", "C", Price(PerUnit(Decimal(1))), Measure(aggregation, "m", sets_level=level))


@pytest.mark.parametrize("aggregation", usage_total.PLAIN)
@settings(max_examples=60)
@given(records=RECORDS)
def test_compiled_equals_event_by_event(aggregation: Aggregation, records: list[UsageRecord]) -> None:
    compiled = reading_of(charge(aggregation), records, MARCH, ZONE)
    with mock.patch("dutycycle.rating.usage_reading.is_plain", return_value=False):
        by_event = reading_of(charge(aggregation), records, MARCH, ZONE)
    assert compiled == by_event


def test_a_value_beyond_64_bits_is_measured_event_by_event() -> None:
    start, end = MARCH.instants(ZONE)
    wide = Decimal(10) ** 20
    assert usage_total.total(Aggregation.SUM, [(start, "a", wide)], start, end) is None
    record = UsageRecord(start, "a", {"m": wide})
    assert reading_of(charge(Aggregation.SUM), [record], MARCH, ZONE).quantity == Fraction(wide)

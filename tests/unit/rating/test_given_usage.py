"""Usage that a request carries: what becomes of it before it is rated."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.document import message_from_document
from dutycycle.kit.errors import InvalidInputError
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.convert_usage import given_usage_from_proto
from dutycycle.rating.given_usage import rate_given

HOURS = {
    "id": "hours",
    "label": "Hours",
    "measure": {"aggregation": "sum", "meter": "minutes"},
    "quantify": {"divide_by": "60", "increment": "0.1", "unit": "hour", "units": "hours"},
    "price": {"per_unit": {"unit_amount": "10"}},
}
JANUARY = {"start_date": date(2024, 1, 1), "end_date": date(2024, 2, 1)}


def request(*charges: dict[str, Any], **fields: Any) -> rating_pb2.RateUsageRequest:
    one = {"charge": charges[0]} if len(charges) == 1 else {"charges": list(charges)}
    return message_from_document(rating_pb2.RateUsageRequest, {"currency": "USD", **one, **fields}, "request")


def add_record(message: Any, at: str, asset: str, minutes: str) -> None:
    record = message.records.add(asset=asset, quantities={"minutes": minutes})
    record.occurred_time.FromJsonString(at)


def amounts(message: rating_pb2.RateUsageRequest) -> list[Decimal]:
    return [line.amount for line in rate_given(given_usage_from_proto(message))]


def test_history_without_days_is_the_months_before() -> None:
    message = request(HOURS, period=JANUARY, quantity="60", history=[{"quantity": "1"}, {"quantity": "2"}])
    usage = given_usage_from_proto(message)
    assert [each.period for each in usage.periods] == [
        BillingPeriod.month(2023, 11),
        BillingPeriod.month(2023, 12),
        BillingPeriod.month(2024, 1),
    ]
    assert usage.number == 3


def test_records_of_history_and_period_are_measured_each_in_its_own() -> None:
    smoothed = HOURS | {"measure": {"aggregation": "sum", "meter": "minutes", "rolling_periods": 2}}
    message = request(smoothed, period=JANUARY, history=[{}])
    add_record(message.history[0], "2023-12-10T00:00:00Z", "n1", "60")
    add_record(message, "2024-01-10T00:00:00Z", "n1", "180")
    assert amounts(message) == [20]


def test_records_that_are_given_with_another_period_count_where_they_fall() -> None:
    message = request(HOURS, period=JANUARY)
    add_record(message, "2023-12-10T00:00:00Z", "n1", "60")
    add_record(message, "2024-01-10T00:00:00Z", "n1", "180")
    assert amounts(message) == [30]


def test_a_baseline_for_each_asset_counts_those_of_the_records_or_those_that_are_said() -> None:
    each = HOURS | {"baseline": {"quantity": "1", "per": "asset"}, "price": {"on": "above", **HOURS["price"]}}
    message = request(each, period=JANUARY)
    for asset in ("n1", "n2"):
        add_record(message, "2024-01-10T00:00:00Z", asset, "90")
    assert amounts(message) == [10]
    assert amounts(request(each, quantity="180")) == [20]
    assert amounts(request(each, quantity="180", asset_count=3)) == [0]


def test_baselines_of_assets_need_to_know_which_assets_are_in_service() -> None:
    own = {"quantity": "1", "per": "asset", "assets": [{"asset": "n1", "quantity": "2.5"}]}
    each = HOURS | {"baseline": own, "price": {"on": "above", **HOURS["price"]}}
    usage = [{"key": "n1", "quantity": "180"}, {"key": "n2", "quantity": "90"}]
    assert amounts(request(each, entries=usage)) == [10]
    with pytest.raises(InvalidInputError, match="name 0 of 2 assets"):
        amounts(request(each, quantity="270", asset_count=2))


def test_a_prorated_baseline_is_for_the_days_in_service() -> None:
    """31 hours a month: 10 and 21 of 31 days, and 35 hours used."""
    each = HOURS | {"baseline": {"quantity": "31", "per": "asset_prorated"}, "price": {"on": "above", **HOURS["price"]}}
    usage = [
        {"key": "old", "quantity": "900", "in_service_days": 10},
        {"key": "new", "quantity": "1200", "in_service_days": 21},
    ]
    assert amounts(request(each, period=JANUARY, entries=usage)) == [40]
    with pytest.raises(InvalidInputError, match=r"entries\[0\].in_service_days"):
        amounts(request(each, entries=usage))


def test_money_carried_from_before_an_escalation_is_counted_at_the_price_of_its_own_period() -> None:
    """6 hours at 10 leave 40 of 100; 13 hours at 20 are 260, less 100 and 40."""
    doubled = HOURS | {
        "baseline": {"amount": "100", "carry": {"periods": 1}},
        "price": {"on": "above", **HOURS["price"]},
        "adjust": {"escalator": {"percent": "100", "every_periods": 1}},
    }
    assert amounts(request(doubled, quantity="780", history=[{"quantity": "360"}])) == [120]


def test_a_period_that_was_corrected_below_nothing_carries_no_more_than_its_allowance() -> None:
    kept = HOURS | {
        "baseline": {"quantity": "10", "carry": {"periods": 1}},
        "price": {"on": "above", **HOURS["price"]},
    }
    assert amounts(request(kept, quantity="1500", history=[{"quantity": "-300"}])) == [50]


def test_the_allowances_of_months_put_right_together_add_up_exactly() -> None:
    """10 of 31 days of January and all of February allow 41 hours: 15 and 26 are none too many, so 5 are paid back."""
    each = HOURS | {
        "baseline": {"quantity": "31", "per": "asset_prorated"},
        "price": {"on": "above", **HOURS["price"]},
        "settle": {"reconcile": {"every_periods": 2}},
    }
    january = {"entries": [{"key": "n1", "quantity": "900", "in_service_days": 10}]}
    february = {"start_date": date(2024, 2, 1), "end_date": date(2024, 3, 1)}
    usage = [{"key": "n1", "quantity": "1560"}]
    assert amounts(request(each, period=february, history=[january], entries=usage)) == [-50]


def test_a_stretch_of_the_period_is_billed_in_proportion() -> None:
    base = {
        "id": "base",
        "label": "Base",
        "price": {"flat": {"amount": "310"}},
        "adjust": {"proration": {"basis": "days"}},
    }
    half = {"active": {"start_date": date(2024, 1, 1), "end_date": date(2024, 1, 11)}}
    assert amounts(request(base, period=JANUARY, stretches=[half])) == [100]


def test_what_was_billed_before_counts_towards_a_commitment() -> None:
    commitment = {
        "id": "commitment",
        "label": "Commitment",
        "price": {"commitment": {"amount": "100", "covers": ["hours", "other"]}},
    }
    message = request(HOURS, commitment, charge_quantities=None)
    message.charge_quantities["hours"] = "60"
    message.covered_amounts["other"] = "30"
    message.already_billed_amounts["commitment"] = "20"
    assert amounts(message) == [10, 40]
    message.covered_amounts["hours"] = "50"  # said, and so not rated
    assert amounts(message) == [10, 0]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "quantity"),
        ({"quantity": "1", "history": [{"quantity": "1"}], "period_number": 1}, "period_number"),
        ({"quantity": "1", "period": JANUARY, "history": [{"quantity": "1", "period": JANUARY}]}, "history[0].period"),
        ({"quantity": "1", "history": [{"entries": [{"key": "a"}]}]}, "history[0].entries[0].quantity"),
    ],
)
def test_what_does_not_fit_together_is_told(fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        amounts(request(HOURS, **fields))
    assert [each.field for each in caught.value.violations] == [wrong]


def test_records_without_a_period_and_charges_of_one_name_are_refused() -> None:
    message = request(HOURS)
    add_record(message, "2024-01-10T00:00:00Z", "n1", "1")
    for each, wrong in ((message, "period"), (request(HOURS, HOURS), "charges[1].id")):
        with pytest.raises(InvalidInputError) as caught:
            amounts(each)
        assert [violation.field for violation in caught.value.violations] == [wrong]


def test_nothing_at_all_is_no_request() -> None:
    with pytest.raises(InvalidInputError) as caught:
        given_usage_from_proto(rating_pb2.RateUsageRequest(currency="USD"))
    assert caught.value.metadata == {"field": "charge"}

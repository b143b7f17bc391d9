"""Other terms made from recent use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dutycycle.offers.program import add_months, alternative
from dutycycle.offers.terms import Alternative, ChargeKind, ChargeTerms
from tests.unit.offers.lessee import AIRCRAFT, HOURS, RIGHT_SIZE, Lessee, months, steady, terms


def offered(lessee: Lessee, count: int = 12, **program: Any) -> Alternative:
    return alternative(replace(RIGHT_SIZE, **program), lessee.agreed, months(lessee, count))


def charge(found: Alternative, key: tuple[str, str]) -> ChargeTerms:
    return next(each for each in found.terms.charges if each.key == key)


def test_baseline_becomes_the_mean_of_the_last_months_and_the_base_follows() -> None:
    lessee = Lessee(terms(base="100000", hours="100"), [*steady("200", 9), Decimal(70), Decimal(80), Decimal(90)])
    found = offered(lessee)
    assert charge(found, HOURS).baseline == 80
    # 80 of 100 hours, at 104 % of today's rate.
    assert charge(found, ("jets", "base")).flat == Decimal("83200.00")
    assert found.basis == "mean of 3 months to December 2013"


def test_baseline_is_in_steps_of_the_quantity() -> None:
    lessee = Lessee(terms(), [Decimal("70.1"), Decimal("70.2"), Decimal("70.2")])
    assert charge(offered(lessee, 3), HOURS).baseline == Decimal("70.2")
    assert charge(offered(lessee, 3, baseline_percent_of_usage=Decimal(85)), HOURS).baseline == Decimal("59.6")


def test_agreed_aircraft_become_the_mean_in_service_whatever_the_percentage() -> None:
    lessee = Lessee(terms(aircraft="10"), steady("80", 3), aircraft=[7, 7, 8])
    assert charge(offered(lessee, 3, baseline_percent_of_usage=Decimal(50)), AIRCRAFT).baseline == 7


def test_minimum_follows_base_rate_and_baseline() -> None:
    lessee = Lessee(terms(hours="100", minimum="5000"), steady("50", 3))
    found = offered(lessee, 3, minimum_percent=Decimal(90))
    # 5,000 × 50/100 × 104 % × 90 %.
    assert charge(found, ("jets", "cycles")).minimum == Decimal("2340.00")


def test_commitment_follows_too() -> None:
    agreed = terms(hours="100")
    top_up = ChargeTerms("jets", "dollar-baseline", ChargeKind.COMMITMENT, commitment=Decimal(40000))
    lessee = Lessee(agreed, steady("50", 3))
    found = alternative(RIGHT_SIZE, replace(agreed, charges=(*agreed.charges, top_up)), months(lessee, 3))
    assert charge(found, top_up.key).commitment == Decimal("20800.00")


def test_only_prices_above_the_baseline_change() -> None:
    found = offered(Lessee(terms(), steady("50", 3)), 3, overage_rate_percent=Decimal(90))
    percents = {change.charge: change.price_percent for change in found.changes}
    assert percents == {"base": 100, "aircraft": 100, "flight-hours": 90, "cycles": 100}


def test_schedule_without_a_usage_baseline_keeps_its_base_charge() -> None:
    lessee = Lessee(terms(base="100000", hours="0"), steady("50", 3))
    assert charge(offered(lessee, 3), ("jets", "base")).flat == 100_000


def test_term_is_longer_and_the_present_terms_are_as_they_were() -> None:
    agreed = terms()
    found = alternative(RIGHT_SIZE, agreed, months(Lessee(agreed, steady("50", 3)), 3))
    assert found.terms.end_date == date(2016, 1, 1)
    assert agreed == terms()


@pytest.mark.parametrize(
    ("day", "count", "moved"),
    [
        (date(2013, 12, 1), 1, date(2014, 1, 1)),
        (date(2013, 1, 1), -2, date(2012, 11, 1)),
        (date(2013, 1, 31), 1, date(2013, 2, 28)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2013, 6, 15), 0, date(2013, 6, 15)),
    ],
)
def test_months_are_added_on_the_calendar(day: date, count: int, moved: date) -> None:
    assert add_months(day, count) == moved

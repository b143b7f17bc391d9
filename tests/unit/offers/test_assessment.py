"""What a history says of a customer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from dutycycle.offers.assessment import Assessment, Segment, assess
from dutycycle.offers.policy import Policy
from tests.unit.offers.lessee import Lessee, months, terms


def assessed(hours: Sequence[int]) -> Assessment:
    lessee = Lessee(terms(hours="100"), [Decimal(value) for value in hours])
    return assess("customers/xx", months(lessee, len(hours)), lessee.agreed, Policy())


@pytest.mark.parametrize(
    ("hours", "segment", "below", "above"),
    [
        ([80, 80], Segment.NEW, 2, 0),
        ([100, 80, 70, 60], Segment.CHRONIC_UNDER, 3, 0),
        ([100, 120, 130, 140], Segment.CHRONIC_OVER, 0, 3),
        ([80, 120, 80, 120], Segment.VARIABLE, 0, 1),
        ([60, 98, 99, 97], Segment.HEALTHY, 4, 0),
        ([95, 95, 95], Segment.HEALTHY, 3, 0),
        ([94, 94, 94], Segment.CHRONIC_UNDER, 3, 0),
        ([80, 80, 80, 100], Segment.VARIABLE, 0, 0),
    ],
)
def test_segment_and_runs(hours: list[int], segment: Segment, below: int, above: int) -> None:
    found = assessed(hours)
    assert (found.segment, found.months_below, found.months_above) == (segment, below, above)


def test_utilisation_is_over_three_and_twelve_months() -> None:
    found = assessed([100, 100, 100, 50, 60, 70])
    assert found.utilisation_3_percent == 60
    assert found.utilisation_12_percent == 80


def test_utilisation_needs_a_baseline() -> None:
    lessee = Lessee(terms(hours="0"), [Decimal(10)] * 3)
    found = assess("customers/xx", months(lessee, 3), lessee.agreed, Policy())
    assert found.utilisation_3_percent is None
    assert found.segment is Segment.CHRONIC_OVER


@pytest.mark.parametrize(
    ("hours", "shock"),
    [
        ([100], "0"),
        # Cost 101,000 each month; 20 hours above cost 30,000 more.
        ([100, 100, 100, 120], "29.7"),
        ([100, 120, 100], "-12.9"),
        # Only the six months before count: the dear seventh is out of sight.
        ([300, 100, 100, 100, 100, 100, 100, 100], "0.0"),
    ],
)
def test_shock_is_against_the_median_of_six_months(hours: list[int], shock: str) -> None:
    assert assessed(hours).shock_percent == Decimal(shock)


def test_summary_tells_month_use_and_run() -> None:
    assert assessed([100, 90, 80]).summary == (
        "March 2013: 80 of 100 flight hours used, below the baseline for 2 months in a row."
    )
    assert assessed([100]).summary == "January 2013: 100 of 100 flight hours used."


def test_cycles_without_a_baseline_are_not_compared() -> None:
    """Fifty cycles a month have no baseline: they must not be added to hours."""
    assert assessed([100, 100, 100]).utilisation_12_percent == 100

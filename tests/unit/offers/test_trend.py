"""Theil-Sen slopes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.offers.trend import slope_percent


@pytest.mark.parametrize(
    ("values", "slope"),
    [
        ([], "0"),
        ([100], "0"),
        ([0, 0, 0], "0"),
        ([100, 100, 100], "0"),
        ([90, 100, 110], "10"),
        ([110, 100, 90], "-10"),
        # Slopes of the pairs: 10, 280, 145; their median is 145, the mean of the values 200.
        ([100, 110, 390], "72.5"),
    ],
)
def test_slope_is_in_percent_of_the_mean(values: list[int], slope: str) -> None:
    assert slope_percent([Decimal(value) for value in values]) == Decimal(slope)


def test_one_odd_month_does_not_turn_the_trend() -> None:
    falling = [Decimal(value) for value in (100, 95, 90, 400, 80, 75, 70)]
    assert slope_percent(falling) < 0

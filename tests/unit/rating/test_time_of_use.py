"""Rating by time of use in both readings of tiers, by example."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pytest

from dutycycle.charge.adjust import RoundTo
from dutycycle.charge.charge import Charge, Price
from dutycycle.charge.measure import Aggregation, Measure
from dutycycle.charge.price import Graduated, PerUnit, PriceModel, Tier, TierTable
from dutycycle.rating.aggregate import BandColumns
from dutycycle.rating.tariff import Tariff, compile_tariff
from dutycycle.rating.time_of_use import rate_by_band, rate_pooled

PEAK, LOW = 0, 1
HOURS = [(0, LOW, 60), (0, PEAK, 60), (0, LOW, 60), (1, PEAK, 150)]
COLUMNS = BandColumns(
    np.array([period for period, _, _ in HOURS], dtype=np.int32),
    np.array([band for _, band, _ in HOURS], dtype=np.int8),
    np.array([[quantity for _, _, quantity in HOURS], [1, 0, 2, 3]], dtype=np.int64),
)
HUNDRED = np.array([100], dtype=np.int64)


def tariff(models: Sequence[PriceModel]) -> Tariff:
    meter = Measure(Aggregation.SUM, "energy")
    charges = [Charge(f"charge-{index}", "Energy", Price(model), meter) for index, model in enumerate(models)]
    return compile_tariff(charges, [RoundTo(2)] * len(charges), 0, 2)


def test_by_band_each_band_fills_tiers_of_its_own() -> None:
    def tiers(first: str, then: str) -> Graduated:
        return Graduated(TierTable((Tier(Decimal(100), Decimal(first)), Tier(None, Decimal(then)))))

    rated = rate_by_band(tariff([tiers("3", "4"), tiers("1", "2")]), COLUMNS, 2)
    assert rated.quantity.tolist() == [[[60, 120], [150, 0]], [[0, 3], [3, 0]]]
    assert rated.amount.tolist() == [[[18_000, 14_000], [50_000, 0]], [[0, 300], [900, 0]]]


def test_pooled_the_total_fills_the_tiers_in_order_of_time() -> None:
    prices = tariff([PerUnit(Decimal(price)) for price in ("3", "4", "1", "2")])
    rated = rate_pooled(prices, COLUMNS, 2, HUNDRED)
    assert rated.quantity[0].tolist() == [[[40, 20], [60, 60]], [[100, 50], [0, 0]]]
    assert rated.amount[0].tolist() == [[[12_000, 8_000], [6_000, 12_000]], [[30_000, 20_000], [0, 0]]]


def test_a_bound_belongs_to_the_lower_tier_and_what_is_fed_back_leaves_the_upper_one() -> None:
    prices = tariff([PerUnit(Decimal(1)), PerUnit(Decimal(2))])
    at_bound_above_and_back = BandColumns(
        np.zeros(3, dtype=np.int32), np.zeros(3, dtype=np.int8), np.array([[100, 30, -50]], dtype=np.int64)
    )
    assert rate_pooled(prices, at_bound_above_and_back, 1, HUNDRED).quantity.tolist() == [[[[80, 0]]]]


def test_charges_that_are_no_multiple_of_the_tiers_are_refused() -> None:
    with pytest.raises(ValueError, match="3 charges for 2 tiers; give each band all of its tiers"):
        rate_pooled(tariff([PerUnit(Decimal(1))] * 3), COLUMNS, 2, HUNDRED)

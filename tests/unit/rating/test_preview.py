"""Ladders of sample quantities."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from dutycycle.charge.baseline import AssetBaseline, Baseline, BaselinePer
from dutycycle.charge.charge import Charge, PriceOn
from dutycycle.charge.measure import Scope, Select
from dutycycle.charge.price import Commitment, Flat, Graduated, Package, PerUnit, Prepaid, Volume
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.preview import ladder, samples
from tests.unit.rating.rated import HOURS, charge, table

MARCH = BillingPeriod.month(2024, 3)
TIERS = table(("40", "310", "0"), (None, "285", "25"))


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (charge(Flat(Decimal(5))), [1]),
        (charge(PerUnit(Decimal(5))), [0, 1, 10, 100, 1000]),
        (charge(Volume(TIERS)), [0, 40, 41, 80]),
        (charge(Volume(TIERS), quantify=HOURS), [0, 40, Decimal("40.1"), 80]),
        (charge(Graduated(TIERS), PriceOn.ABOVE, baseline="10"), [0, 10, 11, 50, 51, 100]),
        (charge(Package(Decimal(10), Decimal(7), free_units=Decimal(5))), [0, 5, 6, 15, 16, 25, 26, 35, 36, 70]),
        (charge(Prepaid(Decimal(10), Decimal(7))), [0, 10, 11, 20, 21, 40]),
        (charge(Commitment(Decimal(100), ("hours", "base"))), [0, 1, 10, 100, 1000]),
    ],
)
def test_a_ladder_has_the_bounds_and_what_comes_after_them(subject: Charge, expected: list[Decimal]) -> None:
    assert ladder(subject) == [Fraction(each) for each in expected]


def test_samples_ascend_and_are_billed_as_the_charge_rounds() -> None:
    subject = charge(PerUnit(Decimal(2)), quantify=HOURS)
    found = samples(subject, "USD", MARCH, [Decimal("3.14"), Decimal(1), Decimal(1)])
    assert [(each.billed, each.line.amount if each.line else None) for each in found] == [
        (1, 2),
        (Decimal("3.1"), Decimal("6.2")),
    ]


def test_what_is_priced_for_each_is_sampled_for_one() -> None:
    subject = charge(Graduated(TIERS), select=Select(Scope.ASSET))
    [found] = samples(subject, "USD", MARCH, [Decimal(41)])
    assert found.line is not None
    assert found.line.amount == 40 * 310 + 285 + 25


@pytest.mark.parametrize("own", [(), (AssetBaseline("n1", Decimal(7)),)])
@pytest.mark.parametrize("per", [BaselinePer.ASSET, BaselinePer.ASSET_PRORATED])
def test_a_baseline_of_each_asset_is_sampled_for_one(per: BaselinePer, own: tuple[AssetBaseline, ...]) -> None:
    subject = charge(PerUnit(Decimal(2)), PriceOn.ABOVE, baseline="10")
    subject = replace(subject, baseline=Baseline(Decimal(10), per=per, assets=own))
    [found] = samples(subject, "USD", MARCH, [Decimal(13)])
    assert found.line is not None, found.problem
    assert found.line.amount == 6


def test_a_commitment_is_sampled_over_what_draws_it_down() -> None:
    found = samples(charge(Commitment(Decimal(100), ("hours", "base"))), "USD", MARCH, [Decimal(30), Decimal(130)])
    assert [each.line.amount if each.line else None for each in found] == [70, 0]

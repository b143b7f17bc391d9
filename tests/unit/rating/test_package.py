"""Package prices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.charge.charge import PriceOn
from dutycycle.charge.price import Package
from dutycycle.kit.quantity import Rounding
from tests.unit.rating.rated import amount, charge, rate, texts

TENS = Package(Decimal(10), Decimal(15))


@pytest.mark.parametrize(
    ("quantity", "due"), [("0", 0), ("0.001", 15), ("10", 15), ("10.001", 30), ("121", 195), ("-4", 0)]
)
def test_the_started_package_counts(quantity: str, due: int) -> None:
    assert amount(charge(TENS), quantity) == due


def test_or_is_dropped() -> None:
    dropping = charge(Package(Decimal(10), Decimal(15), mode=Rounding.DOWN))
    assert [amount(dropping, quantity) for quantity in ("9.999", "10", "19.9")] == [0, 15, 15]


def test_free_units_come_before_packages_are_counted() -> None:
    free = charge(Package(Decimal(10), Decimal(15), free_units=Decimal(5)))
    assert [amount(free, quantity) for quantity in ("5", "5.1", "15", "15.1")] == [0, 15, 15, 30]


def test_the_baseline_too() -> None:
    above = charge(Package(Decimal(10), Decimal(15), free_units=Decimal(5)), PriceOn.ABOVE, baseline="100.5")
    assert [amount(above, quantity) for quantity in ("90", "105.5", "105.6", "115.6")] == [0, 0, 15, 30]


def test_a_least_number_of_packages_is_billed_even_at_zero() -> None:
    least = charge(Package(Decimal(10), Decimal(15), minimum_packages=2))
    assert [amount(least, quantity) for quantity in ("0", "20", "21")] == [30, 30, 45]


def test_a_later_line_bills_the_packages_it_opens() -> None:
    assert amount(charge(TENS), "5", prior_quantity=Decimal(17)) == 15
    assert amount(charge(TENS), "3", prior_quantity=Decimal(17)) == 0


def test_sizes_need_not_be_whole() -> None:
    assert amount(charge(Package(Decimal("0.25"), Decimal("0.1"))), "1.1") == Decimal("0.50")


def test_explains_the_count() -> None:
    line = rate(charge(Package(Decimal(10), Decimal(15), free_units=Decimal(5))), "121")
    assert texts(line, "package") == ["121 cycles after 5 free: 12 × 10 at $15.00"]
    assert line.charge_text == "Cycles: $15.00 per 10 cycles after the first 5"

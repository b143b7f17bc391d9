"""Graduated prices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.charge.charge import PriceOn
from dutycycle.charge.price import Graduated, Tier, TierTable
from tests.unit.rating.rated import AIR_MINUTES, HOURS, amount, charge, rate, table, texts

PLAIN = Graduated(table(("40", "310", "0"), (None, "285", "0")))
FLATS = table(("10", "2", "5"), ("20", "1", "3"), (None, "0.5", "1"))


@pytest.mark.parametrize(
    ("quantity", "due"), [("0", "0"), ("40", "12400"), ("40.1", "12428.50"), ("100", "29500"), ("-5", "0")]
)
def test_each_unit_takes_the_price_of_its_tier(quantity: str, due: str) -> None:
    assert amount(charge(PLAIN), quantity) == Decimal(due)


def test_the_upper_bound_belongs_to_the_tier_and_any_fraction_opens_the_next() -> None:
    assert amount(charge(Graduated(FLATS)), "10") == 25
    assert amount(charge(Graduated(FLATS)), "10.01") == Decimal("28.01")


def test_the_first_flat_is_due_at_zero_only_when_agreed() -> None:
    at_zero = TierTable(FLATS.tiers, flat_at_zero=True)
    assert amount(charge(Graduated(FLATS)), "0") == 0
    assert amount(charge(Graduated(at_zero)), "0") == 5
    assert amount(charge(Graduated(at_zero)), "1") == 7


def test_quantity_past_a_bounded_last_tier_is_not_billed() -> None:
    bounded = Graduated(table(("10", "2", "0"), ("20", "1", "0")))
    assert amount(charge(bounded), "20") == amount(charge(bounded), "9000") == 30


def test_the_base_amount_is_added_whatever_the_quantity() -> None:
    based = Graduated(table((None, "2", "0"), base="30"))
    assert [amount(charge(based), "0"), amount(charge(based), "4")] == [30, 38]
    assert amount(charge(based), "4", prior_quantity=Decimal(3)) == 38


def test_a_later_line_costs_the_difference() -> None:
    subject = charge(Graduated(TierTable(FLATS.tiers, flat_at_zero=True)))
    assert amount(subject, "5", prior_quantity=Decimal(8)) == 2 * 2 + 3 + 3 * 1
    assert amount(subject, "0", prior_quantity=Decimal(0)) == 0
    whole = amount(subject, "37.5")
    assert whole == amount(subject, "12") + amount(subject, "25.5", prior_quantity=Decimal(12))


@pytest.mark.parametrize(
    ("quantity", "due"), [("1", "3"), ("6", "13"), ("7", "15"), ("7.5", "15"), ("10", "15"), ("12", "17")]
)
def test_a_cap_limits_what_one_tier_charges(quantity: str, due: str) -> None:
    capped = Graduated(TierTable((Tier(Decimal(10), Decimal(2), Decimal(1), Decimal(15)), Tier(None, Decimal(1)))))
    assert amount(charge(capped), quantity) == Decimal(due)


def test_a_cap_that_the_price_meets_between_two_quantities() -> None:
    """2 / 0.03 is no decimal; the price is cut at the cap all the same."""
    capped = charge(Graduated(TierTable((Tier(None, Decimal("0.03"), cap_amount=Decimal(2)),))))
    assert [amount(capped, quantity) for quantity in ("66", "66.666", "67")] == [Decimal("1.98"), 2, 2]
    assert texts(rate(capped, "67"), "cap") == ["Tier 1 costs at most $2.00"]


def test_explains_each_tier() -> None:
    hours = charge(PLAIN, PriceOn.ABOVE, baseline="606.3", label="Flight hours", measure=AIR_MINUTES, quantify=HOURS)
    line = rate(hours, "39000")
    assert texts(line, "tier") == ["40.0 flight hours at $310.00", "3.7 flight hours at $285.00"]
    assert line.amount == Decimal("13454.50")
    assert line.charge_text == "Flight hours above 606.3 a month: the first 40 at $310.00, beyond at $285.00"
    assert line.unit_amount is None

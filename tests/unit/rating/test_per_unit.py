"""Per-unit prices, on all of the quantity, above a baseline, and on both sides of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.charge.charge import PriceOn
from dutycycle.charge.price import PerUnit
from tests.unit.rating.rated import AIR_MINUTES, HOURS, UNROUNDED, amount, charge, rate, texts

CYCLE = PerUnit(Decimal("4.20"))


def test_prices_every_unit() -> None:
    line = rate(charge(CYCLE), "212")
    assert line.amount == Decimal("890.40")
    assert line.billable_quantity == line.used_quantity == 212
    assert line.unit_amount == Decimal("4.20")
    assert texts(line, "unit") == ["212 cycles at $4.20"]
    assert line.charge_text == "Cycles: $4.20 per cycle"


def test_keeps_prices_far_below_a_cent() -> None:
    tiny = charge(PerUnit(Decimal("0.000000001")), rounding=UNROUNDED)
    assert amount(tiny, "1") == Decimal("0.000000001")
    assert amount(charge(PerUnit(Decimal("0.000000001"))), "5000000") == Decimal("0.01")
    assert amount(charge(PerUnit(Decimal("0.000000001"))), "4999999") == 0


@pytest.mark.parametrize(("used", "due"), [("606.3", "0"), ("369.0", "0"), ("606.4", "31.50"), ("706.3", "31500.00")])
def test_above_prices_only_what_exceeds_the_baseline(used: str, due: str) -> None:
    hours = charge(PerUnit(Decimal(315)), PriceOn.ABOVE, baseline="606.3", measure=AIR_MINUTES, quantify=HOURS)
    assert amount(hours, str(Decimal(used) * 60)) == Decimal(due)


def test_hours_are_rounded_once_half_away_from_zero() -> None:
    hours = charge(CYCLE, measure=AIR_MINUTES, quantify=HOURS)
    assert rate(hours, "63").used_quantity == Decimal("1.1")
    assert rate(hours, "62").used_quantity == Decimal("1.0")
    assert rate(hours, "-63").used_quantity == Decimal("-1.1")
    assert texts(rate(hours, "63"), "quantify") == ["63 ÷ 60 = 1.1 flight hours, rounded to 0.1 half away from zero"]


def test_difference_credits_what_is_below_the_baseline() -> None:
    aircraft = charge(
        PerUnit(Decimal(1200), Decimal(900)), PriceOn.DIFFERENCE, baseline="100", label="Aircraft in service"
    )
    above, below, even = rate(aircraft, "103"), rate(aircraft, "74"), rate(aircraft, "100")
    assert [above.amount, below.amount, even.amount] == [3600, -23400, 0]
    assert [above.unit_amount, below.unit_amount] == [1200, 900]
    assert below.adjustment_quantity == below.billable_quantity == -26
    assert texts(below, "unit") == ["26 cycles below, credited at $900.00"]
    assert below.charge_text == (
        "Aircraft in service against 100 agreed: $1,200.00 per cycle above, a credit of $900.00 per cycle below"
    )


def test_difference_credits_at_the_same_price_unless_told_otherwise() -> None:
    aircraft = charge(PerUnit(Decimal(1200)), PriceOn.DIFFERENCE, baseline="100")
    assert amount(aircraft, "98") == -2400
    assert rate(aircraft, "98").rate_text == "$1,200.00 per cycle above or below"


def test_a_minimum_holds_a_credit_up() -> None:
    aircraft = charge(PerUnit(Decimal(1200)), PriceOn.DIFFERENCE, baseline="100", minimum="0")
    line = rate(aircraft, "74")
    assert line.amount == 0
    assert texts(line, "bound") == ["$31,200.00 short of the minimum of $0.00"]

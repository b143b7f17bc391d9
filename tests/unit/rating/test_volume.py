"""Volume prices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.charge.price import TierTable, Volume
from dutycycle.rating.reading import LinePosition
from tests.unit.rating.rated import amount, charge, rate, table, texts

TABLE = table(("100", "2", "10"), ("200", "1", "0"), (None, "0.5", "50"))


@pytest.mark.parametrize(
    ("quantity", "due"),
    [("0", "0"), ("1", "12"), ("100", "210"), ("100.5", "100.50"), ("200", "200"), ("300", "200")],
)
def test_all_units_take_the_price_of_the_tier_reached(quantity: str, due: str) -> None:
    assert amount(charge(Volume(TABLE)), quantity) == Decimal(due)


def test_the_first_flat_is_due_at_zero_only_when_agreed() -> None:
    assert amount(charge(Volume(TierTable(TABLE.tiers, flat_at_zero=True))), "0") == 10


def test_beyond_a_bounded_last_tier_the_last_tier_applies() -> None:
    assert amount(charge(Volume(table(("10", "2", "0"), ("20", "1", "7")))), "30") == 37


def test_flat_tiers_make_a_stairstep() -> None:
    stairs = charge(Volume(table(("10", "0", "50"), ("20", "0", "100"), (None, "0", "150"))))
    assert [amount(stairs, quantity) for quantity in ("10", "10.1", "20", "900")] == [50, 100, 100, 150]


def test_prorated_units_are_charged_at_the_price_the_full_quantity_reaches() -> None:
    assert amount(charge(Volume(TABLE)), "300", priced_quantity=Decimal("198.6")) == Decimal("149.30")


@pytest.mark.parametrize(
    ("position", "due"),
    [(LinePosition.SINGLE, 210), (LinePosition.FIRST, 0), (LinePosition.MID, 0), (LinePosition.LAST, 210)],
)
def test_is_billed_once_the_quantity_is_final(position: LinePosition, due: int) -> None:
    assert amount(charge(Volume(TABLE)), "100", position=position) == due


def test_reads_as_a_sentence() -> None:
    line = rate(charge(Volume(TABLE)), "150")
    assert line.charge_text == (
        "Cycles: all at $2.00 plus $10.00 up to 100, at $1.00 up to 200, beyond at $0.50 plus $50.00"
    )
    assert texts(line, "tier") == ["150 cycles at $1.00, the price of tier 2"]

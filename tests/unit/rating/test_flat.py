"""Flat prices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dutycycle.charge.adjust import Cadence
from dutycycle.charge.charge import LineKind
from dutycycle.charge.price import Flat
from dutycycle.rating.reading import LinePosition
from tests.unit.rating.rated import amount, charge, rate, texts

BASE = charge(Flat(Decimal("4250.005")), label="Base rent")


def test_costs_its_amount_whatever_is_used() -> None:
    line = rate(BASE)
    assert line.amount == Decimal("4250.01")
    assert line.kind is LineKind.BASE
    assert line.used_quantity is None
    assert line.units == ""
    assert texts(line, "round") == ["$4,250.005 rounded half away from zero to $4,250.01"]


def test_is_taken_as_often_as_the_reading_says() -> None:
    assert amount(charge(Flat(Decimal("4250"))), "2") == Decimal(8500)
    assert texts(rate(charge(Flat(Decimal("4250"))), "2"), "flat") == ["Flat $4,250.00 × 2"]


@pytest.mark.parametrize(
    ("cadence", "position", "due"),
    [
        (Cadence.IN_ADVANCE, LinePosition.SINGLE, True),
        (Cadence.IN_ADVANCE, LinePosition.FIRST, True),
        (Cadence.IN_ADVANCE, LinePosition.MID, False),
        (Cadence.IN_ADVANCE, LinePosition.LAST, False),
        (Cadence.IN_ARREARS, LinePosition.SINGLE, True),
        (Cadence.IN_ARREARS, LinePosition.FIRST, False),
        (Cadence.IN_ARREARS, LinePosition.MID, False),
        (Cadence.IN_ARREARS, LinePosition.LAST, True),
    ],
)
def test_falls_due_once_in_a_split_period(cadence: Cadence, position: LinePosition, due: bool) -> None:
    fee = charge(Flat(Decimal(100)), cadence=cadence)
    assert amount(fee, position=position) == (100 if due else 0)


def test_reads_as_a_sentence() -> None:
    line = rate(charge(Flat(Decimal("4250")), label="Base rent", minimum="5000"))
    assert line.charge_text == "Base rent: $4,250.00 a month, at least $5,000.00 a month"
    assert line.rate_text == "$4,250.00 a month"
    assert line.amount == 5000
    assert texts(line, "bound") == ["$750.00 short of the minimum of $5,000.00"]

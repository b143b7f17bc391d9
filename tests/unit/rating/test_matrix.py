"""Matrix: tiers that several cells fill in order."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from dutycycle.charge.charge import Charge, Price
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.measure import Aggregation, Measure
from dutycycle.charge.portion import Entry
from dutycycle.charge.price import Cell, CellMatch, Graduated, Matrix, MatrixTiers, PerUnit, PriceModel
from dutycycle.rating.line import RatedLine
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import Reading
from tests.unit.rating.rated import table

A = Graduated(table(("100", "0", "0"), ("500", "0.10", "5"), ("1000", "0.08", "0")))
B = Graduated(table(("100", "0", "0"), ("500", "0.08", "7"), ("1000", "0.06", "0")))


def matrix(*prices: PriceModel) -> Charge:
    cells = tuple(Cell((CellMatch("kind", (kind,)),), price) for kind, price in zip("ab", prices, strict=True))
    price = Price(Matrix(cells, tiers=MatrixTiers.IN_ORDER))
    return Charge("c", "C", price, Measure(Aggregation.SUM, "m", each="event"))


def rate(*loads: tuple[str, int]) -> RatedLine:
    entries = tuple(Entry(kind, Fraction(quantity), {"kind": kind}) for kind, quantity in loads)
    return rate_line(matrix(A, B), Reading(entries=entries), "USD", "python")


def test_who_comes_later_finds_the_tiers_filled() -> None:
    assert rate(("a", 125), ("b", 300)).amount == Decimal("2.50") + 5 + Decimal("24.00")
    assert rate(("b", 300), ("a", 125)).amount == Decimal("16.00") + 7 + Decimal("12.50")


def test_who_opens_a_tier_pays_its_flat_amount_once() -> None:
    flats = [step.amount for step in rate(("a", 100), ("b", 1), ("a", 1)).steps if step.amount]
    assert flats == [Fraction("7.08"), Fraction("0.10")]


def test_what_is_taken_back_is_credited_where_it_was_filled() -> None:
    assert rate(("a", 125), ("a", -25)).amount == 0


def test_past_a_bounded_last_tier_nothing_is_billed() -> None:
    assert rate(("a", 1_000), ("b", 50)).amount == rate(("a", 1_000)).amount


def test_every_cell_has_tiers() -> None:
    with pytest.raises(InvalidChargeError, match="IN_ORDER; every cell must have a graduated price"):
        matrix(A, PerUnit(Decimal(1)))

"""Commitments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.adjust import Adjust, ProratedPart, Proration
from dutycycle.charge.charge import LineKind
from dutycycle.charge.price import Commitment
from dutycycle.rating.reading import LinePosition, Span, Stretch
from tests.unit.rating.rated import UNROUNDED, amount, charge, rate, texts

COMMITMENT = Commitment(Decimal(25000), ("base", "hours"))


def covered(base: str, hours: str) -> dict[str, Decimal]:
    return {"base": Decimal(base), "hours": Decimal(hours)}


def test_what_is_missing_is_topped_up() -> None:
    line = rate(charge(COMMITMENT, label="Commitment"), covered=covered("18000", "4000.55"))
    assert line.amount == Decimal("2999.45")
    assert line.kind is LineKind.TOP_UP
    assert texts(line, "cover") == ["Drawn down by base: $18,000.00", "Drawn down by hours: $4,000.55"]


def test_nothing_is_due_once_it_is_met() -> None:
    line = rate(charge(COMMITMENT), covered=covered("18000", "9000"))
    assert line.amount == 0
    assert texts(line, "cover")[-1] == "Met, $2,000.00 beyond: nothing to top up"


def test_credits_of_covered_charges_raise_the_top_up() -> None:
    assert amount(charge(COMMITMENT), covered=covered("18000", "-500")) == 7500


def test_settles_on_the_last_line_of_a_split_period() -> None:
    nothing = covered("0", "0")
    assert amount(charge(COMMITMENT), covered=nothing, position=LinePosition.MID) == 0
    assert amount(charge(COMMITMENT), covered=nothing, position=LinePosition.LAST) == 25000
    assert amount(charge(COMMITMENT), covered=nothing, already_billed=Decimal(24000)) == 1000


def test_a_part_of_the_period_takes_its_exact_share() -> None:
    thirty = Commitment(Decimal(30), ("base",))
    cut = Adjust(proration=Proration(parts=(ProratedPart.MINIMUM,)))
    six_days_of_seven = (Stretch(Span(date(2024, 1, 1), date(2024, 1, 7)), Span(date(2024, 1, 1), date(2024, 1, 8))),)
    reading = {"covered": {"base": Decimal(0)}, "stretches": six_days_of_seven}
    line = rate(charge(thirty, adjust=cut), **reading)
    assert line.exact == Fraction(180, 7)
    assert line.amount == Decimal("25.71")
    unrounded = rate(charge(thirty, adjust=cut, rounding=UNROUNDED), **reading)
    assert (unrounded.exact, unrounded.amount) == (Fraction(180, 7), Decimal("25.714285714286"))

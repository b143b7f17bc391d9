"""The pipeline as a whole: rounding, scale, the wide path, the guard against unexplained lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from dutycycle.charge.adjust import RoundTo
from dutycycle.charge.baseline import Baseline, BaselinePer
from dutycycle.charge.charge import PriceOn
from dutycycle.charge.curve import Evaluation
from dutycycle.charge.measure import Quantify
from dutycycle.charge.portion import Entry
from dutycycle.charge.price import PerUnit
from dutycycle.kit.quantity import Rounding
from dutycycle.rating import core
from dutycycle.rating.errors import UnexplainedLineError
from dutycycle.rating.pipeline import PIPELINE, rate_line
from dutycycle.rating.reading import Reading
from dutycycle.rating.stage import price
from tests.unit.rating.rated import UNROUNDED, amount, charge, rate


def test_the_order_of_operations_is_one_tuple() -> None:
    assert [stage.__name__ for stage in PIPELINE] == [
        "measure", "quantify", "baseline", "price", "adjust", "bound", "round_amount",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("direction", "up", "down"),
    [
        (Rounding.HALF_UP, "0.13", "-0.13"),
        (Rounding.UP, "0.13", "-0.13"),
        (Rounding.DOWN, "0.12", "-0.12"),
        (Rounding.CEILING, "0.13", "-0.12"),
        (Rounding.FLOOR, "0.12", "-0.13"),
    ],
)
def test_rounds_once_in_the_direction_agreed(direction: Rounding, up: str, down: str) -> None:
    subject = charge(PerUnit(Decimal("0.125")), rounding=RoundTo(2, direction))
    assert (amount(subject, "1"), amount(subject, "-1")) == (Decimal(up), Decimal(down))


def test_rounds_to_tens_and_hundreds() -> None:
    assert amount(charge(PerUnit(Decimal(15)), rounding=RoundTo(-1)), "1") == 20
    assert amount(charge(PerUnit(Decimal(15)), rounding=RoundTo(-2)), "3") == 0


def test_the_currency_decides_the_cents() -> None:
    subject = charge(PerUnit(Decimal("1.0005")))
    for currency, due in (("USD", "1.00"), ("JPY", "1"), ("KWD", "1.001")):
        assert rate_line(subject, Reading(), currency).amount == Decimal(due)


def test_amounts_beyond_64_bits_take_the_wide_path_and_are_exact() -> None:
    """The product of two numbers of 48 digits keeps all of its 96."""
    price = "987654321987654321987654.123456789123456789123457"
    quantity = "999999999999999999999999.000000000000000000000001"
    subject = charge(PerUnit(Decimal(price)), rounding=UNROUNDED)
    line = rate(subject, quantity)
    assert Fraction(line.amount) == line.exact == Fraction(price) * Fraction(quantity)


def test_a_line_that_the_core_gets_wrong_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The explanation and the core are independent; were either at fault, no line would leave."""
    honest = core.evaluate

    def one_cent_more(evaluations: Sequence[Evaluation], core_name: str) -> Fraction:
        return honest(evaluations, core_name) + Fraction(1, 100)

    monkeypatch.setattr(price, "evaluate", one_cent_more)
    with pytest.raises(UnexplainedLineError, match="add up to 1, the core rated 101/100"):
        amount(charge(PerUnit(Decimal(1))))


def test_a_pool_is_allocated_to_those_beyond_their_own_allowance_in_billed_units() -> None:
    """15 hours and 8 hours against 10 each: all of the excess is of the first."""
    agreed = Baseline(Decimal(10), per=BaselinePer.ASSET)
    subject = replace(
        charge(PerUnit(Decimal(1)), PriceOn.ABOVE, baseline="10", quantify=Quantify(Decimal(60), Decimal("0.1"))),
        baseline=agreed,
    )
    entries = (Entry("a", Fraction(900)), Entry("b", Fraction(480)))
    line = rate(subject, "1380", entries=entries, assets=2)
    assert [(share.key, share.amount) for share in line.allocations] == [("a", Decimal(3)), ("b", Decimal(0))]


@pytest.mark.parametrize("wanted", ["cython", ""])
def test_the_core_setting_is_checked(wanted: str) -> None:
    with pytest.raises(ValueError, match="require, python or auto"):
        core.choose(wanted)


def test_the_core_setting_selects() -> None:
    assert (core.choose("require"), core.choose("auto"), core.choose("python")) == ("cython", "cython", "python")

"""Law 4, within a line: the steps add up to the amount, whatever the charge, the reading and the core."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.charge.adjust import RoundingAt
from dutycycle.charge.charge import Charge
from dutycycle.charge.step import add_up
from dutycycle.kit.fraction import round_fraction, to_decimal
from dutycycle.rating.pipeline import rate_line
from tests.property.rating.charges import any_charges, readings


@settings(max_examples=250, deadline=None)
@given(any_charges(), st.data())
def test_steps_add_up_to_the_line_before_rounding(charge: Charge, data: st.DataObject) -> None:
    reading = data.draw(readings(charge))
    line = rate_line(charge, reading, "USD")
    rule = charge.round_to("USD")
    exact = add_up(line.steps)
    assert exact == line.exact
    once = rule.mode is not None and rule.at is not RoundingAt.DISCOUNT
    assert line.amount == (round_fraction(exact, rule.scale, rule.mode) if once else to_decimal(exact))


@settings(max_examples=150, deadline=None)
@given(any_charges(), st.data())
def test_both_cores_print_the_same_line(charge: Charge, data: st.DataObject) -> None:
    reading = data.draw(readings(charge))
    assert rate_line(charge, reading, "USD", "cython") == rate_line(charge, reading, "USD", "python")

"""Law 4, within a line: the steps add up to the amount, whatever the charge, the reading and the core."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.rating.charge import Charge
from dutycycle.rating.fraction import round_fraction, to_decimal
from dutycycle.rating.pipeline import Request, rate_line, rate_lines
from dutycycle.rating.step import add_up
from tests.property.rating.charges import charges, readings


@settings(max_examples=250, deadline=None)
@given(charges(), st.data())
def test_steps_add_up_to_the_line_before_rounding(charge: Charge, data: st.DataObject) -> None:
    reading = data.draw(readings(charge))
    line = rate_line(charge, reading, "USD")
    rule = charge.round_to("USD")
    exact = add_up(line.steps)
    assert exact == line.exact
    assert line.amount == (
        to_decimal(exact) if rule.direction is None else round_fraction(exact, rule.scale, rule.direction)
    )


@settings(max_examples=150, deadline=None)
@given(charges(), st.data())
def test_both_cores_print_the_same_line(charge: Charge, data: st.DataObject) -> None:
    reading = data.draw(readings(charge))
    assert rate_line(charge, reading, "USD", "cython") == rate_line(charge, reading, "USD", "python")


@settings(max_examples=60, deadline=None)
@given(st.lists(charges(), min_size=1, max_size=6), st.data())
def test_a_line_does_not_depend_on_its_company(rated: list[Charge], data: st.DataObject) -> None:
    requests = [Request(charge, data.draw(readings(charge)), "USD") for charge in rated]
    together = rate_lines(requests)
    assert [line.amount for line in together] == [
        rate_line(request.charge, request.reading, "USD").amount for request in requests
    ]

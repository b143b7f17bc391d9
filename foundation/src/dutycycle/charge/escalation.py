"""How prices rise over the term."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.adjust import Escalator
from dutycycle.charge.price.model import Reprice
from dutycycle.kit.fraction import round_to_multiple, to_decimal


def repricing(escalator: Escalator, number: int, start: date | None) -> Reprice:
    """Return how every price changes in a period; one that never ends is written to twelve digits.

    Args:
        number: of the period since commencement, from 1.
        start: its first day; an index needs it.
    """
    factor = escalation(escalator, number, start)

    def change(price: Decimal) -> Decimal:
        raised = Fraction(price) * factor
        if escalator.increment is not None:
            raised = round_to_multiple(raised, escalator.increment, escalator.mode)
        return to_decimal(raised)

    return change


def escalation(escalator: Escalator, number: int, start: date | None) -> Fraction:
    """Return by what prices are multiplied in a period."""
    steps = (number - 1) // escalator.periods_a_step
    if escalator.percent is not None:
        return _compounded(escalator.percent, steps)
    if steps == 0 or start is None or escalator.base_index is None:
        return Fraction(1)
    back = (number - 1) % escalator.periods_a_step
    months = start.year * 12 + start.month - 1 - back
    first_day = date(months // 12, months % 12 + 1, 1)
    known = [value.value for value in escalator.index if value.date <= first_day]
    factor = Fraction(known[-1]) / Fraction(escalator.base_index) if known else Fraction(1)
    if escalator.floor_percent is not None:
        factor = max(factor, _compounded(escalator.floor_percent, steps))
    if escalator.cap_percent is not None:
        factor = min(factor, _compounded(escalator.cap_percent, steps))
    return factor


def _compounded(percent: Decimal, steps: int) -> Fraction:
    return (1 + Fraction(percent) / 100) ** steps

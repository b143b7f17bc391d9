"""Checks that the parts of a charge share."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import places

DIGITS_BEFORE_POINT = 24
DIGITS_AFTER_POINT = 24


def number_violations(
    field: str, value: Decimal | None, *, least: Decimal | None = None, above: Decimal | None = None
) -> Iterator[FieldViolation]:
    """Yield what is wrong with an optional number: its type, its size, its range."""
    if value is None:
        return
    problem = number_problem(value)
    if problem:
        yield FieldViolation(field, problem)
    elif least is not None and value < least:
        yield FieldViolation(field, f"is {value}; it must be at least {least}")
    elif above is not None and value <= above:
        yield FieldViolation(field, f"is {value}; it must be above {above}")


def number_problem(value: Decimal) -> str:
    """Say why a number is refused, or return the empty string."""
    if not isinstance(value, Decimal):
        return f"is a {type(value).__name__}; give a decimal"
    if not value.is_finite():
        return f"is {value}, not a number"
    if abs(value) >= Decimal(10) ** DIGITS_BEFORE_POINT or places(value) > DIGITS_AFTER_POINT:
        return f"has more than {DIGITS_BEFORE_POINT} digits before or {DIGITS_AFTER_POINT} after the point"
    return ""

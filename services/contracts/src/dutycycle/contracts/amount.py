"""What the figures of a charge must be: there, in range, and such that a quantity can be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.quantity import plain

_DIGITS = 24
"""Digits before the point, and after it, with which rating computes exactly."""
_REQUIRED = {
    "flat": ("price.flat.amount",),
    "per_unit": ("price.per_unit.unit_amount",),
    "package": ("price.package.size", "price.package.amount"),
    "commitment": ("price.commitment.amount",),
}
_DIVISORS = ("quantify.divide_by", "quantify.increment", "price.package.size")


def check_amounts(field: str, model: str, amounts: Mapping[str, Decimal]) -> Iterator[FieldViolation]:
    """Give every wrong figure of a charge; `amounts` are those it has, by their path within it."""
    for name in _REQUIRED.get(model, ()):
        if name not in amounts:
            yield FieldViolation(f"{field}.{name}", f"is absent; a {model} price needs it")
    for name, amount in amounts.items():
        if not _is_in_range(amount):
            yield FieldViolation(f"{field}.{name}", f"has more than {_DIGITS} digits before or after the point")
        elif amount == 0 and name in _DIVISORS:
            yield FieldViolation(f"{field}.{name}", "is zero; a quantity is divided by it")
        elif amount < 0:
            yield FieldViolation(f"{field}.{name}", f"{amount} is negative; credits come from price.on: difference")
    divisor = amounts.get("quantify.divide_by", Decimal(1))
    unrounded = "quantify.increment" not in amounts and divisor > 0 and _is_in_range(divisor)
    if unrounded and not _has_finite_inverse(divisor):
        yield FieldViolation(f"{field}.quantify.increment", f"is absent; a quantity divided by {divisor} may never end")


def _is_in_range(amount: Decimal) -> bool:
    if amount and not -_DIGITS <= amount.adjusted() < _DIGITS:  # known before an enormous exponent is written out
        return False
    return len(plain(amount).partition(".")[2]) <= _DIGITS


def _has_finite_inverse(divisor: Decimal) -> bool:
    rest = Fraction(divisor).numerator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1

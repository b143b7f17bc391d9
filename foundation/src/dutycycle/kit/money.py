"""Amounts of money: a decimal and an ISO 4217 currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.kit.quantity import EXACT, Rounding, round_to_scale

MINOR_DIGITS = {"BHD": 3, "CLP": 0, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3, "VND": 0}
"""Digits after the point of currencies that do not have two (ISO 4217)."""

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def minor_digits(currency: str) -> int:
    """Return how many digits after the point the currency has."""
    return MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in major units of a currency. Adding two currencies is an error."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(EXACT.add(self.amount, other.amount), self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(EXACT.subtract(self.amount, other.amount), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def rounded(self, mode: Rounding = Rounding.HALF_UP) -> Money:
        """Round to the minor unit."""
        return Money(round_to_scale(self.amount, minor_digits(self.currency), mode), self.currency)

    def text(self) -> str:
        """Write for people: "$1,234.50", "−$3.00", "1,234.50 CHF"."""
        digits = f"{abs(self.amount):,.{max(minor_digits(self.currency), _places(self.amount))}f}"
        sign = "−" if self.amount < 0 else ""
        symbol = SYMBOLS.get(self.currency)
        return f"{sign}{symbol}{digits}" if symbol else f"{sign}{digits} {self.currency}"

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot combine {self.currency} with {other.currency}")


def _places(amount: Decimal) -> int:
    exponent = amount.normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def total(amounts: Sequence[Money], currency: str) -> Money:
    """Add amounts up; zero of the currency if there are none."""
    result = Money(Decimal(0).scaleb(-minor_digits(currency)), currency)
    for amount in amounts:
        result = result + amount
    return result


def allocate(amount_minor: int, weights: Sequence[int]) -> list[int]:
    """Split minor units in proportion to weights, to the last unit.

    Each share is floored; the left-over units go to the largest remainders, earlier items first on a tie.
    Weights are not negative and not all zero. A negative amount is split as its opposite.
    """
    if amount_minor < 0:
        return [-share for share in allocate(-amount_minor, weights)]
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative, nor all zero")
    shares = [amount_minor * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount_minor * weights[i] % whole), i))
    for index in by_remainder[: amount_minor - sum(shares)]:
        shares[index] += 1
    return shares

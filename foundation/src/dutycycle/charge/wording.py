"""How numbers of a line are written for people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dutycycle.kit.fraction import places, to_decimal
from dutycycle.kit.money import Money
from dutycycle.kit.quantity import grouped


@dataclass(frozen=True, slots=True)
class Wording:
    """Currency and units of one line."""

    currency: str
    unit: str = "unit"
    units: str = "units"
    places: int = 0
    """Digits after the point that quantities show at least: 1 where hours are billed in tenths."""

    def money(self, amount: Decimal | Fraction) -> str:
        """Write an amount: "$1,234.50", a price below a cent with all its digits."""
        return Money(_decimal(amount), self.currency).text()

    def number(self, quantity: Decimal | Fraction) -> str:
        """Write a quantity without its unit: "606.3"."""
        return grouped(_decimal(quantity), self.places)

    def count(self, quantity: Decimal | Fraction) -> str:
        """Write a quantity with its unit: "40.0 flight hours"."""
        return f"{self.number(quantity)} {self.unit if abs(quantity) == 1 else self.units}"

    def bound(self, quantity: Decimal | Fraction) -> str:
        """Write a tier bound as the contract does: "40"."""
        return grouped(_decimal(quantity))


def percent_text(percent: Decimal) -> str:
    """Write a percentage: "2.9 %"."""
    return f"{grouped(percent)} %"


def wording(currency: str, unit: str, units: str, increment: Decimal | None) -> Wording:
    """Make the wording of a charge; empty unit names become "unit" and "units"."""
    return Wording(
        currency, unit or "unit", units or unit or "units", places(increment) if increment is not None else 0
    )


def _decimal(value: Decimal | Fraction) -> Decimal:
    return to_decimal(value) if isinstance(value, Fraction) else value

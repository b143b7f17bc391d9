"""The lessor's rules about when to offer anything at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Policy:
    """Numbers that the lessor may set."""

    history_months: int = 12
    """Months that are rated again, the billed one included."""
    assessed_months: int = 25
    """Months that are looked at: two years show a season, and the month of last year."""
    minimum_history_months: int = 3
    """Below so many months nothing is said."""
    fit_months: int = 3
    """Consecutive months below or above the baseline before a program fits."""
    rest_months: int = 3
    """After a program or product was printed it rests, so that it is printed at most once in so many months."""
    declined_rest_months: int = 12
    """A program or product that the customer declined is not offered again for so long."""
    amended_rest_months: int = 12
    """After a program was accepted no program is offered for so long."""
    offers_a_year: int = 6
    """Invoices of twelve months that may carry an offer."""
    near_percent: Decimal = Decimal(5)
    """A use so close to the baseline is healthy."""
    shock_percent: Decimal = Decimal(30)
    """A bill so far above the usual is announced before it is issued."""
    shortfall_percent: Decimal = Decimal(15)
    """So much of what was agreed unused for `fit_months` in a row is announced, once a run."""
    change_percent: Decimal = Decimal(1)
    """A trend of at least so much a month, and beyond chance, is decline or growth."""
    spiky_percent: Decimal = Decimal(25)
    """From such a volatility on use is spiky."""
    seasonal_percent: Decimal = Decimal(60)
    """From such a share of the variation on, that a repeating year explains, use is seasonal."""
    idle_percent: Decimal = Decimal(20)
    """From such a share of the agreed assets on, that is not active, a customer is idle."""
    expiry_months: int = 3
    """So near the end of its term a customer is near expiry."""

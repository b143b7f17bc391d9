"""The lessor's rules about when to offer anything at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Policy:
    """Numbers that the lessor may set."""

    history_months: int = 12
    """Months that are assessed and rated again, the billed one included."""
    minimum_history_months: int = 3
    """Below so many months nothing is said."""
    fit_months: int = 3
    """Consecutive months below or above the baseline before a program fits."""
    rest_months: int = 3
    """After a program or product was printed it rests, so that it is printed at most once in so many months."""
    near_percent: Decimal = Decimal(5)
    """A use so close to the baseline is healthy."""
    shock_percent: Decimal = Decimal(30)
    """A bill so far above the usual is announced."""

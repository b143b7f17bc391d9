"""A line while it is being rated."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from dutycycle.rating.charge import Charge
from dutycycle.rating.portion import Portion
from dutycycle.rating.reading import Reading
from dutycycle.rating.step import Step, add_up
from dutycycle.rating.wording import Wording


@dataclass(slots=True)
class Draft:
    """What the stages fill in, one after another."""

    charge: Charge
    reading: Reading
    currency: str
    words: Wording
    used: Decimal = Decimal(0)
    """Billed quantity, after quantify."""
    portion: Portion | None = None
    """What the price model prices; None where nothing falls due on this line."""
    amount: Decimal = Decimal(0)
    """Set by the core."""
    steps: list[Step] = field(default_factory=list)

    @property
    def exact(self) -> Fraction:
        """What the steps add up to so far."""
        return add_up(self.steps)

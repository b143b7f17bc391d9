"""A line while it is being rated."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from dutycycle.charge.adjust import RoundingAt
from dutycycle.charge.charge import Charge
from dutycycle.charge.portion import Portion
from dutycycle.charge.step import Step, add_up
from dutycycle.charge.wording import Wording
from dutycycle.kit.fraction import round_fraction
from dutycycle.rating.reading import Reading


@dataclass(slots=True)
class Draft:
    """What the stages fill in, one after another."""

    charge: Charge
    """As it stands in the period: escalated, steps and seasons resolved."""
    reading: Reading
    currency: str
    words: Wording
    core: str
    """Name of the core that prices it."""
    used: Fraction = Fraction(0)
    """Billed quantity, after quantify."""
    agreed: Fraction | None = None
    """Quantity or money that the baseline allows in the period, with what was carried into it."""
    portion: Portion | None = None
    """What the price model prices; None where nothing falls due on this line."""
    amount: Decimal = Decimal(0)
    """Set by the last stage."""
    steps: list[Step] = field(default_factory=list)

    @property
    def exact(self) -> Fraction:
        """What the steps add up to so far."""
        return add_up(self.steps)

    @property
    def billed(self) -> Fraction:
        """What the line bills: its amount, which is exact where the charge does not round it."""
        rule = self.charge.round_to(self.currency)
        return self.exact if rule.mode is None or rule.at is RoundingAt.DISCOUNT else Fraction(self.amount)

    def add(self, stage: str, text: str, amount: Fraction) -> None:
        """Add a step that changes the amount, if it does."""
        if amount != 0:
            self.steps.append(Step(stage, text, amount=amount))

    def rounded(self, value: Fraction) -> Fraction:
        """Round an amount as the charge does."""
        rule = self.charge.round_to(self.currency)
        return value if rule.mode is None else Fraction(round_fraction(value, rule.scale, rule.mode))

    def round_stage(self) -> None:
        """Round what the steps add up to, where the charge rounds after each stage."""
        if self.charge.round_to(self.currency).at is RoundingAt.STAGE:
            exact = self.exact
            self.add("round", f"Rounded to {self.words.money(self.rounded(exact))}", self.rounded(exact) - exact)

"""Charges: the typed pipeline that turns a measure of equipment into money.

A charge that exists is valid: making one that contradicts itself or is ill-typed raises InvalidChargeError, which
names every wrong field.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache

from dutycycle.charge.adjust import Adjust, Bound, Cadence, RoundTo, Settle
from dutycycle.charge.baseline import Baseline
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.escalation import repricing
from dutycycle.charge.measure import Measure, Quantify, Scope, Select
from dutycycle.charge.price import Commitment, Committed, Flat, PriceModel
from dutycycle.charge.sentence import sentence, table_rate
from dutycycle.charge.validity import violations
from dutycycle.charge.wording import Wording, wording
from dutycycle.kit.money import minor_digits
from dutycycle.kit.period import BillingPeriod

_TEXTS_KEPT = 4_096
"""A charge is printed every month in the same words."""


class PriceOn(Enum):
    """Which part of the quantity is priced."""

    ALL = "all"
    ABOVE = "above"
    """max(0, quantity − baseline)."""
    DIFFERENCE = "difference"
    """quantity − baseline; a credit where that is negative."""
    BELOW = "below"
    """max(0, baseline − quantity): the shortfall."""
    WITHIN = "within"
    """min(quantity, baseline)."""
    AT_LEAST = "at_least"
    """max(quantity, baseline): reserved, whether used or not."""


class LineKind(Enum):
    """Sorts of lines."""

    BASE = "base"
    ASSETS = "assets"
    USAGE = "usage"
    TOP_UP = "top_up"


@dataclass(frozen=True, slots=True)
class Price:
    """What is paid, and for which part of the quantity."""

    model: PriceModel
    on: PriceOn = PriceOn.ALL


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge of a schedule, read from top to bottom as it is rated."""

    id: str
    label: str
    price: Price
    measure: Measure | None = None
    quantify: Quantify = field(default_factory=Quantify)
    baseline: Baseline | None = None
    bound: Bound = field(default_factory=Bound)
    cadence: Cadence = Cadence.IN_ARREARS
    rounding: RoundTo | None = None
    """None: to the minor unit of the currency, half away from zero."""
    select: Select = field(default_factory=Select)
    adjust: Adjust = field(default_factory=Adjust)
    settle: Settle = field(default_factory=Settle)
    omit_when_zero: bool = False

    def __post_init__(self) -> None:
        found = list(violations(self))
        if found:
            raise InvalidChargeError(self.id, found)

    @property
    def covers(self) -> tuple[str, ...]:
        """Charges whose amounts this one looks at."""
        model = self.price.model
        return model.covers if isinstance(model, Commitment | Committed) else ()

    @property
    def pools_known_assets(self) -> bool:
        """Whether what is agreed for a pool depends on which assets are in service, and not only on how many."""
        agreed = self.baseline
        if agreed is None or not agreed.by_asset or self.select.scope is Scope.ASSET:
            return False
        return agreed.prorated or bool(agreed.assets)

    @property
    def kind(self) -> LineKind:
        """Sort of the lines that this charge makes."""
        if isinstance(self.price.model, Flat):
            return LineKind.BASE
        if self.covers:
            return LineKind.TOP_UP
        return LineKind.ASSETS if self.measure is not None and self.measure.counts_assets else LineKind.USAGE

    def in_period(self, number: int, period: BillingPeriod | None) -> Charge:
        """Return the charge as it stands in one period: prices escalated, steps and seasons resolved.

        Args:
            number: of the period since commencement, from 1.
            period: civil days, where seasons and an index need them.
        """
        model = self.price.model
        if isinstance(model, Flat) and (model.stepped or model.seasonal):
            model = model.in_period(number, None if period is None else period.start.month)
        if self.adjust.escalator is not None:
            change = repricing(self.adjust.escalator, number, None if period is None else period.start)
            model = model.repriced(change)
        return self if model is self.price.model else replace(self, price=replace(self.price, model=model))

    def periods_needed(self, number: int) -> int:
        """Return how many earlier periods the line of a period depends on, given its number since commencement."""
        needed = 0 if self.measure is None else max(0, self.measure.rolling_periods - 1)
        agreed, reconcile = self.baseline, self.settle.reconcile
        from_start = number - 1
        if agreed is not None and (agreed.carry is not None or agreed.ratchet is not None):
            needed = from_start
        if agreed is not None and agreed.window > 1:
            needed = max(needed, from_start % agreed.window)
        if reconcile is not None and number % reconcile.every_periods == 0:
            needed = max(needed, reconcile.every_periods - 1)
        if self.price.model.name == "prepaid":
            needed = from_start
        return min(needed, from_start)

    def round_to(self, currency: str) -> RoundTo:
        """Return how the amount is rounded in a currency."""
        return self.rounding if self.rounding is not None else RoundTo(minor_digits(currency))

    def words(self, currency: str) -> Wording:
        return wording(currency, self.quantify.unit, self.quantify.units, self.quantify.increment)


@lru_cache(maxsize=_TEXTS_KEPT)
def charge_text(charge: Charge, currency: str) -> str:
    """Put a charge in plain words: "Flight hours above 606.3 a month: the first 40 at $310.00, beyond at $285.00"."""
    return sentence(charge, charge.words(currency))


@lru_cache(maxsize=_TEXTS_KEPT)
def rate_text(charge: Charge, currency: str) -> str:
    """Write the rate for a table: "$3,150.00 per flight hour above"."""
    return table_rate(charge, charge.words(currency))

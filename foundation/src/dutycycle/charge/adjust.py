"""What changes prices and amounts over time, the limits put on them, and how they are settled and rounded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from dutycycle.kit.quantity import Rounding

YEAR = 12
"""Periods of a step of an escalator, unless it says otherwise: billing periods are months."""


class Cadence(Enum):
    """When a charge falls due, relative to the period it is for."""

    IN_ARREARS = "in_arrears"
    IN_ADVANCE = "in_advance"


class BoundOrder(Enum):
    """Whether limits hold before or after discounts."""

    AFTER_DISCOUNTS = "after_discounts"
    BEFORE_DISCOUNTS = "before_discounts"


class DiscountOrder(Enum):
    """Order of discounts."""

    AMOUNTS_FIRST = "amounts_first"
    PERCENTAGES_FIRST = "percentages_first"
    AS_LISTED = "as_listed"


class DayCount(Enum):
    """How time is counted."""

    DAYS = "days"
    """Civil days, the end not counted."""
    INCLUSIVE_DAYS = "inclusive_days"
    """Civil days, with the first and the last one."""
    SECONDS = "seconds"
    """Elapsed seconds: a month may have 743 or 745 hours."""
    FIXED_MONTH = "fixed_month"
    """Months of a fixed number of days each, plus the difference of the days of the month."""


class ProratedPart(Enum):
    """What proration cuts."""

    AMOUNT = "amount"
    BASELINE = "baseline"
    MINIMUM = "minimum"


class ReconcileSides(Enum):
    """Which differences a reconciliation bills."""

    BOTH = "both"
    DEBIT = "debit"
    CREDIT = "credit"


class SplitTies(Enum):
    """Who gets the left-over unit of a split where remainders are equal."""

    FIRST_LISTED = "first_listed"
    BY_NAME = "by_name"


class RoundingAt(Enum):
    """What is rounded."""

    LINE = "line"
    STAGE = "stage"
    STEP = "step"
    CUMULATIVE = "cumulative"
    DISCOUNT = "discount"


@dataclass(frozen=True, slots=True)
class RoundTo:
    """How an amount is rounded; no direction: not at all."""

    scale: int
    mode: Rounding | None = Rounding.HALF_UP
    at: RoundingAt = RoundingAt.LINE


NOT_ROUNDED = RoundTo(0, None)


@dataclass(frozen=True, slots=True)
class Bound:
    """Limits on the amount; a minimum above the maximum gives way."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    order: BoundOrder = BoundOrder.AFTER_DISCOUNTS


@dataclass(frozen=True, slots=True)
class Discount:
    """A percentage of what is left, or an amount; never more than what is left."""

    percent: Decimal | None = None
    amount: Decimal | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class IndexValue:
    """A published value of an index, and the day from which it holds."""

    date: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Escalator:
    """How prices rise: by a percentage a step, compounded, or with an index."""

    percent: Decimal | None = None
    every_periods: int = 0
    """Billing periods a step; 0: YEAR."""
    increment: Decimal | None = None
    """Escalated prices are rounded to a multiple of this."""
    mode: Rounding = Rounding.HALF_UP
    index: tuple[IndexValue, ...] = ()
    base_index: Decimal | None = None
    floor_percent: Decimal | None = None
    cap_percent: Decimal | None = None
    """Least and largest change, percent a step, compounded."""

    @property
    def periods_a_step(self) -> int:
        return self.every_periods or YEAR


@dataclass(frozen=True, slots=True)
class RampStep:
    """The share of the amount that is billed from a period on."""

    from_period: int
    """Number since commencement, from 1."""
    share: Decimal


@dataclass(frozen=True, slots=True)
class Proration:
    """What is cut in proportion where the charge was in force for a part of the period."""

    basis: DayCount = DayCount.DAYS
    fixed_month_days: int = 0
    """0: 30."""
    ratio: RoundTo | None = None
    """How the ratio of each stretch of time is rounded; None: not at all."""
    parts: tuple[ProratedPart, ...] = ()
    """Empty: the amount."""
    over: int = 0
    """Days, or seconds, that make the whole; 0: those of the period."""

    def cuts(self, part: ProratedPart) -> bool:
        return part in (self.parts or (ProratedPart.AMOUNT,))


@dataclass(frozen=True, slots=True)
class PartyShare:
    """The share of one payer."""

    party: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Adjust:
    """Escalator, discounts, ramp, proration, split."""

    discounts: tuple[Discount, ...] = ()
    order: DiscountOrder = DiscountOrder.AMOUNTS_FIRST
    escalator: Escalator | None = None
    ramp: tuple[RampStep, ...] = ()
    proration: Proration | None = None
    split: tuple[PartyShare, ...] = ()
    split_ties: SplitTies = SplitTies.FIRST_LISTED
    split_within_weights: bool = False
    """Whether the weights are amounts that are never exceeded."""


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Periods are rated together at the end of the last, and the difference from what was billed is put right."""

    every_periods: int
    sides: ReconcileSides = ReconcileSides.BOTH
    bill_only_then: bool = False
    """Whether the periods before the last bill nothing."""


@dataclass(frozen=True, slots=True)
class Settle:
    """How a charge is settled over several periods."""

    reconcile: Reconcile | None = None

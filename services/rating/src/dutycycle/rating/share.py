"""The part of a period for which a charge was in force."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dutycycle.charge.adjust import DayCount, ProratedPart, Proration
from dutycycle.charge.charge import Charge
from dutycycle.kit.fraction import round_fraction
from dutycycle.rating.measure import days
from dutycycle.rating.reading import Span, Stretch

WHOLE = Fraction(1)
MONTH_DAYS = 30


def share_of(charge: Charge, part: ProratedPart, stretches: Sequence[Stretch]) -> Fraction:
    """Return the share to which a part of a charge is cut; 1 where it is not."""
    rule = charge.adjust.proration
    return WHOLE if rule is None or not stretches or not rule.cuts(part) else ratio(rule, stretches)


def ratio(rule: Proration, stretches: Sequence[Stretch]) -> Fraction:
    """Add the ratios of the stretches up, each rounded first if the rule says so."""
    total = Fraction(0)
    for stretch in stretches:
        full = _whole(rule, stretch)
        part = length(rule, stretch.active) / full if full else Fraction(0)
        if rule.ratio is not None and rule.ratio.mode is not None:
            part = Fraction(round_fraction(part, rule.ratio.scale, rule.ratio.mode))
        total += part
    return total


def _whole(rule: Proration, stretch: Stretch) -> Fraction:
    if rule.over:
        return Fraction(rule.over)
    if rule.basis is DayCount.FIXED_MONTH:
        return Fraction(rule.fixed_month_days or MONTH_DAYS)
    return length(rule, stretch.full)


def length(rule: Proration, span: Span) -> Fraction:
    """Return how long a span is in the unit of the day count; never negative."""
    return days(span.start, span.end, rule.basis, rule.fixed_month_days or MONTH_DAYS)

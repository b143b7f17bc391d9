"""The part of a period for which a charge was in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from dutycycle.charge.adjust import DayCount, ProratedPart, Proration
from dutycycle.charge.charge import Charge
from dutycycle.kit.fraction import round_fraction
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
    if rule.basis is DayCount.SECONDS:
        return max(Fraction(0), _seconds(span))
    start, end = _day(span.start), _day(span.end)
    if rule.basis is DayCount.FIXED_MONTH:
        return max(Fraction(0), _fixed_month_days(start, end, rule.fixed_month_days or MONTH_DAYS))
    return Fraction(max(0, (end - start).days + (rule.basis is DayCount.INCLUSIVE_DAYS)))


def _fixed_month_days(start: date, end: date, month_days: int) -> Fraction:
    months = (end.year - start.year) * 12 + end.month - start.month
    return Fraction(months * month_days + end.day - start.day)


def _seconds(span: Span) -> Fraction:
    difference = _instant(span.end) - _instant(span.start)
    return Fraction(difference.days * 86_400 + difference.seconds) + Fraction(difference.microseconds, 10**6)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _instant(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001  # civil days compare as such

"""Published cases of aggregations become the product's own measure rules and events.

Nothing is calculated here that the measures calculate. A key that no definition covers is an error, so that no switch
is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dutycycle.charge.adjust import DayCount
from dutycycle.charge.measure import Aggregation
from dutycycle.kit.fraction import round_fraction
from dutycycle.kit.period import start_of_day
from dutycycle.rating.measure import Condition, Event, MeasureRule, Ties, days, measure, oracle
from tests.conformance.case import MODES, NotSupportedError, optional, require_known

Keys = dict[str, Any]
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ONE_DAY = timedelta(days=1)
_BASES = {
    "exclusive_end_days": DayCount.DAYS,
    "inclusive_days": DayCount.INCLUSIVE_DAYS,
    "seconds": DayCount.SECONDS,
    "fixed_month_days": DayCount.FIXED_MONTH,
}


def measure_case(model: str, params: Keys, usage: Any, period: Keys, core: str) -> Fraction:
    """Return the quantity of a case, rounded if the case says how; with the plain core by the twin of the measures.

    Raises NotSupportedError for a model that is no aggregation, or for a switch that is not known.
    """
    if model == "day_count":
        quantity = _day_count(params, period)
    elif model in RULES:
        require_known(period, "from to timezone convention")
        start, end = period_instants(period)
        events = [event_from_case(entry) for entry in usage or []]
        asked = RULES[model](params), events, start, end, period.get("timezone", "UTC")
        quantity = measure(*asked).quantity if core == "cython" else oracle.measure(*asked)
    else:
        raise NotSupportedError(model)
    rounding = params.get("rounding")
    if rounding is None:
        return quantity
    if rounding.get("at", "total") not in ("total", "line"):
        raise NotSupportedError(f"rounding at {rounding['at']}")
    return Fraction(round_fraction(quantity, int(rounding["scale"]), MODES[rounding["mode"]]))


def _plain(aggregation: Aggregation) -> Callable[[Keys], MeasureRule]:
    def rule(params: Keys) -> MeasureRule:
        require_known(params, "carry_over filter rounding")
        return MeasureRule(
            aggregation,
            _where(params),
            carry_over=params.get("carry_over", False),
            ties=Ties.LISTED,
            floor_at_zero=aggregation is Aggregation.LAST,
        )

    return rule


def _weighted_average(params: Keys) -> MeasureRule:
    require_known(params, "initial_value carry_over filter rounding")
    return MeasureRule(
        Aggregation.TIME_WEIGHTED,
        _where(params),
        carry_over=params.get("carry_over", False),
        ties=Ties.LISTED,
        initial_value=Decimal(params.get("initial_value", "0")),
    )


def _prorated_sum(params: Keys) -> MeasureRule:
    require_known(params, "duration_days ratio_days carry_over filter rounding")
    return MeasureRule(
        Aggregation.PRORATED_SUM,
        _where(params),
        carry_over=params.get("carry_over", True),
        ties=Ties.LISTED,
        duration_days=optional(params.get("duration_days")),
        ratio_days=optional(params.get("ratio_days")),
    )


def _prorated_unique_count(params: Keys) -> MeasureRule:
    require_known(params, "duration_days carry_over filter rounding")
    return MeasureRule(
        Aggregation.UNIQUE_DAYS,
        _where(params),
        carry_over=params.get("carry_over", True),
        ties=Ties.LISTED,
        duration_days=optional(params.get("duration_days")),
    )


RULES: dict[str, Callable[[Keys], MeasureRule]] = {
    "count": _plain(Aggregation.COUNT),
    "sum": _plain(Aggregation.SUM),
    "max": _plain(Aggregation.MAX),
    "latest": _plain(Aggregation.LAST),
    "unique_count": _plain(Aggregation.UNIQUE),
    "weighted_average": _weighted_average,
    "prorated_sum": _prorated_sum,
    "prorated_unique_count": _prorated_unique_count,
}
MODELS = (*RULES, "day_count")
"""Every model that `measure_case` knows."""


def _day_count(params: Keys, period: Keys) -> Fraction:
    """Count the days as they are written: the zone of the period does not matter."""
    require_known(params, "basis fixed_month_days rounding")
    require_known(period, "from to timezone convention")
    if params["basis"] not in _BASES:
        raise NotSupportedError(f"day count {params['basis']}")
    basis, fixed = _BASES[params["basis"]], int(params.get("fixed_month_days", 30))
    written = str(period["from"]), str(period["to"])
    if basis is DayCount.SECONDS and not any(_DATE.fullmatch(text) for text in written):
        return days(_instant(written[0]), _instant(written[1]), basis)
    return days(date.fromisoformat(written[0][:10]), date.fromisoformat(written[1][:10]), basis, fixed)


def _where(params: Keys) -> tuple[Condition, ...]:
    return tuple(Condition(name, tuple(values)) for name, values in params.get("filter", {}).items())


def event_from_case(entry: Keys) -> Event:
    require_known(entry, "at value id action properties")
    value, action = entry.get("value"), entry.get("action", "add")
    if action not in ("add", "remove"):
        raise NotSupportedError(f"action {action}")
    number = value is not None and _NUMBER.fullmatch(str(value))
    return Event(
        _instant(entry["at"]),
        Decimal(str(value)) if number else None,
        "" if entry.get("id") is None else str(entry["id"]),
        adds=action == "add",
        properties=entry.get("properties") or {},
    )


def period_instants(period: Keys) -> tuple[datetime, datetime]:
    """Return start and end of a period; bare dates include the last day unless the case says otherwise."""
    convention, zone = period.get("convention"), period.get("timezone", "UTC")
    if convention not in (None, "end_exclusive", "inclusive_days"):
        raise NotSupportedError(f"period convention {convention}")
    first, last = str(period["from"]), str(period["to"])
    start = start_of_day(date.fromisoformat(first), zone) if _DATE.fullmatch(first) else _instant(first)
    if convention == "inclusive_days" or (convention is None and _DATE.fullmatch(last)):
        return start, start_of_day(date.fromisoformat(last[:10]) + _ONE_DAY, zone)
    return start, start_of_day(date.fromisoformat(last), zone) if _DATE.fullmatch(last) else _instant(last)


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

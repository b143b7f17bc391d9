"""Published cases become the product's own charges and readings.

Nothing is calculated here that the engine rates: a case becomes a charge and a reading, or, for a minimum commitment
over a nested price, two of each. A key that no definition covers is an error, so that no switch is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dutycycle.rating.charge import (
    NOT_ROUNDED,
    Aggregation,
    Cadence,
    Charge,
    Measure,
    Price,
    RoundTo,
)
from dutycycle.rating.fraction import round_fraction
from dutycycle.rating.line import RatedLine
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.price import Commitment, Flat, Graduated, Package, PerUnit, PriceModel, Tier, TierTable, Volume
from dutycycle.rating.reading import LinePosition, Reading
from tests.conformance.case import MODES, Case, NotSupportedError, Outcome

Params = dict[str, Any]
METER = Measure(Aggregation.SUM, "units")
SPENT = "spent"


def rate(case: Case, core: str) -> Outcome:
    """Rate a case with the named core. Raises NotSupportedError for a model the engine does not have."""
    translate = MODELS.get(case.model)
    if translate is None:
        raise NotSupportedError(case.model)
    return translate(case, core)


def _single_line(case: Case, core: str) -> Outcome:
    line = _rate_price(case.model, case.params, case.usage, case.currency, core)
    numbers = {"amount": _value(line)}
    packages = [step.quantity for step in line.steps if step.stage == "package" and step.quantity is not None]
    if packages:
        numbers["packages"] = Fraction(packages[0])
    return Outcome(numbers, _lines_by_tier(line))


def _minimum_commitment(case: Case, core: str) -> Outcome:
    params = case.params
    _known(params, "minimum settle charges price proration rounding already_billed exempt_charges")
    rule = params.get("rounding")
    if "price" in params:
        nested = params["price"]
        covered = {SPENT: _rate_price(nested["model"], nested["params"], case.usage, case.currency, core).amount}
    else:
        at = rule["at"] if rule else ""
        covered = {f"charge-{i}": _charge_amount(text, rule, at) for i, text in enumerate(params["charges"])}
    covered = covered or {SPENT: Decimal(0)}
    commitment = Commitment(Decimal(params["minimum"]), tuple(covered), _share(params.get("proration")))
    charge = Charge("commitment", "Minimum commitment", Price(commitment), rounding=_round_to(rule))
    reading = Reading(
        covered=covered,
        already_billed=Decimal(params.get("already_billed", "0")),
        position=LinePosition.LAST if params.get("settle", True) else LinePosition.MID,
    )
    true_up = _value(rate_line(charge, reading, case.currency, core))
    exempt = sum(map(Fraction, _listed(params.get("exempt_charges", []))), Fraction(0))
    spent = sum(map(Fraction, covered.values()), Fraction(0))
    return Outcome({"amount": true_up, "total": spent + true_up + exempt})


MODELS: dict[str, Callable[[Case, str], Outcome]] = {
    "flat": _single_line,
    "per_unit": _single_line,
    "graduated": _single_line,
    "volume": _single_line,
    "package": _single_line,
    "minimum_commitment": _minimum_commitment,
}


def _rate_price(model: str, params: Params, usage: Any, currency: str, core: str) -> RatedLine:
    """Rate one price as a charge of its own."""
    if model not in PRICES:
        raise NotSupportedError(model)
    rounding = params.get("rounding") if model != "package" else None
    measure = None if model == "flat" else METER
    cadence = Cadence.IN_ADVANCE if params.get("payment_term") == "in_advance" else Cadence.IN_ARREARS
    price = Price(PRICES[model](params))
    charge = Charge("charge", "Charge", price, measure, cadence=cadence, rounding=_round_to(rounding))
    return rate_line(charge, _reading(model, params, usage), currency, core)


def _reading(model: str, params: Params, usage: Any) -> Reading:
    priced = None
    if isinstance(usage, dict):
        _known(usage, "quantity priced_quantity")
        usage, priced = usage["quantity"], usage.get("priced_quantity")
    quantity = params.get("quantity", "1") if model == "flat" else usage
    return Reading(
        Decimal(quantity),
        _optional(params.get("prior_quantity")),
        _optional(priced),
        LinePosition(params.get("line_position", "single")),
    )


def _flat(params: Params) -> Flat:
    _known(params, "amount quantity payment_term line_position rounding")
    return Flat(Decimal(params["amount"]))


def _per_unit(params: Params) -> PerUnit:
    _known(params, "unit_amount rounding prior_quantity")
    return PerUnit(Decimal(params["unit_amount"]))


def _graduated(params: Params) -> Graduated:
    _known(params, "tiers tier_bounds flat_on_zero base_amount prior_quantity rounding")
    return Graduated(_table(params))


def _volume(params: Params) -> Volume:
    _known(params, "tiers tier_bounds flat_on_zero base_amount line_position rounding")
    return Volume(_table(params))


def _package(params: Params) -> Package:
    _known(params, "package_size package_amount free_units minimum_packages rounding prior_quantity")
    return Package(
        Decimal(params["package_size"]),
        Decimal(params["package_amount"]),
        Decimal(params.get("free_units", "0")),
        int(params.get("minimum_packages", "0")),
        {"up": False, "down": True}[params.get("rounding") or "up"],
    )


PRICES: dict[str, Callable[[Params], PriceModel]] = {
    "flat": _flat,
    "per_unit": _per_unit,
    "graduated": _graduated,
    "volume": _volume,
    "package": _package,
}


def _table(params: Params) -> TierTable:
    if params.get("tier_bounds", "upper_inclusive") != "upper_inclusive":
        raise NotSupportedError(f"tier bounds {params['tier_bounds']}")
    tiers = tuple(_tier(entry) for entry in params["tiers"])
    at_zero = {"first_tier": True, "none": False}[params.get("flat_on_zero", "none")]
    return TierTable(tiers, at_zero, Decimal(params.get("base_amount", "0")))


def _tier(entry: Params) -> Tier:
    _known(entry, "up_to unit_amount flat_amount cap_amount")
    return Tier(
        _optional(entry["up_to"]),
        Decimal(entry.get("unit_amount") or "0"),
        Decimal(entry.get("flat_amount") or "0"),
        _optional(entry.get("cap_amount")),
    )


def _round_to(rule: Any) -> RoundTo:
    """Return the rounding of the one printed line; a rule for something finer than the line is not the product's."""
    if rule is None:
        return NOT_ROUNDED
    if rule.get("at", "total") not in ("total", "line", "true_up", "each_charge"):
        raise NotSupportedError(f"rounding at {rule['at']}")
    return RoundTo(int(rule["scale"]), MODES[rule["mode"]])


def _charge_amount(text: str, rule: Any, at: str) -> Decimal:
    return (
        round_fraction(Fraction(text), int(rule["scale"]), MODES[rule["mode"]])
        if at == "each_charge"
        else Decimal(text)
    )


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _share(proration: Any) -> Fraction:
    """Return the active part of the period, days counted at both ends."""
    if proration is None:
        return Fraction(1)
    if proration.get("convention", "inclusive_days") != "inclusive_days":
        raise NotSupportedError(f"proration by {proration['convention']}")
    return Fraction(_days(proration["active"]), _days(proration["full"]))


def _days(span: dict[str, str]) -> int:
    return max(0, (date.fromisoformat(span["to"]) - date.fromisoformat(span["from"])).days + 1)


def _value(line: RatedLine) -> Fraction:
    """Return the amount, exact where the line is not rounded."""
    return line.exact if not line.rounded else Fraction(line.amount)


def _lines_by_tier(line: RatedLine) -> tuple[dict[str, Fraction], ...]:
    """Merge the steps of each tier."""
    merged: dict[int, dict[str, Fraction]] = {}
    for step in line.steps:
        if step.tier is not None and step.amount is not None:
            entry = merged.setdefault(
                step.tier, {"tier": Fraction(step.tier), "quantity": Fraction(0), "amount": Fraction(0)}
            )
            entry["quantity"] += Fraction(step.quantity or 0)
            entry["amount"] += step.amount
    return tuple(merged.values())


def _optional(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _known(given: Iterable[str], known: str) -> None:
    unknown = set(given) - set(known.split())
    if unknown:
        raise NotSupportedError(f"switch {', '.join(sorted(unknown))}")

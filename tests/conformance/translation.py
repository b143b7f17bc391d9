"""Published cases become the product's own charges and readings.

Nothing is calculated here that the engine rates: a case becomes charges and readings, the line's amounts become the
figures that the case expects. A key that no definition covers is an error, so that no switch is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dutycycle.charge.adjust import (
    NOT_ROUNDED,
    Adjust,
    Bound,
    Cadence,
    DayCount,
    Discount,
    DiscountOrder,
    PartyShare,
    ProratedPart,
    Proration,
    RoundingAt,
    RoundTo,
    SplitTies,
)
from dutycycle.charge.baseline import Baseline
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.measure import EVENT, WINDOW, Aggregation, Measure, Quantify
from dutycycle.charge.portion import Change, Entry
from dutycycle.charge.price import (
    BlockRule,
    Blocks,
    BlockTier,
    Capacity,
    CapacityLimit,
    CapacityTier,
    Cell,
    CellMatch,
    Commitment,
    Committed,
    Flat,
    Graduated,
    Matrix,
    MatrixTiers,
    Package,
    PassThrough,
    Percentage,
    PerUnit,
    PriceModel,
    Tier,
    TierBounds,
    TierTable,
    Volume,
)
from dutycycle.kit.quantity import Rounding
from dutycycle.rating.line import RatedLine
from dutycycle.rating.measure.change import changes_of_ids, changes_of_values
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import LinePosition, Reading, Span, Stretch
from tests.conformance.case import MODES, Case, NotSupportedError, Outcome, optional, require_known
from tests.conformance.measuring import MODELS as MEASURED
from tests.conformance.measuring import event_from_case, measure_case, period_instants

Params = dict[str, Any]
METER = Measure(Aggregation.SUM, "units")
ENTRIES = replace(METER, each="unit")
SPENT = "spent"
ROUNDED_AT = {
    "total": RoundingAt.LINE, "line": RoundingAt.LINE, "true_up": RoundingAt.LINE, "segment": RoundingAt.LINE,
    "each_charge": RoundingAt.LINE, "each_coupon": RoundingAt.STAGE, "cumulative": RoundingAt.CUMULATIVE,
}  # fmt: skip


def rate(case: Case, core: str) -> Outcome:
    """Rate a case with the named core. Raises NotSupportedError for a model the engine does not have."""
    translate = MODELS.get(case.model)
    if translate is None:
        raise NotSupportedError(case.model)
    return translate(case, core)


# Prices of one quantity.


def _single_line(case: Case, core: str) -> Outcome:
    line = _rate_price(case.model, case.params, case.usage, case.currency, core)
    numbers = {"amount": _value(line)}
    packages = [step.quantity for step in line.steps if step.stage == "package" and step.quantity is not None]
    if packages:
        numbers["packages"] = Fraction(packages[0])
    return Outcome(numbers, _lines_by_tier(line))


def _rate_price(model: str, params: Params, usage: Any, currency: str, core: str, **terms: Any) -> RatedLine:
    """Rate one price as a charge of its own; `terms` are further parts of the charge."""
    return rate_line(_charge(model, params, **terms), _reading(model, params, usage), currency, core)


def _charge(model: str, params: Params, **terms: Any) -> Charge:
    if model not in PRICES:
        raise NotSupportedError(model)
    rounding = params.get("rounding") if model != "package" else None
    cadence = Cadence.IN_ADVANCE if params.get("payment_term") == "in_advance" else Cadence.IN_ARREARS
    made = Charge("charge", "Charge", Price(PRICES[model](params)), None if model == "flat" else METER, cadence=cadence,
                  rounding=_round_to(rounding))  # fmt: skip
    return replace(made, **terms)


def _reading(model: str, params: Params, usage: Any) -> Reading:
    priced = None
    if isinstance(usage, dict):
        require_known(usage, "quantity priced_quantity")
        usage, priced = usage["quantity"], usage.get("priced_quantity")
    quantity = params.get("quantity", "1") if model == "flat" else usage
    return Reading(
        Decimal(quantity),
        optional(params.get("prior_quantity")),
        optional(priced),
        LinePosition(params.get("line_position", "single")),
    )


def _flat(params: Params) -> Flat:
    require_known(params, "amount quantity payment_term line_position rounding")
    return Flat(Decimal(params["amount"]))


def _per_unit(params: Params) -> PerUnit:
    require_known(params, "unit_amount rounding prior_quantity")
    return PerUnit(Decimal(params["unit_amount"]))


def _graduated(params: Params) -> Graduated:
    require_known(params, "tiers tier_bounds flat_on_zero base_amount prior_quantity rounding")
    return Graduated(_table(params))


def _volume(params: Params) -> Volume:
    require_known(params, "tiers tier_bounds flat_on_zero base_amount line_position rounding prior_quantity")
    return Volume(_table(params))


def _package(params: Params) -> Package:
    require_known(params, "package_size package_amount free_units minimum_packages rounding prior_quantity")
    return Package(
        Decimal(params["package_size"]),
        Decimal(params["package_amount"]),
        Decimal(params.get("free_units") or "0"),
        int(params.get("minimum_packages") or "0"),
        {"up": Rounding.UP, "down": Rounding.DOWN}[params.get("rounding") or "up"],
    )


def _dynamic(params: Params) -> PassThrough:
    require_known(params, "multiplier rounding")
    return PassThrough(Decimal(params.get("multiplier") or "1"))


PRICES: dict[str, Callable[[Params], PriceModel]] = {
    "flat": _flat,
    "per_unit": _per_unit,
    "graduated": _graduated,
    "graduated_percentage": _graduated,
    "volume": _volume,
    "package": _package,
    "dynamic": _dynamic,
}


def _table(params: Params) -> TierTable:
    bounds = params.get("tier_bounds") or "upper_inclusive"
    tiers = tuple(_tier(entry) for entry in params["tiers"])
    at_zero = {"first_tier": True, "none": False}[params.get("flat_on_zero") or "none"]
    return TierTable(tiers, at_zero, Decimal(params.get("base_amount") or "0"), TierBounds[bounds.upper()])


def _tier(entry: Params) -> Tier:
    require_known(entry, "up_to unit_amount flat_amount cap_amount rate_percent")
    unit_amount = Decimal(entry.get("unit_amount") or "0")
    if entry.get("rate_percent") is not None:
        unit_amount = Decimal(entry["rate_percent"]).scaleb(-2)  # so much per unit of money
    return Tier(
        optional(entry["up_to"]),
        unit_amount,
        Decimal(entry.get("flat_amount") or "0"),
        optional(entry.get("cap_amount")),
    )


# Prices of several entries.


def _dynamic_line(case: Case, core: str) -> Outcome:
    usage = case.usage
    if not isinstance(usage, dict):
        return _single_line(case, core)
    require_known(usage, "event_amounts units")
    if Decimal(usage["units"]) == 0:
        return Outcome({"amount": _value(_rate_price("dynamic", case.params, "0", case.currency, core))})
    each_rounded = (case.params.get("rounding") or {}).get("at") == "line"
    charge = _charge("dynamic", case.params, measure=replace(METER, each=EVENT))
    if each_rounded and charge.rounding is not None:
        charge = replace(charge, rounding=replace(charge.rounding, at=RoundingAt.STEP))
    entries = _entries({str(index): value for index, value in enumerate(usage["event_amounts"])})
    return Outcome({"amount": _value(rate_line(charge, Reading(entries=entries), case.currency, core))})


def _tiered_package(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "mode units base_amount rounding already_billed")
    rule = {"graduated": BlockRule.EVERY_TIER, "volume": BlockRule.TIER_REACHED}[params["mode"]]
    cells = tuple(
        Cell((CellMatch("unit", (name,)),), Blocks(tuple(map(_block_tier, unit["tiers"])), rule))
        for name, unit in params["units"].items()
    )
    matrix = Matrix(cells, base_amount=Decimal(params.get("base_amount") or "0"))
    line = _rate_entries(case, core, matrix, case.usage, billed=_billed(params.get("already_billed")))
    lines = tuple(
        {"unit": step.key, "tier": Fraction(step.tier), "amount": step.amount}
        for step in line.steps
        if step.tier is not None and step.amount is not None
    )
    return Outcome({"amount": _value(line)}, lines)


def _block_tier(entry: Params) -> BlockTier:
    require_known(entry, "block_size max_blocks block_amount")
    return BlockTier(Decimal(entry["block_size"]), int(entry["max_blocks"] or 0), Decimal(entry["block_amount"]))


def _billed(value: Any) -> Decimal | None:
    return optional(value["total"] if isinstance(value, dict) else value)


def _capacity(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "tiers base_amount already_billed rounding")
    tiers = tuple(
        CapacityTier(
            tuple(CapacityLimit(key, optional(most)) for key, most in tier["limits"].items()), Decimal(tier["amount"])
        )
        for tier in params["tiers"]
    )
    model = Capacity(tiers, Decimal(params.get("base_amount") or "0"))
    return Outcome(
        {"amount": _value(_rate_entries(case, core, model, case.usage, billed=_billed(params.get("already_billed"))))}
    )


def _rate_entries(
    case: Case, core: str, model: PriceModel, usage: Mapping[str, str], billed: Decimal | None = None
) -> RatedLine:
    charge = Charge("charge", "Charge", Price(model), ENTRIES, rounding=_round_to(case.params.get("rounding")))
    return rate_line(charge, Reading(entries=_entries(usage), billed_before=billed), case.currency, core)


def _entries(usage: Mapping[str, str]) -> tuple[Entry, ...]:
    return tuple(Entry(key, Fraction(value), {"unit": key}) for key, value in usage.items())


def _percentage(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(
        params, "rate_percent fixed_amount free_events free_amount per_transaction_min per_transaction_max rounding"
    )
    model = Percentage(
        Decimal(params["rate_percent"]),
        Decimal(params.get("fixed_amount") or "0"),
        int(params.get("free_events") or "0"),
        optional(params.get("free_amount")),
        optional(params.get("per_transaction_min")),
        optional(params.get("per_transaction_max")),
    )
    events = {f"event {number}": value for number, value in enumerate(case.usage["events"], start=1)}
    return Outcome({"amount": _value(_rate_entries(case, core, model, events))})


def _matrix(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "cells default_unit_amount rounding")
    cells = tuple(
        Cell(tuple(_matches(cell["match"])), PerUnit(Decimal(cell["unit_amount"]))) for cell in params["cells"]
    )
    default = optional(params.get("default_unit_amount"))
    model = Matrix(cells, None if default is None else PerUnit(default), MatrixTiers.EACH_ENTRY)
    entries = tuple(
        Entry(f"row {number}", Fraction(row["quantity"]), row["dimensions"])
        for number, row in enumerate(case.usage, start=1)
    )
    charge = Charge("charge", "Charge", Price(model), ENTRIES, rounding=_round_to(params.get("rounding")))
    line = rate_line(charge, Reading(entries=entries), case.currency, core)
    return Outcome({"amount": _value(line)}, _amounts(line, "unit"))


def _matches(match: Params) -> Iterable[CellMatch]:
    for name, wanted in match.items():
        values = () if wanted == "*" else tuple([wanted] if isinstance(wanted, str) else wanted)
        yield CellMatch(name, values)


def _bucketed_max(case: Case, core: str) -> Outcome:
    """Each bucket's peak is an entry that is priced on its own."""
    params = case.params
    require_known(params, "price rounding bucket bucket_size window")
    nested = params["price"]
    charge = _charge(nested["model"], nested["params"], measure=replace(METER, each=WINDOW))
    if params.get("rounding") is not None:
        charge = replace(charge, rounding=_round_to(params["rounding"]))
    entries = tuple(Entry(f"bucket {number}", peak) for number, peak in enumerate(_peaks(case.usage), start=1))
    line = rate_line(charge, Reading(entries=entries), case.currency, core)
    amounts: dict[str, Fraction] = {entry.key: Fraction(0) for entry in entries}
    for step in line.steps:
        if step.amount is not None and step.key:
            amounts[step.key] += step.amount
    lines = tuple({"amount": amount} for amount in amounts.values())
    return Outcome({"amount": _value(line), "quantity": sum((entry.quantity for entry in entries), Fraction(0))}, lines)


def _peaks(usage: Any) -> list[Fraction]:
    """Read the buckets, each a list of raw values, or an object that holds one."""
    if isinstance(usage, dict) and set(usage) & {"buckets", "windows"}:
        usage = usage.get("buckets") or usage.get("windows")
    buckets: Iterable[Any] = usage.values() if isinstance(usage, dict) else usage
    peaks = []
    for bucket in buckets:
        values = bucket
        if isinstance(bucket, dict):
            values = next(bucket[name] for name in ("values", "events", "raw", "value") if name in bucket)
        values = [values] if isinstance(values, str | int | Decimal) else values
        peaks.append(max((Fraction(v["value"] if isinstance(v, dict) else v) for v in values), default=Fraction(0)))
    return peaks


# Commitments, limits, discounts.


def _minimum_commitment(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "minimum settle charges price proration rounding already_billed exempt_charges")
    rule = params.get("rounding")
    if "price" in params:
        nested = params["price"]
        covered = {SPENT: _rate_price(nested["model"], nested["params"], case.usage, case.currency, core).amount}
    else:
        each_rounded = bool(rule) and rule.get("at") == "each_charge"
        covered = {
            f"charge-{i}": _flat_amount(text, rule if each_rounded else None, case.currency, core)
            for i, text in enumerate(params["charges"])
        }
    covered = covered or {SPENT: Decimal(0)}
    stretches, proration = _stretches(params.get("proration"))
    charge = Charge(
        "commitment", "Minimum commitment", Price(Commitment(Decimal(params["minimum"]), tuple(covered))),
        rounding=_round_to(rule), adjust=Adjust(proration=proration),
    )  # fmt: skip
    reading = Reading(
        covered=covered,
        already_billed=Decimal(params.get("already_billed") or "0"),
        position=LinePosition.LAST if params.get("settle", True) else LinePosition.MID,
        stretches=stretches,
    )
    true_up = _value(rate_line(charge, reading, case.currency, core))
    exempt = sum(map(Fraction, _listed(params.get("exempt_charges") or [])), Fraction(0))
    spent = sum(map(Fraction, covered.values()), Fraction(0))
    return Outcome({"amount": true_up, "total": spent + true_up + exempt})


def _flat_amount(text: str, rule: Any, currency: str, core: str) -> Decimal:
    charge = Charge("charge", "Charge", Price(Flat(Decimal(text))), rounding=_round_to(rule))
    return rate_line(charge, Reading(), currency, core).amount


def _stretches(given: Any) -> tuple[tuple[Stretch, ...], Proration | None]:
    if given is None:
        return (), None
    require_known(given, "active full convention")
    if given.get("convention", "inclusive_days") != "inclusive_days":
        raise NotSupportedError(f"proration by {given['convention']}")
    proration = Proration(DayCount.INCLUSIVE_DAYS, parts=(ProratedPart.MINIMUM,))
    return (Stretch(_span(given["active"]), _span(given["full"])),), proration


def _maximum(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "maximum price already_billed rounding percent_discount")
    nested, rule = params["price"], _round_to(params.get("rounding"))
    percent = params.get("percent_discount")
    terms = {
        "bound": Bound(maximum=Decimal(params["maximum"])),
        "adjust": Adjust(discounts=() if percent is None else (Discount(percent=Decimal(percent)),)),
        "rounding": replace(rule, at=RoundingAt.STAGE),
    }
    charge = _charge(nested["model"], nested["params"], **terms)
    reading = _reading(nested["model"], nested["params"], case.usage)
    already = Decimal(params.get("already_billed") or "0")
    line = rate_line(charge, replace(reading, already_billed=already), case.currency, core)
    numbers = {"amount": _value(line), "max_spend_discount": -_stage(line, "maximum")}
    return Outcome(numbers | {"percent_discount": -_stage(line, "discount")})


def _stage(line: RatedLine, stage: str) -> Fraction:
    """Add up what a stage adds, with the rounding that follows it."""
    total, counted = Fraction(0), False
    for step in line.steps:
        counted = step.stage == stage or (counted and step.stage == "round")
        if counted and step.amount is not None:
            total += step.amount
    return total


def _discount(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "coupons order rounding")
    order = params.get("order") or "as_listed"
    known = {"percent_first": DiscountOrder.PERCENTAGES_FIRST, "fixed_first": DiscountOrder.AMOUNTS_FIRST}
    discounts = tuple(
        Discount(percent=Decimal(each["value"]))
        if each["type"] == "percent"
        else Discount(amount=Decimal(each["value"]))
        for each in params["coupons"]
    )
    adjust = Adjust(discounts, known.get(order, DiscountOrder.AS_LISTED))
    # The subtotal itself is not rounded: only what each coupon takes off is.
    charge = Charge("charge", "Subtotal", Price(PassThrough()), METER, adjust=adjust, rounding=NOT_ROUNDED)
    rule = params.get("rounding")
    if rule is not None:
        charge = replace(charge, rounding=RoundTo(int(rule["scale"]), MODES[rule["mode"]], RoundingAt.DISCOUNT))
    line = rate_line(charge, Reading(Decimal(case.usage)), case.currency, core)
    return Outcome({"amount": _value(line), "discount": Fraction(case.usage) - _value(line)})


def _usage_discount(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "discount_quantity price prior_quantity")
    free = params["discount_quantity"]
    line = _above(params["price"], free, case.usage, params.get("prior_quantity"), case.currency, core)
    before = _above(params["price"], free, params.get("prior_quantity") or "0", None, case.currency, core)
    return Outcome({
        "amount": _value(line),
        "quantity": Fraction(line.billable_quantity or 0),
        "prior_billed_quantity": Fraction(before.billable_quantity or 0),
    })  # fmt: skip


def _above(nested: Params, free: str, usage: str, prior: str | None, currency: str, core: str) -> RatedLine:
    charge = _charge(nested["model"], nested["params"], baseline=Baseline(Decimal(free)))
    charge = replace(charge, price=replace(charge.price, on=PriceOn.ABOVE))
    return rate_line(charge, Reading(Decimal(usage), optional(prior)), currency, core)


def _allowance_overage(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "included unit_amount reset enabled cumulative_less_prior mode rounding")
    included = "0" if params.get("enabled") is False else params.get("included")
    price, prior, usage = PerUnit(Decimal(params["unit_amount"])), None, case.usage
    if included is None:
        # Unlimited: nothing is ever beyond it.
        price, included = PerUnit(Decimal(0)), "0"
        unlimited = True
    else:
        unlimited = False
    charge = Charge(
        "charge", "Charge", Price(price, PriceOn.ABOVE), METER, baseline=Baseline(Decimal(included)),
        rounding=_round_to(params.get("rounding")),
    )  # fmt: skip
    if (
        "cumulative_less_prior" in (params.get("reset"), params.get("mode"))
        or params.get("cumulative_less_prior")
        or (isinstance(usage, dict) and "before" in usage)
    ):
        pair = usage if isinstance(usage, list) else [usage["before"], usage["now"]]
        # The usage of the window is compared with what is included, whatever was used before it.
        usage, prior = pair[1], None
    if isinstance(usage, list | dict):
        days = usage.values() if isinstance(usage, dict) else usage
        entries = tuple(Entry(f"day {n}", Fraction(_day_usage(value))) for n, value in enumerate(days, start=1))
        line = rate_line(replace(charge, measure=ENTRIES), Reading(entries=entries), case.currency, core)
    else:
        line = rate_line(charge, Reading(Decimal(usage), prior), case.currency, core)
    billable = Fraction(0) if unlimited else Fraction(line.billable_quantity or 0)
    return Outcome({"amount": _value(line), "quantity": billable})


def _day_usage(value: Any) -> Any:
    return (
        next(value[name] for name in ("quantity", "value", "usage") if name in value)
        if isinstance(value, dict)
        else value
    )


def _commitment_overage(case: Case, core: str) -> Outcome:
    params = case.params
    if params.get("scope") == "cumulative":
        return _cumulative_commitment(case, core)
    require_known(params, "scope unit_amount price commitment overage_factor true_up windows buckets rounding")
    cells = tuple(
        Cell(
            (CellMatch("hour", (), Decimal(str(each["from_hour"])), Decimal(str(each["to_hour"]))),),
            _committed(each, _unit_amount(params)),
        )
        for each in params.get("buckets") or ()
    )
    model = Matrix(cells, _committed(params, "0"), MatrixTiers.EACH_ENTRY)
    entries = tuple(_window_entry(number, each) for number, each in enumerate(_windows(case.usage), start=1))
    charge = Charge(
        "charge", "Charge", Price(model), replace(METER, each=WINDOW), rounding=_round_to(params.get("rounding"))
    )
    line = rate_line(charge, Reading(entries=entries), case.currency, core)
    parts = {"utilized": "within", "overage": "overage", "true_up": "true_up"}
    lines = tuple(
        {"amount": _added(line, "", entry.key)} | {name: _added(line, of, entry.key) for name, of in parts.items()}
        for entry in entries
    )
    return Outcome({"amount": _value(line)} | {name: _added(line, stage) for name, stage in parts.items()}, lines)


def _unit_amount(params: Params) -> str | None:
    if "price" in params:
        return str(params["price"]["params"]["unit_amount"])
    return params.get("unit_amount")


def _committed(each: Params, otherwise: str | None) -> Committed:
    """Read the price and the commitment of a bucket, or of all windows outside of one."""
    commitment = each.get("commitment")
    value = commitment.get("value") if isinstance(commitment, dict) else commitment
    by_quantity = isinstance(commitment, dict) and commitment.get("type") == "quantity"
    return Committed(
        Decimal(_unit_amount(each) or otherwise or "0"),
        optional(value) if by_quantity else None,
        None if by_quantity else optional(value),
        Decimal(each.get("overage_factor") or "1"),
        bool(each.get("true_up")),
    )


def _windows(usage: Any) -> list[Any]:
    return list(usage["windows"] if isinstance(usage, dict) else usage)


def _window_entry(number: int, each: Any) -> Entry:
    if not isinstance(each, dict):
        return Entry(f"window {number}", Fraction(each))
    attributes = {}
    at = next((each[name] for name in ("at", "start", "from", "window_start", "timestamp") if name in each), None)
    if "hour" in each:
        attributes["hour"] = str(each["hour"])
    elif at is not None:
        moment = datetime.fromisoformat(at)
        attributes["hour"] = str((moment if moment.tzinfo is None else moment.astimezone(UTC)).hour)
    value = next(each[name] for name in ("value", "quantity", "usage") if name in each)
    return Entry(f"window {number}", Fraction(value), attributes)


def _cumulative_commitment(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "scope commitment overage_factor prior_base rounding charges")
    listed = case.usage if case.usage is not None else params.get("charges")
    charges = _charges(listed)
    commitment = params["commitment"]
    amount = commitment["value"] if isinstance(commitment, dict) else commitment
    model = Committed(
        amount=Decimal(amount), overage_factor=Decimal(params.get("overage_factor") or "1"), covers=tuple(charges)
    )
    split = Adjust(split=tuple(PartyShare(key, value) for key, value in charges.items() if value > 0))
    charge = Charge("charge", "Commitment", Price(model), rounding=_round_to(params.get("rounding")), adjust=split)
    reading = Reading(covered=charges, prior_quantity=Decimal(params.get("prior_base") or "0"))
    line = rate_line(charge, reading, case.currency, core)
    within = Charge(
        "within", "Within", Price(Flat(_decimal(_added(line, "within")))), rounding=RoundTo(2), adjust=split
    )
    shares = {share.key: Fraction(share.amount) for share in rate_line(within, Reading(), case.currency, core).parties}
    lines = tuple(
        {
            "key": key,
            "amount": shares.get(key, Fraction(0)),
            "within": shares.get(key, Fraction(0)),
            "utilized": shares.get(key, Fraction(0)),
            "overage": Fraction(value) - shares.get(key, Fraction(0)),
        }
        for key, value in charges.items()
    )
    numbers = {"amount": _value(line), "utilized": _added(line, "within"), "within": _added(line, "within")}
    return Outcome(numbers | {"overage": _added(line, "overage"), "true_up": Fraction(0)}, lines)


def _charges(listed: Any) -> dict[str, Decimal]:
    if isinstance(listed, dict) and "charges" in listed:
        listed = listed["charges"]
    if isinstance(listed, dict):
        return {key: Decimal(value) for key, value in listed.items()}
    found = {}
    for number, each in enumerate(listed, start=1):
        if isinstance(each, dict):
            key = str(each.get("key") or each.get("id") or number)
            found[key] = Decimal(next(each[name] for name in ("amount", "value", "base") if name in each))
        else:
            found[str(number)] = Decimal(each)
    return found


def _added(line: RatedLine, stage: str, key: str = "") -> Fraction:
    """Add up what a stage, or any stage, adds for an entry, or for all."""
    steps = (step for step in line.steps if stage in ("", step.stage) and key in ("", step.key))
    return sum((step.amount for step in steps if step.amount is not None), Fraction(0))


# Whole periods and parts of them.


def _delta(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "price rounding maximum minimum_on_final_phase discount_quantity usage_discount")
    nested, last = params["price"], len(case.usage) - 1
    free = params.get("discount_quantity") or params.get("usage_discount")
    charge = _charge(
        nested["model"], nested["params"],
        bound=Bound(optional(params.get("minimum_on_final_phase")), optional(params.get("maximum"))),
        rounding=_round_to(params.get("rounding") or nested["params"].get("rounding")),
        baseline=None if free is None else Baseline(Decimal(free)),
    )  # fmt: skip
    if free is not None:
        charge = replace(charge, price=replace(charge.price, on=PriceOn.ABOVE))
    lines, billed = [], Fraction(0)
    for phase, quantity in enumerate(case.usage):
        position = LinePosition.LAST if phase == last else LinePosition.MID
        if isinstance(charge.price.model, Volume | Flat):
            position = LinePosition.LAST  # every phase is priced as if it were the last
        bound = charge.bound if phase == last else replace(charge.bound, minimum=None)
        reading = Reading(Decimal(quantity), position=position, billed_before=_exact_decimal(billed))
        line = rate_line(replace(charge, bound=bound), reading, case.currency, core)
        lines.append({"amount": _value(line)})
        billed += _value(line)
    return Outcome({"amount": billed}, tuple(lines))


def _exact_decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _proration(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "lines basis active segments fixed_month_days full_days rounding credit_cap")
    basis, rule = params["basis"], params.get("rounding")
    segment = RoundTo(int(rule["scale"]), MODES[rule["mode"]]) if rule and rule.get("at") == "segment" else None
    proration = Proration(
        BASES[basis], int(params.get("fixed_month_days") or 0), segment, over=int(params.get("full_days") or 0)
    )
    stretches = tuple(Stretch(_span(each["active"]), _span(each["full"])) for each in params.get("segments") or ())
    if "active" in params:
        stretches = (Stretch(_span(params["active"]), _span(case.period or params["active"])),)
    cap = params.get("credit_cap")
    creditable = None if cap is None else Decimal(cap["billed"]) - Decimal(cap["already_credited"])
    lines = []
    for entry in params["lines"]:
        require_known(entry, "id amount kind quantity prorate")
        credit = entry.get("kind") == "credit"
        amount = Decimal(entry["amount"])
        whole = entry.get("prorate") is False
        charge = Charge(
            "charge", str(entry["id"]), Price(Flat(-amount if credit else amount)),
            adjust=Adjust(proration=None if whole else proration),
            bound=Bound(maximum=Decimal(0)) if credit else Bound(),
            rounding=NOT_ROUNDED if segment is not None else _round_to(rule),
        )  # fmt: skip
        reading = Reading(
            Decimal(entry.get("quantity") or "1"), stretches=stretches, creditable=creditable if credit else None
        )
        lines.append({"amount": _value(rate_line(charge, reading, case.currency, core))})
    return Outcome({"amount": sum((line["amount"] for line in lines), Fraction(0))}, tuple(lines))


BASES = {
    "exclusive_end_days": DayCount.DAYS,
    "inclusive_days": DayCount.INCLUSIVE_DAYS,
    "seconds": DayCount.SECONDS,
    "fixed_month_days": DayCount.FIXED_MONTH,
}


def _span(given: Params) -> Span:
    return Span(_moment(given["from"]), _moment(given["to"]))


def _moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _allocation(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "scale tie_break omit_zero items clamp_to_items")
    adjust = Adjust(
        split=tuple(PartyShare(item["key"], Decimal(item["weight"])) for item in params["items"]),
        split_ties=SplitTies.BY_NAME if params.get("tie_break") == "key" else SplitTies.FIRST_LISTED,
        split_within_weights=bool(params.get("clamp_to_items")),
    )
    price = Price(Flat(Decimal(case.usage)))
    charge = Charge("charge", "Charge", price, adjust=adjust, rounding=RoundTo(int(params["scale"])))
    shares = rate_line(charge, Reading(), case.currency, core).parties
    allocations = tuple({"key": share.key, "amount": Fraction(share.amount)} for share in shares if share.amount != 0)
    return Outcome({"amount": sum((Fraction(share.amount) for share in shares), Fraction(0))}, allocations=allocations)


def _rounding(case: Case, core: str) -> Outcome:
    require_known(case.params, "scale mode at")
    rule = {name: value for name, value in case.params.items() if name != "at"}
    amounts = [Fraction(_flat_amount(text, rule, case.currency, core)) for text in _listed(case.usage)]
    if isinstance(case.usage, list) and case.params.get("at") == "total":
        charge = Charge("charge", "Charge", Price(PassThrough()), replace(METER, each=EVENT), rounding=_round_to(rule))
        entries = _entries({str(number): text for number, text in enumerate(case.usage)})
        amounts = [_value(rate_line(charge, Reading(entries=entries), case.currency, core))]
    return Outcome({"amount": sum(amounts, Fraction(0))})


def _unit_conversion(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "operation factor rounding precision usage_discount price")
    mode = params.get("rounding") or "none"
    factor = Decimal(params["factor"])
    divide = {"multiply": False, "divide": True}[params["operation"]]
    quantify = Quantify(
        factor if divide else Decimal(1),
        None if mode == "none" else Decimal(1).scaleb(-int(params.get("precision") or 0)),
        MODES.get(mode, Rounding.HALF_UP),
        multiply_by=Decimal(1) if divide else factor,
    )
    nested = params.get("price") or {"model": "per_unit", "params": {"unit_amount": "0"}}
    free = Baseline(Decimal(params.get("usage_discount") or "0"))
    charge = _charge(nested["model"], nested["params"], baseline=free, quantify=quantify)
    charge = replace(charge, price=replace(charge.price, on=PriceOn.ABOVE))
    line = rate_line(charge, Reading(Decimal(case.usage)), case.currency, core)
    return Outcome({"amount": _value(line), "quantity": Fraction(line.billable_quantity or 0)})


def _measured(case: Case, core: str) -> Outcome:
    """Measure a case, and rate a unit of it at a price of one, so that the quantity is the one that is billed."""
    quantity = measure_case(case.model, case.params, case.usage, case.period or {}, core)
    charge = Charge("charge", "Charge", Price(PerUnit(Decimal(1))), METER, rounding=NOT_ROUNDED)
    return Outcome({"quantity": _value(rate_line(charge, Reading(quantity), case.currency, core))})


def _prorated_graduated(case: Case, core: str) -> Outcome:
    params = case.params
    require_known(params, "tiers tier_bounds flat_on_zero usage_kind duration_days rounding base_amount")
    table = replace(_table(params), prorate_changes=True)
    charge = Charge("charge", "Charge", Price(Graduated(table)), METER, rounding=_round_to(params.get("rounding")))
    reading = Reading(changes=_changes(params, case.usage, case.period or {}))
    return Outcome({"amount": _value(rate_line(charge, reading, case.currency, core))})


def _changes(params: Params, usage: Any, period: Params) -> tuple[Change, ...]:
    if params["usage_kind"] == "values":
        given = [(Fraction(each["full"]), Fraction(each["prorated"])) for each in usage]
        return tuple(Change(full, prorated / full) for full, prorated in given if full != 0)
    events = [event_from_case(each) for each in usage]
    span = (*period_instants(period), period.get("timezone", "UTC"), optional(params.get("duration_days")))
    kinds = {"dated_values": changes_of_values, "unique_ids": changes_of_ids}
    return kinds[params["usage_kind"]](events, *span)


MODELS: dict[str, Callable[[Case, str], Outcome]] = {
    "flat": _single_line,
    "per_unit": _single_line,
    "graduated": _single_line,
    "graduated_percentage": _single_line,
    "volume": _single_line,
    "package": _single_line,
    "dynamic": _dynamic_line,
    "tiered_package": _tiered_package,
    "capacity_top_tier": _capacity,
    "percentage": _percentage,
    "matrix": _matrix,
    "bucketed_max": _bucketed_max,
    "minimum_commitment": _minimum_commitment,
    "maximum": _maximum,
    "commitment_overage": _commitment_overage,
    "discount": _discount,
    "usage_discount": _usage_discount,
    "allowance_overage": _allowance_overage,
    "delta": _delta,
    "proration": _proration,
    "allocation": _allocation,
    "rounding": _rounding,
    "unit_conversion": _unit_conversion,
    "prorated_graduated": _prorated_graduated,
    **dict.fromkeys(MEASURED, _measured),
}


def _round_to(rule: Any) -> RoundTo:
    """Return the rounding of a charge; a rule for something that the product does not round is not supported."""
    if rule is None:
        return NOT_ROUNDED
    at = rule.get("at", "total")
    if at not in ROUNDED_AT:
        raise NotSupportedError(f"rounding at {at}")
    return RoundTo(int(rule["scale"]), MODES[rule["mode"]], ROUNDED_AT[at])


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _value(line: RatedLine) -> Fraction:
    """Return the amount, exact where the line is not rounded."""
    return line.exact if not line.rounded else Fraction(line.amount)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _amounts(line: RatedLine, stage: str) -> tuple[dict[str, Any], ...]:
    return tuple({"amount": step.amount} for step in line.steps if step.stage == stage and step.amount is not None)


def _lines_by_tier(line: RatedLine) -> tuple[dict[str, Any], ...]:
    """Merge the steps of each tier."""
    merged: dict[int, dict[str, Any]] = {}
    for step in line.steps:
        if step.tier is not None and step.amount is not None:
            entry = merged.setdefault(
                step.tier, {"tier": Fraction(step.tier), "quantity": Fraction(0), "amount": Fraction(0)}
            )
            entry["quantity"] += Fraction(step.quantity or 0)
            entry["amount"] += step.amount
    return tuple(merged.values())

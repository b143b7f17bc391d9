"""Write one schedule of a contract as YAML: its baselines, its prices, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from textwrap import indent

from fleet import Family
from terms import CREDIT_PERCENT, HOUR_PRICE, Hours, ScheduleTerms

POOL = "All schedules together"
NEWLINE = "\n"


@dataclass(frozen=True)
class Agreed:
    """What a schedule starts from."""

    aircraft: int
    flight_hours: Decimal
    cycles: int
    basis: str
    """Where the figures come from, as printed."""


def schedule_id(carrier: str, title: str) -> str:
    """Return the identifier of a schedule: "fl-boeing-717"."""
    return "-".join([carrier.lower(), *re.findall(r"[a-z0-9]+", title.lower())])


def agreed_baseline(family: Family, terms: ScheduleTerms) -> Agreed:
    """Return January's figures, or the stated ones where January has none."""
    if family.cycles[1]:
        return Agreed(len(family.aircraft[1]), family.hours(1), family.cycles[1], "January 2013")
    if terms.stated is None:
        raise ValueError("a schedule without flights in January needs a stated baseline")
    return Agreed(terms.stated.aircraft, terms.stated.flight_hours, 0, "stated at commencement")


def write_schedule(carrier: str, title: str, family: Family, terms: ScheduleTerms, *, pooled: bool) -> str:
    """Return the schedule as an item of the list `schedules`; pooled hours are charged on one of their own."""
    agreed = agreed_baseline(family, terms)
    hour_price = terms.hour_price or HOUR_PRICE[title]
    charges = "".join(_charges(agreed, terms, hour_price, pooled=pooled))
    hours, aircraft = f"{agreed.flight_hours:,}", f"{agreed.aircraft:,}"
    return (
        f"# {title}: {aircraft} aircraft and {hours} flight hours a month ({agreed.basis}).\n"
        f"# {_hours_rule(terms, pooled=pooled)}.\n"
        f"- id: {schedule_id(carrier, title)}\n"
        f"  display_name: {title}\n"
        f"  charges:\n{indent(charges, '    ')}"
    )


def write_pool(carrier: str, families: dict[str, Family], terms: ScheduleTerms) -> str:
    """Return the schedule that compares the hours of all others with one baseline."""
    together = Family()
    for family in families.values():
        together.minutes.update(family.minutes)
    hours = together.hours(1)
    worth = sum((of.hours(1) * (terms.hour_price or HOUR_PRICE[title]) for title, of in families.items()), Decimal(0))
    mean = _rounded(worth / hours, 5)
    agreed = Agreed(0, hours, 0, "January 2013")
    return (
        f"# The hours of all schedules together: {hours:,} a month, whichever aircraft flies them.\n"
        f"- id: {schedule_id(carrier, POOL)}\n"
        f"  display_name: {POOL}\n"
        f"  charges:\n{indent(_flight_hours(agreed, terms, mean, pooled=True), '    ')}"
    )


def _hours_rule(terms: ScheduleTerms, *, pooled: bool) -> str:
    if pooled:
        return "The base charge includes the baseline; hours above it are counted over all schedules together"
    return f"{terms.hours.value[0].upper()}{terms.hours.value[1:]}"


def _charges(agreed: Agreed, terms: ScheduleTerms, hour_price: int, *, pooled: bool) -> Iterator[str]:
    if terms.hours not in (Hours.MINIMUM, Hours.COMMITTED):
        yield _base(agreed, hour_price)
    yield _aircraft(agreed, terms, hour_price)
    if not pooled:
        yield _flight_hours(agreed, terms, hour_price)
    if terms.cycle_price is not None:
        yield _cycles(agreed, terms, terms.cycle_price)
    if terms.hours is Hours.COMMITTED:
        yield _commitment(agreed, terms, hour_price)


def _base(agreed: Agreed, hour_price: int) -> str:
    amount = _rounded(agreed.flight_hours * hour_price, 10)
    return (
        f"# The baseline at ${hour_price:,} an hour, billed a month ahead.\n"
        "- id: base\n"
        "  label: Base charge\n"
        f'  price: {{flat: {{amount: "{amount}.00"}}}}\n'
        "  cadence: in_advance\n"
    )


def _aircraft(agreed: Agreed, terms: ScheduleTerms, hour_price: int) -> str:
    price = hour_price * terms.aircraft_hours
    credit = _rounded(Decimal(price * CREDIT_PERCENT) / 100, 10)
    if terms.credits_aircraft:
        comment = f"An aircraft above the agreed quantity costs ${price:,} a month, one below is credited ${credit:,}."
        pricing = f'{{"on": difference, per_unit: {{unit_amount: "{price}.00", credit_unit_amount: "{credit}.00"}}}}'
    else:
        comment = f"An aircraft above the agreed quantity costs ${price:,} a month; fewer are held at it."
        pricing = f'{{"on": above, per_unit: {{unit_amount: "{price}.00"}}}}'
    return (
        f"# {comment}\n"
        "- id: aircraft\n"
        "  label: Aircraft in service\n"
        "  measure: {aggregation: assets_active}\n"
        "  quantify: {unit: aircraft, units: aircraft}\n"
        f'  baseline: {{quantity: "{agreed.aircraft}", basis: "{agreed.basis}"}}\n'
        f"  price: {pricing}\n"
        "  cadence: in_arrears\n"
    )


def _flight_hours(agreed: Agreed, terms: ScheduleTerms, hour_price: int, *, pooled: bool = False) -> str:
    price = _overage_price(terms, hour_price)
    carry = f", carry: {{periods: {terms.carry_months}}}" if terms.carry_months else ""
    return (
        f"# {_hours_comment(agreed, terms, hour_price)}{_over_time_comment(terms)}\n"
        "- id: flight-hours\n"
        "  label: Flight hours\n"
        "  measure: {aggregation: sum, meter: air_minutes}\n"
        '  quantify: {divide_by: "60", increment: "0.1", mode: half_up, unit: flight hour, units: flight hours}\n'
        f'  baseline: {{quantity: "{agreed.flight_hours}", basis: "{agreed.basis}"{carry}}}\n'
        f"{_hours_price(agreed, terms, hour_price, price)}"
        "  cadence: in_arrears\n"
        f"{'  select: {scope: agreement}' + NEWLINE if pooled else ''}"
        f"{'  settle: {reconcile: {every_periods: 12, sides: both}}' + NEWLINE if terms.true_up else ''}"
    )


def _over_time_comment(terms: ScheduleTerms) -> str:
    if terms.carry_months:
        return f" What is unused may be used for {terms.carry_months} months more."
    return " In December the year's hours are compared with twelve baselines." if terms.true_up else ""


def _hours_comment(agreed: Agreed, terms: ScheduleTerms, hour_price: int) -> str:
    if terms.hours is Hours.MINIMUM:
        return f"Every hour at ${_overage_price(terms, hour_price):,}, and at least so much a month."
    if terms.hours is Hours.COMMITTED:
        return f"Every hour at ${hour_price:,}; the baseline is there to compare with."
    return f"Hours above {agreed.flight_hours:,} a month."


def _hours_price(agreed: Agreed, terms: ScheduleTerms, hour_price: int, price: int) -> str:
    if terms.hours is Hours.PER_HOUR:
        return f'  price: {{"on": above, per_unit: {{unit_amount: "{price}.00"}}}}\n'
    if terms.hours is Hours.GRADUATED:
        return _tiers("graduated", _tier_bounds(agreed), (price, _part(price, 94), _part(price, 88)))
    if terms.hours is Hours.VOLUME:
        return _tiers("volume", _tier_bounds(agreed)[:1], (price, _part(price, 93)))
    if terms.hours is Hours.PACKAGE:
        amount = _part(price * terms.package_hours, 97)
        return (
            f'  price: {{"on": above, package: {{size: "{terms.package_hours}", amount: "{amount}.00", mode: up}}}}\n'
        )
    if terms.hours is Hours.MINIMUM:
        minimum = _rounded(agreed.flight_hours * price * terms.minimum_percent / 100, 10)
        per_hour = f'  price: {{"on": all, per_unit: {{unit_amount: "{price}.00"}}}}\n'
        return f'{per_hour}  bound: {{minimum: "{minimum}.00"}}\n'
    return f'  price: {{"on": all, per_unit: {{unit_amount: "{hour_price}.00"}}}}\n'


def _tiers(model: str, bounds: tuple[int, ...], prices: tuple[int, ...]) -> str:
    rows = [f'{{up_to: "{bound}", unit_amount: "{price}.00"}}' for bound, price in zip(bounds, prices, strict=False)]
    rows.append(f'{{unit_amount: "{prices[-1]}.00"}}')
    items = "".join(f"        - {row}\n" for row in rows)
    return f'  price:\n    "on": above\n    {model}:\n      tiers:\n{items}'


def _tier_bounds(agreed: Agreed) -> tuple[int, int]:
    """Return tier bounds of about 5 and 15 percent of the baseline."""
    return max(10, _rounded(agreed.flight_hours / 20, 10)), max(30, _rounded(agreed.flight_hours * 3 / 20, 10))


def _cycles(agreed: Agreed, terms: ScheduleTerms, price: int) -> str:
    comment, bound = f"Every take-off and landing at ${price:,}", ""
    if terms.cycles_minimum_percent is not None:
        minimum = _rounded(Decimal(agreed.cycles * price * terms.cycles_minimum_percent) / 100, 10)
        comment, bound = f"{comment}, and at least so much a month", f'  bound: {{minimum: "{minimum}.00"}}\n'
    return (
        f"# {comment}.\n"
        "- id: cycles\n"
        "  label: Cycles\n"
        "  measure: {aggregation: sum, meter: cycles}\n"
        "  quantify: {unit: cycle, units: cycles}\n"
        f'  price: {{"on": all, per_unit: {{unit_amount: "{price}.00"}}}}\n'
        f"{bound}"
        "  cadence: in_arrears\n"
    )


def _commitment(agreed: Agreed, terms: ScheduleTerms, hour_price: int) -> str:
    usage = agreed.flight_hours * hour_price + agreed.cycles * (terms.cycle_price or 0)
    amount = _rounded(usage * terms.minimum_percent / 100, 100)
    return (
        f"# The dollar baseline: {terms.minimum_percent} % of what January's hours and cycles cost.\n"
        "- id: dollar-baseline\n"
        "  label: Top-up to the dollar baseline\n"
        f'  price: {{commitment: {{amount: "{amount}.00", covers: [flight-hours, cycles]}}}}\n'
        "  cadence: in_arrears\n"
    )


def _overage_price(terms: ScheduleTerms, hour_price: int) -> int:
    return _rounded(Decimal(hour_price * terms.overage_percent) / 100, 5)


def _part(price: int, percent: int) -> int:
    return _rounded(Decimal(price * percent) / 100, 5)


def _rounded(amount: Decimal, step: int) -> int:
    """Round to a multiple of whole dollars, half up."""
    return int((amount / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)) * step

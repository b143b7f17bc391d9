"""Work out every invoice of the aircraft example a second time, from the flights and the contract files alone.

This is the judge of the product's invoices: it shares no code with it. Standard library and a YAML reader; nothing of
dutycycle is imported. Alone it prints a table:

    python tests/e2e/recompute.py

What it holds to. One flight is one record; it is billed if it names an aircraft that is registered, has an air time,
and the aircraft is on a schedule on the New York day of departure. The invoice of a month carries that month's usage
and, in advance, the base of the next month unless the term is over by then; the first invoice also has its own month's
base. Minutes are summed per schedule and month and turned into hours once, to a tenth. Each printed line is rounded
once to the cent. Halves go away from zero.
"""

from __future__ import annotations

import copy
import csv
import gzip
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

EXAMPLE = Path(__file__).parents[2] / "examples" / "aircraft"
MONTHS = [date(2013, month, 1) for month in range(1, 13)]
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """One line of an invoice as it must be printed."""

    id: str
    amount: Decimal
    baseline: Decimal | None = None
    used: Decimal | None = None
    adjustment: Decimal | None = None


@dataclass(frozen=True)
class Bill:
    """One invoice."""

    total: Decimal
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Accepted:
    """A program that a carrier accepted."""

    program: str
    offered: date
    """First day of the month whose invoice offered it."""


@dataclass
class Use:
    """What one schedule did in one month."""

    sums: Counter[str] = field(default_factory=Counter)
    aircraft: set[str] = field(default_factory=set)


@dataclass
class Feed:
    """Where the flights went: billable use by schedule and month, and the counts."""

    use: dict[tuple[str, date], Use] = field(default_factory=lambda: defaultdict(Use))
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By carrier and by "accepted", "waiting", "no tail", "no air time"."""


Placements = dict[str, list[tuple[date, str, str]]]
"""Reported identity to (first day, schedule, asset), in date order."""


def recompute(*, late: bool = True, accepted: Mapping[str, Accepted] | None = None) -> dict[tuple[str, str], Bill]:
    """Return the invoices by carrier and month, such as ("FL", "2013-12").

    With `late`, the late registered aircraft counts from the start: it was registered before the first billing run.
    Carriers that accepted a program are on its terms from the second month after the invoice that offered it.
    """
    use, bills = read_feed(late=late).use, {}
    for agreement in read_agreements():
        carrier = agreement["customer"].removeprefix("customers/").upper()
        chosen = (accepted or {}).get(carrier)
        other = program_terms(agreement, chosen, use) if chosen else agreement
        since = after(after(chosen.offered)) if chosen else date.max
        for month in MONTHS:
            now, following = (other if each >= since else agreement for each in (month, after(month)))
            bills[carrier, f"{month:%Y-%m}"] = bill(now, following, use, month)
    return bills


def bill(
    agreement: dict[str, Any], following: dict[str, Any], use: dict[tuple[str, date], Use], month: date
) -> Bill:  # fmt: skip
    """Return the invoice of one agreement for one month; `following` are the terms of the month after."""
    pairs = zip(agreement["schedules"], following["schedules"], strict=True)
    lines = tuple(line for now, then in pairs for line in schedule_lines(agreement, following, now, then, use, month))
    return Bill(sum((line.amount for line in lines), Decimal("0.00")), lines)


def program_terms(agreement: dict[str, Any], chosen: Accepted, use: dict[tuple[str, date], Use]) -> dict[str, Any]:
    """Work out the terms of a program from the flights and the catalogue.

    Baselines become the mean of the last months, usage times the program's percentage, in steps of the quantity; base
    charges follow the first usage baseline of their schedule and the program's rate, minimums follow the base.
    """
    catalogue = yaml.safe_load((EXAMPLE / "contracts" / "catalogue.yaml").read_text())["catalogue"]
    program = next(each for each in catalogue["programs"] if each["id"] == chosen.program)
    months = [month for month in MONTHS if month <= chosen.offered][-program["usage_months"] :]
    changed = copy.deepcopy(agreement)
    years, month = divmod(changed["end_date"].month - 1 + program["term_extension_months"], 12)
    changed["end_date"] = date(changed["end_date"].year + years, month + 1, 1)
    for schedule in changed["schedules"]:
        scale = None
        for charge in schedule["charges"]:
            if "baseline" not in charge:
                continue
            mean = sum((measure(charge, used_by(charge, agreement, schedule, use, m)) for m in months), Fraction(0))
            counts_assets = charge["measure"]["aggregation"] == "assets_active"
            percent = Fraction(100) if counts_assets else exact(program["baseline_percent_of_usage"])
            step = exact(charge["quantify"].get("increment", "1"))
            before = exact(charge["baseline"]["quantity"])
            new = math.floor(mean / len(months) * percent / 100 / step + Fraction(1, 2)) * step
            charge["baseline"]["quantity"] = str(to_decimal(new))
            if not counts_assets and scale is None:
                scale = new / before
        base = (scale or 0) * exact(program["base_rate_percent"]) / 100
        for charge in schedule["charges"] if scale is not None else []:
            if "flat" in charge["price"]:
                amount = to_cents(exact(charge["price"]["flat"]["amount"]) * base)
                charge["price"]["flat"]["amount"] = str(amount)
            if "bound" in charge:
                least = exact(charge["bound"]["minimum"]) * base * exact(program["minimum_percent"]) / 100
                charge["bound"]["minimum"] = str(to_cents(least))
    return changed


def after(month: date) -> date:
    """Return the first of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def schedule_lines(
    agreement: dict[str, Any], next_terms: dict[str, Any], schedule: dict[str, Any], next_schedule: dict[str, Any],
    use: dict[tuple[str, date], Use], month: date,
) -> Iterator[Line]:  # fmt: skip
    """Yield the lines of one schedule in print order."""
    rated: dict[str, Fraction] = {}
    for charge, next_charge in zip(schedule["charges"], next_schedule["charges"], strict=True):
        line_id = f"{schedule['id']}/{charge['id']}"
        if charge.get("cadence") == "in_advance":
            own = [(month, charge)] if month == agreement["start_date"] else []
            ahead = [(after(month), next_charge)] if after(month) < next_terms["end_date"] else []
            for start, each in own + ahead:
                yield Line(f"{line_id}@{start.isoformat()}", to_cents(exact(each["price"]["flat"]["amount"])))
        elif "measure" not in charge:
            due = top_up(charge["price"]["commitment"], rated)
            yield Line(line_id, to_cents(due))
        else:
            months = [used_by(charge, agreement, schedule, use, each) for each in MONTHS if each <= month]
            line = usage_line(line_id, charge, months)
            rated[charge["id"]] = exact(line.amount)
            yield line


def used_by(
    charge: dict[str, Any], agreement: dict[str, Any], schedule: dict[str, Any], use: dict[tuple[str, date], Use],
    month: date,
) -> Use:  # fmt: skip
    """Return what a charge looks at in a month: its schedule, or all of the agreement together."""
    pooled = charge.get("select", {}).get("scope") == "agreement"
    total = Use()
    for each in agreement["schedules"] if pooled else [schedule]:
        part = use.get((each["id"], month), Use())
        total.sums.update(part.sums)
        total.aircraft |= part.aircraft
    return total


def usage_line(line_id: str, charge: dict[str, Any], months: list[Use]) -> Line:
    """Price the last of some months; in December put the year right where the charge says so."""
    line = month_line(line_id, charge, months)
    reconcile = charge.get("settle", {}).get("reconcile")
    if reconcile is None or len(months) != reconcile["every_periods"]:
        return line
    terms = charge["price"]["per_unit"]
    whole = Use()
    for each in months:
        whole.sums.update(each.sums)
    beyond = measure(charge, whole) - len(months) * exact(charge["baseline"]["quantity"])
    owed = to_cents(max(Fraction(0), beyond) * exact(terms["unit_amount"]))
    billed = sum((month_line(line_id, charge, months[: number + 1]).amount for number in range(12)), Decimal(0))
    return replace(line, amount=line.amount + owed - billed)


def month_line(line_id: str, charge: dict[str, Any], months: list[Use]) -> Line:
    """Measure, compare with the baseline, price, and hold at the minimum."""
    quantity = measure(charge, months[-1])
    agreed = exact(charge["baseline"]["quantity"]) if "baseline" in charge else None
    if agreed is not None and "carry" in charge["baseline"]:
        agreed += carried(charge, [measure(charge, each) for each in months[:-1]])
    difference = quantity - (agreed or 0)
    part = charge["price"].get("on", "all")
    priced = {"all": quantity, "above": max(Fraction(0), difference), "difference": difference}[part]
    amount = price(charge["price"], priced)
    if "bound" in charge:
        amount = max(amount, exact(charge["bound"]["minimum"]))
    return Line(
        line_id,
        to_cents(amount),
        None if agreed is None else to_decimal(agreed),
        to_decimal(quantity),
        None if agreed is None else to_decimal(difference),
    )


def carried(charge: dict[str, Any], before: list[Fraction]) -> Fraction:
    """Return the hours of the months before that are still unused and may still be used, the oldest used first."""
    own, lasts = exact(charge["baseline"]["quantity"]), charge["baseline"]["carry"]["periods"]
    unused: dict[int, Fraction] = {}
    for number, used in enumerate(before):
        need = used
        for born in sorted(unused):
            if born >= number - lasts:
                taken = min(unused[born], need)
                unused[born] -= taken
                need -= taken
        unused[number] = max(Fraction(0), own - need)
    return sum((left for born, left in unused.items() if born >= len(before) - lasts), Fraction(0))


def measure(charge: dict[str, Any], used: Use) -> Fraction:
    """Return the billed quantity: aircraft that flew, or the sum of a meter in the unit and step of the charge."""
    if charge["measure"]["aggregation"] == "assets_active":
        return Fraction(len(used.aircraft))
    total = Fraction(used.sums[charge["measure"]["meter"]])
    quantify = charge["quantify"]
    total /= exact(quantify.get("divide_by", "1"))
    if "increment" not in quantify:
        return total
    step = exact(quantify["increment"])
    return math.floor(total / step + Fraction(1, 2)) * step


def price(terms: dict[str, Any], quantity: Fraction) -> Fraction:
    """Price a quantity under the one model that the charge has."""
    if "per_unit" in terms:
        model = terms["per_unit"]
        below = model.get("credit_unit_amount", model["unit_amount"])
        return quantity * exact(below if quantity < 0 else model["unit_amount"])
    if "graduated" in terms:
        return graduated(terms["graduated"]["tiers"], quantity)
    if "volume" in terms:
        reached = (t for t in terms["volume"]["tiers"] if "up_to" not in t or quantity <= exact(t["up_to"]))
        return quantity * exact(next(reached)["unit_amount"])
    package = terms["package"]
    return math.ceil(quantity / exact(package["size"])) * exact(package["amount"])


def graduated(tiers: list[dict[str, Any]], quantity: Fraction) -> Fraction:
    """Price each part of the quantity in the tier in which it falls."""
    amount, floor = Fraction(0), Fraction(0)
    for tier in tiers:
        top = min(quantity, exact(tier["up_to"])) if "up_to" in tier else quantity
        amount += max(Fraction(0), top - floor) * exact(tier["unit_amount"])
        floor = exact(tier["up_to"]) if "up_to" in tier else floor
    return amount


def top_up(commitment: dict[str, Any], rated: dict[str, Fraction]) -> Fraction:
    """Return what the covered charges lack to the agreed amount."""
    drawn = sum((rated[charge] for charge in commitment["covers"]), Fraction(0))
    return max(Fraction(0), exact(commitment["amount"]) - drawn)


@cache
def read_feed(*, late: bool) -> Feed:
    """Sort the year's flights into billable use and the rest."""
    feed, placements, zone = Feed(), read_placements(late=late), ZoneInfo("America/New_York")
    with gzip.open(EXAMPLE / "data" / "flight_usage_2013.csv.gz", "rt", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["tailnum"] == "NA":
                outcome = "no tail"
            elif row["air_time_min"] == "NA":
                outcome = "no air time"
            else:
                departed = datetime.strptime(row["departed_utc_hour"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
                outcome = count_flight(feed, placements, row, departed.astimezone(zone).date())
            feed.counts[row["carrier"]][outcome] += 1
    return feed


def count_flight(feed: Feed, placements: Placements, row: dict[str, str], day: date) -> str:
    """Add a flight to the schedule its aircraft is on that day, if it is on one of the carrier's."""
    places = [place for place in placements.get(row["tailnum"], []) if place[0] <= day]
    if not places or not places[-1][1].startswith(f"{row['carrier'].lower()}-"):
        return "waiting"
    _, schedule, asset = places[-1]
    used = feed.use[schedule, day.replace(day=1)]
    used.sums.update(air_minutes=int(row["air_time_min"]), cycles=1, miles=int(row["distance_mi"]))
    used.aircraft.add(asset)
    return "accepted"


def read_placements(*, late: bool) -> Placements:
    """Read where each reported identity is leased, and since when."""
    placements: Placements = {}
    for name in ["assets.csv", "late_assets.csv"] if late else ["assets.csv"]:
        with (EXAMPLE / name).open(newline="") as rows:
            for row in csv.DictReader(rows):
                places = [place.split("@") for place in row["placements"].split(";")]
                dated = sorted(
                    (date.fromisoformat(day.split(" ")[0]), schedule, row["asset"]) for schedule, day in places
                )
                placements.update(dict.fromkeys(row["aliases"].split(";"), dated))
    return placements


def read_agreements() -> list[dict[str, Any]]:
    """Read the agreements of all contract files in order of their names."""
    files = sorted((EXAMPLE / "contracts").glob("*.yaml"))
    contents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in files]
    return [content["agreement"] for content in contents if "agreement" in content]


def exact(number: str | Decimal) -> Fraction:
    return Fraction(str(number))


def to_decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def to_cents(value: Fraction) -> Decimal:
    """Round to the cent, halves away from zero."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, rounding=ROUND_HALF_UP)


def main() -> None:
    """Print the totals, a row a carrier and a column a month."""
    bills = recompute()
    carriers = sorted({carrier for carrier, _ in bills})
    out = sys.stdout.write
    out("carrier " + "".join(f"{month:%b}".rjust(16) for month in MONTHS) + "\n")
    for carrier in carriers:
        totals = [bills[carrier, f"{month:%Y-%m}"].total for month in MONTHS]
        out(carrier.ljust(8) + "".join(f"{total:,}".rjust(16) for total in totals) + "\n")
    lines = sum(len(bill.lines) for bill in bills.values())
    out(f"{len(bills)} invoices, {lines} lines, {sum(bill.total for bill in bills.values()):,} USD\n")


if __name__ == "__main__":
    main()

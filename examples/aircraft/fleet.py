"""Read the year of flights and the register: which aircraft of which family flew for whom, and how much.

Only facts of the data are here; what was agreed about them is in `terms.py`.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from terms import NOT_REPORTED, OTHER_TYPES

DATA = Path(__file__).parent / "data"
NEW_YORK = ZoneInfo("America/New_York")
TERM_START = date(2013, 1, 1)

FAMILY_LIMIT = 6
"""Schedules of one carrier by family, so that page 1 of an invoice can show all of them."""
SMALLEST_FAMILY = 3
"""Aircraft below which a family has no schedule of its own."""

REGISTERED_BY_REPORT = ("AA", "FL", "MQ")
"""Carriers whose aircraft are on lease although the register lacks the identity they report."""

LATE_IDENTITY = ("F9", "N263AV")
"""The aircraft that is registered only after its first flights were reported."""


@dataclass(frozen=True)
class Flight:
    """One flight with a tail and an air time."""

    carrier: str
    identity: str
    day: date
    """Day of departure in New York."""
    minutes: int


@dataclass
class Family:
    """What the aircraft of one family did for one carrier."""

    minutes: Counter[int] = field(default_factory=Counter)
    """By month."""
    cycles: Counter[int] = field(default_factory=Counter)
    """By month."""
    aircraft: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Identities by month."""

    def identities(self) -> set[str]:
        """Return everything that flew in the year."""
        return set().union(*self.aircraft.values())

    def hours(self, month: int) -> Decimal:
        """Return flight hours of a month, rounded once to a tenth, half away from zero."""
        return (Decimal(self.minutes[month]) / 60).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class RegisteredType:
    """What the register says of a tail."""

    manufacturer: str
    model: str
    year: str


def read_register() -> dict[str, RegisteredType]:
    """Return the fleet register by tail."""
    with (DATA / "planes.csv").open(newline="") as rows:
        return {
            row["tailnum"]: RegisteredType(row["manufacturer"], row["model"], row["year"].replace("NA", ""))
            for row in csv.DictReader(rows)
        }


def read_carriers() -> dict[str, str]:
    """Return the carriers' names by code."""
    with (DATA / "airlines.csv").open(newline="") as rows:
        return {row["carrier"]: row["name"] for row in csv.DictReader(rows)}


def read_flights() -> Iterator[Flight]:
    """Yield the flights that have a tail and an air time, in file order."""
    with gzip.open(DATA / "flight_usage_2013.csv.gz", "rt", newline="") as rows:
        for row in csv.DictReader(rows):
            if "NA" not in (row["tailnum"], row["air_time_min"]):
                departed = datetime.strptime(row["departed_utc_hour"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
                day = departed.astimezone(NEW_YORK).date()
                yield Flight(row["carrier"], row["tailnum"], day, int(row["air_time_min"]))


def type_family(registered: RegisteredType | None) -> str:
    """Return the family of a registered type; types that no airline flies are "Other types"."""
    if registered is None:
        return NOT_REPORTED
    model = registered.model
    if registered.manufacturer.startswith("AIRBUS"):
        return f"Airbus {model[:4]}"
    if model.startswith("MD-") or "(MD-8" in model:
        return "MD-80/90"
    if registered.manufacturer == "BOEING":
        return f"Boeing {model[:5]}00" if model.startswith("737-") else f"Boeing {model[:3]}"
    for pattern, family in _COMMUTER_FAMILIES:
        if re.match(pattern, model):
            return family
    return OTHER_TYPES


_COMMUTER_FAMILIES = (
    ("CL-600-2B19", "CRJ200"),
    ("CL-600-2C10", "CRJ700"),
    ("CL-600-2D24", "CRJ900"),
    ("EMB-145", "ERJ-145"),
    ("ERJ 190", "Embraer 190"),
)


@dataclass
class Fleet:
    """Who flew what: the schedules of each carrier and the first day of each aircraft with it."""

    families: dict[str, dict[str, Family]]
    """By carrier and title of the schedule, largest use first, "Other types" and "Type not reported" last."""
    first_days: dict[tuple[str, str], date]
    """By carrier and identity."""
    schedule_of: dict[tuple[str, str], str]
    """Title of the schedule by carrier and identity."""


def read_fleet(register: dict[str, RegisteredType]) -> Fleet:
    """Group the year's usable flights of aircraft on lease into schedules."""
    flights = [flight for flight in read_flights() if is_on_lease(flight, register)]
    schedule_of = _schedules(flights, register)
    families: dict[str, dict[str, Family]] = defaultdict(lambda: defaultdict(Family))
    first_days: dict[tuple[str, str], date] = {}
    for flight in flights:
        key = (flight.carrier, flight.identity)
        family = families[flight.carrier][schedule_of[key]]
        family.minutes[flight.day.month] += flight.minutes
        family.cycles[flight.day.month] += 1
        family.aircraft[flight.day.month].add(flight.identity)
        first_days[key] = min(flight.day, first_days.get(key, flight.day))
    ordered = {carrier: dict(sorted(of.items(), key=_print_order)) for carrier, of in sorted(families.items())}
    return Fleet(ordered, first_days, schedule_of)


def is_on_lease(flight: Flight, register: dict[str, RegisteredType]) -> bool:
    """Whether the aircraft is registered from the start."""
    return flight.identity in register or flight.carrier in REGISTERED_BY_REPORT


def _schedules(flights: list[Flight], register: dict[str, RegisteredType]) -> dict[tuple[str, str], str]:
    family_of = {(f.carrier, f.identity): type_family(register.get(f.identity)) for f in flights}
    minutes: Counter[tuple[str, str]] = Counter()
    aircraft = Counter((carrier, family) for (carrier, _), family in family_of.items())
    for flight in flights:
        minutes[flight.carrier, family_of[flight.carrier, flight.identity]] += flight.minutes
    kept = {
        (carrier, family)
        for carrier in {flight.carrier for flight in flights}
        for family in _kept_families(carrier, minutes, aircraft)
    }
    return {key: family if (key[0], family) in kept else OTHER_TYPES for key, family in family_of.items()}


def _kept_families(carrier: str, minutes: Counter[tuple[str, str]], aircraft: Counter[tuple[str, str]]) -> list[str]:
    """Return the families with a schedule of their own, leaving room for "Other types" where some are merged."""
    families = [family for (owner, family), _ in minutes.most_common() if owner == carrier and family != OTHER_TYPES]
    large = [f for f in families if aircraft[carrier, f] >= SMALLEST_FAMILY or f == NOT_REPORTED]
    merges = len(large) < len(families) or (carrier, OTHER_TYPES) in minutes or len(large) > FAMILY_LIMIT
    return large[: FAMILY_LIMIT - 1] if merges else large


def _print_order(item: tuple[str, Family]) -> tuple[bool, bool, int]:
    title, family = item
    return title == NOT_REPORTED, title == OTHER_TYPES, -sum(family.minutes.values())

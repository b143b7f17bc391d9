"""What the lessor and its sixteen customers agreed: the part of the example that is made up.

Usage, fleet and carriers come from the data; prices, people, addresses and purchase orders come from here.
`derive.py` puts the two together and writes the contracts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

NOT_REPORTED = "Type not reported"
OTHER_TYPES = "Other types"

HOUR_PRICE = {
    "Airbus A319": 1050,
    "Airbus A320": 1250,
    "Airbus A321": 1450,
    "Airbus A330": 2600,
    "Boeing 717": 950,
    "Boeing 737-300": 640,
    "Boeing 737-400": 620,
    "Boeing 737-500": 600,
    "Boeing 737-700": 1100,
    "Boeing 737-800": 1250,
    "Boeing 737-900": 1340,
    "Boeing 757": 1380,
    "Boeing 767": 1900,
    "CRJ200": 430,
    "CRJ700": 560,
    "CRJ900": 640,
    "ERJ-145": 440,
    "Embraer 190": 820,
    "MD-80/90": 780,
    NOT_REPORTED: 900,
    OTHER_TYPES: 860,
}
"""Dollars of base charge for each flight hour of the baseline."""

CREDIT_PERCENT = 60
"""Credit for an aircraft below the agreed quantity, percent of the price of one above, where it is credited."""


class Hours(Enum):
    """How flight hours are charged on a schedule."""

    PER_HOUR = "the base charge includes the baseline; every hour above it has one price"
    GRADUATED = "the base charge includes the baseline; hours above it fall into three tiers"
    VOLUME = "the base charge includes the baseline; all hours above it have the price of the tier they reach"
    PACKAGE = "the base charge includes the baseline; hours above it are sold in whole packages"
    MINIMUM = "no base charge; every hour is paid, and a month costs at least the minimum"
    COMMITTED = "no base charge; every hour and cycle is paid and draws down a dollar baseline, topped up if missed"


@dataclass(frozen=True)
class Stated:
    """A baseline that the parties stated because January has no usage."""

    aircraft: int
    flight_hours: Decimal


@dataclass(frozen=True)
class ScheduleTerms:
    """How one schedule is charged."""

    hours: Hours = Hours.PER_HOUR
    credits_aircraft: bool = False
    """Whether aircraft below the agreed quantity are credited; otherwise they are held at it."""
    aircraft_hours: int = 12
    """An aircraft above the agreed quantity costs as much a month as so many flight hours of the base charge."""
    overage_percent: int = 112
    """Price of an hour above the baseline, percent of the base price of an hour."""
    hour_price: int | None = None
    """Base price of an hour where it differs from HOUR_PRICE."""
    package_hours: int = 25
    cycle_price: int | None = None
    """Dollars for each cycle; None: cycles are not charged."""
    cycles_minimum_percent: int | None = None
    """Flat minimum of the cycles charge, percent of January's cycles at their price."""
    minimum_percent: int = 80
    """Minimum or dollar baseline, percent of January's usage at its price."""
    stated: Stated | None = None
    carry_months: int = 0
    """Unused hours of the baseline may be used for so many months more."""
    true_up: bool = False
    """Whether the hours of the year are compared with twelve baselines in December, and the difference put right."""


@dataclass(frozen=True)
class Person:
    """Someone at a customer. Nobody of these exists."""

    display_name: str
    email: str


@dataclass(frozen=True)
class CarrierTerms:
    """One customer and what its schedules have in common."""

    address_lines: tuple[str, str]
    fleet_manager: Person
    payables: Person
    purchase_order: str
    payment_days: int
    standard: ScheduleTerms
    schedules: dict[str, ScheduleTerms] = field(default_factory=dict)
    """Terms of single schedules, by family, where they differ from the standard."""
    pools_hours: bool = False
    """Whether the hours of all schedules are compared with one baseline, so that aircraft may stand in for others."""


def _people(domain: str, fleet_manager: str, payables: str) -> tuple[Person, Person]:
    return Person(fleet_manager, f"fleet@{domain}"), Person(payables, f"payables@{domain}")


_ON_CALL = ScheduleTerms(Hours.MINIMUM, overage_percent=118)

CARRIERS = {
    "9E": CarrierTerms(
        ("210 Regional Way", "Twin Rivers, MN 00210"),
        *_people("endeavor.example", "Ingrid Solberg", "Marcus Bell"),
        "PO-9E-13-0187",
        30,
        ScheduleTerms(Hours.GRADUATED, overage_percent=115),
        {"CRJ200": ScheduleTerms(Hours.PACKAGE, overage_percent=110)},
    ),
    "AA": CarrierTerms(
        ("1 Longhorn Plaza", "Prairie Field, TX 00761"),
        *_people("american.example", "Dolores Whitaker", "Henry Okafor"),
        "4500113-AA",
        45,
        ScheduleTerms(overage_percent=112),
        {NOT_REPORTED: ScheduleTerms(Hours.COMMITTED, cycle_price=95, minimum_percent=92)},
    ),
    "AS": CarrierTerms(
        ("77 Glacier Road", "Sound Harbor, WA 00981"),
        *_people("alaska.example", "Peter Lindqvist", "Joan Abbott"),
        "AS-2013-FIN-031",
        30,
        ScheduleTerms(overage_percent=110),
        pools_hours=True,
    ),
    "B6": CarrierTerms(
        ("27 Bluewater Street", "East Harbor, NY 00111"),
        *_people("jetblue.example", "Carmen Ortiz", "Walter Simms"),
        "JB-PO-55210",
        30,
        ScheduleTerms(credits_aircraft=True, overage_percent=104),
        {"Airbus A321": ScheduleTerms(credits_aircraft=True, stated=Stated(2, Decimal("120.0")))},
    ),
    "DL": CarrierTerms(
        ("1030 Peachtree Field", "Fairhaven, GA 00303"),
        *_people("delta.example", "Raymond Castle", "Priya Nair"),
        "DL-LSE-13-2204",
        45,
        ScheduleTerms(Hours.VOLUME, overage_percent=108),
        {
            "Boeing 757": ScheduleTerms(overage_percent=108),
            OTHER_TYPES: ScheduleTerms(Hours.GRADUATED, overage_percent=112, hour_price=1300),
        },
    ),
    "EV": CarrierTerms(
        ("990 Express Boulevard", "Cedar Crossing, UT 00847"),
        *_people("expressjet.example", "Lena Hoffmann", "Curtis Vaughn"),
        "EV-0098-2013",
        30,
        ScheduleTerms(Hours.GRADUATED, credits_aircraft=True, overage_percent=110),
        {"ERJ-145": ScheduleTerms(credits_aircraft=True, overage_percent=110, cycle_price=42)},
    ),
    "F9": CarrierTerms(
        ("7001 Summit Parkway", "High Plains, CO 00802"),
        *_people("frontier.example", "Audrey Kim", "Samuel Pruitt"),
        "F9-13-00416",
        30,
        ScheduleTerms(overage_percent=112),
        {
            "Airbus A320": ScheduleTerms(overage_percent=112, carry_months=3),
            "Airbus A319": _ON_CALL,
            NOT_REPORTED: ScheduleTerms(hour_price=1250, overage_percent=112, stated=Stated(1, Decimal("10.0"))),
        },
    ),
    "FL": CarrierTerms(
        ("9955 Hangar Row", "Orchard Lake, FL 00328"),
        *_people("airtran.example", "Nigel Harcourt", "Beatrice Lowell"),
        "FL-PO-2013-0417",
        30,
        ScheduleTerms(aircraft_hours=2, overage_percent=125),
        {"Boeing 717": ScheduleTerms(overage_percent=125, cycle_price=165, cycles_minimum_percent=90)},
    ),
    "HA": CarrierTerms(
        ("3375 Lagoon Drive East", "Kona Point, HI 00968"),
        *_people("hawaiian.example", "Leilani Akana", "Thomas Reyes"),
        "HA-LEASE-330-13",
        30,
        ScheduleTerms(overage_percent=108, cycle_price=380, true_up=True),
    ),
    "MQ": CarrierTerms(
        ("4301 Commuter Court", "Prairie Field, TX 00762"),
        *_people("envoy.example", "Grace Tillman", "Victor Salas"),
        "MQ-13-7731",
        30,
        ScheduleTerms(overage_percent=112, cycle_price=48),
        {OTHER_TYPES: _ON_CALL},
    ),
    "OO": CarrierTerms(
        ("444 Red Rock Road", "Desert View, UT 00847"),
        *_people("skywest.example", "Owen McBride", "Tessa Marsh"),
        "OO-2013-12",
        30,
        _ON_CALL,
        {
            "CRJ700": ScheduleTerms(Hours.MINIMUM, overage_percent=118, stated=Stated(4, Decimal("8.0"))),
            "CRJ900": ScheduleTerms(Hours.MINIMUM, overage_percent=118, stated=Stated(2, Decimal("4.0"))),
        },
    ),
    "UA": CarrierTerms(
        ("233 Lakefront Tower", "Midway City, IL 00606"),
        *_people("united.example", "Eleanor Voss", "Dmitri Kaplan"),
        "UAL-880-13-004",
        45,
        ScheduleTerms(Hours.GRADUATED, credits_aircraft=True, overage_percent=106),
        {OTHER_TYPES: ScheduleTerms(Hours.GRADUATED, credits_aircraft=True, overage_percent=106, hour_price=1240)},
    ),
    "US": CarrierTerms(
        ("111 Saguaro Avenue", "Valley Junction, AZ 00852"),
        *_people("usairways.example", "Martin Delacroix", "Hope Sanders"),
        "US-13-30992",
        30,
        ScheduleTerms(Hours.VOLUME, credits_aircraft=True, overage_percent=108),
        {
            "Embraer 190": ScheduleTerms(credits_aircraft=True, overage_percent=108, cycle_price=55),
            OTHER_TYPES: ScheduleTerms(Hours.MINIMUM, overage_percent=118, stated=Stated(1, Decimal("1.0"))),
        },
    ),
    "VX": CarrierTerms(
        ("555 Bayview Terrace", "Redwood Landing, CA 00940"),
        *_people("virginamerica.example", "Sofia Marchetti", "Daniel Young"),
        "VX-2013-LSE-09",
        30,
        ScheduleTerms(credits_aircraft=True, overage_percent=160),
    ),
    "WN": CarrierTerms(
        ("2702 Heartland Drive", "Trinity Bend, TX 00752"),
        *_people("southwest.example", "Bill Hargrove", "Nadia Fischer"),
        "WN-LSG-13-118",
        30,
        ScheduleTerms(overage_percent=104),
        {"Boeing 737-300": _ON_CALL, "Boeing 737-500": _ON_CALL},
    ),
    "YV": CarrierTerms(
        ("410 Mesa Vista", "Valley Junction, AZ 00850"),
        *_people("mesa.example", "Rosa Delgado", "Karl Jensen"),
        "YV-0031-13",
        30,
        ScheduleTerms(Hours.PACKAGE, overage_percent=110, package_hours=10),
        {
            "CRJ900": ScheduleTerms(overage_percent=110, stated=Stated(15, Decimal("35.0"))),
            OTHER_TYPES: ScheduleTerms(Hours.MINIMUM, overage_percent=118, stated=Stated(1, Decimal("1.0"))),
        },
    ),
}


@dataclass(frozen=True)
class LessorTerms:
    """Who leases the aircraft out and is to be paid."""

    display_name: str
    address_lines: tuple[str, ...]
    remit_to_lines: tuple[str, ...]
    contact: Person
    contact_role: str


COST_CENTRES = {"FL": ("4110 Atlanta", "4120 Orlando", "4130 Milwaukee")}
"""Bases to which a carrier books its aircraft, in turn by identity; other carriers keep no cost centres."""

LESSOR = LessorTerms(
    display_name="Skyline Equipment Finance",
    address_lines=("18 Commerce Square, 9th floor", "Harbor City, NY 00100"),
    remit_to_lines=(
        "Skyline Receivables",
        "First Example Bank",
        "Routing 000000000",
        "Deposit 0000 2013 01",
    ),
    contact=Person("Margaret Oyelaran", "billing@skyline.example"),
    contact_role="billing questions",
)

NOTE = (
    "Usage, fleet and carriers are real: flights from New York in 2013, US Bureau of Transportation Statistics and "
    "FAA. Contract terms, prices, people and addresses are made up."
)

"""Invoices as the demo's carriers would get them: real counts of aircraft and hours, invented prices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from dutycycle.invoicing.cost_centre import divide_invoice
from dutycycle.invoicing.invoice import (
    AssetUsage,
    Contact,
    Customer,
    Decision,
    Invoice,
    Lessor,
    Line,
    LineKind,
    MeasuredUse,
    MonthUse,
    OfferLinks,
    State,
    Step,
    Tone,
    Treatment,
    UnbilledUsage,
    WaitingIdentity,
)
from dutycycle.invoicing.neighbour import Statement, Terms, UsageUnit
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import grouped, round_to_scale

AIRTRAN_HOURS = [
    "606.0",
    "571.4",
    "640.2",
    "618.8",
    "655.1",
    "598.3",
    "540.7",
    "533.2",
    "470.9",
    "462.5",
    "401.6",
    "369.0",
]
AIRTRAN_AIRCRAFT = [100, 99, 103, 101, 104, 98, 95, 91, 86, 83, 78, 74]
VIRGIN_HOURS = ["1734.2", "1602.8", "1960.4", "2671.3"]
VIRGIN_AIRCRAFT = [52, 52, 53, 53]


@dataclass(frozen=True)
class Schedule:
    """What a sample schedule agreed and what it did."""

    id: str
    title: str
    aircraft: tuple[int, int]
    hours: tuple[str, str]
    base: str
    hour_price: str


def money(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def aircraft_line(schedule: Schedule, period: BillingPeriod) -> Line:
    baseline, used = (Decimal(count) for count in schedule.aircraft)
    above = max(Decimal(0), used - baseline)
    amount = round_to_scale(above * 4200, 2)
    return Line(
        id=f"{schedule.id}/aircraft",
        schedule=schedule.id,
        schedule_display_name=schedule.title,
        charge="aircraft",
        label="Aircraft in service",
        kind=LineKind.ASSETS,
        service_period=period,
        units="aircraft",
        baseline_quantity=baseline,
        used_quantity=used,
        adjustment_quantity=used - baseline,
        billable_quantity=above,
        rate_text="$4,200.00 per aircraft above",
        amount=money(amount),
        steps=(
            Step("measure", f"{used} aircraft active in the period", used, None, None),
            Step("baseline", f"{used} − {baseline} agreed: {above} aircraft above", above, None, None),
            Step("unit", f"{above} aircraft at $4,200.00", above, Decimal("4200"), amount),
        ),
        charge_text="$4,200.00 for every aircraft above the quantity agreed; fewer are held at the agreed quantity.",
        unit_amount=Decimal("4200.00"),
    )


def hours_line(schedule: Schedule, period: BillingPeriod) -> Line:
    baseline, used = (Decimal(hours) for hours in schedule.hours)
    above = max(Decimal(0), used - baseline)
    amount = round_to_scale(above * Decimal(schedule.hour_price), 2)
    price = f"${schedule.hour_price}"
    return Line(
        id=f"{schedule.id}/flight-hours",
        schedule=schedule.id,
        schedule_display_name=schedule.title,
        charge="flight-hours",
        label="Flight hours",
        kind=LineKind.USAGE,
        service_period=period,
        units="flight hours",
        baseline_quantity=baseline,
        used_quantity=used,
        adjustment_quantity=used - baseline,
        billable_quantity=above,
        rate_text=f"{price} per hour above",
        amount=money(amount),
        steps=(
            Step("measure", "minutes in the air, summed over the schedule", used * 60, None, None),
            Step("quantify", f"÷ 60, rounded to 0.1: {grouped(used, 1)} flight hours", used, None, None),
            Step(
                "baseline",
                f"{grouped(used, 1)} − {grouped(baseline, 1)} agreed: {grouped(above, 1)} above",
                above,
                None,
                None,
            ),
            Step("unit", f"{grouped(above, 1)} flight hours at {price}", above, Decimal(schedule.hour_price), amount),
        ),
        charge_text=f"{price} for every flight hour above the baseline.",
        unit_amount=Decimal(schedule.hour_price),
    )


def base_line(schedule: Schedule, period: BillingPeriod) -> Line:
    return Line(
        id=f"{schedule.id}/base@{period.start}",
        schedule=schedule.id,
        schedule_display_name=schedule.title,
        charge="base",
        label="Base charge",
        kind=LineKind.BASE,
        service_period=period,
        units="",
        baseline_quantity=None,
        used_quantity=None,
        adjustment_quantity=None,
        billable_quantity=None,
        rate_text=f"${Decimal(schedule.base):,.2f} per month",
        amount=money(schedule.base),
        steps=(
            Step("flat", f"${Decimal(schedule.base):,.2f} per month, in advance", None, None, Decimal(schedule.base)),
        ),
        charge_text=f"${Decimal(schedule.base):,.2f} per month, billed in advance.",
        unit_amount=None,
    )


def month_uses(
    periods: Sequence[BillingPeriod], hours: Sequence[str], aircraft: Sequence[int], costs: Sequence[str]
) -> tuple[MonthUse, ...]:
    return tuple(
        MonthUse(period, Decimal(hours[0]), Decimal(used), Decimal(aircraft[0]), Decimal(active), money(cost))
        for period, used, active, cost in zip(periods, hours, aircraft, costs, strict=True)
    )


LESSOR = Lessor(
    "Skyline Equipment Finance",
    ("400 Harbor Street, Suite 900", "Wilmington, DE 19801", "United States"),
    ("First Meridian Bank, New York", "Beneficiary Skyline Equipment Finance", "ABA 021 000 000 · No. 8841 2207 15"),
    Contact("Dana Whitfield", "billing@skyline.example", "billing desk", receives_invoices=False),
)
NOTE = (
    "Usage, fleet and carriers are real (flights from New York in 2013, public data); contract terms, prices and "
    "addresses are invented for this demonstration."
)


def customer(code: str, title: str, contact: str) -> Customer:
    return Customer(
        f"customers/{code}",
        title,
        ("9955 AirTran Boulevard", "Orlando, FL 32827", "United States"),
        (Contact(contact, f"{contact.split()[0].lower()}@{code}.example", "fleet manager", receives_invoices=True),),
        f"ops-{code}",
        "en-US",
    )


def assemble(
    code: str,
    title: str,
    period: BillingPeriod,
    schedules: Sequence[Schedule],
    months: tuple[MonthUse, ...],
    decision: Decision | None,
    *,
    extra: Sequence[Line] = (),
    base_for_next: bool = True,
    what_changed: str,
    contact: str = "Nigel Marsh",
    number: str = "DC-2013-000192",
    waiting: int = 31,
) -> Invoice:
    lines = [aircraft_line(schedule, period) for schedule in schedules]
    lines += [hours_line(schedule, period) for schedule in schedules]
    lines += extra
    if base_for_next:
        lines += [base_line(schedule, period.next_month()) for schedule in schedules]
    measured = tuple(
        MeasuredUse(
            line.schedule,
            line.schedule_display_name,
            line.charge,
            line.kind,
            line.units,
            line.baseline_quantity,
            line.used_quantity,
        )
        for line in lines
        if line.used_quantity is not None
    )
    issue = period.end
    return Invoice(
        name=f"invoices/{code}-{period.label}",
        number=number,
        state=State.ISSUED,
        customer=customer(code, title, contact),
        agreement=f"agreements/ma-{code}-2013",
        agreement_display_name=f"Master lease agreement MA-{code.upper()}-2013",
        agreement_revision=1,
        period=period,
        zone="America/New_York",
        issue_date=issue,
        due_date=date.fromordinal(issue.toordinal() + 30),
        payment_days=30,
        purchase_order=f"PO-{code.upper()}-20417",
        lessor=LESSOR,
        lines=tuple(lines),
        measured=measured,
        total=total([line.amount for line in lines], "USD"),
        period_cost=months[-1].cost,
        what_changed=what_changed,
        months=months,
        unbilled=UnbilledUsage(
            waiting,
            Decimal("0.0") if not waiting else Decimal("61.4"),
            "flight hours",
            money("0.00") if not waiting else money("19034.00"),
            (
                WaitingIdentity("N971AT", "UNKNOWN_ASSET", waiting - 4, {"air_minutes": Decimal(3202)}),
                WaitingIdentity("N988AT", "NO_PLACEMENT", 4, {"air_minutes": Decimal(482)}),
            )
            if waiting
            else (),
            {"NO_ASSET_IDENTITY": 3, "NO_METER_VALUE": 12},
        ),
        decision=decision,
        assets=tuple(asset_usage(schedules)),
        note=NOTE,
        usage_noun="flights from New York",
        asset_noun="aircraft",
        previous_total=money("215540.00") if len(months) > 1 else None,
        offer_links=OfferLinks(
            f"https://portal.skyline.example/o/a-signed-token-of-{code}-{period.label}" if decision.proof_text else "",
            f"https://portal.skyline.example/stop/a-signed-token-of-{code}",
            f"mailto:billing@skyline.example?subject=Stop%20offers%20to%20customers/{code}",
        ),
        usage_records=1834,
    )


def asset_usage(schedules: Sequence[Schedule]) -> list[AssetUsage]:
    usages = []
    for schedule in schedules:
        for index in range(schedule.aircraft[1]):
            flights = 40 - (index * 7) % 37
            usages.append(
                AssetUsage(
                    f"assets/n{schedule.id}-{index}",
                    f"N{900 + index}{schedule.id[:2].upper()}",
                    schedule.id,
                    schedule.title,
                    f"placements/n{schedule.id}-{index}.1",
                    flights,
                    min(31, flights),
                    {
                        "air_minutes": Decimal(flights * 121),
                        "cycles": Decimal(flights),
                        "miles": Decimal(flights * 761),
                    },
                    "BOEING",
                    schedule.title,
                )
            )
    return usages


PROGRAM = Decision(
    name="decisions/fl-2013-12",
    treatment=Treatment.PROGRAM,
    subject="right-size",
    headline="Right-size your baseline: pay for the hours you fly",
    why_text=(
        "You have flown below your baseline of 606.0 hours for 6 months in a row; over the last 12 months you used "
        "89 % of what you pay for, in December 61 %."
    ),
    proof_text=(
        "On your own last 12 months, the program would have cost $2,104,310.00 instead of $2,341,920.00: "
        "$237,610.00 less (10.1 %), every charge and minimum included."
    ),
    trade_text="In return the term is extended by 24 months, to 1 January 2016, with a baseline of 540.0 hours.",
    legal_text="Subject to credit approval and a signed amendment. Valid until 31 March 2014. Terms version 2013-11.",
    tone=Tone.PLAIN,
    announcement="",
    assessment_summary="Below the baseline for six months in a row, and falling by 4 % a month.",
)
BEST_PLAN = replace(
    PROGRAM,
    treatment=Treatment.BEST_PLAN,
    subject="",
    headline="You are on your best plan",
    why_text=(
        "We rated your last 12 months on the 2 programs you are eligible for. Both would have cost more than the "
        "$1,204,220.00 you were billed, the nearest by $18,330.00."
    ),
    proof_text="",
    trade_text="",
    legal_text="",
    assessment_summary="Within 6 % of the baseline in every one of the last twelve months.",
)
PRODUCT = replace(
    PROGRAM,
    treatment=Treatment.PRODUCT,
    subject="telemetry",
    headline="Direct telemetry for tails that report no air time",
    why_text="In December 46 of 1,880 flights (2.4 %) could not be billed: tail or air time was missing.",
    proof_text="",
    trade_text="Air time is read from the aircraft itself: your reports are complete on the first of the month.",
    legal_text="Optional. Ask for a quotation.",
)


@pytest.fixture
def airtran_december() -> Invoice:
    """The demo's hero: 74 aircraft of 100 agreed, 369.0 hours of 606.0, and a program that fits."""
    december = BillingPeriod.month(2013, 12)
    costs = [
        "214300",
        "211120",
        "226800",
        "219240",
        "229980",
        "214300",
        "214300",
        "214300",
        "214300",
        "214300",
        "214300",
        "214300",
    ]
    schedules = [
        Schedule("fl-boeing-717", "Boeing 717", (79, 58), ("512.3", "301.4"), "171200.00", "310.00"),
        Schedule("fl-boeing-737-700", "Boeing 737-700", (19, 15), ("88.1", "64.2"), "40100.00", "335.00"),
        Schedule("fl-other", "Type not reported", (2, 1), ("5.6", "3.4"), "3000.00", "300.00"),
    ]
    return assemble(
        "fl",
        "AirTran Airways",
        december,
        schedules,
        month_uses(december.last_months(12), AIRTRAN_HOURS, AIRTRAN_AIRCRAFT, costs),
        PROGRAM,
        base_for_next=False,
        extra=[top_up(schedules[0], december, "48250.00")],
        what_changed=(
            "You flew 369.0 flight hours with 74 aircraft: 237.0 hours (39 %) below the baseline of 606.0 and 26 "
            "aircraft below the 100 agreed. The bill is $167,290.00 lower than November's $215,540.00: base charges "
            "−$214,300.00, since your term ends on 1 January 2014, and minimums +$47,010.00."
        ),
    )


def top_up(schedule: Schedule, period: BillingPeriod, amount: str) -> Line:
    text = f"${Decimal(amount):,.2f}"
    return Line(
        id=f"{schedule.id}/minimum",
        schedule=schedule.id,
        schedule_display_name=schedule.title,
        charge="minimum",
        label="Top-up to the agreed minimum",
        kind=LineKind.TOP_UP,
        service_period=period,
        units="",
        baseline_quantity=None,
        used_quantity=None,
        adjustment_quantity=None,
        billable_quantity=None,
        rate_text="up to $48,250.00 per month",
        amount=money(amount),
        steps=(
            Step("commitment", "$48,250.00 agreed for the month; $0.00 drawn down by flight hours", None, None, None),
            Step("top-up", f"$48,250.00 − $0.00 = {text}", None, None, Decimal(amount)),
        ),
        charge_text="Flight hours count towards an agreed minimum of $48,250.00 a month; what is missing is topped up.",
        unit_amount=None,
    )


@pytest.fixture
def virgin_april() -> Invoice:
    """Overage with a higher tier, a bill far above the usual, and a product."""
    april = BillingPeriod.month(2013, 4)
    schedules = [
        Schedule("vx-airbus-a320", "Airbus A320 family", (52, 53), ("1734.2", "2671.3"), "612000.00", "295.00")
    ]
    invoice = assemble(
        "vx",
        "Virgin America",
        april,
        schedules,
        month_uses(april.last_months(4), VIRGIN_HOURS, VIRGIN_AIRCRAFT, ["612000", "612000", "678729", "889834.50"]),
        replace(
            PRODUCT,
            tone=Tone.CAREFUL,
            announcement="Higher than usual",
        ),
        what_changed=(
            "You flew 2,671.3 flight hours with 53 aircraft: 937.1 hours (54 %) above the baseline of 1,734.2 and 1 "
            "aircraft above the 52 agreed. The bill is $215,244.50 higher than March's $678,729.00: flight hours "
            "+$211,044.50, aircraft +$4,200.00."
        ),
        contact="Priya Raman",
        number="DC-2013-000063",
    )
    tiered = replace(
        invoice.lines[1],
        rate_text="$295.00 per hour above, to 400 h; $325.00 beyond",
        steps=(
            *invoice.lines[1].steps[:3],
            Step("tier", "400.0 flight hours at $295.00", Decimal(400), Decimal(295), Decimal("118000.00")),
            Step("tier", "537.1 flight hours at $325.00", Decimal("537.1"), Decimal(325), Decimal("174557.50")),
        ),
        amount=money("292557.50"),
    )
    lines = (invoice.lines[0], tiered, *invoice.lines[2:])
    return replace(invoice, lines=lines, total=total([line.amount for line in lines], "USD"))


@pytest.fixture
def hawaiian_best_plan() -> Invoice:
    """One schedule, steady, nothing waits, on its best plan."""
    november = BillingPeriod.month(2013, 11)
    hours = ["310.2", "288.0", "312.9", "301.0", "311.4", "299.8", "313.0", "310.9", "300.1", "310.4", "299.9"]
    return assemble(
        "ha",
        "Hawaiian Airlines",
        november,
        [Schedule("ha-airbus-a330", "Airbus A330-200", (14, 14), ("310.2", "299.9"), "100351.67", "410.00")],
        month_uses(november.last_months(11), hours, [14] * 11, ["100351.67"] * 11),
        BEST_PLAN,
        what_changed=(
            "You flew 299.9 flight hours with 14 aircraft: 10.3 hours (3 %) below the baseline of 310.2, and as many "
            "aircraft as agreed. The bill is $82.00 lower than October's $100,433.67: flight hours −$82.00."
        ),
        contact="Leilani Kealoha",
        number="DC-2013-000171",
        waiting=0,
    )


@pytest.fixture
def many_lines() -> Invoice:
    """Eight schedules: 24 lines, the most that page 1 is made for."""
    october = BillingPeriod.month(2013, 10)
    titles = [
        "Boeing 737-800",
        "Boeing 757-200",
        "Boeing 767-300ER",
        "Airbus A319-100",
        "Airbus A320-200",
        "McDonnell Douglas MD-88",
        "McDonnell Douglas MD-90-30",
        "Type not reported",
    ]
    schedules = [
        Schedule(
            f"dl-{index}",
            title,
            (60 + index, 62 + index * 2 - 4),
            ("1510.4", f"{1490 + index * 13}.7"),
            "482000.00",
            "288.50",
        )
        for index, title in enumerate(titles)
    ]
    periods = october.last_months(10)
    hours = [
        "12083.2",
        "11002.0",
        "12311.8",
        "12650.1",
        "12977.0",
        "13102.9",
        "13404.6",
        "13300.0",
        "11980.3",
        "12289.6",
    ]
    return assemble(
        "dl",
        "Delta Air Lines",
        october,
        schedules,
        month_uses(periods, hours, [508, 500, 511, 517, 520, 522, 527, 524, 512, 516], ["3871000"] * 10),
        PROGRAM,
        what_changed=(
            "You flew 12,289.6 flight hours with 516 aircraft: 206.4 hours (2 %) above the baseline of 12,083.2 and 8 "
            "aircraft above the 508 agreed. The bill is $61,410.20 higher than September's $3,980,150.30: flight hours "
            "+$44,610.20, aircraft +$16,800.00."
        ),
        contact="Robert Okafor",
        number="DC-2013-000149",
    )


InvoiceOf = Callable[[int], Invoice]


@pytest.fixture
def invoice_of(many_lines: Invoice) -> InvoiceOf:
    """Make an invoice with a given number of usage lines, for the limits of the layout."""

    def make(count: int) -> Invoice:
        usage = [line for line in many_lines.lines if line.kind is LineKind.USAGE]
        lines = tuple(
            replace(
                usage[i % len(usage)],
                id=f"s{i}/flight-hours",
                schedule=f"s{i}",
                schedule_display_name=f"Schedule {i:03}",
            )
            for i in range(count)
        )
        return replace(many_lines, lines=lines, measured=(), total=total([line.amount for line in lines], "USD"))

    return make


HOURS = UsageUnit("air_minutes", Decimal(60), Decimal("0.1"), "flight hours")


def terms_of(invoice: Invoice) -> Terms:
    return Terms(
        agreement=invoice.agreement,
        customer=invoice.customer.name,
        display_name=invoice.agreement_display_name,
        revision=1,
        effective_date=date(2013, 1, 1),
        start_date=date(2013, 1, 1),
        end_date=date(2014, 1, 1),
        purchase_order="PO-1",
        payment_days=30,
        zone="America/New_York",
        currency="USD",
        lessor=invoice.lessor,
        note="",
        usage_noun="flights",
        asset_noun="aircraft",
        usage_unit=HOURS,
        program="",
        places={(line.schedule, "flight-hours"): 1 for line in invoice.lines},
    )


def statement_of(invoice: Invoice) -> Statement:
    return Statement(
        agreement=invoice.agreement,
        agreement_revision=1,
        period=invoice.period,
        lines=invoice.lines,
        total=invoice.total,
        period_cost=Money(Decimal("214300.00"), "USD"),
        assets=invoice.assets,
        usage_records=invoice.usage_records,
        measured=invoice.measured,
    )


def with_cost_centres(invoice: Invoice) -> Invoice:
    """Give the assets three cost centres in turn, and divide the invoice among them."""
    centres = ("4110 Atlanta", "4120 Orlando", "4130 Milwaukee")
    assets = tuple(
        replace(asset, cost_centre=centres[place % len(centres)]) for place, asset in enumerate(invoice.assets)
    )
    made = replace(invoice, assets=assets)
    return replace(made, cost_centres=divide_invoice(statement_of(made), terms_of(made), made.months[-1]))

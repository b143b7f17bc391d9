"""A lessee with its history, and a rater of its own: what offers asks for, without a server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.asset_group import Fleet, GroupKey, GroupMonth, GroupMonths
from dutycycle.offers.asset_risk import Asset, AssetMonths
from dutycycle.offers.campaign import Campaign
from dutycycle.offers.communication import Contact, Customer
from dutycycle.offers.history import Month, Use, UseKind
from dutycycle.offers.product import Product, Trigger
from dutycycle.offers.program import Fit, Program
from dutycycle.offers.source import Catalogue
from dutycycle.offers.terms import Alternative, ChargeChange, ChargeKind, ChargeTerms, Terms

HOURS = ("jets", "flight-hours")
AIRCRAFT = ("jets", "aircraft")

RIGHT_SIZE = Program(
    id="right-size",
    display_name="Right-size",
    fit=Fit.BELOW_BASELINE,
    baseline_percent_of_usage=Decimal(100),
    usage_months=3,
    base_rate_percent=Decimal(104),
    overage_rate_percent=Decimal(100),
    minimum_percent=Decimal(100),
    term_extension_months=24,
    margin_percent=Decimal(20),
    margin_floor=Decimal(0),
    minimum_saving_percent=Decimal(4),
    legal_text="Subject to approval.",
)
HIGHER_TIER = replace(
    RIGHT_SIZE,
    id="higher-tier",
    display_name="Higher tier",
    fit=Fit.ABOVE_BASELINE,
    base_rate_percent=Decimal(93),
    minimum_saving_percent=Decimal(2),
)
TELEMETRY = Product("telemetry", "Telemetry", Trigger.UNUSABLE_RECORDS, Decimal(6), "It reports each flight.")
REDEPLOYMENT = Product("redeployment", "Redeployment", Trigger.IDLE_ASSETS, Decimal(10), "It places idle aircraft.")


def terms(base: str = "100000", hours: str = "100", aircraft: str = "10", minimum: str | None = None) -> Terms:
    """Make a lease of jets for 2013: a base charge, hours above a baseline, aircraft above a baseline, cycles."""
    return Terms(
        agreement="agreements/ma-xx-2013",
        customer="customers/xx",
        currency="USD",
        start_date=date(2013, 1, 1),
        end_date=date(2014, 1, 1),
        asset_noun="aircraft",
        usage_noun="flights",
        charges=(
            ChargeTerms("jets", "base", ChargeKind.FLAT, flat=Decimal(base)),
            ChargeTerms(*AIRCRAFT, ChargeKind.ASSETS, "aircraft", Decimal(aircraft), priced_above=True),
            ChargeTerms(
                *HOURS, ChargeKind.USAGE, "flight hours", Decimal(hours), step=Decimal("0.1"), priced_above=True
            ),
            ChargeTerms(
                "jets", "cycles", ChargeKind.USAGE, "cycles", minimum=None if minimum is None else Decimal(minimum)
            ),
        ),
    )


@dataclass
class Lessee:
    """What one lessee used each month of 2013. A `Source`: it rates by four prices and its own few lines."""

    agreed: Terms
    hours: Sequence[Decimal]
    """Flight hours of January, February, …"""
    aircraft: Sequence[int] = ()
    """Aircraft active; as many as agreed where it is shorter."""
    cycles: int = 50
    programs: tuple[Program, ...] = (RIGHT_SIZE, HIGHER_TIER)
    products: tuple[Product, ...] = (TELEMETRY, REDEPLOYMENT)
    prices: dict[str, Decimal] = field(
        default_factory=lambda: {"flight-hours": Decimal(1500), "aircraft": Decimal(5000), "cycles": Decimal(20)}
    )
    campaigns: tuple[Campaign, ...] = ()
    control_percent: Decimal = Decimal(0)
    contacts: tuple[Contact, ...] = (
        Contact("fleet@xx.example", "fleet manager", receives_invoices=True),
        Contact("payables@xx.example", "accounts payable", receives_invoices=True),
    )
    asked: list[BillingPeriod] = field(default_factory=list)
    """Every period whose usage was asked for."""

    async def terms(self, customer: str, period: BillingPeriod) -> Terms:
        assert customer == self.agreed.customer
        assert self.agreed.start_date <= period.start < self.agreed.end_date
        return self.agreed

    async def customer(self, name: str) -> Customer:
        return Customer(name, "Lessee", "en-US", self.contacts)

    async def catalogue(self) -> Catalogue:
        return Catalogue(self.programs, self.products, self.campaigns, self.control_percent)

    async def history(self, terms: Terms, periods: Sequence[BillingPeriod]) -> list[Month]:
        assert terms == self.agreed
        self.asked.extend(periods)
        return [self.month(period) for period in periods]

    async def fleet(self, terms: Terms, periods: Sequence[BillingPeriod]) -> Fleet:
        """Return one jet that flew in each of the months but the last."""
        assert terms == self.agreed
        last = periods[-1].start - timedelta(days=1)
        known = AssetMonths([9] * (len(periods) - 1) + [0], (periods[-1].end - last).days - 1)
        flown = [GroupMonth(1, 0, Decimal(9))] * (len(periods) - 1) + [GroupMonth(1, 1, Decimal(0))]
        return Fleet(
            [self.month(period) for period in periods],
            [Asset("assets/jet", "Jet", "jets", last, known)],
            [GroupMonths(GroupKey("jets", "Boeing", "717-200"), flown)],
        )

    async def costs(self, other: Alternative, periods: Sequence[BillingPeriod]) -> list[Money]:
        self.asked.extend(periods)
        return [self.cost(other.terms, other.changes, period) for period in periods]

    def month(self, period: BillingPeriod) -> Month:
        uses = tuple(
            Use(
                charge.schedule,
                charge.charge,
                UseKind.ASSETS if charge.kind is ChargeKind.ASSETS else UseKind.USAGE,
                charge.units,
                charge.baseline,
                self.used(charge, period),
            )
            for charge in self.agreed.charges
            if charge.kind is not ChargeKind.FLAT
        )
        return Month(period, self.cost(self.agreed, (), period), uses, self.overage(period))

    def overage(self, period: BillingPeriod) -> Money:
        """Return what was priced above a baseline."""
        above = sum(
            max(Decimal(0), self.used(charge, period) - (charge.baseline or 0)) * self.prices[charge.charge]
            for charge in self.agreed.charges
            if charge.priced_above
        )
        return Money(Decimal(above), "USD").rounded()

    def used(self, charge: ChargeTerms, period: BillingPeriod) -> Decimal:
        index = period.start.month - 1
        if charge.key == HOURS:
            return self.hours[index]
        if charge.key == AIRCRAFT and index < len(self.aircraft):
            return Decimal(self.aircraft[index])
        return Decimal(self.cycles) if charge.charge == "cycles" else (charge.baseline or Decimal(0))

    def cost(self, on: Terms, changes: Sequence[ChargeChange], period: BillingPeriod) -> Money:
        percents = {(change.schedule, change.charge): change.price_percent for change in changes}
        total = Decimal(0)
        for charge in on.charges:
            if charge.flat is not None:
                total += charge.flat
                continue
            price = self.prices[charge.charge] * percents.get(charge.key, Decimal(100)) / 100
            present = next(c for c in self.agreed.charges if c.key == charge.key)
            used = self.used(present, period)
            priced = max(Decimal(0), used - (charge.baseline or 0)) if charge.priced_above else used
            total += max(priced * price, charge.minimum or Decimal(0))
        return Money(total, "USD").rounded()


def months(lessee: Lessee, count: int = 12) -> list[Month]:
    """Return the first months of the lessee's history."""
    return [lessee.month(BillingPeriod.month(2013, number)) for number in range(1, count + 1)]


def steady(hours: str, count: int = 12) -> list[Decimal]:
    """Return the same hours for each month."""
    return [Decimal(hours)] * count

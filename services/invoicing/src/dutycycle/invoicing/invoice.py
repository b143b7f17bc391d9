"""An invoice: what one period of one agreement came to, and everything its documents say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod


class State(Enum):
    """States of an invoice."""

    DRAFT = "DRAFT"
    """Calculated; may be calculated again."""
    ISSUED = "ISSUED"
    """Numbered and final."""


class LineKind(Enum):
    """Sorts of lines."""

    BASE = "BASE"
    """An amount that does not depend on usage."""
    ASSETS = "ASSETS"
    """Quantity of assets in service."""
    USAGE = "USAGE"
    """Usage of the assets."""
    TOP_UP = "TOP_UP"
    """Top-up to a minimum or a commitment."""


class Treatment(Enum):
    """What an invoice says besides the bill."""

    NONE = "NONE"
    PROGRAM = "PROGRAM"
    PRODUCT = "PRODUCT"
    BEST_PLAN = "BEST_PLAN"


class Tone(Enum):
    """Tones of an e-mail."""

    PLAIN = "PLAIN"
    CAREFUL = "CAREFUL"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, and what the person is to the lease."""

    display_name: str
    email: str
    role: str
    receives_invoices: bool


@dataclass(frozen=True, slots=True)
class Customer:
    """Who is billed, as on the day the draft was made."""

    name: str
    display_name: str
    address_lines: tuple[str, ...]
    contacts: tuple[Contact, ...]
    usage_source: str
    language: str


@dataclass(frozen=True, slots=True)
class Lessor:
    """Who is to be paid, and who answers questions."""

    display_name: str
    address_lines: tuple[str, ...]
    remit_to_lines: tuple[str, ...]
    contact: Contact


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic of a line; the amounts of all steps add up to the line before rounding."""

    stage: str
    text: str
    quantity: Decimal | None
    unit_amount: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """What one charge came to. Quantities are in `units`; the amount is rounded to the minor unit."""

    id: str
    schedule: str
    schedule_display_name: str
    charge: str
    label: str
    kind: LineKind
    service_period: BillingPeriod
    units: str
    baseline_quantity: Decimal | None
    used_quantity: Decimal | None
    adjustment_quantity: Decimal | None
    billable_quantity: Decimal | None
    rate_text: str
    amount: Money
    steps: tuple[Step, ...]
    charge_text: str
    unit_amount: Decimal | None


@dataclass(frozen=True, slots=True)
class MeasuredUse:
    """Baseline and use of one charge, also where nothing is billed for it."""

    schedule: str
    schedule_display_name: str
    charge: str
    kind: LineKind
    units: str
    baseline_quantity: Decimal | None
    used_quantity: Decimal


@dataclass(frozen=True, slots=True)
class AssetUsage:
    """Usage of one asset on one placement in the period; `quantities` are sums by meter code."""

    asset: str
    display_name: str
    schedule: str
    schedule_display_name: str
    placement: str
    records: int
    days_active: int
    quantities: Mapping[str, Decimal]
    manufacturer: str
    model: str
    cost_centre: str = ""
    """The customer's; empty: not said."""


@dataclass(frozen=True, slots=True)
class CostCentreShare:
    """One cost centre's part of an invoice."""

    cost_centre: str
    """Empty: the assets that have none."""
    assets: int
    """Placed in the period."""
    used_quantity: Decimal
    """In the agreement's main unit."""
    amount: Money


@dataclass(frozen=True, slots=True)
class MonthUse:
    """One month of use and cost, all schedules together, usage in the agreement's main unit."""

    period: BillingPeriod
    baseline_quantity: Decimal
    used_quantity: Decimal
    assets_baseline: Decimal
    assets_active: Decimal
    cost: Money


@dataclass(frozen=True, slots=True)
class WaitingIdentity:
    """Waiting records of one identity as the source reports it."""

    asset_identity: str
    reason: str
    count: int
    quantities: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class UnbilledUsage:
    """Usage of the period that is not on the bill. The estimate is not due."""

    waiting_records: int
    waiting_quantity: Decimal
    units: str
    waiting_estimate: Money
    identities: tuple[WaitingIdentity, ...]
    rejected_by_reason: Mapping[str, int]

    @property
    def rejected_records(self) -> int:
        return sum(self.rejected_by_reason.values())


@dataclass(frozen=True, slots=True)
class AddedTreatment:
    """A product beside the first treatment."""

    subject: str
    headline: str
    why_text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The treatment as printed. What the lessor weighed stays with offers; a customer's document never carries it."""

    name: str
    treatment: Treatment
    subject: str
    headline: str
    why_text: str
    proof_text: str
    trade_text: str
    legal_text: str
    tone: Tone
    announcement: str
    assessment_summary: str
    offer_token: str = ""
    """Opens the page of the offer; empty without an offer that can be accepted."""
    stop_token: str = ""
    added: tuple[AddedTreatment, ...] = ()
    """What is said beside the first, in order."""


@dataclass(frozen=True, slots=True)
class OfferLinks:
    """Where an offer is read and answered, and how offers stop."""

    numbers_url: str
    """Page of the offer; empty without an offer that can be accepted."""
    stop_url: str
    """Stops offers by a click, or by mail where there is no portal."""
    stop_mailto: str = ""
    """Stops offers by mail."""


@dataclass(frozen=True, slots=True)
class Invoice:
    """A bill for one period of one agreement. Number and dates are absent while it is a draft."""

    name: str
    number: str
    state: State
    customer: Customer
    agreement: str
    agreement_display_name: str
    agreement_revision: int
    period: BillingPeriod
    zone: str
    issue_date: date | None
    due_date: date | None
    payment_days: int
    purchase_order: str
    lessor: Lessor
    lines: tuple[Line, ...]
    measured: tuple[MeasuredUse, ...]
    total: Money
    period_cost: Money
    what_changed: str
    months: tuple[MonthUse, ...]
    unbilled: UnbilledUsage
    decision: Decision | None
    assets: tuple[AssetUsage, ...]
    note: str
    usage_noun: str
    asset_noun: str
    previous_total: Money | None
    offer_links: OfferLinks
    usage_records: int
    cost_centres: tuple[CostCentreShare, ...] = ()
    """They add up to the invoice, the largest first; none where no asset has a cost centre."""
    estimated_records: int = 0
    """Of the accepted and the waiting records of the period, those that their source estimated."""

"""From statement, terms and usage to the draft of an invoice; nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

from dutycycle.invoicing import change, errors
from dutycycle.invoicing.cost_centre import divide_invoice
from dutycycle.invoicing.invoice import (
    Customer,
    Decision,
    Invoice,
    LineKind,
    MeasuredUse,
    MonthUse,
    OfferLinks,
    State,
    UnbilledUsage,
)
from dutycycle.invoicing.neighbour import Statement, Terms, UsageSummary, UsageUnit
from dutycycle.invoicing.wording import padded, places
from dutycycle.kit import ids
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import EXACT, divide_to_increment

HISTORY_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a draft is made of. `history` holds the statements before the billed one, oldest first."""

    customer: Customer
    terms: Terms
    statement: Statement
    history: Sequence[Statement]
    summary: UsageSummary
    decision: Decision | None
    only_agreement: bool
    """Whether no other agreement of the customer is billed for the period."""
    portal_url: str
    """Where customers reach the portal; empty: there is none."""
    next_terms: Terms | None = None
    """Those in force in the period after, where they are others: the base in advance is theirs already."""


def compose(inputs: Inputs) -> Invoice:
    """Make the draft. Raises an error if the lines do not add up to what rating says is due."""
    require_sum(inputs.statement)
    terms, statement = inputs.terms, with_places(inputs.statement, inputs.terms)
    unit = terms.usage_unit
    months = tuple(month_use(each, unit) for each in (*inputs.history, statement))
    previous = inputs.history[-1] if inputs.history else None
    name = invoice_name(inputs)
    return Invoice(
        name=name,
        number="",
        state=State.DRAFT,
        customer=inputs.customer,
        agreement=terms.agreement,
        agreement_display_name=terms.display_name,
        agreement_revision=statement.agreement_revision,
        period=statement.period,
        zone=terms.zone,
        issue_date=None,
        due_date=None,
        payment_days=terms.payment_days,
        purchase_order=terms.purchase_order,
        lessor=terms.lessor,
        lines=statement.lines,
        measured=statement.measured,
        total=statement.total,
        period_cost=statement.period_cost,
        what_changed=what_changed(inputs, months[-1]),
        months=months,
        unbilled=unbilled_usage(inputs.summary, statement, months[-1], unit),
        decision=inputs.decision,
        assets=statement.assets,
        note=terms.note,
        usage_noun=terms.usage_noun,
        asset_noun=terms.asset_noun or "assets",
        previous_total=previous.total if previous else None,
        offer_links=offer_links(inputs.decision, inputs.customer, terms, inputs.portal_url),
        usage_records=statement.usage_records,
        cost_centres=divide_invoice(statement, terms, months[-1]),
        estimated_records=inputs.summary.estimated,
    )


def issue(draft: Invoice, number: str, issue_date: date) -> Invoice:
    """Return the draft numbered, dated and final."""
    return replace(
        draft,
        number=number,
        state=State.ISSUED,
        issue_date=issue_date,
        due_date=issue_date + timedelta(days=draft.payment_days),
    )


def with_places(statement: Statement, terms: Terms) -> Statement:
    """Write every quantity with the places to which its charge rounds it."""

    def written(value: Decimal | None, schedule: str, charge: str) -> Decimal | None:
        return None if value is None else padded(value, terms.places.get((schedule, charge), 0))

    lines = (
        replace(
            line,
            baseline_quantity=written(line.baseline_quantity, line.schedule, line.charge),
            used_quantity=written(line.used_quantity, line.schedule, line.charge),
            adjustment_quantity=written(line.adjustment_quantity, line.schedule, line.charge),
            billable_quantity=written(line.billable_quantity, line.schedule, line.charge),
        )
        for line in statement.lines
    )
    measured = (
        replace(
            use,
            baseline_quantity=written(use.baseline_quantity, use.schedule, use.charge),
            used_quantity=padded(use.used_quantity, terms.places.get((use.schedule, use.charge), 0)),
        )
        for use in statement.measured
    )
    return replace(statement, lines=tuple(lines), measured=tuple(measured))


def require_sum(statement: Statement) -> None:
    """Raise unless the lines add up to the total, to the last minor unit."""
    added = total([line.amount for line in statement.lines], statement.total.currency)
    if added.amount != statement.total.amount:
        raise errors.lines_do_not_add_up(statement.agreement, statement.period.label, added, statement.total)


def invoice_name(inputs: Inputs) -> str:
    """Return "invoices/fl-2013-12"; the agreement joins in where a customer has several."""
    customer = ids.resource_id(inputs.customer.name, "customers") or ids.slug(inputs.customer.name)
    agreement = "" if inputs.only_agreement else f"-{ids.resource_id(inputs.terms.agreement, 'agreements')}"
    return f"invoices/{customer}-{inputs.statement.period.label}{agreement}"


def what_changed(inputs: Inputs, month: MonthUse) -> str:
    terms, statement = inputs.terms, inputs.statement
    noun = terms.asset_noun or "assets"
    sentences = [
        change.usage_sentence(month, terms.usage_unit.units if terms.usage_unit else "", noun),
        change.bill_sentence(
            statement.lines,
            inputs.history[-1].lines if inputs.history else None,
            statement.period,
            asset_noun=noun,
            last_period=statement.period.end >= terms.end_date,
        ),
        program_text(terms, inputs.next_terms),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def month_use(statement: Statement, unit: UsageUnit | None) -> MonthUse:
    """Add a statement's measures up: assets, and usage in the unit of the agreement."""
    usage = [use for use in statement.measured if use.kind is LineKind.USAGE and unit and use.units == unit.units]
    assets = [use for use in statement.measured if use.kind is LineKind.ASSETS]
    digits = places([unit.increment]) if unit else 0
    return MonthUse(
        period=statement.period,
        baseline_quantity=padded(_baseline(usage), digits),
        used_quantity=padded(_used(usage), digits),
        assets_baseline=_baseline(assets),
        assets_active=_used(assets),
        cost=statement.period_cost,
    )


def unbilled_usage(
    summary: UsageSummary, statement: Statement, month: MonthUse, unit: UsageUnit | None
) -> UnbilledUsage:
    """Tell what waits and was rejected; the estimate is the waiting quantity at the month's mean cost per unit."""
    waiting = Decimal(0)
    if unit is not None:
        measured = sum((identity.quantities.get(unit.meter, Decimal(0)) for identity in summary.identities), Decimal(0))
        waiting = _in_unit(measured, unit)
    return UnbilledUsage(
        waiting_records=summary.waiting,
        waiting_quantity=waiting,
        units=unit.units if unit else "",
        waiting_estimate=_estimate(waiting, month, statement.period_cost),
        identities=summary.identities,
        rejected_by_reason=dict(summary.rejected_by_reason),
    )


def offer_links(decision: Decision | None, customer: Customer, terms: Terms, portal_url: str) -> OfferLinks:
    """Return where an offer is read and answered, and the two honest ways to stop offers: a click, and a mail.

    Without a portal, or without keys that sign its links, the mail to the lessor's desk is the way.
    """
    mail = f"mailto:{terms.lessor.contact.email}?subject={quote(f'Stop offers to {customer.name}')}"
    base = portal_url.rstrip("/")
    offer_token = decision.offer_token if decision and base else ""
    stop_token = decision.stop_token if decision and base else ""
    return OfferLinks(
        numbers_url=f"{base}/o/{offer_token}" if offer_token else "",
        stop_url=f"{base}/stop/{stop_token}" if stop_token else mail,
        stop_mailto=mail,
    )


def program_text(terms: Terms, next_terms: Terms | None) -> str:
    """Say which program the bill is on, or from when its base charges are on one; empty without any."""
    if next_terms is not None and next_terms.program and next_terms.revision != terms.revision:
        day = f"{next_terms.effective_date.day} {next_terms.effective_date:%B %Y}"
        return (
            f"From {day} you are on {next_terms.program}, as you accepted: base charges for that time are billed on it "
            "here, usage from then on the next invoice."
        )
    if terms.program:
        day = f"{terms.effective_date.day} {terms.effective_date:%B %Y}"
        return f"This invoice bills {terms.program}, the program that you accepted, in force since {day}."
    return ""


def billed_months(period: BillingPeriod, start: date) -> list[BillingPeriod]:
    """Return the months of the term up to the period, at most HISTORY_MONTHS, the period last."""
    return [month for month in period.last_months(HISTORY_MONTHS) if month.start >= start]


def terms_in_force(revisions: Sequence[Terms], period: BillingPeriod) -> list[Terms]:
    """Return, for each agreement whose term covers the period, the revision in force on its first day."""
    newest: dict[str, Terms] = {}
    for revision in sorted(revisions, key=lambda each: each.revision):
        if revision.effective_date <= period.start:
            newest[revision.agreement] = revision
    covering = (each for each in newest.values() if each.start_date <= period.start < each.end_date)
    return sorted(covering, key=lambda each: (each.customer, each.agreement))


def _estimate(waiting: Decimal, month: MonthUse, cost: Money) -> Money:
    quantity = month.used_quantity or month.baseline_quantity
    if not quantity:
        return Money(Decimal(0), cost.currency).rounded()
    return Money(EXACT.divide(EXACT.multiply(waiting, cost.amount), quantity), cost.currency).rounded()


def _in_unit(measured: Decimal, unit: UsageUnit) -> Decimal:
    if unit.increment:
        return divide_to_increment(measured, unit.divide_by, unit.increment)
    return EXACT.divide(measured, unit.divide_by)


def _baseline(uses: Sequence[MeasuredUse]) -> Decimal:
    return sum((use.baseline_quantity for use in uses if use.baseline_quantity is not None), Decimal(0))


def _used(uses: Sequence[MeasuredUse]) -> Decimal:
    return sum((use.used_quantity for use in uses), Decimal(0))

"""Protos of the API to and from the values of invoicing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from google.type.decimal_pb2 import Decimal as DecimalProto
from google.type.money_pb2 import Money as MoneyProto

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2 as pb
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.invoicing.billing_run import BillingRun
from dutycycle.invoicing.file import Kind
from dutycycle.invoicing.invoice import (
    AddedTreatment,
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
    Step,
    Tone,
    Treatment,
    UnbilledUsage,
    WaitingIdentity,
)
from dutycycle.invoicing.neighbour import Reach, Statement, Terms, UsageSummary, UsageUnit
from dutycycle.invoicing.wording import padded, places
from dutycycle.kit.money import Money, minor_digits
from dutycycle.runtime.wire import (
    date_from_proto,
    date_to_proto,
    decimal_from_proto,
    decimal_to_proto,
    money_from_proto,
    money_to_proto,
    period_from_proto,
    period_to_proto,
    timestamp_to_proto,
)

Holder = rating_pb2.RatedLine | rating_pb2.Step | rating_pb2.MeasuredUse | charge_pb2.Quantify | offers_pb2.MonthUse
_KINDS = {
    rating_pb2.LINE_KIND_BASE: LineKind.BASE,
    rating_pb2.LINE_KIND_ASSETS: LineKind.ASSETS,
    rating_pb2.LINE_KIND_USAGE: LineKind.USAGE,
    rating_pb2.LINE_KIND_TOP_UP: LineKind.TOP_UP,
}
_TREATMENTS = {
    offers_pb2.TREATMENT_NONE: Treatment.NONE,
    offers_pb2.TREATMENT_PROGRAM: Treatment.PROGRAM,
    offers_pb2.TREATMENT_PRODUCT: Treatment.PRODUCT,
    offers_pb2.TREATMENT_BEST_PLAN: Treatment.BEST_PLAN,
}
DOCUMENT_KINDS = {
    pb.DOCUMENT_KIND_INVOICE_PDF: Kind.INVOICE_PDF,
    pb.DOCUMENT_KIND_ASSETS_XLSX: Kind.ASSETS_XLSX,
    pb.DOCUMENT_KIND_INVOICE_JSON: Kind.INVOICE_JSON,
    pb.DOCUMENT_KIND_REPORT_PDF: Kind.REPORT_PDF,
}
Key = TypeVar("Key")
Value = TypeVar("Value")


def customer_from_proto(message: contracts_pb2.Customer) -> Customer:
    return Customer(
        message.name,
        message.display_name,
        tuple(message.address_lines),
        tuple(contact_from_proto(contact) for contact in message.contacts),
        message.usage_source,
        message.language or "en-US",
    )


def customer_to_proto(customer: Customer) -> contracts_pb2.Customer:
    return contracts_pb2.Customer(
        name=customer.name,
        display_name=customer.display_name,
        address_lines=customer.address_lines,
        contacts=[contact_to_proto(contact) for contact in customer.contacts],
        usage_source=customer.usage_source,
        language=customer.language,
    )


def contact_from_proto(message: contracts_pb2.Contact) -> Contact:
    return Contact(message.display_name, message.email, message.role, message.receives_invoices)


def contact_to_proto(contact: Contact) -> contracts_pb2.Contact:
    return contracts_pb2.Contact(
        display_name=contact.display_name,
        email=contact.email,
        role=contact.role,
        receives_invoices=contact.receives_invoices,
    )


def terms_from_proto(message: contracts_pb2.Agreement) -> Terms:
    return Terms(
        agreement=message.name,
        customer=message.customer,
        display_name=message.display_name,
        revision=message.revision,
        effective_date=date_from_proto(message.effective_date, "agreement.effective_date"),
        start_date=date_from_proto(message.start_date, "agreement.start_date"),
        end_date=date_from_proto(message.end_date, "agreement.end_date"),
        purchase_order=message.purchase_order,
        payment_days=message.payment_days,
        zone=message.zone,
        currency=message.currency,
        lessor=Lessor(
            message.lessor.display_name,
            tuple(message.lessor.address_lines),
            tuple(message.lessor.remit_to_lines),
            contact_from_proto(message.lessor.contact),
        ),
        note=message.note,
        usage_noun=message.usage_noun,
        asset_noun=message.asset_noun,
        program=message.program,
        usage_unit=_usage_unit(message),
        places={
            (schedule.id, charge.id): places([decimal_from_proto(charge.quantify.increment)])
            for schedule in message.schedules
            for charge in schedule.charges
            if charge.quantify.HasField("increment")
        },
        reaches={
            (schedule.id, charge.id): _reach(schedule.id, charge)
            for schedule in message.schedules
            for charge in schedule.charges
        },
    )


def _reach(schedule: str, charge: charge_pb2.Charge) -> Reach:
    is_pool = charge.select.scope in (charge_pb2.SCOPE_AGREEMENT, charge_pb2.SCOPE_CUSTOMER)
    return Reach(charge.measure.meter, frozenset(charge.select.schedules if is_pool else [schedule]))


def _usage_unit(message: contracts_pb2.Agreement) -> UsageUnit | None:
    for schedule in message.schedules:
        for charge in schedule.charges:
            if charge.measure.aggregation == charge_pb2.AGGREGATION_SUM:
                quantify = charge.quantify
                return UsageUnit(
                    charge.measure.meter,
                    _decimal(quantify, "divide_by") or Decimal(1),
                    _decimal(quantify, "increment") or Decimal(0),
                    quantify.units,
                )
    return None


def statement_from_proto(message: rating_pb2.Statement) -> Statement:
    return Statement(
        agreement=message.agreement,
        agreement_revision=message.agreement_revision,
        period=period_from_proto(message.period),
        lines=tuple(line_from_proto(line) for line in message.lines),
        total=_money(message.total),
        period_cost=_money(message.period_cost),
        assets=tuple(asset_from_proto(asset) for asset in message.assets),
        usage_records=message.usage_records,
        measured=tuple(measured_from_proto(use) for use in message.measured),
    )


def line_from_proto(message: rating_pb2.RatedLine) -> Line:
    return Line(
        id=message.id,
        schedule=message.schedule,
        schedule_display_name=message.schedule_display_name,
        charge=message.charge,
        label=message.label,
        kind=_KINDS[message.kind],
        service_period=period_from_proto(message.service_period),
        units=message.units,
        baseline_quantity=_decimal(message, "baseline_quantity"),
        used_quantity=_decimal(message, "used_quantity"),
        adjustment_quantity=_decimal(message, "adjustment_quantity"),
        billable_quantity=_decimal(message, "billable_quantity"),
        rate_text=message.rate_text,
        amount=_money(message.amount),
        steps=tuple(
            Step(
                step.stage,
                step.text,
                _decimal(step, "quantity"),
                _decimal(step, "unit_amount"),
                _decimal(step, "amount"),
            )
            for step in message.steps
        ),
        charge_text=message.charge_text,
        unit_amount=_decimal(message, "unit_amount"),
    )


def line_to_proto(line: Line) -> rating_pb2.RatedLine:
    return rating_pb2.RatedLine(
        id=line.id,
        schedule=line.schedule,
        schedule_display_name=line.schedule_display_name,
        charge=line.charge,
        label=line.label,
        kind=_code(_KINDS, line.kind),
        service_period=period_to_proto(line.service_period),
        units=line.units,
        baseline_quantity=_optional(line.baseline_quantity),
        used_quantity=_optional(line.used_quantity),
        adjustment_quantity=_optional(line.adjustment_quantity),
        billable_quantity=_optional(line.billable_quantity),
        rate_text=line.rate_text,
        amount=money_to_proto(line.amount),
        steps=[
            rating_pb2.Step(
                stage=step.stage,
                text=step.text,
                quantity=_optional(step.quantity),
                unit_amount=_optional(step.unit_amount),
                amount=_optional(step.amount),
            )
            for step in line.steps
        ],
        charge_text=line.charge_text,
        unit_amount=_optional(line.unit_amount),
    )


def measured_from_proto(message: rating_pb2.MeasuredUse) -> MeasuredUse:
    return MeasuredUse(
        message.schedule,
        message.schedule_display_name,
        message.charge,
        _KINDS[message.kind],
        message.units,
        _decimal(message, "baseline_quantity"),
        decimal_from_proto(message.used_quantity, "used_quantity"),
    )


def measured_to_proto(use: MeasuredUse) -> rating_pb2.MeasuredUse:
    return rating_pb2.MeasuredUse(
        schedule=use.schedule,
        schedule_display_name=use.schedule_display_name,
        charge=use.charge,
        kind=_code(_KINDS, use.kind),
        units=use.units,
        baseline_quantity=_optional(use.baseline_quantity),
        used_quantity=decimal_to_proto(use.used_quantity),
    )


def asset_from_proto(message: rating_pb2.AssetUsage) -> AssetUsage:
    return AssetUsage(
        asset=message.asset,
        display_name=message.display_name,
        schedule=message.schedule,
        schedule_display_name=message.schedule_display_name,
        placement=message.placement,
        records=message.records,
        days_active=message.days_active,
        quantities=_quantities(message.quantities),
        manufacturer=message.manufacturer,
        model=message.model,
        cost_centre=message.cost_centre,
    )


def asset_to_proto(asset: AssetUsage) -> rating_pb2.AssetUsage:
    return rating_pb2.AssetUsage(
        asset=asset.asset,
        display_name=asset.display_name,
        schedule=asset.schedule,
        schedule_display_name=asset.schedule_display_name,
        placement=asset.placement,
        records=asset.records,
        days_active=asset.days_active,
        quantities={meter: format(value, "f") for meter, value in asset.quantities.items()},
        manufacturer=asset.manufacturer,
        model=asset.model,
        cost_centre=asset.cost_centre,
    )


def summary_from_proto(message: ingest_pb2.SummarizeUsageResponse) -> UsageSummary:
    return UsageSummary(
        message.accepted,
        message.waiting,
        message.rejected,
        dict(message.rejected_by_reason),
        tuple(
            WaitingIdentity(one.asset_identity, one.reason, one.count, _quantities(one.quantities))
            for one in message.waiting_identities
        ),
        message.estimated,
    )


def decision_from_proto(message: offers_pb2.Decision) -> Decision:
    """Keep what is printed; candidates, margins and the reason for the lessor stay with offers."""
    return Decision(
        name=message.name,
        treatment=_TREATMENTS[message.treatment],
        subject=message.subject,
        headline=message.headline,
        why_text=message.why_text,
        proof_text=message.proof_text,
        trade_text=message.trade_text,
        legal_text=message.legal_text,
        tone=Tone.CAREFUL if message.tone == offers_pb2.TONE_CAREFUL else Tone.PLAIN,
        announcement=message.announcement,
        assessment_summary=message.assessment.summary,
        offer_token=message.offer_token,
        stop_token=message.stop_token,
        added=tuple(AddedTreatment(each.subject, each.headline, each.why_text) for each in message.added),
    )


def decision_to_proto(decision: Decision, invoice: Invoice) -> offers_pb2.Decision:
    return offers_pb2.Decision(
        name=decision.name,
        customer=invoice.customer.name,
        period=period_to_proto(invoice.period),
        treatment=_code(_TREATMENTS, decision.treatment),
        subject=decision.subject,
        headline=decision.headline,
        why_text=decision.why_text,
        proof_text=decision.proof_text,
        trade_text=decision.trade_text,
        legal_text=decision.legal_text,
        tone=offers_pb2.TONE_CAREFUL if decision.tone is Tone.CAREFUL else offers_pb2.TONE_PLAIN,
        announcement=decision.announcement,
        added=[
            offers_pb2.AddedTreatment(
                treatment=offers_pb2.TREATMENT_PRODUCT,
                subject=each.subject,
                headline=each.headline,
                why_text=each.why_text,
            )
            for each in decision.added
        ],
        assessment=offers_pb2.Assessment(
            customer=invoice.customer.name,
            period=period_to_proto(invoice.period),
            summary=decision.assessment_summary,
        ),
    )


def month_to_proto(month: MonthUse) -> offers_pb2.MonthUse:
    return offers_pb2.MonthUse(
        period=period_to_proto(month.period),
        baseline_quantity=decimal_to_proto(month.baseline_quantity),
        used_quantity=decimal_to_proto(month.used_quantity),
        assets_baseline=decimal_to_proto(month.assets_baseline),
        assets_active=decimal_to_proto(month.assets_active),
        cost=money_to_proto(month.cost),
    )


def unbilled_to_proto(unbilled: UnbilledUsage) -> pb.UnbilledUsage:
    return pb.UnbilledUsage(
        waiting_records=unbilled.waiting_records,
        waiting_quantity=decimal_to_proto(unbilled.waiting_quantity),
        units=unbilled.units,
        waiting_estimate=money_to_proto(unbilled.waiting_estimate),
        identities=[
            ingest_pb2.WaitingIdentity(
                asset_identity=one.asset_identity,
                reason=one.reason,
                count=one.count,
                quantities={meter: format(value, "f") for meter, value in one.quantities.items()},
            )
            for one in unbilled.identities
        ],
        rejected_by_reason=unbilled.rejected_by_reason,
    )


def invoice_to_proto(invoice: Invoice, *, with_assets: bool) -> pb.Invoice:
    lessor = invoice.lessor
    return pb.Invoice(
        name=invoice.name,
        number=invoice.number,
        state=f"INVOICE_STATE_{invoice.state.value}",
        customer=customer_to_proto(invoice.customer),
        agreement=invoice.agreement,
        agreement_display_name=invoice.agreement_display_name,
        agreement_revision=invoice.agreement_revision,
        period=period_to_proto(invoice.period),
        zone=invoice.zone,
        issue_date=date_to_proto(invoice.issue_date) if invoice.issue_date else None,
        due_date=date_to_proto(invoice.due_date) if invoice.due_date else None,
        purchase_order=invoice.purchase_order,
        lessor=contracts_pb2.Lessor(
            display_name=lessor.display_name,
            address_lines=lessor.address_lines,
            remit_to_lines=lessor.remit_to_lines,
            contact=contact_to_proto(lessor.contact),
        ),
        lines=[line_to_proto(line) for line in invoice.lines],
        measured=[measured_to_proto(use) for use in invoice.measured],
        total=money_to_proto(invoice.total),
        what_changed=invoice.what_changed,
        months=[month_to_proto(month) for month in invoice.months],
        unbilled=unbilled_to_proto(invoice.unbilled),
        decision=decision_to_proto(invoice.decision, invoice) if invoice.decision else None,
        assets=[asset_to_proto(asset) for asset in invoice.assets] if with_assets else [],
        note=invoice.note,
        usage_noun=invoice.usage_noun,
        asset_noun=invoice.asset_noun,
        previous_total=money_to_proto(invoice.previous_total) if invoice.previous_total else None,
        offer_links=pb.OfferLinks(
            numbers_url=invoice.offer_links.numbers_url,
            stop_url=invoice.offer_links.stop_url,
            stop_mailto=invoice.offer_links.stop_mailto,
        ),
        usage_records=invoice.usage_records,
        cost_centres=[
            pb.CostCentreShare(
                cost_centre=share.cost_centre,
                assets=share.assets,
                used_quantity=decimal_to_proto(share.used_quantity),
                amount=money_to_proto(share.amount),
            )
            for share in invoice.cost_centres
        ],
        estimated_records=invoice.estimated_records,
    )


def run_to_proto(run: BillingRun) -> pb.BillingRun:
    return pb.BillingRun(
        name=run.name,
        period=period_to_proto(run.period),
        state=f"BILLING_RUN_STATE_{run.state.value}",
        invoices_total=run.invoices_total,
        invoices_done=run.invoices_done,
        progress_text=run.progress_text,
        error=run.error,
        update_time=timestamp_to_proto(run.update_time),
    )


def _decimal(message: Holder, field: str) -> Decimal | None:
    if not message.HasField(field):
        return None
    value: DecimalProto = getattr(message, field)
    return decimal_from_proto(value, field)


def _optional(value: Decimal | None) -> DecimalProto | None:
    return None if value is None else decimal_to_proto(value)


def _money(message: MoneyProto) -> Money:
    """Read an amount and write it with the places of its currency."""
    amount = money_from_proto(message)
    return Money(padded(amount.amount, minor_digits(amount.currency)), amount.currency)


def _quantities(quantities: Mapping[str, str]) -> dict[str, Decimal]:
    return {meter: Decimal(value) for meter, value in sorted(quantities.items())}


def _code(values: Mapping[Key, Value], wanted: Value) -> Key:
    return next(code for code, value in values.items() if value is wanted)

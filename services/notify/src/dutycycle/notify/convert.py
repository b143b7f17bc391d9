"""Protos of the API to and from the values of notify."""

from __future__ import annotations

from decimal import Decimal

from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.notify.v1 import notify_pb2 as pb
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.money import Money, total
from dutycycle.notify import wording
from dutycycle.notify.bill import Bill, Offer, Recipient, Row
from dutycycle.notify.delivery import Delivery, State
from dutycycle.runtime.wire import (
    date_from_proto,
    decimal_from_proto,
    money_from_proto,
    period_from_proto,
    timestamp_to_proto,
)

STATES = {
    pb.DELIVERY_STATE_PENDING: State.PENDING,
    pb.DELIVERY_STATE_SENDING: State.SENDING,
    pb.DELIVERY_STATE_DELIVERED: State.DELIVERED,
    pb.DELIVERY_STATE_FAILED: State.FAILED,
}
_BY_USAGE = (rating_pb2.LINE_KIND_ASSETS, rating_pb2.LINE_KIND_USAGE)


def bill_from_proto(message: invoicing_pb2.Invoice) -> Bill:
    period = period_from_proto(message.period)
    due = money_from_proto(message.total)
    decision = message.decision
    return Bill(
        invoice=message.name,
        number=message.number,
        customer=message.customer.name,
        customer_name=message.customer.display_name,
        language=message.customer.language or "en-US",
        period_title=period.title,
        period_days=wording.days(period),
        zone=message.zone,
        total=due.text(),
        credit=due.amount < 0,
        issue_day=wording.day(date_from_proto(message.issue_date, "issue_date")),
        due_day=wording.day(date_from_proto(message.due_date, "due_date")),
        purchase_order=message.purchase_order,
        remit_to_lines=tuple(message.lessor.remit_to_lines),
        what_changed=message.what_changed,
        rows=rows_from_proto(message),
        waiting=_waiting(message.unbilled),
        rejected=_rejected(message.unbilled),
        note=message.note,
        usage_noun=message.usage_noun,
        lessor_name=message.lessor.display_name,
        lessor_address_lines=tuple(message.lessor.address_lines),
        contact_name=message.lessor.contact.display_name,
        contact_role=message.lessor.contact.role,
        contact_email=message.lessor.contact.email,
        careful=decision.tone == offers_pb2.TONE_CAREFUL,
        announcement=decision.announcement,
        offer=_offer(decision, message.offer_links),
        recipients=tuple(
            Recipient(contact.display_name, contact.email)
            for contact in message.customer.contacts
            if contact.receives_invoices and contact.email
        ),
    )


def rows_from_proto(message: invoicing_pb2.Invoice) -> tuple[Row, ...]:
    """Add the lines up by what they charge for: assets first, then usage by unit, then what does not depend on it."""
    groups: dict[tuple[bool, str], list[rating_pb2.RatedLine]] = {}
    for line in message.lines:
        by_usage = line.kind in _BY_USAGE
        title = line.label if by_usage else _fixed_title(line)
        groups.setdefault((not by_usage, title), []).append(line)
    ordered = sorted(groups.items(), key=lambda group: group[0][0])
    return tuple(_row(title, lines, by_usage=not fixed) for (fixed, title), lines in ordered)


def _fixed_title(line: rating_pb2.RatedLine) -> str:
    if line.kind == rating_pb2.LINE_KIND_BASE:
        return f"Base charges for {period_from_proto(line.service_period).title}"
    return line.label


def _row(title: str, lines: list[rating_pb2.RatedLine], *, by_usage: bool) -> Row:
    charge = total([money_from_proto(line.amount) for line in lines], lines[0].amount.currency_code).text()
    if not by_usage:
        return Row(title, "", "", "", charge)
    used = [decimal_from_proto(line.used_quantity) for line in lines if line.HasField("used_quantity")]
    agreed = [decimal_from_proto(line.baseline_quantity) for line in lines if line.HasField("baseline_quantity")]
    digits = wording.places([*used, *agreed])
    adjustments = [
        decimal_from_proto(line.adjustment_quantity) for line in lines if line.HasField("adjustment_quantity")
    ]
    return Row(
        title,
        wording.quantity(sum(agreed, Decimal(0)), digits) if agreed else "—",
        wording.quantity(sum(used, Decimal(0)), digits),
        wording.signed(sum(adjustments, Decimal(0)), digits) if adjustments else "—",
        charge,
    )


def _offer(decision: offers_pb2.Decision, links: invoicing_pb2.OfferLinks) -> Offer | None:
    if decision.treatment in (offers_pb2.TREATMENT_UNSPECIFIED, offers_pb2.TREATMENT_NONE):
        return None
    return Offer(
        saleable=decision.treatment != offers_pb2.TREATMENT_BEST_PLAN,
        headline=decision.headline,
        why_text=decision.why_text,
        proof_text=decision.proof_text,
        trade_text=decision.trade_text,
        legal_text=decision.legal_text,
        numbers_url=links.numbers_url,
        stop_url=links.stop_url,
    )


def _waiting(unbilled: invoicing_pb2.UnbilledUsage) -> str:
    if not unbilled.waiting_records:
        return ""
    quantity = decimal_from_proto(unbilled.waiting_quantity)
    estimate: Money = money_from_proto(unbilled.waiting_estimate)
    verb = "waits" if unbilled.waiting_records == 1 else "wait"
    return (
        f"{wording.count(unbilled.waiting_records, 'usage record')} ({wording.quantity(quantity, 0)} {unbilled.units}) "
        f"{verb} for an asset: estimated at {estimate.text()}"
    )


def _rejected(unbilled: invoicing_pb2.UnbilledUsage) -> str:
    rejected = sum(unbilled.rejected_by_reason.values())
    return f"{wording.count(rejected, 'record')} rejected" if rejected else ""


def delivery_to_proto(delivery: Delivery) -> pb.Delivery:
    return pb.Delivery(
        name=delivery.name,
        invoice=delivery.invoice,
        customer=delivery.customer,
        recipient=delivery.recipient,
        subject=delivery.subject,
        message_id=delivery.message_id,
        state=f"DELIVERY_STATE_{delivery.state.value}",
        attempts=delivery.attempts,
        last_answer=delivery.last_answer,
        update_time=timestamp_to_proto(delivery.update_time),
        next_attempt_time=timestamp_to_proto(delivery.next_attempt_time) if delivery.next_attempt_time else None,
    )

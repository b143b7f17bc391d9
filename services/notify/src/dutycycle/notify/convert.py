"""Protos of the API to and from the values of notify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.notify.v1 import notify_pb2 as pb
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.notify import wording
from dutycycle.notify.alert import Alert, AlertSettings, Running, Use
from dutycycle.notify.bill import Bill, Offer, Recipient, Row
from dutycycle.notify.correspondence import Correspondence
from dutycycle.notify.delivery import Delivery, State, Suppression
from dutycycle.notify.letter import Letter
from dutycycle.runtime.wire import (
    date_from_proto,
    date_to_proto,
    decimal_from_proto,
    decimal_to_proto,
    invalid,
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
        stop_mailto=links.stop_mailto,
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
        kind=f"MESSAGE_KIND_{delivery.kind.value}",
    )


def suppression_to_proto(suppression: Suppression) -> pb.Suppression:
    return pb.Suppression(
        recipient=suppression.recipient,
        reason=suppression.reason,
        create_time=timestamp_to_proto(suppression.noted_at),
    )


def alert_settings_from_proto(message: pb.AlertSettings) -> AlertSettings:
    """Read what a customer wants to be told. Raises InvalidInputError naming the field that is wrong."""
    percents = tuple(decimal_from_proto(each, "baseline_percents") for each in message.baseline_percents)
    if any(not 0 < percent <= 1000 for percent in percents):
        raise invalid("baseline_percents", "give shares above 0 and at most 1000 percent")
    for field in ("quiet_from_hour", "quiet_to_hour"):
        if not 0 <= getattr(message, field) <= 23:
            raise invalid(field, "give an hour of 0 to 23")
    if message.silent_days < 0:
        raise invalid("silent_days", "give 0 for never, or a number of days")
    budget = decimal_from_proto(message.budget, "budget") if message.HasField("budget") else None
    if budget is not None and budget <= 0:
        raise invalid("budget", "give an amount above zero, or none")
    return AlertSettings(
        customer=message.customer,
        baseline_percents=percents,
        projected_overage=message.projected_overage,
        silent_days=message.silent_days,
        budget=budget,
        digest=message.digest,
        quiet_from_hour=message.quiet_from_hour,
        quiet_to_hour=message.quiet_to_hour,
        by_email=message.by_email,
    )


def alert_settings_from_bytes(body: bytes) -> AlertSettings:
    return alert_settings_from_proto(pb.AlertSettings.FromString(body))


def alert_settings_to_proto(settings: AlertSettings) -> pb.AlertSettings:
    return pb.AlertSettings(
        customer=settings.customer,
        baseline_percents=[decimal_to_proto(percent) for percent in settings.baseline_percents],
        projected_overage=settings.projected_overage,
        silent_days=settings.silent_days,
        budget=decimal_to_proto(settings.budget) if settings.budget is not None else None,
        digest=settings.digest,
        quiet_from_hour=settings.quiet_from_hour,
        quiet_to_hour=settings.quiet_to_hour,
        by_email=settings.by_email,
    )


def alert_to_proto(told: Alert, name: str, created_at: datetime) -> pb.Alert:
    return pb.Alert(
        name=name,
        customer=told.customer,
        kind=f"ALERT_KIND_{told.kind.value}",
        period_start_date=date_to_proto(told.period_start),
        subject=told.subject,
        text=told.text,
        create_time=timestamp_to_proto(created_at),
    )


def correspondence_from_proto(customer: contracts_pb2.Customer, agreement: contracts_pb2.Agreement) -> Correspondence:
    lessor = agreement.lessor
    return Correspondence(
        customer=customer.name,
        customer_name=customer.display_name,
        lessor_name=lessor.display_name,
        lessor_address_lines=tuple(lessor.address_lines),
        reply_name=lessor.contact.display_name,
        reply_email=lessor.contact.email,
        zone=agreement.zone,
        recipients=tuple(
            Recipient(each.display_name, each.email) for each in customer.contacts if each.receives_invoices
        ),
    )


def announcement_letter(decision: offers_pb2.Decision, to: Correspondence, greeting: str) -> Letter:
    """Write the letter that announces a bill before it comes: what it is, what drives it, what would help. No offer."""
    assessment = decision.assessment
    month = period_from_proto(decision.period).title
    paragraphs = [
        f"Your invoice for {month} is on its way, and it is not like the others: "
        f"{decision.announcement[:1].lower()}{decision.announcement[1:]}.",
        f"What drives it. {assessment.summary}",
    ]
    if decision.tone == offers_pb2.TONE_CAREFUL:
        usual = money_from_proto(assessment.months[-1].cost).text()
        paragraphs.append(f"The month comes to {usual}. The invoice shows every charge with its arithmetic.")
    paragraphs.append(
        "What would help. If usage looks wrong to you, tell us before the invoice is due: every line can be followed "
        f"down to its records. If it is right, ask {to.reply_name} what can be done about the coming months."
    )
    return Letter(
        subject=f"Before your invoice for {month} comes: {decision.announcement}",
        greeting=greeting,
        paragraphs=tuple(paragraphs),
        link="",
        link_text="",
        sender_name=to.lessor_name,
        sender_address_lines=to.lessor_address_lines,
        reply_name=to.reply_name,
        reply_email=to.reply_email,
    )


def running_from_proto(
    message: rating_pb2.WatchAccrualsResponse, statements: Sequence[rating_pb2.Statement], today: date
) -> Running:
    """Read a running period as it stands; `statements` are those of the months before and of itself, with assets."""
    period = period_from_proto(message.period)
    before = [each for each in statements if period_from_proto(each.period) < period]
    return Running(
        customer=message.customer,
        period_start=period.start,
        period_end=period.end,
        today=today,
        uses=tuple(_use(accrual, before) for accrual in message.accruals),
        cost=sum((money_from_proto(each).amount for each in message.totals), Decimal(0)),
        currency=message.totals[0].currency_code if message.totals else "",
        silent=_fallen_silent(statements, period, today),
    )


def _fallen_silent(
    statements: Sequence[rating_pb2.Statement], period: BillingPeriod, today: date
) -> tuple[tuple[str, int], ...]:
    """Return the assets that had usage in the month before or in the period, with the days since their last."""
    last: dict[str, date] = {}
    for statement in statements:
        if period_from_proto(statement.period) >= period.previous_month():
            for asset in statement.assets:
                if asset.records:
                    day = date_from_proto(asset.last_active_date)
                    last[asset.asset] = max(day, last.get(asset.asset, day))
    return tuple(sorted((asset, (today - day).days) for asset, day in last.items()))


def _use(accrual: rating_pb2.Accrual, before: Sequence[rating_pb2.Statement]) -> Use:
    use = accrual.use
    key = (use.schedule, use.charge)
    past = (each for statement in before for each in statement.measured if (each.schedule, each.charge) == key)
    return Use(
        subject=f"{use.schedule}/{use.charge}",
        title=f"{use.schedule_display_name}, {accrual.label.lower()}",
        units=use.units,
        used=decimal_from_proto(use.used_quantity),
        baseline=decimal_from_proto(use.baseline_quantity) if use.HasField("baseline_quantity") else None,
        before=tuple(decimal_from_proto(each.used_quantity) for each in past),
    )

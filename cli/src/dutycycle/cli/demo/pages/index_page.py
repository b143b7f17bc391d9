"""The first page: what the demo did, three customers to follow, every invoice, and what was not billed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.cli.demo.pages.chart import Chart
from dutycycle.cli.demo.pages.customer_page import Pick
from dutycycle.cli.demo.pages.month import usage_sparkline, usage_units
from dutycycle.cli.demo.pages.template import render
from dutycycle.cli.demo.pages.treatment import Mark, decision_id, invoice_id, legend, mark
from dutycycle.cli.demo.pages.wording import NOTHING, bare_amount, date_text, local_time, money, period, reason
from dutycycle.kit.money import total
from dutycycle.runtime.wire import money_from_proto


@dataclass(frozen=True, slots=True)
class Usage:
    """What ingest holds, and what it does not bill."""

    summary: ingest_pb2.SummarizeUsageResponse
    rejections: Mapping[str, ingest_pb2.ListRejectionsResponse]
    """The first of each reason."""
    waiting: ingest_pb2.ListWaitingUsageResponse
    """The first."""


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A file that was fed, or the answer to one."""

    link: str
    title: str
    size: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One invoice in the table of all."""

    invoice: str
    number: str
    month: str
    issued: str
    due_date: str
    due: str
    figure: str
    """The amount due without its currency."""
    mark: Mark
    headline: str
    decision: str


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer's invoices, by month."""

    title: str
    code: str
    cells: Sequence[Cell]
    whole: str
    whole_figure: str
    chart: Chart
    units: str


@dataclass(frozen=True, slots=True)
class PickCard:
    """The invitation to follow an invoice."""

    pick: Pick
    month: str
    due: str
    later: str
    """Month of the invoice that carried the offer, if a later one did; empty otherwise."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A usage record that was refused or waits."""

    record: str
    """Identifier in its source; empty if the row could not be read at all."""
    time: str
    identity: str
    message: str
    origin: str


@dataclass(frozen=True, slots=True)
class RefusedGroup:
    """Records refused for one reason."""

    title: str
    records: int
    rows: Sequence[RefusedRow]


def index_page(
    invoices: Sequence[invoicing_pb2.Invoice],
    picks: Sequence[Pick],
    usage: Usage,
    files: Sequence[FeedFile],
    emails: int,
) -> str:
    """Render the first page."""
    summary = usage.summary
    currency = invoices[0].total.currency_code if invoices else "USD"
    zone = invoices[0].zone if invoices else "UTC"
    return render(
        "index.html",
        "",
        lessor=invoices[0].lessor.display_name if invoices else "",
        note=invoices[0].note if invoices else "",
        received=summary.accepted + summary.waiting + summary.rejected,
        accepted=summary.accepted,
        waiting=summary.waiting,
        rejected=summary.rejected,
        invoices=len(invoices),
        emails=emails,
        invoiced=total([money_from_proto(each.total) for each in invoices], currency).text(),
        lines=sum(len(each.lines) for each in invoices),
        picks=[_card(each) for each in picks],
        months=[f"{month:%b}" for month in sorted({period(each.period).start for each in invoices})],
        customers=customer_rows(invoices),
        legend=legend(invoices),
        zone=zone,
        currency=currency,
        refused=[
            RefusedGroup(reason(code), page.total, [_rejected_row(each, zone) for each in page.rejections])
            for code, page in sorted(usage.rejections.items())
        ],
        waiting_rows=[_waiting_row(each, zone) for each in usage.waiting.waiting],
        waiting_identities=len(summary.waiting_identities),
        files=files,
    )


def customer_rows(invoices: Sequence[invoicing_pb2.Invoice]) -> list[CustomerRow]:
    """Return a row a customer, in the order of their names."""
    by_customer: dict[str, list[invoicing_pb2.Invoice]] = {}
    for invoice in sorted(invoices, key=lambda each: (each.customer.display_name, period(each.period).start)):
        by_customer.setdefault(invoice.customer.name, []).append(invoice)
    return [_customer_row(own) for own in by_customer.values()]


def _customer_row(invoices: Sequence[invoicing_pb2.Invoice]) -> CustomerRow:
    last = invoices[-1]
    whole = total([money_from_proto(each.total) for each in invoices], last.total.currency_code)
    return CustomerRow(
        title=last.customer.display_name,
        code=last.customer.name.removeprefix("customers/"),
        cells=[_cell(invoice) for invoice in invoices],
        whole=whole.text(),
        whole_figure=bare_amount(whole),
        chart=usage_sparkline(last),
        units=usage_units(last.lines),
    )


def _card(picked: Pick) -> PickCard:
    later = period(picked.later.period).title if picked.later else ""
    return PickCard(picked, period(picked.invoice.period).title, money(picked.invoice.total), later)


def _cell(invoice: invoicing_pb2.Invoice) -> Cell:
    return Cell(
        invoice=invoice_id(invoice),
        number=invoice.number,
        month=period(invoice.period).title,
        issued=date_text(invoice.issue_date),
        due_date=date_text(invoice.due_date),
        due=money(invoice.total),
        figure=bare_amount(money_from_proto(invoice.total)),
        mark=mark(invoice.decision),
        headline=invoice.decision.headline or mark(invoice.decision).title,
        decision=decision_id(invoice.decision),
    )


def _rejected_row(rejection: ingest_pb2.Rejection, zone: str) -> RefusedRow:
    return _refused_row(rejection.record, zone, rejection.message, rejection.origin)


def _waiting_row(waiting: ingest_pb2.WaitingUsage, zone: str) -> RefusedRow:
    return _refused_row(waiting.record, zone, waiting.message, waiting.record.source)


def _refused_row(record: ingest_pb2.UsageRecord, zone: str, message: str, origin: str) -> RefusedRow:
    return RefusedRow(
        record=record.event_id,
        time=local_time(record.occurred_time, zone) if record.HasField("occurred_time") else NOTHING,
        identity=record.asset_identity or "none",
        message=message,
        origin=origin,
    )

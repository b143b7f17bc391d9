"""Ask the services for what the pages show, and write the pages. The only file here that calls a service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.notify.v1 import notify_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.demo.pages.customer_page import MailView, customer_page, mail_view, pick
from dutycycle.cli.demo.pages.index_page import FeedFile, Usage, index_page
from dutycycle.cli.demo.pages.line import is_measured, line_path
from dutycycle.cli.demo.pages.line_page import line_page
from dutycycle.cli.demo.pages.mail import find_mail
from dutycycle.cli.demo.pages.offer_page import offer_page, offered_program
from dutycycle.cli.demo.pages.picture import draw_pages
from dutycycle.cli.demo.pages.rerating import Rerating
from dutycycle.cli.demo.pages.treatment import decision_id, invoice_id
from dutycycle.cli.demo.pages.wording import file_size, period
from dutycycle.runtime.page import pages
from dutycycle.runtime.wire import date_from_proto, period_to_proto

_RECORDS_A_LINE = 5_000
"""Usage records listed below a line; none of the demo's lines has more."""
_REFUSED_ROWS = 6
"""Rejections listed for each reason, and records that wait."""


async def write_pages(client: Client, invoices: Sequence[invoicing_pb2.Invoice], out: Path) -> Path:
    """Write the pages about a finished demo below `out`; return the first one.

    `invoices` are all that were issued, without their assets; documents, mail and fed files are below `out` already.
    """
    invoices = await _with_decisions(client, invoices)
    agreements = await _agreements(client)
    catalogue = (await client.contracts.GetCatalogue(contracts_pb2.GetCatalogueRequest())).catalogue
    deliveries = await _deliveries(client)
    for invoice in invoices:
        if invoice.decision.name:
            rerating = await _rerate(client, invoice, agreements.in_force(invoice))
            page = offer_page(invoice, catalogue, rerating)
            _write(out / "offers" / f"{decision_id(invoice.decision)}.html", page)
    picks = pick(invoices)
    for picked in picks:
        links = await _write_lines(client, picked.invoice, agreements.in_force(picked.invoice), out)
        mail = _mail(deliveries, picked.invoice, out)
        pictures = _pictures(picked.invoice, out)
        _write(out / picked.path, customer_page(picked, links, mail, pictures, catalogue))
    index = out / "index.html"
    emails = sum(each.state == notify_pb2.DELIVERY_STATE_DELIVERED for each in deliveries)
    _write(index, index_page(invoices, picks, await _usage(client), _feed_files(out), emails))
    return index


async def _with_decisions(client: Client, invoices: Sequence[invoicing_pb2.Invoice]) -> list[invoicing_pb2.Invoice]:
    """Return the invoices with their whole decisions: an invoice keeps what is printed, offers what was looked at."""
    request = offers_pb2.ListDecisionsRequest(page_size=1_000)
    decisions = {
        each.name: each async for page in pages(client.offers.ListDecisions, request) for each in page.decisions
    }
    return [_with_decision(invoice, decisions) for invoice in invoices]


def _with_decision(
    invoice: invoicing_pb2.Invoice, decisions: Mapping[str, offers_pb2.Decision]
) -> invoicing_pb2.Invoice:
    whole = invoicing_pb2.Invoice()
    whole.CopyFrom(invoice)
    if invoice.decision.name in decisions:
        whole.decision.CopyFrom(decisions[invoice.decision.name])
    return whole


@dataclass(frozen=True, slots=True)
class _Agreements:
    revisions: Sequence[contracts_pb2.Agreement]

    def in_force(self, invoice: invoicing_pb2.Invoice) -> contracts_pb2.Agreement:
        """Return the revision that an invoice was billed on."""
        return next(
            each
            for each in self.revisions
            if (each.name, each.revision) == (invoice.agreement, invoice.agreement_revision)
        )


async def _agreements(client: Client) -> _Agreements:
    request = contracts_pb2.ListAgreementsRequest(page_size=1_000)
    return _Agreements(
        [each async for page in pages(client.contracts.ListAgreements, request) for each in page.agreements]
    )


async def _deliveries(client: Client) -> list[notify_pb2.Delivery]:
    request = notify_pb2.ListDeliveriesRequest(page_size=1_000)
    return [each async for page in pages(client.notify.ListDeliveries, request) for each in page.deliveries]


async def _rerate(
    client: Client, invoice: invoicing_pb2.Invoice, agreement: contracts_pb2.Agreement
) -> Rerating | None:
    """Rate the months behind an offered program once more on both terms; None if no program was offered."""
    candidate = offered_program(invoice.decision)
    if candidate is None:
        return None
    first = period(candidate.months[0].period)
    before = [period_to_proto(first.previous_month())] if first.start > date_from_proto(agreement.start_date) else []
    request = rating_pb2.RatePeriodsRequest(
        customer=invoice.customer.name, periods=[*before, *(month.period for month in candidate.months)]
    )
    present = await client.rating.RatePeriods(request)
    request.alternative_terms.CopyFrom(candidate.terms)
    offered = await client.rating.RatePeriods(request)
    return Rerating(
        [each for each in present.statements if each.agreement == agreement.name],
        [each for each in offered.statements if each.agreement == agreement.name],
    )


async def _write_lines(
    client: Client, invoice: invoicing_pb2.Invoice, agreement: contracts_pb2.Agreement, out: Path
) -> Mapping[str, str]:
    """Write a page for every measured line of an invoice; return the pages by line id."""
    links = {}
    for line in invoice.lines:
        if not is_measured(line):
            continue
        request = rating_pb2.ExplainLineRequest(
            customer=invoice.customer.name, period=invoice.period, line=line.id, record_limit=_RECORDS_A_LINE
        )
        explained = await client.rating.ExplainLine(request)
        links[line.id] = line_path(invoice_id(invoice), line.id)
        _write(out / links[line.id], line_page(invoice, agreement, explained))
    return links


def _mail(deliveries: Sequence[notify_pb2.Delivery], invoice: invoicing_pb2.Invoice, out: Path) -> MailView | None:
    """Return the first message that carried an invoice; None if there is none in the mailboxes."""
    for contact in invoice.customer.contacts:
        for delivery in deliveries:
            if delivery.invoice == invoice.name and delivery.recipient == contact.email:
                mail = find_mail(out / "mail" / delivery.recipient, delivery.message_id)
                if mail is not None:
                    return mail_view(mail, f"../{mail.path.relative_to(out).as_posix()}")
    return None


def _pictures(invoice: invoicing_pb2.Invoice, out: Path) -> list[str]:
    """Draw an invoice's pages; return their pictures from the index."""
    pdf = out / "invoices" / f"{invoice_id(invoice)}-invoice.pdf"
    return [path.relative_to(out).as_posix() for path in draw_pages(pdf, out / "pictures")]


async def _usage(client: Client) -> Usage:
    summary = await client.ingest.SummarizeUsage(ingest_pb2.SummarizeUsageRequest())
    rejections = {
        code: await client.ingest.ListRejections(ingest_pb2.ListRejectionsRequest(reason=code, page_size=_REFUSED_ROWS))
        for code in summary.rejected_by_reason
    }
    waiting = await client.ingest.ListWaitingUsage(ingest_pb2.ListWaitingUsageRequest(page_size=_REFUSED_ROWS))
    return Usage(summary, rejections, waiting)


def _feed_files(out: Path) -> list[FeedFile]:
    return [
        FeedFile(
            link=path.relative_to(out).as_posix(),
            title=path.name,
            size=file_size(path.stat().st_size),
        )
        for path in sorted((out / "feed").glob("flights-*"))
    ]


def _write(path: Path, page: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")

"""One customer's month from its mail down to the offer: the pages that the index leads to first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.cli.demo.pages.line import line_rows, telling
from dutycycle.cli.demo.pages.mail import Mail
from dutycycle.cli.demo.pages.month import asset_chart, usage_chart
from dutycycle.cli.demo.pages.template import render
from dutycycle.cli.demo.pages.treatment import decision_id, invoice_id, mark
from dutycycle.cli.demo.pages.wording import NOTHING, date_text, days, file_size, money, period

_BEST_PLAN_HEADLINE = "You are on your best plan"


@dataclass(frozen=True, slots=True)
class Pick:
    """An invoice to follow, and what it is an example of."""

    invoice: invoicing_pb2.Invoice
    title: str
    later: invoicing_pb2.Invoice | None = None
    """The customer's next invoice that carries a program, if this one does not."""

    @property
    def path(self) -> str:
        """Return where its page is, from the index."""
        return f"stories/{invoice_id(self.invoice)}.html"


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A program or product as the lessor sees it."""

    title: str
    may_be_offered: bool
    reason: str
    present: str
    offered: str
    saving: str
    margin: str


@dataclass(frozen=True, slots=True)
class MailView:
    """A message with the link to its file."""

    mail: Mail
    link: str
    attachments: Sequence[tuple[str, str]]
    """File name and size."""


def pick(invoices: Sequence[invoicing_pb2.Invoice]) -> list[Pick]:
    """Choose the invoices to follow: falling use, rising use, and one for which nothing better exists."""
    by_id = {invoice_id(invoice): invoice for invoice in invoices}
    picks = []
    if "fl-2013-06" in by_id:
        picks.append(_pick(by_id["fl-2013-06"], "Far below what was agreed", invoices))
    if "vx-2013-04" in by_id:
        picks.append(_pick(by_id["vx-2013-04"], "Far above what was agreed", invoices))
    best = _best_plan(invoices)
    if best is not None:
        picks.append(Pick(best, "Nothing better to offer"))
    return picks


def customer_page(
    picked: Pick,
    links: Mapping[str, str],
    mail: MailView | None,
    pictures: Sequence[str],
    catalogue: contracts_pb2.Catalogue,
) -> str:
    """Render the page; `links` are the pages of explained lines by line id, `pictures` those of the invoice's pages."""
    invoice = picked.invoice
    told = telling(invoice.lines)
    return render(
        "customer.html",
        "../",
        pick=picked,
        invoice=invoice,
        invoice_id=invoice_id(invoice),
        month=days(invoice.period),
        due=money(invoice.total),
        due_date=date_text(invoice.due_date),
        previous=money(invoice.previous_total) if invoice.HasField("previous_total") else NOTHING,
        mail=mail,
        pictures=pictures,
        groups=line_rows(invoice.lines, links),
        told=told,
        told_link=links.get(told.id, "") if told is not None else "",
        charts=[chart for chart in (usage_chart(invoice), asset_chart(invoice)) if chart is not None],
        decision=invoice.decision,
        decision_id=decision_id(invoice.decision),
        mark=mark(invoice.decision),
        later=picked.later,
        later_month=days(picked.later.period) if picked.later else "",
        later_id=decision_id(picked.later.decision) if picked.later else "",
        desk=desk_rows(invoice.decision, catalogue),
    )


def mail_view(mail: Mail, out: str) -> MailView:
    """Prepare a message for its page; `out` is the link to its file."""
    return MailView(mail, out, [(part.file_name, file_size(part.octets)) for part in mail.attachments])


def desk_rows(decision: offers_pb2.Decision, catalogue: contracts_pb2.Catalogue) -> list[DeskRow]:
    """Return everything that was looked at, with what only the lessor sees."""
    titles = {program.id: program.display_name for program in catalogue.programs}
    titles |= {product.id: product.display_name for product in catalogue.products}
    return [
        DeskRow(
            title=titles.get(candidate.subject, candidate.subject),
            may_be_offered=candidate.eligible,
            reason=candidate.reason,
            present=money(candidate.present_cost) if candidate.months else NOTHING,
            offered=money(candidate.offered_cost) if candidate.months else NOTHING,
            saving=money(candidate.customer_saving) if candidate.months else NOTHING,
            margin=money(candidate.lessor_margin) if candidate.months else NOTHING,
        )
        for candidate in decision.candidates
    ]


def _pick(invoice: invoicing_pb2.Invoice, title: str, invoices: Sequence[invoicing_pb2.Invoice]) -> Pick:
    if invoice.decision.treatment == offers_pb2.TREATMENT_PROGRAM:
        return Pick(invoice, title)
    later = [
        each
        for each in invoices
        if each.customer.name == invoice.customer.name
        and each.decision.treatment == offers_pb2.TREATMENT_PROGRAM
        and period(each.period) > period(invoice.period)
    ]
    return Pick(invoice, title, min(later, key=lambda each: period(each.period), default=None))


def _best_plan(invoices: Sequence[invoicing_pb2.Invoice]) -> invoicing_pb2.Invoice | None:
    """Return the latest invoice on its best plan, rather one whose plan is the best without reserve."""
    best = [each for each in invoices if each.decision.treatment == offers_pb2.TREATMENT_BEST_PLAN]
    return max(
        best,
        key=lambda each: (
            (each.period.start_date.year, each.period.start_date.month),
            each.decision.headline == _BEST_PLAN_HEADLINE,
            any(candidate.months for candidate in each.decision.candidates),
        ),
        default=None,
    )

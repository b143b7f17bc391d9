"""The page with the numbers behind what an invoice says besides the bill. The customer reads it: what only the lessor
may know, such as its margin and its reasons, stays out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.cli.demo.pages.chart import Chart
from dutycycle.cli.demo.pages.month import asset_chart, usage_chart
from dutycycle.cli.demo.pages.rerating import Rerating, month_table, terms_rows
from dutycycle.cli.demo.pages.template import render
from dutycycle.cli.demo.pages.treatment import invoice_id
from dutycycle.cli.demo.pages.wording import (
    count,
    date_text,
    days,
    difference,
    money,
    number,
    period,
    quantity,
    reason,
)
from dutycycle.runtime.wire import money_from_proto


@dataclass(frozen=True, slots=True)
class ComparedPlan:
    """A plan that was rated on the customer's own months."""

    title: str
    present: str
    other: str
    difference: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One observed figure."""

    title: str
    figure: str


def offer_page(invoice: invoicing_pb2.Invoice, catalogue: contracts_pb2.Catalogue, rerating: Rerating | None) -> str:
    """Render the page of an invoice's decision; `rerating` is of the offered program."""
    decision = invoice.decision
    program = offered_program(decision)
    return render(
        "offer.html",
        "../",
        invoice=invoice,
        invoice_id=invoice_id(invoice),
        decision=decision,
        month=days(invoice.period),
        due=money(invoice.total),
        due_date=date_text(invoice.due_date),
        is_program=decision.treatment == offers_pb2.TREATMENT_PROGRAM,
        is_product=decision.treatment == offers_pb2.TREATMENT_PRODUCT,
        is_best=decision.treatment == offers_pb2.TREATMENT_BEST_PLAN,
        charts=_charts(invoice),
        table=month_table(program, rerating) if program and rerating else None,
        terms=terms_rows(rerating, period(invoice.period)) if program and rerating else {},
        plans=compared_plans(decision, catalogue),
        product=_product(decision, catalogue),
        observations=_observations(invoice, catalogue),
    )


def offered_program(decision: offers_pb2.Decision) -> offers_pb2.Candidate | None:
    """Return the program that was offered; None if none was."""
    if decision.treatment != offers_pb2.TREATMENT_PROGRAM:
        return None
    return next((c for c in decision.candidates if c.subject == decision.subject and c.months), None)


def compared_plans(decision: offers_pb2.Decision, catalogue: contracts_pb2.Catalogue) -> list[ComparedPlan]:
    """Return the programs that were rated before it was said that the present plan is the best."""
    if decision.treatment != offers_pb2.TREATMENT_BEST_PLAN:
        return []
    titles = {program.id: program.display_name for program in catalogue.programs}
    return [
        ComparedPlan(
            title=titles.get(candidate.subject, candidate.subject),
            present=money(candidate.present_cost),
            other=money(candidate.offered_cost),
            difference=difference(money_from_proto(candidate.offered_cost) - money_from_proto(candidate.present_cost)),
        )
        for candidate in decision.candidates
        if candidate.months
    ]


def _charts(invoice: invoicing_pb2.Invoice) -> Sequence[Chart]:
    return [chart for chart in (usage_chart(invoice), asset_chart(invoice)) if chart is not None]


def _product(decision: offers_pb2.Decision, catalogue: contracts_pb2.Catalogue) -> contracts_pb2.Product | None:
    if decision.treatment != offers_pb2.TREATMENT_PRODUCT:
        return None
    return next((product for product in catalogue.products if product.id == decision.subject), None)


def _observations(invoice: invoicing_pb2.Invoice, catalogue: contracts_pb2.Catalogue) -> list[Observation]:
    """Return what was observed for the product that is named; nothing for other treatments."""
    product = _product(invoice.decision, catalogue)
    if product is None:
        return []
    if product.trigger == contracts_pb2.PRODUCT_TRIGGER_UNUSABLE_RECORDS:
        return _unusable_records(invoice)
    return _idle_assets(invoice)


def _unusable_records(invoice: invoicing_pb2.Invoice) -> list[Observation]:
    unbilled = invoice.unbilled
    rejected = sorted(unbilled.rejected_by_reason.items())
    received = invoice.usage_records + unbilled.waiting_records + sum(records for _, records in rejected)
    return [
        Observation(f"Records received for {days(invoice.period)}", f"{received:,}"),
        Observation("of these accepted and billed", f"{invoice.usage_records:,}"),
        *(Observation(f"rejected: {reason(code)}", f"{records:,}") for code, records in rejected),
        Observation("waiting for a registered asset", f"{unbilled.waiting_records:,}"),
    ]


def _idle_assets(invoice: invoicing_pb2.Invoice) -> list[Observation]:
    months = invoice.decision.assessment.months
    if not months:
        return []
    noun, latest = invoice.asset_noun, months[-1]
    agreed, active = number(latest.assets_baseline), number(latest.assets_active)
    return [
        Observation(f"{noun} agreed at commencement", quantity(agreed)),
        Observation(f"{noun} with {invoice.usage_noun} in {days(latest.period)}", quantity(active)),
        Observation("fewer than agreed", quantity(agreed - active)),
        Observation("months looked at", count(len(months), "month")),
    ]

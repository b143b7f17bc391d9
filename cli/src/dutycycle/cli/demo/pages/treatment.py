"""How the treatments of invoices are marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign that does not live by its colour alone."""

    style: str
    sign: str
    title: str


NONE = Mark("none", "·", "Nothing offered")
MARKS = {
    offers_pb2.TREATMENT_PROGRAM: Mark("program", "P", "A program, with its proven saving"),
    offers_pb2.TREATMENT_PRODUCT: Mark("product", "+", "A product, for an observed fact"),
    offers_pb2.TREATMENT_BEST_PLAN: Mark("best", "✓", "On the best plan"),
}


@dataclass(frozen=True, slots=True)
class Legend:
    """A mark and how often it was given."""

    mark: Mark
    invoices: int


def mark(decision: offers_pb2.Decision) -> Mark:
    return MARKS.get(decision.treatment, NONE)


def legend(invoices: Sequence[invoicing_pb2.Invoice]) -> list[Legend]:
    """Count the marks of invoices, in the order of MARKS, those without last."""
    given = [mark(invoice.decision) for invoice in invoices]
    return [Legend(each, given.count(each)) for each in (*MARKS.values(), NONE)]


def decision_id(decision: offers_pb2.Decision) -> str:
    """Return the last part of a decision's name; empty if there is none."""
    return decision.name.removeprefix("decisions/")


def invoice_id(invoice: invoicing_pb2.Invoice) -> str:
    """Return the last part of an invoice's name: "fl-2013-12"."""
    return invoice.name.removeprefix("invoices/")

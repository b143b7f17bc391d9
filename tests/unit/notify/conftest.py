"""An issued invoice as notify hears of it."""

from __future__ import annotations

import pytest

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.period import BillingPeriod
from dutycycle.notify.bill import Bill
from dutycycle.notify.convert import bill_from_proto
from dutycycle.runtime.wire import period_to_proto

DECEMBER = BillingPeriod.month(2013, 12)


def line(
    kind: rating_pb2.LineKind, label: str, units: int, quantities: tuple[str, str, str] | None = None
) -> rating_pb2.RatedLine:
    made = rating_pb2.RatedLine(kind=kind, label=label, service_period=period_to_proto(DECEMBER))
    made.amount.currency_code, made.amount.units = "USD", units
    if quantities:
        made.baseline_quantity.value, made.used_quantity.value, made.adjustment_quantity.value = quantities
    return made


@pytest.fixture
def invoice() -> invoicing_pb2.Invoice:
    """December of AirTran: two schedules, a top-up, a program on offer, two people who receive it."""
    message = invoicing_pb2.Invoice(
        name="invoices/fl-2013-12",
        number="DC-2013-000192",
        customer=contracts_pb2.Customer(
            name="customers/fl",
            display_name="AirTran Airways",
            contacts=[
                contracts_pb2.Contact(display_name="Nigel Marsh", email="nigel@fl.example", receives_invoices=True),
                contracts_pb2.Contact(display_name="Ops", email="ops@fl.example", receives_invoices=False),
                contracts_pb2.Contact(display_name="Payables", email="ap@fl.example", receives_invoices=True),
            ],
        ),
        period=period_to_proto(DECEMBER),
        zone="America/New_York",
        purchase_order="PO-FL-20417",
        lessor=contracts_pb2.Lessor(
            display_name="Skyline Equipment Finance",
            remit_to_lines=["First Meridian Bank"],
            contact=contracts_pb2.Contact(display_name="Dana", email="billing@skyline.example", role="billing desk"),
        ),
        lines=[
            line(rating_pb2.LINE_KIND_BASE, "Base charge", 1_000),
            line(rating_pb2.LINE_KIND_USAGE, "Flight hours", 0, ("512.3", "301.4", "-210.9")),
            line(rating_pb2.LINE_KIND_USAGE, "Flight hours", 250, ("93.7", "67.6", "-26.1")),
            line(rating_pb2.LINE_KIND_ASSETS, "Aircraft in service", 0, ("100", "74", "-26")),
            line(rating_pb2.LINE_KIND_TOP_UP, "Top-up to the agreed minimum", 47_000),
        ],
        what_changed="You used 369.0 flight hours.",
        usage_noun="flights from New York",
        offer_links=invoicing_pb2.OfferLinks(
            numbers_url="https://portal.example/o/signed-token",
            stop_url="https://portal.example/stop/signed-token",
            stop_mailto="mailto:billing@skyline.example?subject=Stop%20offers",
        ),
        decision=offers_pb2.Decision(
            treatment=offers_pb2.TREATMENT_PROGRAM,
            headline="Right-size your baseline",
            why_text="You used 61 % of what you pay for.",
            proof_text="It would have cost $237,610.00 less.",
        ),
    )
    message.total.currency_code, message.total.units = "USD", 48_250
    message.issue_date.year, message.issue_date.month, message.issue_date.day = 2013, 12, 31
    message.due_date.year, message.due_date.month, message.due_date.day = 2014, 1, 30
    message.unbilled.waiting_records = 31
    message.unbilled.units = "flight hours"
    message.unbilled.waiting_quantity.value = "61.4"
    message.unbilled.waiting_estimate.currency_code, message.unbilled.waiting_estimate.units = "USD", 19_034
    return message


@pytest.fixture
def bill(invoice: invoicing_pb2.Invoice) -> Bill:
    return bill_from_proto(invoice)

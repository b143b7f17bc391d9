"""From an invoice of the API to what its e-mail says."""

from __future__ import annotations

from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.notify.bill import Bill, Recipient, Row
from dutycycle.notify.convert import bill_from_proto


def test_schedules_are_added_up_by_what_is_charged_for(bill: Bill) -> None:
    assert bill.rows == (
        Row("Flight hours", "606.0", "369.0", "−237.0", "$250.00"),
        Row("Aircraft in service", "100", "74", "−26", "$0.00"),
        Row("Base charges for December 2013", "", "", "", "$1,000.00"),
        Row("Top-up to the agreed minimum", "", "", "", "$47,000.00"),
    )


def test_only_contacts_who_receive_invoices_are_written_to(bill: Bill) -> None:
    assert bill.recipients == (
        Recipient("Nigel Marsh", "nigel@fl.example"),
        Recipient("Payables", "ap@fl.example"),
    )


def test_best_plan_is_no_offer_and_none_is_nothing(invoice: invoicing_pb2.Invoice) -> None:
    offer = bill_from_proto(invoice).offer
    assert offer is not None
    assert offer.saleable
    invoice.decision.treatment = offers_pb2.TREATMENT_BEST_PLAN
    offer = bill_from_proto(invoice).offer
    assert offer is not None
    assert not offer.saleable
    invoice.decision.treatment = offers_pb2.TREATMENT_NONE
    assert bill_from_proto(invoice).offer is None
    invoice.ClearField("decision")
    assert bill_from_proto(invoice).offer is None

"""The canonical JSON: complete, exact, stable, and free of what the lessor weighs."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from dutycycle.invoicing import snapshot
from dutycycle.invoicing.invoice import Invoice


def test_reading_gives_back_what_was_written(airtran_december: Invoice, hawaiian_best_plan: Invoice) -> None:
    draft = replace(hawaiian_best_plan, number="", issue_date=None, due_date=None, decision=None, previous_total=None)
    for invoice in (airtran_december, hawaiian_best_plan, draft):
        assert snapshot.read(snapshot.write(invoice)) == invoice


def test_decimals_are_strings_as_exact_as_they_were(airtran_december: Invoice) -> None:
    first = replace(airtran_december.lines[0], unit_amount=Decimal("0.00000000042"), used_quantity=Decimal("369.0"))
    written = json.loads(snapshot.write(replace(airtran_december, lines=(first,))))
    assert written["lines"][0]["unit_amount"] == "0.00000000042"
    assert written["lines"][0]["used_quantity"] == "369.0"
    assert written["total"] == {"amount": "48250.00", "currency": "USD"}


def test_mappings_are_written_in_key_order_whatever_the_order_of_insertion(airtran_december: Invoice) -> None:
    unbilled = airtran_december.unbilled
    turned = dict(reversed(list(unbilled.rejected_by_reason.items())))
    again = replace(airtran_december, unbilled=replace(unbilled, rejected_by_reason=turned))
    assert snapshot.write(again) == snapshot.write(airtran_december)


def test_the_margin_of_the_lessor_has_no_place_in_it(airtran_december: Invoice) -> None:
    decision = json.loads(snapshot.write(airtran_december))["decision"]
    assert not {"candidates", "reason", "lessor_margin", "assessment"} & set(decision)

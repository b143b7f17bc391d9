"""A draft from statement, terms and usage: law 4, the estimate of what waits, the history, the names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dutycycle.invoicing import draft
from dutycycle.invoicing.invoice import Invoice, WaitingIdentity
from dutycycle.invoicing.neighbour import Statement, UsageSummary
from dutycycle.kit.errors import DutycycleError
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from tests.unit.invoicing.conftest import statement_of, terms_of


def inputs_of(invoice: Invoice, history: Sequence[Statement] = ()) -> draft.Inputs:
    identities = (WaitingIdentity("N1", "UNKNOWN_ASSET", 3, {"air_minutes": Decimal(125), "cycles": Decimal(3)}),)
    return draft.Inputs(
        customer=invoice.customer,
        terms=terms_of(invoice),
        statement=statement_of(invoice),
        history=history,
        summary=UsageSummary(700, 3, 1, {"NO_METER_VALUE": 1}, identities),
        decision=None,
        only_agreement=True,
        portal_url="https://portal.example",
    )


def test_the_lines_add_up_to_the_total_or_nothing_is_drafted(airtran_december: Invoice) -> None:
    inputs = inputs_of(airtran_december)
    drafted = draft.compose(inputs)
    assert total([line.amount for line in drafted.lines], "USD") == drafted.total == airtran_december.total
    a_cent_more = Money(airtran_december.total.amount + Decimal("0.01"), "USD")
    with pytest.raises(DutycycleError, match="LINES_DO_NOT_ADD_UP"):
        draft.compose(replace(inputs, statement=replace(inputs.statement, total=a_cent_more)))


def test_what_waits_is_estimated_at_the_mean_cost_of_the_month(airtran_december: Invoice) -> None:
    unbilled = draft.compose(inputs_of(airtran_december)).unbilled
    assert unbilled.waiting_quantity == Decimal("2.1")  # 125 minutes are 2.083 hours
    # 2.1 × $214,300.00 / 369.0 = $1,219.5934…
    assert unbilled.waiting_estimate == Money(Decimal("1219.59"), "USD")
    assert (unbilled.waiting_records, unbilled.rejected_records) == (3, 1)


def test_without_usage_the_estimate_falls_back_on_the_baseline_and_without_either_on_nothing(
    airtran_december: Invoice,
) -> None:
    for baseline, estimate in ((Decimal(606), "742.62"), (None, "0.00")):
        idle = tuple(
            replace(use, used_quantity=Decimal(0), baseline_quantity=baseline if index == 0 else None)
            for index, use in enumerate(use for use in airtran_december.measured if use.charge == "flight-hours")
        )
        inputs = inputs_of(airtran_december)
        unbilled = draft.compose(replace(inputs, statement=replace(inputs.statement, measured=idle))).unbilled
        assert unbilled.waiting_estimate == Money(Decimal(estimate), "USD")


def test_quantities_are_written_with_the_places_to_which_they_are_rounded(airtran_december: Invoice) -> None:
    bare = tuple(replace(line, used_quantity=Decimal(369)) for line in airtran_december.lines if line.used_quantity)
    statement = replace(statement_of(airtran_december), lines=bare, total=total([line.amount for line in bare], "USD"))
    drafted = draft.compose(replace(inputs_of(airtran_december), statement=statement))
    written = {line.charge: str(line.used_quantity) for line in drafted.lines}
    assert written == {"aircraft": "369", "flight-hours": "369.0"}


def test_issuing_numbers_and_dates_and_changes_nothing_else(airtran_december: Invoice) -> None:
    drafted = draft.compose(inputs_of(airtran_december))
    issued = draft.issue(drafted, "DC-2013-000192", date(2013, 12, 31))
    assert issued.due_date == date(2014, 1, 30)
    assert replace(issued, number="", state=drafted.state, issue_date=None, due_date=None) == drafted


def test_history_ends_with_the_period_and_does_not_reach_before_the_term() -> None:
    april = BillingPeriod.month(2013, 4)
    assert [month.label for month in draft.billed_months(april, date(2013, 1, 1))] == [
        "2013-01",
        "2013-02",
        "2013-03",
        "2013-04",
    ]
    assert len(draft.billed_months(BillingPeriod.month(2015, 3), date(2013, 1, 1))) == 12


def test_the_revision_in_force_on_the_first_day_is_billed_and_only_within_the_term(airtran_december: Invoice) -> None:
    first = terms_of(airtran_december)
    second = replace(first, revision=2, effective_date=date(2013, 7, 1))
    other = replace(first, agreement="agreements/other", end_date=date(2013, 6, 1))

    def in_force(month: int) -> list[tuple[str, int]]:
        found = draft.terms_in_force([second, first, other], BillingPeriod.month(2013, month))
        return [(each.agreement, each.revision) for each in found]

    assert in_force(5) == [("agreements/ma-fl-2013", 1), ("agreements/other", 1)]
    assert in_force(6) == [("agreements/ma-fl-2013", 1)]
    assert in_force(7) == [("agreements/ma-fl-2013", 2)]
    assert draft.terms_in_force([first], BillingPeriod.month(2014, 1)) == []


def test_names_tell_customer_and_period_and_the_agreement_where_there_are_several(airtran_december: Invoice) -> None:
    inputs = inputs_of(airtran_december)
    assert draft.invoice_name(inputs) == "invoices/fl-2013-12"
    assert draft.invoice_name(replace(inputs, only_agreement=False)) == "invoices/fl-2013-12-ma-fl-2013"


def test_links_are_those_of_the_portal_and_always_a_mail(airtran_december: Invoice) -> None:
    inputs = inputs_of(airtran_december)
    decision = airtran_december.decision
    assert decision is not None
    signed = replace(decision, offer_token="offer.signed", stop_token="stop.signed")
    links = draft.compose(replace(inputs, decision=signed)).offer_links
    assert links.numbers_url == "https://portal.example/o/offer.signed"
    assert links.stop_url == "https://portal.example/stop/stop.signed"
    assert links.stop_mailto.startswith("mailto:")
    without_portal = draft.compose(replace(inputs, decision=signed, portal_url="")).offer_links
    assert (without_portal.numbers_url, without_portal.stop_url) == ("", links.stop_mailto)
    unsigned = draft.compose(replace(inputs, decision=decision)).offer_links
    assert (unsigned.numbers_url, unsigned.stop_url) == ("", links.stop_mailto)


def test_a_bill_says_which_program_it_is_on(airtran_december: Invoice) -> None:
    present = terms_of(airtran_december)
    amended = replace(present, revision=2, program="Right-size", effective_date=date(2014, 1, 1))
    assert draft.program_text(present, present) == draft.program_text(present, None) == ""
    assert draft.program_text(present, amended).startswith("From 1 January 2014 you are on Right-size, as you accepted")
    assert "bills Right-size" in draft.program_text(amended, amended)
    assert "in force since 1 January 2014" in draft.program_text(amended, None)
    inputs = replace(inputs_of(airtran_december), next_terms=amended)
    assert draft.compose(inputs).what_changed.endswith(draft.program_text(present, amended))

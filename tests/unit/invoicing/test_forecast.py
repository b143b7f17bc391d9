"""Forecasts: the line is not turned by an odd month, the range is what months kept to, and little says nothing."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import hypothesis.strategies as st
import openpyxl
import pypdf
from hypothesis import given

from dutycycle.invoicing import forecast
from dutycycle.invoicing.document import report_pdf, workbook
from dutycycle.invoicing.invoice import Invoice

values = st.lists(st.integers(0, 10_000).map(Decimal), min_size=4, max_size=12)


def test_a_straight_line_goes_on() -> None:
    found = forecast.next_month([Decimal(value) for value in (100, 90, 80, 70, 60)], 0)
    assert found == forecast.Forecast(Decimal(50), Decimal(50), Decimal(50))
    year = forecast.year_end([Decimal(value) for value in (100, 90, 80, 70, 60)], 10, 0)
    assert year is not None
    assert year.expected == 100 + 90 + 80 + 70 + 60 + 50 + 40


def test_an_odd_month_does_not_turn_it_but_widens_the_range() -> None:
    found = forecast.next_month([Decimal(value) for value in (100, 100, 500, 100, 100, 100)], 0)
    assert found is not None
    assert (found.expected, found.low, found.high) == (100, 0, 500)


def test_too_little_says_nothing() -> None:
    assert forecast.next_month([Decimal(1)] * 3, 0) is None
    assert forecast.year_end([Decimal(1)] * 12, 12, 0) is None


@given(values)
def test_the_range_is_around_what_is_expected_and_never_below_zero(months: list[Decimal]) -> None:
    found = forecast.next_month(months, 1)
    assert found is not None
    assert 0 <= found.low <= found.expected <= found.high


def test_report_and_workbook_have_the_numbers_of_the_invoice(airtran_december: Invoice) -> None:
    """By construction: both are made of the stored invoice, and what they show in common is the same."""
    pages = pypdf.PdfReader(BytesIO(report_pdf.render(airtran_december, "0" * 64))).pages
    text = " ".join(page.extract_text() for page in pages)
    book = openpyxl.load_workbook(BytesIO(workbook.render(airtran_december)))
    months = list(book["Months"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in months] == [month.period.label for month in airtran_december.months]
    for row, month in zip(months, airtran_december.months, strict=True):
        shown = [Decimal(str(value)) for value in (*row[1:5], row[6])]
        assert shown == [
            month.assets_active,
            month.assets_baseline,
            month.used_quantity,
            month.baseline_quantity,
            month.cost.amount,
        ]
        assert month.cost.text() in text
        assert f"{month.used_quantity:,.1f}" in text
    schedules = list(book["Schedules"].iter_rows(min_row=2, values_only=True))
    due = airtran_december.total.amount
    assert sum(Decimal(str(row[1])) for row in schedules[:-1]) == Decimal(str(schedules[-1][1])) == due
    assert airtran_december.total.text() in text
    for share in report_pdf.shares(airtran_december):
        assert share.amount in text
    for row in report_pdf.forecasts(airtran_december):
        assert row.expected in text

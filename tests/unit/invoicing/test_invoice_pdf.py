"""Page 1 answers, in reading order; the file is small, closed and always the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest

from dutycycle.invoicing import snapshot
from dutycycle.invoicing.document import invoice_pdf, pdf, table
from dutycycle.invoicing.errors import DocumentError
from dutycycle.invoicing.invoice import Invoice, LineKind, Step
from dutycycle.kit import ids
from dutycycle.kit.money import Money

NUMBER = r"([−+]?[\d,]+(?:\.\d+)?|—)"


def pages_of(invoice: Invoice) -> list[str]:
    content = invoice_pdf.render(invoice, ids.digest(snapshot.write(invoice)))
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]


def number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(",", ""))


@pytest.fixture(params=["airtran_december", "virgin_april", "hawaiian_best_plan", "many_lines"])
def invoice(request: pytest.FixtureRequest) -> Invoice:
    value: Invoice = request.getfixturevalue(request.param)
    return value


def test_baseline_used_and_adjustment_read_back_from_page_one(invoice: Invoice) -> None:
    text = pages_of(invoice)[0]
    wanted = [line for line in invoice.lines if line.kind in (LineKind.ASSETS, LineKind.USAGE)]
    position = 0
    for line in wanted:
        row = re.compile(rf"^ *{re.escape(line.schedule_display_name)} +{NUMBER} +{NUMBER} +{NUMBER} ", re.MULTILINE)
        found = row.search(text, position)
        assert found, f"{line.id} is not on page 1"
        assert [number(cell) for cell in found.groups()] == [
            line.baseline_quantity,
            line.used_quantity,
            line.adjustment_quantity,
        ]
        position = found.end()


def test_page_one_says_in_order_what_is_due_why_what_was_used_and_what_is_offered(airtran_december: Invoice) -> None:
    text = " ".join(pages_of(airtran_december)[0].split())
    wanted = [
        "Amount due",
        "$48,250.00",
        "31 January 2014",
        "1–31 December 2013",
        "America/New_York",
        "PO-FL-20417",
        "First Meridian Bank",
        "What changed",
        "237.0 hours (39 %) below",
        "Baseline Used Adjustment",
        "Total 606.0 369.0 −237.0",
        "Top-up to agreed minimums",
        "Amount due, all lines added up $48,250.00",
        "by month",
        "31 usage records",
        "not due",
        "billing@skyline.example",
        "Offer, not part of the bill",
        "Right-size your baseline",
        "$2,104,310.00 instead of $2,341,920.00",
        "This changes nothing that is due today.",
        "decline",
        "stop offers",
    ]
    position = 0
    for words in wanted:
        assert words in text[position:], f"{words!r} is missing, or stands too early"
        position = text.index(words, position)


def test_an_invoice_takes_two_pages_however_many_lines_it_has(
    invoice: Invoice, invoice_of: Callable[[int], Invoice]
) -> None:
    assert len(pages_of(invoice)) == 2
    pages = pages_of(invoice_of(80))
    assert len(pages) == 2
    assert "more schedules (workbook)" in pages[0]
    assert invoice_of(80).total.text() in pages[0]
    assert "further lines with their arithmetic are in the attached workbook" in pages[1]


def test_arithmetic_that_would_run_over_is_set_tightly(many_lines: Invoice, airtran_december: Invoice) -> None:
    for count in range(1, 3):
        steps = airtran_december.lines[0].steps * (6 * count)
        wordy = tuple(replace(line, steps=steps) for line in many_lines.lines)
        assert len(pages_of(replace(many_lines, lines=wordy))) == 2


def test_a_minimum_that_makes_the_charge_stands_beside_its_rate(virgin_april: Invoice) -> None:
    hours = virgin_april.lines[1]
    bound = Step("bound", "$2,330.00 short of the minimum of $4,500.00", None, None, Decimal(2330))
    lines = (virgin_april.lines[0], replace(hours, steps=(*hours.steps, bound)))
    rates = [row.rate for group in table.groups(replace(virgin_april, lines=lines)) for row in group.rows]
    assert rates[1].endswith("$325.00 beyond; $2,330.00 short of the minimum of $4,500.00")


def test_the_figures_above_the_total_add_up_to_it_however_many_rows_are_left_out(
    invoice_of: Callable[[int], Invoice],
) -> None:
    for count in (1, table.PAGE_ONE_ROWS, table.PAGE_ONE_ROWS + 1, 80):
        invoice = invoice_of(count)
        [group] = table.groups(invoice)
        assert len(group.rows) == min(count, table.PAGE_ONE_ROWS)
        charges = [number(row.charge.replace("$", "")) for row in group.rows]
        assert sum(charges) == invoice.total.amount


def test_the_same_invoice_gives_the_same_bytes_and_another_one_others(airtran_december: Invoice) -> None:
    first, second = (invoice_pdf.render(airtran_december, "ab" * 32) for _ in range(2))
    assert first == second
    other = replace(airtran_december, total=Money(Decimal("48250.01"), "USD"))
    assert invoice_pdf.render(other, "ab" * 32) != first


def test_what_a_process_made_before_leaves_no_trace(airtran_december: Invoice, many_lines: Invoice) -> None:
    first = invoice_pdf.render(airtran_december, "ab" * 32)
    invoice_pdf.render(many_lines, "cd" * 32)
    assert invoice_pdf.render(airtran_december, "ab" * 32) == first


def test_every_font_is_packaged_and_embedded(airtran_december: Invoice) -> None:
    reader = pypdf.PdfReader(BytesIO(invoice_pdf.render(airtran_december, "00" * 32)))
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("Inter" in font for font in fonts), fonts


@pytest.mark.parametrize("address", ["file:///etc/passwd", "https://example.org/x.otf", "asset:../settings.py"])
def test_a_page_cannot_fetch_anything_but_packaged_assets(address: str) -> None:
    style = f"<style>@font-face {{ font-family: X; src: url({address}) }} p {{ font-family: X }}</style>"
    page = f"<html><head>{style}</head><body><p>x</p></body></html>"
    with pytest.raises(DocumentError):
        pdf.typeset([page], 1, "00" * 32)


def test_words_of_a_customer_are_never_markup(airtran_december: Invoice) -> None:
    hostile = replace(airtran_december, what_changed='<script>x</script><img src="file:///etc/passwd">')
    html = invoice_pdf.html(hostile, "airy", invoice_pdf.LOOSE)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_no_offer_no_box(airtran_december: Invoice) -> None:
    text = pages_of(replace(airtran_december, decision=None))[0]
    assert "Offer" not in text
    assert "$48,250.00" in text


def test_a_credit_is_not_called_due(airtran_december: Invoice) -> None:
    text = pages_of(replace(airtran_december, total=Money(Decimal("-120.50"), "USD")))[0]
    assert "Credit to you, nothing is due" in text
    assert "−$120.50" in text
    assert "Amount due" not in text


def test_paper_follows_the_language_of_the_customer(airtran_december: Invoice) -> None:
    german = replace(airtran_december, customer=replace(airtran_december.customer, language="de-DE"))
    widths = [
        round(float(pypdf.PdfReader(BytesIO(invoice_pdf.render(one, "00" * 32))).pages[0].mediabox.width))
        for one in (airtran_december, german)
    ]
    assert widths == [612, 595]

"""The consumption report says on one page what the invoice says, with the same figures."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from dutycycle.invoicing.document import report_pdf
from dutycycle.invoicing.invoice import Invoice
from tests.unit.invoicing.conftest import with_cost_centres


@pytest.mark.parametrize("name", ["airtran_december", "virgin_april", "hawaiian_best_plan", "many_lines"])
def test_it_takes_one_page(name: str, request: pytest.FixtureRequest) -> None:
    content = report_pdf.render(request.getfixturevalue(name), "00" * 32)
    assert len(pypdf.PdfReader(BytesIO(content)).pages) == 1


def test_it_repeats_the_figures_of_the_invoice(airtran_december: Invoice) -> None:
    content = report_pdf.render(airtran_december, "00" * 32)
    text = " ".join(pypdf.PdfReader(BytesIO(content)).pages[0].extract_text().split())
    assert "December 2013 74 100 369.0 606.0 61 % $214,300.00" in text
    assert "1,880 usage records of the period: 1,834 billed, 31 waiting, 15 rejected." in text
    assert "DC-2013-000192" in text


def test_cost_centres_are_told_and_those_beyond_the_table_added_up(airtran_december: Invoice) -> None:
    assert "Your cost centres" not in report_pdf.html(airtran_december, "airy")
    divided = with_cost_centres(airtran_december)
    pages = pypdf.PdfReader(BytesIO(report_pdf.render(divided, "00" * 32))).pages
    text = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    for share, row in zip(divided.cost_centres, report_pdf.cost_centres(divided, 6), strict=True):
        assert row.title == share.cost_centre
        assert f"{row.title} {row.assets} {row.used} {share.amount.text()}" in text
    first, rest = report_pdf.cost_centres(divided, 2)
    assert (first.title, rest.title) == (divided.cost_centres[0].cost_centre, "2 more, in the workbook")
    assert rest.amount == (divided.total - divided.cost_centres[0].amount).text()


def test_estimates_are_told_with_the_quality_of_the_data(airtran_december: Invoice) -> None:
    assert "reading a meter" not in report_pdf.html(airtran_december, "airy")
    said = "Your system estimated 1,204 of them instead of reading a meter."
    assert said in report_pdf.html(replace(airtran_december, estimated_records=1_204), "airy")


def test_utilisation_weighs_months_by_their_hours(airtran_december: Invoice) -> None:
    figures = {figure.label: figure.value for figure in report_pdf.figures(airtran_december)}
    assert figures["Utilisation"] == "61 %"
    assert figures["Last 3 months"] == "68 %"  # (462.5 + 401.6 + 369.0) / (3 × 606.0) = 67.8 %


def test_an_asset_is_named_once_even_in_a_small_fleet(hawaiian_best_plan: Invoice) -> None:
    small = replace(hawaiian_best_plan, assets=hawaiian_best_plan.assets[:3])
    html = report_pdf.html(small, "airy")
    for asset in small.assets:
        assert html.count(asset.display_name) == 1


def test_idle_assets_are_counted_and_named(airtran_december: Invoice) -> None:
    assert report_pdf.idle_text(airtran_december, 2) == ""
    one = airtran_december.assets[0]
    idle = [
        replace(one, asset=f"assets/i{n}", display_name=f"I{n}", records=0, days_active=0, quantities={})
        for n in (3, 1, 2)
    ]
    elsewhere = replace(one, placement="placements/other", records=0)  # moved within the month, and flown before
    made = replace(airtran_december, assets=(*airtran_december.assets, *idle, elsewhere))
    placed = len({asset.asset for asset in made.assets})
    said = f"3 of {placed} placed aircraft without a record: I1, I2, 1 more in the workbook."
    assert report_pdf.idle_text(made, 2) == said
    text = " ".join(pypdf.PdfReader(BytesIO(report_pdf.render(made, "00" * 32))).pages[0].extract_text().split())
    assert f"Idle all month. 3 of {placed} placed aircraft without a record: I1, I2, I3." in text

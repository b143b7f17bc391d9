"""The workbook: all assets, all lines, no formulas, the same bytes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl

from dutycycle.invoicing.document import workbook
from dutycycle.invoicing.invoice import Invoice
from tests.unit.invoicing.conftest import with_cost_centres


def test_every_asset_and_every_line_is_in_it_and_the_lines_add_up(airtran_december: Invoice) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook.render(airtran_december)))
    assets = list(book["Assets"].values)
    assert len(assets) == 1 + 74
    assert assets[0][8:] == ("air minutes", "cycles", "miles")
    assert sum(row[9] for row in assets[1:]) == sum(asset.quantities["cycles"] for asset in airtran_december.assets)
    *lines, last = list(book["Lines"].values)[1:]
    assert len(lines) == len(airtran_december.lines)
    assert sum(Decimal(str(row[10])) for row in lines) == Decimal(str(last[10])) == airtran_december.total.amount


def test_cost_centres_have_a_sheet_where_there_are_any(airtran_december: Invoice) -> None:
    assert "Cost centres" not in openpyxl.load_workbook(BytesIO(workbook.render(airtran_december))).sheetnames
    divided = with_cost_centres(airtran_december)
    book = openpyxl.load_workbook(BytesIO(workbook.render(divided)))
    head, *rows, last = list(book["Cost centres"].values)
    assert head == ("Cost centre", "Aircraft", "Flight hours", "Charges (USD)")
    assert [row[0] for row in rows] == [share.cost_centre for share in divided.cost_centres]
    assert sum(Decimal(str(row[3])) for row in rows) == Decimal(str(last[3])) == divided.total.amount
    assert sum(Decimal(str(row[2])) for row in rows) == Decimal(str(last[2])) == Decimal("369.0")
    assets = list(book["Assets"].values)
    assert assets[0][-1] == "Cost centre"
    assert {row[-1] for row in assets[1:]} == {"4110 Atlanta", "4120 Orlando", "4130 Milwaukee"}


def test_text_that_looks_like_a_formula_stays_text(airtran_december: Invoice) -> None:
    hostile = '=HYPERLINK("https://example.org","pay here")'
    assets = (replace(airtran_december.assets[0], display_name=hostile, model="@SUM(A1)"),)
    content = workbook.render(replace(airtran_december, assets=assets))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert openpyxl.load_workbook(BytesIO(content))["Assets"]["D2"].data_type == "s"


def test_a_number_longer_than_a_spreadsheet_keeps_is_text(airtran_december: Invoice) -> None:
    long = replace(airtran_december.assets[0], quantities={"air_minutes": Decimal("12345678901234567.5")})
    content = workbook.render(replace(airtran_december, assets=(long,)))
    assert openpyxl.load_workbook(BytesIO(content))["Assets"]["I2"].value == "12345678901234567.5"


def test_the_same_invoice_gives_the_same_bytes(airtran_december: Invoice) -> None:
    assert workbook.render(airtran_december) == workbook.render(airtran_december)

"""Workbooks as spreadsheet programs write them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import openpyxl


def workbook(rows: Iterable[Iterable[Any]], sheet: str = "Flights") -> bytes:
    """Write rows to a sheet that stands behind another one."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Read me"
    page = book.create_sheet(sheet)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = page.cell(row=line, column=column, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text, also one that begins with "="
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(content: bytes, sheet: str = "Flights") -> Any:
    """Return the sheet as a spreadsheet program would show it."""
    return openpyxl.load_workbook(io.BytesIO(content))[sheet]

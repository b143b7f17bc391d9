"""Tables out of CSV and Excel files, and the answers written back into them.

Excel files are opened in a process of their own: a hostile workbook may cost memory and time, never the service.
"""

from __future__ import annotations

import csv
import io
import resource
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import openpyxl
import python_calamine
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from dutycycle.ingest.errors import file_refused
from dutycycle.ingest.mapping import Cell
from dutycycle.ingest.receipt import Outcome, RowAnswer

_UNPACKED_BYTES = 200 << 20
_RATIO = 100
_MEMORY_BYTES = 2 << 30
_FILLS = {
    Outcome.REJECTED: PatternFill("solid", fgColor="F8D7DA"),
    Outcome.WAITING: PatternFill("solid", fgColor="FFF3CD"),
}
_ANSWER_COLUMNS = ("outcome", "reason", "what to do")


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its data rows."""

    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def cells(self, row: int) -> dict[str, Cell]:
        """Return a row by column; cells that are missing at its end are empty."""
        values = self.rows[row]
        return {name: values[i] if i < len(values) else None for i, name in enumerate(self.header)}


def read_table(file_name: str, content: bytes, sheet: str) -> Table:
    """Read a file by its ending. Raises InvalidInputError if it is none that can be read."""
    if file_name.lower().endswith(".csv"):
        return _read_csv(file_name, content)
    if file_name.lower().endswith(".xlsx"):
        return _read_workbook(file_name, content, sheet)
    raise file_refused(file_name, "send a .csv or an .xlsx file")


def answer_table(file_name: str, content: bytes, sheet: str, answers: Mapping[int, RowAnswer]) -> bytes:
    """Return the file with an answer beside each row; in a workbook the rows that need attention are coloured."""
    if file_name.lower().endswith(".csv"):
        return _answer_csv(file_name, content, answers)
    return _answer_workbook(content, sheet, answers)


def limit_memory() -> None:
    """Bound what a process that opens workbooks may take; meant as its initialiser."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _read_csv(file_name: str, content: bytes) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise file_refused(file_name, f"byte {error.start} is not UTF-8; export the file as UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise file_refused(file_name, f"line {reader.line_num} is no CSV: {error}") from None
    if not rows:
        raise file_refused(file_name, "is empty; the first line must name the columns")
    return Table(rows[0], rows[1:])


def _read_workbook(file_name: str, content: bytes, sheet: str) -> Table:
    _refuse_hostile(file_name, content)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = sheet or workbook.sheet_names[0]
        if name not in workbook.sheet_names:
            raise file_refused(file_name, f"has no sheet {name!r}; it has {', '.join(workbook.sheet_names)}")
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except python_calamine.CalamineError as error:
        raise file_refused(file_name, f"is no workbook that can be read: {error}") from None
    if not rows:
        raise file_refused(file_name, f"sheet {name!r} is empty; its first row must name the columns")
    return Table([str(cell).strip() for cell in rows[0]], [list(map(_cell, row)) for row in rows[1:]])


def _cell(value: object) -> Cell:
    # Times of day and durations are no usage; as text they are refused by whoever expects something else.
    return value if isinstance(value, str | int | float | bool | date) else str(value)


def _refuse_hostile(file_name: str, content: bytes) -> None:
    """Refuse a workbook that unpacks to far more than it weighs, before anything unpacks it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise file_refused(file_name, "is no .xlsx workbook; save it as one") from None
    if unpacked > _UNPACKED_BYTES or unpacked > _RATIO * len(content):
        raise file_refused(file_name, f"unpacks to {unpacked:,} bytes; split it into smaller files")


def _answer_csv(file_name: str, content: bytes, answers: Mapping[int, RowAnswer]) -> bytes:
    table = _read_csv(file_name, content)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*table.header, *_ANSWER_COLUMNS])
    for row, cells in enumerate(table.rows):
        writer.writerow([*cells, *map(_harmless, _answer_cells(answers.get(row)))])
    return out.getvalue().encode()


def _answer_workbook(content: bytes, sheet: str, answers: Mapping[int, RowAnswer]) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    page = workbook[sheet] if sheet else workbook.worksheets[0]
    first_answer = page.max_column + 1
    for offset, title in enumerate(_ANSWER_COLUMNS):
        page.cell(row=1, column=first_answer + offset, value=title)
    for row, answer in answers.items():
        line = row + 2  # one for the header, one because sheets count from 1
        for offset, text in enumerate(_answer_cells(answer)):
            cell = page.cell(row=line, column=first_answer + offset, value=text)
            cell.data_type = "s"  # a text, even if it should begin with "="
        if answer.outcome in _FILLS:
            for column in range(1, first_answer + len(_ANSWER_COLUMNS)):
                page.cell(row=line, column=column).fill = _FILLS[answer.outcome]
        if answer.message:
            page.cell(row=line, column=1).comment = Comment(answer.message, "Dutycycle")
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _answer_cells(answer: RowAnswer | None) -> tuple[str, str, str]:
    if answer is None:
        return Outcome.ACCEPTED.value, "", ""
    return answer.outcome.value, answer.reason, answer.message


def _harmless(text: str) -> str:
    """Keep a spreadsheet program from taking a text for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text

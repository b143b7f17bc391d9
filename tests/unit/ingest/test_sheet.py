"""Files are read as they are or refused; what goes back into them can hurt nobody."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest

from dutycycle.ingest.receipt import Outcome, RowAnswer
from dutycycle.ingest.sheet import Table, answer_table, read_table
from dutycycle.kit.errors import InvalidInputError
from tests.unit.ingest.workbook import opened, workbook

FORMULA = '=HYPERLINK("http://evil.example","click")'
ROWS: list[list[Any]] = [["tail", "minutes"], ["N1", 60], ["N2", 90.5], ["N3", None]]
CSV = b"tail,minutes\r\nN1,60\r\nN2,90.5\r\nN3,\r\n"
ANSWERS = {
    1: RowAnswer(1, Outcome.WAITING, "UNKNOWN_ASSET", "register 'N2'"),
    2: RowAnswer(2, Outcome.REJECTED, "NO_METER_VALUE", f"{FORMULA} has no value"),
}


def refusal(file_name: str, content: bytes, sheet: str = "") -> str:
    with pytest.raises(InvalidInputError) as refused:
        read_table(file_name, content, sheet)
    assert refused.value.reason == "FILE_REFUSED"
    assert refused.value.metadata == {"file_name": file_name}
    return refused.value.message


def test_csv() -> None:
    table = read_table("a.CSV", CSV, "")
    assert table == Table(["tail", "minutes"], [["N1", "60"], ["N2", "90.5"], ["N3", ""]])
    assert table.cells(2) == {"tail": "N3", "minutes": ""}


def test_csv_with_byte_order_mark_quotes_and_line_breaks_in_cells() -> None:
    content = '\ufefftail,note\n"N1","said ""no"",\r\ntwice"\n'.encode()
    assert read_table("a.csv", content, "") == Table(["tail", "note"], [["N1", 'said "no",\r\ntwice']])


def test_cells_missing_at_the_end_of_a_row_are_empty() -> None:
    assert read_table("a.csv", b"tail,minutes\nN1\n", "").cells(0) == {"tail": "N1", "minutes": None}


def test_csv_that_is_no_text_says_where() -> None:
    assert "byte 15 is not UTF-8" in refusal(
        "a.csv", "tail,minutes\nN\xe41,60\n".encode("latin-1")[:13] + b"NX\xe4,60\n"
    )
    assert "not UTF-8" in refusal("a.csv", "tail,minutes\n".encode("utf-16"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b'tail,minutes\n"N1,60\n', "line 2 is no CSV"),
        (b'tail,minutes\nN1,60\n"N2"x,90\n', "line 3 is no CSV"),
        (b"tail,minutes\n" + b"N" * 200_000 + b",60\n", "line 2 is no CSV"),
    ],
    ids=["nothing", "open quote", "text after a quote", "endless cell"],
)
def test_csv_that_is_none(content: bytes, words: str) -> None:
    assert words in refusal("a.csv", content)


@pytest.mark.parametrize("name", ["flights.txt", "flights", "flights.xls", "flights.csv.gz", ".xlsm"])
def test_another_ending(name: str) -> None:
    assert "send a .csv or an .xlsx file" in refusal(name, CSV)


def test_workbook() -> None:
    table = read_table("a.xlsx", workbook(ROWS), "Flights")
    assert table.header == ["tail", "minutes"]
    assert [table.cells(row) for row in range(3)] == [
        {"tail": "N1", "minutes": 60},
        {"tail": "N2", "minutes": 90.5},
        {"tail": "N3", "minutes": ""},
    ]


def test_cells_of_a_workbook_keep_what_they_are() -> None:
    row = [datetime(2024, 3, 5, 12, 30), date(2024, 3, 5), time(1, 30), True, " x ", "007"]  # noqa: DTZ001  # has no zone
    [cells] = read_table("a.xlsx", workbook([["a"] * 6, row]), "Flights").rows
    assert [cells[0], cells[3:]] == [row[0], [True, " x ", "007"]]
    assert cells[1] in (date(2024, 3, 5), datetime(2024, 3, 5)), "a date, at most with its midnight"  # noqa: DTZ001
    assert cells[2] == "01:30:00", "a time of day is no usage: a text, which nobody takes for a time"


def test_the_first_sheet_is_read_unless_one_is_named() -> None:
    assert "sheet 'Read me' is empty" in refusal("a.xlsx", workbook(ROWS))
    assert "has no sheet 'Usage'; it has Read me, Flights" in refusal("a.xlsx", workbook(ROWS), "Usage")


@pytest.mark.parametrize("content", [b"", CSV, b"PK\x03\x04 and nothing more", workbook(ROWS)[:-30]])
def test_a_workbook_that_is_none(content: bytes) -> None:
    assert "no .xlsx workbook" in refusal("a.xlsx", content)


def test_an_archive_that_is_no_workbook() -> None:
    assert "no workbook that can be read" in refusal("a.xlsx", archive({"hello.txt": b"hello"}))


@pytest.mark.parametrize("unpacked", [b"\0" * (20 << 20), b"<c/>" * (5 << 20)])
def test_a_zip_bomb_is_refused_before_anything_unpacks_it(unpacked: bytes) -> None:
    bomb = archive({"xl/worksheets/sheet1.xml": unpacked})
    assert len(bomb) < 100_000
    assert f"unpacks to {len(unpacked):,} bytes" in refusal("bomb.xlsx", bomb)


def archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return out.getvalue()


def test_answered_csv() -> None:
    answered = answer_table("a.csv", CSV, "", ANSWERS)
    assert list(csv.reader(io.StringIO(answered.decode(), newline=""))) == [
        ["tail", "minutes", "outcome", "reason", "what to do"],
        ["N1", "60", "accepted", "", ""],
        ["N2", "90.5", "waiting", "UNKNOWN_ASSET", "register 'N2'"],
        ["N3", "", "rejected", "NO_METER_VALUE", f"'{FORMULA} has no value"],
    ]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_answer_in_a_csv_begins_like_a_formula(start: str) -> None:
    answered = answer_table("a.csv", CSV, "", {0: RowAnswer(0, Outcome.REJECTED, start, start)})
    row = list(csv.reader(io.StringIO(answered.decode(), newline="")))[1]
    assert row[3:] == [f"'{start}", f"'{start}"]


def test_answered_workbook() -> None:
    page = opened(answer_table("a.xlsx", workbook(ROWS), "Flights", ANSWERS))
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["tail", "minutes", "outcome", "reason", "what to do"],
        ["N1", 60, None, None, None],
        ["N2", 90.5, "waiting", "UNKNOWN_ASSET", "register 'N2'"],
        ["N3", None, "rejected", "NO_METER_VALUE", f"{FORMULA} has no value"],
    ]
    colours = [page.cell(row=line, column=1).fill.fgColor.rgb for line in (2, 3, 4)]
    assert len(set(colours)) == 3, "accepted, waiting and rejected rows look different"
    assert page.cell(row=3, column=1).comment.text == "register 'N2'"
    assert page.cell(row=2, column=1).comment is None


def test_no_text_of_a_workbook_becomes_a_formula() -> None:
    rows = [["tail", "minutes"], [FORMULA, 60]]
    answers = {0: RowAnswer(0, Outcome.REJECTED, "CONTENT_CONFLICT", f"{FORMULA} is stored with other content")}
    page = opened(answer_table("a.xlsx", workbook(rows), "Flights", answers))
    kinds = {cell.coordinate: cell.data_type for cell in page[2] if cell.value is not None}
    assert kinds == {"A2": "s", "B2": "n", "C2": "s", "D2": "s", "E2": "s"}
    assert page["A2"].value == FORMULA

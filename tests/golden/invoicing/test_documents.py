"""What the documents of one issued invoice say, word for word.

`airtran-2013-12.json` is a stored invoice. Change the wording on purpose, then run this file with
DUTYCYCLE_GOLDEN=write and read the difference before it is committed.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from dutycycle.invoicing import snapshot
from dutycycle.invoicing.convert import invoice_to_proto
from dutycycle.invoicing.document import edition
from dutycycle.invoicing.file import Kind
from dutycycle.notify import message
from dutycycle.notify.convert import bill_from_proto

HERE = Path(__file__).parent
BODY = (HERE / "airtran-2013-12.json").read_bytes()


def pages(kind: Kind) -> list[str]:
    reader = pypdf.PdfReader(BytesIO(edition.make(BODY, kind).content))
    return [page.extract_text() + "\n" for page in reader.pages]


def mail() -> str:
    bill = bill_from_proto(invoice_to_proto(snapshot.read(BODY), with_assets=False))
    return f"{message.subject(bill)}\n\n{message.text(bill, bill.recipients[0], ['DC-2013-000192-invoice.pdf'])}"


def compare(name: str, made: str) -> None:
    golden = HERE / name
    if os.environ.get("DUTYCYCLE_GOLDEN") == "write":
        golden.write_text(made)
    assert made == golden.read_text()


def test_the_stored_invoice_is_still_read_and_written_as_it_was() -> None:
    assert snapshot.write(snapshot.read(BODY)) == BODY


@pytest.mark.parametrize("page", [1, 2])
def test_the_invoice(page: int) -> None:
    compare(f"airtran-2013-12-invoice-page-{page}.txt", pages(Kind.INVOICE_PDF)[page - 1])


def test_the_report() -> None:
    [page] = pages(Kind.REPORT_PDF)
    compare("airtran-2013-12-report.txt", page)


def test_the_mail() -> None:
    compare("airtran-2013-12-mail.txt", mail())

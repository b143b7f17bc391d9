"""The four files of an issued invoice: which there are, what they are called, how they are made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from dutycycle.invoicing import snapshot
from dutycycle.invoicing.document import invoice_pdf, report_pdf, workbook
from dutycycle.kit import ids


class Kind(Enum):
    """Kinds of documents; the value ends the file's name."""

    INVOICE_PDF = "invoice.pdf"
    ASSETS_XLSX = "assets.xlsx"
    INVOICE_JSON = "invoice.json"
    REPORT_PDF = "consumption.pdf"


@dataclass(frozen=True, slots=True)
class File:
    """A document as stored and sent."""

    kind: Kind
    file_name: str
    content: bytes
    sha256: str


def make(body: bytes, kind: Kind) -> File:
    """Make one document of an issued invoice from its canonical JSON, from nothing else. Raises DocumentError."""
    invoice = snapshot.read(body)
    content = body
    if kind is Kind.INVOICE_PDF:
        content = invoice_pdf.render(invoice, ids.digest(body))
    elif kind is Kind.REPORT_PDF:
        content = report_pdf.render(invoice, ids.digest(body))
    elif kind is Kind.ASSETS_XLSX:
        content = workbook.render(invoice)
    return File(kind, f"{invoice.number}-{kind.value}", content, ids.digest(content))


def make_all(body: bytes) -> tuple[File, ...]:
    """Make all documents of an issued invoice."""
    return tuple(make(body, kind) for kind in Kind)

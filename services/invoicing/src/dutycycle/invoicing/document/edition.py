"""Make the documents of an issued invoice."""

from __future__ import annotations

from dutycycle.invoicing import snapshot
from dutycycle.invoicing.document import invoice_pdf, report_pdf, workbook
from dutycycle.invoicing.file import File, Kind
from dutycycle.kit import ids


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

"""The four files of an issued invoice: which there are and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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

"""Pictures of a PDF's pages, for browsers that show no PDF inside a page and for paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

_SCALE = 1.75
"""Pixels a point: sharp on a screen, small in a file."""
_COLOURS = 64


def draw_pages(pdf: Path, folder: Path) -> list[Path]:
    """Draw every page of a PDF into `folder` as "<name>-<number>.png"; return the pictures in order."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, start=1):
            picture = folder / f"{pdf.stem}-{number}.png"
            page.render(scale=_SCALE).to_pil().convert("RGB").quantize(_COLOURS).save(picture, optimize=True)
            pictures.append(picture)
    finally:
        document.close()
    return pictures

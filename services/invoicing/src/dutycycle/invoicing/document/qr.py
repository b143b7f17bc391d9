"""The QR code of an offer's page, for who reads the invoice on paper."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup

_POINTS = 62
"""About 22 mm: a telephone reads it from a printed page."""


def qr_code(url: str) -> Markup:
    """Return the code as SVG; nothing for no address."""
    if not url:
        return Markup()
    code = segno.make(url, error="m", micro=False)
    out = io.BytesIO()
    code.save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, dark="#14202b", light="#ffffff",
        title="Opens the page of this offer", svgclass=None, lineclass=None,
    )  # fmt: skip
    drawn = out.getvalue().decode().strip()
    return Markup(drawn.replace("<svg ", f'<svg width="{_POINTS}pt" height="{_POINTS}pt" ', 1))  # noqa: S704  # drawn here

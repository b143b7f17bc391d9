"""Make the README's pictures from what `make demo` left: python -m tools.pictures (needs Debian's chromium).

Pictures are small on purpose: a palette of 64 colours is enough for print on white.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

_ROOT = Path(__file__).parents[1]
_DEMO = _ROOT / "out" / "demo"
_PICTURES = _ROOT / "docs" / "pictures"
_COLOURS = 64
_BROWSER = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]

PAGES = {
    "index": ("index.html", 1440, 1560),
    "mail": ("stories/fl-2013-06.html", 1000, 1900),
    "line": ("lines/fl-2013-06-fl-boeing-717-flight-hours.html", 1000, 1100),
    "offer": ("offers/fl-2013-06.html", 1150, 1560),
}
"""Picture to page of the demo, width and height in pixels."""


def main() -> int:
    """Write every picture; say what is missing."""
    browser = shutil.which("chromium")
    if browser is None or not (_DEMO / "index.html").exists():
        sys.stderr.write("run 'make demo' first, and install Debian's chromium\n")
        return 1
    for name, kind in (("invoice", "invoice"), ("report", "report")):
        page = pypdfium2.PdfDocument(_DEMO / "invoices" / f"fl-2013-06-{kind}.pdf")[0]
        save(page.render(scale=1.5).to_pil(), name)
    with tempfile.TemporaryDirectory() as work:
        for name, (page, width, height) in PAGES.items():
            shot = Path(work) / f"{name}.png"
            address = (_DEMO / page).as_uri()
            size = f"--window-size={width},{height}"
            command = [browser, *_BROWSER, f"--user-data-dir={work}/{name}", size, f"--screenshot={shot}", address]
            subprocess.run(command, check=True, capture_output=True)
            save(Image.open(io.BytesIO(shot.read_bytes())), name)
    return 0


def save(picture: Image.Image, name: str) -> None:
    palette = picture.convert("RGB").quantize(_COLOURS)
    palette.save(_PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())

"""Pages of the documentation, taken apart: blocks, links, tables, commands."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(?P<language>[a-z]*)(?: (?P<mark>[a-z-]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(
    r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)|!\[[^\]]*\]\((?P<picture>[^)\s]+)\)|(?:src|srcset)=\"(?P<source>[^\"]+)\""
)
_CODE = re.compile(r"`([^`\n]+)`")


def pages() -> list[Path]:
    """Return every Markdown page of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return [ROOT / name for name in listed]


def block(page: str, mark: str) -> str:
    """Return the body of the one block of a page with a mark: ```json usage-batch."""
    [body] = [m["body"] for m in _BLOCK.finditer((ROOT / page).read_text()) if m["mark"] == mark]
    return body


def links(page: Path) -> Iterator[str]:
    """Give the targets of a page's links and pictures, outside of code."""
    text = _CODE.sub("", _BLOCK.sub("", page.read_text()))
    for match in _LINK.finditer(text):
        yield match["target"] or match["picture"] or match["source"]


def rows(page: str) -> Iterator[list[str]]:
    """Give the cells of every table row of a page, headings and rulers left out."""
    lines = (ROOT / page).read_text().splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if line.startswith("|") and before.startswith("|") and not set(line) <= set("|-: "):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def codes(text: str) -> list[str]:
    """Return what stands between backticks."""
    return _CODE.findall(text)


def commands(page: Path) -> Iterator[str]:
    """Give the lines of a page's shell blocks that call the `dutycycle` command, options and all."""
    for match in _BLOCK.finditer(page.read_text()):
        if match["language"] == "sh":
            for line in match["body"].replace("\\\n", " ").splitlines():
                words = line.removeprefix(".venv/bin/")
                if words.startswith("dutycycle "):
                    yield words.partition("#")[0].strip()


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", _BLOCK.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

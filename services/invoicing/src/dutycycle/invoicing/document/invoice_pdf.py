"""The invoice as PDF: page 1 answers what is due, why and what is offered; page 2 shows the arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from markupsafe import Markup

from dutycycle.invoicing import wording
from dutycycle.invoicing.document import pdf, table
from dutycycle.invoicing.document.chart import Bar, Frame, draw
from dutycycle.invoicing.document.qr import qr_code
from dutycycle.invoicing.invoice import Invoice, Line, LineKind, Treatment

PAGES = 2
LAYOUTS = {"airy": (8, "82"), "even": (15, "64"), "dense": (2 * table.PAGE_ONE_ROWS, "54"), "bare": (0, "0")}
"""From loose to tight: up to how many printed lines of the table page 1 is set so, and the height of its charts."""
RATE_CHARACTERS = 38
"""Characters of a rate that fit one printed line of the table."""
PAGE_TWO_POINTS = 545
"""Height that page 2 has for the arithmetic, above the terms."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How page 2 sets its lines: sizes in points, and the characters that surely fit a printed line of each column."""

    name: str
    leading: int
    padding: int
    characters: int
    label_characters: int


LOOSE, TIGHT = Setting("loose", 10, 6, 70, 22), Setting("tight", 8, 3, 80, 26)
SETTINGS = (LOOSE, Setting("middle", 9, 4, 75, 24), TIGHT)
IDENTITIES = 3
"""Waiting identities that page 1 names; the JSON has all."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How one line came about, in words."""

    title: str
    label: str
    service_period: str
    text: str
    amount: str


def render(invoice: Invoice, digest: str) -> bytes:
    """Typeset an issued invoice; at most two pages."""
    rows = sum(_printed(row.rate, RATE_CHARACTERS) for group in table.groups(invoice) for row in group.rows)
    layouts = [name for name, (most, _) in LAYOUTS.items() if rows <= most or name == "bare"]
    setting = next((setting for setting in SETTINGS if _fits(invoice.lines, setting)), TIGHT)
    pages = chain([(layouts[0], setting)], ((layout, TIGHT) for layout in layouts))
    return pdf.typeset((html(invoice, layout, setting) for layout, setting in pages), PAGES, digest)


def html(invoice: Invoice, layout: str, setting: Setting) -> str:
    """Return the pages: the first in one of LAYOUTS, the second in one of its settings."""
    explained = explain(invoice.lines, setting)
    _, chart_height = LAYOUTS[layout]
    return pdf.fill(
        "invoice.html",
        invoice=invoice,
        w=wording,
        paper=wording.paper(invoice.customer.language),
        layout=layout,
        groups=table.groups(invoice),
        closings=table.closings(invoice),
        charts=charts(invoice, "258", chart_height),
        waiting=waiting_text(invoice),
        identities=identities_text(invoice),
        rejected=rejected_text(invoice),
        qr=qr_code(invoice.offer_links.numbers_url),
        offer=invoice.decision if invoice.decision and invoice.decision.treatment is not Treatment.NONE else None,
        offered=invoice.decision is not None and invoice.decision.treatment in (Treatment.PROGRAM, Treatment.PRODUCT),
        explained=explained,
        setting=setting.name,
        unexplained=len(invoice.lines) - len(explained),
    )


def explain(lines: Sequence[Line], setting: Setting) -> tuple[Arithmetic, ...]:
    """Return the arithmetic that page 2 holds; what does not fit is left to the workbook.

    Base charges, known beforehand, come last.
    """
    left, shown = PAGE_TWO_POINTS, []
    for line in sorted(lines, key=lambda line: line.kind is LineKind.BASE):
        arithmetic = _arithmetic(line)
        left -= _height(arithmetic, setting)
        if left < 0:
            break
        shown.append(arithmetic)
    return tuple(shown)


def _fits(lines: Sequence[Line], setting: Setting) -> bool:
    return len(explain(lines, setting)) == len(lines)


def _arithmetic(line: Line) -> Arithmetic:
    steps = [step.text for step in line.steps] if line.kind is not LineKind.BASE else []
    sentences = [part.rstrip(".") for part in (line.charge_text, "; ".join(steps)) if part]
    return Arithmetic(
        line.schedule_display_name,
        line.label,
        line.service_period.title,
        ". ".join(f"{sentence[:1].upper()}{sentence[1:]}" for sentence in sentences) + ".",
        line.amount.text(),
    )


def _height(arithmetic: Arithmetic, setting: Setting) -> int:
    """Return the height of one entry in points."""
    names = _printed(arithmetic.title, setting.label_characters) + _printed(arithmetic.label, setting.label_characters)
    return max(names, _printed(arithmetic.text, setting.characters)) * setting.leading + setting.padding


def _printed(text: str, characters: int) -> int:
    """Return how many printed lines a text takes."""
    return max(1, -(-len(text) // characters))


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its caption."""

    title: str
    agreed: str
    svg: Markup


def charts(invoice: Invoice, width: str, height: str) -> tuple[Chart, ...]:
    """Return the chart of assets and the chart of usage, each against its baseline; sizes in points, none at "0"."""
    if height == "0":
        return ()
    frame = Frame(Decimal(width), Decimal(height))
    assets = [Bar(month.period, month.assets_active, month.assets_baseline) for month in invoice.months]
    usage = [Bar(month.period, month.used_quantity, month.baseline_quantity) for month in invoice.months]
    named = ((wording.headed(invoice.asset_noun), assets), (wording.headed(invoice.unbilled.units), usage))
    return tuple(
        Chart(title, wording.quantity(bars[-1].baseline), draw(bars, f"{title} by month against the baseline", frame))
        for title, bars in named
        if bars and any(bar.used or bar.baseline for bar in bars)
    )


def waiting_text(invoice: Invoice) -> str:
    """Say what waits, for what, and its estimate; empty if nothing does."""
    unbilled = invoice.unbilled
    if not unbilled.waiting_records:
        return ""
    quantity = wording.quantity(unbilled.waiting_quantity, wording.places([unbilled.waiting_quantity]))
    by_reason: Counter[str] = Counter()
    for identity in unbilled.identities:
        by_reason[identity.reason] += identity.count
    return (
        f"{wording.count(unbilled.waiting_records, 'usage record')} "
        f"({quantity} {unbilled.units}) "
        f"{'waits' if unbilled.waiting_records == 1 else 'wait'}{_reasons(by_reason)}: "
        f"estimated at {unbilled.waiting_estimate.text()}"
    )


def _reasons(counts: Mapping[str, int]) -> str:
    named = ", ".join(f"{wording.reason(code)} {number:,}" for code, number in sorted(counts.items()) if number)
    return f" ({named})" if named else ""


def identities_text(invoice: Invoice) -> str:
    """Name the identities with the most waiting records; empty if nothing waits."""
    most = sorted(invoice.unbilled.identities, key=lambda identity: (-identity.count, identity.asset_identity))
    named = ", ".join(
        f"{identity.asset_identity or 'no identity'} ({identity.count:,})" for identity in most[:IDENTITIES]
    )
    rest = len(most) - IDENTITIES
    return f"{named} and {rest} more" if rest > 0 else named


def rejected_text(invoice: Invoice) -> str:
    """Say what was rejected and why; empty if nothing was."""
    unbilled = invoice.unbilled
    if not unbilled.rejected_records:
        return ""
    return f"{wording.count(unbilled.rejected_records, 'record')} rejected{_reasons(unbilled.rejected_by_reason)}"

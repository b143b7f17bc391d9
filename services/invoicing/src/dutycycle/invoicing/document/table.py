"""The table by schedule on page 1: baseline, used, adjustment, rate, charge, closed by what page 2 adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.invoicing.invoice import Invoice, Line, LineKind, MeasuredUse
from dutycycle.invoicing.wording import NOTHING, headed, places, quantity, signed
from dutycycle.kit.money import Money, total

PAGE_ONE_ROWS = 26
"""Rows by schedule that page 1 holds together with everything else; the rest is one row that names the workbook."""


@dataclass(frozen=True, slots=True)
class Row:
    """One schedule, as printed."""

    title: str
    baseline: str
    used: str
    adjustment: str
    rate: str
    charge: str


@dataclass(frozen=True, slots=True)
class Group:
    """Schedules that are measured in one unit. `sum_row` is absent for a single schedule."""

    title: str
    units: str
    rows: tuple[Row, ...]
    sum_row: Row | None


@dataclass(frozen=True, slots=True)
class Closing:
    """A charge that page 2 itemises."""

    title: str
    charge: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row before it is written: from a line, or from a measure that is not billed."""

    label: str
    title: str
    baseline: Decimal | None
    used: Decimal | None
    adjustment: Decimal | None
    rate: str
    amount: Money | None


TOLD_BESIDE_RATE = ("bound", "maximum", "included", "carry", "ratchet", "prior", "reconcile")
"""Steps without which quantity times rate would not be the charge."""


def groups(invoice: Invoice) -> tuple[Group, ...]:
    """Return the schedules with their figures, by unit, in print order; at most PAGE_ONE_ROWS rows in all."""
    by_unit = _entries(invoice)
    share = _share(by_unit)
    return tuple(
        _group(kind, units, entries, share, invoice.total.currency) for (kind, units), entries in by_unit.items()
    )


def closings(invoice: Invoice) -> tuple[Closing, ...]:
    """Return the sums of the lines that are not in the table by schedule."""
    sums: dict[str, list[Money]] = {}
    for line in invoice.lines:
        if line.kind is LineKind.BASE:
            sums.setdefault(f"Base charges for {line.service_period.title}", []).append(line.amount)
        elif line.kind is LineKind.TOP_UP:
            sums.setdefault("Top-up to agreed minimums", []).append(line.amount)
    return tuple(Closing(title, total(amounts, invoice.total.currency).text()) for title, amounts in sums.items())


def _entries(invoice: Invoice) -> dict[tuple[LineKind, str], list[_Entry]]:
    by_unit: dict[tuple[LineKind, str], list[_Entry]] = {}
    billed = {(line.schedule, line.charge) for line in invoice.lines}
    for line in invoice.lines:
        if line.kind in (LineKind.ASSETS, LineKind.USAGE):
            by_unit.setdefault((line.kind, line.units), []).append(_entry_of_line(line))
    for use in invoice.measured:
        if (use.schedule, use.charge) not in billed:
            by_unit.setdefault((use.kind, use.units), []).append(_entry_of_measure(use))
    return dict(sorted(by_unit.items(), key=lambda item: item[0][0] is not LineKind.ASSETS))


def _entry_of_line(line: Line) -> _Entry:
    return _Entry(
        line.label,
        line.schedule_display_name,
        line.baseline_quantity,
        line.used_quantity,
        line.adjustment_quantity,
        "; ".join([line.rate_text, *(step.text for step in line.steps if step.stage in TOLD_BESIDE_RATE)]),
        line.amount,
    )


def _entry_of_measure(use: MeasuredUse) -> _Entry:
    adjustment = None if use.baseline_quantity is None else use.used_quantity - use.baseline_quantity
    return _Entry(
        headed(use.units),
        use.schedule_display_name,
        use.baseline_quantity,
        use.used_quantity,
        adjustment,
        "not billed by this measure",
        None,
    )


def _share(by_unit: dict[tuple[LineKind, str], list[_Entry]]) -> int:
    """Return how many rows each group may have so that all groups fit."""
    rows = sum(len(entries) for entries in by_unit.values())
    return rows if rows <= PAGE_ONE_ROWS else max(1, PAGE_ONE_ROWS // len(by_unit))


def _group(kind: LineKind, units: str, entries: Sequence[_Entry], share: int, currency: str) -> Group:
    labels = {entry.label for entry in entries}
    title = entries[0].label if len(labels) == 1 else " and ".join(sorted(labels))
    digits = places(value for entry in entries for value in (entry.baseline, entry.used))
    shown = entries if len(entries) <= share else entries[: share - 1]
    rows = [
        _row(entry, entry.title if len(labels) == 1 else f"{entry.title}, {entry.label}", digits) for entry in shown
    ]
    rest = entries[len(shown) :]
    if rest:
        rows.append(_row(_sum(rest, currency), f"{len(rest)} more schedules (workbook)", digits))
    together = None if len(entries) == 1 else _row(_sum(entries, currency), "Total", digits)
    return Group(title, units or kind.value.lower(), tuple(rows), together)


def _sum(entries: Sequence[_Entry], currency: str) -> _Entry:
    baselines = [entry.baseline for entry in entries if entry.baseline is not None]
    adjustments = [entry.adjustment for entry in entries if entry.adjustment is not None]
    return _Entry(
        "",
        "",
        sum(baselines, Decimal(0)) if baselines else None,
        sum((entry.used for entry in entries if entry.used is not None), Decimal(0)),
        sum(adjustments, Decimal(0)) if adjustments else None,
        "",
        total([entry.amount for entry in entries if entry.amount is not None], currency),
    )


def _row(entry: _Entry, title: str, digits: int) -> Row:
    return Row(
        title,
        quantity(entry.baseline, digits),
        quantity(entry.used, digits),
        signed(entry.adjustment, digits),
        entry.rate,
        NOTHING if entry.amount is None else entry.amount.text(),
    )

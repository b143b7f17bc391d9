"""The workbook: usage per asset, and every line with its arithmetic. Written so that no cell can become a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dutycycle.invoicing import forecast, wording
from dutycycle.invoicing.invoice import Invoice
from dutycycle.kit.quantity import EXACT, round_to_scale

EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps; a longer number is written as text."""
Cell = str | int | Decimal | None


def render(invoice: Invoice) -> bytes:
    """Write the workbook of an issued invoice; the same invoice gives the same bytes."""
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, {"constant_memory": True, "in_memory": True})
    created = datetime.combine(invoice.issue_date or invoice.period.end, datetime.min.time())
    workbook.set_properties(
        {"title": f"Invoice {invoice.number}", "author": invoice.lessor.display_name, "created": created}
    )
    bold = workbook.add_format({"bold": True, "bottom": 1})
    _sheet(workbook.add_worksheet("Assets"), bold, asset_table(invoice))
    _sheet(workbook.add_worksheet("Lines"), bold, line_table(invoice))
    _sheet(workbook.add_worksheet("Months"), bold, month_table(invoice))
    _sheet(workbook.add_worksheet("Schedules"), bold, schedule_table(invoice))
    if invoice.cost_centres:
        _sheet(workbook.add_worksheet("Cost centres"), bold, cost_centre_table(invoice))
    _sheet(workbook.add_worksheet("Forecast"), bold, forecast_table(invoice))
    workbook.close()
    return content.getvalue()


def asset_table(invoice: Invoice) -> list[list[Cell]]:
    """Return one row an asset and schedule, headed; quantities are sums of what the meters reported."""
    meters = sorted({meter for asset in invoice.assets for meter in asset.quantities})
    head: list[Cell] = [
        "Invoice",
        "Period",
        "Schedule",
        "Asset",
        "Manufacturer",
        "Model",
        "Usage records",
        "Days active",
    ]
    centre: list[Cell] = ["Cost centre"] if invoice.cost_centres else []
    rows = [head + [meter.replace("_", " ") for meter in meters] + centre]
    for asset in invoice.assets:
        row: list[Cell] = [
            invoice.number,
            invoice.period.label,
            asset.schedule_display_name,
            asset.display_name,
            asset.manufacturer,
            asset.model,
            asset.records,
            asset.days_active,
        ]
        quantities: list[Cell] = [asset.quantities.get(meter) for meter in meters]
        rows.append(row + quantities + ([asset.cost_centre] if centre else []))
    return rows


def line_table(invoice: Invoice) -> list[list[Cell]]:
    """Return one row a line, headed, closed by the sum."""
    rows: list[list[Cell]] = [
        [
            *("Line", "Schedule", "Charge", "For", "Units", "Baseline", "Used", "Adjustment", "Priced", "Rate"),
            f"Charge ({invoice.total.currency})",
            "Arithmetic",
        ]
    ]
    rows.extend(
        [
            line.id,
            line.schedule_display_name,
            line.label,
            wording.days(line.service_period),
            line.units,
            line.baseline_quantity,
            line.used_quantity,
            line.adjustment_quantity,
            line.billable_quantity,
            line.rate_text,
            line.amount.amount,
            "; ".join(step.text for step in line.steps),
        ]
        for line in invoice.lines
    )
    rows.append(["", "Sum of all lines", *[None] * 8, invoice.total.amount, ""])
    return rows


def month_table(invoice: Invoice) -> list[list[Cell]]:
    """Return one row a month, headed: what was active and used against what was agreed, and what the month cost."""
    units = invoice.unbilled.units or "Used"
    noun = wording.headed(invoice.asset_noun)
    head: list[Cell] = [
        *("Month", f"{noun} active", f"{noun} agreed", wording.headed(units), f"{wording.headed(units)} agreed"),
        "Utilisation (%)",
        f"Cost ({invoice.total.currency})",
    ]
    rows = [head]
    for month in invoice.months:
        share = None
        if month.baseline_quantity:
            share = round_to_scale(EXACT.divide(month.used_quantity * 100, month.baseline_quantity), 1)
        counts: list[Cell] = [month.assets_active, month.assets_baseline, month.used_quantity, month.baseline_quantity]
        rows.append([month.period.label, *counts, share, month.cost.amount])
    return rows


def schedule_table(invoice: Invoice) -> list[list[Cell]]:
    """Return one row a schedule, headed, closed by the sum: what each has of the invoice."""
    sums: dict[str, Decimal] = {}
    for line in invoice.lines:
        sums[line.schedule_display_name] = sums.get(line.schedule_display_name, Decimal(0)) + line.amount.amount
    rows: list[list[Cell]] = [["Schedule", f"Charges ({invoice.total.currency})"]]
    rows.extend([title, amount] for title, amount in sums.items())
    return [*rows, ["Amount due", invoice.total.amount]]


def cost_centre_table(invoice: Invoice) -> list[list[Cell]]:
    """Return one row a cost centre, headed, closed by the sum: what each has of the invoice."""
    units = wording.headed(invoice.unbilled.units or "Used")
    rows: list[list[Cell]] = [
        ["Cost centre", wording.headed(invoice.asset_noun), units, f"Charges ({invoice.total.currency})"]
    ]
    rows.extend(
        [wording.cost_centre(share.cost_centre), share.assets, share.used_quantity, share.amount.amount]
        for share in invoice.cost_centres
    )
    return [*rows, ["Amount due", None, invoice.months[-1].used_quantity, invoice.total.amount]]


def forecast_table(invoice: Invoice) -> list[list[Cell]]:
    """Return one row a forecast, headed, and how it is made."""
    digits = wording.places(month.used_quantity for month in invoice.months)
    following = invoice.period.next_month().label
    used = [month.used_quantity for month in invoice.months]
    rows: list[list[Cell]] = [["Forecast", "Unit", "Expected", "Low", "High"]]
    for title, unit, found in (
        (f"Usage {following}", invoice.unbilled.units, forecast.next_month(used, digits)),
        (
            f"Cost {following}",
            invoice.total.currency,
            forecast.next_month([month.cost.amount for month in invoice.months], 0),
        ),
    ):
        if found is not None:
            rows.append([title, unit, found.expected, found.low, found.high])
    return [
        *rows,
        ["Theil-Sen line through the months; 9 of 10 past months strayed no further. Nothing is due for it."],
    ]


def _sheet(sheet: Worksheet, bold: Format, rows: Sequence[Sequence[Cell]]) -> None:
    sheet.freeze_panes(1, 0)
    for column in range(len(rows[0])):
        longest = max(len(_text(row[column])) for row in rows if column < len(row))
        sheet.set_column(column, column, min(max(longest, 6), 60) + 1)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, bold if number == 0 else None)


def _write(sheet: Worksheet, row: int, column: int, value: Cell, style: Format | None) -> None:
    if value is None:
        return
    if isinstance(value, str) or len(_text(value).strip("-").replace(".", "")) > EXACT_DIGITS:
        sheet.write_string(row, column, _text(value), style)
    else:
        sheet.write_number(row, column, value, style)


def _text(value: Cell) -> str:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)

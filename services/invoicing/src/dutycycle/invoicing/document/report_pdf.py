"""The consumption report as PDF, one page: what was in service and how much it was used, from the invoice itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.invoicing import forecast, wording
from dutycycle.invoicing.document import pdf
from dutycycle.invoicing.document.invoice_pdf import charts, identities_text, waiting_text
from dutycycle.invoicing.invoice import AssetUsage, CostCentreShare, Invoice, MonthUse
from dutycycle.kit.money import Money, total

ASSETS_NAMED = 8
"""Assets in each of the two tables; all of them are in the workbook."""
IDLE_NAMED = 12
"""Assets without usage that are named; the workbook has the others."""
CENTRES_NAMED = 6
"""Cost centres in the table; the workbook has the others."""
METERS_SHOWN = 3
"""Columns of meters that fit beside an asset."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure: its name, the figure, and what it is compared with."""

    label: str
    value: str
    compared: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month, as printed."""

    title: str
    active: str
    agreed: str
    used: str
    baseline: str
    utilisation: str
    cost: str


@dataclass(frozen=True, slots=True)
class AssetRow:
    """One asset, as printed; `quantities` in the order of the meters."""

    title: str
    schedule: str
    records: str
    days: str
    quantities: tuple[str, ...]


def render(invoice: Invoice, digest: str) -> bytes:
    """Typeset the report of an issued invoice; one page."""
    return pdf.typeset((html(invoice, layout) for layout in ("airy", "dense")), 1, digest)


def html(invoice: Invoice, layout: str) -> str:
    """Return the page in one of its layouts."""
    meters = sorted({meter for asset in invoice.assets for meter in asset.quantities})[:METERS_SHOWN]
    ranked = sorted(invoice.assets, key=lambda asset: (-asset.records, -asset.days_active, asset.display_name))
    named = ASSETS_NAMED if layout == "airy" else ASSETS_NAMED // 2
    used = [asset for asset in ranked if asset.records]
    least = sorted(used[named:], key=lambda asset: (asset.records, asset.days_active, asset.display_name))[:named]
    return pdf.fill(
        "report.html",
        invoice=invoice,
        w=wording,
        paper=wording.paper(invoice.customer.language),
        layout=layout,
        figures=figures(invoice),
        charts=charts(invoice, "258", "96" if layout == "airy" else "70"),
        months=[_month_row(month, _digits(invoice)) for month in invoice.months],
        meters=[meter.replace("_", " ") for meter in meters],
        most=[_asset_row(asset, meters) for asset in used[:named]],
        least=[_asset_row(asset, meters) for asset in least],
        idle=idle_text(invoice, IDLE_NAMED if layout == "airy" else IDLE_NAMED // 2),
        waiting=waiting_text(invoice),
        identities=identities_text(invoice),
        rejected=sorted(invoice.unbilled.rejected_by_reason.items()),
        received=received(invoice),
        forecasts=forecasts(invoice),
        shares=shares(invoice),
        cost_centres=cost_centres(invoice, CENTRES_NAMED if layout == "airy" else CENTRES_NAMED // 2),
    )


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """One forecast, as printed."""

    title: str
    expected: str
    span: str


@dataclass(frozen=True, slots=True)
class Share:
    """What one schedule has of the invoice, as printed."""

    title: str
    amount: str
    percent: str


def forecasts(invoice: Invoice) -> list[ForecastRow]:
    """Return what the months lead one to expect; nothing for too few of them."""
    digits, units, months = _digits(invoice), invoice.unbilled.units, invoice.months
    used = [month.used_quantity for month in months]
    cost = [month.cost.amount for month in months]
    currency = months[-1].cost.currency
    following = invoice.period.next_month()
    rows: list[ForecastRow] = []
    for title, found in (
        (f"{wording.headed(units)} in {following.title}", forecast.next_month(used, digits)),
        (
            f"{wording.headed(units)} of {invoice.period.start.year} as a whole",
            forecast.year_end(used, invoice.period.start.month, digits)
            if len(used) >= invoice.period.start.month
            else None,
        ),
    ):
        if found is not None:
            span = f"{wording.quantity(found.low, digits)} to {wording.quantity(found.high, digits)}"
            rows.append(ForecastRow(title, wording.quantity(found.expected, digits), span))
    bill = forecast.next_month(cost, 0)
    if bill is not None:
        # In whole units: cents of a forecast would only look exact.
        ends = (bill.expected, bill.low, bill.high)
        expected, low, high = (Money(each, currency).text().removesuffix(".00") for each in ends)
        rows.append(ForecastRow(f"Cost of {following.title}", expected, f"{low} to {high}"))
    return rows


def idle_text(invoice: Invoice, named: int) -> str:
    """Return how many assets had no usage, and which; empty if none was idle."""
    placed = {asset.asset: asset.display_name for asset in invoice.assets}
    used = {asset.asset for asset in invoice.assets if asset.records}
    idle = sorted(title for name, title in placed.items() if name not in used)
    if not idle:
        return ""
    names = ", ".join(idle[:named]) + (f", {len(idle) - named:,} more in the workbook" if len(idle) > named else "")
    return f"{len(idle):,} of {len(placed):,} placed {invoice.asset_noun} without a record: {names}."


def shares(invoice: Invoice) -> list[Share]:
    """Return what each schedule has of the invoice, the largest first; they add up to what is due."""
    sums: dict[str, list[Money]] = {}
    for line in invoice.lines:
        sums.setdefault(line.schedule_display_name, []).append(line.amount)
    amounts = {title: total(parts, invoice.total.currency) for title, parts in sums.items()}
    ordered = sorted(amounts.items(), key=lambda item: (-item[1].amount, item[0]))
    return [Share(title, each.text(), wording.percent(each.amount, invoice.total.amount)) for title, each in ordered]


@dataclass(frozen=True, slots=True)
class CentreRow:
    """What one cost centre has of the invoice, as printed."""

    title: str
    assets: str
    used: str
    amount: str


def cost_centres(invoice: Invoice, named: int) -> list[CentreRow]:
    """Return what each cost centre has of the invoice; those beyond the table are one row, so that it adds up."""
    shares = invoice.cost_centres
    shown, rest = (shares, ()) if len(shares) <= named else (shares[: named - 1], shares[named - 1 :])
    rows = [_centre_row(wording.cost_centre(share.cost_centre), [share], _digits(invoice)) for share in shown]
    if rest:
        rows.append(_centre_row(f"{len(rest)} more, in the workbook", rest, _digits(invoice)))
    return rows


def _centre_row(title: str, shares: Sequence[CostCentreShare], digits: int) -> CentreRow:
    return CentreRow(
        title,
        f"{sum(share.assets for share in shares):,}",
        wording.quantity(sum((share.used_quantity for share in shares), Decimal(0)), digits),
        total([share.amount for share in shares], shares[0].amount.currency).text(),
    )


def figures(invoice: Invoice) -> tuple[Figure, ...]:
    """Return the key figures, from left to right."""
    month, units, digits = invoice.months[-1], invoice.unbilled.units, _digits(invoice)
    spans = [span for span in (3, len(invoice.months)) if 1 < span <= len(invoice.months)]
    return (
        Figure(
            f"{wording.headed(invoice.asset_noun)} in service",
            wording.quantity(month.assets_active),
            f"of {wording.quantity(month.assets_baseline)} agreed",
        ),
        Figure(
            wording.headed(units),
            wording.quantity(month.used_quantity, digits),
            f"of {wording.quantity(month.baseline_quantity, digits)} agreed",
        ),
        Figure("Utilisation", _utilisation([month]), "of the baseline"),
        *(
            Figure(f"Last {span} months", _utilisation(invoice.months[-span:]), "of the baseline")
            for span in sorted(set(spans))
        ),
        Figure("Cost of the month", month.cost.text(), "base and usage"),
    )


def received(invoice: Invoice) -> int:
    """Return all records of the period, whatever became of them."""
    return invoice.usage_records + invoice.unbilled.waiting_records + invoice.unbilled.rejected_records


def _digits(invoice: Invoice) -> int:
    return wording.places(value for month in invoice.months for value in (month.used_quantity, month.baseline_quantity))


def _utilisation(months: Sequence[MonthUse]) -> str:
    used = sum((month.used_quantity for month in months), Decimal(0))
    return wording.percent(used, sum((month.baseline_quantity for month in months), Decimal(0)))


def _month_row(month: MonthUse, digits: int) -> MonthRow:
    return MonthRow(
        month.period.title,
        wording.quantity(month.assets_active),
        wording.quantity(month.assets_baseline),
        wording.quantity(month.used_quantity, digits),
        wording.quantity(month.baseline_quantity, digits),
        _utilisation([month]),
        month.cost.text(),
    )


def _asset_row(asset: AssetUsage, meters: Sequence[str]) -> AssetRow:
    return AssetRow(
        asset.display_name,
        asset.schedule_display_name,
        f"{asset.records:,}",
        str(asset.days_active),
        tuple(wording.quantity(asset.quantities.get(meter)) for meter in meters),
    )

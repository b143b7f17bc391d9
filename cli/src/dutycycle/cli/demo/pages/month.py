"""Twelve months of use against what was agreed, as the invoice carries them."""

from __future__ import annotations

from collections.abc import Sequence

from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.demo.pages.chart import Chart, Month, bar_chart, sparkline
from dutycycle.cli.demo.pages.wording import number, period


def usage_chart(invoice: invoicing_pb2.Invoice) -> Chart | None:
    """Draw the usage of the months; None if nothing is compared with a baseline."""
    units = usage_units(invoice.lines)
    months = _usage(invoice.months)
    return bar_chart(f"{units} by month", units, months) if units and _is_compared(months) else None


def asset_chart(invoice: invoicing_pb2.Invoice) -> Chart | None:
    """Draw the assets in service; None if none are compared with a baseline."""
    last = len(invoice.months) - 1
    months = [
        Month(_label(each), number(each.assets_active), number(each.assets_baseline), index == last)
        for index, each in enumerate(invoice.months)
    ]
    title = f"{invoice.asset_noun} in service by month"
    return bar_chart(title, invoice.asset_noun, months) if _is_compared(months) else None


def usage_sparkline(invoice: invoicing_pb2.Invoice) -> Chart:
    return sparkline(_usage(invoice.months))


def usage_units(lines: Sequence[rating_pb2.RatedLine]) -> str:
    """Return the unit in which usage is compared with a baseline; empty if none is."""
    compared = (line for line in lines if line.kind == rating_pb2.LINE_KIND_USAGE)
    return next((line.units for line in compared if line.HasField("baseline_quantity")), "")


def _usage(months: Sequence[offers_pb2.MonthUse]) -> list[Month]:
    last = len(months) - 1
    return [
        Month(_label(each), number(each.used_quantity), number(each.baseline_quantity), index == last)
        for index, each in enumerate(months)
    ]


def _label(month: offers_pb2.MonthUse) -> str:
    return f"{period(month.period).start:%b}"


def _is_compared(months: Sequence[Month]) -> bool:
    return any(month.agreed for month in months)

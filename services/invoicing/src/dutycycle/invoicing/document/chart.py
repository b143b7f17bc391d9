"""Bars of twelve months against the baseline, as inline SVG that also reads in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from dutycycle.invoicing.wording import code, quantity
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import round_to_scale

MONTHS = 12
GAP = Decimal("0.14")
"""Space on each side of a bar, as a share of its slot."""
LONG = 10_000
"""From here on the figures above the bars are set smaller, or they would touch."""
INK, PAST, LINE = "#0f3d5c", "#a9b6c1", "#14202b"


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: what was used and what was agreed."""

    period: BillingPeriod
    used: Decimal
    baseline: Decimal


@dataclass(frozen=True, slots=True)
class Frame:
    """Size of a chart in points: the drawing without its labels lies between `top` and `height - bottom`."""

    width: Decimal
    height: Decimal
    top: Decimal = Decimal(12)
    bottom: Decimal = Decimal(10)

    @property
    def plot(self) -> Decimal:
        return self.height - self.top - self.bottom


def draw(bars: Sequence[Bar], title: str, frame: Frame) -> Markup:
    """Draw the bars, the billed month last and dark, with a dashed line at each month's baseline."""
    shown = bars[-MONTHS:]
    ceiling = max([bar.used for bar in shown] + [bar.baseline for bar in shown] + [Decimal(1)])
    slot = frame.width / MONTHS
    size = "6" if ceiling < LONG else "5.2"
    parts = [
        _month(bar, index, slot, ceiling, frame, size, last=index == len(shown) - 1) for index, bar in enumerate(shown)
    ]
    floor = frame.height - frame.bottom
    parts.append(_rule(Decimal(0), floor, slot * len(shown), LINE, "0.5", dashed=False))
    width, height = code(frame.width), code(frame.height)
    return Markup(  # noqa: S704 - numbers of our own, and a title that is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}pt" height="{height}pt"'
        f' viewBox="0 0 {width} {height}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _month(bar: Bar, index: int, slot: Decimal, ceiling: Decimal, frame: Frame, size: str, *, last: bool) -> str:
    left, floor = slot * index, frame.height - frame.bottom
    height = frame.plot * bar.used / ceiling
    line = floor - frame.plot * bar.baseline / ceiling
    middle = left + slot / 2
    label_y = floor - height - Decimal("2.2")
    if 0 < line - label_y + 7 < 9 and bar.used < bar.baseline:
        label_y = line - Decimal("1.8")  # a label that the line would strike through moves above it
    return (
        f'<rect x="{code(left + slot * GAP)}" y="{code(floor - height)}" width="{code(slot * (1 - 2 * GAP))}"'
        f' height="{code(height)}" fill="{INK if last else PAST}"/>'
        + _text(middle, label_y, quantity(round_to_scale(bar.used, 0)), size, bold=last)
        + _text(middle, frame.height - Decimal("1.5"), f"{bar.period.start:%b}", "6", bold=last)
        + _rule(left, line, left + slot, "#ffffff", "2.2", dashed=False)  # so that the line shows on the dark bar too
        + _rule(left, line, left + slot, LINE, "1", dashed=True)
    )


def _text(x: Decimal, y: Decimal, text: str, size: str, *, bold: bool) -> str:
    weight = "600" if bold else "400"
    return (
        f'<text x="{code(x)}" y="{code(y)}" font-family="Inter" font-size="{size}" font-weight="{weight}" fill="{LINE}"'
        f' text-anchor="middle">{escape(text)}</text>'
    )


def _rule(start: Decimal, y: Decimal, end: Decimal, colour: str, width: str, *, dashed: bool) -> str:
    dash = ' stroke-dasharray="3 2"' if dashed else ""
    return (
        f'<line x1="{code(start)}" y1="{code(y)}" x2="{code(end)}" y2="{code(y)}" stroke="{colour}"'
        f' stroke-width="{width}"{dash}/>'
    )

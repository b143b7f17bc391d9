"""Bars of twelve months against the baseline, as inline SVG that also reads in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

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
    drawing = _Drawing(frame, ceiling, frame.width / MONTHS, "6" if ceiling < LONG else "5.2")
    parts = [
        drawing.bars(shown[:-1], 0, PAST),
        drawing.bars(shown[-1:], len(shown) - 1, INK),
        *drawing.baselines(shown),
        *(drawing.labels(bar, index, last=index == len(shown) - 1) for index, bar in enumerate(shown)),
        drawing.floor_line(len(shown)),
    ]
    width, height = code(frame.width), code(frame.height)
    return Markup(  # noqa: S704 - numbers of our own, and a title that is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}pt" height="{height}pt"'
        f' viewBox="0 0 {width} {height}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Places of one chart. Few elements: each costs the typesetter as much as a table cell."""

    frame: Frame
    ceiling: Decimal
    slot: Decimal
    size: str

    def y(self, value: Decimal) -> Decimal:
        return self.frame.height - self.frame.bottom - self.frame.plot * value / self.ceiling

    def bars(self, bars: Sequence[Bar], first: int, colour: str) -> str:
        """Draw bars of one colour as one path."""
        floor, width = code(self.y(Decimal(0))), self.slot * (1 - 2 * GAP)
        path = ""
        for index, bar in enumerate(bars, first):
            left = self.slot * (index + GAP)
            path += f"M{code(left)} {floor}V{code(self.y(bar.used))}H{code(left + width)}V{floor}Z"
        return f'<path d="{path}" fill="{colour}"/>' if path else ""

    def baselines(self, bars: Sequence[Bar]) -> list[str]:
        """Draw a line over each run of months with one baseline, cased so that it shows on a dark bar too."""
        parts, start = [], 0
        for baseline, run in groupby(bars, key=lambda bar: bar.baseline):
            end = start + len(list(run))
            for colour, width, dash in (("#ffffff", "2.2", ""), (LINE, "1", ' stroke-dasharray="3 2"')):
                parts.append(_rule(self.slot * start, self.y(baseline), self.slot * end, colour, width, dash))
            start = end
        return parts

    def labels(self, bar: Bar, index: int, *, last: bool) -> str:
        """Write the figure above a bar and the month below it."""
        middle = self.slot * (index + Decimal("0.5"))
        top, line = self.y(bar.used) - Decimal("2.2"), self.y(bar.baseline)
        if bar.used < bar.baseline and -7 < line - top < 2:
            top = line - Decimal("1.8")  # a figure that the line would strike through moves above it
        figure = _text(middle, top, quantity(round_to_scale(bar.used, 0)), self.size, bold=last)
        return figure + _text(middle, self.frame.height - Decimal("1.5"), f"{bar.period.start:%b}", "6", bold=last)

    def floor_line(self, months: int) -> str:
        return _rule(Decimal(0), self.y(Decimal(0)), self.slot * months, LINE, "0.5", "")


def _text(x: Decimal, y: Decimal, text: str, size: str, *, bold: bool) -> str:
    weight = "600" if bold else "400"
    return (
        f'<text x="{code(x)}" y="{code(y)}" font-family="Inter" font-size="{size}" font-weight="{weight}" fill="{LINE}"'
        f' text-anchor="middle">{escape(text)}</text>'
    )


def _rule(start: Decimal, y: Decimal, end: Decimal, colour: str, width: str, dash: str) -> str:
    return (
        f'<line x1="{code(start)}" y1="{code(y)}" x2="{code(end)}" y2="{code(y)}" stroke="{colour}"'
        f' stroke-width="{width}"{dash}/>'
    )

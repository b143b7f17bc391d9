"""Geometry of bar charts: numbers only, a template draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dutycycle.kit.quantity import grouped, round_to_scale

_WIDTH, _HEIGHT = Decimal(720), Decimal(150)
_TOP, _BOTTOM = Decimal(18), Decimal(20)
_SLOTS = 12
"""Months that a drawing has room for; fewer leave the rest of it empty."""
_BAR_SHARE = Decimal("0.68")
"""Part of a month's slot that its bar takes."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a measure and what was agreed for it."""

    label: str
    used: Decimal
    agreed: Decimal
    marked: bool = False
    """Whether this is the month that the page is about."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the units of the drawing, with the line of what was agreed."""

    label: str
    figure: str
    left: Decimal
    top: Decimal
    width: Decimal
    height: Decimal
    middle: Decimal
    figure_y: Decimal
    line_left: Decimal
    line_right: Decimal
    line_y: Decimal
    marked: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the sentence that says the same to who does not see it."""

    title: str
    description: str
    width: Decimal
    height: Decimal
    floor: Decimal
    bars: Sequence[Bar]


def bar_chart(title: str, units: str, months: Sequence[Month]) -> Chart:
    """Lay out a bar for each month and a line at what was agreed."""
    slot = _WIDTH / max(_SLOTS, len(months))
    floor = _HEIGHT - _BOTTOM
    ceiling = max([Decimal(1), *(max(month.used, month.agreed) for month in months)])
    scale = (floor - _TOP) / ceiling
    return Chart(
        title=title,
        description="; ".join(
            f"{month.label}: {_whole(month.used)} of {_whole(month.agreed)} agreed {units}" for month in months
        ),
        width=_WIDTH,
        height=_HEIGHT,
        floor=floor,
        bars=[_bar(month, slot * index, slot, floor, scale) for index, month in enumerate(months)],
    )


def sparkline(months: Sequence[Month]) -> Chart:
    """Lay out the same bars without figures, to stand in a line of a table."""
    width, floor = Decimal(72), Decimal(18)
    slot = width / max(_SLOTS, len(months))
    ceiling = max([Decimal(1), *(max(month.used, month.agreed) for month in months)])
    bars = [_bar(month, slot * index, slot, floor, floor / ceiling) for index, month in enumerate(months)]
    return Chart("", "", width, floor, floor, bars)


def _bar(month: Month, left: Decimal, slot: Decimal, floor: Decimal, scale: Decimal) -> Bar:
    width = slot * _BAR_SHARE
    height, line_y = month.used * scale, floor - month.agreed * scale
    figure_y = floor - height - 4
    if line_y - 2 < figure_y < line_y + 12:
        figure_y = min(figure_y, line_y - 4)  # or the line would strike the figure through
    return Bar(
        label=month.label,
        figure=_whole(month.used),
        left=_drawn(left + (slot - width) / 2),
        top=_drawn(floor - height),
        width=_drawn(width),
        height=_drawn(height),
        middle=_drawn(left + slot / 2),
        figure_y=_drawn(figure_y),
        line_left=_drawn(left),
        line_right=_drawn(left + slot),
        line_y=_drawn(line_y),
        marked=month.marked,
    )


def _whole(value: Decimal) -> str:
    return grouped(round_to_scale(value, 0))


def _drawn(value: Decimal) -> Decimal:
    return round_to_scale(value, 1)

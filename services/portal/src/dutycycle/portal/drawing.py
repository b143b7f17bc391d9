"""Charts as SVG: they need no script, are read out by their table, and work in print and in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

_WIDTH, _HEIGHT = 720, 210
_LEFT, _TOP, _FLOOR = 8, 22, 180


@dataclass(frozen=True, slots=True)
class Group:
    """One place on the axis, with a bar for each series."""

    label: str
    values: tuple[Decimal, ...]
    line: Decimal | None = None
    """Height of a dashed line over the place: an agreed baseline."""


def bars(title: str, groups: Sequence[Group], figures: Sequence[str]) -> Markup:
    """Draw groups of bars; `figures` is written above the last bar of each group, where there is room."""
    heights = [value for group in groups for value in (*group.values, group.line or Decimal(0))]
    ceiling = max(heights, default=Decimal(0)) or Decimal(1)
    slot = Decimal(_WIDTH - 2 * _LEFT) / max(1, len(groups))
    parts: list[str] = []
    for place, (group, figure) in enumerate(zip(groups, figures, strict=True)):
        start = _LEFT + slot * place
        parts += _group(group, start, slot, ceiling)
        middle = start + slot / 2
        parts.append(_text("axis", middle, Decimal(_HEIGHT - 12), group.label))
        if figure:
            parts.append(_text("figure", middle, _height(max(group.values), ceiling) - 5, figure))
    return Markup(  # noqa: S704  # numbers of our own, and texts that are escaped
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f'{"".join(parts)}<line class="floor" x1="{_LEFT}" x2="{_WIDTH - _LEFT}" y1="{_FLOOR}" y2="{_FLOOR}"/></svg>'
    )


def _group(group: Group, start: Decimal, slot: Decimal, ceiling: Decimal) -> list[str]:
    width = slot * Decimal("0.76") / len(group.values)
    left = start + slot * Decimal("0.12")
    parts = []
    for place, value in enumerate(group.values):
        top = _height(value, ceiling)
        x = left + width * place
        size = f'width="{width - 1:.1f}" height="{_FLOOR - top:.1f}"'
        parts.append(f'<rect class="series{place}" x="{x:.1f}" y="{top:.1f}" {size}/>')
    if group.line is not None:
        y = _height(group.line, ceiling)
        parts.append(f'<line class="baseline" x1="{start:.1f}" x2="{start + slot:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
    return parts


def _text(kind: str, x: Decimal, y: Decimal, text: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(text)}</text>'


def _height(value: Decimal, ceiling: Decimal) -> Decimal:
    return _FLOOR - (_FLOOR - _TOP) * max(Decimal(0), value) / ceiling

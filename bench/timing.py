"""Rounds in which everyone takes a turn, and the rows that tell what came of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Timed:
    """The result of the last round and the median of the seconds."""

    result: Any
    seconds: float


def take_turns(contenders: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, Timed]:
    """Run everyone once a round, so that a machine that slows down slows all of them down.

    A first round that is not counted lets everyone allocate and load what it needs.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    results = {}
    for turn in range(rounds + 1):
        for name, run in contenders.items():
            started = time.perf_counter()
            results[name] = run()
            if turn > 0:
                seconds[name].append(time.perf_counter() - started)
    return {name: Timed(results[name], statistics.median(seconds[name])) for name in contenders}


def row(
    bench: str, unit: str, value: float, alternative: str, other: float, *, equal: bool, ratio: float | None = None
) -> Row:
    """Make a row; the ratio is value by alternative, so that more is better, unless it is given."""
    return {
        "bench": bench,
        "value": _figure(value),
        "unit": unit,
        "alternative": alternative,
        "alternative_value": _figure(other),
        "ratio": float(f"{value / other if ratio is None else ratio:.3g}"),
        "equal": equal,
    }


def _figure(value: float) -> float:
    return round(value) if abs(value) >= 100 else round(value, 2)

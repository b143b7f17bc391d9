"""Published cases: reading them and comparing with them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from dutycycle.kit.fraction import round_fraction, to_decimal
from dutycycle.kit.quantity import Rounding

MODES = {
    "half_up": Rounding.HALF_UP,
    "ceil": Rounding.CEILING,
    "floor": Rounding.FLOOR,
    "up": Rounding.UP,
    "down": Rounding.DOWN,
}


class NotSupportedError(Exception):
    """The engine has no such model or switch yet."""


@dataclass(frozen=True, slots=True)
class Case:
    """One published case."""

    id: str
    model: str
    params: dict[str, Any]
    usage: Any
    period: Any
    currency: str
    expected: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the engine made of a case, unrounded where the case does not round."""

    numbers: dict[str, Fraction]
    """Figures by the name that `expected` gives them: amount, total, packages."""
    lines: tuple[dict[str, Any], ...] = ()
    """Per tier, entry or phase, with the names that `expected` gives: tier, quantity, amount."""
    allocations: tuple[dict[str, Any], ...] = ()


def read_cases(directory: Path) -> Iterator[Case]:
    """Yield the cases of every JSON file of a directory, in file order."""
    for path in sorted(directory.glob("*.json")):
        for entry in json.loads(path.read_text("utf-8"), parse_float=Decimal):
            yield Case(
                entry["id"], entry["model"], entry.get("params") or {}, entry.get("usage"), entry.get("period"),
                entry.get("currency", "USD"), entry["expected"],
            )  # fmt: skip


def differences(case: Case, outcome: Outcome) -> list[str]:
    """Return every figure of the expectation that the outcome does not meet."""
    compare = case.expected.get("compare")
    found: list[str] = []
    for name, value in case.expected.items():
        if name in ("lines", "allocations"):
            found += _line_differences(value, getattr(outcome, name), compare)
        elif name != "compare" and name not in outcome.numbers:
            found.append(f"expects {name}, which is not rated")
        elif name != "compare" and not _meets(outcome.numbers[name], Fraction(value), compare):
            found.append(f"{name}: expected {value}, rated {to_decimal(outcome.numbers[name])}")
    return found


def _line_differences(expected: list[Any], lines: tuple[dict[str, Any], ...], compare: Any) -> Iterator[str]:
    if len(expected) != len(lines):
        yield f"expected {len(expected)} lines, rated {len(lines)}"
        return
    for number, (wanted, line) in enumerate(zip(expected, lines, strict=True), start=1):
        for name, value in (wanted if isinstance(wanted, dict) else {"amount": wanted}).items():
            if name not in line:
                yield f"line {number} expects {name}, which is not rated"
            elif isinstance(line[name], str):
                if line[name] != value:
                    yield f"line {number} {name}: expected {value}, rated {line[name]}"
            elif not _meets(line[name], Fraction(value), compare):
                yield f"line {number} {name}: expected {value}, rated {to_decimal(line[name])}"


def _meets(rated: Fraction, expected: Fraction, compare: Any) -> bool:
    if compare and "tolerance" in compare:
        return abs(rated - expected) <= Fraction(compare["tolerance"])
    if compare:
        return Fraction(round_fraction(rated, int(compare["scale"]), MODES[compare.get("mode", "half_up")])) == expected
    return rated == expected


def optional(text: str | None) -> Decimal | None:
    """Read a number that may be absent."""
    return None if text is None else Decimal(text)


def require_known(given: Iterable[str], known: str) -> None:
    """Refuse a switch that is not among the known ones, told in one line. Raises NotSupportedError."""
    unknown = set(given) - set(known.split())
    if unknown:
        raise NotSupportedError(f"switch {', '.join(sorted(unknown))}")

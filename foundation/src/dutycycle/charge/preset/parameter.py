"""Parameters of a preset, as they were read from a contract file, and the charges that are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from dutycycle.kit.errors import FieldViolation, InvalidInputError

Document = dict[str, Any]
"""A charge, or a part of one, as a contract file holds it: decimals are texts."""

OF_EVERY_CHARGE = ("id", "label", "adjust", "rounding", "omit_when_zero")
"""What every preset takes: parts of a charge that it hands on as they are."""
OF_A_MEASURE = ("unit", "units", "divide_by", "increment", "mode", "where", "select")
"""What every preset takes that measures something."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """Named values of one preset; every required one is there and none is unknown."""

    preset: str
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or the default where none was given."""
        return self.values[name] if name in self else default

    def number(self, name: str) -> Decimal:
        """Return a value to calculate with. Raises InvalidInputError naming the parameter."""
        return self.to_number(name, self.values[name])

    def to_number(self, name: str, value: Any) -> Decimal:
        """Read a decimal from a part of a value. Raises InvalidInputError naming the parameter."""
        try:
            number = Decimal(value)
        except (InvalidOperation, TypeError, ValueError):
            raise self.wrong(name, f"is {value!r}; give a number in quotes") from None
        if not number.is_finite():
            raise self.wrong(name, f"is {value}, not a number")
        return number

    def rows(self, name: str, required: str, optional: str = "") -> list[Mapping[str, Any]]:
        """Return a list of mappings, each with its required keys and no unknown one. Raises InvalidInputError."""
        rows, needed, known = self.values[name], required.split(), {*required.split(), *optional.split()}
        if not isinstance(rows, list) or not rows:
            raise self.wrong(name, "is no list; give at least one row")
        for index, row in enumerate(rows):
            if not isinstance(row, Mapping):
                raise self.wrong(f"{name}[{index}]", f"is {row!r}; give {', '.join(needed)}")
            for key in needed:
                if key not in row:
                    raise self.wrong(f"{name}[{index}].{key}", "is absent")
            for key in row:
                if key not in known:
                    raise self.wrong(f"{name}[{index}].{key}", f"is unknown; there are {', '.join(sorted(known))}")
        return rows

    def wrong(self, name: str, description: str) -> InvalidInputError:
        """Return the error that names a parameter."""
        return invalid(self.preset, [FieldViolation(name, description)])

    # Charges.

    def measured(
        self,
        price: Document,
        on: str = "",
        *,
        name: str = "",
        measure: Document | None = None,
        quantify: Document | None = None,
        **parts: Any,
    ) -> Document:
        """Write a charge on what is measured.

        Args:
            price: the model alone.
            on: the part of the quantity that is priced; empty: all of it.
            name: tells several charges of one preset apart: "excess".
            measure: instead of the sum of the parameter `meter`.
            quantify: what the preset adds to the parameters of the unit.
        """
        whole = {"aggregation": "sum", "meter": self.get("meter")} if measure is None else measure
        units = {key: self.get(key) for key in ("unit", "units", "divide_by", "increment", "mode")}
        document = {
            **self._named(name),
            "select": self.get("select"),
            "measure": _given({**whole, "where": [*whole.get("where", []), *self.get("where", [])] or None}),
            "quantify": _given({**units, **(quantify or {})}) or None,
            "price": {"on": on, **price} if on else price,
        }
        return self._finished(document, parts)

    def flat(self, amount: Any, *, name: str = "base", **parts: Any) -> Document:
        """Write a charge of an amount a month, in advance unless the parameter `cadence` says otherwise."""
        price = amount if isinstance(amount, dict) else {"flat": {"amount": amount}}
        document = {**self._named(name), "price": price, "cadence": self.get("cadence", "in_advance")}
        return self._finished(document, parts)

    def _named(self, name: str) -> Document:
        words = self.preset.replace("_", " ")
        own, label = self.get("id", self.preset.replace("_", "-")), self.get("label", words[0].upper() + words[1:])
        return {"id": f"{own}-{name.replace(' ', '-')}", "label": f"{label}, {name}"} if name else (
            {"id": own, "label": label}
        )  # fmt: skip

    def _finished(self, document: Document, parts: Document) -> Document:
        """Add the parts that a preset sets itself, and those that it hands on."""
        adjust = {**(self.get("adjust") or {}), **(parts.pop("adjust", None) or {})}
        handed = {"rounding": self.get("rounding"), "omit_when_zero": self.get("omit_when_zero")}
        return _given({**document, **parts, "adjust": adjust or None, **handed})


def invalid(preset: str, violations: list[FieldViolation]) -> InvalidInputError:
    """Return the error that names what is wrong with the parameters of a preset."""
    first = violations[0]
    message = f"preset {preset!r}: {first.field} {first.description}"
    return InvalidInputError("PRESET_INVALID", message, {"preset": preset}, violations)


def written(number: Decimal) -> str:
    """Write a decimal as a contract file does."""
    return format(number, "f")


def inexact(value: Any, field: str) -> Iterator[FieldViolation]:
    """Yield every binary float in a value: no float decides an amount."""
    if isinstance(value, float):
        yield FieldViolation(field, f'is not exact; write it in quotes: "{value}"')
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from inexact(part, f"{field}.{key}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from inexact(part, f"{field}[{index}]")


def _given(document: Document) -> Document:
    return {key: value for key, value in document.items() if value is not None}

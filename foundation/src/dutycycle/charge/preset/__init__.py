"""Presets: every charging mechanism of the field under its own name, written in the language of charges.

A preset adds nothing to the language. It takes a few named parameters, as they are read from YAML, and returns the
charges that a contract file could hold in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from dutycycle.charge.preset import (
    asset,
    attribute,
    capacity,
    life,
    money,
    payer,
    pool,
    recurring,
    rent,
    settlement,
    tier,
    unit,
)  # fmt: skip
from dutycycle.charge.preset.parameter import Document
from dutycycle.charge.preset.preset import Preset
from dutycycle.kit.errors import FieldViolation, InvalidInputError

FAMILIES = (recurring, unit, money, tier, rent, life, pool, settlement, capacity, asset, attribute, payer)
PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in sorted(chain.from_iterable(family.PRESETS for family in FAMILIES), key=lambda each: each.number)
}
"""Every preset by its name, in the order of the mechanisms."""

__all__ = ["PRESETS", "Document", "Preset", "expand", "preset_named"]


def expand(name: str, parameters: Mapping[str, Any]) -> list[Document]:
    """Write the charges of a preset. Raises InvalidInputError naming the preset or every wrong parameter."""
    return preset_named(name).expand(parameters)


def preset_named(name: str) -> Preset:
    """Return a preset. Raises InvalidInputError that says which there are."""
    preset = PRESETS.get(name)
    if preset is None:
        description = f"is {name!r}; there are {', '.join(PRESETS)}"
        violation = FieldViolation("preset", description)
        raise InvalidInputError("PRESET_UNKNOWN", f"preset {description}", {"preset": str(name)}, [violation])
    return preset

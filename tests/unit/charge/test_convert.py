"""The classes of a charge and the messages of charge.proto say the same thing, field by field."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import pytest
from google.protobuf.descriptor import Descriptor

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.charge.charge import Charge, Price
from dutycycle.charge.convert import charge_from_proto
from dutycycle.charge.price import MODELS, PriceModel, TierTable
from dutycycle.kit.errors import InvalidInputError
from dutycycle.kit.quantity import Rounding

TIERED = {"graduated": TierTable, "volume": TierTable}
"""These models hold the message in a table."""


def pairs() -> dict[str, tuple[Any, Descriptor]]:
    """Return every class with its message, by the name of the message."""
    found: dict[str, tuple[Any, Descriptor]] = {}
    pending: list[tuple[Any, Descriptor]] = [(Charge, charge_pb2.Charge.DESCRIPTOR)]
    price = charge_pb2.Price.DESCRIPTOR
    pending += [(TIERED.get(name, cls), price.fields_by_name[name].message_type) for name, cls in MODELS.items()]
    while pending:
        cls, message = pending.pop()
        if message.name in found or message is price:
            continue
        found[message.name] = cls, message
        hints = typing.get_type_hints(cls)
        for field in fields(cls):
            inner = message.fields_by_name.get(field.name.rstrip("_"))
            kind = _item(hints[field.name])
            if inner is not None and inner.message_type is not None and is_dataclass(kind) and kind is not Price:
                pending.append((kind, inner.message_type))
    return found


def _item(hint: Any) -> Any:
    """Return T of T | None and of tuple[T, ...]."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(arg for arg in typing.get_args(hint) if arg is not types.NoneType)
    return typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint


PAIRS = pairs()


@pytest.mark.parametrize("name", PAIRS)
def test_class_and_message_have_the_same_fields(name: str) -> None:
    cls, message = PAIRS[name]
    assert {field.name.rstrip("_") for field in fields(cls)} == set(message.fields_by_name)


@pytest.mark.parametrize("name", PAIRS)
def test_choices_have_the_same_names(name: str) -> None:
    cls, message = PAIRS[name]
    hints = typing.get_type_hints(cls)
    for field in fields(cls):
        kind, descriptor = _item(hints[field.name]), message.fields_by_name[field.name.rstrip("_")]
        if isinstance(kind, type) and issubclass(kind, Enum):
            prefix = descriptor.enum_type.values_by_number[0].name.removesuffix("UNSPECIFIED")
            names = {value.name.removeprefix(prefix) for value in descriptor.enum_type.values} - {"UNSPECIFIED"}
            assert names - {"NONE"} == set(kind.__members__) if kind is Rounding else names == set(kind.__members__)


def test_every_model_is_a_field_of_the_price() -> None:
    models = {field.name for field in charge_pb2.Price.DESCRIPTOR.oneofs_by_name["model"].fields}
    assert models == set(MODELS)
    assert typing.get_type_hints(Price)["model"] is PriceModel


def test_every_wrong_field_is_named() -> None:
    message = charge_pb2.Charge(id="c", label="C")
    message.measure.aggregation = 99  # type: ignore[assignment]  # what a newer caller sends
    message.price.graduated.tiers.add().up_to.value = "ten"
    message.adjust.escalator.percent.value = "NaN"
    with pytest.raises(InvalidInputError) as refusal:
        charge_from_proto(message, "charge")
    assert {violation.field for violation in refusal.value.violations} == {
        "charge.measure.aggregation",
        "charge.price.graduated.tiers[0].up_to",
        "charge.adjust.escalator.percent",
    }

"""Charges from the API to the domain, field by field of the same name.

The classes of this package and the messages of charge.proto say the same thing, so one walk over their fields reads
them all: a field that only one of them has is found by a test.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from google.protobuf.message import Message

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.charge.charge import Charge, Price
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.price import MODELS, Graduated, PriceModel, TierTable, Volume
from dutycycle.kit.errors import FieldViolation, InvalidInputError
from dutycycle.kit.quantity import Rounding
from dutycycle.runtime.wire import date_from_proto, decimal_from_proto, invalid

_NOT_ROUNDED = "NONE"


def charge_from_proto(message: charge_pb2.Charge, field: str) -> Charge:
    """Read a charge. Raises InvalidInputError naming every wrong field, below `field`."""
    try:
        charge: Charge = _read(Charge, message, field)
    except InvalidChargeError as error:
        raise error.within(field) from None
    return charge


def price_from_proto(message: charge_pb2.Price, field: str) -> Price:
    """Read a price. Raises InvalidInputError naming a wrong field."""
    return Price(_model(message, field), **_optional_fields(Price, message, field, {"on"}))


def _read(cls: Any, message: Message, field: str) -> Any:
    if cls is Price:
        return price_from_proto(typing.cast("charge_pb2.Price", message), field)
    return cls(**_optional_fields(cls, message, field, {each.name for each in fields(cls)}))


def _optional_fields(cls: Any, message: Message, field: str, names: set[str]) -> dict[str, Any]:
    """Read the named fields that are set; what is absent takes the default of the class."""
    hints, values, wrong = _hints(cls), dict[str, Any](), list[FieldViolation]()
    for each in (each for each in fields(cls) if each.name in names):
        name = each.name.rstrip("_")
        try:
            value = _field(hints[each.name], message, name, f"{field}.{name}")
        except InvalidInputError as error:
            wrong += error.violations
            continue
        if value is not MISSING:
            values[each.name] = value
        elif _is_required(each):
            # An empty text or a zero is for the class to judge; an absent message or choice is nothing at all.
            if hints[each.name] in (str, int):
                values[each.name] = getattr(message, name)
            elif typing.get_origin(hints[each.name]) is tuple:
                values[each.name] = ()
            else:
                wrong.append(FieldViolation(f"{field}.{name}", "is absent"))
    if wrong:
        first = wrong[0]
        raise InvalidInputError("INVALID_FIELD", f"{first.field}: {first.description}", {"field": first.field}, wrong)
    return values


def _field(hint: Any, message: Message, name: str, field: str) -> Any:
    """Read one field; MISSING where it is not set."""
    descriptor = message.DESCRIPTOR.fields_by_name[name]
    value, kind = getattr(message, name), _inner(hint)
    if typing.get_origin(kind) is tuple:
        item = typing.get_args(kind)[0]
        return tuple(_value(item, each, f"{field}[{i}]", descriptor) for i, each in enumerate(value)) or MISSING
    if descriptor.message_type is not None:
        return _value(kind, value, field, descriptor) if message.HasField(name) else MISSING
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(kind, value, field, descriptor) if value else MISSING
    return value or MISSING


def _value(kind: Any, value: Any, field: str, descriptor: Any) -> Any:
    if kind is Decimal:
        return decimal_from_proto(value, field)
    if kind is date:
        return date_from_proto(value, field)
    if kind is PriceModel:
        return _model(value, field)
    if is_dataclass(kind):
        return _read(kind, value, field)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(kind, value, field, descriptor)
    return value


def _choice(kind: type[Enum], number: int, field: str, descriptor: Any) -> Enum | None:
    """Translate an enum value by its name. Raises InvalidInputError for one that has no meaning here."""
    values = descriptor.enum_type.values_by_number
    name = values[number].name if number in values else ""
    short = name.removeprefix(_prefix(descriptor.enum_type.name))
    if kind is Rounding and short == _NOT_ROUNDED and descriptor.containing_type.name == "Rounding":
        return None
    if short not in kind.__members__:
        raise invalid(field, f"{number} is not a choice here")
    return kind[short]


@cache
def _prefix(name: str) -> str:
    """Return what the values of an enum begin with: "PRICE_ON_" of PriceOn."""
    return "".join(f"_{letter}" if letter.isupper() else letter for letter in name).lstrip("_").upper() + "_"


def _model(message: charge_pb2.Price, field: str) -> PriceModel:
    name = message.WhichOneof("model")
    if name is None:
        raise invalid(field, "sets no model; set exactly one")
    cls, part, at = MODELS[name], getattr(message, name), f"{field}.{name}"
    made: Callable[..., PriceModel] = cls
    if cls in (Graduated, Volume):
        return made(_read(TierTable, part, at))
    return typing.cast("PriceModel", _read(cls, part, at))


def _inner(hint: Any) -> Any:
    """Return T of `T | None`."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(arg for arg in typing.get_args(hint) if arg is not types.NoneType)
    return hint


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING

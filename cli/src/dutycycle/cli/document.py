"""YAML that a person can read, to the messages of the API: keys are field names, decimals and dates plain scalars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from dutycycle.kit.errors import InvalidInputError

M = TypeVar("M", bound=Message)


def read_document(path: Path) -> dict[str, Any]:
    """Read a YAML file whose top level is a mapping. Raises InvalidInputError naming file and line."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise InvalidInputError("DOCUMENT_UNREADABLE", f"{path}: {error}") from None
    if not isinstance(document, dict):
        raise InvalidInputError("DOCUMENT_UNREADABLE", f"{path}: the top level must be a mapping of names")
    return document


def message_from_document(kind: type[M], document: Mapping[str, Any], where: str) -> M:
    """Build a message. `where` is the path for errors: a file and, below it, a field."""
    message = kind()
    _fill(message, document, where)
    return message


def _fill(message: Message, document: Any, where: str) -> None:
    if not isinstance(document, dict):
        raise _wrong(where, f"expects fields of {message.DESCRIPTOR.name}, not {document!r}")
    fields = message.DESCRIPTOR.fields_by_name
    for key, value in document.items():
        # YAML reads an unquoted `on` as true.
        field = fields.get("on" if key is True else str(key))
        if field is None:
            raise _wrong(f"{where}.{key}", f"is no field; there are {', '.join(sorted(fields))}")
        if value is None:
            continue
        if field.is_repeated:
            if not isinstance(value, list):
                raise _wrong(f"{where}.{key}", "expects a list")
            target = getattr(message, field.name)
            for index, part in enumerate(value):
                if field.message_type is not None:
                    _set_message(target.add(), part, f"{where}.{key}[{index}]")
                else:
                    target.append(_scalar(field, part, f"{where}.{key}[{index}]"))
        elif field.message_type is not None:
            part = getattr(message, field.name)
            part.SetInParent()
            _set_message(part, value, f"{where}.{key}")
        else:
            setattr(message, field.name, _scalar(field, value, f"{where}.{key}"))


def _set_message(message: Message, value: Any, where: str) -> None:
    kind = message.DESCRIPTOR.full_name
    if kind == "google.type.Decimal":
        if isinstance(value, float):
            raise _wrong(where, f'write the decimal in quotes: "{value}"; an unquoted one is not exact')
        message.value = str(value)  # type: ignore[attr-defined]  # checked by its name
    elif kind == "google.type.Date":
        if not isinstance(value, date):
            raise _wrong(where, f"{value!r} is no date; write it as 2013-01-01")
        message.year, message.month, message.day = value.year, value.month, value.day  # type: ignore[attr-defined]  # as above
    else:
        _fill(message, value, where)


def _scalar(field: Any, value: Any, where: str) -> Any:
    if field.enum_type is not None:
        return _enum(field.enum_type, value, where)
    expected: type = {
        FieldDescriptor.CPPTYPE_STRING: str,
        FieldDescriptor.CPPTYPE_BOOL: bool,
    }.get(field.cpp_type, int)
    if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
        raise _wrong(where, f"{value!r} is not of type {expected.__name__}")
    return value.strip() if isinstance(value, str) else value


def _enum(enum: Any, value: Any, where: str) -> int:
    """Take the short name of a value: "above" for PRICE_ON_ABOVE."""
    prefix = enum.values[0].name.removesuffix("UNSPECIFIED")
    names = {v.name.removeprefix(prefix).lower(): v.number for v in enum.values[1:]}
    if value not in names:
        raise _wrong(where, f"{value!r} is none of {', '.join(names)}")
    return int(names[value])


def _wrong(where: str, what: str) -> InvalidInputError:
    return InvalidInputError("DOCUMENT_WRONG", f"{where}: {what}", {"where": where})

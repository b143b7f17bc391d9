"""The canonical JSON of an invoice: what is stored, what is digested, and what the customer can download.

Keys stand in the order of the fields, decimals are strings as exact as they were calculated, dates are ISO 8601, an
absent value is null. The same invoice always gives the same bytes, and reading them gives the same invoice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from dutycycle.invoicing.invoice import Invoice


def write(invoice: Invoice) -> bytes:
    """Return the canonical JSON, UTF-8, ending in a newline."""
    return (json.dumps(_plain(invoice), ensure_ascii=False, indent=1) + "\n").encode()


def read(content: bytes) -> Invoice:
    """Return the invoice that `write` wrote."""
    invoice = _typed(json.loads(content), Invoice)
    if not isinstance(invoice, Invoice):
        raise TypeError("the content is not an invoice")
    return invoice


def read_without_assets(content: bytes) -> Invoice:
    """Return the invoice without its assets, which are most of it."""
    values = json.loads(content)
    return read(json.dumps({**values, "assets": []}).encode())


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        # Fields with a default came later: left out while they have it, older invoices are written as they were.
        present = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _plain(part) for field, part in present if part != field.default}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    return value


def _typed(value: Any, kind: Any) -> object:
    origin = get_origin(kind)
    if origin is UnionType:
        return None if value is None else _typed(value, next(arg for arg in get_args(kind) if arg is not NoneType))
    if origin is tuple:
        return tuple(_typed(item, get_args(kind)[0]) for item in value)
    if origin is Mapping:
        return {key: _typed(item, get_args(kind)[1]) for key, item in value.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        # What invoices did not say yet when this one was stored has the default of its field.
        return kind(**{name: _typed(value[name], hint) for name, hint in _hints(kind).items() if name in value})
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return kind(value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}

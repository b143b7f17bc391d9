"""How figures of the API are written on pages, and the templates they stand in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from google.type.decimal_pb2 import Decimal as DecimalProto
from google.type.money_pb2 import Money as MoneyProto
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1.rating_pb2 import BillingPeriod as BillingPeriodProto
from dutycycle.kit.quantity import grouped
from dutycycle.portal.session import Person, Sessions
from dutycycle.runtime.wire import date_from_proto, decimal_from_proto, money_from_proto, period_from_proto

_DIRECTORY = Path(__file__).parent
NOTHING = "—"


def money(message: MoneyProto) -> str:
    """Write an amount: "$1,234.50"."""
    return money_from_proto(message).rounded().text()


def difference(message: MoneyProto) -> str:
    """Write an amount with its sign: "+$12.00"."""
    amount = money_from_proto(message).rounded()
    return f"+{amount.text()}" if amount.amount > 0 else amount.text()


def minus(left: MoneyProto, right: MoneyProto) -> str:
    """Write a difference of amounts with its sign."""
    amount = (money_from_proto(left) - money_from_proto(right)).rounded()
    return f"+{amount.text()}" if amount.amount > 0 else amount.text()


def number(message: DecimalProto) -> str:
    """Write a number with the minus sign that amounts have: "−1,234.5"."""
    return grouped(decimal_from_proto(message)).replace("-", "−") if message.value else NOTHING


def percent(message: DecimalProto) -> str:
    return f"{number(message)} %" if message.value else NOTHING


def day(message: Date) -> str:
    """Write a day: "1 August 2013"."""
    return _day(date_from_proto(message)) if message.year else NOTHING


def moment(message: Timestamp) -> str:
    """Write an instant: "26 November 2026, 17:05 UTC"."""
    instant: datetime = message.ToDatetime()
    return f"{_day(instant.date())}, {instant:%H:%M} UTC"


def month(message: BillingPeriodProto) -> str:
    return period_from_proto(message).title


def label(message: BillingPeriodProto) -> str:
    return period_from_proto(message).label


def enum_name(message: Message, field: str) -> str:
    """Write the value of an enum field as words: "near expiry"."""
    descriptor = message.DESCRIPTOR.fields_by_name[field].enum_type
    if descriptor is None:
        raise TypeError(f"{field} is no enum")
    prefix = _upper(descriptor.name)
    value = descriptor.values_by_number[getattr(message, field)].name
    return value.removeprefix(f"{prefix}_").replace("_", " ").lower()


def segments(assessment: offers_pb2.Assessment) -> str:
    names = (offers_pb2.Segment.Name(value) for value in assessment.segments)
    return ", ".join(name.removeprefix("SEGMENT_").replace("_", " ").lower() for name in names)


def last_of(name: str) -> str:
    """Return the id of a resource name."""
    return name.rpartition("/")[2]


class Pages:
    """Renders templates; every page says who is signed in."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._environment = Environment(
            loader=FileSystemLoader(_DIRECTORY / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        filters: dict[str, Callable[[Any], str]] = {
            "money": money,
            "difference": difference,
            "number": number,
            "percent": percent,
            "day": day,
            "moment": moment,
            "month": month,
            "label": label,
            "id": last_of,
        }
        self._environment.filters |= filters
        self._environment.globals |= {"enum": enum_name, "minus": minus, "segments": segments}

    def page(
        self, request: Request, template: str, person: Person | None = None, status: int = 200, **values: Any
    ) -> Response:
        """Return a page. The values are those of the template."""
        body = self._environment.get_template(template).render(
            person=person,
            proof=self._sessions.form_proof(person) if person else "",
            path=request.url.path,
            **values,
        )
        return HTMLResponse(body, status_code=status)


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _upper(name: str) -> str:
    return "".join(f"_{letter}" if letter.isupper() and place else letter for place, letter in enumerate(name)).upper()

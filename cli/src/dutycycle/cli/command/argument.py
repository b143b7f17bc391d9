"""How commands read what a person types."""

from __future__ import annotations

from typing import Annotated

import typer
from google.type.date_pb2 import Date

from dutycycle.kit.period import BillingPeriod

Month = Annotated[str, typer.Argument(help="Billing period, a month: 2013-12", metavar="PERIOD")]
Customer = Annotated[str, typer.Argument(help="Customer: fl or customers/fl")]


def read_period(text: str) -> BillingPeriod:
    """Read "2013-12"; anything else is a usage error."""
    try:
        return BillingPeriod.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def read_periods(text: str) -> list[BillingPeriod]:
    """Read a month, or "2013-01..2013-12", both ends counted; anything else is a usage error."""
    first, dots, last = text.partition("..")
    start, end = read_period(first), read_period(last if dots else first)
    if end < start:
        raise typer.BadParameter(f"{text!r} ends before it starts")
    months = [start]
    while months[-1] < end:
        months.append(months[-1].next_month())
    return months


def customer_name(text: str) -> str:
    """Return the resource name of a customer given short or whole."""
    return full_name("customers", text.lower())


def full_name(collection: str, text: str) -> str:
    """Return the resource name of a thing given short or whole."""
    return text if text.startswith(f"{collection}/") else f"{collection}/{text}"


def day_text(message: Date) -> str:
    """Write a date; an absent one as nothing."""
    return f"{message.year:04}-{message.month:02}-{message.day:02}" if message.year else ""

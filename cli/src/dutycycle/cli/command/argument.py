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


def customer_name(text: str) -> str:
    """Return the resource name of a customer given short or whole."""
    return full_name("customers", text.lower())


def full_name(collection: str, text: str) -> str:
    """Return the resource name of a thing given short or whole."""
    return text if text.startswith(f"{collection}/") else f"{collection}/{text}"


def day_text(message: Date) -> str:
    """Write a date; an absent one as nothing."""
    return f"{message.year:04}-{message.month:02}-{message.day:02}" if message.year else ""

"""Messages of devices: JSON on `t/<tenant>/d/<device>/usage`, a receipt back on `…/receipt`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from dutycycle.ingest.receipt import Outcome, Receipt
from dutycycle.ingest.record import MeterValues, UsageBatch, scaled_value, to_microseconds
from dutycycle.kit.errors import InvalidInputError

USAGE_TOPICS = "t/+/d/+/usage"


@dataclass(frozen=True, slots=True)
class DeviceTopic:
    """Whose message it is. The broker lets a device publish on its own topic only, so the topic is its credential."""

    tenant: str
    device: str

    @property
    def receipt(self) -> str:
        return f"t/{self.tenant}/d/{self.device}/receipt"


def topic_of(text: str) -> DeviceTopic:
    _, tenant, _, device, _ = text.split("/")
    return DeviceTopic(tenant, device)


@dataclass(frozen=True, slots=True)
class DeviceMessage:
    """A message: the device's own number for it, and records of its source."""

    sequence: int
    batch: UsageBatch


def parse_message(payload: bytes, device: str) -> DeviceMessage:
    """Read a message; the device is the source. Raises ValueError saying what is wrong.

    Records give every meter as decimal text or whole number; one that a record leaves out has no value there.
    """
    try:
        document = json.loads(payload, parse_float=Decimal)
        records = document["records"]
        meters = sorted({meter for record in records for meter in record["meters"]})
        keys = sorted({key for record in records for key in record.get("dimensions", {})})
        batch = UsageBatch(
            source=device,
            event_ids=[_text(record["id"]) for record in records],
            occurred_at_us=[to_microseconds(_instant(record["at"])) for record in records],
            asset_identities=[_text(record.get("asset")) for record in records],
            meters=[_meter(meter, records) for meter in meters],
            dimensions={key: [_text(record.get("dimensions", {}).get(key)) for record in records] for key in keys},
        )
        return DeviceMessage(int(document["seq"]), batch)
    except InvalidInputError as error:
        raise ValueError(error.message) from None
    except (KeyError, TypeError, AttributeError, ArithmeticError, RecursionError, json.JSONDecodeError) as error:
        raise ValueError(f"the message is not of the documented form: {error!r}") from None


def receipt_payload(sequence: int, receipt: Receipt) -> bytes:
    """Write the receipt of a message: the device may forget the message when it has this."""
    document: dict[str, Any] = {"seq": sequence, "received": receipt.received}
    document |= {outcome.value: receipt[outcome] for outcome in Outcome}
    document["answers"] = [
        {"row": a.row, "outcome": a.outcome.value, "reason": a.reason, "message": a.message} for a in receipt.answers
    ]
    return json.dumps(document).encode()


def refusal_payload(message: str) -> bytes:
    """Write the answer to a message that could not be read; it is kept as a rejection."""
    return json.dumps({"seq": None, "error": message}).encode()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no offset; end times in UTC with Z")
    return instant


def _meter(meter: str, records: list[Mapping[str, Any]]) -> MeterValues:
    texts = [record["meters"].get(meter) for record in records]
    values = [Decimal(str(text)) if text is not None else None for text in texts]
    exponents = [value.normalize().as_tuple().exponent for value in values if value]
    scale = max((-e for e in exponents if isinstance(e, int)), default=0)
    scale = max(scale, 0)
    return MeterValues(
        meter,
        scale,
        [scaled_value(value, scale) if value is not None else 0 for value in values],
        frozenset(row for row, value in enumerate(values) if value is None),
    )

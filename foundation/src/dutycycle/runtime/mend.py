"""Mend a refused record: the record as it came, with what a person says it should have been."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.kit.errors import InvalidInputError
from dutycycle.kit.quantity import to_scaled
from dutycycle.runtime.wire import timestamp_from_proto

_MAX_SCALE = 9


def mended_batch(record: pb.UsageRecord, asset: str, meters: Sequence[str]) -> pb.UsageBatch:
    """Make a batch of the one record; `meters` are texts like "air_minutes=127". Raises InvalidInputError."""
    if not record.event_id:
        raise InvalidInputError("NOT_MENDABLE", "this could not be read as a record: mend it at its source and send it")
    quantities = dict(record.quantities)
    for text in meters:
        meter, separator, value = text.partition("=")
        if not separator:
            raise InvalidInputError("METER_UNREADABLE", f"{text!r}: write it as air_minutes=127")
        quantities[meter] = value
    return pb.UsageBatch(
        source=record.source,
        event_ids=[record.event_id],
        occurred_at_us=[_microseconds(record)],
        asset_identities=[asset or record.asset_identity],
        meters=[_column(meter, value) for meter, value in sorted(quantities.items())],
        dimensions=[pb.DimensionColumn(key=key, values=[value]) for key, value in sorted(record.dimensions.items())],
    )


def _microseconds(record: pb.UsageRecord) -> int:
    return int(timestamp_from_proto(record.occurred_time).timestamp()) * 1_000_000 + record.occurred_time.nanos // 1_000


def _column(meter: str, text: str) -> pb.MeterColumn:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise InvalidInputError("METER_UNREADABLE", f"{meter}: {text!r} is no number") from None
    exponent = value.normalize().as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else _MAX_SCALE
    return pb.MeterColumn(meter=meter, scale=scale, values=[to_scaled(value, scale)])

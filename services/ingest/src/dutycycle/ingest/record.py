"""Usage records in columns: the canonical form of every door."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from dutycycle.ingest.errors import Reason, ill_formed_batch
from dutycycle.kit.quantity import from_scaled, plain, to_scaled

MAX_ROWS = 5_000
MAX_SCALE = 9
MAX_VALUE = 2**63 - 1
"""Largest scaled value: a signed 64-bit integer, here and on the wire."""
HASH_BYTES = 16
_FIRST_YEAR_US = -2_208_988_800_000_000  # 1900-01-01: anything before is a unit mistake
_LAST_YEAR_US = 4_102_444_800_000_000  # 2100-01-01


@dataclass(frozen=True, slots=True)
class MeterValues:
    """Values of one meter, a row each; a value is `values[i] / 10**scale`."""

    meter: str
    scale: int
    values: Sequence[int]
    missing: frozenset[int] = frozenset()
    """Rows for which the source reported none."""

    def text(self, row: int) -> str:
        """Write a value exactly; empty if it is missing. The scale does not show: 1.50 and 1.5 are one value."""
        if row in self.missing:
            return ""
        return str(self.values[row]) if self.scale == 0 else plain(from_scaled(self.values[row], self.scale))


READ_TYPE = "read_type"
"""Dimension that says how a value was got: ACTUAL, CUSTOMER, ESTIMATE, FINAL. Absent: nothing is said."""
ESTIMATES = frozenset({"estimate", "estimated"})
"""Values of READ_TYPE, in any case, that mean an estimate."""


@dataclass(frozen=True, slots=True)
class UsageBatch:
    """Records of one source; row i of every column is one record."""

    source: str
    event_ids: Sequence[str]
    occurred_at_us: Sequence[int]
    """Microseconds since 1970-01-01T00:00Z."""
    asset_identities: Sequence[str]
    meters: Sequence[MeterValues]
    dimensions: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = len(self.event_ids)
        if not self.source:
            raise ill_formed_batch("source", "name the system of record")
        if rows > MAX_ROWS:
            raise ill_formed_batch("event_ids", f"{rows:,} rows; at most {MAX_ROWS:,} a batch")
        columns: list[tuple[str, int]] = [
            ("occurred_at_us", len(self.occurred_at_us)),
            ("asset_identities", len(self.asset_identities)),
            *((f"meters[{m.meter}].values", len(m.values)) for m in self.meters),
            *((f"dimensions[{key}].values", len(values)) for key, values in self.dimensions.items()),
        ]
        for name, length in columns:
            if length != rows:
                raise ill_formed_batch(name, f"has {length:,} rows where event_ids has {rows:,}")
        for name, texts in (
            ("source", [self.source]),
            ("event_ids", self.event_ids),
            ("asset_identities", self.asset_identities),
            *((f"dimensions[{key}].values", values) for key, values in self.dimensions.items()),
            ("names of meters and dimensions", [*(m.meter for m in self.meters), *self.dimensions]),
        ):
            if not _is_text(texts):
                raise ill_formed_batch(name, "holds a NUL character or half a surrogate pair, which is no text")
        if len({m.meter for m in self.meters}) < len(self.meters):
            raise ill_formed_batch("meters", "two columns have the same meter")
        for meter in self.meters:
            if not meter.meter or not 0 <= meter.scale <= MAX_SCALE:
                raise ill_formed_batch("meters", f"each meter needs a code and a scale from 0 to {MAX_SCALE}")
            if meter.missing and max(meter.missing) >= rows:
                raise ill_formed_batch(f"meters[{meter.meter}].missing_rows", "points past the last row")

    def __len__(self) -> int:
        return len(self.event_ids)

    def estimated_rows(self) -> list[int]:
        """Return the rows that the source estimated instead of reading a meter: its dimension `read_type` says so."""
        kinds = self.dimensions.get(READ_TYPE, ())
        return [row for row, kind in enumerate(kinds) if kind.lower() in ESTIMATES]

    def content_hashes(self) -> list[bytes]:
        """Hash every record: the same through whatever door, scale or order of columns it came.

        NUL, which no text of a record holds, ends each part, and an empty name the meters: two records that differ
        are never written alike.
        """
        meters = sorted(self.meters, key=lambda m: m.meter)
        dimensions = sorted(self.dimensions.items())
        hashes = []
        for row, event_id in enumerate(self.event_ids):
            parts = [event_id, str(self.occurred_at_us[row]), self.asset_identities[row]]
            for meter in meters:
                if row not in meter.missing:  # an empty column says no more than one that is not there
                    parts += meter.meter, meter.text(row)
            parts.append("")
            for key, values in dimensions:
                if values[row]:
                    parts += key, values[row]
            hashes.append(hashlib.sha256("\0".join(parts).encode()).digest()[:HASH_BYTES])
        return hashes

    def defect(self, row: int, billed: frozenset[str] = frozenset()) -> tuple[Reason, str] | None:
        """Return what makes a row unusable, or None.

        `billed` are the meters that the customer's contracts bill: a record without a value for one of them is refused,
        whether its door left the column empty or out.
        """
        if not self.event_ids[row]:
            return Reason.NO_EVENT_ID, "the record has no event id; give it one that is unique in its source"
        if not self.asset_identities[row]:
            return Reason.NO_ASSET_IDENTITY, "the record names no asset; add the identity and replay it"
        given = {meter.meter for meter in self.meters if row not in meter.missing}
        for name in sorted((billed | {meter.meter for meter in self.meters}) - given):
            return Reason.NO_METER_VALUE, f"{name} has no value; add it and replay the record"
        if not given:
            return Reason.NO_METER_VALUE, "the record has no value of any meter; add one and replay the record"
        for meter in self.meters:
            if meter.values[row] < 0:
                return Reason.NEGATIVE_VALUE, f"{meter.meter} is {meter.text(row)}; usage is not negative"
        if not is_possible(self.occurred_at_us[row]):
            return Reason.TIME_OUT_OF_RANGE, "the time is not between 1900 and 2100; times are in microseconds"
        return None

    def quantities(self, row: int) -> dict[str, str]:
        """Return the values of a row by meter, as exact text; missing ones are left out."""
        return {m.meter: m.text(row) for m in self.meters if row not in m.missing}

    def as_document(self, row: int) -> dict[str, object]:
        """Return a row as it came, for people and for mending it."""
        return {
            "source": self.source,
            "event_id": self.event_ids[row],
            "occurred_at": instant_text(self.occurred_at_us[row]),
            "asset_identity": self.asset_identities[row],
            "quantities": self.quantities(row),
            "dimensions": {key: values[row] for key, values in self.dimensions.items() if values[row]},
        }

    def take(self, rows: Sequence[int]) -> UsageBatch:
        """Return a batch of some of the rows, in the order given."""
        place = {row: index for index, row in enumerate(rows)}
        return UsageBatch(
            source=self.source,
            event_ids=[self.event_ids[row] for row in rows],
            occurred_at_us=[self.occurred_at_us[row] for row in rows],
            asset_identities=[self.asset_identities[row] for row in rows],
            meters=[
                MeterValues(
                    m.meter,
                    m.scale,
                    [m.values[row] for row in rows],
                    frozenset(place[row] for row in m.missing if row in place),
                )
                for m in self.meters
            ],
            dimensions={key: [values[row] for row in rows] for key, values in self.dimensions.items()},
        )


def _is_text(texts: Sequence[str]) -> bool:
    """Whether PostgreSQL can store every text."""
    joined = "".join(texts)
    if "\0" in joined:
        return False
    try:
        joined.encode()
    except UnicodeEncodeError:
        return False
    return True


def scaled_value(value: Decimal, scale: int) -> int:
    """Return `value * 10**scale`. Raises ValueError if digits would be lost or it does not fit into 64 bits."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number")
    magnitude = value.adjusted() + scale if value else 0  # known before an enormous exponent is written out
    if magnitude < 0:
        raise ValueError(f"{value} has more than {scale} digits after the point")
    if magnitude > len(str(MAX_VALUE)):
        raise ValueError(f"{value} is out of range")
    scaled = to_scaled(value, scale)
    if abs(scaled) > MAX_VALUE:
        raise ValueError(f"{value} is out of range")
    return scaled


def is_possible(at_us: int) -> bool:
    """Whether a time can be when something was used; anything else is a mistake in the unit."""
    return _FIRST_YEAR_US <= at_us < _LAST_YEAR_US


def instant_text(at_us: int) -> str:
    """Write an instant for people; an impossible one as its number."""
    if not is_possible(at_us):
        return f"{at_us} µs"
    return from_microseconds(at_us).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_microseconds(instant: datetime) -> int:
    """Return microseconds since 1970-01-01T00:00Z, exactly."""
    since = instant.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_microseconds(at_us: int) -> datetime:
    seconds, microseconds = divmod(at_us, 1_000_000)
    return datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=microseconds)

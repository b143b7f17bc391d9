"""Tables of the ingest schema; the migrations are their definition."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

source_head = Table(
    "source_head",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("last_number", BigInteger),
    Column("received", BigInteger),
    Column("accepted", BigInteger),
    Column("waiting", BigInteger),
    Column("duplicate", BigInteger),
    Column("rejected", BigInteger),
)
segment = Table(
    "segment",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("month", Date, primary_key=True),
    Column("kind", Text),
    Column("row_count", Integer),
    Column("estimated_count", Integer),
    Column("first_at_us", BigInteger),
    Column("last_at_us", BigInteger),
    Column("body", LargeBinary),
)
waiting_usage = Table(
    "waiting_usage",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("occurred_at_us", BigInteger),
    Column("asset_identity", Text),
    Column("reason", Text),
    Column("message", Text),
    Column("quantities", JSONB),
    Column("segment_number", BigInteger),
    Column("segment_row", Integer),
)
rejection = Table(
    "rejection",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("source", Text),
    Column("reason", Text),
    Column("message", Text),
    Column("record", JSONB),
    Column("occurred_at_us", BigInteger),
    Column("origin", Text),
    Column("times", BigInteger),
    Column("first_at", DateTime(timezone=True)),
    Column("replaced_by", Text),
)
closed_period = Table(
    "closed_period",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("start_at_us", BigInteger, primary_key=True),
    Column("end_at_us", BigInteger),
    Column("label", Text),
)
usage_file = Table(
    "usage_file",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("file_name", Text),
    Column("mapping", LargeBinary),
    Column("content", LargeBinary),
    Column("state", Text),
    Column("error", Text),
    Column("rows_done", Integer),
    Column("counts", JSONB),
)
file_answer = Table(
    "file_answer",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("first_row", Integer, primary_key=True),
    Column("answers", JSONB),
)

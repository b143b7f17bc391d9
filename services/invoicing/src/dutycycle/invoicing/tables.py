"""Tables of the invoicing schema; the migrations are their definition."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

billing_run = Table(
    "billing_run",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("state", Text),
    Column("invoices_total", Integer),
    Column("invoices_done", Integer),
    Column("progress_text", Text),
    Column("error", Text),
    Column("issue_date", Date),
    Column("request_id", Text),
    Column("update_time", DateTime(timezone=True)),
)
invoice = Table(
    "invoice",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("customer", Text),
    Column("agreement", Text),
    Column("period_start", Date),
    Column("state", Text),
    Column("number", Text),
    Column("body", LargeBinary),
)
document = Table(
    "document",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("invoice", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("file_name", Text),
    Column("sha256", Text),
    Column("content", LargeBinary),
)
publication = Table(
    "publication",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("invoice", Text, primary_key=True),
)
number_series = Table(
    "number_series",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("series", Text, primary_key=True),
    Column("last", BigInteger),
)

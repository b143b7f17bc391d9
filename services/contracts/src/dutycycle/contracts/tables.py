"""Tables of the contracts schema; the migrations are their definition."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

customer = Table(
    "customer",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", LargeBinary),
)
agreement_revision = Table(
    "agreement_revision",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("customer", Text),
    Column("zone", Text),
    Column("effective_date", Date),
    Column("body", LargeBinary),
    Column("etag", Text),
)
schedule = Table(
    "schedule",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("agreement", Text),
)
registry = Table("registry", metadata, Column("tenant", Text, primary_key=True), Column("revision", BigInteger))
asset = Table(
    "asset",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("display_name", Text),
    Column("manufacturer", Text),
    Column("model", Text),
    Column("year", Integer),
    Column("revision", BigInteger),
)
asset_alias = Table(
    "asset_alias",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("identity", Text, primary_key=True),
    Column("asset", Text),
)
placement = Table(
    "placement",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("asset", Text, primary_key=True),
    Column("start_date", Date, primary_key=True),
    Column("schedule", Text),
    Column("cost_centre", Text),
)
catalogue = Table("catalogue", metadata, Column("tenant", Text, primary_key=True), Column("body", LargeBinary))
amendment = Table(
    "amendment",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("agreement", Text),
    Column("customer", Text),
    Column("body", LargeBinary),
    Column("created_at", DateTime(timezone=True)),
)
amendment_verdict = Table(
    "amendment_verdict",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("amendment", Text, primary_key=True),
    Column("approved", Boolean),
    Column("decided_by", Text),
    Column("reason", Text),
    Column("effective_date", Date),
    Column("decided_at", DateTime(timezone=True)),
)

"""Tables of the offers schema; the migrations are their definition."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

decision = Table(
    "decision",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("period_start", Date, primary_key=True),
    Column("customer", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("name", Text),
    Column("treatment", Text),
    Column("subject", Text),
    Column("body", LargeBinary),
    Column("created_at", DateTime(timezone=True)),
)
preference = Table(
    "preference",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("customer", Text),
    Column("offers_allowed", Boolean),
    Column("origin", Text),
    Column("request_id", Text),
    Column("set_at", DateTime(timezone=True)),
)

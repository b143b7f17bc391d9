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
    Column("campaign", Text),
    Column("customer_group", Text),
    Column("withheld_subject", Text),
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
answer = Table(
    "answer",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("decision", Text, primary_key=True),
    Column("customer", Text),
    Column("period_start", Date),
    Column("subject", Text),
    Column("kind", Text),
    Column("answered_by", Text),
    Column("reason", Text),
    Column("answered_at", DateTime(timezone=True)),
)
drafted = Table(
    "drafted",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("decision", Text, primary_key=True),
    Column("amendment", Text),
    Column("drafted_at", DateTime(timezone=True)),
)
opening = Table(
    "opening",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("decision", Text),
    Column("opened_at", DateTime(timezone=True)),
)
standing = Table(
    "standing",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("customer", Text),
    Column("in_dispute", Boolean),
    Column("in_arrears", Boolean),
    Column("in_hardship", Boolean),
    Column("origin", Text),
    Column("request_id", Text),
    Column("set_at", DateTime(timezone=True)),
)

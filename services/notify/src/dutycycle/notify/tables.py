"""Tables of the notify schema; the migrations are their definition."""

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

delivery = Table(
    "delivery",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("sequence", BigInteger),
    Column("about", Text),
    Column("customer", Text),
    Column("recipient", Text),
    Column("recipient_name", Text),
    Column("subject", Text),
    Column("message_id", Text),
    Column("state", Text),
    Column("attempts", Integer),
    Column("last_answer", Text),
    Column("create_time", DateTime(timezone=True)),
    Column("update_time", DateTime(timezone=True)),
    Column("next_attempt_time", DateTime(timezone=True)),
    Column("kind", Text),
    Column("letter", Text),
)
suppression = Table(
    "suppression",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("recipient", Text),
    Column("suppressed", Boolean),
    Column("reason", Text),
    Column("noted_at", DateTime(timezone=True)),
)
alert_settings = Table(
    "alert_settings",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("customer", Text),
    Column("body", LargeBinary),
    Column("request_id", Text),
    Column("set_at", DateTime(timezone=True)),
)
alert = Table(
    "alert",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("customer", Text),
    Column("kind", Text),
    Column("period_start", Date),
    Column("subject", Text),
    Column("told", Text),
    Column("step", Text),
    Column("created_at", DateTime(timezone=True)),
)

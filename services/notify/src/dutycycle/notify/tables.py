"""Tables of the notify schema; the migrations are their definition."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, Table, Text

metadata = MetaData()

delivery = Table(
    "delivery",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("sequence", BigInteger),
    Column("invoice", Text),
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
)

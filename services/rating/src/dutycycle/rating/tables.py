"""Tables of the rating schema; the migrations are their definition."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, MetaData, Numeric, SmallInteger, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

metadata = MetaData()

watermark = Table(
    "watermark",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("number", BigInteger),
)
meter = Table(
    "meter",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("position", SmallInteger),
)
usage_day = Table(
    "usage_day",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("placement", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("records", BigInteger),
    Column("sums", ARRAY(Numeric)),
)

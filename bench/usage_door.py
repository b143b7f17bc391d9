"""Usage records a second through the gRPC door to durable storage.

The alternative is what a user would write first: a table with a row an event and a unique key, filled from the same
process in batches of the same size, on the same server, each batch committed. It has no door in front, checks nothing
and resolves no identity; both are asked afterwards how many records there are and what their minutes sum to. Each side
then gets everything a second time, which must add nothing.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.cli.agreement import apply_file
from dutycycle.cli.client import Client, ClientSettings, connected
from dutycycle.cli.demo.flight import Flight, read_flights, usage_batches
from dutycycle.cli.stack import Stack
from dutycycle.cli.stream import UsageStream

Row = dict[str, Any]
EXAMPLE = Path(__file__).parents[1] / "examples" / "aircraft"
CARRIER = "UA"
TENANT = "skyline"
_TABLE = """
create table public.event (
    tenant text, source text, event_id text, occurred_at_us bigint, asset_identity text,
    air_minutes bigint, cycles bigint, miles bigint, flight text, origin text, dest text,
    primary key (tenant, source, event_id)
)
"""
_INSERT = """
insert into public.event
select $1, $2, * from unnest($3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[],
                             $9::text[], $10::text[], $11::text[])
on conflict do nothing
"""


def run() -> list[Row]:
    """Measure both; one row."""
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-bench-", dir="/var/tmp"))
    directory.chmod(0o755)
    try:
        with Stack(directory, services=("contracts", "ingest")) as stack:
            return asyncio.run(_measure(stack))
    finally:
        shutil.rmtree(directory, ignore_errors=True)


async def _measure(stack: Stack) -> list[Row]:
    flights = [
        f
        for f in read_flights(EXAMPLE / "data" / "flight_usage_2013.csv.gz")
        if f.carrier == CARRIER and f.tailnum and f.air_time_min
    ]
    batches = list(usage_batches(flights))
    targets = {f"{name}_target": stack.target(name) for name in stack.services}
    settings = ClientSettings.model_validate({"tenant": TENANT, "tenant_tokens": dict(stack.tenants), **targets})
    async with connected(settings) as client:
        await _register(client, flights)
        stored, seconds = await _through_the_door(client, batches)
    table, table_seconds = await _into_a_table(stack.environment["DUTYCYCLE_DATABASE_URL"], batches)
    return [
        {
            "bench": "usage door",
            "value": round(len(flights) / seconds),
            "unit": "records/s, gRPC to committed",
            "alternative": "table with a row an event and a unique key, no door",
            "alternative_value": round(len(flights) / table_seconds),
            "ratio": round(table_seconds / seconds, 2),
            "equal": stored == table,
        }
    ]


async def _register(client: Client, flights: Sequence[Flight]) -> None:
    """Lease every tail that flies, so that no record waits: waiting is measured nowhere else either."""
    await apply_file(client, EXAMPLE / "contracts" / f"{CARRIER.lower()}.yaml")
    agreement = await client.contracts.GetAgreement(
        contracts_pb2.GetAgreementRequest(name=f"agreements/ma-{CARRIER.lower()}-2013")
    )
    terms = agreement.agreement
    tails = sorted({f.tailnum for f in flights})
    placement = contracts_pb2.Placement(schedule=terms.schedules[0].id, start_date=terms.start_date)
    for first in range(0, len(tails), 1_000):
        assets = [
            contracts_pb2.Asset(name=f"assets/{tail.lower()}", aliases=[tail], placements=[placement])
            for tail in tails[first : first + 1_000]
        ]
        await client.contracts.RegisterAssets(contracts_pb2.RegisterAssetsRequest(assets=assets))


async def _through_the_door(client: Client, batches: Sequence[ingest_pb2.UsageBatch]) -> tuple[tuple[int, int], float]:
    """Stream every batch and wait for its receipt; return count and minutes as stored, and the seconds."""
    receipts: list[ingest_pb2.UsageReceipt] = []
    started = time.perf_counter()
    await UsageStream(client, receipts.append).send(batches)
    seconds = time.perf_counter() - started
    if any(receipt.accepted != receipt.received for receipt in receipts):
        raise RuntimeError("a record was not accepted")
    again: list[ingest_pb2.UsageReceipt] = []
    await UsageStream(client, again.append).send(batches)
    if any(receipt.duplicate != receipt.received for receipt in again):
        raise RuntimeError("a record was stored twice")
    count = minutes = 0
    request = ingest_pb2.ReadSegmentsRequest(source=f"ops-{CARRIER.lower()}")
    async for answer in client.ingest.ReadSegments(request):
        meter = next(m for m in answer.segment.batch.meters if m.meter == "air_minutes")
        count, minutes = count + len(meter.values), minutes + sum(meter.values)
    return (count, minutes), seconds


async def _into_a_table(url: str, batches: Sequence[ingest_pb2.UsageBatch]) -> tuple[tuple[int, int], float]:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_TABLE)
        started = time.perf_counter()
        await _insert(connection, batches)
        seconds = time.perf_counter() - started
        await _insert(connection, batches)
        row = await connection.fetchrow("select count(*), sum(air_minutes) from public.event")
        return (row[0], int(row[1])), seconds
    finally:
        await connection.close()


async def _insert(connection: asyncpg.Connection[asyncpg.Record], batches: Sequence[ingest_pb2.UsageBatch]) -> None:
    for batch in batches:
        meters = [list(m.values) for m in batch.meters]
        dimensions = [list(d.values) for d in batch.dimensions]
        columns = [list(batch.event_ids), list(batch.occurred_at_us), list(batch.asset_identities)]
        await connection.execute(_INSERT, TENANT, batch.source, *columns, *meters, *dimensions)

"""A portfolio's month: stored aggregates become rated, explained, stored lines, against arithmetic in the database.

The core's side reads the aggregates from PostgreSQL as packed columns, rates and explains them, and stores a row a
contract with its lines in arrays and their arithmetic packed. The alternative is one numeric statement over the same
table that only rates and adds up: it explains nothing and stores nothing. Both have one PostgreSQL process.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import asyncpg
import numpy as np
from numpy.typing import NDArray

from bench.rating_graduated import CENTS, PRODUCT_PLACES, QUANTITY_SCALE, Workload, make_workload, tier_rows
from bench.timing import Row, row, take_turns
from dutycycle.cli.server import Postgres
from dutycycle.rating import core
from dutycycle.rating.columns import Columns
from dutycycle.rating.explanation import Explanation
from dutycycle.rating.tariff import Tariff

LINES = 400_000
LINES_OF_CONTRACT = 10
CONTRACTS = LINES // LINES_OF_CONTRACT
LINES_AT_A_TIME = 2_000 * LINES_OF_CONTRACT
ROUNDS = 3
SEED = 5

_TABLES = """
create table tier (plan int, after numeric, upper numeric, lower numeric, baseline numeric, package numeric,
                   price numeric, base numeric, minimum numeric, primary key (plan, upper));
create table aggregate (contract int, plan int, quantity bigint);
create table bill (contract int primary key, plan int[], quantity bigint[], amount bigint[], explanation bytea);
"""
_SETTINGS = "set max_parallel_workers_per_gather = 0; set work_mem = '256MB'"
_READ = """
select string_agg(int4send(contract), ''::bytea), string_agg(int4send(plan), ''::bytea),
       string_agg(int8send(quantity), ''::bytea)
from aggregate
"""
_PRICED = """
from aggregate
join (select distinct plan, baseline, package from tier) as plan using (plan)
cross join lateral (select greatest(0, quantity * 0.000001 - baseline) as above) as portion
cross join lateral (select case when package = 0 then above else ceil(above / package) end as beyond) as counted
join tier on tier.plan = aggregate.plan and beyond > tier.after and beyond <= tier.upper
"""
_AMOUNT = "round(greatest(base + (beyond - lower) * price, minimum), 2)"
_INT4, _INT8 = 23, 20
"""Object ids of PostgreSQL's types, in the header of an array."""
_ARRAY = [(name, ">i4") for name in ("size", "dimensions", "nulls", "element", "length", "lower")]
_SHORT, _LONG = ([*_ARRAY, ("lines", [("size", ">i4"), ("value", kind)], LINES_OF_CONTRACT)] for kind in (">i4", ">i8"))
_HEAD = np.dtype(
    [("fields", ">i2"), ("contract_size", ">i4"), ("contract", ">i4"), ("plan", _SHORT), ("quantity", _LONG),
     ("amount", _LONG), ("explanation_size", ">i4")]
)  # fmt: skip
"""A row of `bill` up to the explanation: fields with their sizes, arrays with their headers."""
_STEP = np.dtype([("line", "i1"), ("piece", "<i2"), ("quantity", "<i8"), ("whole", "<i8"), ("rest", "<i8")])


def run() -> list[Row]:
    """Measure both; one row."""
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-bench-", dir="/var/tmp"))
    directory.chmod(0o755)
    server = Postgres(directory / "postgres")
    try:
        server.start()
        return _measure(server.url)
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


def _measure(url: str) -> list[Row]:
    workload = make_workload(LINES)
    tariff = workload.tariff()
    with asyncio.Runner() as runner:
        connection = runner.run(_prepare(url, workload))
        timed = take_turns(
            {
                "core": lambda: runner.run(bill(connection, tariff)),
                "postgresql": lambda: runner.run(connection.fetchval(f"select sum({_AMOUNT}) {_PRICED}")),
            },
            ROUNDS,
        )
        equal = timed["core"].result == timed["postgresql"].result and runner.run(_same_lines(connection))
        runner.run(connection.close())
    return [
        row(
            "portfolio.vs_postgresql",
            "lines/s read, rated, explained, stored",
            LINES / timed["core"].seconds,
            "numeric SQL, arithmetic alone",
            LINES / timed["postgresql"].seconds,
            equal=equal,
        )
    ]


async def _prepare(url: str, workload: Workload) -> asyncpg.Connection[asyncpg.Record]:
    """Load tiers and aggregates; those of a plan lie together, as rating keeps them."""
    connection = await asyncpg.connect(url)
    await connection.execute(_TABLES)
    await connection.execute(_SETTINGS)
    rows = [each for number, plan in enumerate(workload.plans) for each in tier_rows(number, plan)]
    await connection.copy_records_to_table("tier", records=[_in_units(*each) for each in rows])
    contract = np.random.default_rng(SEED).permutation(np.repeat(np.arange(CONTRACTS), LINES_OF_CONTRACT))
    columns = (contract.tolist(), workload.columns.charge.tolist(), workload.columns.quantity.tolist())
    await connection.copy_records_to_table("aggregate", records=zip(*columns, strict=True))
    await connection.execute("vacuum analyze")
    return connection


def _in_units(plan: int, *integers: int) -> tuple[int | Decimal, ...]:
    """Return a tier in units and money, as one writes a contract; the first of a plan also holds zero."""
    upper, lower, price, base, baseline, package, minimum = map(Decimal, integers)
    units = [value.scaleb(-QUANTITY_SCALE) for value in (upper, lower, baseline, package)]
    after = Decimal(-1) if upper == 0 or package else units[1]
    return plan, after, *units, price.scaleb(-9), base.scaleb(-PRODUCT_PLACES), minimum.scaleb(-PRODUCT_PLACES)


async def bill(connection: asyncpg.Connection[asyncpg.Record], tariff: Tariff) -> Decimal:
    """Rate, explain and store every contract's lines; return their sum."""
    packed = await connection.fetchrow(_READ)
    assert packed is not None
    contract, plan, quantity = (np.frombuffer(packed[i], kind) for i, kind in enumerate((">i4", ">i4", ">i8")))
    columns = Columns(plan.astype(np.int32), quantity.astype(np.int64))
    explanation = core.explain_compiled(tariff, columns)
    async with connection.transaction():
        await connection.execute("truncate bill")
        await connection.copy_to_table("bill", source=_bills(contract, columns, explanation), format="binary")
    return Decimal(sum(explanation.amount.tolist())).scaleb(-CENTS)


async def _bills(contract: NDArray[np.int32], columns: Columns, explanation: Explanation) -> AsyncIterator[bytes]:
    """Write rows of `bill` in PostgreSQL's binary format, some contracts at a time, so that it stores meanwhile."""
    order = np.argsort(contract, kind="stable")
    yield b"PGCOPY\n\xff\r\n\0" + bytes(8)
    for first in range(0, LINES, LINES_AT_A_TIME):
        lines = order[first : first + LINES_AT_A_TIME]
        yield _packed(contract[lines], columns.charge[lines], columns.quantity[lines], explanation, lines)
    yield b"\xff\xff"


def _packed(
    contract: NDArray[np.int32],
    plan: NDArray[np.int32],
    quantity: NDArray[np.int64],
    explanation: Explanation,
    lines: NDArray[np.int64],
) -> bytes:
    """Pack lines, which are in the order of their contracts, with their steps."""
    steps, ends = _steps(explanation, lines)
    starts = np.concatenate(([0], ends[:-1]))
    head = np.zeros(len(ends), dtype=_HEAD)
    head["fields"], head["contract_size"], head["contract"] = 5, 4, contract[::LINES_OF_CONTRACT]
    head["explanation_size"] = ends - starts
    for name, element, column in (
        ("plan", _INT4, plan),
        ("quantity", _INT8, quantity),
        ("amount", _INT8, explanation.amount[lines]),
    ):
        array, width = head[name], column.itemsize
        array["size"] = 20 + LINES_OF_CONTRACT * (4 + width)
        array["dimensions"], array["element"], array["length"], array["lower"] = 1, element, LINES_OF_CONTRACT, 1
        array["lines"]["size"], array["lines"]["value"] = width, column.reshape(-1, LINES_OF_CONTRACT)
    fixed = head.view(f"V{head.itemsize}").tolist()
    parts = zip(fixed, starts.tolist(), ends.tolist(), strict=True)
    return b"".join(part for row, start, end in parts for part in (row, steps[start:end]))


def _steps(explanation: Explanation, lines: NDArray[np.int64]) -> tuple[memoryview, NDArray[np.int64]]:
    """Pack the rows of the explanation in the order of the lines; return them and where those of each contract end."""
    first = explanation.first[lines]
    counts = explanation.first[lines + 1] - first
    ends = np.cumsum(counts)
    rows = np.repeat(first - ends + counts, counts) + np.arange(ends[-1])
    steps = np.empty(len(rows), dtype=_STEP)
    steps["line"] = np.repeat(np.arange(len(lines)) % LINES_OF_CONTRACT, counts)
    steps["piece"], steps["quantity"] = explanation.piece[rows], explanation.quantity[rows]
    steps["whole"], steps["rest"] = explanation.whole[rows], explanation.rest[rows]
    return memoryview(steps.tobytes()), _STEP.itemsize * ends[LINES_OF_CONTRACT - 1 :: LINES_OF_CONTRACT]


async def _same_lines(connection: asyncpg.Connection[asyncpg.Record]) -> bool:
    """Whether the stored lines of every contract are those that the statement rates, one by one."""
    different = await connection.fetchval(f"""
        with stored as (select contract, line.*
                        from bill, unnest(plan, quantity, amount) as line (plan, quantity, cents)),
        rated as (select contract, aggregate.plan, quantity, ({_AMOUNT} * 100)::bigint as cents {_PRICED})
        select count(*) from (select * from stored except all select * from rated) as difference
    """)  # noqa: S608 - text of ours
    stored = await connection.fetchval("select sum(cardinality(amount)) from bill where length(explanation) > 0")
    return bool(different == 0 and stored == LINES)


if __name__ == "__main__":
    for each in run():
        print(each)

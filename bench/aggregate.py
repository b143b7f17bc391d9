"""Events a second of the aggregation, against DuckDB and Polars on the same columns with equal results.

Workload: events of three months of 70,000 assets with three meters, in order of time but for one in a hundred, which
comes up to three days late. Every engine starts from asset, meter, instant and quantity, and returns for each asset,
meter and month how many events there are, their sum, the smallest, the largest and the last value, and the mean of the
value over time: a value holds until the next event, the last one until the month ends, and the mean is over the time
since the first event, rounded once, half away from zero. Of events at one instant the larger value comes later, in all
engines. Each runs in one thread, so this runs in a process of its own: Polars reads its number of threads once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from dutycycle.rating.aggregate import Aggregate, EventColumns, Grid

Row = dict[str, Any]
EVENTS = 20_000_000
ASSETS, METERS = 70_000, 3
SEED = 11
LATE_SHARE = 0.01
_DAY_US = 86_400 * 10**6
_START_US = 1_735_689_600 * 10**6  # 2025-01-01
BOUNDS = _START_US + np.array([0, 31, 59, 90], dtype=np.int64) * _DAY_US
LATEST_US = 3 * _DAY_US
CELLS_OF_A_MONTH = ASSETS * METERS
ROUNDS = 2
FIGURES = ("cell", "count", "total", "least", "most", "last", "mean")


@dataclass(frozen=True, slots=True)
class Table:
    """What an engine returns, a row a cell that has events, in the order of cells."""

    columns: tuple[NDArray[np.int64], ...]
    """By FIGURES; a cell is (month × assets + asset) × meters + meter."""

    def equals(self, other: Table) -> bool:
        return all(np.array_equal(one, two) for one, two in zip(self.columns, other.columns, strict=True))


def run() -> list[Row]:
    """Measure everything in one thread; a row an alternative."""
    command = [sys.executable, "-m", "bench.aggregate"]
    environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
    root = Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    rows: list[Row] = json.loads(done.stdout)
    return rows


def measure(events: EventColumns) -> list[Row]:
    """Aggregate the events with every engine."""
    ours, seconds = _timed(lambda: by_product(events))
    duck, duck_seconds = _timed_duckdb(events)
    frame = pl.DataFrame(_named(events))
    polars, polars_seconds = _timed(lambda: by_polars(frame))
    value = len(events.asset) / seconds
    return [
        _row("aggregate.vs_duckdb", "DuckDB", value, len(events.asset) / duck_seconds, ours.equals(duck)),
        _row("aggregate.vs_polars", "Polars", value, len(events.asset) / polars_seconds, ours.equals(polars)),
    ]


def _row(bench: str, name: str, value: float, other: float, equal: bool) -> Row:
    return {
        "bench": bench,
        "value": round(value),
        "unit": "events/s",
        "alternative": name,
        "alternative_value": round(other),
        "ratio": round(value / other, 1),
        "equal": equal,
    }


def make_events(events: int) -> EventColumns:
    """Make events from a fixed seed."""
    random = np.random.default_rng(SEED)
    asset = random.integers(0, ASSETS, events, dtype=np.int32)
    meter = random.integers(0, METERS, events, dtype=np.int32)
    at = BOUNDS[0] + np.arange(events, dtype=np.int64) * ((BOUNDS[-1] - BOUNDS[0]) // events)
    late = random.random(events) < LATE_SHARE
    at[late] = np.maximum(BOUNDS[0], at[late] - random.integers(0, LATEST_US, int(late.sum())))
    quantity = (10 ** random.uniform(3, 9, events)).astype(np.int64)
    return EventColumns(asset, meter, at, quantity)


def by_product(events: EventColumns) -> Table:
    """Aggregate as the product does."""
    aggregate = Aggregate(Grid(BOUNDS, ASSETS, METERS))
    aggregate.add(events)
    totals, means = aggregate.totals(), aggregate.means(whole_period=False)
    cells = np.flatnonzero(totals.count)
    figures = totals.count, totals.sum, totals.least, totals.most, totals.last, means
    return Table((cells, *(figure.ravel()[cells] for figure in figures)))


def _timed_duckdb(events: EventColumns) -> tuple[Table, float]:
    """Load the events into a table, which is not timed, and aggregate them in one thread."""
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.register("given", pa.table(_named(events)))
        connection.execute("create table event as from given")
        connection.unregister("given")
        return _timed(lambda: by_duckdb(connection))


def by_duckdb(connection: duckdb.DuckDBPyConnection) -> Table:
    """Aggregate in SQL; the integral is in 128-bit integers."""
    first, second, third = BOUNDS[1:].tolist()
    connection.execute(f"""
        with placed as (
            select ((case when moment < {first} then 0 when moment < {second} then 1 else 2 end * {ASSETS} + asset)
                    * {METERS} + meter)::integer as cell, moment, quantity
            from event),
        followed as (
            select cell, moment, quantity,
                   lead(moment) over (partition by cell order by moment, quantity) as following
            from placed),
        summed as (
            select cell, count(*) as count, sum(quantity)::bigint as total, min(quantity) as least,
                   max(quantity) as most, max(quantity) filter (following is null) as last,
                   any_value(case cell // {CELLS_OF_A_MONTH} when 0 then {first} when 1 then {second} else {third} end)
                       as ends, min(moment) as starts,
                   sum(quantity::hugeint * (coalesce(following, case cell // {CELLS_OF_A_MONTH}
                       when 0 then {first} when 1 then {second} else {third} end) - moment)) as area
            from followed group by cell)
        select cell::bigint as cell, count, total, least, most, last,
               ((2 * area + (ends - starts)) // (2 * (ends - starts)))::bigint as mean
        from summed order by cell
    """)  # noqa: S608  # the numbers in it are those above
    found = connection.fetchnumpy()
    return Table(tuple(np.asarray(found[name], dtype=np.int64) for name in FIGURES))


def by_polars(frame: pl.DataFrame) -> Table:
    """Aggregate with expressions; the integral is in 128-bit integers."""
    moment, cell = pl.col("moment"), pl.col("cell")
    month = pl.when(moment < BOUNDS[1]).then(0).when(moment < BOUNDS[2]).then(1).otherwise(2)
    in_month = cell // CELLS_OF_A_MONTH
    ends = pl.when(in_month == 0).then(BOUNDS[1]).when(in_month == 1).then(BOUNDS[2]).otherwise(BOUNDS[3])
    following = pl.when(cell.shift(-1) == cell).then(moment.shift(-1)).otherwise(pl.col("ends"))
    wide = pl.Int128
    time_known = (pl.col("ends") - pl.col("starts")).cast(wide)
    found = (
        frame.lazy()
        .select(((month * ASSETS + pl.col("asset")) * METERS + pl.col("meter")).cast(pl.Int32).alias("cell"),
                "moment", "quantity")
        .sort("cell", "moment", "quantity")
        .with_columns(ends=ends)
        .with_columns(area=pl.col("quantity").cast(wide) * (following - moment).cast(wide))
        .group_by("cell", maintain_order=True)
        .agg(
            count=pl.len(), total=pl.col("quantity").sum(), least=pl.col("quantity").min(),
            most=pl.col("quantity").max(), last=pl.col("quantity").last(), area=pl.col("area").sum(),
            starts=moment.first(), ends=pl.col("ends").first(),
        )
        .with_columns(mean=((2 * pl.col("area") + time_known) // (2 * time_known)).cast(pl.Int64))
        .select(FIGURES)
        .collect()
    )  # fmt: skip
    return Table(tuple(found[name].cast(pl.Int64).to_numpy() for name in FIGURES))


def _named(events: EventColumns) -> dict[str, NDArray[Any]]:
    return {"asset": events.asset, "meter": events.meter, "moment": events.at_us, "quantity": events.quantity}


def _timed(aggregate: Callable[[], Table]) -> tuple[Table, float]:
    """Return the result and the shortest of several runs: the host's other work only ever adds."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        result = aggregate()
        seconds.append(time.perf_counter() - started)
    return result, min(seconds)


if __name__ == "__main__":
    json.dump(measure(make_events(EVENTS)), sys.stdout)

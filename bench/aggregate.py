"""Events a second of the aggregation, against DuckDB and Polars on the same columns with equal results.

Workload: events of three months of 70,000 assets with three meters, in order of time but for one in a hundred, which
comes up to three days late. Every engine starts from asset, meter, instant and quantity, and returns for each asset,
meter and month how many events there are, their sum, the smallest, the largest and the last value, and the mean of the
value over time: a value holds until the next event, the last one until the month ends, and the mean is over the time
since the first event, rounded once, half away from zero. Of events at one instant the larger value comes later, in all
engines. Each runs in one thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from bench.timing import Row, row, take_turns
from dutycycle.rating.aggregate import Aggregate, EventColumns, Grid

EVENTS = 20_000_000
ASSETS, METERS = 70_000, 3
SEED = 11
ROUNDS = 2
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
    """Aggregate the same events with every engine; a row an alternative."""
    events = make_events(EVENTS)
    frame = pl.DataFrame(_named(events))
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.register("given", pa.table(_named(events)))
        connection.execute("create table event as from given")
        connection.unregister("given")
        contenders = {
            "Dutycycle": lambda: by_product(events),
            "DuckDB": lambda: by_duckdb(connection),
            "Polars": lambda: by_polars(frame),
        }
        timed = take_turns(contenders, ROUNDS)
    ours = timed.pop("Dutycycle")
    return [
        row(
            f"aggregate.vs_{name.lower()}", "events/s", EVENTS / ours.seconds, name, EVENTS / other.seconds,
            equal=ours.result.equals(other.result),
        )
        for name, other in timed.items()
    ]  # fmt: skip


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

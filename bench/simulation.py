"""What 100 charges would cost over a million customer-months, as distributions, against DuckDB.

Customer-months are log-normal, as usage is, with exact half-cent ties among them and some quantities that leave 64 bits
on the way. DuckDB simulates the first of the same customer-months, and rated lines a second are compared.
"""

from __future__ import annotations

import duckdb
import numpy as np
import polars as pl

from bench.rating_graduated import CENTS, PLANS, QUANTITY_SCALE, TIE_PLAN, WIDE_PLAN, make_workload, plan_tables
from bench.timing import Row, row, take_turns
from dutycycle.charge.adjust import RoundTo
from dutycycle.rating.simulation import PERCENTILES, Distribution, simulate

CHARGES = 100
MONTHS = 1_000_000
DUCKDB_MONTHS = 10_000
SEED = 11
ROUNDS = 3
UNIT = 10**QUANTITY_SCALE


def run() -> list[Row]:
    """Measure both; one row."""
    plans = [*make_workload(PLANS).plans[: CHARGES - 2], TIE_PLAN, WIDE_PLAN]
    rounding = [RoundTo(CENTS)] * CHARGES
    random = np.random.default_rng(SEED)
    quantities = (random.lognormal(7, 2, MONTHS) * UNIT).astype(np.int64)
    quantities[::50] = (quantities[::50] // UNIT * 2 + 1) * UNIT
    quantities[::1_000] = random.integers(10**14, 10**16, MONTHS // 1_000)
    tiers, months = plan_tables(plans), pl.DataFrame({"quantity": quantities[:DUCKDB_MONTHS]})
    timed = take_turns(
        {
            "core": lambda: simulate(plans, rounding, quantities, QUANTITY_SCALE),
            "duckdb": lambda: simulate_by_duckdb(tiers, months),
        },
        ROUNDS,
    )
    same = simulate(plans, rounding, quantities[:DUCKDB_MONTHS], QUANTITY_SCALE)
    return [
        row(
            "simulate.vs_duckdb",
            "lines/s",
            CHARGES * MONTHS / timed["core"].seconds,
            "DuckDB, HUGEINT",
            CHARGES * DUCKDB_MONTHS / timed["duckdb"].seconds,
            equal=[_figures(distribution) for distribution in same] == timed["duckdb"].result,
        )
    ]


def _figures(distribution: Distribution) -> tuple[int, ...]:
    return (distribution.total, distribution.least, distribution.most, *distribution.percentiles)


def simulate_by_duckdb(tiers: pl.DataFrame, months: pl.DataFrame) -> list[tuple[int, ...]]:
    """Rate every month by every plan in SQL and describe each plan: total, least, most and percentiles."""
    quantiles = ", ".join(f"{percentile / 100}" for percentile in PERCENTILES)
    with duckdb.connect(":memory:") as connection:
        connection.execute("set threads = 1")
        connection.register("tiers", tiers.with_columns(pl.col("base", "minimum").cast(pl.Decimal(38, 0))).to_arrow())
        connection.register("months", months.to_arrow())
        rows = connection.execute(f"""
            with plan as (select plan, any_value(baseline) as baseline, any_value(package) as package
                          from tiers group by plan),
            portion as (select plan,
                               case when package = 0 then greatest(0, quantity - baseline)
                                    else (greatest(0, quantity - baseline) + package - 1) // package * {UNIT}
                               end as beyond
                        from months cross join plan),
            priced as (select portion.plan, greatest(t.base::hugeint + (beyond - t.lower)::hugeint * t.price,
                                                     t.minimum::hugeint) as amount
                       from portion asof join tiers t on portion.plan = t.plan and portion.beyond <= t.upper),
            rounded as (select plan, (case when amount >= 0 then (amount + 5000000000000) // 10000000000000
                                           else -((-amount + 5000000000000) // 10000000000000) end)::bigint as cents
                        from priced)
            select sum(cents), min(cents), max(cents), quantile_disc(cents, [{quantiles}])
            from rounded group by plan order by plan
        """).fetchall()  # noqa: S608 - numbers of ours
    return [(int(total), least, most, *percentiles) for total, least, most, percentiles in rows]


if __name__ == "__main__":
    for each in run():
        print(each)

"""Lines a second of the rating core, against its oracle, DuckDB and Polars on the same lines with equal results.

Workload: 1,000 plans, graduated, volume and package; one to eight tiers; prices in steps of a billionth; flat fees,
baselines, minimums; lines spread over the tiers, some below the baseline. One line in fifty is an exact half-cent tie,
which random data would hardly ever hit: it is where engines that round differently part.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from dutycycle.charge.adjust import Bound, RoundTo
from dutycycle.charge.baseline import Baseline
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.measure import Aggregation, Measure
from dutycycle.charge.price import Graduated, Package, PriceModel, Tier, TierTable, Volume
from dutycycle.rating import core, oracle
from dutycycle.rating.columns import Columns
from dutycycle.rating.tariff import Tariff, compile_tariff

Row = dict[str, Any]
LINES = 1_000_000
ORACLE_LINES = 20_000
PLANS = 1_000
PLAN_SEED, LINE_SEED = 20_260_101, 7
QUANTITY_SCALE, CENTS = 6, 2
TIE_EVERY = 50
ROUNDS = 3
METER = Measure(Aggregation.SUM, "units")
TIE_PLAN = Charge("tie", "Tie", Price(Graduated(TierTable((Tier(None, Decimal("0.005")),)))), METER)
"""Half a cent a unit: every odd quantity is a tie."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Plans and lines; lines are in the order of their plans, as a rollup keeps them."""

    plans: list[Charge]
    columns: Columns

    @property
    def rounding(self) -> list[RoundTo]:
        return [RoundTo(CENTS)] * len(self.plans)

    def first(self, lines: int) -> Columns:
        """Return every n-th line, so that the part has lines of all plans."""
        step = len(self.columns.charge) // lines
        return Columns(self.columns.charge[::step].copy(), self.columns.quantity[::step].copy())


def run() -> list[Row]:
    """Measure everything; a row an alternative."""
    workload = make_workload(LINES)
    amounts, seconds = _best(_core_rater(workload))
    value = LINES / seconds
    part = workload.first(ORACLE_LINES)
    expected, oracle_seconds = _best(
        lambda: oracle.rate(workload.plans, workload.rounding, part, QUANTITY_SCALE, CENTS), rounds=1
    )
    tables = _tables(workload)
    duck, duck_seconds = _best(lambda: rate_by_duckdb(tables))
    polars, polars_seconds = _best(lambda: rate_by_polars(tables))
    compiled_part = core.rate_compiled(_tariff(workload), part)
    return [
        _row("oracle (plain Python)", value, len(part.charge) / oracle_seconds, expected, compiled_part),
        _row("DuckDB", value, LINES / duck_seconds, duck, amounts),
        _row("Polars", value, LINES / polars_seconds, polars, amounts),
    ]


def _row(name: str, value: float, other: float, theirs: NDArray[np.int64], ours: NDArray[np.int64]) -> Row:
    return {
        "bench": "rating core",
        "value": round(value),
        "unit": "lines/s",
        "alternative": name,
        "alternative_value": round(other),
        "ratio": round(value / other, 1),
        "equal": bool(np.array_equal(theirs, ours)),
    }


def make_workload(lines: int) -> Workload:
    """Make plans and lines from fixed seeds."""
    random = np.random.default_rng(PLAN_SEED)
    plans = [_plan(random, number) for number in range(PLANS)] + [TIE_PLAN]
    random = np.random.default_rng(LINE_SEED)
    charge = np.sort(random.integers(0, PLANS, lines)).astype(np.int32)
    starts = np.searchsorted(charge, np.arange(PLANS + 1))
    quantity = np.concatenate([_quantities(random, plans[p], int(starts[p + 1] - starts[p])) for p in range(PLANS)])
    ties = slice(None, None, TIE_EVERY)
    charge[ties] = PLANS
    quantity[ties] = (2 * random.integers(0, 10**6, len(quantity[ties])) + 1) * 10**QUANTITY_SCALE
    order = np.argsort(charge, kind="stable")
    return Workload(plans, Columns(charge[order], quantity[order]))


def _plan(random: np.random.Generator, number: int) -> Charge:
    """Draw one plan."""
    widths = [int(10 ** random.uniform(1, 4)) for _ in range(random.integers(1, 9))]
    price, tiers, upper = 10 ** random.uniform(-4, 1), [], 0
    for index, width in enumerate(widths):
        upper += width
        flat = Decimal(int(random.integers(0, 5_001))).scaleb(-2) if random.random() < 0.3 else Decimal(0)
        last = index == len(widths) - 1
        tiers.append(Tier(None if last else Decimal(upper), Decimal(round(price * 10**9)).scaleb(-9), flat))
        price *= random.uniform(0.7, 1)
    table = TierTable(tuple(tiers))
    kind = random.random()
    model: PriceModel = Graduated(table) if kind < 0.6 else Volume(table)
    if kind > 0.85:
        model = Package(Decimal(int(random.choice([10, 100, 1000]))), tiers[0].unit_amount.quantize(Decimal("0.0001")))
    baseline = Decimal(int(random.uniform(0, 0.5) * widths[0])) if random.random() < 0.5 else Decimal(0)
    minimum = Decimal(int(random.integers(0, 10_001))).scaleb(-2) if random.random() < 0.3 else None
    return Charge(
        f"plan-{number}", "Plan", Price(model, PriceOn.ABOVE), METER, baseline=Baseline(baseline), bound=Bound(minimum)
    )


def _quantities(random: np.random.Generator, plan: Charge, count: int) -> NDArray[np.int64]:
    """Draw quantities: a tier of the plan, then evenly within it; one in twenty below the baseline."""
    unit = 10**QUANTITY_SCALE
    baseline = int(plan.baseline.quantity) if plan.baseline is not None else 0
    bounds = [0, *_bounds(plan)]
    ends = np.array([*bounds[1:], bounds[-1] + 1_000], dtype=np.int64)[: len(bounds)]
    tier = random.integers(0, len(bounds), count)
    low, high = np.array(bounds, dtype=np.int64)[tier] * unit, ends[tier] * unit
    drawn: NDArray[np.int64] = baseline * unit + low + (random.random(count) * (high - low)).astype(np.int64)
    below = random.random(count) < 0.05
    drawn[below] = (random.random(int(below.sum())) * baseline * unit).astype(np.int64)
    return drawn


def _bounds(plan: Charge) -> list[int]:
    model = plan.price.model
    if not isinstance(model, Graduated | Volume):
        return []
    return [int(tier.up_to) for tier in model.table.tiers if tier.up_to is not None]


def _tariff(workload: Workload) -> Tariff:
    return compile_tariff(workload.plans, workload.rounding, QUANTITY_SCALE, CENTS)


def _core_rater(workload: Workload) -> Callable[[], NDArray[np.int64]]:
    tariff = _tariff(workload)
    return lambda: core.rate_compiled(tariff, workload.columns)


def _best(rate: Callable[[], NDArray[np.int64]], rounds: int = ROUNDS) -> tuple[NDArray[np.int64], float]:
    """Return the result and the shortest of several runs: the host's other work only ever adds."""
    seconds, result = [], np.empty(0, dtype=np.int64)
    for _ in range(rounds):
        started = time.perf_counter()
        result = rate()
        seconds.append(time.perf_counter() - started)
    return result, min(seconds)


PRODUCT_PLACES = 15
"""Quantities have six places and prices nine."""


def _tables(workload: Workload) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return plans with their tiers, a row a tier in product units, and lines; what a SQL engine would be given.

    Plans are restated from their terms, not from the compiled tariff: base of a tier, its lower end, its price.
    """
    rows = [row for number, plan in enumerate(workload.plans) for row in _tier_rows(number, plan)]
    wide = pl.Int128
    types = {"plan": pl.Int32, "upper": pl.Int64, "lower": pl.Int64, "price": pl.Int64, "base": wide,
             "baseline": pl.Int64, "package": pl.Int64, "minimum": wide}  # fmt: skip
    tiers = pl.DataFrame(rows, schema=types, orient="row")
    lines = pl.DataFrame({"plan": workload.columns.charge, "quantity": workload.columns.quantity})
    return tiers, lines


def _tier_rows(number: int, plan: Charge) -> list[tuple[int, ...]]:
    unit, product = 10**QUANTITY_SCALE, 10**PRODUCT_PLACES
    baseline = 0 if plan.baseline is None else int(plan.baseline.quantity * unit)
    minimum = -(10**30) if plan.bound.minimum is None else int(plan.bound.minimum * product)
    model = plan.price.model
    endless = 2**62
    if isinstance(model, Package):
        # Packages as units of a millionth each: count × 10^6 × amount.
        return [(number, endless, 0, int(model.amount * 10**9), 0, baseline, int(model.size * unit), minimum)]
    rows, lower, spent = [], 0, 0
    for tier in model.table.tiers if isinstance(model, Graduated | Volume) else ():
        price, flat = int(tier.unit_amount * 10**9), int(tier.flat_amount * product)
        upper = endless if tier.up_to is None else int(tier.up_to * unit)
        base = spent + flat if isinstance(model, Graduated) else flat + lower * price
        rows.append((number, upper, lower, price, base, baseline, 0, minimum))
        spent, lower = spent + flat + (upper - lower) * price, upper
    zero = (number, 0, 0, 0, 0, baseline, 0, minimum)
    return [zero, *rows]


def rate_by_duckdb(tables: tuple[pl.DataFrame, pl.DataFrame]) -> NDArray[np.int64]:
    """Rate in SQL on 128-bit integers: an as-of join finds the tier, the rest is one expression."""
    tiers, lines = tables
    with duckdb.connect(":memory:") as connection:
        connection.register("tiers", tiers.with_columns(pl.col("base", "minimum").cast(pl.Decimal(38, 0))).to_arrow())
        connection.register("lines", lines.with_row_index("line").to_arrow())
        result = connection.execute("""
            with plan as (select plan, any_value(baseline) as baseline, any_value(package) as package
                          from tiers group by plan),
            portion as (select line, plan,
                               case when package = 0 then greatest(0, quantity - baseline)
                                    else (greatest(0, quantity - baseline) + package - 1) // package * 1000000
                               end as beyond
                        from lines join plan using (plan)),
            priced as (select line, greatest(t.base::hugeint + (beyond - t.lower)::hugeint * t.price,
                                             t.minimum::hugeint) as amount
                       from portion asof join tiers t on portion.plan = t.plan and portion.beyond <= t.upper)
            select (case when amount >= 0 then (amount + 5000000000000) // 10000000000000
                         else -((-amount + 5000000000000) // 10000000000000) end)::bigint as cents
            from priced order by line
        """).fetchnumpy()
    return np.asarray(result["cents"], dtype=np.int64)


def rate_by_polars(tables: tuple[pl.DataFrame, pl.DataFrame]) -> NDArray[np.int64]:
    """Rate with an as-of join and 128-bit expressions."""
    tiers, lines = tables
    plans = tiers.group_by("plan").first().select("plan", "baseline", "package")
    beyond = pl.max_horizontal(pl.lit(0, pl.Int64), pl.col("quantity") - pl.col("baseline"))
    package = pl.max_horizontal(pl.col("package"), pl.lit(1, pl.Int64))
    counted = (beyond + package - 1) // package * 10**QUANTITY_SCALE
    wide = pl.Int128
    amount = pl.max_horizontal(
        pl.col("base") + (pl.col("beyond") - pl.col("lower")).cast(wide) * pl.col("price").cast(wide), pl.col("minimum")
    )
    cents = pl.lit(10 ** (PRODUCT_PLACES - CENTS), wide)
    rounded = (pl.col("amount").abs() + cents // 2) // cents * pl.col("amount").sign()
    result = (
        lines.with_row_index("line")
        .lazy()
        .join(plans.lazy(), on="plan")
        .with_columns(beyond=pl.when(pl.col("package") == 0).then(beyond).otherwise(counted))
        .sort("beyond")
        .join_asof(
            tiers.lazy().select("plan", "upper", "lower", "price", "base", "minimum").sort("upper"),
            left_on="beyond", right_on="upper", by="plan", strategy="forward",
            check_sortedness=False,
        )
        .with_columns(amount=amount)
        .select("line", cents=rounded.cast(pl.Int64))
        .sort("line")
        .collect()
    )  # fmt: skip
    return result["cents"].to_numpy()


if __name__ == "__main__":
    for each in run():
        print(each)

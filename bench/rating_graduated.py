"""Lines a second of the rating core, against Polars, DuckDB, Decimals in plain Python and a bare copy of the columns.

Workload R1: 1,000 plans, graduated, volume and package; one to eight tiers; prices in steps of a billionth; flat fees,
baselines, minimums; ten million lines spread over the tiers, some below the baseline, grouped by plan. One line in 50
is an exact half-cent tie and one in 10,000 is beyond what 64-bit arithmetic can divide: random data would hardly ever
hit either, and it is where engines part. The alternatives rate every n-th of the same lines, and lines a second are
compared. Everyone has one thread.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, localcontext

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from bench.timing import Row, Timed, row, take_turns
from dutycycle.charge.adjust import Bound, RoundTo
from dutycycle.charge.baseline import Baseline
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.measure import Aggregation, Measure
from dutycycle.charge.price import Graduated, Package, PriceModel, Tier, TierTable, Volume
from dutycycle.rating import _core, core
from dutycycle.rating.columns import Columns
from dutycycle.rating.tariff import COLUMNS, Tariff, compile_tariff

LINES = 10_000_000
ENGINE_LINES = 1_000_000
PYTHON_LINES = 20_000
PLANS = 1_000
PLAN_SEED, LINE_SEED = 20_260_101, 7
QUANTITY_SCALE, CENTS = 6, 2
TIE_EVERY, WIDE_EVERY = 50, 10_000
ROUNDS = 5
METER = Measure(Aggregation.SUM, "units")
TIE_PLAN = Charge("tie", "Tie", Price(Graduated(TierTable((Tier(None, Decimal("0.005")),)))), METER)
"""Half a cent a unit: every odd quantity is a tie."""
WIDE_PLAN = Charge("wide", "Wide", Price(Graduated(TierTable((Tier(None, Decimal("5000.123456789")),)))), METER)
"""So dear that a quantity of a billion units needs 128 bits."""
_ALTERNATIVES = {
    "polars": "Polars, 128-bit integers",
    "duckdb": "DuckDB, HUGEINT",
    "python": "Decimals in plain Python",
    "copyto": "np.copyto of the same arrays",
}


@dataclass(frozen=True, slots=True)
class Workload:
    """Plans and lines; lines are in the order of their plans, as a rollup keeps them."""

    plans: list[Charge]
    columns: Columns

    @property
    def rounding(self) -> list[RoundTo]:
        return [RoundTo(CENTS)] * len(self.plans)

    def tariff(self) -> Tariff:
        return compile_tariff(self.plans, self.rounding, QUANTITY_SCALE, CENTS)

    def every(self, step: int) -> Workload:
        """Return every n-th line, so that the part has lines of all plans."""
        return Workload(self.plans, Columns(self.columns.charge[::step].copy(), self.columns.quantity[::step].copy()))


def run() -> list[Row]:
    """Measure everything; a row an alternative."""
    workload = make_workload(LINES)
    tariff, columns = workload.tariff(), workload.columns
    engine_step, python_step = LINES // ENGINE_LINES, LINES // PYTHON_LINES
    tables, part = _tables(workload.every(engine_step)), workload.every(python_step)
    amounts, copies = np.zeros(LINES, dtype=np.int64), np.zeros(LINES, dtype=np.int64)
    portable = np.zeros(LINES, dtype=np.int64)
    _require_edges(tariff, part)
    timed = take_turns(
        {
            "core": lambda: core.rate_compiled(tariff, columns, amounts),
            "portable": lambda: _core.rate(
                tariff.charges, tariff.pieces, columns.charge, columns.quantity, portable, "portable"
            ),
            "copyto": lambda: np.copyto(copies, columns.quantity),
            "polars": lambda: rate_by_polars(tables),
            "duckdb": lambda: rate_by_duckdb(tables),
            "python": lambda: rate_by_python(part),
        },
        ROUNDS,
    )
    steps = {"polars": engine_step, "duckdb": engine_step, "python": python_step}
    return [
        *_against("rating.graduated", timed["core"].seconds, amounts, timed, steps),
        *_against("rating.graduated.portable", timed["portable"].seconds, portable, timed, steps),
        *_growth(workload, tariff),
    ]


def _against(
    bench: str, seconds: float, amounts: NDArray[np.int64], timed: dict[str, Timed], steps: dict[str, int]
) -> list[Row]:
    """Compare one variant of the core with everyone; the copy has nothing to be equal to but the other engines."""
    rows = []
    for key, name in _ALTERNATIVES.items():
        lines = LINES // steps.get(key, 1)
        equal = key not in steps or np.array_equal(timed[key].result, amounts[:: steps[key]])
        rate = lines / timed[key].seconds
        rows.append(row(f"{bench}.vs_{key}", "lines/s", LINES / seconds, name, rate, equal=equal))
    return rows


def _require_edges(tariff: Tariff, part: Workload) -> None:
    """Make sure that even the smallest part has ties and lines that leave 64 bits on the way."""
    guard = tariff.charges[part.columns.charge, COLUMNS.index("guard")]
    if not np.any(part.columns.charge == PLANS) or not np.any(part.columns.quantity > guard):
        raise RuntimeError("the workload has lost its edges")


def _growth(workload: Workload, tariff: Tariff) -> list[Row]:
    """Measure that a line costs the same among ten thousand as among ten million, and what is allocated meanwhile."""
    charge, quantity, out = workload.columns.charge, workload.columns.quantity, np.zeros(LINES, dtype=np.int64)
    sizes = [LINES // 1_000, LINES // 100, LINES // 10, LINES]
    parts = {size: Columns(charge[:size], quantity[:size]) for size in sizes}

    def rater(size: int) -> Callable[[], NDArray[np.int64]]:
        """Rate as many lines in all, whatever the size, but no more often than a hundred times."""
        times = min(100, LINES // size)
        return lambda: [core.rate_compiled(tariff, parts[size], out[:size]) for _ in range(times)][-1]

    timed = take_turns({str(size): rater(size) for size in sizes}, ROUNDS)
    rates = [size * min(100, LINES // size) / timed[str(size)].seconds for size in sizes]
    tracemalloc.start()
    core.rate_compiled(tariff, workload.columns, out)
    allocated = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    alike = [np.array_equal(timed[str(size)].result, out[:size]) for size in sizes]
    return [
        *(
            row("rating.graduated.growth", f"lines/s of {size:,}", rate, f"of {sizes[0]:,}", rates[0], equal=same)
            for size, rate, same in zip(sizes[1:], rates[1:], alike[1:], strict=True)
        ),
        row("rating.graduated.state", "bytes allocated", allocated, "bytes of the columns", out.nbytes * 2, equal=True),
    ]


def make_workload(lines: int) -> Workload:
    """Make plans and lines from fixed seeds."""
    random = np.random.default_rng(PLAN_SEED)
    plans = [_plan(random, number) for number in range(PLANS)] + [TIE_PLAN, WIDE_PLAN]
    random = np.random.default_rng(LINE_SEED)
    charge = np.sort(random.integers(0, PLANS, lines)).astype(np.int32)
    starts = np.searchsorted(charge, np.arange(PLANS + 1))
    quantity = np.concatenate([_quantities(random, plans[p], int(starts[p + 1] - starts[p])) for p in range(PLANS)])
    ties = slice(None, None, TIE_EVERY)
    charge[ties] = PLANS
    quantity[ties] = (2 * random.integers(0, 10**6, len(quantity[ties])) + 1) * 10**QUANTITY_SCALE
    wide = slice(1, None, WIDE_EVERY)
    charge[wide] = PLANS + 1
    quantity[wide] = random.integers(10**14, 10**18, len(quantity[wide]))
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


PRODUCT_PLACES = 15
"""Quantities have six places and prices nine."""


def _tables(workload: Workload) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return plans with their tiers, and lines; what a SQL engine would be given."""
    lines = pl.DataFrame({"plan": workload.columns.charge, "quantity": workload.columns.quantity})
    return plan_tables(workload.plans), lines


def plan_tables(plans: list[Charge]) -> pl.DataFrame:
    """Return a row a tier in product units: its upper and lower end, its price, and what is due at its lower end.

    Plans are restated from their terms, not from the compiled tariff.
    """
    rows = [row for number, plan in enumerate(plans) for row in tier_rows(number, plan)]
    wide = pl.Int128
    types = {"plan": pl.Int32, "upper": pl.Int64, "lower": pl.Int64, "price": pl.Int64, "base": wide,
             "baseline": pl.Int64, "package": pl.Int64, "minimum": wide}  # fmt: skip
    return pl.DataFrame(rows, schema=types, orient="row")


def tier_rows(number: int, plan: Charge) -> list[tuple[int, ...]]:
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
        connection.execute("set threads = 1")
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


def rate_by_python(workload: Workload) -> NDArray[np.int64]:
    """Rate line by line in decimals, as one writes it down."""
    unit, cent = Decimal(1).scaleb(-QUANTITY_SCALE), Decimal(1).scaleb(-CENTS)
    lines = zip(workload.columns.charge.tolist(), workload.columns.quantity.tolist(), strict=True)
    with localcontext(prec=50):
        cents = [
            int(_decimal_amount(workload.plans[plan], quantity * unit).quantize(cent, ROUND_HALF_UP).scaleb(CENTS))
            for plan, quantity in lines
        ]
    return np.array(cents, dtype=np.int64)


def _decimal_amount(plan: Charge, quantity: Decimal) -> Decimal:
    """Return what a quantity costs before rounding."""
    model, amount, lower = plan.price.model, Decimal(0), Decimal(0)
    beyond = max(Decimal(0), quantity - (plan.baseline.quantity if plan.baseline is not None else 0))
    if isinstance(model, Package):
        amount = (beyond / model.size).to_integral_value(ROUND_CEILING) * model.amount
    for tier in model.table.tiers if isinstance(model, Graduated | Volume) else ():
        if beyond <= lower:
            break
        if isinstance(model, Volume):
            amount = beyond * tier.unit_amount + tier.flat_amount
        else:
            upper = beyond if tier.up_to is None else min(beyond, tier.up_to)
            amount += (upper - lower) * tier.unit_amount + tier.flat_amount
        lower = beyond if tier.up_to is None else tier.up_to
    return amount if plan.bound.minimum is None else max(amount, plan.bound.minimum)


if __name__ == "__main__":
    for each in run():
        print(each)

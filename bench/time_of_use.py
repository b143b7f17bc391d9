"""Years of hourly reads rated by time of use with tiers, against PySAM, which the US uses for electricity bills.

Workload: a hundred meters with a read an hour for a year without a leap day or changes of clocks, which PySAM does not
know; six bands, by season, weekday and hour; three tiers, which the total of the month fills over all bands in order of
time. So PySAM reads them under net billing (metering option 2), and it knows no tiers of a single band. Energy charges
are compared to the cent for every month and year.

Ours are timed from instants and reads on, with the calendar; of PySAM only the execution is, not the handing over of
reads.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from datetime import time as clock
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySAM import Utilityrate5

from bench.timing import Row, row, take_turns
from dutycycle.charge.adjust import NOT_ROUNDED
from dutycycle.charge.charge import Charge, Price
from dutycycle.charge.measure import Aggregation, Measure
from dutycycle.charge.price import PerUnit
from dutycycle.kit.quantity import divide_rounded, to_scaled
from dutycycle.rating.aggregate import BandColumns
from dutycycle.rating.measure import Band, Calendar
from dutycycle.rating.measure.time_of_use import WORKDAYS
from dutycycle.rating.tariff import Tariff, compile_tariff
from dutycycle.rating.time_of_use import rate_pooled

Cents = list[list[int]]
"""By meter: the months, then the year."""
METERS, HOURS, MONTHS = 100, 8_760, 12
SEED = 8_760
YEAR = 2018
"""Begins on a Monday, as every year of PySAM does."""
SUMMER = frozenset({6, 7, 8, 9})
WINTER = frozenset(range(1, 13)) - SUMMER
PEAK, SHOULDER = (12, 18), (8, 22)
UPPERS = (Decimal(300), Decimal(700))
"""Kilowatt hours a month."""
PRICES = {
    "summer peak": ("0.31207", "0.35001", "0.41"),
    "summer shoulder": ("0.20113", "0.24", "0.27999"),
    "summer low": ("0.1123", "0.13171", "0.15"),
    "winter peak": ("0.2511", "0.28333", "0.3"),
    "winter shoulder": ("0.17", "0.18977", "0.21"),
    "low": ("0.10123", "0.12", "0.14001"),
}
CALENDAR = Calendar(
    "UTC",
    (
        Band("summer peak", clock(PEAK[0]), clock(PEAK[1]), WORKDAYS, SUMMER),
        Band("summer shoulder", clock(SHOULDER[0]), clock(SHOULDER[1]), WORKDAYS, SUMMER),
        Band("summer low", months=SUMMER),
        Band("winter peak", clock(PEAK[0]), clock(PEAK[1]), WORKDAYS, WINTER),
        Band("winter shoulder", clock(SHOULDER[0]), clock(SHOULDER[1]), WORKDAYS, WINTER),
    ),
    "low",
)
QUANTITY_SCALE, AMOUNT_SCALE, CENTS = 3, 8, 2
ENDLESS = 1e38
ROUNDS = 3
_HOUR_US = 3_600 * 10**6


def run() -> list[Row]:
    """Rate all meters with both; one row."""
    reads = make_reads()
    tariff = make_tariff()
    timed = take_turns({"ours": lambda: rate_by_product(tariff, reads), "theirs": lambda: rate_by_pysam(reads)}, ROUNDS)
    ours, (theirs, their_seconds) = timed["ours"], timed["theirs"].result
    value, other = METERS / ours.seconds, METERS / their_seconds
    equal = ours.result == theirs
    return [row("rating.tou.vs_pysam", "meter years/s", value, "PySAM Utilityrate5", other, equal=equal)]


def make_reads() -> NDArray[np.int64]:
    """Make watt hours from a fixed seed, a row a meter: a level of its own, and more by day than by night."""
    random = np.random.default_rng(SEED)
    level = random.uniform(100, 4_000, (METERS, 1))
    by_day = 1 + 0.6 * np.sin((np.arange(HOURS) % 24 - 8) * np.pi / 12)
    drawn: NDArray[np.int64] = (level * by_day * random.uniform(0.5, 1.5, (METERS, HOURS))).astype(np.int64)
    return drawn


def make_tariff() -> Tariff:
    """Compile the prices, tiers of a band together; not rounded, as a month is rounded once."""
    charges = [
        Charge(f"band-{band}-tier-{tier}", name, Price(PerUnit(Decimal(price))), Measure(Aggregation.SUM, "energy"))
        for band, name in enumerate(CALENDAR.names)
        for tier, price in enumerate(PRICES[name])
    ]
    return compile_tariff(charges, [NOT_ROUNDED] * len(charges), QUANTITY_SCALE, AMOUNT_SCALE)


def rate_by_product(tariff: Tariff, reads: NDArray[np.int64]) -> Cents:
    """Find the band and the month of every hour, then rate all meters."""
    starts = [int(datetime(YEAR, month, 1, tzinfo=UTC).timestamp()) * 10**6 for month in range(1, MONTHS + 1)]
    at_us = starts[0] + np.arange(HOURS, dtype=np.int64) * _HOUR_US
    band = CALENDAR.band_ids(at_us)
    month = (np.searchsorted(starts, at_us, side="right") - 1).astype(np.int32)
    uppers = np.array([to_scaled(upper, QUANTITY_SCALE) for upper in UPPERS], dtype=np.int64)
    rated = rate_pooled(tariff, BandColumns(month, band, reads), MONTHS, uppers)
    months = rated.amount.sum(axis=(2, 3)).tolist()
    cent = 10 ** (AMOUNT_SCALE - CENTS)
    return [[divide_rounded(amount, cent) for amount in (*amounts, sum(amounts))] for amounts in months]


def rate_by_pysam(reads: NDArray[np.int64]) -> tuple[Cents, float]:
    """Return the charges and the seconds that the executions took, without handing the reads over."""
    model = _make_model()
    cents, seconds = [], 0.0
    for quantity in reads:
        model.Load.load = (quantity / 10**QUANTITY_SCALE).tolist()
        started = time.perf_counter()
        model.execute(0)
        seconds += time.perf_counter() - started
        months = model.Outputs.year1_monthly_ec_charge_without_system
        year = model.Outputs.charge_wo_sys_ec[1]
        cents.append([round(amount * 10**CENTS) for amount in (*months, year)])
    return cents, seconds


def _make_model() -> Any:
    """Describe the tariff to PySAM: a consumer without a system that generates."""
    model = Utilityrate5.new()
    model.Lifetime.assign({"analysis_period": 1, "inflation_rate": 0, "system_use_lifetime_output": 0})
    model.SystemOutput.assign({"gen": [0.0] * HOURS, "degradation": [0]})
    ends = (*(float(upper) for upper in UPPERS), ENDLESS)
    model.ElectricityRates.assign(
        {
            "en_electricity_rates": 1,
            "ur_metering_option": 2,
            "ur_dc_enable": 0,
            "ur_en_ts_buy_rate": 0,
            "ur_en_ts_sell_rate": 0,
            "ur_sell_eq_buy": 0,
            "ur_nm_credit_month": 0,
            "ur_nm_yearend_sell_rate": 0,
            "ur_monthly_fixed_charge": 0,
            "ur_monthly_min_charge": 0,
            "ur_annual_min_charge": 0,
            "ur_ec_sched_weekday": [
                [_period(month, hour, workday=True) for hour in range(24)] for month in range(1, 13)
            ],
            "ur_ec_sched_weekend": [
                [_period(month, hour, workday=False) for hour in range(24)] for month in range(1, 13)
            ],
            "ur_ec_tou_mat": [
                [period, tier, end, 0, float(price), 0]
                for period, prices in enumerate(PRICES.values(), start=1)
                for tier, (price, end) in enumerate(zip(prices, ends, strict=True), start=1)
            ],
        }
    )
    return model


def _period(month: int, hour: int, *, workday: bool) -> int:
    """Return the number that PySAM knows a band by, found without the calendar."""
    season = 0 if month in SUMMER else 3
    if workday and PEAK[0] <= hour < PEAK[1]:
        return season + 1
    return season + 2 if workday and SHOULDER[0] <= hour < SHOULDER[1] else season + 3

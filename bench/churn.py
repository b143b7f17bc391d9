"""How well risk is told, judged on what then happened, against naive rules and a fitted model.

Assets: the tails of the aircraft year. At the end of each month a tail that was seen before is judged on its months up
to then; the truth is whether it has no record in the month after. The last quarter is censored: a tail that is last
seen in October may be in a hangar or gone, and the year cannot say which, so no month after September is predicted.
The alarm's threshold, and everything of the fitted model, come from the months to May; June to September are judged.

Customers: synthetic ones with a planted decline, whose truth is known: half decline from a month of their own on.

    python -m bench.churn
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from dutycycle.cli.demo.flight import read_flights
from dutycycle.offers.asset_risk import AssetMonths, score_asset
from dutycycle.offers.trend import trend_percent

_ROOT = Path(__file__).parents[1]
_FLIGHTS = _ROOT / "examples" / "aircraft" / "data" / "flight_usage_2013.csv.gz"
_OUT = _ROOT / "out" / "churn.json"
_ZONE = ZoneInfo("America/New_York")
_CHOSEN_ON = (3, 4, 5)
"""Months that are predicted to choose the threshold and to fit the model."""
_JUDGED_ON = (6, 7, 8, 9)
"""Months that are predicted and judged; what comes after is censored."""
_BOOTSTRAPS = 300
_SEED = 2013

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a rule did."""

    rule: str
    alarms: int
    precision: float
    precision_interval: tuple[float, float]
    recall: float
    recall_interval: tuple[float, float]
    lead_months: float
    """Mean of the months before a tail is last seen for which the alarm was on without a break."""


@dataclass(frozen=True, slots=True)
class Case:
    """One tail at the end of one month, and what happened in the month after."""

    tail: str
    predicted: int
    """Number of the month that is predicted."""
    known: AssetMonths
    is_idle: bool

    @property
    def features(self) -> list[float]:
        records = self.known.records
        before = records[:-1]
        usual = sum(before) / len(before) if before else records[-1]
        empty = sum(1 for count in records if not count) / len(records)
        return [self.known.days_silent, records[-1], usual, sum(records[-3:]) / 3, empty, records[-1] / (usual + 1)]


Rule = Callable[[Sequence[Case]], Flags]


def judge_assets() -> tuple[dict[str, Any], list[Judgement]]:
    """Judge every rule on the months that were kept apart; return the counts of the data, and a row a rule."""
    cases = read_cases()
    chosen = [case for case in cases if case.predicted in _CHOSEN_ON]
    judged = [case for case in cases if case.predicted in _JUDGED_ON]
    threshold = _best_threshold(chosen)
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit([case.features for case in chosen], _truth(chosen))
    share = _best_share(model.predict_proba([case.features for case in chosen])[:, 1], _truth(chosen))
    rules: dict[str, Rule] = {
        f"score of {threshold} and more": lambda some: _scores(some) >= threshold,
        "naive: idle this month": lambda some: np.array([not case.known.records[-1] for case in some]),
        "naive: below half of its usual month": lambda some: np.array([_is_halved(case) for case in some]),
        "logistic regression on the same facts": lambda some: (
            np.asarray(model.predict_proba([case.features for case in some])[:, 1]) >= share
        ),
    }
    counts = {
        "tails": len({case.tail for case in cases}),
        "cases_judged": len(judged),
        "idle_percent": round(100 * float(_truth(judged).mean()), 1),
        "threshold": threshold,
    }
    return counts, [_judge(name, rule, judged) for name, rule in rules.items()]


def read_cases() -> list[Case]:
    """Read the year: for each tail and month after the one in which it is first seen, what was known before."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * 13)
    last: dict[str, dict[int, date]] = defaultdict(dict)
    for flight in read_flights(_FLIGHTS):
        if flight.tailnum and flight.air_time_min:
            day = datetime.fromisoformat(flight.departed_utc_hour).astimezone(_ZONE).date()
            if day.year == 2013:
                counts[flight.tailnum][day.month] += 1
                last[flight.tailnum][day.month] = max(day, last[flight.tailnum].get(day.month, day))
    return [
        Case(tail, month + 1, AssetMonths(months[first : month + 1], _silent(last[tail], month)), not months[month + 1])
        for tail, months in counts.items()
        for first in [next(number for number, count in enumerate(months) if count)]
        for month in range(max(first, 2), 9)
    ]


def _silent(last: dict[int, date], month: int) -> int:
    """Return the days from the last record to the end of a month."""
    end = date(2013, month + 1, 1) - timedelta(days=1)
    return (end - max(day for number, day in last.items() if number <= month)).days


def _judge(name: str, rule: Rule, cases: Sequence[Case]) -> Judgement:
    alarm, truth = rule(cases), _truth(cases)
    by_tail: dict[str, list[int]] = defaultdict(list)
    for number, case in enumerate(cases):
        by_tail[case.tail].append(number)
    # Whole tails are drawn again, since the months of one tail are alike.
    draw, tails = np.random.default_rng(_SEED), [np.array(numbers) for numbers in by_tail.values()]
    hits = np.array([_sums(alarm[n], truth[n]) for n in tails])
    drawn = [hits[draw.integers(0, len(hits), len(hits))].sum(axis=0) for _ in range(_BOOTSTRAPS)]
    whole = _sums(alarm, truth)
    return Judgement(
        name,
        int(alarm.sum()),
        *_with_interval(whole[0] / whole[1], [each[0] / each[1] for each in drawn]),
        *_with_interval(whole[0] / whole[2], [each[0] / each[2] for each in drawn]),
        lead_months=round(_lead(alarm, cases), 2),
    )


def _sums(alarm: Flags, truth: Flags) -> tuple[int, int, int]:
    """Return how many were told rightly, told, and true."""
    return int((alarm & truth).sum()), int(alarm.sum()), int(truth.sum())


def _with_interval(value: float, drawn: Sequence[float]) -> tuple[float, tuple[float, float]]:
    low, high = np.quantile(drawn, [0.025, 0.975])
    return round(100 * value, 1), (round(100 * float(low), 1), round(100 * float(high), 1))


def _lead(alarm: Flags, cases: Sequence[Case]) -> float:
    """Return the mean months for which the alarm was on up to the first idle one, of tails that go idle."""
    runs: dict[str, dict[int, tuple[bool, bool]]] = defaultdict(dict)
    for flag, case in zip(alarm, cases, strict=True):
        runs[case.tail][case.predicted] = (bool(flag), case.is_idle)
    leads = []
    for months in runs.values():
        idle = [month for month in sorted(months) if months[month][1]]
        if not idle or idle[0] == min(months):
            continue
        lead = 0
        while months.get(idle[0] - lead, (False, False))[0]:
            lead += 1
        leads.append(lead)
    return sum(leads) / len(leads)


def _truth(cases: Sequence[Case]) -> Flags:
    return np.array([case.is_idle for case in cases])


def _scores(cases: Sequence[Case]) -> NDArray[np.int64]:
    return np.array([score_asset(case.known).score for case in cases])


def _is_halved(case: Case) -> bool:
    before = case.known.records[:-1]
    return bool(before) and 2 * case.known.records[-1] * len(before) < sum(before)


def _best_threshold(cases: Sequence[Case]) -> int:
    """Return the score from which on precision and recall together are best (F1)."""
    scores, truth = _scores(cases), _truth(cases)
    return max(range(5, 100, 5), key=lambda least: _f1(scores >= least, truth))


def _best_share(shares: NDArray[np.float64], truth: Flags) -> float:
    return float(max(np.arange(0.1, 0.9, 0.05), key=lambda least: _f1(shares >= least, truth)))


def _f1(alarm: Flags, truth: Flags) -> float:
    right, told, true = _sums(alarm, truth)
    return 2 * right / max(1, told + true)


@dataclass(frozen=True, slots=True)
class Planted:
    """How a rule did on customers whose truth is known."""

    rule: str
    found_percent: float
    """Declining customers told within a year of the month from which they decline."""
    false_percent: float
    """Steady customers told at least once in a year."""
    delay_months: float
    """Median of the months from the start of the decline to the alarm, of those told."""
    used_percent: float
    """Mean use, percent of before, that was left when it was told."""


_CUSTOMERS = 1_000
_START = 12


def judge_planted() -> list[Planted]:
    """Plant a decline of 3 % a month in half of a thousand customers with 10 % noise, and see who is told when."""
    draw = random.Random(_SEED)
    customers = [_planted(draw, is_declining=number % 2 == 0) for number in range(_CUSTOMERS)]
    rules: dict[str, Callable[[Sequence[Decimal]], bool]] = {
        "trend beyond chance (Theil–Sen, 95 %)": _declines,
        "naive: less than the month before, twice in a row": lambda use: use[-1] < use[-2] < use[-3],
        "naive: below 80 % of the year before": lambda use: use[-1] * 12 * 10 < sum(use[-13:-1]) * 8,
    }
    return [_judge_planted(name, rule, customers) for name, rule in rules.items()]


def _planted(draw: random.Random, *, is_declining: bool) -> list[Decimal]:
    level, use = 1_000.0, []
    for month in range(2 * _START):
        if is_declining and month >= _START:
            level *= 0.97
        use.append(Decimal(round(max(0.0, draw.gauss(level, 100)))))
    return use


def _declines(use: Sequence[Decimal]) -> bool:
    found = trend_percent(use[-12:])
    return found is not None and found.high < 0 and found.slope <= -1


def _judge_planted(
    name: str, rule: Callable[[Sequence[Decimal]], bool], customers: Sequence[Sequence[Decimal]]
) -> Planted:
    delays: list[int] = []
    false = 0
    for number, use in enumerate(customers):
        told = next((month for month in range(_START + 1, 2 * _START + 1) if rule(use[:month])), None)
        if number % 2 == 0:
            delays += [told - _START] if told is not None else []
        else:
            false += told is not None
    half = len(customers) / 2
    left = [100 * 0.97**delay for delay in delays]
    return Planted(
        name,
        round(100 * len(delays) / half, 1),
        round(100 * false / half, 1),
        float(median(delays)),
        round(sum(left) / len(left), 1),
    )


def tables(counts: dict[str, Any], assets: Sequence[Judgement], planted: Sequence[Planted]) -> list[str]:
    """Write the figures as the rows of the tables of docs/churn.md."""
    rows = [
        f"{counts['tails']:,} tails, {counts['cases_judged']:,} tail-months judged, {counts['idle_percent']} % idle"
    ]
    rows += [
        f"| {each.rule} | {each.alarms:,} | {each.precision} ({each.precision_interval[0]} to "
        f"{each.precision_interval[1]}) | {each.recall} ({each.recall_interval[0]} to {each.recall_interval[1]}) | "
        f"{each.lead_months} |"
        for each in assets
    ]
    rows += [
        f"| {each.rule} | {each.found_percent} | {each.false_percent} | {each.delay_months:g} | {each.used_percent} |"
        for each in planted
    ]
    return rows


def report(console: Console) -> None:
    """Judge, print and write out/churn.json."""
    counts, assets = judge_assets()
    planted = judge_planted()
    _OUT.parent.mkdir(exist_ok=True)
    lines = tables(counts, assets, planted)
    _OUT.write_text(json.dumps(lines, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"Idle next month: {lines[0]}")
    _print(console, ("Rule", "Alarms", "Precision %", "Recall %", "Lead, months"), lines[1 : 1 + len(assets)])
    console.print("Planted decline of 3 % a month with 10 % noise")
    _print(console, ("Rule", "Found %", "False %", "Delay, months", "Use left %"), lines[1 + len(assets) :])


def _print(console: Console, headings: Sequence[str], lines: Sequence[str]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left")
    for line in lines:
        table.add_row(*(cell.strip() for cell in line.strip("|").split("|")))
    console.print(table)


if __name__ == "__main__":
    report(Console(width=None if sys.stdout.isatty() else 160))

"""Risk: points that add up, each with its fact, and no better signal makes more of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
from hypothesis import given
from scipy import stats

from dutycycle.offers.risk import Signals, score
from dutycycle.offers.trend import trend_percent

percents = st.integers(0, 100).map(Decimal)
signals = st.builds(
    Signals,
    months=st.integers(1, 24),
    trend_percent_per_month=st.integers(-20, 20).map(Decimal),
    trend_interval=st.none() | st.just((Decimal(-9), Decimal(-1))) | st.just((Decimal(-9), Decimal(1))),
    utilisation_3_percent=st.none() | st.integers(0, 200).map(Decimal),
    shortfall_share_percent=percents,
    overage_share_percent=percents,
    idle_percent=percents,
    shock_percent=st.integers(-50, 200).map(Decimal),
    unusable_percent=st.none() | percents,
    months_to_expiry=st.integers(0, 60),
)
WORSE = {
    "trend_percent_per_month": Decimal(-3),
    "shortfall_share_percent": Decimal(7),
    "overage_share_percent": Decimal(9),
    "idle_percent": Decimal(5),
    "shock_percent": Decimal(12),
}


@given(signals)
def test_points_add_up_and_have_facts(given_signals: Signals) -> None:
    risk = score(given_signals)
    assert 0 <= risk.score <= 100
    assert risk.score == min(100, sum(factor.points for factor in risk.factors))
    assert all(factor.points > 0 and factor.fact for factor in risk.factors)
    assert [f.points for f in risk.factors] == sorted((f.points for f in risk.factors), reverse=True)


@given(signals, st.sampled_from(sorted(WORSE)))
def test_a_worse_signal_never_lowers_the_score(given_signals: Signals, name: str) -> None:
    worse: dict[str, Any] = {name: getattr(given_signals, name) + WORSE[name]}
    assert score(replace(given_signals, **worse)).score >= score(given_signals).score


@given(signals, st.integers(1, 30))
def test_less_use_and_a_nearer_end_never_lower_the_score(given_signals: Signals, less: int) -> None:
    nearer = replace(given_signals, months_to_expiry=max(0, given_signals.months_to_expiry - less))
    assert score(nearer).score >= score(given_signals).score
    if given_signals.utilisation_3_percent is not None:
        lower = replace(given_signals, utilisation_3_percent=given_signals.utilisation_3_percent - less)
        assert score(lower).score >= score(given_signals).score


@given(st.lists(st.integers(1, 10_000).map(Decimal), min_size=6, max_size=24))
def test_the_interval_of_a_trend_is_that_of_scipy(values: list[Decimal]) -> None:
    found = trend_percent(values)
    assert found is not None
    slope, _, low, high = stats.theilslopes([float(value) for value in values], alpha=0.95)
    mean = float(sum(values)) / len(values) / 100
    for ours, theirs in ((found.slope, slope), (found.low, low), (found.high, high)):
        assert abs(float(ours) - theirs / mean) < 1e-6 * max(1, abs(theirs / mean))


def test_too_few_months_or_nothing_used_have_no_interval() -> None:
    assert trend_percent([Decimal(1)] * 5) is None
    assert trend_percent([Decimal(0)] * 12) is None

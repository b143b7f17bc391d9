"""Alerts: each thing once, whatever is looked at when; nothing at night; projections only once they mean something."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given

from dutycycle.notify.alert import AlertKind, AlertSettings, Running, Use, alerts, next_morning

SETTINGS = AlertSettings("customers/xx", silent_days=5, budget=Decimal(1000))
MARCH = Running("customers/xx", date(2024, 3, 1), date(2024, 4, 1), date(2024, 3, 16), (), Decimal(0), "USD")


def running(used: int, *, baseline: int = 100, day: int = 16, before: tuple[int, ...] = ()) -> Running:
    use = Use("fleet/hours", "Fleet, hours", "hours", Decimal(used), Decimal(baseline), tuple(map(Decimal, before)))
    return replace(MARCH, uses=(use,), today=date(2024, 3, day))


def kinds(found: Running, settings: AlertSettings = SETTINGS) -> list[tuple[AlertKind, str]]:
    return [(alert.kind, alert.step) for alert in alerts(found, settings)]


@pytest.mark.parametrize(("used", "step"), [(49, None), (50, "50"), (79, "50"), (80, "80"), (100, "100"), (350, "100")])
def test_the_highest_share_reached_is_told(used: int, step: str | None) -> None:
    told = [s for kind, s in kinds(running(used, day=31)) if kind is AlertKind.BASELINE]
    assert told == ([step] if step else [])


def test_a_projection_is_told_from_a_quarter_of_the_month_on() -> None:
    assert AlertKind.PROJECTED_OVERAGE not in dict(kinds(running(40, day=5)))
    assert AlertKind.PROJECTED_OVERAGE in dict(kinds(running(40, day=10)))
    assert AlertKind.PROJECTED_OVERAGE not in dict(kinds(running(40, day=20)))
    quiet = replace(SETTINGS, projected_overage=False)
    assert AlertKind.PROJECTED_OVERAGE not in dict(kinds(running(40, day=10), quiet))


def test_an_unusual_month_is_told_by_the_customers_own_months() -> None:
    usual = (60, 62, 58, 61, 59, 63)
    assert AlertKind.UNUSUAL_USAGE not in dict(kinds(running(64, before=usual)))
    assert AlertKind.UNUSUAL_USAGE in dict(kinds(running(75, before=usual)))
    assert AlertKind.UNUSUAL_USAGE not in dict(kinds(running(75, before=usual[:5])))


def test_silent_assets_and_the_budget_are_told_if_wanted() -> None:
    found = replace(running(0), silent=(("assets/a1", 4), ("assets/a2", 9)), cost=Decimal(850))
    told = alerts(found, SETTINGS)
    assert [(a.kind, a.subject) for a in told] == [
        (AlertKind.BUDGET, "budget"),
        (AlertKind.SILENT_ASSET, "assets/a2"),
    ]
    assert "80 % of your budget of 1,000.00 USD" in told[0].text
    assert kinds(found, replace(SETTINGS, silent_days=0, budget=None)) == []


@given(st.lists(st.integers(0, 200), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_each_thing_has_one_name_whatever_the_order_of_looks(looks: list[int], shuffle: random.Random) -> None:
    """What is stored by name is told once: usage only grows, and looking again or out of order adds nothing."""
    ordered = {alert.name for used in sorted(looks) for alert in alerts(running(used, day=31), SETTINGS)}
    shuffle.shuffle(looks)
    again = {alert.name for used in [*looks, *looks] for alert in alerts(running(used, day=31), SETTINGS)}
    assert ordered == again
    assert len(ordered) <= 4, "50, 80 and 100 %, and the projection"


@given(st.datetimes(timezones=st.just(UTC)), st.integers(0, 23), st.integers(0, 23))
def test_quiet_hours_end_in_the_morning_after(local: datetime, start: int, end: int) -> None:
    settings = replace(SETTINGS, quiet_from_hour=start, quiet_to_hour=end)
    if start == end:
        assert not settings.is_quiet(local)
        return
    hours = sum(settings.is_quiet(datetime(2024, 5, 5, hour, tzinfo=UTC)) for hour in range(24))
    assert hours == (end - start) % 24
    if settings.is_quiet(local):
        morning = next_morning(local, settings)
        assert local <= morning <= local + timedelta(days=1)
        assert not settings.is_quiet(morning)

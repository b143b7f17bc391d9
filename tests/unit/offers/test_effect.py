"""What offers did: counted by customer, compared with those held out, and silent where there is too little to say."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from scipy import stats

from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.answer import Answer, AnswerKind
from dutycycle.offers.comparison import MonthComparison
from dutycycle.offers.effect import CustomerMonth, Exposure, RealisedSaving, _student, measure

MARCH = date(2024, 3, 1)
NOW = datetime(2024, 4, 2, tzinfo=UTC)


def exposure(customer: str, month: int, *, withheld: bool = False, opened: bool = False) -> Exposure:
    offered, kept = ("", "right-size") if withheld else ("right-size", "")
    name = f"decisions/{customer}-2024-{month:02}"
    return Exposure(name, f"customers/{customer}", date(2024, month, 1), offered, kept, opened)


def answer(customer: str, month: int, kind: AnswerKind) -> Answer:
    name = f"decisions/{customer}-2024-{month:02}"
    return Answer(name, f"customers/{customer}", date(2024, month, 1), "right-size", kind, "x", "", NOW)


def months(before: float, after: float, used: float = 100) -> list[CustomerMonth]:
    return [
        CustomerMonth(date(2024, month, 1), Decimal(100) if month <= 3 else Decimal(used), Decimal(round(cost)))
        for month in range(1, 7)
        for cost in [before if month <= 3 else after]
    ]


def test_customers_are_counted_once_however_often_they_see_it() -> None:
    exposures = [exposure("a", 3, opened=True), exposure("a", 6), exposure("b", 3), exposure("c", 3, withheld=True)]
    answers = [answer("a", 6, AnswerKind.ACCEPTED), answer("b", 3, AnswerKind.DECLINED)]
    [found] = measure(exposures, answers, {})
    assert (found.shown, found.opened, found.accepted, found.declined, found.held_out) == (2, 1, 1, 1, 1)
    assert found.revenue is None
    assert found.conclusion.startswith("Not enough data: 0 treated and 0 held out")


def group(draw: random.Random, change: float, count: int, name: str) -> dict[str, list[CustomerMonth]]:
    """Make customers whose bill changes by so many percent, give or take."""
    return {
        f"customers/{name}{n}": months(10_000, 10_000 * (1 + (change + draw.gauss(0, 4)) / 100)) for n in range(count)
    }


def test_a_planted_difference_is_found_with_its_interval() -> None:
    draw = random.Random(5)
    treated, held_out = group(draw, -12, 60, "t"), group(draw, -2, 40, "h")
    exposures = [exposure(name[10:], 3) for name in treated]
    exposures += [exposure(name[10:], 3, withheld=True) for name in held_out]
    [found] = measure(exposures, [], treated | held_out)
    assert found.revenue is not None
    assert found.revenue.low < -10 < found.revenue.high < 0
    assert "a difference beyond chance; 60 treated and 40 held out" in found.conclusion


def test_the_interval_holds_what_it_promises() -> None:
    """With no true difference 95 of 100 intervals contain zero: over 400 draws 380, give or take chance."""
    draw, covered = random.Random(6), 0
    for _ in range(400):
        treated, held_out = group(draw, 0, 12, "t"), group(draw, 0, 10, "h")
        exposures = [exposure(name[10:], 3) for name in treated]
        exposures += [exposure(name[10:], 3, withheld=True) for name in held_out]
        [found] = measure(exposures, [], treated | held_out)
        assert found.revenue is not None
        covered += found.revenue.low <= 0 <= found.revenue.high
    assert abs(covered - 380) < 4 * (400 * 0.95 * 0.05) ** 0.5


@pytest.mark.parametrize("freedom", [9, 12, 20, 57.3, 1000])
def test_students_quantile_is_the_one_of_the_tables(freedom: float) -> None:
    assert _student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=0.001)


def test_retained_are_those_who_still_use_half() -> None:
    exposures = [exposure("a", 3), exposure("b", 3), exposure("c", 3, withheld=True)]
    use = {"customers/a": months(1, 1), "customers/b": months(1, 1, used=40), "customers/c": months(1, 1, used=10)}
    [found] = measure(exposures, [], use)
    assert (found.retained_percent, found.held_out_retained_percent) == (50, 0)


def test_a_realised_saving_is_what_the_months_came_to() -> None:
    def usd(amount: int) -> Money:
        return Money(Decimal(amount), "USD")

    period = BillingPeriod.month(2024, 5)
    compared = (MonthComparison(period, usd(100), usd(70)), MonthComparison(period.next_month(), usd(100), usd(120)))
    saving = RealisedSaving(answer("a", 3, AnswerKind.ACCEPTED), usd(30), compared)
    assert (saving.realised, saving.realised_monthly) == (usd(10), usd(5))
    none_yet = RealisedSaving(answer("a", 3, AnswerKind.ACCEPTED), usd(30), ())
    assert none_yet.realised_monthly.amount == 0

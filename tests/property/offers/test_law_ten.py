"""An offer never changes what is due, never reaches who opted out, and claims money only where rating proves it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given, settings

from dutycycle.kit.money import total
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.adviser import Adviser, Past
from dutycycle.offers.candidate import ProgramCandidate
from dutycycle.offers.decision import Decision, Printed, Standing, Treatment
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.program import Program
from dutycycle.offers.wording import Texts
from dutycycle.runtime import tenancy
from tests.unit.offers.lessee import HIGHER_TIER, REDEPLOYMENT, RIGHT_SIZE, TELEMETRY, Lessee, months, terms

OFFERS = (Treatment.PROGRAM, Treatment.PRODUCT)
POLICY = Policy()

hours = st.decimals(0, 500, places=1)
programs = st.builds(
    replace,
    st.sampled_from([RIGHT_SIZE, HIGHER_TIER]),
    id=st.uuids().map(str),
    baseline_percent_of_usage=st.integers(60, 130).map(Decimal),
    usage_months=st.integers(1, 6),
    base_rate_percent=st.integers(60, 105).map(Decimal),
    overage_rate_percent=st.integers(60, 120).map(Decimal),
    minimum_percent=st.integers(50, 150).map(Decimal),
    term_extension_months=st.integers(0, 36),
    margin_floor=st.sampled_from([Decimal(-5_000_000), Decimal(0), Decimal(50_000)]),
    minimum_saving_percent=st.integers(0, 10).map(Decimal),
)
lessees = st.builds(
    Lessee,
    agreed=st.builds(
        terms,
        base=st.integers(0, 200_000).map(str) | st.sampled_from(["120000", "150000"]),
        hours=st.decimals(0, 300, places=1).map(str) | st.just("100"),
        aircraft=st.integers(0, 20).map(str),
        minimum=st.none() | st.integers(0, 9_000).map(str),
    ),
    # Often steady, since programs ask for months in a row on one side of the baseline.
    hours=(hours | st.integers(20, 180).map(Decimal)).map(lambda used: [used] * 12)
    | st.lists(hours, min_size=12, max_size=12),
    aircraft=st.just([]) | st.lists(st.integers(0, 20), max_size=12),
    programs=st.lists(programs, min_size=1, max_size=4).map(tuple),
    products=st.sampled_from([(), (), (TELEMETRY, REDEPLOYMENT)]),
)
counts = st.just(RecordCounts(100, 1, 0)) | st.tuples(*[st.integers(0, 400)] * 3).map(
    lambda parts: RecordCounts(sum(parts), parts[0], parts[1])
)
month_numbers = st.sampled_from([12, 9, 6, 4, 3, 2, 1])
refusals = st.builds(Standing, opted_out=st.text(min_size=1)) | st.just(Standing(in_dispute=True))


def decide(
    lessee: Lessee, month: int, records: RecordCounts, standing: Standing, printed: list[Printed] | None = None
) -> Decision:
    adviser = Adviser(lessee, POLICY)
    period = BillingPeriod.month(2013, month)
    with tenancy.bound("lessor"):
        return asyncio.run(adviser.decide("customers/xx", period, records, standing, Past(printed or [])))


def program_candidates(decision: Decision) -> list[ProgramCandidate]:
    return [candidate for candidate in decision.candidates if isinstance(candidate, ProgramCandidate)]


@given(lessees, month_numbers, counts, refusals)
@settings(max_examples=150, deadline=None)
def test_nothing_reaches_who_opted_out_or_disputes(
    lessee: Lessee, month: int, records: RecordCounts, standing: Standing
) -> None:
    found = decide(lessee, month, records, standing)
    assert found.treatment is Treatment.NONE
    assert found.texts == Texts()
    assert found.subject == ""


@given(lessees, month_numbers, counts, refusals)
@settings(max_examples=150, deadline=None)
def test_figures_of_the_bill_are_the_same_with_and_without_offers(
    lessee: Lessee, month: int, records: RecordCounts, refused: Standing
) -> None:
    before = months(lessee, month)
    open_to_offers = decide(lessee, month, records, Standing())
    without = decide(lessee, month, records, refused)
    assert open_to_offers.assessment == without.assessment
    assert (open_to_offers.tone, open_to_offers.announcement) == (without.tone, without.announcement)
    assert list(open_to_offers.assessment.months) == before == months(lessee, month)


@given(lessees, month_numbers, counts)
@settings(max_examples=150, deadline=None)
def test_money_is_claimed_only_where_rating_again_proves_it(lessee: Lessee, month: int, records: RecordCounts) -> None:
    found = decide(lessee, month, records, Standing())
    if found.treatment is not Treatment.PROGRAM:
        assert (found.texts.proof, found.texts.trade, found.texts.legal) == ("", "", "")
        assert found.treatment is not Treatment.PRODUCT or "$" not in found.texts.headline + found.texts.why
        return
    chosen = next(candidate for candidate in program_candidates(found) if candidate.subject == found.subject)
    periods = [BillingPeriod.month(2013, number) for number in range(1, month + 1)]
    present = total([lessee.month(period).cost for period in periods], "USD")
    other = chosen.alternative
    offered = total([lessee.cost(other.terms, other.changes, period) for period in periods], "USD")
    saving = present - offered
    assert saving.amount > 0
    assert saving.amount * 100 >= (chosen.program.minimum_saving_percent - Decimal("0.05")) * present.amount
    assert chosen.lessor_margin.amount >= chosen.program.margin_floor
    assert saving.text() in found.texts.headline
    assert found.texts.proof.startswith(
        f"Your last {month} months would have cost {offered.text()} instead of {present.text()}. "
        f"That is {saving.text()} or "
    )


@given(lessees, month_numbers, counts)
@settings(max_examples=150, deadline=None)
def test_offered_program_is_the_best_of_those_that_may_be_offered(
    lessee: Lessee, month: int, records: RecordCounts
) -> None:
    found = decide(lessee, month, records, Standing())
    savings = {
        candidate.subject: brute_saving(lessee, candidate, month)
        for candidate in program_candidates(found)
        if not candidate.obstacles
    }
    if savings:
        assert found.treatment is Treatment.PROGRAM
        assert savings[found.subject] == max(savings.values())
    else:
        assert found.treatment is not Treatment.PROGRAM


def brute_saving(lessee: Lessee, candidate: ProgramCandidate, month: int) -> Decimal:
    saving = Decimal(0)
    for number in range(1, month + 1):
        period = BillingPeriod.month(2013, number)
        offered = lessee.cost(candidate.alternative.terms, candidate.alternative.changes, period)
        saving += lessee.month(period).cost.amount - offered.amount
    return saving


@given(lessees, month_numbers, counts)
@settings(max_examples=150, deadline=None)
def test_best_plan_is_claimed_only_where_no_open_program_saves_enough(
    lessee: Lessee, month: int, records: RecordCounts
) -> None:
    found = decide(lessee, month, records, Standing())
    if found.treatment is Treatment.BEST_PLAN:
        open_savings = [candidate.comparison.saving.amount for candidate in program_candidates(found)]
        assert not any(candidate.saves for candidate in program_candidates(found))
        if found.texts.headline == "You are on your best plan":
            assert all(saving <= 0 for saving in open_savings)


@given(lessees, st.lists(counts, min_size=12, max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_program_is_printed_twice_in_three_months(lessee: Lessee, records: list[RecordCounts]) -> None:
    printed: list[Printed] = []
    for month in range(1, 13):
        found = decide(lessee, month, records[month - 1], Standing(), printed)
        if found.treatment in OFFERS:
            printed.append(Printed(found.period.start, found.treatment, found.subject))
    programs_printed = [p.period_start.month for p in printed if p.treatment is Treatment.PROGRAM]
    assert all(later - earlier >= 3 for earlier, later in pairwise(programs_printed))


@given(programs, lessees, month_numbers, st.lists(hours, min_size=12, max_size=12))
@settings(max_examples=100, deadline=None)
def test_what_is_used_later_changes_no_decision(
    program: Program, lessee: Lessee, month: int, later: list[Decimal]
) -> None:
    known = replace(lessee, programs=(program,))
    other = replace(known, hours=[*lessee.hours[:month], *later[month:]])
    records = RecordCounts(100, 0, 0)
    first, second = decide(known, month, records, Standing()), decide(other, month, records, Standing())
    assert (first.treatment, first.texts, first.reason) == (second.treatment, second.texts, second.reason)

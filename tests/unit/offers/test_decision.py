"""Which treatment an invoice gets, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dutycycle.kit import clock
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.adviser import Adviser, Past
from dutycycle.offers.candidate import ClosedProgram, ProgramCandidate
from dutycycle.offers.decision import Decision, Printed, Standing, Tone, Treatment
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import RecordCounts, Trigger
from dutycycle.offers.wording import Texts
from dutycycle.runtime import tenancy
from tests.unit.offers.lessee import HIGHER_TIER, REDEPLOYMENT, RIGHT_SIZE, TELEMETRY, Lessee, steady, terms

CLEAN = RecordCounts(received=1000, rejected=10, waiting=0)


async def decide(
    lessee: Lessee,
    month: int = 12,
    records: RecordCounts = CLEAN,
    standing: Standing = Standing(),  # noqa: B008  # frozen, and the usual case
    printed: Sequence[Printed] = (),
) -> Decision:
    with clock.frozen(datetime(2014, 1, 3, tzinfo=UTC)):
        period = BillingPeriod.month(2013, month)
        with tenancy.bound("lessor"):
            return await Adviser(lessee, Policy()).decide("customers/xx", period, records, standing, Past(printed))


def candidate(decision: Decision, subject: str) -> ProgramCandidate:
    return next(c for c in decision.candidates if isinstance(c, ProgramCandidate) and c.subject == subject)


async def test_program_with_a_proven_saving_is_offered_with_its_numbers() -> None:
    found = await decide(Lessee(terms(), steady("60")))
    assert found.name == "decisions/xx-2013-12"
    assert (found.treatment, found.subject) == (Treatment.PROGRAM, "right-size")
    # Twelve months at 101,000 become 62,400 of base and 1,000 of cycles.
    assert found.texts.headline == "Right-size: your last 12 months would have cost $451,200.00 less"
    assert found.texts.proof == (
        "Your last 12 months would have cost $760,800.00 instead of $1,212,000.00. "
        "That is $451,200.00 or 37.2 % less, rated month by month as your bills are."
    )
    assert found.texts.why == (
        "You used 60 flight hours in December 2013 against 100 agreed, and less than agreed for 12 months in a row. "
        "Over your last 12 months you used 60 % of what was agreed."
    )
    assert found.texts.trade == (
        "Your baseline would become 60 flight hours a month, for $62,400.00 a month instead of $100,000.00. "
        "In return the term would be 24 months longer, to 31 December 2015."
    )
    assert found.texts.legal == "Subject to approval."


async def test_lessor_margin_weighs_the_longer_term_against_the_saving_until_the_present_end() -> None:
    found = await decide(Lessee(terms(), steady("60")), month=6)
    # 24 months × 20 % of 62,400, less six months of a saving of 37,600.
    assert candidate(found, "right-size").lessor_margin.amount == Decimal("73920.00")


async def test_margin_below_the_floor_withholds_a_program_and_does_not_claim_the_best_plan() -> None:
    program = replace(RIGHT_SIZE, margin_floor=Decimal(400_000))
    found = await decide(Lessee(terms(), steady("60"), programs=(program,)))
    assert found.treatment is Treatment.NONE
    assert found.texts.headline == ""
    assert "lessor margin $299,520.00 is below the floor of $400,000.00" in found.reason


async def test_customer_above_its_baseline_is_offered_the_higher_tier() -> None:
    found = await decide(Lessee(terms(), steady("140")))
    assert (found.treatment, found.subject) == (Treatment.PROGRAM, "higher-tier")
    assert found.texts.why.startswith(
        "You used 140 flight hours in December 2013 against 100 agreed, and more than agreed for 12 months in a row."
    )


async def test_a_program_is_only_open_where_it_moves_the_baseline_its_way() -> None:
    """The higher tier is cheaper per hour, so it would save who is below the baseline too; it is not made for them."""
    found = await decide(Lessee(terms(), steady("60"), programs=(HIGHER_TIER,)))
    [closed] = [c for c in found.candidates if c.subject == "higher-tier"]
    assert isinstance(closed, ClosedProgram)
    assert closed.obstacles == ("made for use above the baseline, and would not move it that way",)
    assert closed.obstacles == ("made for use above the baseline, and would not move it that way",)
    assert found.treatment is Treatment.BEST_PLAN


async def test_best_plan_says_what_was_compared() -> None:
    found = await decide(Lessee(terms(), steady("98")))
    assert found.treatment is Treatment.BEST_PLAN
    assert found.texts.headline == "You are on your best plan"
    # 98 hours at 104 % cost 101,920 instead of 100,000.
    assert found.texts.why == (
        "You used 98 of 100 agreed flight hours in December 2013. We rated your last 12 months on the one other plan "
        "made for such use: you would have paid at least $23,040.00 (1.9 %) more."
    )
    assert (found.texts.proof, found.texts.trade) == ("", "")


async def test_a_small_saving_is_told_and_not_called_the_best_plan() -> None:
    found = await decide(Lessee(terms(), steady("94")))
    assert found.treatment is Treatment.BEST_PLAN
    assert found.texts.headline == "No other plan is worth a change yet"
    assert "at best you would have paid $26,880.00 (2.2 %) less" in found.texts.why


async def test_product_names_the_fact_and_no_money() -> None:
    found = await decide(Lessee(terms(), steady("100")), records=RecordCounts(200, 12, 3))
    assert (found.treatment, found.subject) == (Treatment.PRODUCT, "telemetry")
    assert found.texts.headline == "15 of 200 records could not be billed"
    assert found.texts.why == (
        "15 of 200 usage records of December 2013 (7.5 %) were rejected or wait for an asset. It reports each flight."
    )


async def test_estimates_trigger_their_product() -> None:
    remote = replace(TELEMETRY, id="remote-reads", trigger=Trigger.ESTIMATED_RECORDS)
    lessee = Lessee(terms(), steady("100"), products=(remote,))
    found = await decide(lessee, records=RecordCounts(200, 0, 0, estimated=30))
    assert (found.subject, found.texts.headline) == ("remote-reads", "30 of 200 records were estimates")
    assert found.texts.why.startswith("30 of 200 usage records of December 2013 (15 %) were estimated instead of read.")
    assert found.assessment.estimated_percent == 15
    few = await decide(lessee, records=RecordCounts(200, 0, 0, estimated=1))
    assert few.treatment is Treatment.BEST_PLAN


async def test_idle_assets_trigger_their_product() -> None:
    found = await decide(Lessee(terms(), steady("100"), aircraft=[10] * 11 + [7]))
    assert (found.treatment, found.subject) == (Treatment.PRODUCT, REDEPLOYMENT.id)
    assert found.texts.headline == "3 fewer aircraft in service than agreed"
    assert found.texts.why.startswith("7 aircraft had flights in December 2013, 30 % fewer than the 10 agreed.")


async def test_the_product_furthest_beyond_its_threshold_is_chosen() -> None:
    lessee = Lessee(terms(), steady("100"), aircraft=[10] * 11 + [7])
    assert (await decide(lessee, records=RecordCounts(100, 7, 0))).subject == "redeployment"
    assert (await decide(lessee, records=RecordCounts(100, 70, 0))).subject == "telemetry"


@pytest.mark.parametrize(("month", "said"), [(1, False), (2, False), (3, True)])
async def test_nothing_is_said_on_less_than_three_months(month: int, said: bool) -> None:
    found = await decide(Lessee(terms(), steady("100")), month=month)
    assert (found.treatment is not Treatment.NONE) is said
    assert bool(found.texts.headline) is said
    assert bool(found.candidates) is said


async def test_program_waits_for_the_history_it_needs() -> None:
    program = replace(RIGHT_SIZE, usage_months=6)
    early = await decide(Lessee(terms(), steady("60"), programs=(program,)), month=5)
    assert early.treatment is Treatment.NONE
    assert "needs 6 months of usage, there are 5" in early.reason
    assert (await decide(Lessee(terms(), steady("60"), programs=(program,)), month=6)).treatment is Treatment.PROGRAM


@pytest.mark.parametrize("standing", [Standing(opted_out="e-mail of 2014-01-02"), Standing(in_dispute=True)])
async def test_who_wants_none_or_disputes_gets_none(standing: Standing) -> None:
    found = await decide(Lessee(terms(), steady("60")), standing=standing)
    assert found.treatment is Treatment.NONE
    assert found.reason == standing.obstacle
    assert not found.candidates
    assert found.texts == Texts()


@pytest.mark.parametrize(("last", "rests"), [(9, False), (10, True), (11, True)])
async def test_programs_rest_together_for_three_months(last: int, rests: bool) -> None:
    printed = [Printed(date(2013, last, 1), Treatment.PROGRAM, "higher-tier")]
    found = await decide(Lessee(terms(), steady("60")), printed=printed)
    assert (found.treatment is Treatment.NONE) is rests
    if rests:
        until = date(2013 + (last + 3) // 13, (last + 2) % 12 + 1, 1)
        assert f"rests until {until:%B %Y}" in found.reason


async def test_a_product_rests_alone() -> None:
    printed = [Printed(date(2013, 11, 1), Treatment.PRODUCT, "telemetry")]
    lessee = Lessee(terms(), steady("100"), aircraft=[10] * 11 + [7])
    found = await decide(lessee, records=RecordCounts(100, 70, 0), printed=printed)
    assert found.subject == "redeployment"


async def test_bill_far_above_the_usual_is_announced_even_to_who_wants_no_offers() -> None:
    lessee = Lessee(terms(), [*steady("100", 3), Decimal(150)])
    found = await decide(lessee, month=4, standing=Standing(opted_out="letter"))
    assert found.tone is Tone.CAREFUL
    # 75,000 for the hours above on a usual 101,000.
    assert found.announcement == "74 % above your usual bill"


async def test_usual_bill_is_not_announced() -> None:
    found = await decide(Lessee(terms(), steady("100")))
    assert (found.tone, found.announcement) == (Tone.PLAIN, "")


async def test_only_history_up_to_the_period_is_asked_for() -> None:
    lessee = Lessee(terms(), steady("60"))
    await decide(lessee, month=7)
    assert max(period.start for period in lessee.asked) == date(2013, 7, 1)
    assert min(period.start for period in lessee.asked) == date(2013, 1, 1)

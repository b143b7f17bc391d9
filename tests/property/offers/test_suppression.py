"""Nothing is offered to who must not be offered anything, over ten thousand random portfolios; groups never move."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.adviser import Adviser, Past
from dutycycle.offers.answer import Answer, AnswerKind
from dutycycle.offers.campaign import Campaign, Draw, Group
from dutycycle.offers.decision import Decision, Printed, Standing, Treatment
from dutycycle.offers.policy import Policy
from dutycycle.offers.product import RecordCounts
from dutycycle.offers.wording import Texts
from dutycycle.runtime import tenancy
from tests.unit.offers.lessee import HIGHER_TIER, REDEPLOYMENT, RIGHT_SIZE, TELEMETRY, Lessee, terms

PORTFOLIOS = 10_000
POLICY = Policy()
OFFERS = (Treatment.PROGRAM, Treatment.PRODUCT)
DECEMBER = BillingPeriod.month(2013, 12)
CAMPAIGN = Campaign("half", frozenset(), Decimal(50), "half")
NOW = datetime(2014, 1, 2, tzinfo=UTC)
REASONS = ("opted out", "dispute", "arrears", "hardship", "control", "held out", "declined", "amended", "cap")


def made(draw: random.Random) -> Lessee:
    """Make a lessee whose use calls for an offer more often than not."""
    share = draw.choice([draw.randint(20, 90), draw.randint(110, 180), draw.randint(0, 300)])
    return Lessee(
        agreed=terms(base=str(draw.randint(50_000, 200_000)), aircraft=str(draw.randint(1, 20))),
        hours=[Decimal(max(0, share + draw.randint(-10, 10))) for _ in range(12)],
        aircraft=[draw.randint(0, 20) for _ in range(12)],
        programs=(RIGHT_SIZE, HIGHER_TIER),
        products=(TELEMETRY, REDEPLOYMENT),
    )


def answer(kind: AnswerKind, subject: str, month: int) -> Answer:
    start = date(2013, month, 1)
    return Answer("decisions/xx", "customers/xx", start, subject, kind, "somebody", "", NOW)


async def decide(lessee: Lessee, standing: Standing, past: Past, records: RecordCounts) -> Decision:
    return await Adviser(lessee, POLICY).decide("customers/xx", DECEMBER, records, standing, past)


async def one(draw: random.Random) -> tuple[str, bool]:
    """Decide for one random customer that must not be offered something; return why, and whether it would have been."""
    lessee, records = made(draw), RecordCounts(100, draw.choice([0, 0, 9, 40]), 0)
    free = Past(), Standing()
    why = draw.choice(
        ["opted out", "dispute", "arrears", "hardship", "control", "held out", "declined", "amended", "cap"]
    )
    standing = {
        "opted out": Standing(opted_out="letter of 2013-05-02"),
        "dispute": Standing(in_dispute=True),
        "arrears": Standing(in_arrears=True),
        "hardship": Standing(in_hardship=True),
    }.get(why, free[1])
    everything = [RIGHT_SIZE.id, HIGHER_TIER.id, TELEMETRY.id, REDEPLOYMENT.id]
    past = {
        "declined": Past(answers=[answer(AnswerKind.DECLINED, subject, draw.randint(1, 12)) for subject in everything]),
        "amended": Past(answers=[answer(AnswerKind.ACCEPTED, RIGHT_SIZE.id, draw.randint(1, 12))]),
        "cap": Past([Printed(date(2013, month, 1), Treatment.PRODUCT, "other") for month in range(1, 7)]),
    }.get(why, free[0])
    if why == "control":
        lessee.control_percent = Decimal(100)
    if why == "held out":
        lessee.campaigns = (Campaign("all", frozenset(), Decimal(100), "all"),)
    found = await decide(lessee, standing, past, records)
    if why == "amended":
        assert found.treatment is not Treatment.PROGRAM
    else:
        assert found.treatment not in OFFERS, (why, found.reason)
        assert not found.added
    if found.treatment is Treatment.NONE:
        assert found.texts == Texts()
    assert found.expire_time is None
    withheld = bool(found.withheld_subject)
    if withheld:
        assert found.group is (Group.CONTROL if why == "control" else Group.HELD_OUT)
    return why, withheld


async def all_of_them() -> dict[str, list[bool]]:
    draw = random.Random(2013)
    seen: dict[str, list[bool]] = {}
    for _ in range(PORTFOLIOS):
        why, withheld = await one(draw)
        seen.setdefault(why, []).append(withheld)
    return seen


def test_nothing_is_offered_to_who_must_not_be_offered_anything() -> None:
    with tenancy.bound("lessor"):
        seen = asyncio.run(all_of_them())
    assert len(seen) == len(REASONS)
    assert sum(map(len, seen.values())) == PORTFOLIOS
    # The rule had something to hold back: most of those held out would have been offered something.
    assert sum(seen["held out"]) > len(seen["held out"]) / 2


CUSTOMERS = [f"customers/c{number}" for number in range(20_000)]


def groups() -> list[bool]:
    return [CAMPAIGN.holds_out("lessor", customer) for customer in CUSTOMERS]


def test_groups_are_the_same_in_every_process_and_order() -> None:
    """Nothing of a run, a machine or an order goes into the draw; a restart moves nobody."""
    program = (
        "from decimal import Decimal; from dutycycle.offers.campaign import Campaign;"
        "c = Campaign('half', frozenset(), Decimal(50), 'half');"
        "print(''.join('01'[c.holds_out('lessor', f'customers/c{n}')] for n in reversed(range(20_000))))"
    )
    for seed in ("0", "1"):
        run = subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": seed}
        )
        assert [letter == "1" for letter in run.stdout.strip()[::-1]] == groups()


def test_groups_are_of_the_size_asked_for_and_apart_from_one_another() -> None:
    for percent in (5, 15, 50):
        campaign = Campaign("c", frozenset(), Decimal(percent), f"seed {percent}")
        held = sum(campaign.holds_out("lessor", customer) for customer in CUSTOMERS)
        expected, spread = len(CUSTOMERS) * percent / 100, (len(CUSTOMERS) * percent * (100 - percent)) ** 0.5 / 100
        assert abs(held - expected) < 4 * spread
    other = Campaign("other", frozenset(), Decimal(50), "other")
    both = sum(a and other.holds_out("lessor", c) for a, c in zip(groups(), CUSTOMERS, strict=True))
    assert abs(both - len(CUSTOMERS) / 4) < 4 * (len(CUSTOMERS) * 3 / 16) ** 0.5
    assert not any(Draw("lessor").is_control(customer) for customer in CUSTOMERS)


def test_another_percent_moves_nobody_into_treatment() -> None:
    """A larger hold-out contains the smaller one: raising it exposes nobody who was held out."""
    small = Campaign("c", frozenset(), Decimal(10), "seed")
    large = Campaign("c", frozenset(), Decimal(20), "seed")
    assert all(large.holds_out("lessor", c) for c in CUSTOMERS if small.holds_out("lessor", c))

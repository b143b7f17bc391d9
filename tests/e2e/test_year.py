"""The whole job on real input: what issue-level promises say of the year, looked up in what came out."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from email import message_from_bytes, policy
from typing import Any, TypeVar

import pypdf
import pytest

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli import bill
from dutycycle.cli.client import Client, connected
from dutycycle.cli.demo.feed import SWAPPED
from dutycycle.cli.demo.story import PERIODS, Story
from dutycycle.runtime.wire import money_from_proto, period_to_proto
from tests.e2e.recompute import Accepted, Bill, Line, recompute

T = TypeVar("T")
JUNE = date(2013, 6, 1)
ACCEPTED_OFFERS = {"FL": Accepted("right-size", JUNE), "VX": Accepted("higher-tier", JUNE)}
"""What the carriers of the story accept, and from which invoice; a test below holds that they do."""
FLIGHTS = 336_776
NO_TAIL, NO_AIR_TIME, WAITING, ACCEPTED = 2_512, 6_918, 2_024, 325_322


def ask(story: Story, work: Callable[[Client], Awaitable[T]]) -> T:
    """Call the services of a story as its lessor."""

    async def run() -> T:
        async with connected(story.settings()) as client:
            return await work(client)

    return asyncio.run(run())


@pytest.fixture(scope="session")
def judged() -> dict[tuple[str, str], Bill]:
    """Every invoice, worked out by the independent judge."""
    return recompute(accepted=ACCEPTED_OFFERS)


@pytest.fixture(scope="session")
def invoices(year: Story) -> dict[tuple[str, str], invoicing_pb2.Invoice]:
    """Every invoice, by carrier and month."""
    listed = ask(year, bill.list_invoices)
    return {_key(invoice): invoice for invoice in listed}


def _key(invoice: invoicing_pb2.Invoice) -> tuple[str, str]:
    start = invoice.period.start_date
    return invoice.customer.name.removeprefix("customers/").upper(), f"{start.year}-{start.month:02}"


def test_summary_has_the_figures_of_the_data(year: Story) -> None:
    summary: dict[str, Any] = json.loads((year.out / "summary.json").read_text())
    assert summary["received"] == FLIGHTS
    assert summary["accepted"] == ACCEPTED
    assert summary["waiting"] == WAITING
    assert summary["duplicate"] == 0
    assert summary["rejected"] == {"NO_ASSET_IDENTITY": NO_TAIL, "NO_METER_VALUE": NO_AIR_TIME}
    assert (summary["customers"], summary["billing_periods"], summary["invoices"]) == (16, 12, 192)
    assert summary["emails_delivered"] == len(list((year.out / "mail").rglob("*.eml"))) > 0
    assert all(count > 0 for count in summary["offers"].values()), summary["offers"]


def test_most_of_each_carriers_usage_is_accepted(year: Story) -> None:
    async def heads(client: Client) -> list[ingest_pb2.SourceHead]:
        return list((await client.ingest.ListSources(ingest_pb2.ListSourcesRequest())).sources)

    for head in ask(year, heads):
        totals = head.totals
        assert totals.received == totals.accepted + totals.waiting + totals.duplicate + totals.rejected
        first_time = totals.received - totals.duplicate
        assert totals.accepted >= 0.9 * first_time, head.source


def test_every_invoice_equals_the_independent_recomputation(
    invoices: dict[tuple[str, str], invoicing_pb2.Invoice], judged: dict[tuple[str, str], Bill]
) -> None:
    assert invoices.keys() == judged.keys()
    for key, invoice in invoices.items():
        lines = {line.id: money_from_proto(line.amount).amount for line in invoice.lines}
        assert lines == {line.id: line.amount for line in judged[key].lines}, key
        assert money_from_proto(invoice.total).amount == judged[key].total, key
        assert sum(lines.values()) == judged[key].total, key


def test_every_printed_saving_is_the_saving_re_rated(
    year: Story, invoices: dict[tuple[str, str], invoicing_pb2.Invoice]
) -> None:
    """Each offered program, rated once more by the billing core on its months, saves what the invoice says."""

    async def check(client: Client) -> int:
        checked = 0
        for invoice in invoices.values():
            if invoice.decision.treatment != offers_pb2.TREATMENT_PROGRAM:
                continue
            request = offers_pb2.GetDecisionRequest(name=invoice.decision.name)
            decision = (await client.offers.GetDecision(request)).decision
            rated = {c.subject: c for c in decision.candidates if c.months}
            offered = rated[decision.subject]
            present, other = [await _cost(client, decision, offered, on) for on in (None, offered.terms)]
            saving = present - other
            assert saving > 0
            assert f"${saving:,.2f}" in invoice.decision.headline, invoice.name
            assert f"${other:,.2f} instead of ${present:,.2f}" in invoice.decision.proof_text, invoice.name
            # No other program that may be offered would have saved more.
            best = max(_saving(each) for each in rated.values() if each.eligible)
            assert _saving(offered) == best, invoice.name
            checked += 1
        return checked

    assert ask(year, check) >= 10


async def _cost(
    client: Client,
    decision: offers_pb2.Decision,
    candidate: offers_pb2.Candidate,
    terms: contracts_pb2.Agreement | None,
) -> Decimal:
    """Rate the months of a candidate on terms, or on those that were in force."""
    request = rating_pb2.RatePeriodsRequest(
        customer=decision.customer, periods=[month.period for month in candidate.months], alternative_terms=terms
    )
    rated = await client.rating.RatePeriods(request)
    return sum((money_from_proto(statement.period_cost).amount for statement in rated.statements), Decimal(0))


def _saving(candidate: offers_pb2.Candidate) -> Decimal:
    return money_from_proto(candidate.customer_saving).amount


def test_the_story_of_two_carriers(invoices: dict[tuple[str, str], invoicing_pb2.Invoice], year: Story) -> None:
    """Announced before the bill, offered on it, accepted through the mail, billed from the second month after."""
    for carrier, title, program in (("FL", "right-size", "Right-size"), ("VX", "higher-tier", "Higher tier")):
        assert invoices[carrier, "2013-06"].decision.subject == title
        july, august = invoices[carrier, "2013-07"], invoices[carrier, "2013-08"]
        assert f"From 1 August 2013 you are on {program}, as you accepted" in july.what_changed
        assert f"This invoice bills {program}" in august.what_changed
        assert (july.agreement_revision, august.agreement_revision) == (1, 2)
    fleet = sorted((year.out / "mail" / "fleet@airtran.example").glob("*.eml"))
    letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in fleet]
    announced = [each for each in letters if "Before your invoice for June 2013" in str(each["Subject"])]
    assert len(announced) == 1
    assert "36 % of what you agreed went unused" in str(announced[0]["Subject"])
    assert not list(announced[0].iter_attachments())  # type: ignore[attr-defined]


def test_cost_centres_divide_the_invoice_and_the_report_says_how(
    invoices: dict[tuple[str, str], invoicing_pb2.Invoice], year: Story
) -> None:
    """AirTran books its aircraft to three bases: their parts are the bill, to the cent and to the tenth of an hour."""
    for (carrier, month), invoice in invoices.items():
        parts = [money_from_proto(share.amount) for share in invoice.cost_centres]
        assert len(parts) == (3 if carrier == "FL" else 0), (carrier, month)
        if not parts:
            continue
        assert sum(part.amount for part in parts) == money_from_proto(invoice.total).amount, month
        used = sum(Decimal(share.used_quantity.value) for share in invoice.cost_centres)
        assert used == Decimal(invoice.months[-1].used_quantity.value), month
        [page] = pypdf.PdfReader(year.out / "invoices" / f"fl-{month}-report.pdf").pages
        text = page.extract_text()
        assert all(share.cost_centre in text for share in invoice.cost_centres), month
        assert all(part.text() in text for part in parts), month


def test_who_is_held_out_is_offered_nothing(year: Story) -> None:
    async def decisions(client: Client) -> list[offers_pb2.Decision]:
        page = await client.offers.ListDecisions(offers_pb2.ListDecisionsRequest(page_size=1_000))
        return list(page.decisions)

    made = ask(year, decisions)
    held_out = {d.customer for d in made if d.group in (offers_pb2.GROUP_HELD_OUT, offers_pb2.GROUP_CONTROL)}
    assert len(held_out) >= 3
    for decision in made:
        if decision.customer in held_out:
            assert decision.treatment in (offers_pb2.TREATMENT_NONE, offers_pb2.TREATMENT_BEST_PLAN)
            assert not decision.offer_token


def test_page_one_reads_back(year: Story, judged: dict[tuple[str, str], Bill]) -> None:
    for (carrier, month), expected in judged.items():
        pdf = pypdf.PdfReader(year.out / "invoices" / f"{carrier.lower()}-{month}-invoice.pdf")
        assert len(pdf.pages) <= 2, (carrier, month)
        text = pdf.pages[0].extract_text()
        assert f"${expected.total:,.2f}" in text, (carrier, month)
        missing = [line.id for line in expected.lines if line.baseline is not None and not _stands_in(line, text)]
        assert not missing, (carrier, month, missing, text)


def _stands_in(line: Line, text: str) -> bool:
    """Whether baseline, used and adjustment follow each other on one row of the text."""
    assert line.baseline is not None
    assert line.used is not None
    assert line.adjustment is not None
    sign = r"\+" if line.adjustment > 0 else "[−-]" if line.adjustment < 0 else r"\+?"
    parts = [_figure(line.baseline), _figure(line.used), sign + _figure(abs(line.adjustment))]
    return re.search(r"(?<![\d.,])" + r"\s+(?:[a-z ]+\s+)?".join(parts) + r"(?![\d.])", text) is not None


def _figure(value: Decimal) -> str:
    """Match a figure with or without a zero after the point."""
    text = f"{value:,f}"
    whole, _, places = text.partition(".")
    places = places.rstrip("0")
    return re.escape(whole) + (rf"\.{places}0*" if places else r"(?:\.0+)?")


def test_documents_and_pages_are_there(year: Story) -> None:
    for ending in bill.DOCUMENTS.values():
        assert len(list((year.out / "invoices").glob(f"*-{ending}"))) == 192, ending
    assert "AirTran" in (year.out / "index.html").read_text()
    assert len(list((year.out / "feed").glob("*-answered.*"))) == 2


def test_feeding_again_through_other_doors_changes_nothing(year: Story) -> None:
    async def twice(client: Client) -> None:
        before = await bill.list_invoices(client)
        summary = await client.ingest.SummarizeUsage(ingest_pb2.SummarizeUsageRequest())
        tally = await year.feed(client, year.flights(), SWAPPED)
        assert (tally.received, tally.accepted, tally.waiting) == (FLIGHTS, 0, 0)
        assert tally.duplicate == ACCEPTED + WAITING
        assert tally.rejected == {"NO_ASSET_IDENTITY": NO_TAIL, "NO_METER_VALUE": NO_AIR_TIME}
        again = await client.ingest.SummarizeUsage(ingest_pb2.SummarizeUsageRequest())
        assert again == summary, "a rejection must be listed once however often it comes"
        assert await bill.list_invoices(client) == before
        await _rating_agrees(client, before)

    ask(year, twice)


async def _rating_agrees(client: Client, invoices: list[invoicing_pb2.Invoice]) -> None:
    """What rating makes of the stored usage now is what was billed."""
    heads = await client.ingest.ListSources(ingest_pb2.ListSourcesRequest())
    billed = {(i.customer.name, _key(i)[1]): i.total for i in invoices}
    for customer in {i.customer.name for i in invoices}:
        request = rating_pb2.RatePeriodsRequest(
            customer=customer,
            periods=[period_to_proto(p) for p in PERIODS],
            required_watermarks=heads.sources,
        )
        rated = await client.rating.RatePeriods(request)
        for statement, period in zip(rated.statements, PERIODS, strict=True):
            assert statement.total == billed[customer, period.label]

"""The whole job on real input: what issue-level promises say of the year, looked up in what came out."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pypdf
import pytest

from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
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

"""Ingest and rating die in the middle of the feed; nothing that was acknowledged is lost, nothing is billed twice."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.cli import bill
from dutycycle.cli.client import Client, connected
from dutycycle.cli.demo.loop import Loop
from dutycycle.cli.demo.story import Story
from dutycycle.cli.stack import Stack
from tests.e2e.conftest import EXAMPLE

_KILLS = {60_000: "ingest", 150_000: "rating", 300_000: "ingest"}
"""How many rows are answered for when a service dies: in the gRPC stream twice, once while devices send."""


def test_bill_after_crashes_equals_the_undisturbed_one(year: Story, state: Path) -> None:
    settings = {"DUTYCYCLE_INVOICING_RENDER_ON_ISSUE": "false"}
    services = ("contracts", "ingest", "rating", "offers", "invoicing")
    with Stack(state / "crash", services=services, settings=settings) as stack:
        story = Story(stack, EXAMPLE, state / "crash-out", Console(quiet=True))
        summary, invoices = asyncio.run(_disturbed(story))
    expected_summary, expected = asyncio.run(_undisturbed(year))
    assert summary == expected_summary
    assert [_timeless(i) for i in invoices] == [_timeless(i) for i in expected]


async def _disturbed(story: Story) -> tuple[ingest_pb2.SummarizeUsageResponse, list[invoicing_pb2.Invoice]]:
    async with connected(story.settings()) as client:
        await story.apply_contracts(client)
        flights = story.flights()
        story.admit_devices(flights)
        killer = asyncio.create_task(_kill(story, client))
        await story.feed(client, flights)
        await killer
        await story.register_late(client)
        await story.bill_year(client, loop=_Interrupted(Path(), story.console, stack=story.stack))
        return await _outcome(client)


@dataclass(slots=True)
class _Interrupted(Loop):
    """Accepts by the API, where offers dies between the acceptance and the amendment."""

    stack: Stack | None = None

    async def answer(self, client: Client, decision: offers_pb2.Decision, name: str) -> None:
        assert self.stack is not None
        self.stack.kill("contracts")  # so that no amendment can be drafted yet
        request = offers_pb2.AcceptOfferRequest(token=decision.offer_token, accepted_by=name)
        await client.offers.AcceptOffer(request)
        self.stack.kill("offers")
        await asyncio.to_thread(self.stack.restart, "contracts")
        drafts = await client.contracts.ListAmendments(contracts_pb2.ListAmendmentsRequest(customer=decision.customer))
        assert not drafts.amendments
        await asyncio.to_thread(self.stack.restart, "offers")
        again = await client.offers.AcceptOffer(request)
        assert again.answer.answered_by == name, "accepting again is accepting once"


async def _kill(story: Story, client: Client) -> None:
    """Kill a service whenever so many rows are stored, and start it again a moment later."""
    for rows, service in _KILLS.items():
        while await _stored(client) < rows:  # noqa: ASYNC110  # what is waited for happens in another process
            await asyncio.sleep(0.05)
        story.stack.kill(service)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(story.stack.restart, service)


async def _stored(client: Client) -> int:
    heads = await client.ingest.ListSources(ingest_pb2.ListSourcesRequest())
    return sum(head.totals.received for head in heads.sources)


async def _undisturbed(story: Story) -> tuple[ingest_pb2.SummarizeUsageResponse, list[invoicing_pb2.Invoice]]:
    async with connected(story.settings()) as client:
        return await _outcome(client)


async def _outcome(client: Client) -> tuple[ingest_pb2.SummarizeUsageResponse, list[invoicing_pb2.Invoice]]:
    summary = await client.ingest.SummarizeUsage(ingest_pb2.SummarizeUsageRequest())
    return summary, await bill.list_invoices(client)


def _timeless(invoice: invoicing_pb2.Invoice) -> invoicing_pb2.Invoice:
    """Leave out when a decision was stored, and where the demo's pages lie."""
    invoice.decision.ClearField("create_time")
    invoice.ClearField("offer_links")
    return invoice

"""The loop that keeps a customer, as the demo tells it: seen, announced, offered, accepted, amended, billed, measured.

Everything is done as people would do it: the link is taken out of the e-mail that the customer got and opened over
HTTP; the clerk approves the amendment over the API.
"""

from __future__ import annotations

import asyncio
import re
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from rich.console import Console

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.cli.client import Client
from dutycycle.kit.ids import request_id
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import plain
from dutycycle.runtime.wire import decimal_from_proto, money_from_proto, period_to_proto

CUSTOMERS = {"customers/fl": "AirTran", "customers/vx": "Virgin America"}
"""Who accepts the first program that it is offered."""
_PATIENCE_SECONDS = 120.0
_PROGRAM = re.compile(r"From \d+ \w+ \d{4} you are on [^,]+|This invoice bills .+")
_LINK = re.compile(r"https?://[^\s<>\"]+/o/[^\s<>\"]+")


@dataclass(slots=True)
class Accepted:
    """An offer that a customer took."""

    decision: offers_pb2.Decision
    amendment: contracts_pb2.Amendment


@dataclass(slots=True)
class Loop:
    """Follows the customers of the story month by month."""

    mail: Path
    """Where the mail server keeps what it took, a folder for each mailbox."""
    console: Console
    accepted: dict[str, Accepted] = field(default_factory=dict)
    """By customer."""
    declining: set[str] = field(default_factory=set)
    """Customers whose decline was seen."""
    said: set[str] = field(default_factory=set)
    """What bills said of programs."""

    async def after_month(self, client: Client, period: BillingPeriod) -> None:
        """Say what was decided for the customers of the story, and accept a program that is offered."""
        for customer, title in CUSTOMERS.items():
            name = f"decisions/{customer.partition('/')[2]}-{period.label}"
            decision = (await client.offers.GetDecision(offers_pb2.GetDecisionRequest(name=name))).decision
            self._say(title, decision)
            if customer in self.accepted:
                await self._say_program(client, customer, period)
            if decision.treatment == offers_pb2.TREATMENT_PROGRAM and customer not in self.accepted:
                self.accepted[customer] = await self._accept(client, title, decision)

    async def tell_effect(self, client: Client, first: BillingPeriod, last: BillingPeriod) -> None:
        """Say what was promised, what came of it, and who was held out."""
        effect = await client.offers.MeasureEffect(
            offers_pb2.MeasureEffectRequest(from_period=period_to_proto(first), to_period=period_to_proto(last))
        )
        for saving in effect.savings:
            self._print(
                f"{CUSTOMERS[saving.customer]} on {saving.subject}: promised "
                f"{money_from_proto(saving.promised_monthly).text()} a month, realised "
                f"{money_from_proto(saving.realised_monthly).text()} a month over {len(saving.months)} months, "
                "re-rated on what then happened"
            )
        for subject in effect.subjects:
            self._print(
                f"{subject.subject}: shown to {subject.shown}, opened by {subject.opened}, accepted by "
                f"{subject.accepted}, held out {subject.held_out}. {subject.conclusion}"
            )
        held_out = await self._held_out(client)
        self._print(
            f"Held out, so that the effect can be measured: {', '.join(sorted(held_out)) or 'nobody'}; none of their "
            "invoices carried an offer"
        )

    async def _held_out(self, client: Client) -> set[str]:
        """Return the customers held out at least once. Raises if one of them was offered anything."""
        page = await client.offers.ListDecisions(offers_pb2.ListDecisionsRequest(page_size=1_000))
        groups = (offers_pb2.GROUP_HELD_OUT, offers_pb2.GROUP_CONTROL)
        held_out = {d.customer.partition("/")[2] for d in page.decisions if d.group in groups}
        offers = (offers_pb2.TREATMENT_PROGRAM, offers_pb2.TREATMENT_PRODUCT)
        offered = {d.customer.partition("/")[2] for d in page.decisions if d.treatment in offers}
        if held_out & offered:
            raise RuntimeError(f"held out, and offered something: {', '.join(sorted(held_out & offered))}")
        return held_out

    def _say(self, title: str, decision: offers_pb2.Decision) -> None:
        """Print a line of figures, and a line for each thing that happened, on what was known then."""
        assessment = decision.assessment
        month = assessment.months[-1]
        used, agreed = decimal_from_proto(month.used_quantity), decimal_from_proto(month.baseline_quantity)
        factors = ", ".join(f"{factor.name} {factor.points}" for factor in assessment.risk.factors[:2])
        risk = f"risk {assessment.risk.score:>2} of 100" + (f" ({factors})" if factors else "")
        self._print(f"{title:<15}{used:>9,.1f} of {agreed:>9,.1f} flight hours   {risk}")
        if offers_pb2.SEGMENT_DECLINING in assessment.segments and decision.customer not in self.declining:
            self.declining.add(decision.customer)
            fall = abs(decimal_from_proto(assessment.trend_percent_per_month))
            self._print(f"{'':<15}decline seen: use falls by {plain(fall)} % a month, beyond chance")
        if decision.announcement:
            self._print(f"{'':<15}announced before the bill: {decision.announcement}")
        if decision.treatment in (offers_pb2.TREATMENT_PROGRAM, offers_pb2.TREATMENT_PRODUCT):
            self._print(f"{'':<15}on the invoice: {decision.headline}")

    async def _say_program(self, client: Client, customer: str, period: BillingPeriod) -> None:
        """Print what the bill says about the program, where it says something new."""
        name = f"invoices/{customer.partition('/')[2]}-{period.label}"
        invoice = (await client.invoicing.GetInvoice(invoicing_pb2.GetInvoiceRequest(name=name))).invoice
        found = _PROGRAM.search(invoice.what_changed)
        if found and found.group() not in self.said:
            self.said.add(found.group())
            self._print(f"{'':<15}the bill says: {found.group()}")

    def _print(self, text: str) -> None:
        self.console.print(f"  {text}", highlight=False, soft_wrap=True)

    async def _accept(self, client: Client, title: str, decision: offers_pb2.Decision) -> Accepted:
        """Open the link of the e-mail, accept, and approve the amendment as the lessor's clerk."""
        await self.answer(client, decision, f"Fleet manager of {title}")
        amendment = await self._drafted(client, decision)
        approve = contracts_pb2.ApproveAmendmentRequest(
            name=amendment.name,
            approver="clerk@skyline.example",
            effective_date=amendment.earliest_date,
            request_id=request_id(),
        )
        approved = (await client.contracts.ApproveAmendment(approve)).amendment
        day = approved.effective_date
        self._print(
            f"{'':<15}[bold]accepted through the link of the e-mail[/bold]; amendment "
            f"{approved.name.partition('/')[2]} approved, in force from {day.year}-{day.month:02}-{day.day:02}"
        )
        return Accepted(decision, approved)

    async def answer(self, client: Client, decision: offers_pb2.Decision, name: str) -> None:  # noqa: ARG002  # for others
        """Accept an offer as its reader does: through the link of the e-mail, on the page that it opens."""
        link = await self._link_of(decision)
        page = await asyncio.to_thread(_get, link)
        if decision.headline.partition(":")[0] not in page:
            raise RuntimeError(f"{link} does not show {decision.name}")
        await asyncio.to_thread(_post, f"{link}/accept", {"name": name, "agreed": "yes"})

    async def _link_of(self, decision: offers_pb2.Decision) -> str:
        """Wait for the e-mail that carries the offer, and return its link."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for path in (self.mail / decision.communication.recipient).glob("*.eml"):
                link = _offer_link(path)
                if link and decision.offer_token in link:
                    return link
            await asyncio.sleep(0.3)
        raise TimeoutError(f"no e-mail brought the link of {decision.name}")

    async def _drafted(self, client: Client, decision: offers_pb2.Decision) -> contracts_pb2.Amendment:
        """Wait until the acceptance has become the draft of an amendment."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            drafts = await client.contracts.ListAmendments(
                contracts_pb2.ListAmendmentsRequest(customer=decision.customer)
            )
            for amendment in drafts.amendments:
                if amendment.origin == decision.name:
                    return amendment
            await asyncio.sleep(0.2)
        raise TimeoutError(f"no amendment was drafted of {decision.name}")


def _offer_link(path: Path) -> str:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    found = _LINK.search(body.get_content()) if body is not None else None
    return found.group() if found else ""


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  # the demo's own portal
        return str(answer.read().decode())


def _post(url: str, fields: dict[str, str]) -> None:
    data = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(url, data, timeout=30) as answer:  # noqa: S310  # the demo's own portal
        answer.read()

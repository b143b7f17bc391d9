"""The portal over real services, with a small lease that is billed for half a year and offered a smaller baseline."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.cli import bill
from dutycycle.cli.client import Client, ClientSettings, connected
from dutycycle.cli.document import message_from_document
from dutycycle.cli.mailbox import Mailbox
from dutycycle.cli.server import free_port
from dutycycle.cli.stack import Stack
from dutycycle.kit.period import BillingPeriod
from tests.integration import lease

T = TypeVar("T")
TENANT = "skyline"
CLERK = "clerk@skyline.example"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
MONTHS = [BillingPeriod.month(2024, month) for month in range(1, 7)]
CUSTOMERS = ("alpha", "beta", "gamma", "delta", "omega")
"""Five lessees alike, each for the tests that change something of it."""
CATALOGUE = {
    "programs": [
        {
            "id": "right-size",
            "display_name": "Right-size",
            "kind": "right_size",
            "fit": "below_baseline",
            "baseline_percent_of_usage": "100",
            "usage_months": 6,
            "base_rate_percent": "104",
            "term_extension_months": 24,
            "margin_percent": "60",
            "margin_floor": "0",
            "minimum_saving_percent": "4",
            "legal_text": "Subject to approval by the lessor.",
            "legal_version": "2024-01",
        }
    ]
}


@dataclass(frozen=True)
class World:
    """A running stack with its mailbox."""

    stack: Stack
    mail: Path

    @property
    def url(self) -> str:
        return self.stack.portal_url

    def ask(self, work: Callable[[Client], Awaitable[T]]) -> T:
        """Run a coroutine with a stub for each service, as the lessor."""

        async def run() -> T:
            targets = {f"{name}_target": self.stack.target(name) for name in self.stack.services}
            tokens = dict(self.stack.tenants)
            settings = ClientSettings.model_validate({"tenant": TENANT, "tenant_tokens": tokens, **targets})
            async with connected(settings) as client:
                return await work(client)

        # In a thread of its own: the browser's driver keeps a loop running in this one.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: asyncio.run(run())).result()

    def decision(self, code: str) -> offers_pb2.Decision:
        """Return what the last invoice of a customer carried, with its signed links."""

        async def get(client: Client) -> offers_pb2.Decision:
            request = offers_pb2.GetDecisionRequest(name=f"decisions/{code}-{MONTHS[-1].label}")
            return (await client.offers.GetDecision(request)).decision

        return self.ask(get)

    def letters(self, mailbox: str) -> list[EmailMessage]:
        """Return what came to a mailbox."""
        found = []
        for path in sorted((self.mail / mailbox).glob("*.eml")):
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return found

    def link_in_mail(self, mailbox: str, pattern: str) -> str:
        """Return the newest link of a kind that came to a mailbox, or the group in its pattern; waits for it."""
        for _ in range(300):
            for letter in self.letters(mailbox)[::-1]:
                body = letter.get_body(("plain",))
                found = re.search(pattern, body.get_content()) if body is not None else None
                if found is not None:
                    return found.group(found.lastindex or 0)
            time.sleep(0.1)
        raise AssertionError(f"no mail to {mailbox} has a link like {pattern}")


def post(url: str, body: bytes = b"") -> tuple[int, str]:
    """Send a form as a mail program or a script would: no cookie, no page before it."""
    request = urllib.request.Request(url, body, method="POST")  # noqa: S310  # the portal of the test
    request.add_header("content-type", "application/x-www-form-urlencoded")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  # as above
            return int(answer.status), str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310  # the portal of the test
            return int(answer.status), str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: sudo apt-get install chromium; `make test` does it as root")
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-portal-", dir="/var/tmp"))
    directory.chmod(0o755)
    smtp_port = free_port()
    mailbox = Mailbox(directory / "mail", smtp_port)
    mailbox.start()
    try:
        settings = {"DUTYCYCLE_NOTIFY_SMTP_PORT": str(smtp_port)}
        with Stack(directory / "state", settings=settings, staff=[CLERK]) as stack:
            made = World(stack, directory / "mail")
            made.ask(fill)
            yield made
    finally:
        mailbox.stop()
        shutil.rmtree(directory, ignore_errors=True)


async def fill(client: Client) -> None:
    """Lease, use a third of what was agreed for six months, and bill each."""
    catalogue = message_from_document(contracts_pb2.Catalogue, CATALOGUE, "catalogue")
    await client.contracts.ApplyCatalogue(contracts_pb2.ApplyCatalogueRequest(catalogue=catalogue))
    for code in CUSTOMERS:
        await client.contracts.ApplyCustomer(contracts_pb2.ApplyCustomerRequest(customer=lease.customer(code)))
        agreement = lease.agreement(code)
        agreement.schedules[0].charges[0].price.flat.amount.value = "9000.00"
        agreement.schedules[0].charges[1].baseline.quantity.value = "90"
        await client.contracts.ApplyAgreement(contracts_pb2.ApplyAgreementRequest(agreement=agreement))
        await lease.register(client, [lease.asset(code, number) for number in (1, 2, 3)])
        for period in MONTHS:
            month = period.start.month
            rows = [(f"{code}-{month}-{n}", f"{code.upper()}{n}", 600) for n in (1, 2, 3)]
            await lease.record(client, lease.usage(code, rows, month=month))
        await lease.record(client, lease.usage(code, [(f"{code}-lost", "", 60), (f"{code}-wait", "NOBODY", 60)]))
    for period in MONTHS:
        await bill.run(client, period, lambda _: None)
        await bill.approve(client, period, period.end, lambda _: None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, closed with its module: the driver keeps a loop running in the thread of every test meanwhile."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh profile; what the browser complains about fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    refused = [text for text in complaints if "Failed to load resource" not in text]
    assert not refused, refused


def sign_in(world: World, page: Page, mailbox: str) -> None:
    """Sign in as people do: ask for a link, open it from the mail, click."""
    page.goto(f"{world.url}/sign-in")
    page.get_by_label("Your e-mail address").fill(mailbox)
    page.get_by_role("button", name="Send me a link").click()
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    page.goto(world.link_in_mail(mailbox, r"http://\S+/sign-in/\S+"))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()

"""The portal in a real browser: every page by axe, on a phone and a desktop; by keyboard; nobody else's pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.cli.client import Client
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.wire import date_to_proto
from tests.browser.conftest import World, get, sign_in
from tests.integration import lease

CUSTOMER, CLERK = "beta@example.com", "clerk@skyline.example"
CUSTOMER_PAGES = (
    "/?period=2024-06",
    "/usage/2024-06",
    "/usage/2024-06/line?line=beta-fleet%2Fhours",
    "/usage/2024-06/line?line=beta-fleet%2Fhours&asset=assets%2Fbeta-1",
    "/invoices",
    "/invoices/beta-2024-06",
    "/offers",
    "/settings",
    "/nothing-here",
)
LESSOR_PAGES = (
    "/lessor",
    "/lessor/runs/2024-06",
    "/lessor/amendments",
    "/lessor/usage",
    "/lessor/customers?period=2024-06",
    "/lessor/offers?period=2024-06",
    "/lessor/decisions/beta-2024-06",
)


@pytest.fixture(scope="module")
def signed_in(world: World, browser: Browser) -> Iterator[dict[str, Page]]:
    """A page of the customer and one of the clerk."""
    pages = {}
    for mailbox in (CUSTOMER, CLERK):
        pages[mailbox] = browser.new_context().new_page()
        sign_in(world, pages[mailbox], mailbox)
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("mailbox", "path"), [*((CUSTOMER, path) for path in CUSTOMER_PAGES), *((CLERK, path) for path in LESSOR_PAGES)]
)
def test_every_page_is_accessible_and_fits(
    world: World, signed_in: dict[str, Page], mailbox: str, path: str, width: int
) -> None:
    _check(signed_in[mailbox], world.url + path, width)


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_without_sign_in_are_accessible_and_fit(world: World, page: Page, width: int) -> None:
    decision = world.decision("beta")
    for path in ("/sign-in", f"/o/{decision.offer_token}", f"/stop/{decision.stop_token}", "/sign-in/too-old"):
        _check(page, world.url + path, width)


def _check(page: Page, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(url)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the screen"


def test_sign_in_by_keyboard_alone(world: World, page: Page) -> None:
    page.goto(f"{world.url}/sign-in")
    page.keyboard.press("Tab")  # to the content
    page.keyboard.press("Tab")  # the first page
    page.keyboard.press("Tab")
    page.keyboard.type("delta@example.com")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    page.goto(world.link_in_mail("delta@example.com", r"http://\S+/sign-in/\S+"))
    page.locator("main button").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Carrier DELTA").wait_for()


def test_an_unknown_mailbox_gets_the_same_answer_and_no_mail(world: World, page: Page) -> None:
    page.goto(f"{world.url}/sign-in")
    page.get_by_label("Your e-mail address").fill("stranger@example.com")
    page.get_by_role("button", name="Send me a link").click()
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    # Mail is sent after the answer: one that was asked for later has come by when the stranger's would have.
    sign_in(world, page, "gamma@example.com")
    assert not world.letters("stranger@example.com")


def test_nobody_sees_what_is_not_theirs(world: World, signed_in: dict[str, Page]) -> None:
    customer, clerk = signed_in[CUSTOMER], signed_in[CLERK]
    for path in ("/invoices/delta-2024-06", "/invoices/delta-2024-06/invoice.pdf", "/offers/delta-2024-06"):
        answer = customer.request.get(world.url + path)
        assert (answer.status, "DELTA" in answer.text()) == (404, False), path
    for path in ("/lessor", "/lessor/customers", "/lessor/decisions/beta-2024-06"):
        assert customer.request.get(world.url + path).status == 403
    assert clerk.request.get(f"{world.url}/settings").status == 403
    assert "Sign in" in get(f"{world.url}/lessor")[1]


def test_the_lessor_sees_which_group_of_assets_fills_its_baseline(world: World, signed_in: dict[str, Page]) -> None:
    page = signed_in[CLERK]
    page.goto(f"{world.url}/lessor/decisions/beta-2024-06")
    group = page.get_by_role("region", name="Groups of assets").get_by_role("row").nth(1)
    assert group.inner_text().split()[-1] == "%"
    assert "beta-fleet" in group.inner_text()
    page.goto(f"{world.url}/lessor/customers?period=2024-06")
    assert page.get_by_role("link", name=lease.customer("beta").display_name).count() == 1


def test_a_form_from_elsewhere_is_refused(world: World, signed_in: dict[str, Page]) -> None:
    answer = signed_in[CUSTOMER].request.post(f"{world.url}/settings/offers", form={"offers": "no"})
    assert (answer.status, "too old" in answer.text()) == (403, True)


def test_headers_hold_the_browser_to_the_page(world: World, page: Page) -> None:
    answer = page.request.get(f"{world.url}/sign-in")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_a_document_is_the_one_that_was_sent(world: World, signed_in: dict[str, Page]) -> None:
    answer = signed_in[CUSTOMER].request.get(f"{world.url}/invoices/beta-2024-06/invoice.pdf")
    assert answer.body().startswith(b"%PDF")
    letters = world.letters(CUSTOMER)
    attached = [part.get_content() for letter in letters for part in letter.iter_attachments()]
    assert answer.body() in attached


def test_a_rejected_record_is_mended_and_replayed(world: World, signed_in: dict[str, Page]) -> None:
    clerk = signed_in[CLERK]
    clerk.goto(f"{world.url}/lessor/usage")
    clerk.get_by_role("link", name="delta-lost").click()
    clerk.get_by_label("Asset, as reported").fill("DELTA1")
    clerk.get_by_role("button", name="Record it again").click()
    clerk.get_by_role("heading", name="Mended").wait_for()


def test_settings_are_kept(world: World, signed_in: dict[str, Page]) -> None:
    customer = signed_in[CUSTOMER]
    customer.goto(f"{world.url}/settings")
    customer.get_by_label("Tell me when usage reaches").fill("60, 90")
    customer.get_by_label("Tell me of assets").fill("5")
    customer.get_by_role("button", name="Save").nth(1).click()
    customer.get_by_text("Saved.").wait_for()
    assert customer.get_by_label("Tell me when usage reaches").input_value().split() == ["60", "90"]
    assert customer.get_by_label("Tell me of assets").input_value() == "5"


def test_the_overview_of_a_term_that_is_over_shows_its_last_month(world: World, page: Page) -> None:
    sign_in(world, page, "gamma@example.com")
    heading = page.get_by_role("heading", name=" so far").inner_text()
    running = BillingPeriod.parse(f"{datetime.strptime(heading, '%B %Y so far').replace(tzinfo=UTC):%Y-%m}")

    async def end(client: Client) -> None:
        request = contracts_pb2.GetAgreementRequest(name="agreements/ma-gamma")
        agreement = (await client.contracts.GetAgreement(request)).agreement
        agreement.end_date.CopyFrom(date_to_proto(running.start))
        await client.contracts.ApplyAgreement(contracts_pb2.ApplyAgreementRequest(agreement=agreement))

    world.ask(end)
    page.reload()
    last = running.previous_month().title
    assert page.get_by_role("heading", name=f"{last}, the last month billed").count() == 1
    assert page.get_by_role("region", name="Usage of the month").get_by_role("row").count() > 1


def test_a_mailbox_of_two_customers_gets_a_link_for_each_until_it_is_taken_away(world: World, page: Page) -> None:
    mailbox, codes = "both@example.com", ("eta", "theta")

    async def apply(client: Client, *, contact: str) -> None:
        for code in codes:
            customer = lease.customer(code)
            customer.contacts[0].email = contact
            await client.contracts.ApplyCustomer(contracts_pb2.ApplyCustomerRequest(customer=customer))
            await client.contracts.ApplyAgreement(contracts_pb2.ApplyAgreementRequest(agreement=lease.agreement(code)))

    world.ask(lambda client: apply(client, contact=mailbox))
    page.goto(f"{world.url}/sign-in")
    page.get_by_label("Your e-mail address").fill(mailbox.upper())
    page.get_by_role("button", name="Send me a link").click()
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    for code in codes:
        title = f"Carrier {code.upper()}"
        page.goto(world.link_in_mail(mailbox, rf"(?s)signs you in for {title}\..*?(http://\S+/sign-in/\S+)"))
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name=title).wait_for()
    world.ask(lambda client: apply(client, contact="other@example.com"))
    page.goto(f"{world.url}/settings")
    assert page.get_by_role("button", name="Send me a link").count() == 1, "who is no contact any more is signed out"

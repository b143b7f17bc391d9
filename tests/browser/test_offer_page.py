"""The page behind the link of the e-mail, in a real browser: seen, answered once, refused when it must be."""

from __future__ import annotations

import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Page

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.cli import bill
from dutycycle.cli.client import Client
from dutycycle.runtime.wire import money_from_proto
from tests.browser.conftest import MONTHS, World, get, post, sign_in
from tests.integration import lease

CLERK = "clerk@skyline.example"


async def amendments(client: Client, code: str) -> list[contracts_pb2.Amendment]:
    request = contracts_pb2.ListAmendmentsRequest(customer=f"customers/{code}")
    return list((await client.contracts.ListAmendments(request)).amendments)


def drafted(world: World, code: str) -> contracts_pb2.Amendment:
    """Wait until what a customer accepted is an amendment; there is one."""
    for _ in range(100):
        found = world.ask(lambda client: amendments(client, code))
        if found:
            assert len(found) == 1
            return found[0]
        time.sleep(0.1)
    raise AssertionError("no amendment was drafted")


def test_the_whole_way_from_the_mail_to_the_next_invoice(world: World, page: Page) -> None:
    """The customer accepts through the e-mail's link, the clerk approves in the portal, the next bill says so."""
    decision = world.decision("alpha")
    assert decision.treatment == offers_pb2.TREATMENT_PROGRAM
    page.goto(world.link_in_mail("alpha@example.com", r"http://\S+/o/\S+"))
    page.get_by_role("heading", name=decision.headline).wait_for()
    saving = money_from_proto(decision.candidates[0].customer_saving).text()
    assert f"you save {saving}" in page.get_by_role("region", name="Months on both terms").inner_text()
    page.get_by_label("Your name").fill("A. Clerk")
    page.get_by_label("I may decide this").check()
    page.get_by_role("button", name="Accept the offer").dblclick()
    page.get_by_text("Accepted.").wait_for()
    assert "accepted by a. clerk" in page.get_by_role("status").inner_text().lower()

    amendment = drafted(world, "alpha")
    assert amendment.accepted_by == "A. Clerk"
    sign_in(world, page, CLERK)
    page.get_by_role("link", name="1 amendment").click()
    card = page.get_by_role("region", name=amendment.name.partition("/")[2])
    card.get_by_label("First day of the new terms").fill("2024-08-01")
    card.get_by_role("button", name="Approve").click()
    page.get_by_role("heading", name="Decided").wait_for()

    async def bill_july(client: Client) -> tuple[str, str]:
        july = MONTHS[-1].next_month()
        await lease.record(client, lease.usage("alpha", [("alpha-7-1", "ALPHA1", 600)], month=7))
        await bill.run(client, july, lambda _: None)
        await bill.approve(client, july, july.end, lambda _: None)
        [invoice] = await bill.list_invoices(client, "customers/alpha", july)
        base = next(line for line in invoice.lines if line.charge == "base")
        return invoice.what_changed, money_from_proto(base.amount).text()

    text, base = world.ask(bill_july)
    assert "From 1 August 2024 you are on Right-size, as you accepted" in text
    assert base == "$3,120.00"  # 30 of 90 hours, at 104 %


async def bills_are_alike(client: Client) -> None:
    """Who stopped offers and who did not are billed alike for the same use: only what is beside the bill differs."""
    august = MONTHS[-1].next_month().next_month()
    await bill.run(client, august, lambda _: None)
    drafts = {i.customer.name: i for i in await bill.list_invoices(client, period=august)}
    without, allowed = drafts["customers/omega"], drafts["customers/beta"]
    for one in (without, allowed):
        for line in one.lines:
            line.id = line.schedule = line.schedule_display_name = ""
    assert list(without.lines) == list(allowed.lines)
    assert (without.total, without.what_changed) == (allowed.total, allowed.what_changed)
    assert without.decision.treatment == offers_pb2.TREATMENT_NONE


def test_opening_a_link_changes_nothing_however_often(world: World) -> None:
    """Mail scanners open every link, also the ones that stop something."""
    decision = world.decision("beta")
    for address in (f"/o/{decision.offer_token}", f"/stop/{decision.stop_token}"):
        for _ in range(3):
            assert get(world.url + address)[0] == 200

    async def look(client: Client) -> tuple[int, bool]:
        answers = await client.offers.ListAnswers(offers_pb2.ListAnswersRequest(customer="customers/beta"))
        wish = await client.offers.GetPreference(offers_pb2.GetPreferenceRequest(customer="customers/beta"))
        return len(answers.answers), wish.offers_allowed

    assert world.ask(look) == (0, True)


def test_clicks_and_replays_at_once_accept_once(world: World) -> None:
    token = world.decision("gamma").offer_token
    form = urllib.parse.urlencode({"name": "G. Amma", "agreed": "yes"}).encode()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(f"{world.url}/o/{token}/accept", form), range(24)))
    assert {status for status, _ in answers} == {200}
    assert drafted(world, "gamma").accepted_by == "G. Amma"
    status, text = post(f"{world.url}/o/{token}/decline", b"reason=changed+my+mind")
    assert (status, "accepted already" in text) == (409, True), text


def test_a_forged_link_is_refused_and_says_so(world: World) -> None:
    decision = world.decision("beta")
    token = decision.offer_token
    last = "A" if token[-5] != "A" else "B"
    for forged in (token[:-5] + last + token[-4:], token[5:], "nonsense", decision.stop_token):
        for status, text in (
            get(f"{world.url}/o/{forged}"),
            post(f"{world.url}/o/{forged}/accept", b"name=x&agreed=yes"),
        ):
            assert status == 400, (forged, text)
            assert "not made by us" in text
    assert post(f"{world.url}/stop/{token}")[0] == 400, "a link to an offer does not stop offers"


def test_decline_keeps_the_reason_and_closes_the_offer(world: World, page: Page) -> None:
    decision = world.decision("delta")
    page.goto(f"{world.url}/o/{decision.offer_token}")
    page.get_by_label("Why, if you like").fill("we grow again in autumn")
    page.get_by_role("button", name="Decline the offer").click()
    page.get_by_text("Declined.").wait_for()

    async def answer(client: Client) -> offers_pb2.Answer:
        page = await client.offers.ListAnswers(offers_pb2.ListAnswersRequest(customer="customers/delta"))
        return page.answers[0]

    assert world.ask(answer).reason == "we grow again in autumn"
    status, text = post(f"{world.url}/o/{decision.offer_token}/accept", b"name=x&agreed=yes")
    assert (status, "declined already" in text) == (409, True)


def test_one_click_in_the_mail_program_stops_offers_and_nothing_else(world: World) -> None:
    """RFC 8058: a POST without cookie or page, to the address of the header."""
    letter = next(each for each in world.letters("omega@example.com") if "List-Unsubscribe-Post" in each)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(letter["List-Unsubscribe"]).partition(">")[0].lstrip("<")
    for _ in range(2):
        status, text = post(address, b"List-Unsubscribe=One-Click")
        assert (status, "Offers have stopped" in text) == (200, True)

    async def wish(client: Client) -> offers_pb2.GetPreferenceResponse:
        return await client.offers.GetPreference(offers_pb2.GetPreferenceRequest(customer="customers/omega"))

    found = world.ask(wish)
    assert (found.offers_allowed, found.origin) == (False, "one click in the mail program")
    world.ask(bills_are_alike)

"""Letters and alerts as they are kept: each once, when the customer wants, and never to a mailbox that bounced."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import cast

import pytest

from dutycycle.kit import clock
from dutycycle.kit.errors import NotFoundError
from dutycycle.notify.alert import AlertSettings, Running, Use
from dutycycle.notify.bill import Recipient
from dutycycle.notify.convert import alert_settings_from_bytes, alert_settings_to_proto
from dutycycle.notify.correspondence import Correspondence
from dutycycle.notify.delivery import Answer, Kind, State
from dutycycle.notify.letter import Letter
from dutycycle.notify.neighbour import Announcement, Invoicing
from dutycycle.notify.service.alerting import Watchman
from dutycycle.notify.service.announcing import Announcer
from dutycycle.notify.service.courier import Courier
from dutycycle.notify.service.post import Post
from dutycycle.notify.verp import Verp
from dutycycle.runtime import tenancy
from dutycycle.runtime.database import Database

CUSTOMER = "customers/xx"
FLEET, PAYABLES = Recipient("F. Leet", "fleet@xx.example"), Recipient("P. Ayables", "payables@xx.example")
ZONE = "America/New_York"
NOON = datetime(2024, 3, 16, 17, tzinfo=UTC)  # one o'clock in New York
VERP = Verp("bounces.example", "a secret of the test")


@dataclass
class Neighbours:
    """What contracts, offers and rating would say."""

    running_now: Running
    announced: bool = True

    async def correspondence(self, customer: str) -> Correspondence:
        assert customer == CUSTOMER
        recipients = (FLEET, PAYABLES)
        return Correspondence(
            customer, "XX", "Lessor", ("Street 1",), "B. Helper", "help@lessor.example", ZONE, recipients
        )

    async def customers(self, day: date) -> Sequence[str]:
        assert day == clock.now().date()
        return [CUSTOMER]

    async def announcement(self, decision: str) -> Announcement | None:
        about = decision.replace("decisions", "announcements")
        return Announcement(CUSTOMER, about, FLEET.email, written) if self.announced else None

    async def running(self, customer: str, zone: str) -> Running | None:
        assert (customer, zone) == (CUSTOMER, ZONE)
        return self.running_now


def written(to: Correspondence, greeting: str) -> Letter:
    return Letter("A hard bill", greeting, ("It is hard.",), "", "", to.lessor_name, (), to.reply_name, to.reply_email)


def month(used: int) -> Running:
    use = Use("fleet/hours", "Fleet, hours", "hours", Decimal(used), Decimal(100))
    return Running(CUSTOMER, date(2024, 3, 1), date(2024, 4, 1), date(2024, 3, 31), (use,), Decimal(0), "USD")


class MailServer:
    """Takes messages, or refuses a mailbox for good."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, bytes]] = []
        self.no_such: set[str] = set()

    async def send(self, mail: bytes, sender: str, recipient: str) -> Answer:
        if recipient in self.no_such:
            return Answer(taken=False, final=True, text="550 no such user", no_such_mailbox=True)
        self.sent.append((sender, recipient, mail))
        return Answer(taken=True, final=True, text="250 ok")


@dataclass
class Desk:
    """Everything put together on one database."""

    post: Post
    courier: Courier
    announcer: Announcer
    watchman: Watchman
    neighbours: Neighbours
    mail_server: MailServer

    async def deliver(self) -> list[str]:
        """Send what is due; return to whom, and forget it."""
        while await self.courier.send_due():
            pass
        sent = [recipient for _, recipient, _ in self.mail_server.sent]
        self.mail_server.sent.clear()
        return sorted(sent)


@pytest.fixture(autouse=True)
def tenant() -> Iterator[str]:
    """A tenant that no other test has."""
    name = f"lessor-{uuid.uuid4().hex[:8]}"
    with tenancy.bound(name):
        yield name


@pytest.fixture
def desk(database: Database, tenant: str) -> Desk:
    due, neighbours, mail_server = asyncio.Event(), Neighbours(month(0)), MailServer()
    nobody = cast("Invoicing", None)  # no letter asks invoicing
    post = Post(database, nobody, "", due)
    courier = Courier(
        database, nobody, mail_server, due,
        tenants=[tenant], sender="", at_once=10, first_pause=timedelta(seconds=1), verp=VERP, dkim_key=None,
    )  # fmt: skip
    watchman = Watchman(
        database, post, neighbours, neighbours, alert_settings_from_bytes, tenants=[tenant], every_seconds=1
    )
    return Desk(post, courier, Announcer(post, neighbours, neighbours), watchman, neighbours, mail_server)


async def set_alerts(desk: Desk, **changes: object) -> None:
    settings = replace(AlertSettings(CUSTOMER), **changes)  # type: ignore[arg-type]
    body = alert_settings_to_proto(settings).SerializeToString()
    await desk.watchman.set_settings(CUSTOMER, body, str(uuid.uuid4()))


async def test_a_bill_is_announced_once_to_the_one_who_was_chosen(desk: Desk) -> None:
    for _ in range(3):
        await desk.announcer.decided("decisions/xx-2024-03")
    assert await desk.deliver() == [FLEET.email]
    desk.neighbours.announced = False
    await desk.announcer.decided("decisions/xx-2024-04")
    assert await desk.deliver() == []


async def test_a_sign_in_link_is_sent_once_and_not_kept(desk: Desk) -> None:
    for _ in range(2):
        sent = await desk.announcer.send_sign_in(CUSTOMER, FLEET.email, "https://portal.example/sign-in/secret", 15)
    assert "secret" in (await desk.post.get_delivery(sent.name)).letter
    while await desk.courier.send_due():
        pass
    [(_, recipient, mail)] = desk.mail_server.sent
    assert recipient == FLEET.email
    assert b"https://portal.example/sign-in/secret" in mail
    kept = await desk.post.get_delivery(sent.name)
    assert (kept.state, kept.kind, kept.letter) == (State.DELIVERED, Kind.SIGN_IN, "")


async def test_alerts_are_told_once_and_mailed_once_a_day(desk: Desk) -> None:
    with clock.frozen(NOON):
        desk.neighbours.running_now = month(55)
        assert [told.step for told in await desk.watchman.look_at(CUSTOMER)] == ["50"]
        assert await desk.watchman.look_at(CUSTOMER) == []
        assert await desk.deliver() == [FLEET.email, PAYABLES.email]
    with clock.frozen(NOON + timedelta(hours=1)):
        desk.neighbours.running_now = month(85)
        assert [told.step for told in await desk.watchman.look_at(CUSTOMER)] == ["80"]
        assert await desk.deliver() == [], "the digest of the day is out"
        assert len(await desk.watchman.page(CUSTOMER, None, 10)) == 2, "the portal has it at once"
    with clock.frozen(NOON + timedelta(days=1)):
        assert await desk.watchman.look_at(CUSTOMER) == []
        await desk.watchman.look_at(CUSTOMER)
        assert await desk.deliver() == [FLEET.email, PAYABLES.email], "what came since is in the next"


async def test_alerts_wait_for_the_morning(desk: Desk) -> None:
    desk.neighbours.running_now = month(120)
    with clock.frozen(NOON + timedelta(hours=10)):  # eleven at night
        assert await desk.watchman.look_at(CUSTOMER) == []
    with clock.frozen(NOON + timedelta(hours=19)):  # eight in the morning
        assert [told.step for told in await desk.watchman.look_at(CUSTOMER)] == ["100"]
        assert await desk.deliver() == [FLEET.email, PAYABLES.email]


async def test_alerts_one_by_one_and_not_at_all(desk: Desk) -> None:
    with clock.frozen(NOON):
        await set_alerts(desk, digest=False)
        for used in (55, 85):
            desk.neighbours.running_now = month(used)
            await desk.watchman.look_at(CUSTOMER)
            assert await desk.deliver() == [FLEET.email, PAYABLES.email]
        await set_alerts(desk, by_email=False)
        desk.neighbours.running_now = month(130)
        assert len(await desk.watchman.look_at(CUSTOMER)) == 1
        assert await desk.deliver() == []


async def test_a_bounce_holds_a_mailbox_back_until_it_is_lifted(desk: Desk, tenant: str) -> None:
    await desk.announcer.decided("decisions/xx-2024-03")
    while await desk.courier.send_due():
        pass
    [(sender, _, _)] = desk.mail_server.sent
    known = VERP.read(sender)
    assert known is not None
    assert known[0] == tenant
    await desk.post.bounced(known[1], "smtp; 452 full", is_permanent=False)
    assert await desk.post.list_suppressions("", 10) == []
    await desk.post.bounced(known[1], "smtp; 550 no such user", is_permanent=True)
    assert [each.recipient for each in await desk.post.list_suppressions("", 10)] == [FLEET.email]
    desk.mail_server.sent.clear()
    await desk.announcer.decided("decisions/xx-2024-04")
    assert await desk.deliver() == []
    [_, held] = (await desk.post.list_deliveries(State.FAILED, 0, 10))[0]
    assert "held back: bounced: smtp; 550 no such user" in held.last_answer
    await desk.post.lift(FLEET.email, "the address was mended")
    await desk.announcer.decided("decisions/xx-2024-05")
    assert await desk.deliver() == [FLEET.email]
    with pytest.raises(NotFoundError):
        await desk.post.lift(FLEET.email, "again")


async def test_a_mailbox_refused_for_good_is_held_back(desk: Desk) -> None:
    desk.mail_server.no_such = {FLEET.email}
    await desk.announcer.decided("decisions/xx-2024-03")
    assert await desk.deliver() == []
    desk.mail_server.no_such = set()
    await desk.announcer.decided("decisions/xx-2024-04")
    assert await desk.deliver() == []
    [held] = await desk.post.list_suppressions("", 10)
    assert held.reason == "refused: 550 no such user"

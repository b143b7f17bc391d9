"""Signing in by a link in a mail, and out."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc.aio
import structlog
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.notify.v1 import notify_pb2
from dutycycle.kit import ids
from dutycycle.kit.errors import DutycycleError
from dutycycle.portal.desk import Desk, text
from dutycycle.portal.session import LINK_MINUTES, Person
from dutycycle.runtime import tenancy
from dutycycle.runtime.page import pages

_log = structlog.get_logger()
_CUSTOMERS_A_PAGE = 1_000


class SignInPages:
    """Sends links, and turns them into sessions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in", self.ask, methods=["GET"]),
            Route("/sign-in", self.send, methods=["POST"]),
            Route("/sign-in/{token}", self.confirm, methods=["GET"]),
            Route("/sign-in/{token}", self.enter, methods=["POST"]),
            Route("/sign-out", self.leave, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        return self._desk.pages.page(request, "sign_in.html", self._desk.sessions.person(request), state="ask")

    async def send(self, request: Request) -> Response:
        """Send a link to a mailbox that is known, once the answer is out.

        So neither the answer, nor the time it takes, nor a service that fails tells whether a mailbox is known.
        """
        mailbox = text(await request.form(), "mailbox")
        response = self._desk.pages.page(request, "sign_in.html", state="sent")
        if self._desk.sessions.is_open and mailbox and self._desk.sessions.may_ask(mailbox):
            response.background = BackgroundTask(self._send_if_known, mailbox)
        return response

    async def confirm(self, request: Request) -> Response:
        """Ask for a click: a scanner that opens the link must not use it up."""
        person = self._desk.sessions.read_link(request.path_params["token"])
        state = "confirm" if person else "too_old"
        return self._desk.pages.page(
            request, "sign_in.html", None, 200 if person else 400, state=state, mailbox=person.mailbox if person else ""
        )

    async def enter(self, request: Request) -> Response:
        person = self._desk.sessions.read_link(request.path_params["token"])
        if person is None:
            return self._desk.pages.page(request, "sign_in.html", None, 400, state="too_old")
        response = RedirectResponse("/lessor" if person.is_staff else "/", status_code=303)
        self._desk.sessions.start(response, person)
        return response

    async def leave(self, request: Request) -> Response:
        response = RedirectResponse("/sign-in", status_code=303)
        self._desk.sessions.end(response)
        return response

    async def _send_if_known(self, mailbox: str) -> None:
        try:
            async for person in self._known(mailbox):
                await self._send(person)
        except (grpc.aio.AioRpcError, DutycycleError) as error:
            # Nobody waits for this any more; whoever gets no link asks again.
            _log.warning("portal.sign_in_unsent", error=type(error).__name__)

    async def _known(self, mailbox: str) -> AsyncIterator[Person]:
        """Yield who has a mailbox: somebody at a lessor, and a contact of each customer that names it."""
        wanted = mailbox.lower()
        for address, tenant in self._desk.settings.staff.items():
            if address.lower() == wanted:
                yield Person(address, tenant, "")
        for tenant in self._desk.settings.tenant_tokens:
            for address, customer in await self._contacts(tenant, wanted):
                yield Person(address, tenant, customer)

    async def _contacts(self, tenant: str, mailbox: str) -> list[tuple[str, str]]:
        """Return the mailbox as written and the customer, once for each customer of a lessor."""
        request = contracts_pb2.ListCustomersRequest(page_size=_CUSTOMERS_A_PAGE)
        found = {}
        with tenancy.bound(tenant, ids.request_id()):
            async for page in pages(self._desk.client.contracts.ListCustomers, request):
                for customer in page.customers:
                    for contact in customer.contacts:
                        if contact.email.lower() == mailbox:
                            found[customer.name] = contact.email
        return [(address, name) for name, address in found.items()]

    async def _send(self, person: Person) -> None:
        url = f"{self._desk.settings.url.rstrip('/')}/sign-in/{self._desk.sessions.link_token(person)}"
        with tenancy.bound(person.tenant, ids.request_id()):
            await self._desk.client.notify.SendSignIn(
                notify_pb2.SendSignInRequest(
                    customer=person.customer, recipient=person.mailbox, url=url, valid_minutes=LINK_MINUTES
                )
            )

"""What every handler works with: the services, the sessions, the pages; and how a handler gets its person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import grpc.aio
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.kit import ids
from dutycycle.kit.errors import DutycycleError, InvalidInputError, NotFoundError, PreconditionError, UnavailableError
from dutycycle.kit.period import BillingPeriod
from dutycycle.portal.session import Person, Sessions
from dutycycle.portal.settings import Settings
from dutycycle.portal.view import Pages
from dutycycle.runtime import tenancy
from dutycycle.runtime.client import Client
from dutycycle.runtime.rpc import error_from_rpc

_STATUS: tuple[tuple[type[DutycycleError], int, str], ...] = (
    (InvalidInputError, 400, "That cannot be used"),
    (NotFoundError, 404, "There is no such page"),
    (PreconditionError, 409, "That is not possible any more"),
    (UnavailableError, 503, "We cannot answer just now"),
)

Handler = Callable[[Request, Person], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Made once the services are connected; lives as long as the process."""

    settings: Settings
    client: Client
    sessions: Sessions
    pages: Pages

    def signed_in(self, handler: Handler, *, staff: bool) -> Endpoint:
        """Let a handler answer those it is for, as their tenant; others are asked to sign in or told no.

        A POST must carry the proof of our own form.
        """

        async def endpoint(request: Request) -> Response:
            person = self.sessions.person(request)
            if person is None or not await self._is_known(person):
                return RedirectResponse("/sign-in", status_code=303)
            if person.is_staff is not staff:
                return self.failed(request, "This page is for others", "Go back to your own pages.", 403, person)
            with tenancy.bound(person.tenant, ids.request_id()):
                if request.method == "POST":
                    form = await request.form()
                    if not self.sessions.is_proof(person, text(form, "proof")):
                        return self.failed(
                            request, "This form is too old", "Open the page again and repeat what you did.", 403, person
                        )
                return await handler(request, person)

        return endpoint

    async def _is_known(self, person: Person) -> bool:
        """Say whether a session still counts: a cookie outlives the place of who holds it."""
        if person.tenant not in self.settings.tenant_tokens:
            return False
        if person.is_staff:
            return self.settings.staff.get(person.mailbox) == person.tenant
        with tenancy.bound(person.tenant, ids.request_id()):
            request = contracts_pb2.GetCustomerRequest(name=person.customer)
            customer = (await self.client.contracts.GetCustomer(request)).customer
        return person.mailbox in (contact.email for contact in customer.contacts)

    def failed(self, request: Request, title: str, message: str, status: int, person: Person | None = None) -> Response:
        return self.pages.page(request, "failed.html", person, status, title=title, message=message)

    async def on_error(self, request: Request, error: Exception) -> Response:
        """Say what went wrong: a refused call with its own words."""
        known = error_from_rpc(error) if isinstance(error, grpc.aio.AioRpcError) else error
        for kind, status, title in _STATUS:
            if isinstance(known, kind):
                return self.failed(request, title, str(known.message), status, self.sessions.person(request))
        raise error


def text(form: FormData, field: str) -> str:
    """Return a field of a form as text; empty if it is absent or a file."""
    value = form.get(field, "")
    return value.strip() if isinstance(value, str) else ""


def period_of(value: str) -> BillingPeriod:
    """Read "2013-12" of an address. Raises InvalidInputError."""
    try:
        return BillingPeriod.parse(value)
    except ValueError as error:
        raise InvalidInputError("PERIOD_UNREADABLE", str(error)) from None

"""The page that the link of an invoice opens: the numbers behind an offer, and the answer to it. No sign-in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from itsdangerous import URLSafeSerializer
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dutycycle.api.contracts.v1 import charge_pb2, contracts_pb2
from dutycycle.api.offers.v1 import offers_pb2 as pb
from dutycycle.kit import ids
from dutycycle.kit.quantity import grouped
from dutycycle.portal.desk import Desk, text
from dutycycle.portal.drawing import Group, bars
from dutycycle.portal.session import Person
from dutycycle.runtime import tenancy
from dutycycle.runtime.wire import date_from_proto, decimal_from_proto, money_from_proto, period_from_proto


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what would change in the terms."""

    what: str
    now: str
    then: str


class OfferPages:
    """Opens offers for whoever holds the link, or for a customer who is signed in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        return [
            Route("/o/{token}", self.show, methods=["GET"]),
            Route("/o/{token}/accept", self.accept, methods=["POST"]),
            Route("/o/{token}/decline", self.decline, methods=["POST"]),
            Route("/stop/{token}", self.ask_stop, methods=["GET"]),
            Route("/stop/{token}", self.stop, methods=["POST"]),
            Route("/offers/{decision}", self._desk.signed_in(self.show_mine, staff=False), methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show an offer. Nothing changes by a GET: mail scanners open links."""
        token = request.path_params["token"]
        tenant = self._tenant(token)
        if not tenant:
            return self._forged(request)
        with tenancy.bound(tenant, ids.request_id()):
            opened = await self._desk.client.offers.OpenOffer(pb.OpenOfferRequest(token=token))
            return self._page(request, opened, f"/o/{token}", None)

    async def show_mine(self, request: Request, person: Person) -> Response:
        """Show a customer's own offer, by its name."""
        name = f"decisions/{request.path_params['decision']}"
        decision = (await self._desk.client.offers.GetDecision(pb.GetDecisionRequest(name=name))).decision
        if decision.customer != person.customer:
            return self._desk.failed(request, "There is no such page", "This offer is not one of yours.", 404, person)
        if decision.offer_token:
            return RedirectResponse(f"/o/{decision.offer_token}", status_code=303)
        return self._desk.pages.page(request, "treatment.html", person, decision=decision)

    async def accept(self, request: Request) -> Response:
        token = request.path_params["token"]
        tenant = self._tenant(token)
        if not tenant:
            return self._forged(request)
        form = await request.form()
        with tenancy.bound(tenant, ids.request_id()):
            if text(form, "agreed") != "yes" or not text(form, "name"):
                opened = await self._desk.client.offers.OpenOffer(pb.OpenOfferRequest(token=token))
                problem = "Type your name and tick that you may decide, so that the lessor knows who accepted."
                return self._page(request, opened, f"/o/{token}", problem)
            accept = pb.AcceptOfferRequest(token=token, accepted_by=text(form, "name"), request_id=ids.request_id())
            await self._desk.client.offers.AcceptOffer(accept)
        return RedirectResponse(f"/o/{token}#answer", status_code=303)

    async def decline(self, request: Request) -> Response:
        token = request.path_params["token"]
        tenant = self._tenant(token)
        if not tenant:
            return self._forged(request)
        form = await request.form()
        with tenancy.bound(tenant, ids.request_id()):
            decline = pb.DeclineOfferRequest(
                token=token,
                declined_by=text(form, "name") or "whoever holds the link",
                reason=text(form, "reason"),
                request_id=ids.request_id(),
            )
            await self._desk.client.offers.DeclineOffer(decline)
        return RedirectResponse(f"/o/{token}#answer", status_code=303)

    async def ask_stop(self, request: Request) -> Response:
        """Ask before stopping: who opens a link by chance, or a scanner that does, stops nothing."""
        token = request.path_params["token"]
        if not self._tenant(token):
            return self._forged(request)
        return self._desk.pages.page(request, "stop.html", token=token, stopped=False)

    async def stop(self, request: Request) -> Response:
        """Stop offers: by the button, or by one click in a mail program (RFC 8058), which sends no cookie."""
        token = request.path_params["token"]
        tenant = self._tenant(token)
        if not tenant:
            return self._forged(request)
        form = await request.form()
        one_click = text(form, "List-Unsubscribe") == "One-Click"
        origin = "one click in the mail program" if one_click else "the button of the stop page"
        with tenancy.bound(tenant, ids.request_id()):
            await self._desk.client.offers.StopOffers(pb.StopOffersRequest(token=token, origin=origin))
        return self._desk.pages.page(request, "stop.html", token=token, stopped=True)

    def _tenant(self, token: str) -> str:
        """Return whose link this claims to be, to ask with that lessor's credential; offers checks the signature."""
        _, payload = URLSafeSerializer("unused: nothing is signed or checked here").loads_unsafe(token)
        tenant = payload[0] if isinstance(payload, list) and payload and isinstance(payload[0], str) else ""
        return tenant if tenant in self._desk.settings.tenant_tokens else ""

    def _forged(self, request: Request) -> Response:
        message = "This link was not made by us, or was cut off. Open the link of the invoice or its e-mail again."
        return self._desk.failed(request, "That cannot be used", message, 400)

    def _page(self, request: Request, opened: pb.OpenOfferResponse, action: str, problem: str | None) -> Response:
        return self._desk.pages.page(
            request,
            "offer.html",
            self._desk.sessions.person(request),
            400 if problem else 200,
            opened=opened,
            decision=opened.decision,
            candidate=opened.candidate,
            is_open=opened.state == pb.OFFER_STATE_OPEN,
            changes=list(changes(opened.present_terms, opened.candidate.terms)),
            chart=month_chart(opened.candidate),
            action=action,
            problem=problem,
        )


def month_chart(candidate: pb.Candidate) -> Markup:
    """Draw each month on the present terms and on the offered ones."""
    groups = [
        Group(
            f"{period_from_proto(month.period).start:%b}",
            (money_from_proto(month.present_cost).amount, money_from_proto(month.offered_cost).amount),
        )
        for month in candidate.months
    ]
    return bars("Cost of each month, present terms beside offered terms", groups, [""] * len(groups))


def changes(present: contracts_pb2.Agreement, offered: contracts_pb2.Agreement) -> Iterator[Change]:
    """Yield what differs between two sets of terms, schedule by schedule; the term last."""
    after = {(s.id, c.id): c for s in offered.schedules for c in s.charges}
    for schedule in present.schedules:
        for charge in schedule.charges:
            other = after.get((schedule.id, charge.id))
            title = f"{schedule.display_name}: {charge.label.lower()}"
            now, then = _facts(charge), _facts(other) if other is not None else {}
            for what in {**now, **then}:
                if now.get(what) != then.get(what):
                    yield Change(f"{title}, {what}", now.get(what, "none"), then.get(what, "none"))
    if present.end_date != offered.end_date:
        yield Change("End of the term", _end(present), _end(offered))


def _facts(charge: charge_pb2.Charge) -> Mapping[str, str]:
    facts: dict[str, str] = {}
    if charge.baseline.HasField("quantity"):
        facts["baseline"] = f"{grouped(decimal_from_proto(charge.baseline.quantity))} {charge.quantify.units}"
    if charge.baseline.window_periods > 1:
        facts["baseline is for"] = f"{charge.baseline.window_periods} months together"
    if charge.baseline.carry.periods:
        facts["unused part"] = f"may be used for {charge.baseline.carry.periods} months longer"
    if charge.select.scope == charge_pb2.SCOPE_AGREEMENT:
        facts["compared"] = "all schedules together"
    for name, amount in (
        ("a month", charge.price.flat.amount if charge.price.HasField("flat") else None),
        ("minimum", charge.bound.minimum if charge.bound.HasField("minimum") else None),
        ("commitment", charge.price.commitment.amount if charge.price.HasField("commitment") else None),
        ("each unit", charge.price.per_unit.unit_amount if charge.price.HasField("per_unit") else None),
    ):
        if amount is not None:
            facts[name] = _amount(decimal_from_proto(amount))
    return facts


def _amount(value: Decimal) -> str:
    return f"{value:,.2f}" if -value.as_tuple().exponent <= 2 else f"{value:,f}"  # type: ignore[operator]


def _end(agreement: contracts_pb2.Agreement) -> str:
    last = date_from_proto(agreement.end_date) - timedelta(days=1)
    return f"{last.day} {last:%B %Y}"

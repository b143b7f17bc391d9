"""The lessor's pages: approve a month's bills, amendments, usage that cannot be billed, customers at risk, offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from google.type.date_pb2 import Date
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.kit import ids
from dutycycle.kit.errors import InvalidInputError
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.portal.desk import Desk, period_of, text
from dutycycle.portal.session import Person
from dutycycle.runtime.mend import mended_batch
from dutycycle.runtime.page import pages
from dutycycle.runtime.wire import date_to_proto, money_from_proto, period_from_proto, period_to_proto

_INVOICES, _PAGE = 500, 1_000
"""As many as a page of the services has at most."""
_ROWS = 200
_UNUSUAL_PERCENT = 25
"""A bill that differs so much from the one before is marked for the eye."""


class LessorPages:
    """What people at the lessor see of all customers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._client = desk.client

    def routes(self) -> list[Route]:
        def ours(path: str, handler: object, method: str = "GET") -> Route:
            return Route(path, self._desk.signed_in(handler, staff=True), methods=[method])  # type: ignore[arg-type]

        return [
            ours("/lessor", self.board),
            ours("/lessor/runs/{period}", self.run),
            ours("/lessor/runs/{period}/state", self.run_state),
            ours("/lessor/runs/{period}/draft", self.draft, "POST"),
            ours("/lessor/runs/{period}/approve", self.approve, "POST"),
            ours("/lessor/amendments", self.amendments),
            ours("/lessor/amendments/{amendment}/approve", self.approve_amendment, "POST"),
            ours("/lessor/amendments/{amendment}/reject", self.reject_amendment, "POST"),
            ours("/lessor/usage", self.usage),
            ours("/lessor/usage/resolve", self.resolve, "POST"),
            ours("/lessor/rejections/{rejection}", self.rejection),
            ours("/lessor/rejections/{rejection}", self.mend, "POST"),
            ours("/lessor/customers", self.customers),
            ours("/lessor/offers", self.offers),
            ours("/lessor/decisions/{decision}", self.decision),
        ]

    async def board(self, request: Request, person: Person) -> Response:
        """List the billed months with what waits for approval."""
        runs = [(period_from_proto(run.period), run) for run in await self._runs()]
        waiting = await self._amendments(contracts_pb2.AMENDMENT_STATE_DRAFT)
        return self._desk.pages.page(request, "board.html", person, runs=runs, waiting=len(waiting))

    async def run(self, request: Request, person: Person) -> Response:
        """Show the drafts of a month, those that changed most first."""
        period = period_of(request.path_params["period"])
        invoices = await self._invoices(period)
        rows = sorted(((invoice, _change_percent(invoice)) for invoice in invoices), key=lambda row: -abs(row[1]))
        name = f"billingRuns/{period.label}"
        state = (await self._client.invoicing.GetBillingRun(invoicing_pb2.GetBillingRunRequest(name=name))).billing_run
        return self._desk.pages.page(
            request,
            "run.html",
            person,
            period=period,
            rows=rows,
            run=state,
            together=_totals([money_from_proto(invoice.total) for invoice in invoices]),
            unusual=_UNUSUAL_PERCENT,
        )

    async def run_state(self, request: Request, person: Person) -> Response:
        """Give the state of a run as a part of its page, asked for again while it works."""
        period = period_of(request.path_params["period"])
        name = f"billingRuns/{period.label}"
        run = (await self._client.invoicing.GetBillingRun(invoicing_pb2.GetBillingRunRequest(name=name))).billing_run
        return self._desk.pages.page(request, "run_state.html", person, period=period, run=run)

    async def draft(self, request: Request, person: Person) -> Response:
        period = period_of(request.path_params["period"])
        await self._client.invoicing.CreateBillingRun(
            invoicing_pb2.CreateBillingRunRequest(period=period_to_proto(period), request_id=ids.request_id())
        )
        return RedirectResponse(f"/lessor/runs/{period.label}", status_code=303)

    async def approve(self, request: Request, person: Person) -> Response:
        period = period_of(request.path_params["period"])
        form = await request.form()
        approve = invoicing_pb2.ApproveInvoicesRequest(
            billing_run=f"billingRuns/{period.label}", request_id=ids.request_id()
        )
        if text(form, "issue_date"):
            approve.issue_date.CopyFrom(_day(text(form, "issue_date"), "issue_date"))
        await self._client.invoicing.ApproveInvoices(approve)
        return RedirectResponse(f"/lessor/runs/{period.label}", status_code=303)

    async def amendments(self, request: Request, person: Person) -> Response:
        everything = await self._amendments(contracts_pb2.AMENDMENT_STATE_UNSPECIFIED)
        draft = contracts_pb2.AMENDMENT_STATE_DRAFT
        return self._desk.pages.page(
            request,
            "amendments.html",
            person,
            waiting=[each for each in everything if each.state == draft],
            decided=[each for each in everything if each.state != draft],
        )

    async def approve_amendment(self, request: Request, person: Person) -> Response:
        form = await request.form()
        approve = contracts_pb2.ApproveAmendmentRequest(
            name=f"amendments/{request.path_params['amendment']}",
            approver=person.mailbox,
            request_id=ids.request_id(),
        )
        if text(form, "effective_date"):
            approve.effective_date.CopyFrom(_day(text(form, "effective_date"), "effective_date"))
        await self._client.contracts.ApproveAmendment(approve)
        return RedirectResponse("/lessor/amendments", status_code=303)

    async def reject_amendment(self, request: Request, person: Person) -> Response:
        form = await request.form()
        await self._client.contracts.RejectAmendment(
            contracts_pb2.RejectAmendmentRequest(
                name=f"amendments/{request.path_params['amendment']}",
                approver=person.mailbox,
                reason=text(form, "reason"),
                request_id=ids.request_id(),
            )
        )
        return RedirectResponse("/lessor/amendments", status_code=303)

    async def usage(self, request: Request, person: Person) -> Response:
        """Show usage that waits and records that were rejected, with the way to mend them."""
        waiting = await self._client.ingest.ListWaitingUsage(ingest_pb2.ListWaitingUsageRequest(page_size=_ROWS))
        rejected = await self._client.ingest.ListRejections(ingest_pb2.ListRejectionsRequest(page_size=_ROWS))
        identities = Counter((each.record.asset_identity, each.reason, each.message) for each in waiting.waiting)
        return self._desk.pages.page(
            request, "records.html", person, waiting=waiting, rejected=rejected, identities=identities.most_common()
        )

    async def resolve(self, request: Request, person: Person) -> Response:
        await self._client.ingest.ResolveWaiting(ingest_pb2.ResolveWaitingRequest())
        return RedirectResponse("/lessor/usage", status_code=303)

    async def rejection(self, request: Request, person: Person) -> Response:
        return self._rejection_page(request, person, await self._rejection(request), "")

    async def mend(self, request: Request, person: Person) -> Response:
        """Record a mended record again; what is still wrong with it is said beside the form."""
        rejection, form = await self._rejection(request), await request.form()
        meters = [
            f"{name.removeprefix('meter-')}={str(value).strip()}"
            for name, value in form.items()
            if name.startswith("meter-") and str(value).strip()
        ]
        try:
            batch = mended_batch(rejection.record, text(form, "asset"), meters)
        except InvalidInputError as error:
            return self._rejection_page(request, person, rejection, error.message)
        answer = await self._client.ingest.ReplayRejection(
            ingest_pb2.ReplayRejectionRequest(name=rejection.name, batch=batch, request_id=ids.request_id())
        )
        left = answer.receipt.answers[0] if answer.receipt.answers else None
        return self._rejection_page(request, person, await self._rejection(request), left.message if left else "")

    def _rejection_page(
        self, request: Request, person: Person, rejection: ingest_pb2.Rejection, problem: str
    ) -> Response:
        return self._desk.pages.page(request, "rejection.html", person, rejection=rejection, problem=problem)

    async def customers(self, request: Request, person: Person) -> Response:
        """Show every customer by its risk, with the money at stake and what the best program would change."""
        period = await self._asked_period(request)
        found, names = None, {}
        if period is not None:
            names = await self._customer_names()
            found = await self._client.offers.AssessPortfolio(
                offers_pb2.AssessPortfolioRequest(period=period_to_proto(period))
            )
        return self._desk.pages.page(request, "customers.html", person, period=period, found=found, names=names)

    async def _customer_names(self) -> dict[str, str]:
        """Return the names of customers as printed, by resource name."""
        listed = contracts_pb2.ListCustomersRequest(page_size=_PAGE)
        return {
            customer.name: customer.display_name
            async for page in pages(self._client.contracts.ListCustomers, listed)
            for customer in page.customers
        }

    async def offers(self, request: Request, person: Person) -> Response:
        """Show what was decided in a month, and what offers of the twelve months up to it did."""
        period = await self._asked_period(request)
        decisions: Sequence[offers_pb2.Decision] = []
        effect = None
        if period is not None:
            listed = offers_pb2.ListDecisionsRequest(period=period_to_proto(period), page_size=_PAGE)
            decisions = [d async for page in pages(self._client.offers.ListDecisions, listed) for d in page.decisions]
            first = period.last_months(12)[0]
            effect = await self._client.offers.MeasureEffect(
                offers_pb2.MeasureEffectRequest(from_period=period_to_proto(first), to_period=period_to_proto(period))
            )
        return self._desk.pages.page(request, "effect.html", person, period=period, decisions=decisions, effect=effect)

    async def decision(self, request: Request, person: Person) -> Response:
        name = f"decisions/{request.path_params['decision']}"
        decision = (await self._client.offers.GetDecision(offers_pb2.GetDecisionRequest(name=name))).decision
        judged = await self._client.offers.AssessCustomer(
            offers_pb2.AssessCustomerRequest(customer=decision.customer, period=decision.period, include_assets=True)
        )
        return self._desk.pages.page(
            request,
            "decision.html",
            person,
            decision=decision,
            assets=judged.assets[:10],
            groups=[group for group in judged.asset_groups if group.assets],
        )

    async def _asked_period(self, request: Request) -> BillingPeriod | None:
        """Return the period asked for, else the newest with a bill; None before the first."""
        asked = request.query_params.get("period", "")
        if asked:
            return period_of(asked)
        return next((period_from_proto(run.period) for run in await self._runs() if run.invoices_total), None)

    async def _runs(self) -> list[invoicing_pb2.BillingRun]:
        """Return the billing runs, the newest period first."""
        listed = invoicing_pb2.ListBillingRunsRequest(page_size=_PAGE)
        return [
            run async for page in pages(self._client.invoicing.ListBillingRuns, listed) for run in page.billing_runs
        ]

    async def _invoices(self, period: BillingPeriod) -> list[invoicing_pb2.Invoice]:
        listed = invoicing_pb2.ListInvoicesRequest(period=period_to_proto(period), page_size=_INVOICES)
        return [each async for page in pages(self._client.invoicing.ListInvoices, listed) for each in page.invoices]

    async def _amendments(self, state: contracts_pb2.AmendmentState) -> list[contracts_pb2.Amendment]:
        listed = contracts_pb2.ListAmendmentsRequest(state=state, page_size=_PAGE)
        return [each async for page in pages(self._client.contracts.ListAmendments, listed) for each in page.amendments]

    async def _rejection(self, request: Request) -> ingest_pb2.Rejection:
        name = f"rejections/{request.path_params['rejection']}"
        return (await self._client.ingest.GetRejection(ingest_pb2.GetRejectionRequest(name=name))).rejection


def _totals(amounts: Sequence[Money]) -> str:
    """Write the sum of each currency."""
    currencies = sorted({amount.currency for amount in amounts})
    return ", ".join(total([a for a in amounts if a.currency == each], each).text() for each in currencies)


def _change_percent(invoice: invoicing_pb2.Invoice) -> Decimal:
    """Return how much a bill differs from the one before, percent; 0 for the first."""
    before = money_from_proto(invoice.previous_total).amount if invoice.HasField("previous_total") else Decimal(0)
    return (money_from_proto(invoice.total).amount - before) * 100 / before if before else Decimal(0)


def _day(value: str, field: str) -> Date:
    try:
        return date_to_proto(date.fromisoformat(value))
    except ValueError:
        raise InvalidInputError("DAY_UNREADABLE", f"{field}: {value!r} is no day; write it as 2013-08-01") from None

"""The customer's pages: what is used against what was agreed, down to the record; bills, offers, preferences."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.invoicing.v1 import invoicing_pb2
from dutycycle.api.notify.v1 import notify_pb2
from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit import ids
from dutycycle.kit.errors import NotFoundError
from dutycycle.kit.period import BillingPeriod
from dutycycle.kit.quantity import grouped, round_to_scale
from dutycycle.portal.desk import Desk, period_of, text
from dutycycle.portal.drawing import Group, bars
from dutycycle.portal.session import Person
from dutycycle.portal.view import money, number
from dutycycle.runtime.page import pages
from dutycycle.runtime.wire import date_from_proto, decimal_from_proto, period_from_proto, period_to_proto

_RECORDS = 200
_INVOICES, _PAGE = 500, 1_000
"""As many as a page of the services has at most."""
DOCUMENTS = {
    "invoice.pdf": invoicing_pb2.DOCUMENT_KIND_INVOICE_PDF,
    "report.pdf": invoicing_pb2.DOCUMENT_KIND_REPORT_PDF,
    "assets.xlsx": invoicing_pb2.DOCUMENT_KIND_ASSETS_XLSX,
    "invoice.json": invoicing_pb2.DOCUMENT_KIND_INVOICE_JSON,
}
_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


class CustomerPages:
    """What a customer sees of its own lease, and nobody else's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._client = desk.client

    def routes(self) -> list[Route]:
        def mine(path: str, handler: object, method: str = "GET") -> Route:
            return Route(path, self._desk.signed_in(handler, staff=False), methods=[method])  # type: ignore[arg-type]

        return [
            mine("/", self.overview),
            mine("/live", self.live),
            mine("/months.json", self.months),
            mine("/usage/{period}", self.usage),
            mine("/usage/{period}/line", self.line),
            mine("/invoices", self.invoices),
            mine("/invoices/{invoice}", self.invoice),
            mine("/invoices/{invoice}/{document}", self.document),
            mine("/offers", self.offers),
            mine("/settings", self.settings),
            mine("/settings/offers", self.set_offers, "POST"),
            mine("/settings/alerts", self.set_alerts, "POST"),
        ]

    async def overview(self, request: Request, person: Person) -> Response:
        invoices = await self._invoices(person.customer)
        issued = [each for each in invoices if each.state == invoicing_pb2.INVOICE_STATE_ISSUED]
        newest = issued[-1] if issued else None
        agreements = await self._agreements(person.customer)
        period = self._period(request, newest, agreements)
        accruals = await self._accruals(person.customer, period) if period and _is_covered(agreements, period) else None
        offers = await self._offers(person.customer)
        alerts = await self._client.notify.ListAlerts(
            notify_pb2.ListAlertsRequest(customer=person.customer, page_size=5)
        )
        return self._desk.pages.page(
            request,
            "overview.html",
            person,
            customer=await self._customer(person.customer),
            newest=newest,
            invoices=issued[::-1][:6],
            accruals=accruals,
            period=period,
            is_billed=newest is not None and period == period_from_proto(newest.period),
            chart=month_chart(newest) if newest else Markup(),
            open_offer=offers[0] if offers and offers[0].offer_token else None,
            alerts=alerts.alerts,
        )

    async def live(self, request: Request, person: Person) -> Response:
        """Send what the running period comes to, again whenever usage arrives, for as long as the page is open."""
        period = period_of(request.query_params.get("period", ""))
        watch = rating_pb2.WatchAccrualsRequest(customer=person.customer, period=period_to_proto(period))
        call = self._client.rating.WatchAccruals(watch)

        async def events() -> AsyncIterator[str]:
            try:
                async for message in call:
                    rows = [
                        {
                            "id": f"{accrual.use.schedule}/{accrual.use.charge}",
                            "used": number(accrual.use.used_quantity),
                            "share": share_percent(accrual.use),
                            "amount": money(accrual.amount),
                        }
                        for accrual in message.accruals
                    ]
                    yield f"data: {json.dumps({'rows': rows, 'totals': [money(each) for each in message.totals]})}\n\n"
            finally:
                call.cancel()

        return StreamingResponse(events(), media_type="text/event-stream")

    async def months(self, request: Request, person: Person) -> Response:
        """Give the months of the newest bill as columns, for the chart that can be explored."""
        issued = [i for i in await self._invoices(person.customer) if i.state == invoicing_pb2.INVOICE_STATE_ISSUED]
        months = issued[-1].months if issued else []
        return JSONResponse(
            {
                "labels": [period_from_proto(m.period).title for m in months],
                "used": [float(decimal_from_proto(m.used_quantity)) for m in months],
                "baseline": [float(decimal_from_proto(m.baseline_quantity)) for m in months],
            }
        )

    async def usage(self, request: Request, person: Person) -> Response:
        """Show a period schedule by schedule, each line with a way to its arithmetic."""
        period = period_of(request.path_params["period"])
        statement = await self._statement(person.customer, period)
        schedules: dict[str, list[rating_pb2.RatedLine]] = {}
        for line in statement.lines:
            schedules.setdefault(line.schedule_display_name, []).append(line)
        return self._desk.pages.page(
            request, "usage.html", person, period=period, statement=statement, schedules=schedules
        )

    async def line(self, request: Request, person: Person) -> Response:
        """Explain one line: its steps, its assets, and of one asset the records."""
        period = period_of(request.path_params["period"])
        asset = request.query_params.get("asset", "")
        explained = await self._client.rating.ExplainLine(
            rating_pb2.ExplainLineRequest(
                customer=person.customer,
                period=period_to_proto(period),
                line=request.query_params.get("line", ""),
                asset=asset,
                record_limit=_RECORDS if asset else 0,
            )
        )
        assets = sorted(explained.assets, key=lambda each: -each.records)
        return self._desk.pages.page(
            request, "line.html", person, period=period, explained=explained, assets=assets, asset=asset
        )

    async def invoices(self, request: Request, person: Person) -> Response:
        issued = [i for i in await self._invoices(person.customer) if i.state == invoicing_pb2.INVOICE_STATE_ISSUED]
        return self._desk.pages.page(request, "invoices.html", person, invoices=issued[::-1], documents=list(DOCUMENTS))

    async def invoice(self, request: Request, person: Person) -> Response:
        invoice = await self._invoice(request, person)
        return self._desk.pages.page(
            request,
            "invoice.html",
            person,
            invoice=invoice,
            period=period_from_proto(invoice.period),
            documents=list(DOCUMENTS),
        )

    async def document(self, request: Request, person: Person) -> Response:
        name = request.path_params["document"]
        invoice = await self._invoice(request, person)
        if name not in DOCUMENTS:
            raise NotFoundError("DOCUMENT_UNKNOWN", f"an invoice has no document {name!r}")
        call = self._client.invoicing.DownloadDocument(
            invoicing_pb2.DownloadDocumentRequest(invoice=invoice.name, kind=DOCUMENTS[name])
        )
        content = b"".join([piece.content async for piece in call])
        disposition = f'attachment; filename="{invoice.number}-{name}"'
        return Response(
            content, media_type=_TYPES[name.rpartition(".")[2]], headers={"content-disposition": disposition}
        )

    async def offers(self, request: Request, person: Person) -> Response:
        listed = offers_pb2.ListAnswersRequest(customer=person.customer, page_size=_PAGE)
        answers = [each async for page in pages(self._client.offers.ListAnswers, listed) for each in page.answers]
        return self._desk.pages.page(
            request,
            "offers.html",
            person,
            decisions=await self._offers(person.customer),
            answers={answer.decision: answer for answer in answers},
        )

    async def settings(self, request: Request, person: Person) -> Response:
        wish = await self._client.offers.GetPreference(offers_pb2.GetPreferenceRequest(customer=person.customer))
        alerts = await self._client.notify.GetAlertSettings(
            notify_pb2.GetAlertSettingsRequest(customer=person.customer)
        )
        return self._desk.pages.page(
            request, "settings.html", person, wish=wish, alerts=alerts.settings, saved="saved" in request.query_params
        )

    async def set_offers(self, request: Request, person: Person) -> Response:
        form = await request.form()
        await self._client.offers.SetPreference(
            offers_pb2.SetPreferenceRequest(
                customer=person.customer,
                offers_allowed=text(form, "offers") == "yes",
                origin=f"portal, by {person.mailbox}",
                request_id=ids.request_id(),
            )
        )
        return RedirectResponse("/settings?saved=1", status_code=303)

    async def set_alerts(self, request: Request, person: Person) -> Response:
        form = await request.form()
        settings = notify_pb2.AlertSettings(
            customer=person.customer,
            projected_overage=text(form, "projected_overage") == "yes",
            silent_days=_whole(text(form, "silent_days")),
            by_email=text(form, "by_email") == "yes",
            digest=text(form, "digest") == "yes",
            quiet_from_hour=_whole(text(form, "quiet_from_hour")),
            quiet_to_hour=_whole(text(form, "quiet_to_hour")),
        )
        for percent in text(form, "baseline_percents").replace("%", " ").replace(",", " ").split():
            settings.baseline_percents.add(value=percent)
        if text(form, "budget"):
            settings.budget.value = text(form, "budget").replace(",", "")
        await self._client.notify.SetAlertSettings(
            notify_pb2.SetAlertSettingsRequest(settings=settings, request_id=ids.request_id())
        )
        return RedirectResponse("/settings?saved=1", status_code=303)

    def _period(
        self,
        request: Request,
        newest: invoicing_pb2.Invoice | None,
        agreements: Sequence[contracts_pb2.Agreement],
    ) -> BillingPeriod | None:
        """Return the period to look at: the one asked for, else the one after the newest bill.

        Once the term is over it is that of the newest bill, which says more than an empty month after it.
        """
        asked = request.query_params.get("period", "")
        if asked:
            return period_of(asked)
        if newest is None:
            return None
        billed = period_from_proto(newest.period)
        return billed.next_month() if _is_covered(agreements, billed.next_month()) else billed

    async def _agreements(self, customer: str) -> list[contracts_pb2.Agreement]:
        """Return every revision of the customer's agreements, by name and effective date."""
        listed = contracts_pb2.ListAgreementsRequest(customer=customer, page_size=_PAGE)
        return [a async for page in pages(self._client.contracts.ListAgreements, listed) for a in page.agreements]

    async def _accruals(self, customer: str, period: BillingPeriod) -> rating_pb2.WatchAccrualsResponse | None:
        """Return what a period comes to so far."""
        watch = rating_pb2.WatchAccrualsRequest(customer=customer, period=period_to_proto(period))
        call = self._client.rating.WatchAccruals(watch)
        try:
            async for message in call:
                return message
        finally:
            call.cancel()
        return None

    async def _statement(self, customer: str, period: BillingPeriod) -> rating_pb2.Statement:
        response = await self._client.rating.RatePeriods(
            rating_pb2.RatePeriodsRequest(customer=customer, periods=[period_to_proto(period)])
        )
        if not response.statements:
            raise NotFoundError("PERIOD_UNKNOWN", f"no agreement of yours is in force in {period.title}")
        return response.statements[0]

    async def _customer(self, name: str) -> contracts_pb2.Customer:
        return (await self._client.contracts.GetCustomer(contracts_pb2.GetCustomerRequest(name=name))).customer

    async def _invoices(self, customer: str) -> list[invoicing_pb2.Invoice]:
        listed = invoicing_pb2.ListInvoicesRequest(customer=customer, page_size=_INVOICES)
        return [each async for page in pages(self._client.invoicing.ListInvoices, listed) for each in page.invoices]

    async def _invoice(self, request: Request, person: Person) -> invoicing_pb2.Invoice:
        """Return an issued invoice of the person's own customer."""
        name = f"invoices/{request.path_params['invoice']}"
        invoice = (await self._client.invoicing.GetInvoice(invoicing_pb2.GetInvoiceRequest(name=name))).invoice
        if invoice.customer.name != person.customer or invoice.state != invoicing_pb2.INVOICE_STATE_ISSUED:
            raise NotFoundError("INVOICE_UNKNOWN", f"there is no invoice {name!r} of yours")
        return invoice

    async def _offers(self, customer: str) -> list[offers_pb2.Decision]:
        """Return what the customer's invoices said beside the bill, the newest first; the newest with its links."""
        listed = offers_pb2.ListDecisionsRequest(customer=customer, page_size=_PAGE)
        made = [each async for page in pages(self._client.offers.ListDecisions, listed) for each in page.decisions]
        said = [each for each in made if each.treatment != offers_pb2.TREATMENT_NONE][::-1]
        if said:
            newest = await self._client.offers.GetDecision(offers_pb2.GetDecisionRequest(name=said[0].name))
            said[0] = newest.decision
        return said


def _is_covered(agreements: Sequence[contracts_pb2.Agreement], period: BillingPeriod) -> bool:
    """Say whether an agreement is in force on the first day of a period."""
    in_force = {
        agreement.name: agreement
        for agreement in agreements  # by effective date: a later revision replaces an earlier
        if date_from_proto(agreement.effective_date) <= period.start
    }
    return any(period.start < date_from_proto(agreement.end_date) for agreement in in_force.values())


def share_percent(use: rating_pb2.MeasuredUse) -> int:
    """Return used in whole percent of the baseline; 0 where there is none."""
    baseline = decimal_from_proto(use.baseline_quantity) if use.HasField("baseline_quantity") else None
    return int(decimal_from_proto(use.used_quantity) * 100 / baseline) if baseline else 0


def month_chart(invoice: invoicing_pb2.Invoice) -> Markup:
    """Draw the months of a bill: used, with the baseline as a dashed line."""
    groups = [
        Group(
            f"{period_from_proto(month.period).start:%b}",
            (decimal_from_proto(month.used_quantity),),
            decimal_from_proto(month.baseline_quantity),
        )
        for month in invoice.months
    ]
    figures = [grouped(round_to_scale(decimal_from_proto(month.used_quantity), 0)) for month in invoice.months]
    return bars("Usage of each month; the dashed line is the agreed baseline", groups, figures)


def _whole(value: str) -> int:
    return int(value) if value.isdecimal() else 0

"""`dutycycle offers`: what customers are told on their invoices."""

from __future__ import annotations

from typing import Annotated

import typer

from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import Customer, Month, customer_name, read_period
from dutycycle.cli.output import AsJson, call, console, emit, table
from dutycycle.kit.ids import request_id
from dutycycle.runtime.wire import money_from_proto, period_to_proto

app = typer.Typer(help="What customers are told on their invoices.", no_args_is_help=True)


@app.command("show")
def offers_show(customer: Customer, period: Month, as_json: AsJson = False) -> None:
    """Show what was decided for an invoice, and why not otherwise."""

    async def work(client: Client) -> offers_pb2.Decision:
        name = f"decisions/{customer_name(customer).removeprefix('customers/')}-{read_period(period).label}"
        return (await client.offers.GetDecision(offers_pb2.GetDecisionRequest(name=name))).decision

    decision = call(work)

    def text() -> None:
        console.print(
            f"[bold]{decision.headline}[/bold]\n{decision.why_text}\n{decision.proof_text}\n{decision.reason}"
        )
        rows = [
            [
                c.subject,
                "yes" if c.eligible else "no",
                money_from_proto(c.customer_saving).text() if c.HasField("customer_saving") else "",
                money_from_proto(c.lessor_margin).text() if c.HasField("lessor_margin") else "",
                c.reason,
            ]
            for c in decision.candidates
        ]
        table(["Looked at", "Eligible", ">Customer saves", ">Lessor's margin", "Why"], rows)

    emit(decision, as_json=as_json, text=text)


@app.command("stop")
def offers_stop(
    customer: Customer,
    origin: Annotated[str, typer.Option(help='Where the wish came from: "e-mail of 2014-01-07"')],
    as_json: AsJson = False,
) -> None:
    """Show a customer no more offers; invoices are not affected."""
    _prefer(customer, origin, allowed=False, as_json=as_json)


@app.command("allow")
def offers_allow(
    customer: Customer,
    origin: Annotated[str, typer.Option(help="Where the wish came from.")],
    as_json: AsJson = False,
) -> None:
    """Let a customer see offers again."""
    _prefer(customer, origin, allowed=True, as_json=as_json)


def _prefer(customer: str, origin: str, *, allowed: bool, as_json: bool) -> None:
    async def work(client: Client) -> offers_pb2.SetPreferenceResponse:
        request = offers_pb2.SetPreferenceRequest(
            customer=customer_name(customer), offers_allowed=allowed, origin=origin, request_id=request_id()
        )
        return await client.offers.SetPreference(request)

    answer = call(work)
    wish = "offers are shown" if answer.offers_allowed else "no offers are shown"
    emit(answer, as_json=as_json, text=lambda: console.print(f"{customer_name(customer)}: {wish}"))


@app.command("risk")
def offers_risk(period: Month, as_json: AsJson = False) -> None:
    """List customers by their risk, with what is at stake and the best program for each."""

    async def work(client: Client) -> offers_pb2.AssessPortfolioResponse:
        request = offers_pb2.AssessPortfolioRequest(period=period_to_proto(read_period(period)))
        return await client.offers.AssessPortfolio(request, timeout=600)

    found = call(work)

    def text() -> None:
        rows = [
            [
                each.assessment.customer.removeprefix("customers/"),
                str(each.assessment.risk.score),
                ", ".join(f"{factor.name} {factor.points}" for factor in each.assessment.risk.factors[:3]),
                money_from_proto(each.assessment.risk.at_stake).text(),
                each.best.subject,
                money_from_proto(each.best.customer_saving).text() if each.best.subject else "",
                "now" if each.best.eligible else each.best.reason,
            ]
            for each in found.customers
        ]
        columns = ["Customer", ">Risk", "Why", ">At stake", "Best program", ">Would save", "May be offered"]
        table(columns, rows)
        for line in found.skipped:
            console.print(line)

    emit(found, as_json=as_json, text=text)


@app.command("effect")
def offers_effect(
    first: Annotated[str, typer.Argument(help="First month of invoices that count: 2013-01")],
    last: Annotated[str, typer.Argument(help="Last month: 2013-12")],
    as_json: AsJson = False,
) -> None:
    """Say what offers did: shown, opened, accepted; those treated against those held out; savings realised."""

    async def work(client: Client) -> offers_pb2.MeasureEffectResponse:
        request = offers_pb2.MeasureEffectRequest(
            from_period=period_to_proto(read_period(first)), to_period=period_to_proto(read_period(last))
        )
        return await client.offers.MeasureEffect(request, timeout=600)

    found = call(work)

    def text() -> None:
        rows = [
            [s.subject, str(s.shown), str(s.opened), str(s.accepted), str(s.declined), str(s.held_out), s.conclusion]
            for s in found.subjects
        ]
        columns = ["Offered", ">Shown", ">Opened", ">Accepted", ">Declined", ">Held out", "Those treated and held out"]
        table(columns, rows)
        savings = [
            [
                each.decision.removeprefix("decisions/"),
                each.subject,
                money_from_proto(each.promised_monthly).text(),
                money_from_proto(each.realised_monthly).text(),
                str(len(each.months)),
            ]
            for each in found.savings
        ]
        table(["Accepted", "Program", ">Promised a month", ">Realised a month", ">Months"], savings)

    emit(found, as_json=as_json, text=text)

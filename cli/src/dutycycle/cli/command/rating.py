"""`dutycycle rating`: rated lines and the arithmetic behind them."""

from __future__ import annotations

from typing import Annotated

import typer

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import Customer, Month, customer_name, read_period
from dutycycle.cli.command.line import print_lines
from dutycycle.cli.output import AsJson, call, console, emit, table
from dutycycle.runtime.wire import money_from_proto, period_to_proto, timestamp_from_proto

app = typer.Typer(help="Rated lines and the arithmetic behind them.", no_args_is_help=True)


@app.command("show")
def rating_show(customer: Customer, period: Month, as_json: AsJson = False) -> None:
    """Rate a period of a customer from stored usage, as it would be billed now."""

    async def work(client: Client) -> rating_pb2.RatePeriodsResponse:
        request = rating_pb2.RatePeriodsRequest(
            customer=customer_name(customer), periods=[period_to_proto(read_period(period))]
        )
        return await client.rating.RatePeriods(request)

    answer = call(work)

    def text() -> None:
        for statement in answer.statements:
            print_lines(statement.lines, f"{statement.agreement}, revision {statement.agreement_revision}")
            console.print(f"Total {money_from_proto(statement.total).text()}")

    emit(answer, as_json=as_json, text=text)


@app.command("explain")
def rating_explain(
    customer: Customer,
    period: Month,
    line: Annotated[str, typer.Argument(help="Line: fl-boeing-717/flight-hours")],
    asset: Annotated[str, typer.Option(help="Only the usage of this asset: assets/n978at")] = "",
    records: Annotated[int, typer.Option(help="Show so many usage records.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show how a line came about: its steps, the assets, the usage records."""

    async def work(client: Client) -> rating_pb2.ExplainLineResponse:
        request = rating_pb2.ExplainLineRequest(
            customer=customer_name(customer),
            period=period_to_proto(read_period(period)),
            line=line,
            asset=asset,
            record_limit=records,
        )
        return await client.rating.ExplainLine(request)

    answer = call(work)

    def text() -> None:
        console.print(answer.line.charge_text)
        steps = [[step.stage, step.text, step.amount.value] for step in answer.line.steps]
        table(["Step", "What", ">Amount"], steps)
        console.print(f"Amount {money_from_proto(answer.line.amount).text()}\n")
        meters = sorted({key for a in answer.assets for key in a.quantities})
        contributions = [
            [a.display_name, f"{a.records:,}", *(a.quantities.get(meter, "") for meter in meters)]
            for a in answer.assets
        ]
        table(["Asset", ">Records", *(f">{meter}" for meter in meters)], contributions)
        shown = [
            [f"{timestamp_from_proto(r.occurred_time):%Y-%m-%d %H:%M}Z", r.event_id, r.asset_identity]
            for r in answer.records
        ]
        table(["When", "Record", "Identity"], shown)
        console.print(f"{len(shown):,} of {answer.records_total:,} records")

    emit(answer, as_json=as_json, text=text)

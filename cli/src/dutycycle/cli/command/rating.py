"""`dutycycle rating`: rated lines and the arithmetic behind them."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import grpc
import grpc.aio
import typer
from google.protobuf.duration_pb2 import Duration

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import Customer, Month, customer_name, read_period
from dutycycle.cli.command.line import print_lines, print_steps
from dutycycle.cli.output import AsJson, call, console, emit, table, to_plain
from dutycycle.runtime.wire import money_from_proto, period_from_proto, period_to_proto, timestamp_from_proto

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
        print_steps(answer.line)
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


@app.command("watch")
def rating_watch(
    customer: Customer,
    period: Annotated[str, typer.Option(help="Billing period, a month: 2013-12. Left out: the running one.")] = "",
    interval: Annotated[float, typer.Option(help="Least time between two answers, in seconds.", min=0.1)] = 1.0,
    count: Annotated[int, typer.Option(help="End after so many answers; 0: on Ctrl-C.", min=0)] = 0,
    as_json: AsJson = False,
) -> None:
    """Print what a running period comes to, again whenever more usage of the customer has come in."""
    request = rating_pb2.WatchAccrualsRequest(customer=customer_name(customer), interval=Duration())
    request.interval.FromMilliseconds(round(interval * 1e3))
    if period:
        request.period.CopyFrom(period_to_proto(read_period(period)))

    async def work(client: Client) -> None:
        told = 0
        while True:
            before = told
            try:
                async for answer in client.rating.WatchAccruals(request):
                    _tell_accruals(answer, as_json=as_json)
                    told += 1
                    if told == count:
                        return
            except grpc.aio.AioRpcError as failure:
                # Connections are renewed every few minutes and replicas are replaced; one that never answered is away.
                if failure.code() is not grpc.StatusCode.UNAVAILABLE or told == before:
                    raise

    try:
        call(work)
    except KeyboardInterrupt:
        console.print("Stopped")


def _tell_accruals(answer: rating_pb2.WatchAccrualsResponse, *, as_json: bool) -> None:
    if as_json:
        json.dump(to_plain(answer), sys.stdout)
        sys.stdout.write("\n")
        sys.stdout.flush()
    else:
        _print_accruals(answer)


def _print_accruals(answer: rating_pb2.WatchAccrualsResponse) -> None:
    rows = [
        [
            accrual.label,
            accrual.use.schedule_display_name,
            accrual.use.baseline_quantity.value,
            accrual.use.used_quantity.value,
            accrual.use.units,
            accrual.rate_text,
            money_from_proto(accrual.amount).text(),
        ]
        for accrual in answer.accruals
    ]
    at = timestamp_from_proto(answer.as_of)
    title = f"{period_from_proto(answer.period).title}, as of {at:%Y-%m-%d %H:%M:%S}Z, {answer.usage_records:,} records"
    table(["Charge", "Schedule", ">Baseline", ">Used", "Unit", "Rate", ">So far"], rows, title)
    totals = ", ".join(money_from_proto(total).text() for total in answer.totals) or "nothing"
    console.print(f"So far {totals}\n")

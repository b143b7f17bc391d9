"""`dutycycle rate`: what a charge makes of a file of usage, without a contract."""

from __future__ import annotations

import os
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.alone import rating_alone
from dutycycle.cli.charge import read_charges
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import read_period
from dutycycle.cli.command.line import print_lines, print_steps
from dutycycle.cli.document import message_from_document
from dutycycle.cli.output import AsJson, call, console, emit, errors, explained
from dutycycle.cli.usage_table import read_usage
from dutycycle.kit.period import BillingPeriod, is_zone
from dutycycle.runtime.wire import period_to_proto

_CONFIGURED = ("DUTYCYCLE_RATING_TARGET", "DUTYCYCLE_TENANT_TOKENS")
"""Either says that a running service is meant."""


def rate(
    charge: Annotated[Path, typer.Argument(help="YAML: a charge, a preset, or several under charges.", exists=True)],
    usage: Annotated[
        Path, typer.Argument(help="CSV: occurred_at, asset, id, attr.<name>, and a column a meter.", exists=True)
    ],
    period: Annotated[str, typer.Option(help="The period, a month: 2024-01.")] = "",
    start: Annotated[str, typer.Option("--from", help="First day, instead of --period: 2024-01-15.")] = "",
    end: Annotated[str, typer.Option("--to", help="Day after the last.")] = "",
    zone: Annotated[str, typer.Option(help="IANA zone of the days, and of times without offset.")] = "UTC",
    currency: Annotated[str, typer.Option(help="ISO 4217 code.")] = "USD",
    number: Annotated[int, typer.Option(help="Number of the period since commencement.", min=1)] = 1,
    alone: Annotated[
        bool | None,
        typer.Option(
            "--alone/--running",
            help="Start a rating service for this command alone, or ask the one that runs. Left out: alone unless the "
            "environment names a rating service or a token.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Rate a file of usage on a charge and show the arithmetic. Nothing is stored."""
    chosen = _period(period, start, end)
    if not is_zone(zone):
        raise typer.BadParameter(f"{zone!r} is not an IANA zone", param_hint="--zone")
    request = explained(lambda: _request(charge, usage, zone))
    request.currency, request.zone, request.period_number = currency, zone, number
    request.period.CopyFrom(period_to_proto(chosen))

    async def work(client: Client) -> rating_pb2.RateUsageResponse:
        return await client.rating.RateUsage(request)

    by_itself = not any(name in os.environ for name in _CONFIGURED) if alone is None else alone
    if by_itself:
        errors.print("Starting a rating service for this command; --running asks one that runs")
    with rating_alone() if by_itself else nullcontext() as settings:
        answer = call(work, settings)

    def text() -> None:
        print_lines(answer.lines, f"{len(request.records):,} records, {chosen.start} until {chosen.end}")
        console.print()
        for line in answer.lines:
            print_steps(line)

    emit(answer, as_json=as_json, text=text)


def _request(charge: Path, usage: Path, zone: str) -> rating_pb2.RateUsageRequest:
    document = {"charges": read_charges(charge)}
    request = message_from_document(rating_pb2.RateUsageRequest, document, str(charge))
    request.records.extend(read_usage(usage, zone))
    return request


def _period(month: str, start: str, end: str) -> BillingPeriod:
    """Read the days; anything but a month, or both a first day and an end, is a usage error."""
    if month and not (start or end):
        return read_period(month)
    if month or not (start and end):
        raise typer.BadParameter("give either --period, or --from and --to")
    try:
        return BillingPeriod(date.fromisoformat(start), date.fromisoformat(end))
    except ValueError as error:
        raise typer.BadParameter(f"--from {start} --to {end}: {error}") from None

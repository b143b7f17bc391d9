"""`dutycycle amendments`: terms that customers accepted and the lessor approves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import full_name
from dutycycle.cli.output import AsJson, call, console, emit, table
from dutycycle.kit.ids import request_id
from dutycycle.runtime.wire import date_from_proto, date_to_proto

app = typer.Typer(help="Terms that customers accepted and you approve.", no_args_is_help=True)
Amendment = Annotated[str, typer.Argument(help="Amendment: fl-2013-06")]
Approver = Annotated[str, typer.Option(help="Who decides: a name that can be asked.")]


@app.command("list")
def amendments_list(
    waiting: Annotated[bool, typer.Option("--waiting", help="Only what waits for you.")] = False,
    as_json: AsJson = False,
) -> None:
    """List amendments, newest first."""
    state = contracts_pb2.AMENDMENT_STATE_DRAFT if waiting else contracts_pb2.AMENDMENT_STATE_UNSPECIFIED

    async def work(client: Client) -> Sequence[contracts_pb2.Amendment]:
        page = await client.contracts.ListAmendments(contracts_pb2.ListAmendmentsRequest(state=state, page_size=1_000))
        return page.amendments

    found = call(work)
    rows = [
        [
            each.name.removeprefix("amendments/"),
            each.display_name,
            contracts_pb2.AmendmentState.Name(each.state).removeprefix("AMENDMENT_STATE_").lower(),
            each.accepted_by,
            str(date_from_proto(each.effective_date if each.HasField("effective_date") else each.earliest_date)),
        ]
        for each in found
    ]
    columns = ["Amendment", "Program", "State", "Accepted by", "In force from, at the earliest"]
    emit(list(found), as_json=as_json, text=lambda: table(columns, rows))


@app.command("approve")
def amendments_approve(
    amendment: Amendment,
    approver: Approver,
    from_day: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First of a month; else the first of the next one."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put accepted terms into force."""

    async def work(client: Client) -> contracts_pb2.ApproveAmendmentResponse:
        request = contracts_pb2.ApproveAmendmentRequest(
            name=full_name("amendments", amendment), approver=approver, request_id=request_id()
        )
        if from_day is not None:
            request.effective_date.CopyFrom(date_to_proto(from_day.date()))
        return await client.contracts.ApproveAmendment(request)

    answer = call(work)
    day = date_from_proto(answer.amendment.effective_date)
    said = f"{answer.agreement.name} is now revision {answer.agreement.revision}, in force from {day}"
    emit(answer, as_json=as_json, text=lambda: console.print(said))


@app.command("reject")
def amendments_reject(
    amendment: Amendment,
    approver: Approver,
    reason: Annotated[str, typer.Option(help="Why; the customer reads it.")],
    as_json: AsJson = False,
) -> None:
    """Refuse accepted terms, with the reason."""

    async def work(client: Client) -> contracts_pb2.Amendment:
        request = contracts_pb2.RejectAmendmentRequest(
            name=full_name("amendments", amendment), approver=approver, reason=reason, request_id=request_id()
        )
        return (await client.contracts.RejectAmendment(request)).amendment

    answer = call(work)
    emit(answer, as_json=as_json, text=lambda: console.print(f"{answer.name} is rejected: {answer.reason}"))

"""`dutycycle contracts`: customers, agreements, catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.cli.agreement import apply_file
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import day_text
from dutycycle.cli.output import AsJson, call, console, emit, table

app = typer.Typer(help="Customers, agreements, catalogue.", no_args_is_help=True)


@app.command("apply")
def contracts_apply(files: Annotated[list[Path], typer.Argument(exists=True)], as_json: AsJson = False) -> None:
    """Apply contract files: customers, agreements, catalogue. An unchanged file changes nothing."""

    async def work(client: Client) -> list[str]:
        return [line for path in files for line in await apply_file(client, path)]

    lines = call(work)
    emit(lines, as_json=as_json, text=lambda: console.print("\n".join(lines)))


@app.command("list")
def contracts_list(as_json: AsJson = False) -> None:
    """List customers and the revisions of their agreements."""

    async def work(client: Client) -> list[contracts_pb2.Agreement]:
        page = await client.contracts.ListAgreements(contracts_pb2.ListAgreementsRequest(page_size=1_000))
        return list(page.agreements)

    found = call(work)
    rows = [
        [a.customer, a.name, str(a.revision), day_text(a.effective_date), str(len(a.schedules)), a.currency]
        for a in found
    ]
    columns = ["Customer", "Agreement", ">Revision", "In force from", ">Schedules", "Currency"]
    emit(found, as_json=as_json, text=lambda: table(columns, rows))

"""`dutycycle assets`: equipment and where it is leased."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dutycycle.cli.agreement import register_file
from dutycycle.cli.output import EXIT_FAILED, AsJson, call, console, emit

app = typer.Typer(help="Equipment and where it is leased.", no_args_is_help=True)


@app.command("register")
def assets_register(file: Annotated[Path, typer.Argument(exists=True)], as_json: AsJson = False) -> None:
    """Register the assets of a CSV file; usage that waited for them is billed, unless its period is issued."""
    outcomes, refusals = call(lambda client: register_file(client, file))

    def text() -> None:
        console.print(", ".join(f"{count:,} {outcome}" for outcome, count in sorted(outcomes.items())))
        for refusal in refusals:
            console.print(f"  {refusal}")

    emit({"outcomes": dict(outcomes), "refusals": refusals}, as_json=as_json, text=text)
    if refusals:
        raise typer.Exit(EXIT_FAILED)

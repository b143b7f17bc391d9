"""The `dutycycle` command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from dutycycle.cli.command import (
    amendments,
    assets,
    charge,
    contracts,
    ingest,
    invoices,
    mail,
    offers,
    rate,
    rating,
    simulate,
)
from dutycycle.cli.demo.run import run_demo
from dutycycle.cli.dev import run_dev
from dutycycle.cli.output import console

_ROOT = Path(__file__).parents[4]
_STATE = Path("/var/tmp") / f"dutycycle-dev-{os.getuid()}"  # noqa: S108  # PostgreSQL's own user must reach it

app = typer.Typer(help="Bill equipment for the work it did.", no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(contracts.app, name="contracts")
app.add_typer(charge.app, name="charge")
app.add_typer(assets.app, name="assets")
app.add_typer(ingest.app, name="ingest")
app.add_typer(rating.app, name="rating")
app.add_typer(invoices.app, name="invoices")
app.add_typer(offers.app, name="offers")
app.add_typer(amendments.app, name="amendments")
app.add_typer(mail.app, name="mail")
app.command("rate")(rate.rate)
app.command("simulate")(simulate.simulate)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Where results go; replaced.")] = _ROOT / "out" / "demo",
    examples: Annotated[Path, typer.Option(help="The aircraft example.")] = _ROOT / "examples" / "aircraft",
) -> None:
    """Bill a year of real aircraft usage: contracts, four doors, twelve billing runs, invoices, offers, mail,
    and the offers that two customers accept."""
    run_demo(examples, out, console)


@app.command()
def dev(
    state: Annotated[
        Path, typer.Option(help="Where data is kept between runs; not below a home directory if you are root.")
    ] = _STATE,
    device: Annotated[
        list[str] | None, typer.Option(help="Admit a device over MQTT, by the name of its source: ops-fl.")
    ] = None,
) -> None:
    """Run every service on this machine until Ctrl-C."""
    run_dev(state, device or [], console)


def main() -> None:
    app()


if __name__ == "__main__":
    main()

"""`dutycycle charge`: what charges there are, and what one says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
import yaml

from dutycycle.charge.charge import charge_text
from dutycycle.charge.preset import PRESETS, preset_named
from dutycycle.cli.charge import checked, read_charges
from dutycycle.cli.output import AsJson, console, emit, explained, table

app = typer.Typer(help="What charges there are, and what one says.", no_args_is_help=True)


@app.command("presets")
def charge_presets(
    name: Annotated[str, typer.Argument(help="Only this one, with its parameters: minimum_volume")] = "",
    as_json: AsJson = False,
) -> None:
    """List the presets: every charging mechanism under its own name."""
    found = explained(lambda: [preset_named(name)]) if name else list(PRESETS.values())
    data = [
        {
            "number": each.number,
            "name": each.name,
            "summary": each.summary,
            "required": each.required,
            "optional": each.optional,
            "handed_on": each.handed_on,
        }
        for each in found
    ]

    def text() -> None:
        table([">No.", "Preset", "What it does"], [[str(each.number), each.name, each.summary] for each in found])
        for each in found if name else ():
            console.print(f"\nNeeds {', '.join(each.required)}.")
            if each.optional:
                console.print(f"May have {', '.join(each.optional)}.")
            console.print(f"Goes into the charges as it is: {', '.join(each.handed_on)}.")

    emit(data, as_json=as_json, text=text)


@app.command("show")
def charge_show(
    file: Annotated[Path, typer.Argument(exists=True, help="A charge, a preset, or `charges:` with several.")],
    currency: Annotated[str, typer.Option(help="ISO 4217 code in which amounts are written.")] = "USD",
    as_json: AsJson = False,
) -> None:
    """Write the charges of a file out, check them, and put each in plain words."""

    def work() -> list[dict[str, object]]:
        charges = read_charges(file)
        return [
            {"charge": each, "reads": charge_text(checked(each, f"{file}: charges[{index}]"), currency)}
            for index, each in enumerate(charges)
        ]

    found = explained(work)

    def text() -> None:
        for each in found:
            console.print(yaml.safe_dump([each["charge"]], sort_keys=False, allow_unicode=True), end="", markup=False)
            console.print(f"{each['reads']}\n", style="bold", markup=False)

    emit(found, as_json=as_json, text=text)

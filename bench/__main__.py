"""`make bench`: run every benchmark, print the ratios, write out/bench.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import aggregate, churn, explanation, fit, portfolio, rating_graduated, simulation, time_of_use, usage_door

_OUT = Path(__file__).parents[1] / "out" / "bench.json"


def main() -> int:
    # A pipe has no width of its own, and a name cut short names nothing.
    console = Console(width=None if sys.stdout.isatty() else 180)
    rows = []
    for module in (rating_graduated, explanation, time_of_use, aggregate, portfolio, simulation, usage_door, fit):
        with console.status(f"Measuring {module.__name__.removeprefix('bench.').replace('_', ' ')}"):
            rows += module.run()
    _OUT.parent.mkdir(exist_ok=True)
    _OUT.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("Bench", "Dutycycle", "Unit", "Alternative", "Alternative's", "Ratio", "Equal"):
        is_number = heading in ("Dutycycle", "Alternative's", "Ratio")
        table.add_column(heading, justify="right" if is_number else "left", no_wrap=is_number or heading == "Bench")
    for row in rows:
        figures = f"{row['value']:,}", row["unit"], row["alternative"], f"{row['alternative_value']:,}"
        table.add_row(row["bench"], *figures, f"{row['ratio']}×", "yes" if row["equal"] else "[bold red]NO[/bold red]")
    console.print(table)
    churn.report(console)
    console.print(f"Written to {_OUT}. Machines differ and swing: compare ratios.")
    return 0 if all(row["equal"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

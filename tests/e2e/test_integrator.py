"""The integrator's example, run as its reader would run it: a process of its own against running services."""

from __future__ import annotations

import asyncio
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dutycycle.cli.agreement import apply_file, register_file
from dutycycle.cli.client import ClientSettings, connected
from dutycycle.cli.stack import Stack

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "integrator" / "record_and_preview.py"
AIRCRAFT = ROOT / "examples" / "aircraft"
SERVICES = ("contracts", "ingest", "rating", "invoicing")


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """The services that the example needs, with AirTran's agreement and fleet."""
    directory = Path(
        tempfile.mkdtemp(prefix="dutycycle-integrator-", dir="/var/tmp")
    )  # PostgreSQL's user must reach it
    directory.chmod(0o755)
    try:
        with Stack(directory, services=SERVICES) as running:
            asyncio.run(_prepare(running, _fleet(directory)))
            yield running
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _fleet(directory: Path) -> Path:
    """Write AirTran's part of the register, with only its own placements."""
    path = directory / "fleet.csv"
    with (AIRCRAFT / "assets.csv").open(newline="") as register, path.open("w", newline="") as fleet:
        rows = csv.DictReader(register)
        writer = csv.DictWriter(fleet, rows.fieldnames or [])
        writer.writeheader()
        for row in rows:
            placements = [p for p in row["placements"].split(";") if p.startswith("fl-")]
            if placements:
                writer.writerow(row | {"placements": ";".join(placements)})
    return path


async def _prepare(stack: Stack, fleet: Path) -> None:
    targets = {f"{name}_target": stack.target(name) for name in SERVICES}
    settings = ClientSettings.model_validate({"tenant_tokens": dict(stack.tenants), **targets})
    async with connected(settings) as client:
        for name in ("catalogue", "fl"):
            await apply_file(client, AIRCRAFT / "contracts" / f"{name}.yaml")
        _, refusals = await register_file(client, fleet)
    assert not refusals


def run_example(stack: Stack, token: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **stack.environment, "DUTYCYCLE_TOKEN": token}
    return subprocess.run(
        [sys.executable, EXAMPLE], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_records_a_flight_and_previews_its_invoice(stack: Stack) -> None:
    done = run_example(stack, stack.tenants["skyline"])
    assert done.returncode == 0, done.stderr
    first, *lines, total = done.stdout.splitlines()
    assert first == "1 accepted, 0 duplicate, 0 waiting"
    # One aircraft, 134 minutes: 2.2 hours, all within the baseline; cycles at their monthly minimum.
    assert "Boeing 717, Aircraft in service: 1 aircraft $0" in lines
    assert "Boeing 717, Flight hours: 2.2 flight hours $0" in lines
    assert "Boeing 717, Cycles: 1 cycles $45,140" in lines
    amounts = [int(line.rpartition("$")[2].replace(",", "")) for line in lines]
    assert total == f"Total ${sum(amounts):,}.00"


def test_a_second_run_records_nothing_new(stack: Stack) -> None:
    before = run_example(stack, stack.tenants["skyline"])
    again = run_example(stack, stack.tenants["skyline"])
    assert again.stdout.splitlines()[0] == "0 accepted, 1 duplicate, 0 waiting"
    assert again.stdout.splitlines()[1:] == before.stdout.splitlines()[1:]


def test_an_unknown_token_is_refused(stack: Stack) -> None:
    done = run_example(stack, "not-a-token")
    assert done.returncode != 0
    assert re.search(r"UNAUTHENTICATED.*send the tenant's token", done.stderr, re.DOTALL)

"""The `dutycycle` command against running services: a small lease from contract to mail, as a clerk types it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dutycycle.cli.__main__ import app
from dutycycle.cli.client import Client
from tests.integration import lease
from tests.integration.conftest import TOKENS, House

Command = Callable[..., Any]
CODE = "clerk"
MAPPING = """
name: test-csv
source: "ops-clerk"
event_id: "{id}"
asset_identity: tail
occurred_at: at
meters: [{meter: minutes, column: minutes}]
"""
CONTRACT = """
customer:
  name: customers/clerk
  display_name: Carrier CLERK
  contacts: [{display_name: A. Clerk, email: clerk@example.com, receives_invoices: true}]
  usage_source: ops-clerk
"""


@pytest.fixture(scope="module")
def run(house: House) -> Command:
    """Run a command; return its JSON, having checked that it also prints text. Commands that change are run once."""
    environment = {
        **{f"DUTYCYCLE_{name.upper()}_TARGET": house.stack.target(name) for name in house.stack.services},
        "DUTYCYCLE_TENANT_TOKENS": json.dumps({"skyline": TOKENS["skyline"]}),
    }

    def command(*words: str, exit_code: int = 0) -> Any:
        result: Result = CliRunner().invoke(app, [*words, "--json"], env=environment)
        assert result.exit_code == exit_code, f"{words}: {result.output}"
        if not exit_code and words[1] in ("list", "show", "explain", "preview", "sources", "waiting", "rejections"):
            shown = CliRunner().invoke(app, [*words], env=environment)
            assert shown.exit_code == exit_code
            assert shown.stdout.strip()
        return json.loads(result.stdout) if result.stdout else None

    return command


@pytest.fixture(scope="module")
def leased(house: House, run: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Contract, assets and a file of usage: one row each of what can become of a row."""
    folder = tmp_path_factory.mktemp("clerk")
    (folder / "contract.yaml").write_text(CONTRACT)
    assert run("contracts", "apply", str(folder / "contract.yaml")) == ["customers/clerk applied"]

    async def agree(client: Client) -> None:
        request = lease.contracts_pb2.ApplyAgreementRequest(agreement=lease.agreement(CODE))
        await client.contracts.ApplyAgreement(request)

    house.ask(agree)
    (folder / "assets.csv").write_text(
        "asset,display_name,manufacturer,model,year,aliases,placements\n"
        "assets/clerk-1,C1,,,2001,CLERK1,clerk-fleet@2024-01-01\n"
    )
    assert run("assets", "register", str(folder / "assets.csv"))["outcomes"] == {"registered": 1}
    (folder / "mapping.yaml").write_text(MAPPING)
    (folder / "usage.csv").write_text(
        "id,at,tail,minutes\n"
        "e1,2024-03-04T10:00:00Z,CLERK1,600\n"
        "e2,2024-03-05T10:00:00Z,CLERK2,60\n"
        "e3,2024-03-06T10:00:00Z,,30\n"
        "e4,2024-03-07T10:00:00Z,CLERK1,\n"
        "e1,2024-03-04T10:00:00Z,CLERK1,600\n"
    )
    return folder


def test_a_month_as_a_clerk_types_it(run: Command, leased: Path) -> None:
    answered = leased / "answered.csv"
    words = ("ingest", "file", str(leased / "usage.csv"), "--mapping", str(leased / "mapping.yaml"))
    sent = run(*words, "--answer", str(answered))
    counts = {key: sent["receipt"].get(key, 0) for key in ("received", "accepted", "waiting", "duplicate", "rejected")}
    assert counts == {"received": 5, "accepted": 1, "waiting": 1, "duplicate": 1, "rejected": 2}
    outcomes = [line.split(",")[4] for line in answered.read_text().splitlines()]
    assert outcomes == ["outcome", "accepted", "waiting", "rejected", "rejected", "duplicate"]

    assert run("ingest", "waiting", "--source", "ops-clerk")["waiting"][0]["reason"] == "UNKNOWN_ASSET"
    refused = {r["reason"]: r["name"] for r in run("ingest", "rejections", "--source", "ops-clerk")["rejections"]}
    assert refused.keys() == {"NO_ASSET_IDENTITY", "NO_METER_VALUE"}
    run("ingest", "replay", refused["NO_METER_VALUE"], exit_code=1)
    assert run("ingest", "replay", refused["NO_METER_VALUE"], "--meter", "minutes=30")["accepted"] == 1
    assert run("ingest", "replay", refused["NO_ASSET_IDENTITY"], "--asset", "CLERK1")["accepted"] == 1
    assert "rejections" not in run("ingest", "rejections", "--source", "ops-clerk")

    assert run("contracts", "list")
    invoice = _billed(run)
    assert invoice["total"] == {"currency_code": "USD", "units": "160"}, "100 base and 6.0 hours above 5 at 10"
    assert [i["name"] for i in run("invoices", "list", "--customer", CODE)] == ["invoices/clerk-2024-03"]
    line = run("rating", "explain", CODE, "2024-03", "clerk-fleet/hours")
    assert (line["line"]["used_quantity"]["value"], line["records_total"]) == ("11", "3")
    assert run("rating", "show", CODE, "2024-03")["statements"][0]["total"] == invoice["total"]
    saved = run("invoices", "download", "clerk-2024-03", "--folder", str(leased))
    assert all(Path(path).stat().st_size > 0 for path in saved)
    assert run("offers", "show", CODE, "2024-03")["treatment"] == "TREATMENT_BEST_PLAN"
    assert run("offers", "stop", CODE, "--origin", "a test") == {}
    assert run("offers", "allow", CODE, "--origin", "a test") == {"offers_allowed": True}
    _mailed(run)
    assert {s["source"] for s in run("ingest", "sources")["sources"]} >= {"ops-clerk"}


def _billed(run: Command) -> Any:
    assert "total" in run("invoices", "preview", CODE, "2024-03")
    assert run("invoices", "run", "2024-03")["state"] == "BILLING_RUN_STATE_DRAFTED"
    assert run("invoices", "approve", "2024-03", "--issue-date", "2024-04-01")["state"] == "BILLING_RUN_STATE_ISSUED"
    return run("invoices", "show", "clerk-2024-03")


def _mailed(run: Command) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        states = {d["recipient"]: d["state"] for d in run("mail", "list", "--limit", "1000").get("deliveries", [])}
        if states.get("clerk@example.com") == "DELIVERY_STATE_DELIVERED":
            return
        time.sleep(0.2)
    raise AssertionError(f"the invoice was not delivered: {states}")


def test_errors_say_what_to_do(run: Command, leased: Path) -> None:
    (leased / "wrong.yaml").write_text("customer: {name: customers/x, colour: red}")
    run("contracts", "apply", str(leased / "wrong.yaml"), exit_code=1)
    run("invoices", "show", "nobody-2024-03", exit_code=1)
    run("offers", "stop", "nobody", "--origin", "a test", exit_code=1)
    unreachable = CliRunner().invoke(
        app,
        ["contracts", "list"],
        env={"DUTYCYCLE_CONTRACTS_TARGET": "127.0.0.1:1", "DUTYCYCLE_TENANT_TOKENS": '{"skyline": "x"}'},
    )
    assert unreachable.exit_code == 3


CHARGE = """
id: hours
label: Hours
measure: {aggregation: sum, meter: minutes}
quantify: {divide_by: "60", increment: "0.1", unit: hour, units: hours}
baseline: {quantity: "5"}
price: {"on": above, per_unit: {unit_amount: "10.00"}}
"""
FLOWN = "occurred_at,asset,minutes\n2024-03-04T10:00:00Z,CLERK1,600\n2024-04-04T10:00:00Z,CLERK1,60\n"
ALTERNATIVES = """
alternatives:
  - name: no base
    replacements: [{charge_id: base}]
  - name: each minute
    charges: [{preset: cost_per_copy, id: minutes, label: Minutes, meter: minutes, unit_amount: "0.5"}]
"""
PRESET = """
charges: [{preset: cost_per_copy, id: minutes, label: Minutes, meter: minutes, unit_amount: "0.5"}]
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    texts = {"charge.yaml": CHARGE, "preset.yaml": PRESET, "flown.csv": FLOWN, "alternatives.yaml": ALTERNATIVES}
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize("period", [("--period", "2024-03"), ("--from", "2024-03-01", "--to", "2024-04-01")])
def test_a_file_is_rated_by_the_service_that_runs(run: Command, plan: Path, period: tuple[str, ...]) -> None:
    answer = run("rate", str(plan / "charge.yaml"), str(plan / "flown.csv"), *period)
    assert answer["line"]["amount"] == {"currency_code": "USD", "units": "50"}
    assert answer["line"]["used_quantity"] == {"value": "10"}


def test_a_preset_is_rated_as_the_charges_it_stands_for(run: Command, plan: Path) -> None:
    answer = run("rate", str(plan / "preset.yaml"), str(plan / "flown.csv"), "--period", "2024-03")
    assert answer["line"]["amount"]["units"] == "300"


def test_a_file_is_rated_with_nothing_running(plan: Path) -> None:
    nothing: dict[str, str | None] = dict.fromkeys(("DUTYCYCLE_RATING_TARGET", "DUTYCYCLE_TENANT_TOKENS"))
    words = ("rate", str(plan / "charge.yaml"), str(plan / "flown.csv"), "--period", "2024-03", "--currency", "EUR")
    result = CliRunner().invoke(app, words, env=nothing)
    assert result.exit_code == 0, result.output
    assert "Amount €50.00" in result.stdout
    assert "Hours above 5.0 a month" in result.stdout


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (("--period", "2024-03", "--from", "2024-03-01"), 2),
        (("--from", "2024-03-01"), 2),
        (("--period", "2024-03", "--zone", "Mars"), 2),
        (("--period", "2024-03", "--currency", "DOLLAR"), 1),
    ],
)
def test_a_wrong_option_or_request_ends_with_its_code(
    run: Command, plan: Path, words: tuple[str, ...], exit_code: int
) -> None:
    run("rate", str(plan / "charge.yaml"), str(plan / "flown.csv"), *words, exit_code=exit_code)


@pytest.mark.usefixtures("leased")
def test_plans_are_compared_over_months(run: Command, plan: Path) -> None:
    words = ("--periods", "2024-02..2024-03", "--customer", CODE, "--per-customer")
    answer = run("simulate", str(plan / "alternatives.yaml"), *words)
    without, _ = answer["alternatives"]
    assert without["difference"] == {"currency_code": "USD", "units": "-200"}
    assert [each["alternative"] for each in answer["alternatives"]] == ["no base", "each minute"]
    assert [each["customer"] for each in answer["customers"]] == [f"customers/{CODE}"]
    assert answer["progress"] == {"done": 1, "total": 1}


@pytest.mark.usefixtures("leased")
def test_tables_say_their_currency(house: House, plan: Path) -> None:
    environment = {
        "DUTYCYCLE_RATING_TARGET": house.stack.target("rating"),
        "DUTYCYCLE_TENANT_TOKENS": json.dumps({"skyline": TOKENS["skyline"]}),
        "COLUMNS": "250",
    }
    words = ["simulate", str(plan / "alternatives.yaml"), "--periods", "2024-03", "--customer", CODE, "--per-customer"]
    result = CliRunner().invoke(app, words, env=environment)
    assert result.exit_code == 0, result.output
    assert "Total (USD)" in result.stdout
    assert "50 % (USD)" in result.stdout
    assert "−100.00" in result.stdout


@pytest.mark.usefixtures("leased")
def test_a_month_is_watched(run: Command) -> None:
    answer = run("rating", "watch", CODE, "--period", "2024-03", "--count", "1")
    assert answer["customer"] == f"customers/{CODE}"
    assert [each["use"]["charge"] for each in answer["accruals"]] == ["hours"]

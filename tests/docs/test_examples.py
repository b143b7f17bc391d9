"""What the documentation shows is what the product takes, gives and calls its things."""

from __future__ import annotations

import ast
import importlib
import json
import re
import shlex
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from google.protobuf import json_format

from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.__main__ import app
from dutycycle.cli.client import ClientSettings
from dutycycle.cli.document import message_from_document
from dutycycle.ingest.convert import batch_from_proto, mapping_from_proto
from dutycycle.ingest.device_message import parse_message, receipt_payload
from dutycycle.ingest.errors import Reason
from dutycycle.ingest.receipt import Outcome, RowAnswer, receipt_of
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.convert_result import alternatives_from_proto, preview_to_proto
from dutycycle.rating.convert_usage import given_usage_from_proto
from dutycycle.rating.given_usage import rate_given
from dutycycle.runtime.settings import ServiceSettings
from dutycycle.runtime.wire import money_from_proto
from tests.docs.page import ROOT, anchors, block, codes, commands, links, pages, rows

INTEGRATORS = "docs/integrators.md"
OPERATORS = "docs/operators.md"
SERVICES = ("contracts", "ingest", "rating", "offers", "invoicing", "notify")
TARGETS = {f"DUTYCYCLE_{name.upper()}_TARGET" for name in SERVICES}


def settings_of(service: str) -> type[ServiceSettings]:
    found: type[ServiceSettings] = importlib.import_module(f"dutycycle.{service}.settings").Settings
    return found


def test_the_usage_batch_is_one() -> None:
    message = json_format.Parse(block(INTEGRATORS, "usage-batch"), ingest_pb2.UsageBatch())
    batch = batch_from_proto(message)
    assert [batch.defect(row) for row in range(len(batch))] == [None, None]


def test_the_mapping_is_one() -> None:
    document = yaml.safe_load(block(INTEGRATORS, "file-mapping"))
    mapping = mapping_from_proto(message_from_document(ingest_pb2.FileMapping, document, INTEGRATORS))
    assert mapping.columns() == {"carrier", "flight", "origin", "dest", "tailnum", "departed_utc_hour"} | {
        "air_time_min",
        "distance_mi",
    }


def test_the_device_message_gets_the_receipt_that_is_shown() -> None:
    message = parse_message(block(INTEGRATORS, "mqtt-payload").encode(), "ops-fl")
    defects = {row: message.batch.defect(row) for row in range(len(message.batch))}
    answers = [RowAnswer(row, Outcome.REJECTED, *defect) for row, defect in defects.items() if defect]
    receipt = receipt_payload(message.sequence, receipt_of(len(message.batch), answers))
    assert json.loads(receipt) == json.loads(block(INTEGRATORS, "mqtt-receipt"))


def test_the_integrators_program_is_the_one_that_runs() -> None:
    program = (ROOT / "examples" / "integrator" / "record_and_preview.py").read_text()
    assert block("README.md", "record-and-preview") in program


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), f"{link} is not there"
        assert not anchor or anchor in anchors(path), f"{link} has no such heading"


def documented_settings() -> dict[str, str]:
    """Name and default of every setting in the operators' tables."""
    tables = (row for row in rows(OPERATORS) if row[0].startswith("`DUTYCYCLE_") and len(row) == 3)
    return {codes(name)[0]: default for name, default, _ in tables}


def default_text(value: object) -> str:
    match value:
        case "":
            return "empty"
        case bool():
            return f"`{str(value).lower()}`"
        case float() | Decimal():
            return f"`{value:g}`"
        case _:
            return f"`{value}`"


def test_every_setting_is_documented_with_its_default() -> None:
    fields = {
        str(field.validation_alias): default_text(field.get_default(call_default_factory=True))
        for service in (*SERVICES, "portal")
        for field in settings_of(service).model_fields.values()
    }
    assert documented_settings() == fields


def test_the_commands_own_setting_is_named() -> None:
    own = ClientSettings.model_fields.keys() - ServiceSettings.model_fields.keys()
    for name in own:
        assert f"`{ClientSettings.model_fields[name].validation_alias}`" in (ROOT / OPERATORS).read_text()


@pytest.mark.parametrize("service", SERVICES)
def test_a_services_readme_names_its_settings_and_calls(service: str) -> None:
    text = (ROOT / "services" / service / "README.md").read_text()
    own = settings_of(service).model_fields.keys() - ServiceSettings.model_fields.keys()
    for field in own:
        name = str(settings_of(service).model_fields[field].validation_alias)
        assert f"`{name}`" in text or f"`_{name.rpartition('_')[2]}`" in text  # "`…_SMTP_HOST`, `_PORT`" names both
    named = set(re.findall(r"DUTYCYCLE_[A-Z_]+[A-Z]", text))
    known = {str(field.validation_alias) for field in settings_of(service).model_fields.values()}
    assert named <= known
    pb2 = importlib.import_module(f"dutycycle.api.{service}.v1.{service}_pb2")
    [calls] = pb2.DESCRIPTOR.services_by_name.values()
    for call in calls.methods:
        assert f"`{call.name}`" in text


def reasons_in_code() -> Iterator[str]:
    """Give the reason of every typed error that a service, the runtime or a charge can raise."""
    word = re.compile(r"[A-Z]+(_[A-Z]+)+")
    shared = ROOT / "foundation" / "src" / "dutycycle"
    sources = [*(ROOT / "services").glob("*/src"), shared / "charge", shared / "runtime"]
    for path in (path for source in sources for path in source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            raised = called.endswith("Error") or called == "__init__"
            if raised and isinstance(first, ast.Constant) and word.fullmatch(str(first.value)):
                yield str(first.value)


def test_every_error_of_the_table_exists_and_every_error_is_told() -> None:
    table = {code for row in rows(INTEGRATORS) if len(row) == 3 and row[1].isupper() for code in codes(row[0])}
    # contracts makes these words of what it was asked for
    in_code = {
        *reasons_in_code(),
        "CUSTOMER_UNKNOWN",
        "AGREEMENT_UNKNOWN",
        "CATALOGUE_UNKNOWN",
        "AMENDMENT_UNKNOWN",
        "INTERNAL",
    }
    assert table - in_code == set()
    told = table | set(codes((ROOT / OPERATORS).read_text()))
    assert in_code - told == set()


def test_every_reason_of_a_row_is_told_with_its_outcome() -> None:
    told = {
        codes(row[0])[0]: row[1] for row in rows(INTEGRATORS) if len(row) == 3 and row[1] in ("rejected", "waiting")
    }
    waiting = {Reason.UNKNOWN_ASSET, Reason.NO_PLACEMENT, Reason.PERIOD_ISSUED}
    assert told == {reason.value: "waiting" if reason in waiting else "rejected" for reason in Reason}


def test_commands_are_spelt_as_they_are() -> None:
    shown = [(page, line) for page in pages() for line in commands(page)]
    assert shown
    for page, line in shown:
        words = shlex.split(line)[1:]
        command: Any = typer.main.get_command(app)
        while hasattr(command, "commands"):  # a group; typer carries a click of its own
            name = words.pop(0)
            assert name in command.commands, f"{page.name}: {line}"
            command = command.commands[name]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, f"{page.name}: {line}"


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in pages():
        for code in codes(page.read_text()):
            if match := re.fullmatch(r"make ([a-z]+)( .*)?", code):
                assert match[1] in targets, f"{page.name}: {code}"


def test_every_law_names_tests_that_exist() -> None:
    written = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    laws = [row for row in rows("ARCHITECTURE.md") if row[0].startswith("**")]
    assert len(laws) == 10
    for law, proof in laws:
        named = {code for code in codes(proof) if code.startswith("test_")}
        assert named, f"{law} names no test"
        assert named <= written, f"{law}: {named - written}"


def test_usage_rated_from_the_request_comes_to_what_is_shown() -> None:
    request = json_format.Parse(block(INTEGRATORS, "rate-usage"), rating_pb2.RateUsageRequest())
    lines = rate_given(given_usage_from_proto(request))
    shown = [
        {
            "charge": line.charge,
            "amount": str(line.amount),
            "parties": {share.key: str(share.amount) for share in line.parties},
            "allocations": {share.key: str(share.amount) for share in line.allocations},
        }
        for line in lines
    ]
    assert shown == json.loads(block(INTEGRATORS, "rate-usage-lines"))


def test_a_preview_says_what_is_shown() -> None:
    request = json_format.Parse(block(INTEGRATORS, "preview-charge"), rating_pb2.PreviewChargeRequest())
    answer = preview_to_proto(request, BillingPeriod.month(2024, 1))
    shown = [
        {
            "charge": preview.charge,
            "violations": [violation.field for violation in preview.violations],
            "samples": {
                sample.quantity.value: f"{money_from_proto(sample.amount).amount:f}" for sample in preview.samples
            },
        }
        for preview in answer.previews
    ]
    assert shown == json.loads(block(INTEGRATORS, "preview-charge-answer"))


def test_a_file_of_alternatives_says_what_the_request_says() -> None:
    document = yaml.safe_load(block(INTEGRATORS, "simulate-file"))
    written = message_from_document(rating_pb2.SimulateChargesRequest, document, INTEGRATORS)
    request = json_format.Parse(block(INTEGRATORS, "simulate-charges"), rating_pb2.SimulateChargesRequest())
    assert list(written.alternatives) == list(request.alternatives)
    assert [each.name for each in alternatives_from_proto(written.alternatives)] == ["cheaper hours", "no base"]

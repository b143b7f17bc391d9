"""`dutycycle charge`, and presets in contract files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.charge.preset import PRESETS
from dutycycle.cli.__main__ import app
from dutycycle.cli.charge import expanded_agreement
from dutycycle.cli.document import message_from_document, read_document
from dutycycle.kit.errors import InvalidInputError

FLORIDA = Path(__file__).parents[3] / "examples" / "aircraft" / "contracts" / "fl.yaml"
PAGES = {"preset": "minimum_volume", "id": "pages", "meter": "pages", "minimum": "1000", "unit_amount": "0.01"}
BASE = {"id": "base", "label": "Base", "price": {"flat": {"amount": "5"}}}


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["charge", *words])
    return result.exit_code, result.output


def saved(folder: Path, document: object) -> str:
    path = folder / "charge.yaml"
    path.write_text(yaml.safe_dump(document))
    return str(path)


def test_presets_are_written_out_among_the_charges_of_an_agreement() -> None:
    agreement = {"name": "agreements/a", "schedules": [{"id": "s", "charges": [BASE, PAGES]}, {"id": "t"}]}
    schedules = expanded_agreement(agreement, "a.yaml: agreement")["schedules"]
    assert [charge["id"] for charge in schedules[0]["charges"]] == ["base", "pages", "pages-shortfall"]
    assert schedules[1] == {"id": "t"}


def test_a_contract_file_with_a_preset_becomes_an_agreement_of_charges() -> None:
    document = read_document(FLORIDA)["agreement"]
    plain = [charge["id"] for charge in document["schedules"][0]["charges"]]
    document["schedules"][0]["charges"].append(PAGES)
    message = message_from_document(contracts_pb2.Agreement, expanded_agreement(document, "fl.yaml"), "fl.yaml")
    assert [charge.id for charge in message.schedules[0].charges] == [*plain, "pages", "pages-shortfall"]


def test_a_wrong_preset_is_named_with_its_place_in_the_file() -> None:
    agreement = {"schedules": [{"id": "s", "charges": [BASE, {**PAGES, "minimum": None}]}]}
    with pytest.raises(InvalidInputError) as caught:
        expanded_agreement(agreement, "a.yaml: agreement")
    assert [each.field for each in caught.value.violations] == ["a.yaml: agreement.schedules[0].charges[1].minimum"]


def test_all_presets_are_listed() -> None:
    code, output = run("presets", "--json")
    assert code == 0
    assert [each["name"] for each in json.loads(output)] == list(PRESETS)


def test_one_preset_tells_its_parameters() -> None:
    code, output = run("presets", "minimum_volume")
    assert code == 0
    assert "Needs meter, minimum, unit_amount." in output
    assert run("presets", "minimum_volumes")[0] == 1


def test_a_preset_is_shown_as_charges_in_plain_words(tmp_path: Path) -> None:
    code, output = run("show", saved(tmp_path, {"charges": [BASE, PAGES]}), "--json")
    assert code == 0
    assert [each["reads"] for each in json.loads(output)] == [
        "Base: $5.00 a month",
        "Minimum volume: $0.01 per unit",
        "Minimum volume, shortfall below 1,000 a month: $0.01 per unit",
    ]


def test_what_is_shown_is_a_file_that_can_be_shown(tmp_path: Path) -> None:
    shown = json.loads(run("show", saved(tmp_path, PAGES), "--json")[1])
    again = json.loads(run("show", saved(tmp_path, {"charges": [each["charge"] for each in shown]}), "--json")[1])
    assert again == shown


def test_a_charge_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    assert run("show", saved(tmp_path, {**BASE, "baseline": {"quantity": "5"}}))[0] == 1
    assert run("show", saved(tmp_path, {**PAGES, "minimum": "x"}))[0] == 1

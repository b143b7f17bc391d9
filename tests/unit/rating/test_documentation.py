"""Every example of docs/rating.md is true, on the compiled core and on the twin that holds it against the oracle."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from dutycycle.charge.preset import PRESETS
from dutycycle.charge.price import MODELS
from dutycycle.rating.line import RatedLine
from tests.unit.rating.example import Example, examples

PAGE = (Path(__file__).parents[3] / "docs" / "rating.md").read_text("utf-8")
BLOCKS = [
    (heading, yaml.safe_load(block))
    for heading, body in re.findall(r"^#+ ([^\n]+)\n(.*?)(?=^#+ |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    for block in re.findall(r"^```yaml\n(.*?)^```", body, re.MULTILINE | re.DOTALL)
]
EXAMPLES = [(heading, example) for heading, text in BLOCKS for example in examples(text)]
NAMES = [f"{index}-{heading}" for index, (heading, _) in enumerate(EXAMPLES)]
MECHANISMS = 39


def test_every_price_model_has_an_example() -> None:
    models = {charge.price.model.name for _, example in EXAMPLES for charge in example.charges}
    assert models == set(MODELS)


def test_every_preset_has_an_example() -> None:
    assert {example.text["charge"].get("preset") for _, example in EXAMPLES} >= set(PRESETS)


def test_the_table_names_every_mechanism_with_its_presets_and_its_section() -> None:
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| \[([^\]]+)\]\(#[^)]+\) \|$", PAGE, re.MULTILINE)
    assert [int(number) for number, *_ in rows] == list(range(1, MECHANISMS + 1))
    for number, _, presets, section in rows:
        named = re.findall(r"`(\w+)`", presets)
        assert named == [each.name for each in PRESETS.values() if each.number == int(number)]
        shown = {example.text["charge"].get("preset") for heading, example in EXAMPLES if heading == section}
        assert set(named) <= shown, f"{section} has no example of {set(named) - shown}"


@pytest.mark.parametrize("core_name", ["cython", "python"])
@pytest.mark.parametrize("example", [example for _, example in EXAMPLES], ids=NAMES)
def test_example_is_rated_as_it_says(example: Example, core_name: str) -> None:
    lines = example.lines(core_name)
    names = [charge.id for charge in example.charges]
    assert _amounts(lines) == _told_amounts(example, names)
    for name, text in example.told("reads", names).items():
        assert lines[name][0].charge_text == text
    for name, texts in example.told("steps", names).items():
        assert [step.text for step in lines[name][-1].steps] == texts
    for name, shares in example.told("parties", names).items():
        assert {share.key: share.amount for share in lines[name][-1].parties} == _decimals(shares)
    for name, shares in example.told("allocations", names).items():
        assert {share.key: share.amount for share in lines[name][-1].allocations} == _decimals(shares)


def _amounts(lines: dict[str, list[RatedLine]]) -> dict[str, list[Decimal]]:
    return {name: [line.amount for line in rated] for name, rated in sorted(lines.items())}


def _told_amounts(example: Example, names: list[str]) -> dict[str, list[Decimal]]:
    told = {**example.told("amount", names), **example.told("amounts", names)}
    listed = {name: each if isinstance(each, list) else [each] for name, each in sorted(told.items())}
    return {name: [Decimal(amount) for amount in each] for name, each in listed.items()}


def _decimals(shares: dict[str, Any]) -> dict[str, Decimal]:
    return {key: Decimal(amount) for key, amount in shares.items()}

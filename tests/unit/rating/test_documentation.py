"""Every example of docs/rating.md is true."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from dutycycle.api.contracts.v1.charge_pb2 import Charge
from dutycycle.charge.convert import charge_from_proto
from dutycycle.cli.document import message_from_document
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import Reading

PAGE = Path(__file__).parents[3] / "docs" / "rating.md"
EXAMPLES = re.findall(
    r"^#+ ([^\n]+)\n(?:(?!^#).)*?^```yaml\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
)


def test_every_price_model_has_an_example() -> None:
    models = {model for _, text in EXAMPLES for model in yaml.safe_load(text)["charge"]["price"] if model != "on"}
    assert models == {"flat", "per_unit", "graduated", "volume", "package", "commitment"}


@pytest.mark.parametrize(("heading", "text"), EXAMPLES, ids=[heading for heading, _ in EXAMPLES])
def test_example_is_rated_as_it_says(heading: str, text: str) -> None:
    example: dict[str, Any] = yaml.safe_load(text)
    charge = charge_from_proto(message_from_document(Charge, example["charge"], heading), "charge")
    covered = {name: Decimal(amount) for name, amount in example.get("covered", {}).items()}
    line = rate_line(charge, Reading(Decimal(example.get("quantity", "1")), covered=covered), "USD")
    assert line.charge_text == example["reads"]
    assert [step.text for step in line.steps] == example["steps"]
    assert line.amount == Decimal(example["amount"])

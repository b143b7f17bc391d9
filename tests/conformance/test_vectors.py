"""Every published case of a model that the engine has is met, by both cores."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.__main__ import OWN_VECTORS, judge
from tests.conformance.case import Case, read_cases
from tests.conformance.translation import MODELS

CASES = [case for case in read_cases(OWN_VECTORS) if case.model in MODELS]
PUBLISHED = 344


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_meets_published_case(case: Case) -> None:
    assert judge(case) == ("passed", [])


def test_no_published_case_is_left_out() -> None:
    assert len(CASES) == PUBLISHED == len(list(read_cases(OWN_VECTORS)))


def test_command_prints_a_line_per_model_and_fails_on_a_wrong_expectation(tmp_path: Path) -> None:
    good = (OWN_VECTORS / "per_unit.json").read_text("utf-8")
    (tmp_path / "per_unit.json").write_text(good.replace('"1000"', '"1000.01"'), "utf-8")
    (tmp_path / "flat.json").write_text((OWN_VECTORS / "flat.json").read_text("utf-8"), "utf-8")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.conformance", str(tmp_path)]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "flat: 3 passed, 0 failed, 0 not supported yet" in run.stdout
    assert "per_unit: 3 passed, 1 failed, 0 not supported yet" in run.stdout
    assert "om-per-unit-002" in run.stderr


@pytest.mark.parametrize(
    ("model", "params", "usage", "expected"),
    [
        (
            "bucketed_max",
            {"price": {"model": "per_unit", "params": {"unit_amount": "2"}}},
            [["3", "5", "1"], [], ["4"]],
            {"amount": "18", "lines": ["10", "0", "8"]},
        ),
        (
            "commitment_overage",
            {
                "scope": "per_window", "unit_amount": "2", "commitment": {"type": "quantity", "value": "10"},
                "overage_factor": "1.5", "true_up": True,
                "buckets": [{"from_hour": 22, "to_hour": 6, "unit_amount": "1"}],
            },
            [
                {"at": "2024-01-01T10:00:00Z", "value": "14"}, {"at": "2024-01-01T11:00:00Z", "value": "4"},
                {"at": "2024-01-01T23:00:00Z", "value": "7"},
            ],
            {"amount": "59", "utilized": "35", "overage": "12", "true_up": "12"},
        ),
        (
            "commitment_overage",
            {"scope": "cumulative", "commitment": "100", "prior_base": "70", "overage_factor": "2"},
            ["40", "20"],
            {"amount": "90", "lines": ["20.00", "10.00"]},
        ),
    ],
)  # fmt: skip
def test_the_models_without_published_cases_follow_their_definitions(
    model: str, params: dict[str, object], usage: object, expected: dict[str, object]
) -> None:
    assert judge(Case("own", model, params, usage, None, "USD", expected)) == ("passed", [])

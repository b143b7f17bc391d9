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

"""Every published case of an aggregation is met."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dutycycle.kit.fraction import round_fraction
from tests.conformance.case import MODES, NotSupportedError
from tests.conformance.measuring import MODELS, measure_case

VECTORS = Path(__file__).parents[2] / "conformance" / "vectors"
CASES = [
    case for model in MODELS for case in json.loads((VECTORS / f"{model}.json").read_text("utf-8"), parse_float=Decimal)
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_meets_published_case(case: dict[str, Any]) -> None:
    quantity = measure_case(case["model"], case["params"], case["usage"], case["period"], "cython")
    expected, compare = Fraction(case["expected"]["quantity"]), case["expected"].get("compare", {})
    if "tolerance" in compare:
        assert abs(quantity - expected) <= Fraction(compare["tolerance"])
        return
    if compare:
        quantity = Fraction(round_fraction(quantity, compare["scale"], MODES[compare["mode"]]))
    assert quantity == expected


def test_no_published_case_is_left_out() -> None:
    assert len(CASES) == 50


@pytest.mark.parametrize(
    ("model", "params", "usage"),
    [
        ("sum", {"carry": True}, []),
        ("sum", {}, [{"at": "2024-06-28T00:00:00Z", "amount": "1"}]),
        ("unique_count", {}, [{"at": "2024-06-28T00:00:00Z", "id": "a", "action": "pause"}]),
        ("sum", {"rounding": {"scale": 2, "mode": "half_up", "at": "segment"}}, []),
        ("day_count", {"basis": "lunar_months"}, None),
        ("graduated", {}, []),
    ],
)
def test_a_switch_that_no_definition_covers_is_an_error(model: str, params: dict[str, Any], usage: Any) -> None:
    with pytest.raises(NotSupportedError):
        measure_case(model, params, usage, {"from": "2024-06-01", "to": "2024-06-30", "timezone": "UTC"}, "cython")

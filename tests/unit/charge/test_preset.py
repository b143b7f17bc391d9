"""Presets: complete, typed, and refusing what they do not know."""

from __future__ import annotations

from typing import Any

import pytest

from dutycycle.charge.preset import PRESETS, expand
from dutycycle.kit.errors import InvalidInputError

MINIMUM = {"meter": "pages", "minimum": "1000", "unit_amount": "0.01"}


def refused(name: str, parameters: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        expand(name, parameters)
    return [f"{each.field} {each.description}" for each in caught.value.violations]


def test_every_mechanism_has_a_preset() -> None:
    assert sorted({preset.number for preset in PRESETS.values()}) == list(range(1, 40))


def test_a_preset_says_what_it_does_in_a_sentence() -> None:
    assert all(preset.summary.endswith(".") and preset.summary.count(".") == 1 for preset in PRESETS.values())


def test_no_parameter_is_named_twice() -> None:
    for preset in PRESETS.values():
        names = (*preset.required, *preset.optional, *preset.handed_on)
        assert len(set(names)) == len(names), preset.name


def test_an_unknown_preset_is_refused_with_those_there_are() -> None:
    [said] = refused("minimum_volumes", {})
    assert said.startswith("preset is 'minimum_volumes'; there are flat_minimum, cost_per_copy,")


def test_every_wrong_parameter_is_named() -> None:
    said = refused("minimum_volume", {"meter": "pages", "minimum": 0.5, "price": "1"})
    assert [each.split()[0] for each in said] == ["unit_amount", "minimum", "price"]
    assert said[0] == "unit_amount is absent; the preset needs it"
    assert said[1] == 'minimum is not exact; write it in quotes: "0.5"'
    assert "there are meter, minimum, unit_amount, under_amount, over_amount, id, label" in said[2]


@pytest.mark.parametrize(
    ("name", "parameters", "field"),
    [
        ("stairstep", {"meter": "m", "steps": []}, "steps"),
        ("stairstep", {"meter": "m", "steps": ["x"]}, "steps[0]"),
        ("stairstep", {"meter": "m", "steps": [{"up_to": "1"}]}, "steps[0].amount"),
        ("stairstep", {"meter": "m", "steps": [{"amount": "1", "until": "1"}]}, "steps[0].until"),
        ("shift_multiplier", {"meter": "m", "rent": "x", "bands": [{"multiplier": "1"}]}, "rent"),
        ("shift_multiplier", {"meter": "m", "rent": "NaN", "bands": [{"multiplier": "1"}]}, "rent"),
        ("volume_bands", {"meter": "m", "tiers": [{"from": "0"}, {"unit_amount": "1"}]}, "tiers[1].from"),
        ("pooled_allowance", {"meter": "m", "allowance_per_asset": "1"}, "unit_amount"),
        ("reserved_capacity", {"meter": "m", "committed": "1"}, "unit_amount"),
        ("time_of_use", {"meter": "m", "bands": [{"name": "a", "unit_amount": "1"}], "otherwise": "b"}, "otherwise"),
        ("attribute_matrix", {"meter": "m", "cells": [{"match": "a", "unit_amount": "1"}]}, "cells[0].match"),
        ("flat_minimum", {"amount": "1", "unit": "page"}, "unit"),
    ],
)
def test_a_wrong_value_is_named_where_it_stands(name: str, parameters: dict[str, Any], field: str) -> None:
    [said] = refused(name, parameters)
    assert said.split()[0] == field


def test_several_charges_have_ids_and_labels_of_their_own() -> None:
    charges = expand("minimum_volume", {**MINIMUM, "id": "pages", "label": "Pages"})
    assert [(each["id"], each["label"]) for each in charges] == [
        ("pages", "Pages"),
        ("pages-shortfall", "Pages, shortfall"),
    ]


def test_parts_of_a_charge_are_handed_on_to_every_charge() -> None:
    parts = {"select": {"scope": "customer"}, "adjust": {"escalator": {"percent": "3"}}, "rounding": {"scale": 0}}
    for charge in expand("clawback", {**MINIMUM, "every_periods": 3, "omit_when_zero": True, **parts}):
        assert charge["omit_when_zero"] is True
        assert {name: charge[name] for name in parts} == parts


def test_expanding_changes_nothing_that_was_given() -> None:
    given = {"meter": "m", "tiers": [{"up_to": "1", "unit_amount": "1"}], "overage_amount": "2"}
    expand("tiered_with_overage", given)
    assert given["tiers"] == [{"up_to": "1", "unit_amount": "1"}]

"""Every choice that engines make differently is a field here: what its default does, and what its other values do."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.unit.rating.example import Example

PAGE = Path(__file__).parents[3] / "docs" / "rating.md"
Document = dict[str, Any]
YES = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A field, one of its values, and what the last line comes to with the default and with that value."""

    field: str
    value: Any
    default: str
    other: str
    charge: Document
    given: Document


def on(price: Document, baseline: Document | None = None, **parts: Any) -> Document:
    """Write a charge on the sum of a meter."""
    document = {"id": "c", "label": "C", "measure": {"aggregation": "sum", "meter": "m"}, "price": price, **parts}
    return document if baseline is None else {**document, "baseline": baseline}


def each(price: Document, by: str = "kind", **parts: Any) -> Document:
    return on(price, **parts) | {"measure": {"aggregation": "sum", "meter": "m", "each": by}}


def flat(amount: str, **parts: Any) -> Document:
    return {"id": "c", "label": "C", "price": {"flat": {"amount": amount}}, **parts}


def entry(key: str, quantity: str) -> Document:
    return {"key": key, "quantity": quantity, "attributes": {"kind": key}}


def unit(amount: str = "1", side: str = "") -> Document:
    return {"per_unit": {"unit_amount": amount}} | ({"on": side} if side else {})


def tiers(*rows: tuple[str | None, str, str]) -> list[Document]:
    table = [{"up_to": end, "unit_amount": price, "flat_amount": fee} for end, price, fee in rows]
    return [{name: value for name, value in row.items() if value is not None} for row in table]


def cell(kind: str, first: str, then: str) -> Document:
    table = tiers(("100", first, "0"), (None, then, "0"))
    return {"match": [{"attribute": "kind", "values": [kind]}], "price": {"graduated": {"tiers": table}}}


MATRIX = {"matrix": {"cells": [cell("a", "1", "0.5"), cell("b", "2", "1")]}}
LOADS = {"entries": [entry("a", "60"), entry("b", "60"), entry("a", "60")]}
BLOCKS = {
    "tiers": [
        {"block_size": "10", "max_blocks": 10, "block_amount": "15"},
        {"block_size": "20", "block_amount": "20"},
    ]
}
DISCOUNTS = [{"percent": "10"}, {"amount": "10"}]
NEW_YORK, SUMMER = timezone(timedelta(hours=-5)), timezone(timedelta(hours=-4))
TO_THE_LAST = {"active": [date(2024, 1, 16), date(2024, 1, 31)], "full": [date(2024, 1, 1), date(2024, 1, 31)]}
HALF_FEBRUARY = {"active": [date(2024, 2, 1), date(2024, 2, 16)], "full": [date(2024, 2, 1), date(2024, 3, 1)]}
TO_SUMMER = {
    "active": [datetime(2024, 3, 1, tzinfo=NEW_YORK), datetime(2024, 3, 11, tzinfo=SUMMER)],
    "full": [datetime(2024, 3, 1, tzinfo=NEW_YORK), datetime(2024, 4, 1, tzinfo=SUMMER)],
}
TEN_DAYS = {"active": [date(2024, 1, 1), date(2024, 1, 11)], "full": [date(2024, 1, 1), date(2024, 2, 1)]}
HALF_JUNE = {"active": [date(2024, 6, 1), date(2024, 6, 16)], "full": [date(2024, 6, 1), date(2024, 7, 1)]}
PRORATED: Document = {"adjust": {"proration": {}}}
TWICE_TEN = {
    "period": "2024-06",
    "usage": [{"at": "2024-06-01T00:00Z", "m": "10"}, {"at": "2024-06-16T00:00Z", "m": "10"}],
}
YEARS = {"escalator": {"percent": "8"}}
LEVEL = on(unit()) | {"measure": {"aggregation": "time_weighted", "meter": "m"}}
SEATS = on(unit()) | {"measure": {"aggregation": "unique"}}
PERCENT = {"percentage": {"rate_percent": "10", "free_events": 2}}
TWO_TIERS = {"graduated": {"tiers": tiers(("1", "0.125", "0"), (None, "0.125", "0"))}}

CHOICES = [
    Choice("price.volume.bounds", "lower_inclusive", "10", "8",
           on({"volume": {"tiers": tiers(("10", "1", "0"), (None, "0.8", "0"))}}), {"quantity": "10"}),
    Choice("price.graduated.bounds", "lower_inclusive", "10", "15",
           on({"graduated": {"tiers": tiers(("10", "1", "0"), (None, "1", "5"))}}), {"quantity": "10"}),
    Choice("price.graduated.flat_at_zero", YES, "0", "5",
           on({"graduated": {"tiers": tiers((None, "1", "5"))}}), {"quantity": "0"}),
    Choice("price.graduated.prorate_changes", YES, "20", "15",
           on({"graduated": {"tiers": tiers((None, "1", "0"))}}), TWICE_TEN),
    Choice("quantify.increment", "1", "11", "12",
           on({"graduated": {"tiers": tiers(("10", "1", "0"), (None, "2", "0"))}}), {"quantity": "10.5"}),
    Choice("price.package.mode", "down", "195", "180", on({"package": {"size": "10", "amount": "15"}}),
           {"quantity": "121"}),
    Choice("price.package.minimum_packages", 1, "0", "15", on({"package": {"size": "10", "amount": "15"}}),
           {"quantity": "0"}),
    Choice("price.blocks.rule", "tier_reached", "190", "140", on({"blocks": BLOCKS}), {"quantity": "130"}),
    Choice("price.matrix.tiers", "pooled", "230", "186.67", each(MATRIX), LOADS),
    Choice("price.matrix.tiers", "each_entry", "230", "240", each(MATRIX), LOADS),
    Choice("price.matrix.tiers", "in_order", "230", "190", each(MATRIX), LOADS),
    Choice("price.percentage.free_amount", "60", "5", "9", each(PERCENT),
           {"entries": [entry("a", "50"), entry("b", "50"), entry("c", "50")]}),
    Choice("price.committed.true_up", YES, "60", "100", on({"committed": {"unit_amount": "1", "quantity": "100"}}),
           {"quantity": "60"}),
    Choice("price.committed.overage_factor", "1.5", "120", "130",
           on({"committed": {"unit_amount": "1", "quantity": "100"}}), {"quantity": "120"}),
    Choice("bound.order", "before_discounts", "1000", "900",
           on(unit(), bound={"minimum": "1000"}, adjust={"discounts": [{"percent": "10"}]}), {"quantity": "900"}),
    Choice("bound.minimum", "0", "-40", "0", on(unit("1", "difference"), {"quantity": "100"}), {"quantity": "60"}),
    Choice("adjust.order", "percentages_first", "81", "80", on(unit(), adjust={"discounts": DISCOUNTS}),
           {"quantity": "100"}),
    Choice("adjust.order", "as_listed", "81", "80", on(unit(), adjust={"discounts": DISCOUNTS}), {"quantity": "100"}),
    Choice("rounding.at", "step", "0.25", "0.26", on(TWO_TIERS, rounding={"scale": 2}), {"quantity": "2"}),
    Choice("rounding.at", "stage", "0.06", "0.07",
           on(unit("0.125"), rounding={"scale": 2}, adjust={"discounts": [{"percent": "50"}]}), {"quantity": "1"}),
    Choice("rounding.at", "discount", "9.00", "9.005",
           on(unit("10.005"), rounding={"scale": 2}, adjust={"discounts": [{"percent": "10"}]}), {"quantity": "1"}),
    Choice("rounding.at", "cumulative", "0.01", "0", on(unit("0.005"), rounding={"scale": 2}),
           {"quantity": "1", "prior_quantity": "1"}),
    Choice("rounding.mode", "down", "0.13", "0.12", on(unit("0.125"), rounding={"scale": 2}), {"quantity": "1"}),
    Choice("adjust.proration.basis", "inclusive_days", "155", "160", flat("310", **PRORATED),
           {"stretches": [TO_THE_LAST]}),
    Choice("adjust.proration.basis", "fixed_month", "150", "145", flat("290", **PRORATED),
           {"stretches": [HALF_FEBRUARY]}),
    Choice("adjust.proration.basis", "seconds", "239.68", "239", flat("743", **PRORATED), {"stretches": [TO_SUMMER]}),
    Choice("adjust.proration.over", 365, "117.74", "10", flat("365", **PRORATED), {"stretches": [TEN_DAYS]}),
    Choice("adjust.proration.parts", ["baseline"], "25", "100",
           on(unit("1", "above"), {"quantity": "100"}, **PRORATED), {"quantity": "150", "stretches": [HALF_JUNE]}),
    Choice("adjust.escalator.increment", "0.01", "54", "50", on(unit("0.05"), adjust=YEARS),
           {"quantity": "1000", "number": 13}),
    Choice("baseline.per", "asset", "150", "50", on(unit("1", "above"), {"quantity": "100"}),
           {"quantity": "250", "assets": 2}),
    Choice("baseline.per", "asset_prorated", "150", "125", on(unit("1", "above"), {"quantity": "100"}),
           {"quantity": "250", "assets": 2, "in_service": {"old": "1/4", "new": "1"}}),
    Choice("select.scope", "asset", "80", "50", on(unit("1", "above"), {"quantity": "100"}),
           {"quantity": "180", "entries": [entry("a", "150"), entry("b", "30")]}),
    Choice("baseline.tolerance_rule", "from_baseline", "10", "20",
           on(unit("1", "above"), {"quantity": "100", "tolerance": "0.1"}), {"quantity": "120"}),
    Choice("baseline.carry.cap", "50", "50", "100",
           on(unit("1", "above"), {"quantity": "100", "carry": {"periods": 1}}), {"quantities": ["0", "250"]}),
    Choice("settle.reconcile.sides", "debit", "0", "50",
           on(unit("1", "above"), {"quantity": "100"}, settle={"reconcile": {"every_periods": 2}}),
           {"quantities": ["50", "150"]}),
    Choice("settle.reconcile.bill_only_then", YES, "-20", "30",
           on(unit("1", "above"), {"quantity": "100"}, settle={"reconcile": {"every_periods": 2}}),
           {"quantities": ["150", "80"]}),
    Choice("measure.sets_level", YES, "15", "10", LEVEL, TWICE_TEN),
    Choice("measure.carry_over", YES, "0", "1", SEATS,
           {"period": "2024-06", "usage": [{"at": "2024-05-20T00:00Z", "id": "ann"}]}),
]  # fmt: skip


@pytest.mark.parametrize("core_name", ["cython", "python"])
@pytest.mark.parametrize("choice", CHOICES, ids=[f"{each.field}-{each.value}" for each in CHOICES])
def test_the_default_and_the_other_value(choice: Choice, core_name: str) -> None:
    changed = deepcopy(choice.charge)
    *path, last = choice.field.split(".")
    part = changed
    for name in path:
        part = part.setdefault(name, {})
    part[last] = choice.value
    assert _amount(choice.charge, choice.given, core_name) == Decimal(choice.default)
    assert _amount(changed, choice.given, core_name) == Decimal(choice.other)


def test_a_minimum_above_the_maximum_gives_way() -> None:
    subject = on(unit(), bound={"minimum": "100", "maximum": "80"})
    assert _amount(subject, {"quantity": "10"}, "python") == 80


def test_discounts_are_taken_off_what_is_left() -> None:
    """Two of 10 % are 19 %."""
    subject = on(unit(), adjust={"discounts": [{"percent": "10"}, {"percent": "10"}]})
    assert _amount(subject, {"quantity": "100"}, "python") == 81


def test_a_tier_ends_where_its_size_says() -> None:
    sizes = [{"size": "10", "unit_amount": "1"}, {"size": "10", "unit_amount": "2"}, {"unit_amount": "3"}]
    ends = tiers(("10", "1", "0"), ("20", "2", "0"), (None, "3", "0"))
    amounts = {_amount(on({"graduated": {"tiers": table}}), {"quantity": "25"}, "python") for table in (sizes, ends)}
    assert amounts == {Decimal(45)}


def test_the_page_lists_every_choice_with_its_other_values() -> None:
    rows = re.findall(r"^\| [^|]+ \| `([a-z_.]+)` \| [^|]+ \| ([^|]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    told = {(field, value) for field, values in rows for value in re.findall(r"`([^`]+)`", values)}
    assert told == {(each.field, _written(each.value)) for each in CHOICES}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, list) else str(value)


def _amount(charge: Document, given: Document, core_name: str) -> Decimal:
    [lines] = Example({"charge": charge, **given}).lines(core_name).values()
    return lines[-1].amount

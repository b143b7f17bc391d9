"""The example's contracts follow from its data, and its data split as the project says."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e import recompute

EXAMPLE = recompute.EXAMPLE
JANUARY = date(2013, 1, 1)


def test_derive_writes_the_committed_files(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(EXAMPLE / "derive.py"), str(tmp_path)], check=True)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(written) == 18
    for name, content in written.items():
        assert content == (EXAMPLE / name).read_bytes(), name


def test_feed_splits_into_the_known_counts() -> None:
    counts = recompute.read_feed(late=False).counts
    total: Counter[str] = sum(counts.values(), Counter())
    assert total == {"no tail": 2_512, "no air time": 6_918, "waiting": 2_024, "accepted": 325_322}
    for carrier, of in counts.items():
        assert of["accepted"] / of.total() >= 0.9, carrier


def test_late_asset_turns_its_waiting_flights_into_accepted_ones() -> None:
    before, after = recompute.read_feed(late=False).counts["F9"], recompute.read_feed(late=True).counts["F9"]
    assert after["accepted"] - before["accepted"] == before["waiting"] - after["waiting"] == 41


def test_seventeen_aircraft_are_placed_with_a_second_carrier() -> None:
    with (EXAMPLE / "assets.csv").open(newline="") as rows:
        placements = [row["placements"].split(";") for row in csv.DictReader(rows)]
    second = [places for places in placements if len(places) > 1]
    assert len(placements) == 3_990
    assert len(second) == 17
    assert {places[0].split("@")[1][:10] for places in placements} == {"2013-01-01"}
    assert all(places[0][:2] != places[1][:2] for places in second)


def test_a_cost_centre_bears_a_third_of_the_fleet_of_airtran() -> None:
    with (EXAMPLE / "assets.csv").open(newline="") as rows:
        placements = [place for row in csv.DictReader(rows) for place in row["placements"].split(";")]
    centres = Counter((place.partition("-")[0], place.partition(" ")[2]) for place in placements if " " in place)
    assert sorted(centres) == [("fl", "4110 Atlanta"), ("fl", "4120 Orlando"), ("fl", "4130 Milwaukee")]
    assert max(centres.values()) - min(centres.values()) <= 1


def _baselines() -> list[Any]:
    return [
        pytest.param(agreement, schedule, charge, id=f"{schedule['id']}/{charge['id']}")
        for agreement in recompute.read_agreements()
        for schedule in agreement["schedules"]
        for charge in schedule["charges"]
        if "baseline" in charge
    ]


@pytest.mark.parametrize(("agreement", "schedule", "charge"), _baselines())
def test_baseline_is_what_january_used(
    agreement: dict[str, Any], schedule: dict[str, Any], charge: dict[str, Any]
) -> None:
    used = recompute.used_by(charge, agreement, schedule, recompute.read_feed(late=False).use, JANUARY)
    if not used.aircraft:
        assert charge["baseline"]["basis"] == "stated at commencement"
    else:
        assert charge["baseline"]["basis"] == "January 2013"
        assert Decimal(charge["baseline"]["quantity"]) == recompute.to_decimal(recompute.measure(charge, used))


def test_no_invoice_is_negative_and_each_fits_its_page() -> None:
    bills = recompute.recompute()
    assert len(bills) == 192
    assert min(bill.total for bill in bills.values()) > 0
    assert max(len(bill.lines) for bill in bills.values()) <= 24


def test_every_mechanism_is_billed_for_real() -> None:
    """Each way of charging must come to an amount somewhere in the year, or it is only decoration."""
    billed: Counter[str] = Counter()
    charges = {
        f"{schedule['id']}/{charge['id']}": charge
        for agreement in recompute.read_agreements()
        for schedule in agreement["schedules"]
        for charge in schedule["charges"]
    }
    for bill in recompute.recompute().values():
        for line in bill.lines:
            charge = charges[line.id.split("@")[0]]
            if line.amount:
                billed[next(model for model in charge["price"] if model != "on")] += 1
            if line.amount < 0:
                billed["credit"] += 1
            for mechanism in ("carry", "reconcile"):
                # What is agreed shows where the month alone would have come to something else.
                if mechanism in str(charge) and line.amount != alone(charge, line):
                    billed[mechanism] += 1
            if "bound" in charge and line.amount == Decimal(charge["bound"]["minimum"]):
                billed["minimum"] += 1
    assert set(billed) == {
        "flat", "per_unit", "graduated", "volume", "package", "commitment", "credit", "minimum", "carry", "reconcile",
    }  # fmt: skip


def alone(charge: dict[str, Any], line: recompute.Line) -> Decimal:
    """Return what a line would come to if each month stood for itself."""
    beyond = max(Decimal(0), (line.used or Decimal(0)) - Decimal(charge["baseline"]["quantity"]))
    return beyond * Decimal(charge["price"]["per_unit"]["unit_amount"])


def test_hours_in_a_pool_make_up_for_one_another() -> None:
    """Alaska's aircraft stand in for one another: a family exceeds its share of the baseline, the pool never does."""
    [agreement] = [each for each in recompute.read_agreements() if each["customer"] == "customers/as"]
    *families, pool = agreement["schedules"]
    [hours] = pool["charges"]
    use = recompute.read_feed(late=True).use
    lines = [
        recompute.usage_line("pool", hours, [recompute.used_by(hours, agreement, pool, use, month)])
        for month in recompute.MONTHS
    ]
    assert all(line.amount == 0 for line in lines)
    for family in families:
        used = [recompute.measure(hours, use.get((family["id"], month), recompute.Use())) for month in recompute.MONTHS]
        assert max(used) > used[0]


def test_catalogue_is_readable() -> None:
    catalogue = yaml.safe_load((EXAMPLE / "contracts" / "catalogue.yaml").read_text(encoding="utf-8"))["catalogue"]
    assert {program["fit"] for program in catalogue["programs"]} == {"below_baseline", "above_baseline"}
    assert {product["trigger"] for product in catalogue["products"]} == {"unusable_records", "idle_assets"}

"""Charges that contradict themselves or are ill-typed are refused, field by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import pytest

from dutycycle.charge.adjust import Bound, Cadence
from dutycycle.charge.baseline import AssetBaseline, Baseline, BaselinePer
from dutycycle.charge.charge import Charge, Price, PriceOn
from dutycycle.charge.errors import InvalidChargeError
from dutycycle.charge.measure import Aggregation, Measure, Quantify
from dutycycle.charge.price import Commitment, Flat, Graduated, Package, PerUnit, Tier, TierTable, Volume
from dutycycle.rating.errors import InvalidReadingError
from tests.unit.rating.rated import CYCLES, amount, charge, table

ONE = PerUnit(Decimal(1))
TIERS = table(("10", "1", "0"), (None, "2", "0"))


def ill_typed(value: Any) -> Decimal:
    """Pass what a caller without a type checker could pass."""
    return cast("Decimal", value)


def of_assets(per: BaselinePer, *assets: str, quantity: str = "1") -> Charge:
    own = tuple(AssetBaseline(asset, Decimal(quantity)) for asset in assets)
    return replace(charge(ONE, PriceOn.ABOVE, baseline="5"), baseline=Baseline(Decimal(5), per=per, assets=own))


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("id", lambda: charge(ONE, id="Flight Hours")),
        ("label", lambda: charge(ONE, label=" ")),
        ("measure", lambda: charge(ONE, measure=None)),
        ("measure", lambda: charge(Flat(Decimal(1)), measure=CYCLES)),
        ("measure.meter", lambda: charge(ONE, measure=Measure(Aggregation.SUM))),
        ("measure.meter", lambda: charge(ONE, measure=Measure(Aggregation.ASSETS_ACTIVE, "cycles"))),
        ("quantify.divide_by", lambda: charge(ONE, quantify=Quantify(Decimal(0), Decimal("0.1")))),
        ("quantify.increment", lambda: charge(ONE, quantify=Quantify(Decimal(60)))),
        ("quantify.increment", lambda: charge(ONE, quantify=Quantify(increment=Decimal(0)))),
        ("baseline", lambda: charge(ONE, PriceOn.ABOVE)),
        ("baseline", lambda: charge(Flat(Decimal(1)), baseline="5")),
        ("baseline.quantity", lambda: charge(ONE, PriceOn.ABOVE, baseline="-1")),
        ("baseline.assets", lambda: of_assets(BaselinePer.POOL, "n1")),
        ("baseline.assets[1].asset", lambda: of_assets(BaselinePer.ASSET, "n1", "n1")),
        ("baseline.assets[0].asset", lambda: of_assets(BaselinePer.ASSET, "")),
        ("baseline.assets[0].quantity", lambda: of_assets(BaselinePer.ASSET, "n1", quantity="-1")),
        ("price.on", lambda: charge(Volume(TIERS), PriceOn.DIFFERENCE, baseline="5")),
        ("price.per_unit.credit_unit_amount", lambda: charge(PerUnit(Decimal(1), Decimal(1)))),
        ("price.per_unit.unit_amount", lambda: charge(PerUnit(ill_typed(0.1)))),
        ("price.per_unit.unit_amount", lambda: charge(PerUnit(Decimal("NaN")))),
        ("price.per_unit.unit_amount", lambda: charge(PerUnit(Decimal("1e30")))),
        ("price.graduated.tiers", lambda: charge(Graduated(TierTable(())))),
        ("price.graduated.tiers[1].up_to", lambda: charge(Graduated(table(("9", "1", "0"), ("9", "2", "0"))))),
        ("price.graduated.tiers[0].up_to", lambda: charge(Graduated(table((None, "1", "0"), ("9", "2", "0"))))),
        ("price.graduated.tiers[0].up_to", lambda: charge(Graduated(table(("0", "1", "0"))))),
        (
            "price.volume.tiers[0].cap_amount",
            lambda: charge(Volume(TierTable((Tier(None, cap_amount=Decimal(1)),)))),
        ),
        ("price.package.size", lambda: charge(Package(Decimal(0), Decimal(1)))),
        ("price.package.minimum_packages", lambda: charge(Package(Decimal(1), Decimal(1), minimum_packages=-1))),
        ("price.commitment.covers", lambda: charge(Commitment(Decimal(1), ()))),
        ("price.commitment.covers", lambda: charge(Commitment(Decimal(1), ("charge",)))),
        ("price.commitment.covers", lambda: charge(Commitment(Decimal(1), ("a", "a")))),
        ("bound.minimum", lambda: charge(ONE, minimum="-1")),
        ("bound.minimum", lambda: charge(Commitment(Decimal(1), ("a",)), minimum="1")),
        ("cadence", lambda: charge(ONE, cadence=Cadence.IN_ADVANCE)),
    ],
)
def test_names_the_wrong_field(field: str, make: Callable[[], Charge]) -> None:
    with pytest.raises(InvalidChargeError) as caught:
        make()
    assert [violation.field for violation in caught.value.violations] == [field]
    assert caught.value.reason == "CHARGE_INVALID"


def test_names_every_wrong_field_at_once() -> None:
    with pytest.raises(InvalidChargeError) as caught:
        Charge("c", "", Price(PerUnit(Decimal("Infinity")), PriceOn.ABOVE), bound=Bound(Decimal(-1)))
    assert {violation.field for violation in caught.value.violations} == {
        "label", "measure", "baseline", "price.per_unit.unit_amount", "bound.minimum",
    }  # fmt: skip


def test_an_informative_baseline_may_stand_beside_a_price_on_all() -> None:
    subject = Charge("c", "C", Price(ONE), CYCLES, baseline=Baseline(Decimal(40)))
    assert amount(subject, "50") == 50


@pytest.mark.parametrize(
    ("field", "subject", "reading"),
    [
        ("quantity", charge(ONE), {"quantity": "NaN"}),
        ("prior_quantity", charge(ONE), {"prior_quantity": Decimal(-1)}),
        ("prior_quantity", charge(ONE, minimum="5"), {"prior_quantity": Decimal(1)}),
        ("priced_quantity", charge(ONE), {"priced_quantity": Decimal(1)}),
        ("covered_amounts", charge(Commitment(Decimal(1), ("a",))), {"covered": {"b": Decimal(1)}}),
    ],
)
def test_a_reading_must_fit_its_charge(field: str, subject: Charge, reading: dict[str, Any]) -> None:
    with pytest.raises(InvalidReadingError) as caught:
        amount(subject, **({"quantity": "1"} | reading))
    assert [violation.field for violation in caught.value.violations] == [field]

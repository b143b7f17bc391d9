"""Terms of a program written as an agreement that rating can take."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from google.type.date_pb2 import Date

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.document import message_from_document, read_document
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.convert import (
    alternative_to_proto,
    assets_from_proto,
    catalogue_from_proto,
    month_from_proto,
    terms_from_proto,
)
from dutycycle.offers.history import Month, Use, UseKind
from dutycycle.offers.program import Program, alternative
from dutycycle.offers.terms import ChargeKind, Terms
from dutycycle.runtime.wire import decimal_to_proto, money_to_proto, period_to_proto

CONTRACTS = Path(__file__).parents[3] / "examples" / "aircraft" / "contracts"


def agreement(carrier: str) -> contracts_pb2.Agreement:
    path = CONTRACTS / f"{carrier}.yaml"
    return message_from_document(contracts_pb2.Agreement, read_document(path)["agreement"], str(path))


def programs() -> dict[str, Program]:
    path = CONTRACTS / "catalogue.yaml"
    message = message_from_document(contracts_pb2.Catalogue, read_document(path)["catalogue"], str(path))
    return {program.id: program for program in catalogue_from_proto(message).programs}


def at_share(terms: Terms, share: str, months: int = 6) -> list[Month]:
    """Make months in which everything was used in the same share of its baseline; 100 of what has none."""
    uses = tuple(
        Use(
            charge.schedule,
            charge.charge,
            UseKind.ASSETS if charge.kind is ChargeKind.ASSETS else UseKind.USAGE,
            charge.units,
            charge.baseline,
            Decimal(100) if charge.baseline is None else charge.baseline * Decimal(share),
        )
        for charge in terms.charges
        if charge.kind in (ChargeKind.ASSETS, ChargeKind.USAGE)
    )
    return [
        Month(BillingPeriod.month(2013, number), Money(Decimal(1), "USD"), uses, Money(Decimal(0), "USD"))
        for number in range(1, months + 1)
    ]


@pytest.mark.parametrize("carrier", sorted(path.stem for path in CONTRACTS.glob("??.yaml")))
@pytest.mark.parametrize("program", ["right-size", "flex-down", "higher-tier"])
def test_agreement_says_what_the_domain_calculated(carrier: str, program: str) -> None:
    terms = terms_from_proto(agreement(carrier))
    other = alternative(programs()[program], terms, at_share(terms, "0.8"))
    assert terms_from_proto(alternative_to_proto(other)).charges == other.terms.charges


def test_right_sized_schedule_in_full() -> None:
    before = agreement("fl")
    terms = terms_from_proto(before)
    after = alternative_to_proto(alternative(programs()["flex-down"], terms, at_share(terms, "0.5")))
    base, aircraft, hours, cycles = after.schedules[0].charges
    # 563.4 hours at 50 % and 85 %; the base of 535,230 at 239.4/563.4 and 118 %, the minimum at 90 % of that.
    assert hours.baseline.quantity.value == "239.4"
    assert hours.baseline.basis == "mean of 6 months to June 2013"
    assert base.price.flat.amount.value == "268367.4"
    assert hours.price.per_unit.unit_amount.value == "1249.5"
    assert aircraft.baseline.quantity.value == "42"
    assert aircraft.price == before.schedules[0].charges[1].price
    assert cycles.bound.minimum.value == "20370.11"
    assert after.end_date.year == 2015
    assert before == agreement("fl")


def test_tiers_and_packages_are_scaled_and_bounds_kept() -> None:
    before = agreement("9e")
    terms = terms_from_proto(before)
    after = alternative_to_proto(alternative(programs()["flex-down"], terms, at_share(terms, "0.5")))
    graduated, package = after.schedules[0].charges[2].price, after.schedules[1].charges[2].price
    old = before.schedules[0].charges[2].price.graduated.tiers
    new = graduated.graduated.tiers
    assert [tier.up_to.value for tier in new] == [tier.up_to.value for tier in old]
    assert [Decimal(t.unit_amount.value) for t in new] == [Decimal(t.unit_amount.value) * 105 / 100 for t in old]
    assert Decimal(package.package.amount.value) == Decimal("11520.00") * 105 / 100
    assert package.package.size.value == "25"


def test_month_keeps_what_was_measured_and_leaves_other_lines() -> None:
    statement = rating_pb2.Statement(
        period=period_to_proto(BillingPeriod.month(2013, 2)),
        period_cost=money_to_proto(Money(Decimal("12.34"), "USD")),
        total=money_to_proto(Money(Decimal("99.99"), "USD")),
    )
    statement.measured.add(
        schedule="s",
        charge="hours",
        kind=rating_pb2.LINE_KIND_USAGE,
        units="hours",
        baseline_quantity=decimal_to_proto(Decimal("10")),
        used_quantity=decimal_to_proto(Decimal("7.5")),
    )
    statement.measured.add(schedule="s", charge="base", kind=rating_pb2.LINE_KIND_BASE)
    month = month_from_proto(statement)
    assert month.cost == Money(Decimal("12.34"), "USD")
    assert month.uses == (Use("s", "hours", UseKind.USAGE, "hours", Decimal(10), Decimal("7.5")),)


def test_assets_are_known_from_their_first_month_on() -> None:
    def statement(month: int, **records: tuple[int, int]) -> rating_pb2.Statement:
        """Write a month: of each asset its records and the day of the last one."""
        assets = [
            rating_pb2.AssetUsage(
                asset=f"assets/{name}", records=count, last_active_date=Date(year=2013, month=month, day=day)
            )
            for name, (count, day) in records.items()
        ]
        return rating_pb2.Statement(period=period_to_proto(BillingPeriod.month(2013, month)), assets=assets)

    found = assets_from_proto([statement(1, a=(5, 30)), statement(2, a=(2, 3), b=(7, 28)), statement(3, b=(1, 31))])
    known = {asset.name: (asset.known.records, asset.known.days_silent) for asset in found}
    assert known == {"assets/a": ([5, 2, 0], 56), "assets/b": ([7, 1], 0)}

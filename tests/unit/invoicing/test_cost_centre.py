"""An invoice divided among cost centres is the invoice: to the last cent and the last tenth of an hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutycycle.invoicing.cost_centre import divide_invoice
from dutycycle.invoicing.invoice import AssetUsage, Invoice, LineKind, MonthUse
from dutycycle.invoicing.neighbour import Reach, Statement
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from tests.unit.invoicing.conftest import (
    Schedule,
    aircraft_line,
    base_line,
    hours_line,
    money,
    statement_of,
    terms_of,
)

MAY = BillingPeriod.month(2013, 5)
JETS = Schedule("jets", "Jets", (1, 3), ("10.0", "30.0"), "900.00", "100.00")
REACHES = {
    ("jets", "flight-hours"): Reach("air_minutes", frozenset({"jets"})),
    ("pool", "flight-hours"): Reach("air_minutes", frozenset()),
}


def used(name: str, centre: str, minutes: int, schedule: str = "jets", records: int = 1) -> AssetUsage:
    quantities = {"air_minutes": Decimal(minutes)}
    return AssetUsage(f"assets/{name}", name, schedule, schedule, name, records, 1, quantities, "", "", centre)


def statement(base: Statement, assets: Sequence[AssetUsage], *lines_of: Schedule) -> Statement:
    lines = tuple(
        line for each in lines_of for line in (base_line(each, MAY), aircraft_line(each, MAY), hours_line(each, MAY))
    )
    return replace(
        base, period=MAY, lines=lines, total=total([line.amount for line in lines], "USD"), assets=tuple(assets)
    )


def month(hours: str) -> MonthUse:
    return MonthUse(MAY, Decimal(0), Decimal(hours), Decimal(0), Decimal(0), money("0.00"))


def test_usage_goes_by_use_aircraft_by_those_flown_and_the_base_by_those_placed(airtran_december: Invoice) -> None:
    fleet = [used("a", "north", 1200), used("b", "north", 0, records=0), used("c", "south", 300), used("d", "", 300)]
    made = statement(statement_of(airtran_december), fleet, JETS)
    shares = divide_invoice(made, replace(terms_of(airtran_december), reaches=REACHES), month("30.0"))
    # Base $900: two of four aircraft, one, one. Aircraft $8,400: one each of three that flew. Hours $2,000: 4:1:1.
    assert [(s.cost_centre, s.assets, s.used_quantity, s.amount) for s in shares] == [
        ("north", 2, Decimal("20.0"), money("4583.33")),
        ("", 1, Decimal("5.0"), money("3358.34")),
        ("south", 1, Decimal("5.0"), money("3358.33")),
    ]


def test_a_pool_is_divided_over_its_schedules(airtran_december: Invoice) -> None:
    pool = replace(JETS, id="pool")
    fleet = [used("a", "north", 100), used("b", "south", 300, schedule="pool")]
    made = statement(statement_of(airtran_december), fleet, pool)
    usage = tuple(line for line in made.lines if line.kind is LineKind.USAGE)
    made = replace(made, lines=usage, total=total([line.amount for line in usage], "USD"))
    shares = divide_invoice(made, replace(terms_of(airtran_december), reaches=REACHES), month("30.0"))
    assert [(s.cost_centre, s.amount) for s in shares] == [("south", money("1500.00")), ("north", money("500.00"))]


def test_without_cost_centres_nothing_is_divided(airtran_december: Invoice) -> None:
    made = statement(statement_of(airtran_december), [used("a", "", 5)], JETS)
    assert divide_invoice(made, terms_of(airtran_december), month("30.0")) == ()


def test_a_line_that_is_not_rounded_is_divided_to_its_last_place(airtran_december: Invoice) -> None:
    made = statement(statement_of(airtran_december), [used("a", "north", 5), used("b", "south", 5)], JETS)
    fine = replace(made.lines[2], amount=Money(Decimal("0.000000003"), "USD"))
    made = replace(made, lines=(fine,), total=fine.amount)
    shares = divide_invoice(made, terms_of(airtran_december), month("30.0"))
    assert [share.amount.amount for share in shares] == [Decimal("2E-9"), Decimal("1E-9")]


asset_of = st.builds(
    used,
    st.sampled_from("abcdef"),
    st.sampled_from(["", "north", "south", "east"]),
    st.integers(-500, 90_000),
    st.sampled_from(["jets", "props", "elsewhere"]),
    st.integers(0, 3),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(asset_of, min_size=1, max_size=9),
    amounts=st.lists(st.decimals(-9_999_999, 9_999_999, places=2), min_size=6, max_size=6),
    hours=st.decimals(0, 99_999, places=1),
)
def test_the_parts_are_the_whole(
    airtran_december: Invoice, drawn: list[AssetUsage], amounts: list[Decimal], hours: Decimal
) -> None:
    made = statement(statement_of(airtran_december), drawn, JETS, replace(JETS, id="pool"))
    lines = tuple(replace(line, amount=money(amount)) for line, amount in zip(made.lines, amounts, strict=True))
    made = replace(made, lines=lines, total=total([line.amount for line in lines], "USD"))
    shares = divide_invoice(made, replace(terms_of(airtran_december), reaches=REACHES), month(str(hours)))
    centres = {asset.cost_centre for asset in drawn}
    if centres == {""}:
        assert shares == ()
        return
    assert {share.cost_centre for share in shares} == centres
    assert total([share.amount for share in shares], "USD") == made.total
    flown = {c: sum(a.quantities["air_minutes"] for a in drawn if a.cost_centre == c) for c in centres}
    told = sum((share.used_quantity for share in shares), Decimal(0))
    assert told == (hours if any(minutes > 0 for minutes in flown.values()) else 0)

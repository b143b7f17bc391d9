"""Groups of assets are parts of their schedule: they add up to it, whatever months and models there are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from google.type.date_pb2 import Date
from hypothesis import given
from hypothesis import strategies as st

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.kit.money import Money
from dutycycle.kit.period import BillingPeriod
from dutycycle.offers.assessment import utilisation_percent
from dutycycle.offers.asset_group import Fleet, GroupKey, GroupMonth, GroupMonths, GroupUse, group_uses
from dutycycle.offers.convert import groups_from_proto
from dutycycle.offers.history import Month, Use, UseKind
from dutycycle.offers.terms import ChargeKind, ChargeTerms, Terms
from dutycycle.runtime.wire import period_to_proto
from tests.unit.offers.lessee import terms

SMALL, LARGE = GroupKey("jets", "Boeing", "717-200"), GroupKey("jets", "Boeing", "737-700")


def month(number: int, used: int, baseline: int = 100, schedule: str = "jets") -> Month:
    use = Use(schedule, "flight-hours", UseKind.USAGE, "flight hours", Decimal(baseline), Decimal(used))
    return Month(BillingPeriod.month(2013, number), Money(Decimal(0), "USD"), (use,), Money(Decimal(0), "USD"))


def group(key: GroupKey, *months: tuple[int, int, int]) -> GroupMonths:
    """Write a group: of each month its assets, the idle ones, and what was measured."""
    return GroupMonths(key, [GroupMonth(assets, idle, Decimal(measured)) for assets, idle, measured in months])


def assessed(months: list[Month], *groups: GroupMonths, on: Terms | None = None) -> list[GroupUse]:
    return list(group_uses(Fleet(months, [], groups), on or terms()))


def test_a_group_fills_its_part_of_the_baseline_or_does_not() -> None:
    months = [month(1, 90), month(2, 80)]
    small, large = assessed(months, group(LARGE, (1, 0, 4000), (1, 0, 4000)), group(SMALL, (3, 0, 1000), (3, 2, 500)))
    assert (small.key, large.key) == (SMALL, LARGE)
    # Of 200 agreed hours three of four assets have 150; of 90 and 80 used hours they flew a fifth and a ninth.
    assert small.utilisation_12_percent == Decimal("17.9")
    assert large.utilisation_12_percent == Decimal("286.2")
    assert (small.assets, small.assets_idle, small.units) == (3, 2, "flight hours")
    assert (small.share_percent, large.share_percent) == (Decimal("15.8"), Decimal("84.2"))
    assert small.trend_percent_per_month == Decimal("-66.7")


def test_spans_are_the_last_three_and_six_months() -> None:
    used = [0, 0, 0, 60, 60, 60, 90, 90, 90]
    [only] = assessed([month(n + 1, u) for n, u in enumerate(used)], group(SMALL, *[(1, 0, u) for u in used]))
    spans = only.utilisation_3_percent, only.utilisation_6_percent, only.utilisation_12_percent
    assert spans == (Decimal(90), Decimal(75), Decimal(50))


def test_without_a_baseline_only_shares_are_told() -> None:
    other = GroupKey("printers", "", "")
    alone, jets = sorted(
        assessed([month(1, 50)], group(other, (2, 1, 7)), group(SMALL, (1, 0, 9))), key=lambda g: g.units
    )
    assert (alone.key, alone.utilisation_12_percent, alone.units) == (other, None, "")
    assert (alone.share_percent, jets.share_percent) == (Decimal(100), Decimal(100))


def test_a_pool_is_divided_among_the_assets_of_its_schedules() -> None:
    charge = ChargeTerms(
        "jets", "flight-hours", ChargeKind.USAGE, "flight hours", Decimal(100), meter="minutes", pool=("jets", "props")
    )
    pooled = replace(terms(), charges=(charge,))
    props = GroupKey("props", "ATR", "72")
    jets_use, props_use = assessed([month(1, 80)], group(SMALL, (1, 0, 60)), group(props, (3, 0, 20)), on=pooled)
    assert (jets_use.share_percent, props_use.share_percent) == (Decimal(75), Decimal(25))
    assert (jets_use.utilisation_3_percent, props_use.utilisation_3_percent) == (Decimal(240), Decimal("26.7"))


counts = st.integers(1, 40)
group_month = st.tuples(counts, st.just(0), st.integers(0, 10_000))


@given(
    st.lists(
        st.tuples(st.integers(0, 500), counts, st.lists(group_month, min_size=3, max_size=3)), min_size=1, max_size=12
    )
)
def test_groups_add_up_to_their_schedule(drawn: list[tuple[int, int, list[tuple[int, int, int]]]]) -> None:
    """Weighted by their parts of the baseline, the groups' utilisation is the schedule's, to the rounding of each."""
    keys = [GroupKey("jets", "", name) for name in ("a", "b", "c")]
    groups = [group(key, *(row[2][place] for row in drawn)) for place, key in enumerate(keys)]
    months = [
        month(number + 1, used if any(measured for _, _, measured in parts) else 0, baseline)
        for number, (used, baseline, parts) in enumerate(drawn)
    ]
    uses = assessed(months, *groups)
    weights = [
        sum(Decimal(baseline) * parts[place][0] / sum(assets for assets, _, _ in parts) for _, baseline, parts in drawn)
        for place in range(3)
    ]
    together = sum(
        (use.utilisation_12_percent or Decimal(0)) * weight for use, weight in zip(uses, weights, strict=True)
    ) / sum(weights)
    whole = utilisation_percent(months)
    assert whole is not None
    assert abs(together - whole) <= Decimal("0.11")
    assert abs(sum(use.share_percent for use in uses) - 100) <= Decimal("0.2") or not any(u.share_percent for u in uses)


def test_idle_assets_count_where_they_are_placed() -> None:
    def used(name: str, model: str, records: int, **quantities: str) -> rating_pb2.AssetUsage:
        return rating_pb2.AssetUsage(
            asset=f"assets/{name}",
            schedule="jets",
            model=model,
            records=records,
            quantities=quantities,
            last_active_date=Date(year=2013, month=1, day=9) if records else None,
        )

    charge = ChargeTerms("jets", "flight-hours", ChargeKind.USAGE, "flight hours", Decimal(100), meter="air_minutes")
    agreed = replace(terms(), charges=(charge,))
    statements = [
        rating_pb2.Statement(period=period_to_proto(BillingPeriod.month(2013, number)), assets=assets)
        for number, assets in (
            (1, [used("a", "717", 2, air_minutes="90.5", cycles="2"), used("b", "717", 0), used("a", "717", 0)]),
            (2, [used("a", "717", 1, air_minutes="30"), used("c", "737", 3, air_minutes="60")]),
        )
    ]
    found = {each.key.model: list(each.months) for each in groups_from_proto(statements, agreed)}
    assert found == {
        "717": [GroupMonth(2, 1, Decimal("90.5")), GroupMonth(1, 0, Decimal(30))],
        "737": [GroupMonth(0, 0, Decimal(0)), GroupMonth(1, 0, Decimal(60))],
    }
    by_records = groups_from_proto(statements, terms())
    assert [m.measured for each in by_records if each.key.model == "737" for m in each.months] == [0, 3]

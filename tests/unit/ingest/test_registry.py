"""An identity means the placement it had at that instant, and only for the customer whose usage it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from google.type.date_pb2 import Date

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.ingest.convert import asset_from_proto
from dutycycle.ingest.errors import Reason
from dutycycle.ingest.record import to_microseconds
from dutycycle.ingest.registry import PlacedAsset, PlacementSpan, Registry, waiting_message

FL = PlacementSpan("placements/n1.1", "ops-fl", 100, 200)
HA = PlacementSpan("placements/n1.2", "ops-ha", 200)


def registry(*spans: PlacementSpan) -> Registry:
    learned = Registry()
    learned.learn([PlacedAsset("assets/n1", ["N1", "717-1"], spans)], 3)
    return learned


@pytest.mark.parametrize("identity", ["N1", "717-1"])
@pytest.mark.parametrize(
    ("source", "at_us", "found"),
    [
        ("ops-fl", 99, Reason.NO_PLACEMENT),
        ("ops-fl", 100, FL.name),
        ("ops-fl", 199, FL.name),
        ("ops-fl", 200, Reason.NO_PLACEMENT),
        ("ops-ha", 199, Reason.NO_PLACEMENT),
        ("ops-ha", 200, HA.name),
        ("ops-ha", 1 << 61, HA.name),
        ("ops-dl", 150, Reason.NO_PLACEMENT),
        ("", 150, Reason.NO_PLACEMENT),
    ],
)
def test_placements_are_half_open_and_of_their_own_source(
    identity: str, source: str, at_us: int, found: str | Reason
) -> None:
    assert registry(FL, HA).resolve(identity, source, at_us) == found


@pytest.mark.parametrize("identity", ["n1", "N1 ", "", "assets/n1"])
def test_another_identity_is_unknown(identity: str) -> None:
    assert registry(FL, HA).resolve(identity, "ops-fl", 150) is Reason.UNKNOWN_ASSET


def test_an_asset_without_placement_is_known_and_placed_nowhere() -> None:
    assert registry().resolve("N1", "ops-fl", 150) is Reason.NO_PLACEMENT


def test_what_is_learned_later_replaces_the_placements_and_keeps_the_identities() -> None:
    learned = registry(FL)
    learned.learn([PlacedAsset("assets/n1", ["N9"], [FL, HA])], 5)
    assert learned.revision == 5
    assert [learned.resolve(identity, "ops-ha", 250) for identity in ("N1", "N9")] == [HA.name, HA.name]
    learned.learn([], 4)
    assert learned.revision == 5, "an answer that was overtaken does not turn the revision back"


def test_days_of_placements_begin_in_the_zone_of_the_agreement() -> None:
    asset = contracts_pb2.Asset(name="assets/n1", aliases=["N1"])
    for number, (zone, start, end) in enumerate(
        [
            ("America/New_York", Date(year=2024, month=3, day=1), Date(year=2024, month=4, day=1)),
            ("Asia/Kathmandu", Date(year=2024, month=4, day=1), None),
        ]
    ):
        placement = asset.placements.add(
            name=f"placements/{number}", zone=zone, customer="customers/fl", start_date=start
        )
        if end is not None:
            placement.end_date.CopyFrom(end)
    spans = asset_from_proto(asset, {"customers/fl": "ops-fl"}).placements
    assert [span.start_us for span in spans] == [
        to_microseconds(datetime(2024, 3, 1, 5, tzinfo=UTC)),  # before the change to daylight saving
        to_microseconds(datetime(2024, 3, 31, 18, 15, tzinfo=UTC)),
    ]
    assert spans[0].end_us == to_microseconds(datetime(2024, 4, 1, 4, tzinfo=UTC))  # after it
    assert {span.source for span in spans} == {"ops-fl"}


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.UNKNOWN_ASSET, "no asset is registered under 'N1'"),
        (Reason.NO_PLACEMENT, "'N1' is on no schedule of the customer of ops-fl"),
        (Reason.PERIOD_ISSUED, "invoice of its period is issued"),
    ],
)
def test_the_message_says_what_would_help(reason: Reason, words: str) -> None:
    assert words in waiting_message(reason, "N1", "ops-fl")

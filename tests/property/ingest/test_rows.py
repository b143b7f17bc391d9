"""Laws 1 and 2 without a server: every row is in exactly one place, and what it is does not depend on its company."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.ingest.convert import batch_from_proto, batch_to_proto, segment_from_body, segment_to_body
from dutycycle.ingest.device_message import parse_message
from dutycycle.ingest.mapping import MappedRow, UnreadableRow, batches_of, map_row
from dutycycle.ingest.receipt import Outcome, RowAnswer, receipt_of
from dutycycle.ingest.record import MeterValues, UsageBatch, scaled_value
from dutycycle.ingest.registry import PlacedAsset, PlacementSpan, Registry
from dutycycle.ingest.segment import Segment, SegmentKind, month_of, rows_by_month
from tests.unit.ingest.usage import NOON_US, cells, mapping, one

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
TIMES = st.integers(NOON_US - 10**14, NOON_US + 10**14)
DECIMALS = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=3)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(["", "NA", "60", "6.5", "noon", "2024-03-05T12:00:00Z", "2024-03-05 12:00:00", "=1+1", "\0"]),
    st.text(max_size=6),
    st.integers(-(10**25), 10**25),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
)


@st.composite
def batches(draw: st.DrawFn) -> UsageBatch:
    """Batches of any shape that the wire can carry, good rows and bad ones."""
    count = draw(st.integers(0, 12))

    def column(values: st.SearchStrategy[object]) -> st.SearchStrategy[list[object]]:
        return st.lists(values, min_size=count, max_size=count)

    meters = [
        MeterValues(
            code,
            draw(st.integers(0, 9)),
            draw(column(st.integers(-(2**63), 2**63 - 1))),
            draw(st.frozensets(st.integers(0, count - 1))) if count else frozenset(),
        )
        for code in draw(st.lists(TEXTS.filter(bool), max_size=3, unique=True))
    ]
    return UsageBatch(
        source=draw(TEXTS.filter(bool)),
        event_ids=draw(column(TEXTS)),
        occurred_at_us=draw(column(TIMES)),
        asset_identities=draw(column(TEXTS)),
        meters=meters,
        dimensions={key: draw(column(TEXTS)) for key in draw(st.lists(TEXTS.filter(bool), max_size=2, unique=True))},
    )


@given(st.lists(st.sampled_from([*Outcome]), max_size=30))
def test_receipts_add_up(outcomes: list[Outcome]) -> None:
    answers = [RowAnswer(row, outcome) for row, outcome in enumerate(outcomes) if outcome is not Outcome.ACCEPTED]
    receipt = receipt_of(len(outcomes), reversed(answers))
    assert receipt.received == len(outcomes) == sum(receipt[outcome] for outcome in Outcome)
    assert Counter(outcomes) == +receipt.counts
    assert [answer.row for answer in receipt.answers] == sorted(answer.row for answer in answers)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(cells(), CELLS)), max_size=15))
def test_every_row_of_a_file_is_a_record_of_one_batch_or_unreadable(changes: list[dict[str, object]]) -> None:
    rows = [map_row(mapping(), number, cells(**change)) for number, change in enumerate(changes)]
    grouped = batches_of(mapping(), [row for row in rows if isinstance(row, MappedRow)])
    places = [row.row for row in rows if isinstance(row, UnreadableRow)]
    for batch, file_rows in grouped:
        assert len(batch) == len(file_rows)
        places += file_rows
    assert sorted(places) == list(range(len(changes)))
    assert len({batch.source for batch, _ in grouped}) == len(grouped)


@given(batches())
def test_every_row_is_in_exactly_one_month(batch: UsageBatch) -> None:
    groups = rows_by_month(batch, range(len(batch)))
    assert sorted(row for rows in groups for row in rows) == list(range(len(batch)))
    months = [{month_of(batch.occurred_at_us[row]) for row in rows} for rows in groups]
    assert all(len(month) == 1 for month in months)
    assert months == sorted(months, key=min)


@given(batches(), st.randoms(use_true_random=False))
def test_what_a_row_is_does_not_depend_on_order_or_company(batch: UsageBatch, chance: object) -> None:
    order = list(range(len(batch)))
    chance.shuffle(order)  # type: ignore[attr-defined]  # a random.Random, which hypothesis does not say
    shuffled = batch.take(order)
    assert shuffled.content_hashes() == [batch.content_hashes()[row] for row in order]
    assert [shuffled.defect(place) for place in range(len(order))] == [batch.defect(row) for row in order]
    assert [shuffled.as_document(place) for place in range(len(order))] == [batch.as_document(row) for row in order]


@given(batches())
def test_storage_and_wire_keep_every_row(batch: UsageBatch) -> None:
    assert batch_from_proto(batch_to_proto(batch)) == batch
    if batch:
        placements = [f"placements/{row % 3}" if row % 2 else "" for row in range(len(batch))]
        segment = Segment(3, SegmentKind.RECORDED, batch, placements, batch.content_hashes(), "grpc")
        assert segment_from_body(segment_to_body(segment, datetime.now(UTC))) == segment


NAMES = st.sampled_from(["a", "a=1", "1", "\x1f"])
ALIKE = st.builds(
    lambda identity, meters, dimensions: one(
        identity=identity,
        meters=[MeterValues(code, scale, [value * 10**scale]) for code, (value, scale) in meters.items()],
        dimensions=dimensions,
    ),
    NAMES,
    st.dictionaries(NAMES, st.tuples(st.integers(0, 1), st.integers(0, 2)), max_size=2),
    st.dictionaries(NAMES, NAMES | st.sampled_from(["", "1\x1fa=1"]), max_size=2),
)
"""Records that differ and are easily written alike, and the same ones written differently."""


@settings(max_examples=50)
@given(st.lists(ALIKE, min_size=20, max_size=80))
def test_equal_hashes_mean_equal_records(records: list[UsageBatch]) -> None:
    hashes = {json.dumps(record.as_document(0), sort_keys=True): record.content_hashes()[0] for record in records}
    assert len(set(hashes.values())) == len(hashes)
    for record in records:
        assert hashes[json.dumps(record.as_document(0), sort_keys=True)] == record.content_hashes()[0]


@given(st.lists(DECIMALS, min_size=1, max_size=6), st.integers(3, 9))
def test_the_scale_is_not_part_of_the_record(values: list[Decimal], scale: int) -> None:
    def batch(at_scale: int) -> UsageBatch:
        scaled = [scaled_value(value, at_scale) for value in values]
        count = len(values)
        return UsageBatch("s", ["e"] * count, [NOON_US] * count, ["N"] * count, [MeterValues("m", at_scale, scaled)])

    assert batch(3).content_hashes() == batch(scale).content_hashes()


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda v: repr(v).encode())
)
def test_no_payload_does_anything_but_be_read_or_refused(payload: bytes) -> None:
    try:
        message = parse_message(payload, "dev")
    except ValueError:
        return
    assert len(message.batch.content_hashes()) == len(message.batch)


@st.composite
def histories(draw: st.DrawFn) -> list[PlacedAsset]:
    """Assets with placements that follow one another, each at a source."""
    assets = []
    for number in range(draw(st.integers(1, 4))):
        starts = sorted(draw(st.sets(st.integers(0, 60), max_size=4)))
        ends = [*starts[1:], 1 << 62]
        spans = [
            PlacementSpan(f"placements/{number}.{start}", f"ops-{draw(st.sampled_from('ab'))}", start, end)
            for start, end in zip(starts, ends, strict=False)
        ]
        assets.append(PlacedAsset(f"assets/{number}", [f"N{number}", f"T{number}"], spans))
    return assets


@given(histories(), st.data())
def test_what_an_identity_means_does_not_depend_on_how_the_registry_was_learned(
    assets: list[PlacedAsset], data: st.DataObject
) -> None:
    """In any order, in parts, some assets first with less of their history: in the end the definition holds."""
    learned = Registry()
    for asset in data.draw(st.permutations(assets)):
        if data.draw(st.booleans()):
            learned.learn([PlacedAsset(asset.asset, asset.identities[:1], asset.placements[:1])], 1)
        learned.learn([asset], 2)
    source, at = data.draw(st.sampled_from(["ops-a", "ops-b"])), data.draw(st.integers(-1, 70))
    for asset in assets:
        meant = [s.name for s in asset.placements if s.start_us <= at < s.end_us and s.source == source]
        for identity in asset.identities:
            assert learned.resolve(identity, source, at) == (meant[0] if meant else "NO_PLACEMENT")

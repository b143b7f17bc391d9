"""Laws 1 and 2 where usage comes in: nothing vanishes, and arrival does not matter; on real servers, at every door."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutycycle.api.ingest.v1 import ingest_pb2 as pb
from dutycycle.cli.client import Client
from tests.integration import door, lease
from tests.integration.conftest import DEVICES, House
from tests.integration.door import Gateway, Row

CODE, SOURCE = "dev", "ops-dev"
Counts = tuple[int, int, int, int]
_EXAMPLE = itertools.count()
"""Every example has event ids of its own: what an earlier one stored is none of its business."""
_TRANSFER = itertools.count()
"""Every file is another file: the same one again would only repeat its answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Some rows, together through one door."""

    through: str
    rows: Sequence[Row]


KINDS = {
    "accepted": ("DEV1", "DEV2"),
    "waiting": ("STRANGER1", "STRANGER2"),
    "rejected": ("",),
}
MINUTES = st.integers(0, 10**6)
ROWS = st.lists(
    st.one_of(
        st.tuples(st.just("accepted"), st.sampled_from(KINDS["accepted"]), MINUTES),
        st.tuples(st.just("waiting"), st.sampled_from(KINDS["waiting"]), MINUTES),
        st.tuples(st.just("rejected"), st.sampled_from(KINDS["rejected"]), MINUTES),
        st.tuples(st.just("rejected"), st.sampled_from(["DEV1", "STRANGER1"]), st.none() | st.integers(-50, -1)),
    ),
    min_size=1,
    max_size=15,
)
"""What a record is by itself, whatever comes before or after it."""


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[dict[str, str], list[Sent]]:
    """Distinct records with what each must become, and a way for all of them to come, some more than once."""
    prefix = f"law{next(_EXAMPLE)}-"
    records = [
        (kind, Row(f"{prefix}{number}", tail, minutes, day=1 + number % 28))
        for number, (kind, tail, minutes) in enumerate(draw(ROWS))
    ]
    copies = [row for _, row in records for _ in range(draw(st.integers(1, 3)))]
    order = draw(st.permutations(copies))
    cuts = sorted(draw(st.sets(st.integers(1, len(order)), max_size=4)) | {len(order)})
    sent = [
        Sent(draw(st.sampled_from(["grpc", "stream", "csv", "xlsx", "mqtt"])), order[start:end])
        for start, end in itertools.pairwise([0, *cuts])
    ]
    return {row.event: kind for kind, row in records}, sent


@pytest.fixture(scope="module")
def leased(house: House) -> House:
    house.ask(lambda client: lease.set_up(client, CODE))
    return house


@pytest.fixture(scope="module")
def gateway(leased: House) -> Iterator[Gateway]:
    with Gateway(leased.stack.mqtt_address, "skyline", SOURCE, DEVICES[SOURCE]) as device:
        yield device


async def deliver(client: Client, gateway: Gateway, sent: Sent) -> Counts:
    """Send rows and return accepted, waiting, duplicate, rejected, having checked that they add up."""
    if sent.through == "mqtt":
        answer = gateway.ask(door.as_message(1, sent.rows))
        return lease.outcomes(pb.UsageReceipt(**{name: answer[name] for name in ("received", *_NAMES)}))
    if sent.through == "stream":
        # one row a batch: the smallest cut there is
        requests = [pb.StreamUsageRequest(batch=door.as_batch(CODE, [row])) for row in sent.rows]
        receipts = [lease.outcomes(each.receipt) async for each in client.ingest.StreamUsage(iter(requests))]
        accepted, waiting, duplicate, rejected = map(sum, zip(*receipts, strict=True))
        return accepted, waiting, duplicate, rejected
    if sent.through == "grpc":
        return lease.outcomes(await lease.record(client, door.as_batch(CODE, sent.rows)))
    write = {"csv": door.as_csv, "xlsx": door.as_workbook}[sent.through]
    file = await door.upload(client, f"flights.{sent.through}", write(CODE, sent.rows, next(_TRANSFER)))
    assert file.state == pb.FILE_STATE_FINISHED, file.error
    assert file.receipt.rejected == sum(file.rejected_by_reason.values())
    return lease.outcomes(file.receipt)


_NAMES = ("accepted", "waiting", "duplicate", "rejected")


async def totals(client: Client) -> Counter[str]:
    """Return what was ever answered for the source."""
    heads = (await client.ingest.ListSources(pb.ListSourcesRequest())).sources
    found = {head.source: head.totals for head in heads}.get(SOURCE, pb.UsageReceipt())
    return Counter({name: getattr(found, name) for name in ("received", *_NAMES)})


async def stored(client: Client, events: set[str]) -> tuple[dict[str, str], Counter[str]]:
    """Return what each of the events now is, and how often each refused one came."""
    accepted = await client.ingest.ListUsageRecords(pb.ListUsageRecordsRequest(source=SOURCE, page_size=10_000))
    waiting = await client.ingest.ListWaitingUsage(pb.ListWaitingUsageRequest(source=SOURCE, page_size=10_000))
    refused = await client.ingest.ListRejections(pb.ListRejectionsRequest(source=SOURCE, page_size=10_000))
    listed = [
        *((record.event_id, "accepted") for record in accepted.records),
        *((each.record.event_id, "waiting") for each in waiting.waiting),
        *((each.record.event_id, "rejected") for each in refused.rejections),
    ]
    mine = [(event, kind) for event, kind in listed if event in events]
    assert len(dict(mine)) == len(mine), "no record is in two places, or twice in one"
    return dict(mine), Counter({r.record.event_id: r.times for r in refused.rejections if r.record.event_id in events})


@settings(max_examples=25, deadline=None)
@given(delivery=deliveries())
def test_nothing_vanishes_and_arrival_does_not_matter(
    leased: House, gateway: Gateway, delivery: tuple[dict[str, str], list[Sent]]
) -> None:
    expected, sent = delivery

    async def story(client: Client) -> None:
        before = await totals(client)
        answered: Counter[str] = Counter()
        for part in sent:
            answered.update(dict(zip(_NAMES, await deliver(client, gateway, part), strict=True)))
        copies = Counter(row.event for part in sent for row in part.rows)
        kinds = Counter(expected.values())
        refused = Counter({event: count for event, count in copies.items() if expected[event] == "rejected"})
        assert +answered == +Counter(
            accepted=kinds["accepted"],
            waiting=kinds["waiting"],
            rejected=refused.total(),
            duplicate=copies.total() - refused.total() - kinds["accepted"] - kinds["waiting"],
        )
        answered["received"] = copies.total()
        assert +(await totals(client) - before) == +answered
        assert await stored(client, set(expected)) == (expected, refused)

    leased.ask(story)


@settings(max_examples=10, deadline=None)
@given(
    contents=st.lists(st.integers(1, 3), min_size=2, max_size=6),
    throughs=st.lists(st.sampled_from(["grpc", "csv", "mqtt"]), min_size=6, max_size=6),
)
def test_of_contents_under_one_id_the_first_is_stored_and_each_other_is_kept(
    leased: House, gateway: Gateway, contents: list[int], throughs: list[str]
) -> None:
    """The one case in which arrival decides; what lost is listed with its content, once, and can be sent anew."""
    event = f"one-id-{next(_EXAMPLE)}"

    async def story(client: Client) -> None:
        for minutes, through in zip(contents, throughs, strict=False):
            expected = (0, 0, 1, 0) if minutes == contents[0] else (0, 0, 0, 1)
            counts = await deliver(client, gateway, Sent(through, [Row(event, "DEV1", minutes)]))
            assert counts == expected or (minutes == contents[0] and counts == (1, 0, 0, 0))
        refused = await client.ingest.ListRejections(
            pb.ListRejectionsRequest(source=SOURCE, reason="CONTENT_CONFLICT", page_size=10_000)
        )
        mine = {
            int(each.record.quantities["minutes"]): each.times
            for each in refused.rejections
            if each.record.event_id == event
        }
        assert mine == Counter(minutes for minutes in contents if minutes != contents[0])

    leased.ask(story)


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_usage_before_or_after_its_asset_is_the_same_usage(leased: House, data: st.DataObject) -> None:
    """In whatever order assets are registered and usage comes: in the end each flight counts once at its placement."""
    code = f"order{next(_EXAMPLE)}"
    flights = [Row(f"e{number}", f"{code.upper()}{1 + number % 3}", number) for number in range(9)]
    steps: list[Row | int] = data.draw(st.permutations([*flights, *flights[:3], 1, 2, 3]))

    async def story(client: Client) -> None:
        await lease.set_up(client, code, assets=0)
        for step in steps:
            if isinstance(step, int):
                await lease.register(client, [lease.asset(code, step)])
            else:
                await lease.record(client, door.as_batch(code, [step]))
        await client.ingest.ResolveWaiting(pb.ResolveWaitingRequest())
        records = await client.ingest.ListUsageRecords(pb.ListUsageRecordsRequest(source=f"ops-{code}"))
        assert sorted((r.event_id, r.placement, r.quantities["minutes"]) for r in records.records) == [
            (flight.event, f"placements/{code}-{flight.tail[-1]}.20240101", str(flight.minutes)) for flight in flights
        ]
        summary = await client.ingest.SummarizeUsage(pb.SummarizeUsageRequest(source=f"ops-{code}"))
        assert (summary.accepted, summary.waiting, summary.rejected) == (9, 0, 0)

    leased.ask(story)


def test_segments_are_numbered_without_gaps_and_hold_every_stored_record_once(leased: House) -> None:
    async def story(client: Client) -> None:
        heads = (await client.ingest.ListSources(pb.ListSourcesRequest())).sources
        assert heads
        for head in heads:
            request = pb.ReadSegmentsRequest(source=head.source)
            segments = [answer.segment async for answer in client.ingest.ReadSegments(request)]
            assert [segment.number for segment in segments] == list(range(1, head.last_segment_number + 1))
            recorded = [s for s in segments if s.kind == pb.SEGMENT_KIND_RECORDED]
            events = [event for segment in recorded for event in segment.batch.event_ids]
            assert len(events) == len(set(events)) == head.totals.accepted + head.totals.waiting
            for segment in segments:
                rows = len(segment.batch.event_ids)
                assert len(segment.placement_rows) == rows
                assert len(segment.content_hashes) == 16 * rows

    leased.ask(story)

"""Agreements are revised, never overwritten; what is wrong is named; assets are given away once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import asyncpg
import grpc
import grpc.aio
import pytest
from google.type.date_pb2 import Date

from dutycycle.api.contracts.v1 import contracts_pb2 as pb
from dutycycle.cli.client import Client
from dutycycle.kit.errors import DutycycleError
from dutycycle.runtime.rpc import error_from_rpc
from tests.integration import door, lease
from tests.integration.conftest import House
from tests.integration.door import Row


async def refused(call: Awaitable[object]) -> tuple[grpc.StatusCode, DutycycleError]:
    with pytest.raises(grpc.aio.AioRpcError) as refusal:
        await call
    return refusal.value.code(), error_from_rpc(refusal.value)


async def apply(client: Client, agreement: pb.Agreement, *, validate_only: bool = False) -> pb.ApplyAgreementResponse:
    request = pb.ApplyAgreementRequest(agreement=agreement, validate_only=validate_only)
    return await client.contracts.ApplyAgreement(request)


async def revisions(client: Client, code: str) -> list[int]:
    answer = await client.contracts.ListAgreements(pb.ListAgreementsRequest(customer=f"customers/{code}"))
    return [agreement.revision for agreement in answer.agreements]


async def in_force(client: Client, code: str, *day: int) -> int:
    request = pb.GetAgreementRequest(name=f"agreements/ma-{code}")
    if day:
        request.as_of_date.CopyFrom(Date(year=day[0], month=day[1], day=day[2]))
    return (await client.contracts.GetAgreement(request)).agreement.revision


def test_revisions(house: House) -> None:
    async def story(client: Client) -> None:
        await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=lease.customer("rev")))
        first = await apply(client, lease.agreement("rev"))
        assert (first.changed, first.agreement.revision) == (True, 1)
        again = await apply(client, lease.agreement("rev"))
        assert (again.changed, again.agreement) == (False, first.agreement)
        read_back = await apply(client, first.agreement)
        assert (read_back.changed, read_back.agreement) == (False, first.agreement)
        assert await revisions(client, "rev") == [1], "what is unchanged makes no revision"

        dearer = lease.agreement("rev", rate="12.00")
        dearer.effective_date.CopyFrom(Date(year=2024, month=6, day=1))
        dearer.etag = first.agreement.etag
        second = await apply(client, dearer)
        assert (second.changed, second.agreement.revision) == (True, 2)
        assert second.agreement.etag != first.agreement.etag
        assert [await in_force(client, "rev", 2024, month, 1) for month in (1, 5, 6)] == [1, 1, 2]
        assert await in_force(client, "rev") == 2
        code, error = await refused(in_force(client, "rev", 2023, 12, 31))
        assert (code, error.reason) == (grpc.StatusCode.NOT_FOUND, "AGREEMENT_UNKNOWN")

    house.ask(story)


def test_a_stale_etag_is_refused_and_nothing_stored(house: House) -> None:
    async def story(client: Client) -> None:
        await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=lease.customer("stale")))
        first = (await apply(client, lease.agreement("stale"))).agreement
        await apply(client, lease.agreement("stale", rate="11.00"))
        mine = lease.agreement("stale", rate="12.00")
        mine.etag = first.etag
        code, error = await refused(apply(client, mine))
        assert (code, error.reason) == (grpc.StatusCode.ABORTED, "ETAG_STALE")
        assert error.metadata["given"] == first.etag
        assert await revisions(client, "stale") == [1, 2]

    house.ask(story)


def test_of_two_at_once_one_is_stale(house: House) -> None:
    async def story(client: Client) -> None:
        await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=lease.customer("race")))
        first = (await apply(client, lease.agreement("race"))).agreement
        rivals = [lease.agreement("race", rate=f"{rate}.00") for rate in range(11, 19)]
        for rival in rivals:
            rival.etag = first.etag
        done = await asyncio.gather(*(apply(client, rival) for rival in rivals), return_exceptions=True)
        stale = [each for each in done if isinstance(each, grpc.aio.AioRpcError)]
        assert {each.code() for each in stale} == {grpc.StatusCode.ABORTED}
        assert len(stale) == len(rivals) - 1
        assert await revisions(client, "race") == [1, 2]

    house.ask(story)


def test_every_wrong_field_is_named_with_its_path(house: House) -> None:
    async def story(client: Client) -> None:
        await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=lease.customer("wrong")))
        wrong = lease.agreement("wrong")
        wrong.zone = "Mars/Olympus"
        wrong.schedules[0].charges[1].ClearField("baseline")
        wrong.schedules[0].charges[0].price.flat.amount.value = "one"
        code, error = await refused(apply(client, wrong))
        assert (code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "AGREEMENT_INVALID")
        assert {violation.field for violation in error.violations} == {
            "agreement.zone",
            "agreement.schedules[0].charges[1].baseline",
            "agreement.schedules[0].charges[0].price.flat.amount",
        }
        assert all(violation.description for violation in error.violations)
        assert await revisions(client, "wrong") == []

    house.ask(story)


def test_what_it_refers_to_must_be_there_and_its_own(house: House) -> None:
    async def story(client: Client) -> None:
        code, error = await refused(apply(client, lease.agreement("nobodys")))
        assert (code, [v.field for v in error.violations]) == (
            grpc.StatusCode.INVALID_ARGUMENT,
            ["agreement.customer"],
        )
        await lease.set_up(client, "owner", assets=0)
        await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=lease.customer("thief")))
        thief = lease.agreement("thief")
        thief.schedules[0].id = "owner-fleet"
        _, error = await refused(apply(client, thief))
        assert [v.field for v in error.violations] == ["agreement.schedules[0].id"]
        moved = lease.agreement("owner")
        moved.zone = "UTC"
        _, error = await refused(apply(client, moved))
        assert [v.field for v in error.violations] == ["agreement.zone"]

    house.ask(story)


def test_a_catalogue_that_offers_could_not_use_is_refused_and_the_one_before_stays(house: House) -> None:
    async def story(client: Client) -> None:
        product = pb.Product(id="care", display_name="Care", trigger=pb.PRODUCT_TRIGGER_OVERAGE, benefit="It helps.")
        product.threshold_percent.value = "5"
        kept = pb.Catalogue(products=[product])
        await client.contracts.ApplyCatalogue(pb.ApplyCatalogueRequest(catalogue=kept))
        product.eligibility = "utilization_6 < 80"
        call = client.contracts.ApplyCatalogue(pb.ApplyCatalogueRequest(catalogue=pb.Catalogue(products=[product])))
        code, error = await refused(call)
        assert (code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "CATALOGUE_INVALID")
        assert [violation.field for violation in error.violations] == ["catalogue.products[0].eligibility"]
        assert (await client.contracts.GetCatalogue(pb.GetCatalogueRequest())).catalogue == kept

    house.ask(story, "harbour")  # a catalogue of ours would change what other tests are offered


def test_a_customer_is_replaced_and_keeps_its_source(house: House) -> None:
    async def story(client: Client) -> None:
        customer = lease.customer("moves")
        await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=customer))
        customer.display_name = "Carrier renamed"
        await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=customer))
        stored = await client.contracts.GetCustomer(pb.GetCustomerRequest(name=customer.name))
        assert stored.customer == customer
        customer.usage_source = "ops-other"
        code, error = await refused(client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=customer)))
        assert (code, error.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "USAGE_SOURCE_FIXED")

    house.ask(story)


def test_validate_only_stores_nothing(house: House) -> None:
    async def story(client: Client) -> None:
        await client.contracts.ApplyCustomer(pb.ApplyCustomerRequest(customer=lease.customer("dry")))
        answer = await apply(client, lease.agreement("dry"), validate_only=True)
        assert (answer.changed, answer.agreement.revision) == (True, 1)
        assert await revisions(client, "dry") == []
        code, _ = await refused(in_force(client, "dry"))
        assert code is grpc.StatusCode.NOT_FOUND
        asset = lease.asset("dry", 1)
        [refusal] = await lease.register(client, [asset])
        assert refusal.outcome == pb.ASSET_OUTCOME_REFUSED, "nor its schedules"
        wrong = lease.agreement("dry")
        wrong.currency = "gold"
        code, _ = await refused(apply(client, wrong, validate_only=True))
        assert code is grpc.StatusCode.INVALID_ARGUMENT, "but it checks"

    house.ask(story)


def test_an_identity_is_given_away_once(house: House) -> None:
    """Also when many ask for it at the same moment."""

    async def story(client: Client) -> None:
        await lease.set_up(client, "alias", assets=0)

        def rival(number: int) -> pb.Asset:
            asset = lease.asset("alias", number)
            asset.aliases[:] = ["ALIAS-OF-ALL"]
            return asset

        answers = await asyncio.gather(*(lease.register(client, [rival(number)]) for number in range(12)))
        outcomes = [answer.outcome for [answer] in answers]
        assert outcomes.count(pb.ASSET_OUTCOME_REGISTERED) == 1
        assert outcomes.count(pb.ASSET_OUTCOME_REFUSED) == 11
        both = await lease.register(client, [rival(20), rival(21)])
        assert {answer.outcome for answer in both} == {pb.ASSET_OUTCOME_REFUSED}
        assert all("ALIAS-OF-ALL" in answer.reason for answer in both)

    house.ask(story)


def test_readers_learn_what_changed_and_nothing_else(house: House) -> None:
    async def story(client: Client) -> None:
        await lease.set_up(client, "delta", assets=2)
        known = (await client.contracts.ListAssets(pb.ListAssetsRequest(page_size=1))).registry_revision
        [answer] = await lease.register(client, [lease.asset("delta", 1)])
        assert answer.outcome == pb.ASSET_OUTCOME_UNCHANGED
        changed = lease.asset("delta", 2)
        changed.aliases.append("DELTA-TWO")
        [answer] = await lease.register(client, [changed])
        assert answer.outcome == pb.ASSET_OUTCOME_EXTENDED
        page = await client.contracts.ListAssets(pb.ListAssetsRequest(after_revision=known))
        assert [(asset.name, list(asset.aliases)) for asset in page.assets] == [
            ("assets/delta-2", ["DELTA-TWO", "DELTA2"])
        ]
        assert page.registry_revision == known + 1

    house.ask(story)


def test_pages_give_every_asset_once(house: House) -> None:
    async def story(client: Client) -> None:
        await lease.set_up(client, "many", assets=25)
        names: list[str] = []
        token = ""
        while True:
            page = await client.contracts.ListAssets(pb.ListAssetsRequest(page_size=7, page_token=token))
            assert len(page.assets) <= 7
            names += [asset.name for asset in page.assets]
            token = page.next_page_token
            if not token:
                break
        assert len(names) == len(set(names))
        assert {f"assets/many-{number}" for number in range(1, 26)} <= set(names)

    house.ask(story)


FINAL = {
    "contracts.agreement_revision": "revision = revision",
    "contracts.placement": "start_date = start_date",
    "ingest.segment": "row_count = row_count",
}


@pytest.mark.parametrize(("table", "change"), FINAL.items())
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_history_refuses_to_be_changed_even_by_its_owner(house: House, table: str, change: str, verb: str) -> None:
    """Law 7, for whoever holds the database: a partition of it refuses as well."""

    async def fill(client: Client) -> None:
        await lease.set_up(client, "final", assets=1)
        await lease.record(client, door.as_batch("final", [Row("a", "FINAL1", 60)]))

    async def attempts() -> None:
        connection = await asyncpg.connect(house.stack.environment["DUTYCYCLE_DATABASE_URL"])
        try:
            partitions = await connection.fetch(
                "select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::text::regclass", table
            )
            targets = [table, *(row["name"] for row in partitions)]
            rows = {each: await connection.fetchval(f"select count(*) from {each}") for each in targets}  # noqa: S608
            assert rows[table] > 0
            assert sum(rows.values()) in (rows[table], 2 * rows[table]), "partitions hold all of it, if there are any"
            for target in (each for each in targets if rows[each]):
                statement = f"update {target} set {change}" if verb == "update" else f"delete from {target}"  # noqa: S608
                with pytest.raises(asyncpg.RaiseError, match="kept as it was"):
                    await connection.execute(statement)
                assert await connection.fetchval(f"select count(*) from {target}") == rows[target]  # noqa: S608
        finally:
            await connection.close()

    house.ask(fill)
    asyncio.run(attempts())

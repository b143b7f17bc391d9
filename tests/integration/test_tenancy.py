"""Law 9: tenants never meet. The tenant comes from the credential, the database enforces it, every RPC is tried."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator
from typing import Any

import asyncpg
import grpc
import pytest
from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from dutycycle.cli.client import Client
from dutycycle.cli.stack import SERVICES
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.wire import period_to_proto
from tests.integration import lease
from tests.integration.conftest import TOKENS, House

CODE = "secretcarrier"
NAMES = {
    "customer": f"customers/{CODE}",
    "agreement": f"agreements/ma-{CODE}",
    "source": f"ops-{CODE}",
    "asset": f"assets/{CODE}-1",
    "invoice": f"invoices/{CODE}-2024-03",
    "billing_run": "billingRuns/2024-03",
    "decision": f"decisions/{CODE}-2024-03",
}


MARCH = period_to_proto(BillingPeriod.month(2024, 3))


def methods() -> Iterator[tuple[str, MethodDescriptor]]:
    for service in SERVICES:
        module = importlib.import_module(f"dutycycle.api.{service}.v1.{service}_pb2")
        for descriptor in module.DESCRIPTOR.services_by_name.values():
            for method in descriptor.methods:
                yield service, method


CALLS = [pytest.param(service, method, id=f"{service}.{method.name}") for service, method in methods()]


@pytest.fixture(scope="module")
def secrets(house: House) -> House:
    """Skyline has a customer with usage, of which harbour must never see anything."""

    async def fill(client: Client) -> None:
        await lease.set_up(client, CODE)
        receipt = await lease.record(client, lease.usage(CODE, [("e1", f"{CODE.upper()}1", 60), ("e2", "NOBODY", 60)]))
        assert lease.outcomes(receipt) == (1, 1, 0, 0)
        assert lease.outcomes(await lease.record(client, lease.usage(CODE, [("e3", "", 60)]))) == (0, 0, 0, 1)

    house.ask(fill)
    return house


def _request(method: MethodDescriptor) -> Message:
    """Make a request that names skyline's things wherever it can."""
    message = GetMessageClass(method.input_type)()
    _name_things(message, 0)
    return message


def _name_things(message: Message, depth: int) -> None:
    for field in message.DESCRIPTOR.fields:
        if field.is_repeated:
            _name_each(message, field)
        elif field.cpp_type == FieldDescriptor.CPPTYPE_STRING and field.type != FieldDescriptor.TYPE_BYTES:
            if field.name in NAMES:
                setattr(message, field.name, NAMES[field.name])
            elif field.name == "name":
                message.name = _name_for(message)
        elif field.message_type is not None and field.message_type.full_name.endswith("BillingPeriod"):
            getattr(message, field.name).CopyFrom(MARCH)
        elif field.message_type is not None and field.containing_oneof is None and depth < 1:
            _name_things(getattr(message, field.name), depth + 1)


def _name_each(message: Any, field: FieldDescriptor) -> None:
    """Give lists of the right names, periods and charges one item; without any, a call is refused for its form."""
    kind = field.message_type.full_name.rpartition(".")[2] if field.message_type is not None else ""
    if field.name == "customers" and not kind:
        message.customers.append(NAMES["customer"])
    elif kind == "BillingPeriod":
        getattr(message, field.name).add().CopyFrom(MARCH)
    elif kind == "AlternativeCharges":
        message.alternatives.add(name="other", charges=lease.charges("12.00"))


def _name_for(message: Message) -> str:
    for word, name in NAMES.items():
        if word.replace("_", "") in message.DESCRIPTOR.name.lower():
            return name
    return NAMES["decision"]


def _call(house: House, service: str, method: MethodDescriptor, token: str | None) -> str:
    """Call a method and return everything that came back as text; an error as its code and details.

    The synchronous client: the other one calls it INTERNAL when a stream is refused while it still writes.
    """
    request = _request(method)
    path = f"/{method.containing_service.full_name}/{method.name}"
    metadata = (("authorization", f"Bearer {token}"),) if token is not None else ()
    answer_class = GetMessageClass(method.output_type)
    kind = {
        (False, False): "unary_unary",
        (False, True): "unary_stream",
        (True, False): "stream_unary",
        (True, True): "stream_stream",
    }[(method.client_streaming, method.server_streaming)]
    with grpc.insecure_channel(house.stack.target(service)) as channel:
        stub: Any = getattr(channel, kind)(path, lambda m: m.SerializeToString(), answer_class.FromString)
        sent: Any = iter([request]) if method.client_streaming else request
        try:
            answer = stub(sent, metadata=metadata, timeout=5)
            return "".join(map(str, answer)) if method.server_streaming else str(answer)
        except grpc.RpcError as error:
            return f"{error.code().name} {error.details()}"


def _first(house: House, method: MethodDescriptor, token: str) -> str:
    """Return the first message of a stream of rating as text."""
    path = f"/{method.containing_service.full_name}/{method.name}"
    with grpc.insecure_channel(house.stack.target("rating")) as channel:
        stub = channel.unary_stream(
            path, lambda m: m.SerializeToString(), GetMessageClass(method.output_type).FromString
        )
        stream: Any = stub(_request(method), metadata=(("authorization", f"Bearer {token}"),), timeout=10)
        answer = str(next(stream))
        stream.cancel()
        return answer


@pytest.mark.parametrize(("service", "method"), CALLS)
def test_no_call_without_a_known_token(secrets: House, service: str, method: MethodDescriptor) -> None:
    for token in (None, "", "wrong"):
        assert _call(secrets, service, method, token).startswith("UNAUTHENTICATED")


@pytest.mark.parametrize(("service", "method"), CALLS)
def test_another_lessor_sees_nothing(secrets: House, service: str, method: MethodDescriptor) -> None:
    answer = _call(secrets, service, method, TOKENS["harbour"])
    # An answer may repeat a name that was asked for; it must not tell anything of the thing itself.
    told = answer.lower()
    for name in NAMES.values():
        told = told.replace(name, "")
    assert CODE not in told, answer
    assert not answer.startswith("INTERNAL"), answer


def test_their_own_lessor_is_answered_by_every_stream_of_rating(secrets: House) -> None:
    """The requests above do ask for something: what harbour is not told, skyline is."""
    streams = {method.name: method for service, method in methods() if service == "rating" and method.server_streaming}
    assert CODE in _first(secrets, streams.pop("WatchAccruals"), TOKENS["skyline"])  # which has no end
    assert streams
    for name, method in streams.items():
        assert CODE in _call(secrets, "rating", method, TOKENS["skyline"]), name


def test_harbour_cannot_change_what_skyline_has(secrets: House) -> None:
    async def applied(client: Client) -> int:
        request = lease.contracts_pb2.ApplyCustomerRequest(customer=lease.customer(CODE))
        request.customer.display_name = "changed by harbour"
        await client.contracts.ApplyCustomer(request)
        return 0

    async def read(client: Client) -> str:
        answer = await client.contracts.GetCustomer(lease.contracts_pb2.GetCustomerRequest(name=f"customers/{CODE}"))
        return answer.customer.display_name

    secrets.ask(applied, "harbour")
    assert secrets.ask(read) == f"Carrier {CODE.upper()}"
    assert secrets.ask(read, "harbour") == "changed by harbour"


def test_every_table_forces_row_level_security(house: House) -> None:
    """Only the list of migrations, which holds nothing of a tenant and which services may not touch, has none."""

    async def catalogue() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(house.stack.environment["DUTYCYCLE_DATABASE_URL"])
        try:
            return await connection.fetch(
                """
                select n.nspname as schema, c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
                       c.relispartition as is_partition,
                       (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and n.nspname = any($1) and c.relname <> 'migration'
                """,
                list(SERVICES),
            )
        finally:
            await connection.close()

    tables = asyncio.run(catalogue())
    assert {table["schema"] for table in tables} == set(SERVICES)
    for table in tables:
        assert table["forced"], f"{table['schema']}.{table['name']} lets its owner see every tenant"
        # A partition is reached through its parent, whose policy applies; by itself it shows nothing to anyone.
        assert table["policies"] == (0 if table["is_partition"] else 1), f"{table['schema']}.{table['name']}"


def test_a_role_without_tenant_finds_nothing(secrets: House) -> None:
    async def count() -> tuple[int, int]:
        connection = await asyncpg.connect(secrets.stack.environment["DUTYCYCLE_DATABASE_URL"])
        try:
            everything = await connection.fetchval("select count(*) from contracts.customer")
            await connection.execute("set role dutycycle_contracts")
            return everything, await connection.fetchval("select count(*) from contracts.customer")
        finally:
            await connection.close()

    everything, seen = asyncio.run(count())
    assert everything > 0
    assert seen == 0

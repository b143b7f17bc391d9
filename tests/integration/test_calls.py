"""What every service owes its callers: health, reflection, request ids, errors with details, whatever is sent."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from grpc_status import rpc_status

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.api.contracts.v1.contracts_pb2_grpc import ContractsServiceStub
from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.stack import SERVICES
from dutycycle.runtime.page import encode_token
from dutycycle.runtime.rpc import error_from_rpc
from tests.integration import lease
from tests.integration.conftest import TOKENS, House
from tests.integration.test_tenancy import CALLS


def full_name(service: str) -> str:
    return f"dutycycle.api.{service}.v1.{service.capitalize()}Service"


@pytest.mark.parametrize("service", SERVICES)
def test_health_without_a_token(house: House, service: str) -> None:
    with grpc.insecure_channel(house.stack.target(service)) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        for name in ("", "readiness", "liveness", full_name(service)):
            answer = stub.Check(health_pb2.HealthCheckRequest(service=name), timeout=5)
            assert answer.status == health_pb2.HealthCheckResponse.SERVING, name
        with pytest.raises(grpc.RpcError) as refusal:
            stub.Check(health_pb2.HealthCheckRequest(service="nothing"), timeout=5)
        assert refusal.value.code() is grpc.StatusCode.NOT_FOUND  # type: ignore[attr-defined]  # it is a call, too


@pytest.mark.parametrize("service", SERVICES)
def test_reflection_describes_the_service(house: House, service: str) -> None:
    with grpc.insecure_channel(house.stack.target(service)) as channel:
        stub = reflection_pb2_grpc.ServerReflectionStub(channel)
        requests = [
            reflection_pb2.ServerReflectionRequest(list_services=""),
            reflection_pb2.ServerReflectionRequest(file_containing_symbol=full_name(service)),
        ]
        listed, described = stub.ServerReflectionInfo(iter(requests), timeout=5)
        assert full_name(service) in {each.name for each in listed.list_services_response.service}
        assert described.file_descriptor_response.file_descriptor_proto


def test_a_refusal_carries_its_reason_and_ends_in_the_log_under_the_caller_s_id(house: House) -> None:
    async def ask() -> grpc.aio.AioRpcError:
        async with grpc.aio.insecure_channel(house.stack.target("contracts")) as channel:
            metadata = (("authorization", f"Bearer {TOKENS['skyline']}"), ("x-request-id", "request-of-test-calls"))
            request = contracts_pb2.GetCustomerRequest(name="customers/none")
            with pytest.raises(grpc.aio.AioRpcError) as refusal:
                await ContractsServiceStub(channel).GetCustomer(request, metadata=metadata)
            return refusal.value

    error = asyncio.run(ask())
    assert error.code() is grpc.StatusCode.NOT_FOUND
    assert error.details() == "there is no customer 'customers/none'"
    status = rpc_status.from_call(error)
    assert status is not None
    info = error_details_pb2.ErrorInfo()
    assert status.details[0].Unpack(info)
    assert (info.reason, info.domain, dict(info.metadata)) == (
        "CUSTOMER_UNKNOWN",
        "dutycycle",
        {"name": "customers/none"},
    )
    log = (house.stack.directory / "logs" / "contracts.log").read_text().splitlines()
    [line] = [json.loads(line) for line in log if "request-of-test-calls" in line]
    assert (line["event"], line["tenant"], line["reason"], line["service"]) == (
        "rpc.refused",
        "skyline",
        "CUSTOMER_UNKNOWN",
        "contracts",
    )


BATCH = lease.usage("shape", [("a", "X", 1), ("b", "X", 1)])


def batch(**columns: Any) -> ingest_pb2.UsageBatch:
    changed = ingest_pb2.UsageBatch()
    changed.CopyFrom(BATCH)
    for name, values in columns.items():
        changed.ClearField(name)
        changed.MergeFrom(ingest_pb2.UsageBatch(**{name: values}))
    return changed


@pytest.mark.parametrize(
    "wrong",
    [
        batch(source=""),
        batch(source="a\0b"),
        batch(event_ids=["a"]),
        batch(event_ids=["a", "b\0"]),
        batch(asset_identities=["X"]),
        batch(asset_identities=["X", "\0"]),
        batch(meters=[ingest_pb2.MeterColumn(meter="m", scale=10, values=[1, 1])]),
        batch(meters=[ingest_pb2.MeterColumn(meter="m", values=[1, 1])] * 2),
        batch(meters=[ingest_pb2.MeterColumn(meter="m", values=[1, 1], missing_rows=[2])]),
        batch(dimensions=[ingest_pb2.DimensionColumn(key="k", values=["v"])]),
        lease.usage("shape", [("a", "X", 1)] * 5_001),
    ],
)
def test_a_batch_that_does_not_fit_together(house: House, wrong: ingest_pb2.UsageBatch) -> None:
    async def story(client: Client) -> None:
        with pytest.raises(grpc.aio.AioRpcError) as refusal:
            await lease.record(client, wrong)
        assert refusal.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert error_from_rpc(refusal.value).reason == "BATCH_INVALID"

    house.ask(story)


ODD_TOKENS = ["x", "ünter", encode_token([]), encode_token(["a\0", "b\0"]), encode_token([2**70, 2**70])]
PAGED = [
    call
    for call in CALLS
    if isinstance(call.values[1], MethodDescriptor) and "page_token" in call.values[1].input_type.fields_by_name
]
SIZED = [call for call in PAGED if "page_size" in call.values[1].input_type.fields_by_name]


async def called(house: House, service: str, method: MethodDescriptor, request: Message) -> grpc.aio.AioRpcError | None:
    """Make a call as skyline; return its error."""
    kind = {
        (False, False): "unary_unary",
        (False, True): "unary_stream",
        (True, False): "stream_unary",
        (True, True): "stream_stream",
    }[(method.client_streaming, method.server_streaming)]
    path = f"/{method.containing_service.full_name}/{method.name}"
    metadata = (("authorization", f"Bearer {TOKENS['skyline']}"),)
    async with grpc.aio.insecure_channel(house.stack.target(service)) as channel:
        stub: Any = getattr(channel, kind)(
            path, lambda m: m.SerializeToString(), GetMessageClass(method.output_type).FromString
        )
        sent: Any = iter([request]) if method.client_streaming else request
        try:
            call = stub(sent, metadata=metadata, timeout=10)
            if method.server_streaming:
                async for _ in call:
                    pass
            else:
                await call
        except grpc.aio.AioRpcError as error:
            return error
    return None


@pytest.mark.parametrize(("service", "method"), PAGED)
def test_a_page_token_that_is_not_ours_is_refused(house: House, service: str, method: MethodDescriptor) -> None:
    for token in ODD_TOKENS:
        request: Any = GetMessageClass(method.input_type)(page_token=token)
        if "source" in method.input_type.fields_by_name:
            request.source = "ops-shape"
        error = asyncio.run(called(house, service, method, request))
        assert error is not None, token
        assert error.code() is grpc.StatusCode.INVALID_ARGUMENT, (token, error.details())


@pytest.mark.parametrize(("service", "method"), SIZED)
def test_a_negative_page_size_is_refused(house: House, service: str, method: MethodDescriptor) -> None:
    request: Any = GetMessageClass(method.input_type)(page_size=-1)
    if "source" in method.input_type.fields_by_name:
        request.source = "ops-shape"
    error = asyncio.run(called(house, service, method, request))
    assert error is not None
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT


def _fill(message: Message, text: str, number: int, depth: int = 0) -> None:
    for field in message.DESCRIPTOR.fields:
        if field.is_repeated or depth > 3:
            continue
        if field.message_type is not None:
            if field.containing_oneof is None:
                _fill(getattr(message, field.name), text, number, depth + 1)
                getattr(message, field.name).SetInParent()
        elif field.cpp_type == FieldDescriptor.CPPTYPE_STRING and field.type != FieldDescriptor.TYPE_BYTES:
            setattr(message, field.name, text)
        elif field.cpp_type in (
            FieldDescriptor.CPPTYPE_INT32,
            FieldDescriptor.CPPTYPE_INT64,
            FieldDescriptor.CPPTYPE_ENUM,
        ):
            setattr(message, field.name, number)


@pytest.mark.parametrize(("service", "method"), CALLS)
def test_no_request_is_an_internal_error(house: House, service: str, method: MethodDescriptor) -> None:
    """Nothing, nonsense and hostile text in every field: the caller is told what is wrong, not that we are."""
    for text, number in (("", 0), ("x", 99), ("a\0b", -1), ("'; drop table customer --", 2**31 - 1), ("é" * 5_000, 1)):
        request = GetMessageClass(method.input_type)()
        _fill(request, text, number)
        error = asyncio.run(called(house, service, method, request))
        assert error is None or error.code() not in (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN), (text, error)

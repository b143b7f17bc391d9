"""gRPC channels between services, and what both ends agree on: sizes, retries, metadata."""

from __future__ import annotations

import json
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping
from typing import Any

import grpc
import grpc.aio
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from dutycycle.kit import errors, ids
from dutycycle.runtime import tenancy

MAX_MESSAGE_BYTES = 16 << 20
DEADLINE_SECONDS = 60.0
"""Given to a unary call that names none."""
ERROR_DOMAIN = "dutycycle"

_SERVICE_CONFIG = {
    "loadBalancingConfig": [{"round_robin": {}}],
    "methodConfig": [
        {
            "name": [{}],
            "retryPolicy": {
                "maxAttempts": 5,
                "initialBackoff": "0.05s",
                "maxBackoff": "1s",
                "backoffMultiplier": 3,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ],
}

CHANNEL_OPTIONS: list[tuple[str, Any]] = [
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.service_config", json.dumps(_SERVICE_CONFIG)),
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1_000),
    ("grpc.dns_min_time_between_resolutions_ms", 1_000),
]

_KINDS: dict[grpc.StatusCode, type[errors.DutycycleError]] = {
    grpc.StatusCode.INVALID_ARGUMENT: errors.InvalidInputError,
    grpc.StatusCode.NOT_FOUND: errors.NotFoundError,
    grpc.StatusCode.ABORTED: errors.ConflictError,
    grpc.StatusCode.FAILED_PRECONDITION: errors.PreconditionError,
    grpc.StatusCode.UNAUTHENTICATED: errors.UnauthenticatedError,
    grpc.StatusCode.RESOURCE_EXHAUSTED: errors.ResourceExhaustedError,
    grpc.StatusCode.UNAVAILABLE: errors.UnavailableError,
    grpc.StatusCode.DEADLINE_EXCEEDED: errors.UnavailableError,
}


def connect(target: str, tokens: Mapping[str, str]) -> grpc.aio.Channel:
    """Open a channel to another service; calls carry the present tenant's token and request id."""
    return grpc.aio.insecure_channel(target, options=CHANNEL_OPTIONS, interceptors=_credentials(tokens))


def error_from_rpc(error: grpc.aio.AioRpcError) -> errors.DutycycleError:
    """Turn the status of a failed call back into the typed error that the other side raised."""
    kind = _KINDS.get(error.code(), errors.UnavailableError)
    reason, metadata = error.code().name, {}
    violations: list[errors.FieldViolation] = []
    status = rpc_status.from_call(error)
    for detail in status.details if status is not None else ():
        info, bad_request = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        if detail.Unpack(info):
            reason, metadata = info.reason, dict(info.metadata)
        elif detail.Unpack(bad_request):
            violations = [errors.FieldViolation(v.field, v.description) for v in bad_request.field_violations]
    return kind(reason, error.details() or "", metadata, violations)


def _credentials(tokens: Mapping[str, str]) -> list[grpc.aio.ClientInterceptor]:
    # grpc.aio sorts interceptors by class, one class a kind of call.
    return [_Unary(tokens), _ServerStream(tokens), _ClientStream(tokens), _Bidirectional(tokens)]


class _Credential:
    """Adds who is asking to the metadata of a call."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._tokens = tokens

    def _with_tenant(self, details: grpc.aio.ClientCallDetails, deadline: float | None) -> grpc.aio.ClientCallDetails:
        metadata = grpc.aio.Metadata(*(details.metadata or ()))
        if metadata.get("authorization") is None:
            metadata["authorization"] = f"Bearer {self._tokens.get(tenancy.tenant(), '')}"
        metadata["x-request-id"] = tenancy.request_id() or ids.request_id()
        timeout = details.timeout if details.timeout is not None else deadline
        return grpc.aio.ClientCallDetails(
            details.method, timeout, metadata, details.credentials, details.wait_for_ready
        )


class _Unary(_Credential, grpc.aio.UnaryUnaryClientInterceptor):
    async def intercept_unary_unary(
        self,
        continuation: Callable[[grpc.aio.ClientCallDetails, Any], Awaitable[Any]],
        client_call_details: grpc.aio.ClientCallDetails,
        request: Any,
    ) -> Any:
        return await continuation(self._with_tenant(client_call_details, DEADLINE_SECONDS), request)


class _ServerStream(_Credential, grpc.aio.UnaryStreamClientInterceptor):
    async def intercept_unary_stream(
        self,
        continuation: Callable[[grpc.aio.ClientCallDetails, Any], Awaitable[Any]],
        client_call_details: grpc.aio.ClientCallDetails,
        request: Any,
    ) -> Any:
        return await continuation(self._with_tenant(client_call_details, None), request)


class _ClientStream(_Credential, grpc.aio.StreamUnaryClientInterceptor):
    async def intercept_stream_unary(
        self,
        continuation: Callable[[grpc.aio.ClientCallDetails, Any], Awaitable[Any]],
        client_call_details: grpc.aio.ClientCallDetails,
        request_iterator: AsyncIterable[Any] | Iterable[Any],
    ) -> Any:
        return await continuation(self._with_tenant(client_call_details, None), request_iterator)


class _Bidirectional(_Credential, grpc.aio.StreamStreamClientInterceptor):
    async def intercept_stream_stream(
        self,
        continuation: Callable[[grpc.aio.ClientCallDetails, Any], Awaitable[Any]],
        client_call_details: grpc.aio.ClientCallDetails,
        request_iterator: AsyncIterable[Any] | Iterable[Any],
    ) -> Any:
        return await continuation(self._with_tenant(client_call_details, None), request_iterator)

"""What happens to every call before and after its handler: credential, tenant, request id, log line, typed errors."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import grpc
import grpc.aio
import structlog
from google.protobuf import any_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from dutycycle.kit import errors, ids
from dutycycle.runtime import tenancy
from dutycycle.runtime.rpc import ERROR_DOMAIN, error_from_rpc

_log = structlog.get_logger()

_CODES: list[tuple[type[errors.DutycycleError], int]] = [
    (errors.InvalidInputError, code_pb2.INVALID_ARGUMENT),
    (errors.NotFoundError, code_pb2.NOT_FOUND),
    (errors.ConflictError, code_pb2.ABORTED),
    (errors.PreconditionError, code_pb2.FAILED_PRECONDITION),
    (errors.UnauthenticatedError, code_pb2.UNAUTHENTICATED),
    (errors.ResourceExhaustedError, code_pb2.RESOURCE_EXHAUSTED),
    (errors.UnavailableError, code_pb2.UNAVAILABLE),
]
_TEXT_BYTES, _DETAIL_BYTES = 800, 1_500
"""An error travels in headers, its message twice and its details: beyond 8 kB a hop may refuse it, and it is lost."""
_OPEN_PREFIXES = ("/grpc.health.", "/grpc.reflection.")

Context = grpc.aio.ServicerContext[Any, Any]


def status_of(error: Exception) -> status_pb2.Status:
    """Write an error as `google.rpc.Status`, always with an ErrorInfo. What is not expected is told as INTERNAL."""
    if isinstance(error, grpc.aio.AioRpcError):
        error = error_from_rpc(error)
    if not isinstance(error, errors.DutycycleError):
        request = tenancy.request_id()
        error = errors.DutycycleError(
            "INTERNAL", f"an unexpected error; tell support request id {request}", {"request_id": request}
        )
    code = next((code for kind, code in _CODES if isinstance(error, kind)), code_pb2.INTERNAL)
    status = status_pb2.Status(code=code, message=_shortened(error.message))
    metadata = {key: _shortened(value) for key, value in error.metadata.items()}
    while sum(map(_octets, (*metadata.keys(), *metadata.values()))) > _DETAIL_BYTES:
        metadata.popitem()
    _attach(status, error_details_pb2.ErrorInfo(reason=error.reason, domain=ERROR_DOMAIN, metadata=metadata))
    if error.violations:
        _attach(status, error_details_pb2.BadRequest(field_violations=_told(error.violations)))
    return status


def _told(violations: Sequence[errors.FieldViolation]) -> list[error_details_pb2.BadRequest.FieldViolation]:
    """Write as many as there is room for, and how many more there are."""
    told: list[error_details_pb2.BadRequest.FieldViolation] = []
    room = _DETAIL_BYTES
    for violation in violations:
        field, description = _shortened(violation.field), _shortened(violation.description)
        room -= _octets(field) + _octets(description)
        if room < 0 and told:
            rest = f"and {len(violations) - len(told):,} more; mend these first"
            return [*told, error_details_pb2.BadRequest.FieldViolation(field=told[-1].field, description=rest)]
        told.append(error_details_pb2.BadRequest.FieldViolation(field=field, description=description))
    return told


def _shortened(text: str) -> str:
    if _octets(text) <= _TEXT_BYTES:
        return text
    return text.encode()[:_TEXT_BYTES].decode(errors="ignore") + "…"


def _octets(text: str) -> int:
    return len(text.encode())


def _attach(status: status_pb2.Status, detail: Any) -> None:
    packed = any_pb2.Any()
    packed.Pack(detail)
    status.details.append(packed)


class CallInterceptor(grpc.aio.ServerInterceptor):
    """Admits calls with a known token, and answers errors once for all handlers."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._tokens = tokens

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[grpc.RpcMethodHandler[Any, Any] | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        handler = await continuation(handler_call_details)
        method = handler_call_details.method
        if handler is None or method.startswith(_OPEN_PREFIXES):
            return handler
        if handler.unary_unary or handler.stream_unary:
            return _with_behaviour(handler, self._single(method, handler.unary_unary or handler.stream_unary))
        return _with_behaviour(handler, self._streaming(method, handler.unary_stream or handler.stream_stream))

    def _single(self, method: str, behaviour: Any) -> Any:
        async def call(request: Any, context: Context) -> Any:
            started = time.perf_counter()
            with self._admitted(context) as refusal:
                if refusal is not None:
                    await _abort(method, context, refusal)
                try:
                    response = await behaviour(request, context)
                except Exception as error:
                    await _abort(method, context, error)
                _log.debug("rpc.done", method=method, milliseconds=round(1e3 * (time.perf_counter() - started), 1))
                return response

        return call

    def _streaming(self, method: str, behaviour: Any) -> Any:
        async def call(request: Any, context: Context) -> AsyncIterator[Any]:
            with self._admitted(context) as refusal:
                if refusal is not None:
                    await _abort(method, context, refusal)
                try:
                    async for response in behaviour(request, context):
                        yield response
                except Exception as error:
                    await _abort(method, context, error)

        return call

    @contextmanager
    def _admitted(self, context: Context) -> Iterator[errors.UnauthenticatedError | None]:
        """Bind tenant and request id of the call; give the refusal if the credential is not known."""
        metadata = {key: value for key, value in context.invocation_metadata() or () if isinstance(value, str)}
        request_id = metadata.get("x-request-id", "") or ids.request_id()
        try:
            tenant = tenancy.tenant_of_token(self._tokens, metadata.get("authorization", ""))
        except errors.UnauthenticatedError as refusal:
            yield refusal
            return
        with tenancy.bound(tenant, request_id):
            yield None


async def _abort(method: str, context: Context, error: Exception) -> NoReturn:
    if isinstance(error, grpc.aio.AbortError | grpc.aio.UsageError):
        raise error
    status = status_of(error)
    if status.code == code_pb2.INTERNAL:
        _log.error("rpc.failed", method=method, exc_info=error)
    else:
        _log.info("rpc.refused", method=method, reason=getattr(error, "reason", ""), message=status.message)
    grpc_status = rpc_status.to_status(status)
    await context.abort(grpc_status.code, grpc_status.details, grpc_status.trailing_metadata)


def _with_behaviour(handler: Any, behaviour: Any) -> grpc.RpcMethodHandler[Any, Any]:
    make = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }[(handler.request_streaming, handler.response_streaming)]
    return make(behaviour, handler.request_deserializer, handler.response_serializer)

"""A typed error becomes a status with details, and the same typed error again on the caller's side."""

from __future__ import annotations

import base64
from urllib.parse import quote

import grpc
import grpc.aio
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from dutycycle.kit import errors
from dutycycle.runtime import tenancy
from dutycycle.runtime.interceptor import status_of
from dutycycle.runtime.rpc import error_from_rpc

KINDS = {
    errors.InvalidInputError: grpc.StatusCode.INVALID_ARGUMENT,
    errors.NotFoundError: grpc.StatusCode.NOT_FOUND,
    errors.ConflictError: grpc.StatusCode.ABORTED,
    errors.PreconditionError: grpc.StatusCode.FAILED_PRECONDITION,
    errors.UnauthenticatedError: grpc.StatusCode.UNAUTHENTICATED,
    errors.ResourceExhaustedError: grpc.StatusCode.RESOURCE_EXHAUSTED,
    errors.UnavailableError: grpc.StatusCode.UNAVAILABLE,
}


def as_called(error: Exception) -> grpc.aio.AioRpcError:
    """Make what a caller gets of an error that a handler raised."""
    status = rpc_status.to_status(status_of(error))
    trailing = grpc.aio.Metadata(*status.trailing_metadata)
    return grpc.aio.AioRpcError(status.code, grpc.aio.Metadata(), trailing, details=status.details)


@pytest.mark.parametrize(("kind", "code"), KINDS.items())
def test_there_and_back(kind: type[errors.DutycycleError], code: grpc.StatusCode) -> None:
    violations = [errors.FieldViolation("a.b[1]", "ä wrong"), errors.FieldViolation("c", "too")]
    called = as_called(kind("ODD_THING", "Überall odd", {"what": "thing"}, violations))
    assert called.code() is code
    again = error_from_rpc(called)
    assert type(again) is kind
    assert (again.reason, again.message, again.metadata) == ("ODD_THING", "Überall odd", {"what": "thing"})
    assert list(again.violations) == violations


def test_an_error_of_another_service_is_passed_on_as_it_came() -> None:
    original = errors.PreconditionError("PERIOD_OPEN", "not yet", {"period": "2013-12"})
    assert status_of(as_called(original)) == status_of(original)


def test_what_is_not_expected_tells_nothing_but_the_request_id() -> None:
    with tenancy.bound("skyline", "request-7"):
        status = status_of(ValueError("password is hunter2"))
    assert status.code == grpc.StatusCode.INTERNAL.value[0]
    assert "hunter2" not in str(status)
    info = error_details_pb2.ErrorInfo()
    assert status.details[0].Unpack(info)
    assert (info.reason, info.domain, dict(info.metadata)) == ("INTERNAL", "dutycycle", {"request_id": "request-7"})


def test_a_status_without_details_still_has_a_kind_and_a_reason() -> None:
    bare = grpc.aio.AioRpcError(grpc.StatusCode.UNAVAILABLE, grpc.aio.Metadata(), grpc.aio.Metadata(), "gone away")
    error = error_from_rpc(bare)
    assert (type(error), error.reason, error.message) == (errors.UnavailableError, "UNAVAILABLE", "gone away")


@pytest.mark.parametrize("letter", ["x", "\t", "ü", "𝄞"])
def test_however_long_an_error_is_it_arrives(letter: str) -> None:
    """gRPC refuses headers from 8 kB on, and with them the error itself."""
    long = letter * 10_000
    violations = [errors.FieldViolation(f"rows[{row}].{letter * 100}", long) for row in range(500)]
    error = errors.InvalidInputError("ODD_THING", long, {f"key{n}": long for n in range(50)}, violations)
    status = rpc_status.to_status(status_of(error))
    [(_, details)] = status.trailing_metadata
    assert len(quote(status.details)) + len(base64.b64encode(details)) < 8_000
    again = error_from_rpc(as_called(error))
    assert again.reason == "ODD_THING"
    assert again.message.endswith("…")
    assert again.violations[0].field.startswith("rows[0]")
    assert again.violations[-1].description == f"and {500 - len(again.violations) + 1} more; mend these first"

"""Whose work this is: the tenant of the present call or message, from its credential, never from its body."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

from dutycycle.kit.errors import UnauthenticatedError

_tenant: ContextVar[str] = ContextVar("tenant")
_request_id: ContextVar[str] = ContextVar("request_id", default="")


def tenant() -> str:
    """Return the tenant of the present call. Raises LookupError outside of one: a programming error."""
    return _tenant.get()


def request_id() -> str:
    """Return the id that ties the log lines of one request together, empty outside of one."""
    return _request_id.get()


@contextmanager
def bound(tenant: str, request_id: str = "") -> Iterator[None]:
    """Work for a tenant within the block."""
    tenant_token, request_token = _tenant.set(tenant), _request_id.set(request_id)
    with structlog.contextvars.bound_contextvars(tenant=tenant, request_id=request_id):
        try:
            yield
        finally:
            _request_id.reset(request_token)
            _tenant.reset(tenant_token)


def tenant_of_token(tokens: Mapping[str, str], authorization: str) -> str:
    """Return the tenant whose bearer token this is. Compares every token in constant time."""
    scheme, _, given = authorization.partition(" ")
    found = ""
    for name, token in tokens.items():
        if token and hmac.compare_digest(token.encode(), given.encode()):
            found = name
    if scheme.lower() != "bearer" or not found:
        raise UnauthenticatedError(
            "CREDENTIAL_UNKNOWN", "send the tenant's token as metadata 'authorization: Bearer <token>'"
        )
    return found

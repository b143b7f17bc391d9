"""The tenant comes from the credential and from nowhere else."""

from __future__ import annotations

import asyncio

import pytest

from dutycycle.kit.errors import UnauthenticatedError
from dutycycle.runtime import tenancy

TOKENS = {"skyline": "one", "harbour": "two", "closed": ""}


@pytest.mark.parametrize(
    ("authorization", "tenant"), [("Bearer one", "skyline"), ("bearer two", "harbour"), ("BEARER two", "harbour")]
)
def test_known_tokens(authorization: str, tenant: str) -> None:
    assert tenancy.tenant_of_token(TOKENS, authorization) == tenant


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "one",
        "Basic one",
        "Bearer on",
        "Bearer onee",
        "Bearer  one",
        "Bearer ONE",
        "Bearer öne",
    ],
)
def test_unknown_tokens(authorization: str) -> None:
    with pytest.raises(UnauthenticatedError) as refusal:
        tenancy.tenant_of_token(TOKENS, authorization)
    assert refusal.value.reason == "CREDENTIAL_UNKNOWN"


def test_outside_of_a_call_there_is_no_tenant() -> None:
    with pytest.raises(LookupError):
        tenancy.tenant()
    assert tenancy.request_id() == ""


def test_the_block_before_comes_back() -> None:
    def fail() -> None:
        with tenancy.bound("harbour", "second"):
            raise RuntimeError(f"{tenancy.tenant()} {tenancy.request_id()}")

    with tenancy.bound("skyline", "first"):
        with pytest.raises(RuntimeError, match="harbour second"):
            fail()
        assert (tenancy.tenant(), tenancy.request_id()) == ("skyline", "first")


async def test_calls_at_the_same_time_do_not_see_each_other() -> None:
    async def call(tenant: str) -> str:
        with tenancy.bound(tenant):
            await asyncio.sleep(0)
            return tenancy.tenant()

    names = [f"tenant-{number}" for number in range(20)]
    assert await asyncio.gather(*map(call, names)) == names

"""Names and ids have one form; anything else is not of it."""

from __future__ import annotations

import pytest

from dutycycle.kit.ids import digest, is_request_id, request_id, resource_id, slug


@pytest.mark.parametrize(
    ("name", "collection", "found"),
    [
        ("customers/fl", "customers", "fl"),
        ("assets/n978at.20130101", "assets", "n978at.20130101"),
        (f"assets/{'a' * 64}", "assets", "a" * 64),
        (f"assets/{'a' * 65}", "assets", None),
        ("customers/fl", "assets", None),
        ("customers/", "customers", None),
        ("customers", "customers", None),
        ("customers/FL", "customers", None),
        ("customers/-fl", "customers", None),
        ("customers/fl-", "customers", None),
        ("customers/fl/x", "customers", None),
        ("customers/fl\n", "customers", None),
        ("", "", None),
    ],
)
def test_resource_id(name: str, collection: str, found: str | None) -> None:
    assert resource_id(name, collection) == found


def test_request_ids_are_uuids_and_differ() -> None:
    first, second = request_id(), request_id()
    assert first != second
    assert is_request_id(first)
    assert is_request_id(first.upper())
    assert not any(map(is_request_id, ["", "1", first[:-1], first.replace("-", ""), f"{{{first}}}"]))


def test_slug_is_a_resource_id() -> None:
    assert slug("Boeing 717-200 (Ex. FL)") == "boeing-717-200-ex-fl"
    assert resource_id(f"schedules/{slug('Boeing 717')}", "schedules") == "boeing-717"


def test_digest_is_sha_256() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

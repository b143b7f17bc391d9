"""Page sizes are coerced; a token is taken back as it was given and not otherwise."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from dutycycle.kit.errors import InvalidInputError
from dutycycle.runtime.page import decode_token, encode_token, page_size


@pytest.mark.parametrize(("asked", "given"), [(0, 100), (1, 1), (1000, 1000), (1001, 1000), (2**31 - 1, 1000)])
def test_sizes(asked: int, given: int) -> None:
    assert page_size(asked, 100, 1000) == given


def test_a_negative_size_is_refused() -> None:
    with pytest.raises(InvalidInputError) as refusal:
        page_size(-1, 100, 1000)
    assert [violation.field for violation in refusal.value.violations] == ["page_size"]


@pytest.mark.parametrize("key", [["ops-fl", "FL-1", 7], ["\t=ü\x1f", "", -(2**63)]])
def test_tokens_come_back_as_they_were(key: list[Any]) -> None:
    assert decode_token(encode_token(key), ["", "", 0]) == key


def test_no_token_means_the_beginning() -> None:
    assert decode_token("", ["", 0]) == ["", 0]


def raw(document: str) -> str:
    return base64.urlsafe_b64encode(document.encode("utf-8", "surrogatepass")).decode()


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "????",
        "ünter",
        raw("no json"),
        raw("[" * 100_000),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        raw('{"name": 1}'),
        raw("null"),
        encode_token(["a"]),
        encode_token(["a", 1, 2]),
        encode_token([1, "a"]),
        encode_token(["a", True]),
        encode_token(["a", 1.5]),
        encode_token(["a", None]),
        encode_token(["a", 2**63]),
        encode_token(["a\0", 1]),
        raw(json.dumps(["\ud800", 1])),
    ],
)
def test_a_token_that_is_not_ours_is_refused_as_such(token: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        decode_token(token, ["", 0])
    assert [violation.field for violation in refusal.value.violations] == ["page_token"]


def test_a_token_cut_short_is_refused() -> None:
    token = encode_token(["agreements/ma-fl-2013", 12])
    for length in range(1, len(token)):
        with pytest.raises(InvalidInputError):
            decode_token(token[:length], ["", 0])

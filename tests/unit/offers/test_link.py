"""Links: only what was signed here is read, for one purpose and one lessor, also after a change of keys."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dutycycle.kit.errors import InvalidInputError
from dutycycle.offers.link import Link, LinkSigner, Purpose

LINK = Link("skyline", Purpose.OFFER, "decisions/fl-2013-06", datetime(2013, 9, 1, tzinfo=UTC))


def test_what_was_signed_is_read_and_signed_alike_again() -> None:
    signer = LinkSigner(["key"])
    token = signer.sign(LINK)
    assert signer.read(token, Purpose.OFFER, "skyline") == LINK
    assert signer.sign(LINK) == token


def test_keys_can_be_changed() -> None:
    old = LinkSigner(["old"]).sign(LINK)
    both = LinkSigner(["new", "old"])
    assert both.read(old, Purpose.OFFER, "skyline") == LINK
    assert LinkSigner(["new"]).read(both.sign(LINK), Purpose.OFFER, "skyline") == LINK
    with pytest.raises(InvalidInputError):
        LinkSigner(["new"]).read(old, Purpose.OFFER, "skyline")


def test_every_changed_character_is_noticed() -> None:
    signer = LinkSigner(["key"])
    token = signer.sign(LINK)
    for place, letter in enumerate(token):
        for other in ("A", "B", "."):
            changed = token[:place] + other + token[place + 1 :]
            if letter == other or _same_bits(token, changed):
                continue
            with pytest.raises(InvalidInputError):
                signer.read(changed, Purpose.OFFER, "skyline")


def _same_bits(token: str, changed: str) -> bool:
    """The last letter of a signature has bits that mean nothing."""
    return token[:-1] == changed[:-1]


def test_a_link_is_for_one_purpose_and_one_lessor() -> None:
    signer = LinkSigner(["key"])
    token = signer.sign(LINK)
    for purpose, tenant in ((Purpose.STOP, "skyline"), (Purpose.OFFER, "harbour")):
        with pytest.raises(InvalidInputError) as refusal:
            signer.read(token, purpose, tenant)
        assert refusal.value.reason == "LINK_FORGED"


def test_without_keys_there_are_no_links() -> None:
    signer = LinkSigner([])
    assert signer.sign(LINK) == ""
    with pytest.raises(InvalidInputError):
        signer.read(LinkSigner(["key"]).sign(LINK), Purpose.OFFER, "skyline")

"""Links, cookies and the proof of a form: what is ours, for how long, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dutycycle.kit import clock
from dutycycle.portal import session
from dutycycle.portal.session import LINK_MINUTES, Person, Sessions

CLERK = Person("clerk@skyline.example", "skyline", "")
CUSTOMER = Person("alpha@example.com", "skyline", "customers/alpha")
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_a_link_signs_in_whom_it_was_made_for() -> None:
    sessions = Sessions(["new"], secure=True)
    for person in (CLERK, CUSTOMER):
        assert sessions.read_link(sessions.link_token(person)) == person


def test_a_key_is_rotated_without_signing_anybody_out() -> None:
    token = Sessions(["old"], secure=True).link_token(CLERK)
    assert Sessions(["new", "old"], secure=True).read_link(token) == CLERK
    assert Sessions(["new"], secure=True).read_link(token) is None
    fresh = Sessions(["new", "old"], secure=True).link_token(CLERK)
    assert Sessions(["new"], secure=True).read_link(fresh) == CLERK, "the newest key signs"


def test_what_is_signed_for_one_purpose_serves_no_other() -> None:
    sessions = Sessions(["key"], secure=True)
    assert sessions.read_link(sessions.form_proof(CLERK)) is None
    assert not sessions.is_proof(CLERK, sessions.link_token(CLERK))
    assert not sessions.is_proof(CUSTOMER, sessions.form_proof(CLERK))
    assert sessions.is_proof(CUSTOMER, sessions.form_proof(CUSTOMER))


def test_without_keys_nobody_signs_in() -> None:
    sessions = Sessions([], secure=True)
    assert not sessions.is_open
    assert sessions.read_link(Sessions([""], secure=True).link_token(CLERK)) is None


def test_a_mailbox_gets_five_links_a_quarter_of_an_hour() -> None:
    sessions = Sessions(["key"], secure=True)
    with clock.frozen(NOON):
        assert [sessions.may_ask("a@example.com") for _ in range(6)] == [True] * 5 + [False]
        assert not sessions.may_ask("A@Example.com"), "capitals are no other mailbox"
        assert sessions.may_ask("b@example.com")
    with clock.frozen(NOON + timedelta(minutes=LINK_MINUTES)):
        assert sessions.may_ask("a@example.com")


def test_a_flood_of_mailboxes_is_forgotten_and_bounded() -> None:
    """What anybody can post must not fill the memory, nor shut out for longer than the flood lasts."""
    sessions = Sessions(["key"], secure=True)
    limit = session._MAILBOXES_REMEMBERED
    with clock.frozen(NOON):
        allowed = [sessions.may_ask(f"{number}@example.com") for number in range(limit + 50)]
        assert allowed == [True] * limit + [False] * 50
        assert sessions.may_ask("7@example.com"), "who asked before may ask again"
    with clock.frozen(NOON + timedelta(minutes=LINK_MINUTES, seconds=1)):
        assert sessions.may_ask("late@example.com")
    assert len(sessions._asked) == 1

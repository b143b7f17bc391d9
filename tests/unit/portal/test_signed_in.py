"""The portal as it is served, with every service away: who is let in, and what a stranger can learn."""

from __future__ import annotations

import http.client
import threading
import time
import urllib.parse
from collections.abc import Iterator

import pytest
import uvicorn

from dutycycle.cli.server import free_port
from dutycycle.portal.app import build
from dutycycle.portal.session import COOKIE, Person, Sessions
from dutycycle.portal.settings import Settings

CLERK = "clerk@skyline.example"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Serve the portal; nothing listens where its services should be."""
    port, nowhere = free_port(), f"127.0.0.1:{free_port()}"
    targets = {f"{name}_target": nowhere for name in ("contracts", "ingest", "rating", "offers", "invoicing", "notify")}
    settings = Settings.model_validate(
        {"secrets": ["key"], "staff": {CLERK: "skyline"}, "tenant_tokens": {"skyline": "t", "other": "t"}, **targets}
    )
    server = uvicorn.Server(uvicorn.Config(build(settings), port=port, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(100):
        if server.started:
            break
        time.sleep(0.05)
    assert server.started
    yield port
    server.should_exit = True
    thread.join(10)


def get(port: int, path: str, person: Person) -> tuple[int, str]:
    """Open a page with a session that was signed by the portal's own key."""
    sessions = Sessions(["key"], secure=False)
    cookie = str(sessions._signer("session").dumps([person.mailbox, person.tenant, person.customer]))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"cookie": f"{COOKIE}={cookie}"})
    answer = connection.getresponse()
    location = answer.getheader("location") or ""
    connection.close()
    return answer.status, location


def ask_for_link(port: int, mailbox: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    body = urllib.parse.urlencode({"mailbox": mailbox})
    connection.request("POST", "/sign-in", body, {"content-type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def test_a_session_ends_when_its_holder_leaves_the_lessor(port: int) -> None:
    """The cookie is good for hours; the place of who holds it is what counts."""
    page_for_customers = "/settings"
    assert get(port, page_for_customers, Person(CLERK, "skyline", ""))[0] == 403, "a clerk is known"
    for gone in (Person("left@skyline.example", "skyline", ""), Person(CLERK, "other", "")):
        for path in (page_for_customers, "/lessor", "/lessor/amendments"):
            assert get(port, path, gone) == (303, "/sign-in")


def test_a_failing_service_does_not_tell_which_mailbox_is_known(port: int) -> None:
    """The clerk's link cannot be sent and the stranger has none to send: both read the same."""
    known, stranger = ask_for_link(port, CLERK), ask_for_link(port, "stranger@example.com")
    assert known == stranger
    assert known[0] == 200


def test_a_form_without_end_is_refused(port: int) -> None:
    assert ask_for_link(port, "x" * (1 << 20))[0] == 413
    assert ask_for_link(port, "x" * 1_000)[0] == 200

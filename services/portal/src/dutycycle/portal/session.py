"""Who is signed in: by a link in a mail, then by a signed cookie. Nothing of it is stored."""

from __future__ import annotations

import hmac
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from dutycycle.kit import clock

COOKIE = "dutycycle_session"
SESSION_SECONDS = 8 * 3600
LINK_MINUTES = 15
_LINKS_A_QUARTER = 5
_MAILBOXES_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    mailbox: str
    tenant: str
    customer: str
    """Resource name; empty for somebody at the lessor."""

    @property
    def is_staff(self) -> bool:
        return not self.customer


class Sessions:
    """Signs and reads sign-in links, session cookies and the proof that a form is ours."""

    def __init__(self, keys: Sequence[str], *, secure: bool) -> None:
        """Take the keys, the newest first."""
        self._keys = list(reversed(keys))
        self._secure = secure
        self._asked: dict[str, deque[datetime]] = {}

    @property
    def is_open(self) -> bool:
        """Whether anybody can sign in at all."""
        return bool(self._keys)

    def may_ask(self, mailbox: str) -> bool:
        """Count a request for a link; a few a quarter of an hour and mailbox, so that nobody's mail is flooded."""
        now = clock.now()
        # Anybody may post any mailbox: what is remembered of them must not grow without end.
        if len(self._asked) >= _MAILBOXES_REMEMBERED:
            young = now - timedelta(minutes=LINK_MINUTES)
            self._asked = {each: times for each, times in self._asked.items() if times[-1] > young}
            if len(self._asked) >= _MAILBOXES_REMEMBERED and mailbox.lower() not in self._asked:
                return False
        asked = self._asked.setdefault(mailbox.lower(), deque(maxlen=_LINKS_A_QUARTER))
        if len(asked) == _LINKS_A_QUARTER and now - asked[0] < timedelta(minutes=LINK_MINUTES):
            return False
        asked.append(now)
        return True

    def link_token(self, person: Person) -> str:
        return str(self._signer("sign-in").dumps([person.mailbox, person.tenant, person.customer]))

    def read_link(self, token: str) -> Person | None:
        """Return who a link signs in; None for one that is forged or too old."""
        return self._read("sign-in", token, LINK_MINUTES * 60)

    def start(self, response: Response, person: Person) -> None:
        """Sign a person in."""
        value = str(self._signer("session").dumps([person.mailbox, person.tenant, person.customer]))
        response.set_cookie(
            COOKIE, value, max_age=SESSION_SECONDS, httponly=True, samesite="lax", secure=self._secure, path="/"
        )

    def end(self, response: Response) -> None:
        response.delete_cookie(COOKIE, path="/")

    def person(self, request: Request) -> Person | None:
        """Return who sends a request; None if nobody is signed in."""
        cookie = request.cookies.get(COOKIE, "")
        return self._read("session", cookie, SESSION_SECONDS) if cookie else None

    def form_proof(self, person: Person) -> str:
        """Return what a form of a signed-in person carries: a page elsewhere cannot know it."""
        return str(self._signer("form").dumps(person.mailbox))

    def is_proof(self, person: Person, proof: str) -> bool:
        try:
            mailbox = str(self._signer("form").loads(proof, max_age=SESSION_SECONDS))
        except BadData:
            return False
        return hmac.compare_digest(mailbox, person.mailbox)

    def _signer(self, salt: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._keys, salt=f"dutycycle.portal.{salt}")

    def _read(self, salt: str, token: str, max_age: int) -> Person | None:
        if not self._keys:
            return None
        try:
            mailbox, tenant, customer = self._signer(salt).loads(token, max_age=max_age)
        except (BadData, ValueError, TypeError):
            return None
        return Person(mailbox, tenant, customer)

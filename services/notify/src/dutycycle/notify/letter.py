"""A letter: a message that is no invoice. It says one thing, names who writes, and sells nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, ready to print."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    link: str
    """Address of the one button; empty: there is none."""
    link_text: str
    sender_name: str
    """Who writes: the lessor."""
    sender_address_lines: tuple[str, ...]
    reply_name: str
    reply_email: str
    """Who answers; empty: nobody does, and the mailbox that sends says so."""

    def to_text(self) -> str:
        """Write it as it is stored."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Letter:
        values = json.loads(text)
        for name in ("paragraphs", "sender_address_lines"):
            values[name] = tuple(values[name])
        return cls(**values)

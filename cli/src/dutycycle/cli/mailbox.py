"""An SMTP server that keeps what it gets: every message becomes an .eml file, a folder a mailbox."""

from __future__ import annotations

import re
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_UNSAFE = re.compile(r"[^A-Za-z0-9.@_-]+")


class Mailbox:
    """Mail server of the demo and of `dutycycle dev`."""

    def __init__(self, directory: Path, port: int) -> None:
        self._directory = directory
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def start(self) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002  # aiosmtpd's hook
        """Keep a message under its Message-ID: one that comes twice is kept once."""
        content = envelope.original_content or b""
        found = re.search(rb"(?im)^message-id:\s*<([^>]+)>", content)
        name = _UNSAFE.sub("_", found[1].decode("ascii", "replace") if found else f"{hash(content):x}")
        for recipient in envelope.rcpt_tos:
            folder = self._directory / _UNSAFE.sub("_", recipient)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.eml").write_bytes(content)
        return "250 kept"

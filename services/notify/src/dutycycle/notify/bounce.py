"""SMTP edge of notify: takes what bounces, and nothing else."""

from __future__ import annotations

import asyncio

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from dutycycle.kit import ids
from dutycycle.notify.service.post import Post
from dutycycle.notify.verp import Report, Verp, read_report
from dutycycle.runtime import tenancy

_log = structlog.get_logger()
_MOST_BYTES = 256 * 1024


class BounceReceiver:
    """Listens for bounces on an address of its own, behind the mail server of the bounce domain."""

    def __init__(self, listen: str, verp: Verp, post: Post) -> None:
        host, _, port = listen.rpartition(":")
        self._verp = verp
        self._post = post
        self._loop: asyncio.AbstractEventLoop | None = None
        self._controller = Controller(self, hostname=host, port=int(port), data_size_limit=_MOST_BYTES)

    async def run(self) -> None:
        """Listen until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._controller.start()
        try:
            await asyncio.Event().wait()
        finally:
            self._controller.stop()

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's hook
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take mail to addresses only that were signed here."""
        if self._verp.read(address) is None:
            return "550 5.1.1 bounces of our own messages only"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        report = read_report(envelope.original_content or b"")
        for address in envelope.rcpt_tos:
            known = self._verp.read(address)
            if known is None or report is None:
                continue
            tenant, key = known
            # aiosmtpd runs a loop of its own; the database belongs to the one of the process.
            if self._loop is not None:
                note = self._note(tenant, key, report)
                await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(note, self._loop))
        return "250 2.0.0 noted"

    async def _note(self, tenant: str, key: str, report: Report) -> None:
        with tenancy.bound(tenant, ids.request_id()):
            _log.info("delivery.bounced", delivery=key, answer=report.text, permanent=report.is_permanent)
            await self._post.bounced(key, report.text, is_permanent=report.is_permanent)

"""The mail server, spoken to over SMTP."""

from __future__ import annotations

from dataclasses import replace

import aiosmtplib
from aiosmtplib.errors import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from dutycycle.notify.delivery import Answer

_TIMEOUT_SECONDS = 60.0
_NO_SUCH_MAILBOX = (550, 551, 553)
"""Codes with which a server refuses a mailbox, and not a message, for good."""


class SmtpServer:
    """One SMTP server; a session a message."""

    def __init__(self, host: str, port: int, *, start_tls: bool, username: str, password: str) -> None:
        self._host = host
        self._port = port
        self._start_tls = start_tls
        self._username = username
        self._password = password

    async def send(self, mail: bytes, sender: str, recipient: str) -> Answer:
        """Offer one message. 5xx is final; 4xx, silence and a broken connection are not."""
        try:
            _, text = await aiosmtplib.send(
                mail,
                sender=sender,
                recipients=[recipient],
                hostname=self._host,
                port=self._port,
                start_tls=self._start_tls,
                username=self._username or None,
                password=self._password or None,
                timeout=_TIMEOUT_SECONDS,
            )
        except SMTPRecipientsRefused as refused:
            first = refused.recipients[0]
            return replace(_refused(first.code, first.message), no_such_mailbox=first.code in _NO_SUCH_MAILBOX)
        except SMTPResponseException as refused:
            return _refused(refused.code, refused.message)
        except (SMTPException, OSError) as error:
            return Answer(taken=False, final=False, text=f"{type(error).__name__}: {error}")
        return Answer(taken=True, final=True, text=f"250 {text}")


def _refused(code: int, text: str) -> Answer:
    return Answer(taken=False, final=code >= 500, text=f"{code} {text}")

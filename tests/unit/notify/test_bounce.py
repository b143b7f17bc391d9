"""Bounces: an address names its delivery and cannot be made up; reports of mail servers are read, other mail is not."""

from __future__ import annotations

import asyncio
import base64
import smtplib
import subprocess
from email.message import EmailMessage
from typing import Any, cast

import dkim
import pytest

from dutycycle.cli.server import free_port
from dutycycle.notify.bounce import BounceReceiver
from dutycycle.notify.dkim_key import DkimKey
from dutycycle.notify.service.post import Post
from dutycycle.notify.verp import Verp, read_report

VERP = Verp("bounces.skyline.example", "a secret of the test")
NAME = "deliveries/fl-2013-12-1f0c9a3b5d7e"


def report(status: str, action: str = "failed") -> bytes:
    """Write what a mail server writes (RFC 3464)."""
    return (
        "From: mailer-daemon@mx.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; fleet@airtran.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n--b--\r\n"
    ).encode()


def test_an_address_names_its_delivery() -> None:
    address = VERP.sender("skyline", NAME, "billing@skyline.example")
    assert address.endswith("@bounces.skyline.example")
    assert len(address.partition("@")[0]) <= 64, "the longest local part that mail servers must take"
    assert VERP.read(address) == ("skyline", NAME[-12:])
    assert Verp("", "").sender("skyline", NAME, "billing@skyline.example") == "billing@skyline.example"


def test_an_address_cannot_be_made_up() -> None:
    address = VERP.sender("skyline", NAME, "")
    for forged in (address.replace("1f0c", "1f0d"), address.replace("skyline=", "harbour="), "fleet@x.example"):
        assert VERP.read(forged) is None
    assert Verp(VERP.domain, "another secret").read(address) is None


@pytest.mark.parametrize(("status", "permanent"), [("5.1.1", True), ("5.2.1", True), ("4.2.2", False)])
def test_reports_are_read(status: str, permanent: bool) -> None:
    found = read_report(report(status))
    assert found is not None
    assert (found.status, found.is_permanent, found.text) == (status, permanent, "smtp; 550 no such user")


def test_other_mail_is_no_report() -> None:
    absence = EmailMessage()
    absence["Subject"] = "I am away"
    absence.set_content("Back on Monday; status 5.1.1 is my room.")
    assert read_report(absence.as_bytes()) is None
    assert read_report(report("2.0.0", "delivered")) is None


class Noted:
    """Keeps what it is told of bounces."""

    def __init__(self) -> None:
        self.bounces: list[tuple[str, bool]] = []

    async def bounced(self, key: str, answer: str, *, is_permanent: bool) -> None:
        assert answer == "smtp; 550 no such user"
        self.bounces.append((key, is_permanent))


async def test_a_bounce_comes_in_by_smtp_and_nothing_else_does() -> None:
    noted, port = Noted(), free_port()
    receiver = asyncio.create_task(BounceReceiver(f"127.0.0.1:{port}", VERP, cast("Post", noted)).run())
    await asyncio.sleep(0.1)

    def deliver(address: str, content: bytes) -> dict[str, Any]:
        with smtplib.SMTP("127.0.0.1", port) as server:
            return server.sendmail("", [address], content)

    await asyncio.to_thread(deliver, VERP.sender("skyline", NAME, ""), report("5.1.1"))
    assert noted.bounces == [(NAME[-12:], True)]
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        await asyncio.to_thread(deliver, "somebody@bounces.skyline.example", report("5.1.1"))
    receiver.cancel()
    await asyncio.gather(receiver, return_exceptions=True)
    assert noted.bounces == [(NAME[-12:], True)]


def test_a_signature_covers_the_headers_that_stop_offers() -> None:
    pem = subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True).stdout
    as_published = ["openssl", "pkey", "-pubout", "-outform", "DER"]
    public = subprocess.run(as_published, check=True, capture_output=True, input=pem).stdout
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "billing@skyline.example", "fleet@airtran.example", "Invoice"
    mail["List-Unsubscribe"] = "<https://portal.example/stop/t>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content("Amount due: $48,250.00")
    signed = DkimKey("skyline.example", "s1", pem).sign(mail.as_bytes(policy=mail.policy.clone(linesep="\r\n")))

    def dns(name: bytes, timeout: int = 5) -> bytes:  # noqa: ARG001  # the library's hook
        assert name.startswith(b"s1._domainkey.skyline.example")
        return record

    assert dkim.verify(signed, dnsfunc=dns)
    for old, new in ((b"/stop/t", b"/stop/u"), (b"One-Click", b"Two-Click"), (b"48,250", b"48,251")):
        assert not dkim.verify(signed.replace(old, new), dnsfunc=dns)

"""The e-mail of an invoice: the bill first, the offer after it and marked, the documents attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache

import jinja2
import mrml

from dutycycle.kit import ids
from dutycycle.notify.bill import Bill, Recipient
from dutycycle.notify.letter import Letter

_ON_THE_WIRE = SMTP.clone(max_line_length=250)
"""Header lines stay whole: a subject folded right after its name is read by some programs with a blank in front."""
_TYPES = {
    "pdf": ("application", "pdf"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document as invoicing stored it."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """What makes one copy of the message: who, from where, under which id, since when."""

    recipient: Recipient
    sender: str
    message_id: str
    date: datetime


def subject(bill: Bill) -> str:
    """Say what it is and what is due, and nothing that sells; a bill far above the usual says so first.

    Use that falls short is announced too, but the bill is the usual one: it says so inside, not in its subject.
    """
    due = f"credit of {bill.total}, nothing due" if bill.credit else f"{bill.total} due {bill.due_day}"
    text = f"Invoice {bill.number} for {bill.period_title}: {due}"
    announcement = bill.announcement.strip().rstrip(".:") if bill.careful else ""
    return f"{announcement}: {text}" if announcement else text


def compose(bill: Bill, envelope: Envelope, attachments: Sequence[Attachment]) -> bytes:
    """Write the message as it is sent; the same arguments give the same bytes, whatever the attempt."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(bill.lessor_name, addr_spec=envelope.sender)
    mail["To"] = Address(envelope.recipient.display_name, addr_spec=envelope.recipient.email)
    mail["Reply-To"] = Address(bill.contact_name, addr_spec=bill.contact_email)
    mail["Subject"] = subject(bill)
    mail["Date"] = format_datetime(envelope.date)
    mail["Message-ID"] = envelope.message_id
    mail["Auto-Submitted"] = "auto-generated"
    if bill.offer is not None and bill.offer.saleable:
        # It ends offers only: the address is the one printed beside the offer, and no link claims to end invoices.
        addresses = [address for address in (bill.offer.stop_url, bill.offer.stop_mailto) if address]
        mail["List-Unsubscribe"] = ", ".join(f"<{address}>" for address in dict.fromkeys(addresses))
        if bill.offer.stop_url.startswith("http"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    files = [attachment.file_name for attachment in attachments]
    mail.set_content(text(bill, envelope.recipient, files))
    mail.add_alternative(html(bill, envelope.recipient, files), subtype="html")
    for attachment in attachments:
        main, sub = _TYPES[attachment.file_name.rpartition(".")[2]]
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.file_name)
    _fix_boundaries(mail, envelope.message_id)
    return mail.as_bytes(policy=_ON_THE_WIRE)


def compose_letter(letter: Letter, envelope: Envelope) -> bytes:
    """Write a letter as it is sent; the same arguments give the same bytes, whatever the attempt."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(letter.sender_name, addr_spec=envelope.sender)
    mail["To"] = Address(envelope.recipient.display_name, addr_spec=envelope.recipient.email)
    if letter.reply_email:
        mail["Reply-To"] = Address(letter.reply_name, addr_spec=letter.reply_email)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(envelope.date)
    mail["Message-ID"] = envelope.message_id
    mail["Auto-Submitted"] = "auto-generated"
    templates = _templates()
    mail.set_content(templates.get_template("letter.txt").render(letter=letter))
    source = templates.get_template("letter.mjml").render(letter=letter)
    mail.add_alternative(mrml.to_html(source).content, subtype="html")
    _fix_boundaries(mail, envelope.message_id)
    return mail.as_bytes(policy=_ON_THE_WIRE)


def text(bill: Bill, recipient: Recipient, files: Sequence[str]) -> str:
    """Return the plain alternative: all that the other one says."""
    return _templates().get_template("invoice.txt").render(bill=bill, recipient=recipient, files=files)


def html(bill: Bill, recipient: Recipient, files: Sequence[str]) -> str:
    """Return the HTML alternative, in tables and inline styles that mail programs understand."""
    source = (
        _templates()
        .get_template("invoice.mjml")
        .render(bill=bill, recipient=recipient, files=files, subject=subject(bill))
    )
    return mrml.to_html(source).content


def _fix_boundaries(mail: EmailMessage, seed: str) -> None:
    """Replace the random boundaries between parts: content in base64 or quoted text cannot contain these."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}_{ids.digest(seed.encode())[:40]}")


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("dutycycle.notify"),
        autoescape=jinja2.select_autoescape(["mjml"], default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

"""A delivered message, read back from the file that the mail server kept."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

_HEADERS = ("Subject", "From", "To", "Reply-To", "Date")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message."""

    file_name: str
    content_type: str
    octets: int


@dataclass(frozen=True, slots=True)
class Mail:
    """What the recipient sees."""

    path: Path
    message_id: str
    headers: tuple[tuple[str, str], ...]
    html: str
    """Body in HTML; empty if the message has none."""
    text: str
    """Body in plain text; empty if the message has none."""
    attachments: tuple[Attachment, ...]


def find_mail(folder: Path, message_id: str) -> Mail | None:
    """Return the message with a Message-ID among the files of a mailbox; None if it is not there."""
    wanted = message_id.strip("<> ")
    for path in sorted(folder.glob("*.eml")):
        mail = read_mail(path)
        if mail.message_id == wanted:
            return mail
    return None


def read_mail(path: Path) -> Mail:
    """Read a message as it arrived."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Mail(
        path=path,
        message_id=str(message["Message-ID"] or "").strip("<> "),
        headers=tuple((name, str(message[name])) for name in _HEADERS if message[name]),
        html=_body(message, "html"),
        text=_body(message, "plain"),
        attachments=tuple(
            Attachment(part.get_filename("unnamed"), part.get_content_type(), len(part.get_payload(decode=True) or b""))
            for part in message.iter_attachments()
            if part.get_filename()
        ),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""

"""The e-mail: the bill first, the offer after it, nothing that pretends."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from dutycycle.notify.bill import Bill, Recipient
from dutycycle.notify.message import Attachment, Envelope, compose, html, subject, text

NIGEL = Recipient("Nigel Marsh", "nigel@fl.example")
ENVELOPE = Envelope(NIGEL, "invoices@skyline.example", "<abc@skyline.example>", datetime(2014, 1, 1, tzinfo=UTC))
FILES = [
    Attachment("DC-2013-000192-invoice.pdf", b"%PDF-1.7 bill"),
    Attachment("DC-2013-000192-assets.xlsx", b"PK workbook"),
]


def mail_of(bill: Bill) -> EmailMessage:
    parsed = email.message_from_bytes(compose(bill, ENVELOPE, FILES), policy=SMTP)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_the_subject_is_the_bill_and_nothing_else(bill: Bill) -> None:
    wanted = "Invoice DC-2013-000192 for December 2013: $48,250.00 due 30 January 2014"
    assert subject(bill) == mail_of(bill)["Subject"] == wanted


def test_a_bill_far_above_the_usual_says_so_in_the_first_words(bill: Bill) -> None:
    shocking = replace(bill, announcement="Your bill is 54 % above the usual.", careful=True)
    assert subject(shocking).startswith("Your bill is 54 % above the usual: Invoice DC-2013-000192")
    assert text(shocking, NIGEL, []).startswith("Your bill is 54 % above the usual.")
    assert "Please ask before you pay" in text(shocking, NIGEL, [])


def test_a_credit_is_not_due(bill: Bill) -> None:
    credit = replace(bill, total="−$120.50", credit=True)
    assert subject(credit).endswith("credit of −$120.50, nothing due")
    assert "AMOUNT DUE" not in text(credit, NIGEL, [])


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_both_alternatives_tell_the_bill_before_the_offer_and_how_to_stop_it(bill: Bill, subtype: str) -> None:
    part = mail_of(bill).get_body((subtype,))
    assert part is not None
    assert part.get_content_subtype() == subtype
    content = part.get_content()
    position = 0
    for words in (
        "$48,250.00",
        "30 January 2014",
        "You used 369.0 flight hours.",
        "606.0" if subtype == "html" else "369.0 used, 606.0 agreed, adjustment −237.0",
        "$19,034.00",
        "First Meridian Bank",
        "DC-2013-000192-invoice.pdf",
        "not part of the bill" if subtype == "html" else "NOT PART OF THE BILL",
        "Right-size your baseline",
        "This changes nothing that is due today.",
        "https://portal.example/o/signed-token",
        "https://portal.example/stop/signed-token",
    ):
        assert words in content[position:], f"{words!r} is missing, or stands too early"
        position = content.index(words, position)


def test_nothing_is_fetched_when_the_mail_is_opened(bill: Bill) -> None:
    page = html(bill, NIGEL, [])
    for fetching in ("<img", "@import", "<script", 'rel="stylesheet"', "url("):
        assert fetching not in page


def test_list_unsubscribe_concerns_offers_only(bill: Bill) -> None:
    """RFC 8058: an address for one click, and a mail as the second way; neither ends invoices."""
    mail = mail_of(bill)
    assert mail["List-Unsubscribe"] == (
        "<https://portal.example/stop/signed-token>, <mailto:billing@skyline.example?subject=Stop%20offers>"
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert bill.offer is not None
    by_mail = replace(bill.offer, stop_url=bill.offer.stop_mailto)
    assert mail_of(replace(bill, offer=by_mail))["List-Unsubscribe-Post"] is None
    for without in (None, replace(bill.offer, saleable=False)):
        assert mail_of(replace(bill, offer=without))["List-Unsubscribe"] is None


def test_documents_are_attached_as_they_are(bill: Bill) -> None:
    parts = list(mail_of(bill).iter_attachments())
    assert [(part.get_filename(), part.get_content()) for part in parts] == [
        (file.file_name, file.content) for file in FILES
    ]


def test_every_attempt_sends_the_same_bytes(bill: Bill) -> None:
    assert compose(bill, ENVELOPE, FILES) == compose(bill, ENVELOPE, FILES)


def test_lines_are_as_short_as_smtp_demands(bill: Bill) -> None:
    long = replace(bill, what_changed="flight hours " * 400)
    assert max(len(line) for line in compose(long, ENVELOPE, FILES).split(b"\r\n")) <= 250


def test_words_of_a_customer_are_never_markup_nor_headers(bill: Bill) -> None:
    hostile = replace(bill, what_changed='<a href="https://evil.example">pay here</a> & "more"')
    assert "evil.example</a>" not in html(hostile, NIGEL, [])
    assert "&lt;a href=" in html(hostile, NIGEL, [])
    with pytest.raises(ValueError, match=r"[Hh]eader|linefeed|newline"):
        compose(replace(bill, announcement="Hello\r\nBcc: all@fl.example", careful=True), ENVELOPE, FILES)

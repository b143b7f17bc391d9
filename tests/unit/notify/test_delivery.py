"""Names, ids and pauses of deliveries."""

from __future__ import annotations

from datetime import timedelta

from dutycycle.notify.delivery import LONGEST_PAUSE, delivery_name, message_id, pause


def test_the_same_invoice_and_mailbox_have_the_same_name_and_id() -> None:
    name = delivery_name("invoices/fl-2013-12", "Nigel@FL.example")
    assert name == delivery_name("invoices/fl-2013-12", "nigel@fl.example")
    assert name.startswith("deliveries/fl-2013-12-")
    first = message_id("invoices/fl-2013-12", "nigel@fl.example", "skyline.example")
    assert first == message_id("invoices/fl-2013-12", "nigel@fl.example", "skyline.example")
    assert first != message_id("invoices/fl-2013-11", "nigel@fl.example", "skyline.example")
    assert first != message_id("invoices/fl-2013-12", "ap@fl.example", "skyline.example")


def test_pauses_double_with_jitter_up_to_the_longest() -> None:
    first = timedelta(seconds=16)
    for attempts, longest in ((1, 16), (2, 32), (5, 256), (11, 14400), (500, 14400)):
        pauses = [pause(attempts, first) for _ in range(50)]
        assert all(timedelta(seconds=longest) / 2 <= each <= timedelta(seconds=longest) for each in pauses)
        assert len(set(pauses)) > 1
    assert timedelta(seconds=14400) == LONGEST_PAUSE

"""received = accepted + waiting + duplicate + rejected."""

from __future__ import annotations

from dutycycle.ingest.receipt import Outcome, Receipt, RowAnswer, receipt_of


def test_rows_without_an_answer_were_accepted() -> None:
    answers = [
        RowAnswer(4, Outcome.REJECTED, "NO_EVENT_ID", "give it one"),
        RowAnswer(1, Outcome.WAITING),
        RowAnswer(3, Outcome.DUPLICATE),
    ]
    receipt = receipt_of(6, answers)
    assert {outcome: receipt[outcome] for outcome in Outcome} == {
        Outcome.ACCEPTED: 3,
        Outcome.WAITING: 1,
        Outcome.DUPLICATE: 1,
        Outcome.REJECTED: 1,
    }
    assert receipt.received == 6
    assert [answer.row for answer in receipt.answers] == [1, 3, 4]


def test_nothing_received() -> None:
    assert (Receipt().received, receipt_of(0, []).received) == (0, 0)

"""Answers: what became of each row. received = accepted + waiting + duplicate + rejected, always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What became of one row that was not accepted."""

    row: int
    outcome: Outcome
    reason: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of the rows of a batch, a file or a source."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    answers: tuple[RowAnswer, ...] = ()
    """For every row that was not accepted, in row order."""

    @property
    def received(self) -> int:
        return self.counts.total()

    def __getitem__(self, outcome: Outcome) -> int:
        return self.counts[outcome]


def receipt_of(rows: int, answers: Iterable[RowAnswer]) -> Receipt:
    """Make the receipt of `rows` rows of which those without an answer were accepted."""
    listed = tuple(sorted(answers, key=lambda a: a.row))
    counts = Counter(answer.outcome for answer in listed)
    counts[Outcome.ACCEPTED] = rows - counts.total()
    return Receipt(counts, listed)

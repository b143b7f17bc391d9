"""Percentage: a share of the value of each event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import ClassVar

from dutycycle.charge.curve import ZERO, Curve, Evaluation, Piece, line
from dutycycle.charge.portion import Entry, Portion
from dutycycle.charge.price.model import Reprice
from dutycycle.charge.step import Step
from dutycycle.charge.violation import number_violations
from dutycycle.charge.wording import Wording, percent_text
from dutycycle.kit.errors import FieldViolation
from dutycycle.kit.fraction import to_decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Percentage:
    """A rate on the values, and a fixed amount per event; some of either may be free.

    Without limits per event, the free events end with the free value or with their number, whichever is reached first.
    With limits, events are walked one by one, and are free until both allowances are used up.
    """

    rate_percent: Decimal
    fixed_amount: Decimal = NOTHING
    free_events: int = 0
    free_amount: Decimal | None = None
    event_minimum: Decimal | None = None
    event_maximum: Decimal | None = None
    name: ClassVar[str] = "percentage"

    def violations(self, field: str) -> Iterator[FieldViolation]:
        yield from number_violations(f"{field}.rate_percent", self.rate_percent, least=NOTHING)
        yield from number_violations(f"{field}.fixed_amount", self.fixed_amount, least=NOTHING)
        yield from number_violations(f"{field}.free_amount", self.free_amount, least=NOTHING)
        yield from number_violations(f"{field}.event_minimum", self.event_minimum, least=NOTHING)
        yield from number_violations(f"{field}.event_maximum", self.event_maximum, least=NOTHING)
        if self.free_events < 0:
            yield FieldViolation(f"{field}.free_events", f"is {self.free_events}; 0 or more")

    @property
    def rate(self) -> Fraction:
        return Fraction(self.rate_percent) / 100

    @property
    def event_by_event(self) -> bool:
        return self.event_minimum is not None or self.event_maximum is not None

    def evaluations(self, portion: Portion) -> Iterator[Evaluation]:
        if self.event_by_event:
            curve = self._event_curve()
            for _, value in self._charged(portion.entries):
                yield Evaluation(curve, value)
            return
        value, events = self._beyond_free(portion.entries)
        yield Evaluation(line(self.rate), value)
        yield Evaluation(line(Fraction(self.fixed_amount)), Fraction(events))

    def _beyond_free(self, entries: tuple[Entry, ...]) -> tuple[Fraction, int]:
        """Return the value and the number of events that are charged, where events have no limits of their own."""
        values = [entry.quantity for entry in entries]
        running = list(accumulate(values))
        total = running[-1] if running else ZERO
        first = min(self.free_events, len(values)) if self.free_events else len(values)
        free_values, free_counts = [], []
        if self.free_events:
            free_values.append(running[first - 1] if first else ZERO)
            free_counts.append(first)
        if self.free_amount is not None:
            free_values.append(Fraction(self.free_amount))
            free_counts.append(sum(value < Fraction(self.free_amount) for value in running[:first]))
        free = min(free_values, default=ZERO)
        free_events = min((count for count in free_counts if count), default=0)
        return max(ZERO, total - free), len(values) - free_events if total != 0 else 0

    def _charged(self, entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, Fraction]]:
        """Walk the events; yield those that are charged, and the value they are charged on."""
        events, amount = self.free_events, Fraction(self.free_amount or 0)
        for entry in entries:
            value = entry.quantity
            if events > 0 or amount > 0:
                events = max(0, events - 1)
                if amount <= 0:
                    continue
                if amount > value:
                    amount -= value
                    continue
                value, events, amount = value - amount, 0, ZERO
            yield entry, value

    def _event_curve(self) -> Curve:
        """Compile what one event costs: the rate and the fixed amount, raised to the minimum, cut to the maximum."""
        fixed, rate = Fraction(self.fixed_amount), self.rate
        least = None if self.event_minimum is None else Fraction(self.event_minimum)
        most = None if self.event_maximum is None else Fraction(self.event_maximum)
        if least is not None and most is not None:
            least = min(least, most)
        if rate == 0:
            amount = fixed if least is None else max(fixed, least)
            return Curve((Piece(None, amount if most is None else min(amount, most), ZERO),))
        pieces = [] if least is None else [Piece((least - fixed) / rate, least, ZERO)]
        if most is None:
            return Curve((*pieces, Piece(None, fixed, rate)))
        return Curve((*pieces, Piece((most - fixed) / rate, fixed, rate), Piece(None, most, ZERO)))

    def repriced(self, change: Reprice) -> Percentage:
        """Return the model with its amounts changed; the rate follows the values by itself."""
        least = None if self.event_minimum is None else change(self.event_minimum)
        most = None if self.event_maximum is None else change(self.event_maximum)
        return replace(self, fixed_amount=change(self.fixed_amount), event_minimum=least, event_maximum=most)

    def steps(self, portion: Portion, words: Wording) -> Iterator[Step]:
        if self.event_by_event:
            curve = self._event_curve()
            for entry, value in self._charged(portion.entries):
                text = f"{words.money(value)} of {entry.key}: {words.money(curve.at(value))}"
                yield Step("event", text, to_decimal(value), None, curve.at(value), key=entry.key)
            return
        value, events = self._beyond_free(portion.entries)
        text = f"{percent_text(self.rate_percent)} of {words.money(value)}"
        yield Step("percentage", text, to_decimal(value), None, value * self.rate)
        if self.fixed_amount != 0:
            text = f"{events:,} events at {words.money(self.fixed_amount)}"
            yield Step("unit", text, Decimal(events), self.fixed_amount, events * Fraction(self.fixed_amount))

    def rate_text(self, words: Wording) -> str:
        fixed = f" plus {words.money(self.fixed_amount)} each" if self.fixed_amount != 0 else ""
        return f"{percent_text(self.rate_percent)}{fixed}"

    def sentence(self, words: Wording) -> str:
        text = f"{self.rate_text(words)}"
        if self.event_minimum is not None:
            text += f", each at least {words.money(self.event_minimum)}"
        if self.event_maximum is not None:
            text += f", each at most {words.money(self.event_maximum)}"
        events = "event" if self.free_events == 1 else f"{self.free_events:,} events"
        free = [f"the first {events}"] if self.free_events else []
        free += [f"the first {words.money(self.free_amount)}"] if self.free_amount is not None else []
        return f"{text}; free: {' or '.join(free)}" if free else text

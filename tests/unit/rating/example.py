"""Worked examples of docs/rating.md: a charge or a preset as a contract file holds it, use, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.charge.charge import Charge
from dutycycle.charge.convert import charge_from_proto
from dutycycle.charge.portion import Entry
from dutycycle.cli.charge import expanded_charges
from dutycycle.cli.document import message_from_document
from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.line import RatedLine
from dutycycle.rating.pipeline import rate_line
from dutycycle.rating.reading import Reading, Span, Stretch
from dutycycle.rating.usage_reading import UsageRecord, reading_of

GIVEN = {"charge", "currency", "zone", "period", "number", "covered", "entries", "assets", "in_service", "stretches"}
GIVEN |= {"billed_before", "prior_quantity"}
USED = {"quantity", "quantities", "usage"}
TOLD = {"reads", "steps", "amount", "amounts", "parties", "allocations"}
OF_A_RECORD = {"at", "asset", "id", "removes", "attributes", "repeat", "every_minutes"}
"""What a record of `usage:` says beside the values of its meters."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example, or one of the `cases:` of one."""

    text: Mapping[str, Any]

    def __post_init__(self) -> None:
        unknown = set(self.text) - GIVEN - USED - TOLD
        assert not unknown, f"an example knows no {unknown}"

    @property
    def charges(self) -> list[Charge]:
        documents = expanded_charges([self.text["charge"]], "example")
        return [charge_from_proto(message_from_document(charge_pb2.Charge, each, "charge"), "charge")
                for each in documents]  # fmt: skip

    @property
    def currency(self) -> str:
        return str(self.text.get("currency", "USD"))

    def lines(self, core_name: str) -> dict[str, list[RatedLine]]:
        """Rate every charge for every period; a charge that looks at others comes after them."""
        rated: dict[str, list[RatedLine]] = {}
        for charge in sorted(self.charges, key=lambda each: bool(each.covers)):
            history: list[Reading] = []
            rated[charge.id] = []
            for index, reading in enumerate(self._readings(charge)):
                covered = {name: self._covered(rated, name, index) for name in charge.covers}
                now = replace(reading, covered=covered, history=tuple(history))
                rated[charge.id].append(rate_line(charge, now, self.currency, core_name))
                history.append(replace(now, history=()))
        return rated

    def _covered(self, rated: Mapping[str, Sequence[RatedLine]], name: str, index: int) -> Decimal:
        return rated[name][index].amount if name in rated else Decimal(self.text["covered"][name])

    def _readings(self, charge: Charge) -> Iterator[Reading]:
        period, first = self._period, int(self.text.get("number", 1))
        quantities = self.text.get("quantities", [self.text.get("quantity", "1")])
        for index in range(self.periods):
            if "usage" in self.text:
                assert period is not None, "usage needs the period it is of"
                yield reading_of(charge, self._records, period, self.text.get("zone", "UTC"), first + index)
            else:
                quantity = quantities[index] if index < len(quantities) else quantities[-1]
                one = Reading(
                    Decimal(quantity if charge.measure is not None else "1"),
                    number=first + index,
                    period=period,
                    entries=tuple(_entries(self.text.get("entries", []))),
                    assets=int(self.text.get("assets", 1)),
                    in_service={key: Fraction(share) for key, share in self.text.get("in_service", {}).items()},
                    stretches=tuple(_stretches(self.text.get("stretches", []))),
                    prior_quantity=Decimal(self.text["prior_quantity"]) if "prior_quantity" in self.text else None,
                    billed_before=Decimal(self.text["billed_before"]) if "billed_before" in self.text else None,
                )
                yield one
            period = None if period is None else period.next_month()

    @property
    def periods(self) -> int:
        """How many successive periods are rated: as many as amounts are told."""
        amounts = self.text.get("amounts", [])
        listed = list(amounts.values()) if isinstance(amounts, dict) else [amounts]
        return max([1, len(self.text.get("quantities", [])), *(len(each) for each in listed if isinstance(each, list))])

    @property
    def _period(self) -> BillingPeriod | None:
        return BillingPeriod.parse(self.text["period"]) if "period" in self.text else None

    @property
    def _records(self) -> list[UsageRecord]:
        return [record for row in self.text["usage"] for record in _repeated(row)]

    def told(self, name: str, of: Sequence[str]) -> dict[str, Any]:
        """Return what is told of each charge; a single charge needs no name."""
        value = self.text.get(name)
        if value is None:
            return {}
        return dict(value) if isinstance(value, dict) and set(value) <= set(of) else {of[0]: value}


def _repeated(row: Mapping[str, Any]) -> Iterator[UsageRecord]:
    """Yield the record of a row, or as many as it says, each so many minutes after the one before."""
    at = datetime.fromisoformat(row["at"])
    values = {name: Decimal(value) for name, value in row.items() if name not in OF_A_RECORD}
    for number in range(row.get("repeat", 1)):
        yield UsageRecord(
            at + number * timedelta(minutes=row.get("every_minutes", 0)),
            row.get("asset", ""),
            values,
            row.get("attributes", {}),
            row.get("id", ""),
            row.get("removes", False),
        )


def _entries(rows: Sequence[Mapping[str, Any]]) -> Iterator[Entry]:
    for row in rows:
        baseline = Fraction(row["baseline"]) if "baseline" in row else None
        yield Entry(row["key"], Fraction(row["quantity"]), row.get("attributes", {}), baseline)


def _stretches(rows: Sequence[Mapping[str, Any]]) -> Iterator[Stretch]:
    for row in rows:
        active = Span(*row["active"])
        yield Stretch(active, Span(*row["full"]) if "full" in row else active)


def examples(text: Mapping[str, Any]) -> list[Example]:
    """Return an example, or one for each of its cases."""
    shared = {name: value for name, value in text.items() if name != "cases"}
    return [Example({**shared, **case}) for case in text.get("cases", [{}])]

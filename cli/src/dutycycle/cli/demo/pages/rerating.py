"""The months behind an offer, rated once more on both terms, with the lines that make each month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dutycycle.api.offers.v1 import offers_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.demo.pages.wording import NOTHING, difference, money, number, period, places, quantity
from dutycycle.kit.money import Money, total
from dutycycle.kit.period import BillingPeriod
from dutycycle.runtime.wire import money_from_proto

_BASE = (rating_pb2.LINE_KIND_BASE, rating_pb2.LINE_KIND_TOP_UP)


@dataclass(frozen=True, slots=True)
class Rerating:
    """Statements of the looked-at months, and of the one before them if that carries their first base."""

    present: Sequence[rating_pb2.Statement]
    offered: Sequence[rating_pb2.Statement]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one month costs on one of the terms."""

    base: str
    """Base charges and top-ups to a commitment."""
    use: str
    """Charges for usage and for assets, with their minimums."""
    whole: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month on both terms."""

    title: str
    present: Cost
    offered: Cost
    difference: str


@dataclass(frozen=True, slots=True)
class MonthTable:
    """Months on both terms with their sums."""

    rows: Sequence[MonthRow]
    sums: MonthRow
    is_confirmed: bool
    """Whether rating the months again gave the costs that the offer was decided on, to the cent."""


@dataclass(frozen=True, slots=True)
class TermsRow:
    """One charge of the last month on both terms."""

    label: str
    used: str
    present_terms: str
    present_charge: str
    offered_terms: str
    offered_charge: str
    is_changed: bool


def month_table(candidate: offers_pb2.Candidate, rerating: Rerating) -> MonthTable:
    """Lay the months of a candidate out on both terms."""
    currency = candidate.present_cost.currency_code
    months = [period(month.period) for month in candidate.months]
    both = [(lines_for(rerating.present, month), lines_for(rerating.offered, month)) for month in months]
    stored = [(money_from_proto(m.present_cost), money_from_proto(m.offered_cost)) for m in candidate.months]
    again = [(_whole(present, currency), _whole(offered, currency)) for present, offered in both]
    rows = [_row(month.title, *lines, currency) for month, lines in zip(months, both, strict=True)]
    sums = _row(
        f"{len(months)} months",
        [line for present, _ in both for line in present],
        [line for _, offered in both for line in offered],
        currency,
    )
    return MonthTable(rows, sums, stored == again)


def terms_rows(rerating: Rerating, month: BillingPeriod) -> dict[str, list[TermsRow]]:
    """Lay one month out charge by charge, by the title of the schedule; both terms have the same charges."""
    offered = {(line.schedule, line.charge): line for line in lines_for(rerating.offered, month)}
    groups: dict[str, list[TermsRow]] = {}
    for line in lines_for(rerating.present, month):
        row = _terms_row(line, offered[line.schedule, line.charge])
        groups.setdefault(line.schedule_display_name, []).append(row)
    return groups


def lines_for(statements: Sequence[rating_pb2.Statement], month: BillingPeriod) -> list[rating_pb2.RatedLine]:
    """Return the lines of one month whatever statement carries them: its base comes with the month before."""
    lines = [line for each in statements for line in each.lines if period(line.service_period) == month]
    order = {schedule: index for index, schedule in enumerate(dict.fromkeys(line.schedule for line in lines))}
    return sorted(lines, key=lambda line: order[line.schedule])


def _row(
    title: str, before: Sequence[rating_pb2.RatedLine], after: Sequence[rating_pb2.RatedLine], currency: str
) -> MonthRow:
    change = _whole(after, currency) - _whole(before, currency)
    return MonthRow(title, _cost(before, currency), _cost(after, currency), difference(change))


def _cost(lines: Sequence[rating_pb2.RatedLine], currency: str) -> Cost:
    return Cost(
        base=_whole([line for line in lines if line.kind in _BASE], currency).text(),
        use=_whole([line for line in lines if line.kind not in _BASE], currency).text(),
        whole=_whole(lines, currency).text(),
    )


def _whole(lines: Sequence[rating_pb2.RatedLine], currency: str) -> Money:
    return total([money_from_proto(line.amount) for line in lines], currency)


def _terms_row(present: rating_pb2.RatedLine, offered: rating_pb2.RatedLine) -> TermsRow:
    used = NOTHING
    if present.HasField("used_quantity"):
        value = number(present.used_quantity)
        baseline = [number(present.baseline_quantity)] if present.HasField("baseline_quantity") else []
        used = f"{quantity(value, places([value, *baseline]))} {present.units}"
    return TermsRow(
        label=present.label,
        used=used,
        present_terms=_terms(present),
        present_charge=money(present.amount),
        offered_terms=_terms(offered),
        offered_charge=money(offered.amount),
        is_changed=_terms(present) != _terms(offered),
    )


def _terms(line: rating_pb2.RatedLine) -> str:
    """Return the terms of a charge in the words of its line, without the label that stands before them."""
    return line.charge_text.removeprefix(line.label).lstrip(": ")

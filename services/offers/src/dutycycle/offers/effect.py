"""What offers did: shown, opened, answered; those treated against those held out; savings promised and realised."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import NormalDist, fmean, variance

from dutycycle.kit.money import Money, total
from dutycycle.kit.quantity import EXACT, plain, round_to_scale
from dutycycle.offers.answer import Answer, AnswerKind
from dutycycle.offers.comparison import MonthComparison

LEAST_GROUP = 10
"""With fewer customers in either group no difference is told."""
_CONFIDENCE = 0.975
_RETAINED_SHARE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one invoice carried or withheld."""

    decision: str
    customer: str
    period_start: date
    subject: str
    """Id of what was offered; empty if nothing was."""
    withheld_subject: str
    """Id of what would have been, had the customer not been held out."""
    opened: bool


@dataclass(frozen=True, slots=True)
class CustomerMonth:
    """What a customer used and was billed in a month."""

    start: date
    used: Decimal
    cost: Decimal
    """Major units."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of means with its interval, percent."""

    mean: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class SubjectEffect:
    """What offering one program or product did. Counts are of customers."""

    subject: str
    shown: int
    opened: int
    accepted: int
    declined: int
    held_out: int
    revenue: Difference | None
    """Change of what treated customers are billed, less that of those held out; None: not enough data."""
    retained_percent: Decimal | None
    held_out_retained_percent: Decimal | None
    conclusion: str


@dataclass(frozen=True, slots=True)
class RealisedSaving:
    """What an accepted offer promised, and the months billed since on both terms."""

    answer: Answer
    promised_monthly: Money
    months: tuple[MonthComparison, ...]

    @property
    def realised(self) -> Money:
        savings = [month.present_cost - month.offered_cost for month in self.months]
        return total(savings, self.promised_monthly.currency)

    @property
    def realised_monthly(self) -> Money:
        """Return the mean of a month; zero before the first."""
        mean = EXACT.divide(self.realised.amount, Decimal(max(1, len(self.months))))
        return Money(mean, self.promised_monthly.currency).rounded()


def measure(
    exposures: Sequence[Exposure],
    answers: Collection[Answer],
    months: Mapping[str, Sequence[CustomerMonth]],
) -> list[SubjectEffect]:
    """Measure each subject that was shown or withheld; `months` are each customer's, oldest first."""
    said = {answer.decision: answer.kind for answer in answers}
    subjects = sorted({e.subject or e.withheld_subject for e in exposures} - {""})
    return [_measure(subject, exposures, said, months) for subject in subjects]


def _measure(
    subject: str,
    exposures: Sequence[Exposure],
    said: Mapping[str, AnswerKind],
    months: Mapping[str, Sequence[CustomerMonth]],
) -> SubjectEffect:
    shown = [e for e in exposures if e.subject == subject]
    withheld = [e for e in exposures if e.withheld_subject == subject]
    treated, held_out = _first_times(shown), _first_times(withheld)
    changes = [_changes(group, months) for group in (treated, held_out)]
    difference = _difference(*changes)
    return SubjectEffect(
        subject=subject,
        shown=len(treated),
        opened=len({e.customer for e in shown if e.opened}),
        accepted=len({e.customer for e in shown if said.get(e.decision) is AnswerKind.ACCEPTED}),
        declined=len({e.customer for e in shown if said.get(e.decision) is AnswerKind.DECLINED}),
        held_out=len(held_out),
        revenue=difference,
        retained_percent=_retained_percent(treated, months),
        held_out_retained_percent=_retained_percent(held_out, months),
        conclusion=_conclusion(difference, len(changes[0]), len(changes[1])),
    )


def _first_times(exposures: Sequence[Exposure]) -> dict[str, date]:
    """Return when each customer was concerned for the first time."""
    first: dict[str, date] = {}
    for exposure in exposures:
        first[exposure.customer] = min(exposure.period_start, first.get(exposure.customer, date.max))
    return first


def _changes(group: Mapping[str, date], months: Mapping[str, Sequence[CustomerMonth]]) -> list[float]:
    """Return each customer's change of the mean monthly bill after against up to the first time, percent."""
    changes: list[float] = []
    for customer, first in group.items():
        before = [float(month.cost) for month in months.get(customer, ()) if month.start <= first]
        after = [float(month.cost) for month in months.get(customer, ()) if month.start > first]
        if before and after and fmean(before) > 0:
            changes.append(100 * fmean(after) / fmean(before) - 100)
    return changes


def _difference(treated: Sequence[float], held_out: Sequence[float]) -> Difference | None:
    """Return the difference of two means with the 95 % interval of Welch; None for small groups."""
    if min(len(treated), len(held_out)) < LEAST_GROUP:
        return None
    parts = [variance(values) / len(values) for values in (treated, held_out)]
    error = sum(parts)
    mean = fmean(treated) - fmean(held_out)
    if error == 0:
        return Difference(*[_tenths(mean)] * 3)
    freedom = error**2 / sum(
        part**2 / (len(values) - 1) for part, values in zip(parts, (treated, held_out), strict=True)
    )
    reach = _student(freedom) * error**0.5
    return Difference(_tenths(mean), _tenths(mean - reach), _tenths(mean + reach))


def _student(freedom: float) -> float:
    """Return the 97.5 % quantile of Student's t from that of the normal (Cornish-Fisher, three terms).

    From nine degrees of freedom on, the least there is here, it is within 0.001 of the true one.
    """
    z = NormalDist().inv_cdf(_CONFIDENCE)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def _retained_percent(group: Mapping[str, date], months: Mapping[str, Sequence[CustomerMonth]]) -> Decimal | None:
    """Return the share of customers whose last month has at least half the use of the month of the first time."""
    kept, known = 0, 0
    for customer, first in group.items():
        before = next((month.used for month in months.get(customer, ()) if month.start == first), None)
        if before is None or not months[customer]:
            continue
        known += 1
        kept += months[customer][-1].used >= before * _RETAINED_SHARE
    return round_to_scale(EXACT.divide(Decimal(100 * kept), Decimal(known)), 1) if known else None


def _conclusion(difference: Difference | None, treated: int, held_out: int) -> str:
    sizes = f"{treated} treated and {held_out} held out with months before and after"
    if difference is None:
        return f"Not enough data: {sizes}; a difference is told from {LEAST_GROUP} of each."
    span = f"{plain(difference.low)} % to {plain(difference.high)} %"
    verdict = "no difference beyond chance" if difference.low <= 0 <= difference.high else "a difference beyond chance"
    change = f"Bills of those treated changed by {plain(difference.mean)} points against the others ({span}, 95 %)"
    return f"{change}: {verdict}; {sizes}."


def _tenths(value: float) -> Decimal:
    return round_to_scale(Decimal(str(value)), 1)

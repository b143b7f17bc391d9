"""The rating pipeline: one readable tuple of stages.

Every stage reads a draft and adds its steps. The price comes from the core; a line whose steps do not add up to it is
never given out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from dutycycle.charge.charge import Charge, charge_text, rate_text
from dutycycle.charge.price import PerUnit
from dutycycle.kit.fraction import to_decimal
from dutycycle.kit.money import minor_digits
from dutycycle.rating import core, oracle
from dutycycle.rating.allocation import Share, split_amount
from dutycycle.rating.draft import Draft
from dutycycle.rating.errors import UnexplainedLineError
from dutycycle.rating.line import Pool, RatedLine
from dutycycle.rating.quantity import priced_one_by_one
from dutycycle.rating.reading import Reading
from dutycycle.rating.settlement import settled
from dutycycle.rating.stage.adjust import adjust
from dutycycle.rating.stage.baseline import baseline
from dutycycle.rating.stage.bound import bound
from dutycycle.rating.stage.measure import measure
from dutycycle.rating.stage.price import price
from dutycycle.rating.stage.quantify import quantify
from dutycycle.rating.stage.rounding import round_amount

Stage = Callable[[Draft], None]

PIPELINE: tuple[Stage, ...] = (measure, quantify, baseline, price, adjust, bound, round_amount)
"""What happens to a reading, in order. Where a charge is settled over several lines or periods, each passes it."""


def rate_line(charge: Charge, reading: Reading, currency: str, core_name: str = core.CORE_NAME) -> RatedLine:
    """Rate one line. Raises InvalidReadingError."""
    reading.check(charge)

    def rate(subject: Charge, of: Reading) -> Draft:
        return _draft(subject, of, currency, core_name)

    draft = settled(charge, reading, rate)
    if core_name == "python":
        _hold_against_oracle(charge, reading, draft)
    return _line(charge, draft)


def _draft(charge: Charge, reading: Reading, currency: str, core_name: str) -> Draft:
    """Let a reading pass the stages."""
    standing = charge.in_period(reading.number, reading.period)
    if reading.history:
        # Earlier periods were priced before this one's escalation, so they keep the charge as it was agreed.
        earlier = tuple(replace(each, charge=each.charge or charge) for each in reading.history)
        reading = replace(reading, history=earlier)
    draft = Draft(standing, reading, currency, charge.words(currency), core_name)
    for stage in PIPELINE:
        stage(draft)
    return draft


def _hold_against_oracle(charge: Charge, reading: Reading, draft: Draft) -> None:
    """Compare with the twin that is written from the definitions. Raises UnexplainedLineError."""
    expected = oracle.amount(charge, reading, draft.currency)
    if draft.billed != expected:
        raise UnexplainedLineError(charge.id, str(draft.billed), str(expected))


def _line(charge: Charge, draft: Draft) -> RatedLine:
    standing, agreed = draft.charge, draft.charge.baseline
    measured = charge.measure is not None
    model = standing.price.model
    billable = Fraction(0) if draft.portion is None else draft.portion.quantity
    compared = agreed is not None and agreed.quantity is not None and draft.agreed is not None
    return RatedLine(
        charge=charge.id,
        label=charge.label,
        kind=charge.kind,
        currency=draft.currency,
        amount=draft.amount,
        exact=draft.exact,
        rounded=charge.round_to(draft.currency).mode is not None,
        steps=tuple(draft.steps),
        charge_text=charge_text(charge, draft.currency),
        rate_text=rate_text(standing, draft.currency),
        units=draft.words.units if measured else "",
        baseline_quantity=to_decimal(draft.agreed) if compared and draft.agreed is not None else None,
        used_quantity=to_decimal(draft.used) if measured else None,
        adjustment_quantity=to_decimal(draft.used - draft.agreed) if compared and draft.agreed is not None else None,
        billable_quantity=to_decimal(billable) if draft.portion is not None and measured else None,
        unit_amount=model.price_of(billable) if isinstance(model, PerUnit) and model.per == 1 else None,
        parties=_parties(charge, draft),
        pool=_pool(charge, draft),
    )


def _parties(charge: Charge, draft: Draft) -> tuple[Share, ...]:
    """Split the amount between those who pay it."""
    return split_amount(draft.amount, charge.adjust, _scale(charge, draft)) if charge.adjust.split else ()


def _pool(charge: Charge, draft: Draft) -> Pool | None:
    """Return what the amount of a pool may be allocated to."""
    if not draft.reading.entries or priced_one_by_one(charge):
        return None
    return Pool(charge, draft.reading, _scale(charge, draft))


def _scale(charge: Charge, draft: Draft) -> int:
    """Return the digits after the point of shares: those of the line, or of the currency."""
    rule = charge.round_to(draft.currency)
    return minor_digits(draft.currency) if rule.mode is None else rule.scale

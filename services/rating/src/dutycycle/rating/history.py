"""What earlier periods leave to later ones: carried allowance, moved commitments, prepaid stock.

Nothing of this is stored: it is derived from the readings of the periods before, whenever a line is rated. So a
correction of an earlier period changes whatever depended on it, and a line rated again is the same line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dutycycle.charge.adjust import ProratedPart
from dutycycle.charge.baseline import LOOK_BACK, Baseline, Carry, Ratchet
from dutycycle.charge.charge import Charge
from dutycycle.charge.curve import ZERO, cost
from dutycycle.charge.portion import Portion
from dutycycle.charge.price import Prepaid
from dutycycle.rating.quantity import asset_baselines, billed_quantity
from dutycycle.rating.reading import Reading
from dutycycle.rating.share import share_of


@dataclass(slots=True)
class Lot:
    """Something left over from one period."""

    left: Fraction
    last: int | None
    """Number of the last period in which it may be used; None: without end."""


def agreed_quantity(charge: Charge, reading: Reading) -> Fraction:
    """Return what is agreed for the period of a reading alone: quantity or money, cut to the time in force.

    An earlier period is taken on the terms that were in force in it.
    """
    if reading.agreed is not None:
        return reading.agreed
    charge = reading.charge or charge
    agreed = charge.baseline
    if agreed is None:
        return ZERO
    figure = Fraction((agreed.amount if agreed.quantity is None else agreed.quantity) or 0)
    if charge.pools_known_assets:
        figure = sum(asset_baselines(agreed, reading, reading.in_service).values(), ZERO)
    elif agreed.by_asset:
        figure *= reading.assets
    return figure * share_of(charge, ProratedPart.BASELINE, reading.stretches)


def carried(charge: Charge, agreed: Baseline, carry: Carry, reading: Reading) -> Fraction:
    """Return the unused allowance that reaches a period, oldest first and no more than the cap."""
    lots: list[Lot] = []
    for earlier in reading.history:
        own = agreed_quantity(charge, earlier)
        lots = _usable(lots, earlier.number, carry)
        # What a correction takes back from a period leaves no more than its own allowance.
        need = _take(lots, max(ZERO, _drawn(earlier.charge or charge, agreed, earlier)))
        lots.append(Lot(max(ZERO, own - need), earlier.number + carry.periods))
    return sum((lot.left for lot in _usable(lots, reading.number, carry)), ZERO)


def _drawn(charge: Charge, agreed: Baseline, reading: Reading) -> Fraction:
    """Return what a period draws from its allowance: the quantity used, or what it costs where money was agreed."""
    used = billed_quantity(charge, reading)
    if agreed.quantity is not None:
        return used
    model = charge.in_period(reading.number, reading.period).price.model
    return cost(model.evaluations(Portion(used, entries=reading.entries)))


def _usable(lots: list[Lot], number: int, carry: Carry) -> list[Lot]:
    """Return what may be used in a period; beyond the cap the newest is lost."""
    kept, room = [], None if carry.cap is None else Fraction(carry.cap)
    for lot in lots:
        if lot.left <= 0 or (lot.last is not None and lot.last < number):
            continue
        left = lot.left if room is None else min(lot.left, room)
        room = None if room is None else room - left
        kept.append(Lot(left, lot.last))
    return kept


def _take(lots: list[Lot], need: Fraction) -> Fraction:
    """Use lots up in their order; return what they do not meet."""
    for lot in lots:
        used = min(lot.left, max(ZERO, need))
        lot.left -= used
        need -= used
    return need


def ratcheted(charge: Charge, original: Fraction, ratchet: Ratchet, reading: Reading) -> Fraction:
    """Return the commitment of a period after the growth, and the slow fall, of those before."""
    commitment, uses = original, list[Fraction]()
    for earlier in reading.history:
        use = billed_quantity(earlier.charge or charge, earlier)
        uses.append(use)
        if use >= commitment:
            commitment = use
        elif ratchet.shrink is not None:
            recent = max(uses[-(ratchet.look_back or LOOK_BACK) :])
            commitment = min(commitment, max(original, (1 - Fraction(ratchet.shrink)) * recent))
    return commitment


def stock(charge: Charge, model: Prepaid, reading: Reading) -> Fraction:
    """Return the units of prepaid blocks that are left for a period."""
    lots: list[Lot] = []
    for earlier in reading.history:
        lots = list(_unexpired(lots, earlier.number))
        used = max(ZERO, billed_quantity(charge, earlier))
        bought = model.bought(used, sum((lot.left for lot in lots), ZERO))
        last = earlier.number + model.expires_after_periods - 1 if model.expires_after_periods else None
        lots.append(Lot(bought * Fraction(model.block_size), last))
        _take(lots, used)
    return sum((lot.left for lot in _unexpired(lots, reading.number)), ZERO)


def _unexpired(lots: list[Lot], number: int) -> Iterator[Lot]:
    return (lot for lot in lots if lot.left > 0 and (lot.last is None or lot.last >= number))

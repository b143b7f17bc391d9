"""Charges that are one curve over the billed quantity, so that columns of lines are rated at once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from dutycycle.charge.adjust import Adjust, RoundingAt, Settle
from dutycycle.charge.baseline import Baseline
from dutycycle.charge.charge import Charge, PriceOn
from dutycycle.charge.curve import ZERO, Curve, Piece
from dutycycle.charge.price import CurvePrice, Flat, Graduated, PerUnit
from dutycycle.rating.quantity import priced_one_by_one


def curve_of(charge: Charge) -> Curve | None:
    """Return the curve of a charge over the quantity used, or None where its lines depend on more than that.

    Baselines that carry, move or are for several periods depend on earlier ones; a matrix, discounts or a split on
    more than a quantity. Such charges are rated line by line.
    """
    model = charge.price.model
    if not isinstance(model, CurvePrice) or charge.covers or priced_one_by_one(charge):
        return None
    if charge.adjust != Adjust() or charge.settle != Settle() or not _rounds_the_line(charge):
        return None
    if isinstance(model, Flat) and (model.stepped or model.seasonal):
        return None
    if isinstance(model, Graduated) and model.table.prorate_changes:
        return None
    if charge.baseline is None or charge.price.on is PriceOn.ALL:
        return model.curve()
    return _against(charge, model, charge.baseline)


def _rounds_the_line(charge: Charge) -> bool:
    return charge.rounding is None or charge.rounding.at is RoundingAt.LINE


def _against(charge: Charge, model: CurvePrice, agreed: Baseline) -> Curve | None:
    """Return the curve with the baseline worked in."""
    if agreed != Baseline(agreed.quantity, agreed.basis) or agreed.quantity is None:
        return None
    quantity, curve, on = Fraction(agreed.quantity), model.curve(), charge.price.on
    if on is PriceOn.DIFFERENCE:
        return curve.shifted(quantity)
    if on is PriceOn.ABOVE:
        return curve.without_credit().shifted(quantity)
    if on is PriceOn.BELOW:
        if not isinstance(model, PerUnit):
            return None
        slope = curve.pieces[-1].slope
        return Curve((Piece(quantity, slope * quantity, -slope), Piece(None, ZERO, ZERO)))
    if curve.packages is not None:
        return None
    level = Piece(quantity, curve.at(quantity), ZERO)
    if on is PriceOn.AT_LEAST:
        return replace(curve, pieces=(level, *(p for p in curve.pieces if p.upper is None or p.upper > quantity)))
    below = [piece for piece in curve.pieces if piece.upper is not None and piece.upper < quantity]
    last = next(piece for piece in curve.pieces if piece.upper is None or piece.upper >= quantity)
    return replace(curve, pieces=(*below, replace(last, upper=quantity, closed=True), replace(level, upper=None)))

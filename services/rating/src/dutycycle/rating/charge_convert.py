"""Charges from the API to the domain."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from google.type.decimal_pb2 import Decimal as DecimalProto

from dutycycle.api.contracts.v1 import charge_pb2
from dutycycle.kit.quantity import Rounding
from dutycycle.rating.charge import (
    Aggregation,
    Baseline,
    Bound,
    Cadence,
    Charge,
    Measure,
    Price,
    PriceOn,
    Quantify,
    RoundTo,
)
from dutycycle.rating.errors import InvalidChargeError
from dutycycle.rating.price import Commitment, Flat, Graduated, Package, PerUnit, PriceModel, Tier, TierTable, Volume
from dutycycle.runtime.wire import decimal_from_proto, invalid

_Number = TypeVar("_Number", bound=int)
_Choice = TypeVar("_Choice")
_WithDecimals = (
    charge_pb2.Quantify
    | charge_pb2.Bound
    | charge_pb2.PerUnit
    | charge_pb2.Tiered
    | charge_pb2.Tier
    | charge_pb2.Package
)
NOTHING = Decimal(0)

_AGGREGATIONS = {
    charge_pb2.AGGREGATION_SUM: Aggregation.SUM,
    charge_pb2.AGGREGATION_ASSETS_ACTIVE: Aggregation.ASSETS_ACTIVE,
}
_SIDES = {
    charge_pb2.PRICE_ON_UNSPECIFIED: PriceOn.ALL,
    charge_pb2.PRICE_ON_ALL: PriceOn.ALL,
    charge_pb2.PRICE_ON_ABOVE: PriceOn.ABOVE,
    charge_pb2.PRICE_ON_DIFFERENCE: PriceOn.DIFFERENCE,
}
_CADENCES = {
    charge_pb2.CADENCE_UNSPECIFIED: Cadence.IN_ARREARS,
    charge_pb2.CADENCE_IN_ARREARS: Cadence.IN_ARREARS,
    charge_pb2.CADENCE_IN_ADVANCE: Cadence.IN_ADVANCE,
}
_DIRECTIONS = {
    charge_pb2.ROUNDING_MODE_UNSPECIFIED: Rounding.HALF_UP,
    charge_pb2.ROUNDING_MODE_HALF_UP: Rounding.HALF_UP,
    charge_pb2.ROUNDING_MODE_UP: Rounding.UP,
    charge_pb2.ROUNDING_MODE_DOWN: Rounding.DOWN,
    charge_pb2.ROUNDING_MODE_CEILING: Rounding.CEILING,
    charge_pb2.ROUNDING_MODE_FLOOR: Rounding.FLOOR,
}
_DROPS_STARTED = {
    charge_pb2.ROUNDING_MODE_UNSPECIFIED: False,
    charge_pb2.ROUNDING_MODE_UP: False,
    charge_pb2.ROUNDING_MODE_DOWN: True,
}


def charge_from_proto(message: charge_pb2.Charge, field: str) -> Charge:
    """Read a charge. Raises InvalidInputError naming every wrong field, below `field`."""
    measure = _measure_from_proto(message.measure, f"{field}.measure") if message.HasField("measure") else None
    baseline = _baseline_from_proto(message.baseline, f"{field}.baseline") if message.HasField("baseline") else None
    rounding = _round_to_from_proto(message.rounding, f"{field}.rounding") if message.HasField("rounding") else None
    quantify = _quantify_from_proto(message.quantify, f"{field}.quantify")
    price = _price_from_proto(message.price, f"{field}.price")
    bound = Bound(_optional(message.bound, "minimum", f"{field}.bound"))
    cadence = _chosen(_CADENCES, message.cadence, f"{field}.cadence")
    try:
        return Charge(message.id, message.label, price, measure, quantify, baseline, bound, cadence, rounding)
    except InvalidChargeError as error:
        raise error.within(field) from None


def _measure_from_proto(message: charge_pb2.Measure, field: str) -> Measure:
    return Measure(_chosen(_AGGREGATIONS, message.aggregation, f"{field}.aggregation"), message.meter)


def _quantify_from_proto(message: charge_pb2.Quantify, field: str) -> Quantify:
    divide_by = _optional(message, "divide_by", field)
    return Quantify(
        Decimal(1) if divide_by is None else divide_by,
        _optional(message, "increment", field),
        _chosen(_DIRECTIONS, message.mode, f"{field}.mode"),
        message.unit,
        message.units or message.unit,
    )


def _baseline_from_proto(message: charge_pb2.Baseline, field: str) -> Baseline:
    return Baseline(decimal_from_proto(message.quantity, f"{field}.quantity"), message.basis)


def _round_to_from_proto(message: charge_pb2.Rounding, field: str) -> RoundTo:
    if message.mode == charge_pb2.ROUNDING_MODE_NONE:
        return RoundTo(message.scale, None)
    return RoundTo(message.scale, _chosen(_DIRECTIONS, message.mode, f"{field}.mode"))


def _price_from_proto(message: charge_pb2.Price, field: str) -> Price:
    on = _chosen(_SIDES, message.on, f"{field}.on")
    model = message.WhichOneof("model")
    if model is None:
        raise invalid(field, "sets no model; set exactly one")
    return Price(_model_from_proto(message, model, f"{field}.{model}"), on)


def _model_from_proto(message: charge_pb2.Price, model: str, field: str) -> PriceModel:
    if model == "flat":
        return Flat(decimal_from_proto(message.flat.amount, f"{field}.amount"))
    if model == "per_unit":
        unit_amount = decimal_from_proto(message.per_unit.unit_amount, f"{field}.unit_amount")
        return PerUnit(unit_amount, _optional(message.per_unit, "credit_unit_amount", field))
    if model == "graduated":
        return Graduated(_table_from_proto(message.graduated, field))
    if model == "volume":
        return Volume(_table_from_proto(message.volume, field))
    if model == "package":
        return _package_from_proto(message.package, field)
    amount = decimal_from_proto(message.commitment.amount, f"{field}.amount")
    return Commitment(amount, tuple(message.commitment.covers))


def _table_from_proto(message: charge_pb2.Tiered, field: str) -> TierTable:
    tiers = tuple(_tier_from_proto(tier, f"{field}.tiers[{index}]") for index, tier in enumerate(message.tiers))
    return TierTable(tiers, message.flat_at_zero, _optional(message, "base_amount", field) or NOTHING)


def _tier_from_proto(message: charge_pb2.Tier, field: str) -> Tier:
    return Tier(
        _optional(message, "up_to", field),
        _optional(message, "unit_amount", field) or NOTHING,
        _optional(message, "flat_amount", field) or NOTHING,
        _optional(message, "cap_amount", field),
    )


def _package_from_proto(message: charge_pb2.Package, field: str) -> Package:
    return Package(
        decimal_from_proto(message.size, f"{field}.size"),
        decimal_from_proto(message.amount, f"{field}.amount"),
        _optional(message, "free_units", field) or NOTHING,
        message.minimum_packages,
        _chosen(_DROPS_STARTED, message.mode, f"{field}.mode"),
    )


def _optional(message: _WithDecimals, name: str, field: str) -> Decimal | None:
    """Read a decimal that may be absent."""
    part: DecimalProto = getattr(message, name)
    present = any(descriptor.name == name for descriptor, _ in message.ListFields())
    return decimal_from_proto(part, f"{field}.{name}") if present else None


def _chosen(choices: Mapping[_Number, _Choice], value: _Number, field: str) -> _Choice:
    """Translate an enum value. Raises InvalidInputError for one that has no meaning here."""
    if value not in choices:
        raise invalid(field, f"{value} is not a choice here")
    return choices[value]

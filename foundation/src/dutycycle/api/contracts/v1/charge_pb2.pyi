from google.type import decimal_pb2 as _decimal_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Aggregation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGGREGATION_UNSPECIFIED: _ClassVar[Aggregation]
    AGGREGATION_SUM: _ClassVar[Aggregation]
    AGGREGATION_ASSETS_ACTIVE: _ClassVar[Aggregation]

class PriceOn(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRICE_ON_UNSPECIFIED: _ClassVar[PriceOn]
    PRICE_ON_ALL: _ClassVar[PriceOn]
    PRICE_ON_ABOVE: _ClassVar[PriceOn]
    PRICE_ON_DIFFERENCE: _ClassVar[PriceOn]

class Cadence(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CADENCE_UNSPECIFIED: _ClassVar[Cadence]
    CADENCE_IN_ARREARS: _ClassVar[Cadence]
    CADENCE_IN_ADVANCE: _ClassVar[Cadence]

class RoundingMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROUNDING_MODE_UNSPECIFIED: _ClassVar[RoundingMode]
    ROUNDING_MODE_HALF_UP: _ClassVar[RoundingMode]
    ROUNDING_MODE_UP: _ClassVar[RoundingMode]
    ROUNDING_MODE_DOWN: _ClassVar[RoundingMode]
    ROUNDING_MODE_CEILING: _ClassVar[RoundingMode]
    ROUNDING_MODE_FLOOR: _ClassVar[RoundingMode]
    ROUNDING_MODE_NONE: _ClassVar[RoundingMode]
AGGREGATION_UNSPECIFIED: Aggregation
AGGREGATION_SUM: Aggregation
AGGREGATION_ASSETS_ACTIVE: Aggregation
PRICE_ON_UNSPECIFIED: PriceOn
PRICE_ON_ALL: PriceOn
PRICE_ON_ABOVE: PriceOn
PRICE_ON_DIFFERENCE: PriceOn
CADENCE_UNSPECIFIED: Cadence
CADENCE_IN_ARREARS: Cadence
CADENCE_IN_ADVANCE: Cadence
ROUNDING_MODE_UNSPECIFIED: RoundingMode
ROUNDING_MODE_HALF_UP: RoundingMode
ROUNDING_MODE_UP: RoundingMode
ROUNDING_MODE_DOWN: RoundingMode
ROUNDING_MODE_CEILING: RoundingMode
ROUNDING_MODE_FLOOR: RoundingMode
ROUNDING_MODE_NONE: RoundingMode

class Charge(_message.Message):
    __slots__ = ("id", "label", "measure", "quantify", "baseline", "price", "bound", "cadence", "rounding")
    ID_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    MEASURE_FIELD_NUMBER: _ClassVar[int]
    QUANTIFY_FIELD_NUMBER: _ClassVar[int]
    BASELINE_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    BOUND_FIELD_NUMBER: _ClassVar[int]
    CADENCE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_FIELD_NUMBER: _ClassVar[int]
    id: str
    label: str
    measure: Measure
    quantify: Quantify
    baseline: Baseline
    price: Price
    bound: Bound
    cadence: Cadence
    rounding: Rounding
    def __init__(self, id: _Optional[str] = ..., label: _Optional[str] = ..., measure: _Optional[_Union[Measure, _Mapping]] = ..., quantify: _Optional[_Union[Quantify, _Mapping]] = ..., baseline: _Optional[_Union[Baseline, _Mapping]] = ..., price: _Optional[_Union[Price, _Mapping]] = ..., bound: _Optional[_Union[Bound, _Mapping]] = ..., cadence: _Optional[_Union[Cadence, str]] = ..., rounding: _Optional[_Union[Rounding, _Mapping]] = ...) -> None: ...

class Measure(_message.Message):
    __slots__ = ("aggregation", "meter")
    AGGREGATION_FIELD_NUMBER: _ClassVar[int]
    METER_FIELD_NUMBER: _ClassVar[int]
    aggregation: Aggregation
    meter: str
    def __init__(self, aggregation: _Optional[_Union[Aggregation, str]] = ..., meter: _Optional[str] = ...) -> None: ...

class Quantify(_message.Message):
    __slots__ = ("divide_by", "increment", "mode", "unit", "units")
    DIVIDE_BY_FIELD_NUMBER: _ClassVar[int]
    INCREMENT_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    divide_by: _decimal_pb2.Decimal
    increment: _decimal_pb2.Decimal
    mode: RoundingMode
    unit: str
    units: str
    def __init__(self, divide_by: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., increment: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., mode: _Optional[_Union[RoundingMode, str]] = ..., unit: _Optional[str] = ..., units: _Optional[str] = ...) -> None: ...

class Baseline(_message.Message):
    __slots__ = ("quantity", "basis")
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    quantity: _decimal_pb2.Decimal
    basis: str
    def __init__(self, quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., basis: _Optional[str] = ...) -> None: ...

class Price(_message.Message):
    __slots__ = ("on", "flat", "per_unit", "graduated", "volume", "package", "commitment")
    ON_FIELD_NUMBER: _ClassVar[int]
    FLAT_FIELD_NUMBER: _ClassVar[int]
    PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    GRADUATED_FIELD_NUMBER: _ClassVar[int]
    VOLUME_FIELD_NUMBER: _ClassVar[int]
    PACKAGE_FIELD_NUMBER: _ClassVar[int]
    COMMITMENT_FIELD_NUMBER: _ClassVar[int]
    on: PriceOn
    flat: Flat
    per_unit: PerUnit
    graduated: Tiered
    volume: Tiered
    package: Package
    commitment: Commitment
    def __init__(self, on: _Optional[_Union[PriceOn, str]] = ..., flat: _Optional[_Union[Flat, _Mapping]] = ..., per_unit: _Optional[_Union[PerUnit, _Mapping]] = ..., graduated: _Optional[_Union[Tiered, _Mapping]] = ..., volume: _Optional[_Union[Tiered, _Mapping]] = ..., package: _Optional[_Union[Package, _Mapping]] = ..., commitment: _Optional[_Union[Commitment, _Mapping]] = ...) -> None: ...

class Flat(_message.Message):
    __slots__ = ("amount",)
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    amount: _decimal_pb2.Decimal
    def __init__(self, amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class PerUnit(_message.Message):
    __slots__ = ("unit_amount", "credit_unit_amount")
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    unit_amount: _decimal_pb2.Decimal
    credit_unit_amount: _decimal_pb2.Decimal
    def __init__(self, unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., credit_unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Tiered(_message.Message):
    __slots__ = ("tiers", "flat_at_zero", "base_amount")
    TIERS_FIELD_NUMBER: _ClassVar[int]
    FLAT_AT_ZERO_FIELD_NUMBER: _ClassVar[int]
    BASE_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    tiers: _containers.RepeatedCompositeFieldContainer[Tier]
    flat_at_zero: bool
    base_amount: _decimal_pb2.Decimal
    def __init__(self, tiers: _Optional[_Iterable[_Union[Tier, _Mapping]]] = ..., flat_at_zero: bool = ..., base_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Tier(_message.Message):
    __slots__ = ("up_to", "unit_amount", "flat_amount", "cap_amount")
    UP_TO_FIELD_NUMBER: _ClassVar[int]
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FLAT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CAP_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    up_to: _decimal_pb2.Decimal
    unit_amount: _decimal_pb2.Decimal
    flat_amount: _decimal_pb2.Decimal
    cap_amount: _decimal_pb2.Decimal
    def __init__(self, up_to: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., flat_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., cap_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Package(_message.Message):
    __slots__ = ("size", "amount", "free_units", "minimum_packages", "mode")
    SIZE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FREE_UNITS_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_PACKAGES_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    size: _decimal_pb2.Decimal
    amount: _decimal_pb2.Decimal
    free_units: _decimal_pb2.Decimal
    minimum_packages: int
    mode: RoundingMode
    def __init__(self, size: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., free_units: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., minimum_packages: _Optional[int] = ..., mode: _Optional[_Union[RoundingMode, str]] = ...) -> None: ...

class Commitment(_message.Message):
    __slots__ = ("amount", "covers")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    COVERS_FIELD_NUMBER: _ClassVar[int]
    amount: _decimal_pb2.Decimal
    covers: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., covers: _Optional[_Iterable[str]] = ...) -> None: ...

class Bound(_message.Message):
    __slots__ = ("minimum",)
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    minimum: _decimal_pb2.Decimal
    def __init__(self, minimum: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Rounding(_message.Message):
    __slots__ = ("scale", "mode")
    SCALE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    scale: int
    mode: RoundingMode
    def __init__(self, scale: _Optional[int] = ..., mode: _Optional[_Union[RoundingMode, str]] = ...) -> None: ...

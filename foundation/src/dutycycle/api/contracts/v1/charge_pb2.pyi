from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Scope(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SCOPE_UNSPECIFIED: _ClassVar[Scope]
    SCOPE_ASSET: _ClassVar[Scope]
    SCOPE_GROUP: _ClassVar[Scope]
    SCOPE_SCHEDULE: _ClassVar[Scope]
    SCOPE_AGREEMENT: _ClassVar[Scope]
    SCOPE_CUSTOMER: _ClassVar[Scope]

class Aggregation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGGREGATION_UNSPECIFIED: _ClassVar[Aggregation]
    AGGREGATION_SUM: _ClassVar[Aggregation]
    AGGREGATION_ASSETS_ACTIVE: _ClassVar[Aggregation]
    AGGREGATION_COUNT: _ClassVar[Aggregation]
    AGGREGATION_MAX: _ClassVar[Aggregation]
    AGGREGATION_MIN: _ClassVar[Aggregation]
    AGGREGATION_LAST: _ClassVar[Aggregation]
    AGGREGATION_MEAN: _ClassVar[Aggregation]
    AGGREGATION_TIME_WEIGHTED: _ClassVar[Aggregation]
    AGGREGATION_PERCENTILE: _ClassVar[Aggregation]
    AGGREGATION_UNIQUE: _ClassVar[Aggregation]
    AGGREGATION_UNIQUE_DAYS: _ClassVar[Aggregation]
    AGGREGATION_PRORATED_SUM: _ClassVar[Aggregation]
    AGGREGATION_IN_SERVICE_DAYS: _ClassVar[Aggregation]
    AGGREGATION_CONCURRENT_PEAK: _ClassVar[Aggregation]

class BaselinePer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BASELINE_PER_UNSPECIFIED: _ClassVar[BaselinePer]
    BASELINE_PER_POOL: _ClassVar[BaselinePer]
    BASELINE_PER_ASSET: _ClassVar[BaselinePer]
    BASELINE_PER_ASSET_PRORATED: _ClassVar[BaselinePer]

class ToleranceRule(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TOLERANCE_RULE_UNSPECIFIED: _ClassVar[ToleranceRule]
    TOLERANCE_RULE_BEYOND_BAND: _ClassVar[ToleranceRule]
    TOLERANCE_RULE_FROM_BASELINE: _ClassVar[ToleranceRule]

class PriceOn(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRICE_ON_UNSPECIFIED: _ClassVar[PriceOn]
    PRICE_ON_ALL: _ClassVar[PriceOn]
    PRICE_ON_ABOVE: _ClassVar[PriceOn]
    PRICE_ON_DIFFERENCE: _ClassVar[PriceOn]
    PRICE_ON_BELOW: _ClassVar[PriceOn]
    PRICE_ON_WITHIN: _ClassVar[PriceOn]
    PRICE_ON_AT_LEAST: _ClassVar[PriceOn]

class TierBounds(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TIER_BOUNDS_UNSPECIFIED: _ClassVar[TierBounds]
    TIER_BOUNDS_UPPER_INCLUSIVE: _ClassVar[TierBounds]
    TIER_BOUNDS_LOWER_INCLUSIVE: _ClassVar[TierBounds]

class BlockRule(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BLOCK_RULE_UNSPECIFIED: _ClassVar[BlockRule]
    BLOCK_RULE_EVERY_TIER: _ClassVar[BlockRule]
    BLOCK_RULE_TIER_REACHED: _ClassVar[BlockRule]

class MatrixTiers(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MATRIX_TIERS_UNSPECIFIED: _ClassVar[MatrixTiers]
    MATRIX_TIERS_EACH_CELL: _ClassVar[MatrixTiers]
    MATRIX_TIERS_POOLED: _ClassVar[MatrixTiers]
    MATRIX_TIERS_EACH_ENTRY: _ClassVar[MatrixTiers]
    MATRIX_TIERS_IN_ORDER: _ClassVar[MatrixTiers]

class BoundOrder(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BOUND_ORDER_UNSPECIFIED: _ClassVar[BoundOrder]
    BOUND_ORDER_AFTER_DISCOUNTS: _ClassVar[BoundOrder]
    BOUND_ORDER_BEFORE_DISCOUNTS: _ClassVar[BoundOrder]

class SplitTies(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SPLIT_TIES_UNSPECIFIED: _ClassVar[SplitTies]
    SPLIT_TIES_FIRST_LISTED: _ClassVar[SplitTies]
    SPLIT_TIES_BY_NAME: _ClassVar[SplitTies]

class DiscountOrder(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DISCOUNT_ORDER_UNSPECIFIED: _ClassVar[DiscountOrder]
    DISCOUNT_ORDER_AMOUNTS_FIRST: _ClassVar[DiscountOrder]
    DISCOUNT_ORDER_PERCENTAGES_FIRST: _ClassVar[DiscountOrder]
    DISCOUNT_ORDER_AS_LISTED: _ClassVar[DiscountOrder]

class DayCount(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DAY_COUNT_UNSPECIFIED: _ClassVar[DayCount]
    DAY_COUNT_DAYS: _ClassVar[DayCount]
    DAY_COUNT_INCLUSIVE_DAYS: _ClassVar[DayCount]
    DAY_COUNT_SECONDS: _ClassVar[DayCount]
    DAY_COUNT_FIXED_MONTH: _ClassVar[DayCount]

class ProratedPart(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRORATED_PART_UNSPECIFIED: _ClassVar[ProratedPart]
    PRORATED_PART_AMOUNT: _ClassVar[ProratedPart]
    PRORATED_PART_BASELINE: _ClassVar[ProratedPart]
    PRORATED_PART_MINIMUM: _ClassVar[ProratedPart]

class ReconcileSides(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECONCILE_SIDES_UNSPECIFIED: _ClassVar[ReconcileSides]
    RECONCILE_SIDES_BOTH: _ClassVar[ReconcileSides]
    RECONCILE_SIDES_DEBIT: _ClassVar[ReconcileSides]
    RECONCILE_SIDES_CREDIT: _ClassVar[ReconcileSides]

class Cadence(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CADENCE_UNSPECIFIED: _ClassVar[Cadence]
    CADENCE_IN_ARREARS: _ClassVar[Cadence]
    CADENCE_IN_ADVANCE: _ClassVar[Cadence]

class RoundingAt(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROUNDING_AT_UNSPECIFIED: _ClassVar[RoundingAt]
    ROUNDING_AT_LINE: _ClassVar[RoundingAt]
    ROUNDING_AT_STAGE: _ClassVar[RoundingAt]
    ROUNDING_AT_STEP: _ClassVar[RoundingAt]
    ROUNDING_AT_CUMULATIVE: _ClassVar[RoundingAt]
    ROUNDING_AT_DISCOUNT: _ClassVar[RoundingAt]

class RoundingMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROUNDING_MODE_UNSPECIFIED: _ClassVar[RoundingMode]
    ROUNDING_MODE_HALF_UP: _ClassVar[RoundingMode]
    ROUNDING_MODE_UP: _ClassVar[RoundingMode]
    ROUNDING_MODE_DOWN: _ClassVar[RoundingMode]
    ROUNDING_MODE_CEILING: _ClassVar[RoundingMode]
    ROUNDING_MODE_FLOOR: _ClassVar[RoundingMode]
    ROUNDING_MODE_NONE: _ClassVar[RoundingMode]
SCOPE_UNSPECIFIED: Scope
SCOPE_ASSET: Scope
SCOPE_GROUP: Scope
SCOPE_SCHEDULE: Scope
SCOPE_AGREEMENT: Scope
SCOPE_CUSTOMER: Scope
AGGREGATION_UNSPECIFIED: Aggregation
AGGREGATION_SUM: Aggregation
AGGREGATION_ASSETS_ACTIVE: Aggregation
AGGREGATION_COUNT: Aggregation
AGGREGATION_MAX: Aggregation
AGGREGATION_MIN: Aggregation
AGGREGATION_LAST: Aggregation
AGGREGATION_MEAN: Aggregation
AGGREGATION_TIME_WEIGHTED: Aggregation
AGGREGATION_PERCENTILE: Aggregation
AGGREGATION_UNIQUE: Aggregation
AGGREGATION_UNIQUE_DAYS: Aggregation
AGGREGATION_PRORATED_SUM: Aggregation
AGGREGATION_IN_SERVICE_DAYS: Aggregation
AGGREGATION_CONCURRENT_PEAK: Aggregation
BASELINE_PER_UNSPECIFIED: BaselinePer
BASELINE_PER_POOL: BaselinePer
BASELINE_PER_ASSET: BaselinePer
BASELINE_PER_ASSET_PRORATED: BaselinePer
TOLERANCE_RULE_UNSPECIFIED: ToleranceRule
TOLERANCE_RULE_BEYOND_BAND: ToleranceRule
TOLERANCE_RULE_FROM_BASELINE: ToleranceRule
PRICE_ON_UNSPECIFIED: PriceOn
PRICE_ON_ALL: PriceOn
PRICE_ON_ABOVE: PriceOn
PRICE_ON_DIFFERENCE: PriceOn
PRICE_ON_BELOW: PriceOn
PRICE_ON_WITHIN: PriceOn
PRICE_ON_AT_LEAST: PriceOn
TIER_BOUNDS_UNSPECIFIED: TierBounds
TIER_BOUNDS_UPPER_INCLUSIVE: TierBounds
TIER_BOUNDS_LOWER_INCLUSIVE: TierBounds
BLOCK_RULE_UNSPECIFIED: BlockRule
BLOCK_RULE_EVERY_TIER: BlockRule
BLOCK_RULE_TIER_REACHED: BlockRule
MATRIX_TIERS_UNSPECIFIED: MatrixTiers
MATRIX_TIERS_EACH_CELL: MatrixTiers
MATRIX_TIERS_POOLED: MatrixTiers
MATRIX_TIERS_EACH_ENTRY: MatrixTiers
MATRIX_TIERS_IN_ORDER: MatrixTiers
BOUND_ORDER_UNSPECIFIED: BoundOrder
BOUND_ORDER_AFTER_DISCOUNTS: BoundOrder
BOUND_ORDER_BEFORE_DISCOUNTS: BoundOrder
SPLIT_TIES_UNSPECIFIED: SplitTies
SPLIT_TIES_FIRST_LISTED: SplitTies
SPLIT_TIES_BY_NAME: SplitTies
DISCOUNT_ORDER_UNSPECIFIED: DiscountOrder
DISCOUNT_ORDER_AMOUNTS_FIRST: DiscountOrder
DISCOUNT_ORDER_PERCENTAGES_FIRST: DiscountOrder
DISCOUNT_ORDER_AS_LISTED: DiscountOrder
DAY_COUNT_UNSPECIFIED: DayCount
DAY_COUNT_DAYS: DayCount
DAY_COUNT_INCLUSIVE_DAYS: DayCount
DAY_COUNT_SECONDS: DayCount
DAY_COUNT_FIXED_MONTH: DayCount
PRORATED_PART_UNSPECIFIED: ProratedPart
PRORATED_PART_AMOUNT: ProratedPart
PRORATED_PART_BASELINE: ProratedPart
PRORATED_PART_MINIMUM: ProratedPart
RECONCILE_SIDES_UNSPECIFIED: ReconcileSides
RECONCILE_SIDES_BOTH: ReconcileSides
RECONCILE_SIDES_DEBIT: ReconcileSides
RECONCILE_SIDES_CREDIT: ReconcileSides
CADENCE_UNSPECIFIED: Cadence
CADENCE_IN_ARREARS: Cadence
CADENCE_IN_ADVANCE: Cadence
ROUNDING_AT_UNSPECIFIED: RoundingAt
ROUNDING_AT_LINE: RoundingAt
ROUNDING_AT_STAGE: RoundingAt
ROUNDING_AT_STEP: RoundingAt
ROUNDING_AT_CUMULATIVE: RoundingAt
ROUNDING_AT_DISCOUNT: RoundingAt
ROUNDING_MODE_UNSPECIFIED: RoundingMode
ROUNDING_MODE_HALF_UP: RoundingMode
ROUNDING_MODE_UP: RoundingMode
ROUNDING_MODE_DOWN: RoundingMode
ROUNDING_MODE_CEILING: RoundingMode
ROUNDING_MODE_FLOOR: RoundingMode
ROUNDING_MODE_NONE: RoundingMode

class Charge(_message.Message):
    __slots__ = ("id", "label", "measure", "quantify", "baseline", "price", "bound", "cadence", "rounding", "select", "adjust", "settle", "omit_when_zero")
    ID_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    MEASURE_FIELD_NUMBER: _ClassVar[int]
    QUANTIFY_FIELD_NUMBER: _ClassVar[int]
    BASELINE_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    BOUND_FIELD_NUMBER: _ClassVar[int]
    CADENCE_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_FIELD_NUMBER: _ClassVar[int]
    SELECT_FIELD_NUMBER: _ClassVar[int]
    ADJUST_FIELD_NUMBER: _ClassVar[int]
    SETTLE_FIELD_NUMBER: _ClassVar[int]
    OMIT_WHEN_ZERO_FIELD_NUMBER: _ClassVar[int]
    id: str
    label: str
    measure: Measure
    quantify: Quantify
    baseline: Baseline
    price: Price
    bound: Bound
    cadence: Cadence
    rounding: Rounding
    select: Select
    adjust: Adjust
    settle: Settle
    omit_when_zero: bool
    def __init__(self, id: _Optional[str] = ..., label: _Optional[str] = ..., measure: _Optional[_Union[Measure, _Mapping]] = ..., quantify: _Optional[_Union[Quantify, _Mapping]] = ..., baseline: _Optional[_Union[Baseline, _Mapping]] = ..., price: _Optional[_Union[Price, _Mapping]] = ..., bound: _Optional[_Union[Bound, _Mapping]] = ..., cadence: _Optional[_Union[Cadence, str]] = ..., rounding: _Optional[_Union[Rounding, _Mapping]] = ..., select: _Optional[_Union[Select, _Mapping]] = ..., adjust: _Optional[_Union[Adjust, _Mapping]] = ..., settle: _Optional[_Union[Settle, _Mapping]] = ..., omit_when_zero: bool = ...) -> None: ...

class Select(_message.Message):
    __slots__ = ("scope", "schedules", "group")
    SCOPE_FIELD_NUMBER: _ClassVar[int]
    SCHEDULES_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    scope: Scope
    schedules: _containers.RepeatedScalarFieldContainer[str]
    group: str
    def __init__(self, scope: _Optional[_Union[Scope, str]] = ..., schedules: _Optional[_Iterable[str]] = ..., group: _Optional[str] = ...) -> None: ...

class Measure(_message.Message):
    __slots__ = ("aggregation", "meter", "meters", "where", "percentile", "window", "each", "time_of_use", "rolling_periods", "carry_over", "initial_value", "minimum_event", "sets_level", "floor_at_zero")
    AGGREGATION_FIELD_NUMBER: _ClassVar[int]
    METER_FIELD_NUMBER: _ClassVar[int]
    METERS_FIELD_NUMBER: _ClassVar[int]
    WHERE_FIELD_NUMBER: _ClassVar[int]
    PERCENTILE_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    EACH_FIELD_NUMBER: _ClassVar[int]
    TIME_OF_USE_FIELD_NUMBER: _ClassVar[int]
    ROLLING_PERIODS_FIELD_NUMBER: _ClassVar[int]
    CARRY_OVER_FIELD_NUMBER: _ClassVar[int]
    INITIAL_VALUE_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_EVENT_FIELD_NUMBER: _ClassVar[int]
    SETS_LEVEL_FIELD_NUMBER: _ClassVar[int]
    FLOOR_AT_ZERO_FIELD_NUMBER: _ClassVar[int]
    aggregation: Aggregation
    meter: str
    meters: _containers.RepeatedCompositeFieldContainer[WeightedMeter]
    where: _containers.RepeatedCompositeFieldContainer[Filter]
    percentile: _decimal_pb2.Decimal
    window: Window
    each: str
    time_of_use: TimeOfUse
    rolling_periods: int
    carry_over: bool
    initial_value: _decimal_pb2.Decimal
    minimum_event: _decimal_pb2.Decimal
    sets_level: bool
    floor_at_zero: bool
    def __init__(self, aggregation: _Optional[_Union[Aggregation, str]] = ..., meter: _Optional[str] = ..., meters: _Optional[_Iterable[_Union[WeightedMeter, _Mapping]]] = ..., where: _Optional[_Iterable[_Union[Filter, _Mapping]]] = ..., percentile: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., window: _Optional[_Union[Window, _Mapping]] = ..., each: _Optional[str] = ..., time_of_use: _Optional[_Union[TimeOfUse, _Mapping]] = ..., rolling_periods: _Optional[int] = ..., carry_over: bool = ..., initial_value: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., minimum_event: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., sets_level: bool = ..., floor_at_zero: bool = ...) -> None: ...

class WeightedMeter(_message.Message):
    __slots__ = ("meter", "weight")
    METER_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    meter: str
    weight: _decimal_pb2.Decimal
    def __init__(self, meter: _Optional[str] = ..., weight: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Filter(_message.Message):
    __slots__ = ("attribute", "values", "or_absent")
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    OR_ABSENT_FIELD_NUMBER: _ClassVar[int]
    attribute: str
    values: _containers.RepeatedScalarFieldContainer[str]
    or_absent: bool
    def __init__(self, attribute: _Optional[str] = ..., values: _Optional[_Iterable[str]] = ..., or_absent: bool = ...) -> None: ...

class Window(_message.Message):
    __slots__ = ("every", "above", "then")
    EVERY_FIELD_NUMBER: _ClassVar[int]
    ABOVE_FIELD_NUMBER: _ClassVar[int]
    THEN_FIELD_NUMBER: _ClassVar[int]
    every: str
    above: _decimal_pb2.Decimal
    then: Aggregation
    def __init__(self, every: _Optional[str] = ..., above: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., then: _Optional[_Union[Aggregation, str]] = ...) -> None: ...

class TimeOfUse(_message.Message):
    __slots__ = ("bands", "otherwise", "holidays")
    BANDS_FIELD_NUMBER: _ClassVar[int]
    OTHERWISE_FIELD_NUMBER: _ClassVar[int]
    HOLIDAYS_FIELD_NUMBER: _ClassVar[int]
    bands: _containers.RepeatedCompositeFieldContainer[Band]
    otherwise: str
    holidays: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    def __init__(self, bands: _Optional[_Iterable[_Union[Band, _Mapping]]] = ..., otherwise: _Optional[str] = ..., holidays: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ...) -> None: ...

class Band(_message.Message):
    __slots__ = ("name", "weekdays", "from_hour", "to_hour", "months")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WEEKDAYS_FIELD_NUMBER: _ClassVar[int]
    FROM_HOUR_FIELD_NUMBER: _ClassVar[int]
    TO_HOUR_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    name: str
    weekdays: _containers.RepeatedScalarFieldContainer[int]
    from_hour: int
    to_hour: int
    months: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, name: _Optional[str] = ..., weekdays: _Optional[_Iterable[int]] = ..., from_hour: _Optional[int] = ..., to_hour: _Optional[int] = ..., months: _Optional[_Iterable[int]] = ...) -> None: ...

class Quantify(_message.Message):
    __slots__ = ("divide_by", "increment", "mode", "unit", "units", "multiply_by", "at_least", "at_most")
    DIVIDE_BY_FIELD_NUMBER: _ClassVar[int]
    INCREMENT_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    MULTIPLY_BY_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    AT_MOST_FIELD_NUMBER: _ClassVar[int]
    divide_by: _decimal_pb2.Decimal
    increment: _decimal_pb2.Decimal
    mode: RoundingMode
    unit: str
    units: str
    multiply_by: _decimal_pb2.Decimal
    at_least: _decimal_pb2.Decimal
    at_most: _decimal_pb2.Decimal
    def __init__(self, divide_by: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., increment: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., mode: _Optional[_Union[RoundingMode, str]] = ..., unit: _Optional[str] = ..., units: _Optional[str] = ..., multiply_by: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., at_least: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., at_most: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Baseline(_message.Message):
    __slots__ = ("quantity", "basis", "amount", "per", "tolerance", "tolerance_rule", "carry", "window_periods", "ratchet", "assets")
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PER_FIELD_NUMBER: _ClassVar[int]
    TOLERANCE_FIELD_NUMBER: _ClassVar[int]
    TOLERANCE_RULE_FIELD_NUMBER: _ClassVar[int]
    CARRY_FIELD_NUMBER: _ClassVar[int]
    WINDOW_PERIODS_FIELD_NUMBER: _ClassVar[int]
    RATCHET_FIELD_NUMBER: _ClassVar[int]
    ASSETS_FIELD_NUMBER: _ClassVar[int]
    quantity: _decimal_pb2.Decimal
    basis: str
    amount: _decimal_pb2.Decimal
    per: BaselinePer
    tolerance: _decimal_pb2.Decimal
    tolerance_rule: ToleranceRule
    carry: Carry
    window_periods: int
    ratchet: Ratchet
    assets: _containers.RepeatedCompositeFieldContainer[AssetBaseline]
    def __init__(self, quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., basis: _Optional[str] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., per: _Optional[_Union[BaselinePer, str]] = ..., tolerance: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., tolerance_rule: _Optional[_Union[ToleranceRule, str]] = ..., carry: _Optional[_Union[Carry, _Mapping]] = ..., window_periods: _Optional[int] = ..., ratchet: _Optional[_Union[Ratchet, _Mapping]] = ..., assets: _Optional[_Iterable[_Union[AssetBaseline, _Mapping]]] = ...) -> None: ...

class AssetBaseline(_message.Message):
    __slots__ = ("asset", "quantity")
    ASSET_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    asset: str
    quantity: _decimal_pb2.Decimal
    def __init__(self, asset: _Optional[str] = ..., quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Carry(_message.Message):
    __slots__ = ("periods", "cap")
    PERIODS_FIELD_NUMBER: _ClassVar[int]
    CAP_FIELD_NUMBER: _ClassVar[int]
    periods: int
    cap: _decimal_pb2.Decimal
    def __init__(self, periods: _Optional[int] = ..., cap: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Ratchet(_message.Message):
    __slots__ = ("shrink", "look_back")
    SHRINK_FIELD_NUMBER: _ClassVar[int]
    LOOK_BACK_FIELD_NUMBER: _ClassVar[int]
    shrink: _decimal_pb2.Decimal
    look_back: int
    def __init__(self, shrink: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., look_back: _Optional[int] = ...) -> None: ...

class Price(_message.Message):
    __slots__ = ("on", "flat", "per_unit", "graduated", "volume", "package", "commitment", "blocks", "percentage", "matrix", "capacity", "prepaid", "committed", "pass_through")
    ON_FIELD_NUMBER: _ClassVar[int]
    FLAT_FIELD_NUMBER: _ClassVar[int]
    PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    GRADUATED_FIELD_NUMBER: _ClassVar[int]
    VOLUME_FIELD_NUMBER: _ClassVar[int]
    PACKAGE_FIELD_NUMBER: _ClassVar[int]
    COMMITMENT_FIELD_NUMBER: _ClassVar[int]
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    PERCENTAGE_FIELD_NUMBER: _ClassVar[int]
    MATRIX_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    PREPAID_FIELD_NUMBER: _ClassVar[int]
    COMMITTED_FIELD_NUMBER: _ClassVar[int]
    PASS_THROUGH_FIELD_NUMBER: _ClassVar[int]
    on: PriceOn
    flat: Flat
    per_unit: PerUnit
    graduated: Tiered
    volume: Tiered
    package: Package
    commitment: Commitment
    blocks: Blocks
    percentage: Percentage
    matrix: Matrix
    capacity: Capacity
    prepaid: Prepaid
    committed: Committed
    pass_through: PassThrough
    def __init__(self, on: _Optional[_Union[PriceOn, str]] = ..., flat: _Optional[_Union[Flat, _Mapping]] = ..., per_unit: _Optional[_Union[PerUnit, _Mapping]] = ..., graduated: _Optional[_Union[Tiered, _Mapping]] = ..., volume: _Optional[_Union[Tiered, _Mapping]] = ..., package: _Optional[_Union[Package, _Mapping]] = ..., commitment: _Optional[_Union[Commitment, _Mapping]] = ..., blocks: _Optional[_Union[Blocks, _Mapping]] = ..., percentage: _Optional[_Union[Percentage, _Mapping]] = ..., matrix: _Optional[_Union[Matrix, _Mapping]] = ..., capacity: _Optional[_Union[Capacity, _Mapping]] = ..., prepaid: _Optional[_Union[Prepaid, _Mapping]] = ..., committed: _Optional[_Union[Committed, _Mapping]] = ..., pass_through: _Optional[_Union[PassThrough, _Mapping]] = ...) -> None: ...

class Flat(_message.Message):
    __slots__ = ("amount", "stepped", "seasonal", "spread_over_other_months")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    STEPPED_FIELD_NUMBER: _ClassVar[int]
    SEASONAL_FIELD_NUMBER: _ClassVar[int]
    SPREAD_OVER_OTHER_MONTHS_FIELD_NUMBER: _ClassVar[int]
    amount: _decimal_pb2.Decimal
    stepped: _containers.RepeatedCompositeFieldContainer[FlatStep]
    seasonal: _containers.RepeatedCompositeFieldContainer[SeasonalAmount]
    spread_over_other_months: bool
    def __init__(self, amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., stepped: _Optional[_Iterable[_Union[FlatStep, _Mapping]]] = ..., seasonal: _Optional[_Iterable[_Union[SeasonalAmount, _Mapping]]] = ..., spread_over_other_months: bool = ...) -> None: ...

class FlatStep(_message.Message):
    __slots__ = ("from_period", "amount")
    FROM_PERIOD_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    from_period: int
    amount: _decimal_pb2.Decimal
    def __init__(self, from_period: _Optional[int] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class SeasonalAmount(_message.Message):
    __slots__ = ("month", "amount")
    MONTH_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    month: int
    amount: _decimal_pb2.Decimal
    def __init__(self, month: _Optional[int] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class PerUnit(_message.Message):
    __slots__ = ("unit_amount", "credit_unit_amount", "per")
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PER_FIELD_NUMBER: _ClassVar[int]
    unit_amount: _decimal_pb2.Decimal
    credit_unit_amount: _decimal_pb2.Decimal
    per: _decimal_pb2.Decimal
    def __init__(self, unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., credit_unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., per: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Tiered(_message.Message):
    __slots__ = ("tiers", "flat_at_zero", "base_amount", "bounds", "prorate_changes")
    TIERS_FIELD_NUMBER: _ClassVar[int]
    FLAT_AT_ZERO_FIELD_NUMBER: _ClassVar[int]
    BASE_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    BOUNDS_FIELD_NUMBER: _ClassVar[int]
    PRORATE_CHANGES_FIELD_NUMBER: _ClassVar[int]
    tiers: _containers.RepeatedCompositeFieldContainer[Tier]
    flat_at_zero: bool
    base_amount: _decimal_pb2.Decimal
    bounds: TierBounds
    prorate_changes: bool
    def __init__(self, tiers: _Optional[_Iterable[_Union[Tier, _Mapping]]] = ..., flat_at_zero: bool = ..., base_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., bounds: _Optional[_Union[TierBounds, str]] = ..., prorate_changes: bool = ...) -> None: ...

class Tier(_message.Message):
    __slots__ = ("up_to", "unit_amount", "flat_amount", "cap_amount", "size")
    UP_TO_FIELD_NUMBER: _ClassVar[int]
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FLAT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CAP_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    up_to: _decimal_pb2.Decimal
    unit_amount: _decimal_pb2.Decimal
    flat_amount: _decimal_pb2.Decimal
    cap_amount: _decimal_pb2.Decimal
    size: _decimal_pb2.Decimal
    def __init__(self, up_to: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., flat_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., cap_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., size: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

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

class Blocks(_message.Message):
    __slots__ = ("tiers", "rule", "base_amount")
    TIERS_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    BASE_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    tiers: _containers.RepeatedCompositeFieldContainer[BlockTier]
    rule: BlockRule
    base_amount: _decimal_pb2.Decimal
    def __init__(self, tiers: _Optional[_Iterable[_Union[BlockTier, _Mapping]]] = ..., rule: _Optional[_Union[BlockRule, str]] = ..., base_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class BlockTier(_message.Message):
    __slots__ = ("block_size", "max_blocks", "block_amount")
    BLOCK_SIZE_FIELD_NUMBER: _ClassVar[int]
    MAX_BLOCKS_FIELD_NUMBER: _ClassVar[int]
    BLOCK_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    block_size: _decimal_pb2.Decimal
    max_blocks: int
    block_amount: _decimal_pb2.Decimal
    def __init__(self, block_size: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., max_blocks: _Optional[int] = ..., block_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Percentage(_message.Message):
    __slots__ = ("rate_percent", "fixed_amount", "free_events", "free_amount", "event_minimum", "event_maximum")
    RATE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    FIXED_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FREE_EVENTS_FIELD_NUMBER: _ClassVar[int]
    FREE_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EVENT_MINIMUM_FIELD_NUMBER: _ClassVar[int]
    EVENT_MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    rate_percent: _decimal_pb2.Decimal
    fixed_amount: _decimal_pb2.Decimal
    free_events: int
    free_amount: _decimal_pb2.Decimal
    event_minimum: _decimal_pb2.Decimal
    event_maximum: _decimal_pb2.Decimal
    def __init__(self, rate_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., fixed_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., free_events: _Optional[int] = ..., free_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., event_minimum: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., event_maximum: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Matrix(_message.Message):
    __slots__ = ("cells", "otherwise", "tiers", "base_amount")
    CELLS_FIELD_NUMBER: _ClassVar[int]
    OTHERWISE_FIELD_NUMBER: _ClassVar[int]
    TIERS_FIELD_NUMBER: _ClassVar[int]
    BASE_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    cells: _containers.RepeatedCompositeFieldContainer[Cell]
    otherwise: Price
    tiers: MatrixTiers
    base_amount: _decimal_pb2.Decimal
    def __init__(self, cells: _Optional[_Iterable[_Union[Cell, _Mapping]]] = ..., otherwise: _Optional[_Union[Price, _Mapping]] = ..., tiers: _Optional[_Union[MatrixTiers, str]] = ..., base_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Cell(_message.Message):
    __slots__ = ("match", "price")
    MATCH_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    match: _containers.RepeatedCompositeFieldContainer[CellMatch]
    price: Price
    def __init__(self, match: _Optional[_Iterable[_Union[CellMatch, _Mapping]]] = ..., price: _Optional[_Union[Price, _Mapping]] = ...) -> None: ...

class CellMatch(_message.Message):
    __slots__ = ("attribute", "values", "to")
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    FROM_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    attribute: str
    values: _containers.RepeatedScalarFieldContainer[str]
    to: _decimal_pb2.Decimal
    def __init__(self, attribute: _Optional[str] = ..., values: _Optional[_Iterable[str]] = ..., to: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., **kwargs) -> None: ...

class Capacity(_message.Message):
    __slots__ = ("tiers", "base_amount")
    TIERS_FIELD_NUMBER: _ClassVar[int]
    BASE_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    tiers: _containers.RepeatedCompositeFieldContainer[CapacityTier]
    base_amount: _decimal_pb2.Decimal
    def __init__(self, tiers: _Optional[_Iterable[_Union[CapacityTier, _Mapping]]] = ..., base_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class CapacityTier(_message.Message):
    __slots__ = ("limits", "amount")
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    limits: _containers.RepeatedCompositeFieldContainer[CapacityLimit]
    amount: _decimal_pb2.Decimal
    def __init__(self, limits: _Optional[_Iterable[_Union[CapacityLimit, _Mapping]]] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class CapacityLimit(_message.Message):
    __slots__ = ("key", "up_to")
    KEY_FIELD_NUMBER: _ClassVar[int]
    UP_TO_FIELD_NUMBER: _ClassVar[int]
    key: str
    up_to: _decimal_pb2.Decimal
    def __init__(self, key: _Optional[str] = ..., up_to: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Prepaid(_message.Message):
    __slots__ = ("block_size", "block_amount", "expires_after_periods")
    BLOCK_SIZE_FIELD_NUMBER: _ClassVar[int]
    BLOCK_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AFTER_PERIODS_FIELD_NUMBER: _ClassVar[int]
    block_size: _decimal_pb2.Decimal
    block_amount: _decimal_pb2.Decimal
    expires_after_periods: int
    def __init__(self, block_size: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., block_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., expires_after_periods: _Optional[int] = ...) -> None: ...

class Committed(_message.Message):
    __slots__ = ("unit_amount", "quantity", "amount", "overage_factor", "true_up", "covers")
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    OVERAGE_FACTOR_FIELD_NUMBER: _ClassVar[int]
    TRUE_UP_FIELD_NUMBER: _ClassVar[int]
    COVERS_FIELD_NUMBER: _ClassVar[int]
    unit_amount: _decimal_pb2.Decimal
    quantity: _decimal_pb2.Decimal
    amount: _decimal_pb2.Decimal
    overage_factor: _decimal_pb2.Decimal
    true_up: bool
    covers: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., overage_factor: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., true_up: bool = ..., covers: _Optional[_Iterable[str]] = ...) -> None: ...

class PassThrough(_message.Message):
    __slots__ = ("multiplier",)
    MULTIPLIER_FIELD_NUMBER: _ClassVar[int]
    multiplier: _decimal_pb2.Decimal
    def __init__(self, multiplier: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Bound(_message.Message):
    __slots__ = ("minimum", "maximum", "order")
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    minimum: _decimal_pb2.Decimal
    maximum: _decimal_pb2.Decimal
    order: BoundOrder
    def __init__(self, minimum: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., maximum: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., order: _Optional[_Union[BoundOrder, str]] = ...) -> None: ...

class Adjust(_message.Message):
    __slots__ = ("discounts", "order", "escalator", "ramp", "proration", "split", "split_ties", "split_within_weights")
    DISCOUNTS_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    ESCALATOR_FIELD_NUMBER: _ClassVar[int]
    RAMP_FIELD_NUMBER: _ClassVar[int]
    PRORATION_FIELD_NUMBER: _ClassVar[int]
    SPLIT_FIELD_NUMBER: _ClassVar[int]
    SPLIT_TIES_FIELD_NUMBER: _ClassVar[int]
    SPLIT_WITHIN_WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    discounts: _containers.RepeatedCompositeFieldContainer[Discount]
    order: DiscountOrder
    escalator: Escalator
    ramp: _containers.RepeatedCompositeFieldContainer[RampStep]
    proration: Proration
    split: _containers.RepeatedCompositeFieldContainer[PartyShare]
    split_ties: SplitTies
    split_within_weights: bool
    def __init__(self, discounts: _Optional[_Iterable[_Union[Discount, _Mapping]]] = ..., order: _Optional[_Union[DiscountOrder, str]] = ..., escalator: _Optional[_Union[Escalator, _Mapping]] = ..., ramp: _Optional[_Iterable[_Union[RampStep, _Mapping]]] = ..., proration: _Optional[_Union[Proration, _Mapping]] = ..., split: _Optional[_Iterable[_Union[PartyShare, _Mapping]]] = ..., split_ties: _Optional[_Union[SplitTies, str]] = ..., split_within_weights: bool = ...) -> None: ...

class Discount(_message.Message):
    __slots__ = ("percent", "amount", "label")
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    percent: _decimal_pb2.Decimal
    amount: _decimal_pb2.Decimal
    label: str
    def __init__(self, percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., label: _Optional[str] = ...) -> None: ...

class Escalator(_message.Message):
    __slots__ = ("percent", "every_periods", "increment", "mode", "index", "base_index", "floor_percent", "cap_percent")
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    EVERY_PERIODS_FIELD_NUMBER: _ClassVar[int]
    INCREMENT_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    BASE_INDEX_FIELD_NUMBER: _ClassVar[int]
    FLOOR_PERCENT_FIELD_NUMBER: _ClassVar[int]
    CAP_PERCENT_FIELD_NUMBER: _ClassVar[int]
    percent: _decimal_pb2.Decimal
    every_periods: int
    increment: _decimal_pb2.Decimal
    mode: RoundingMode
    index: _containers.RepeatedCompositeFieldContainer[IndexValue]
    base_index: _decimal_pb2.Decimal
    floor_percent: _decimal_pb2.Decimal
    cap_percent: _decimal_pb2.Decimal
    def __init__(self, percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., every_periods: _Optional[int] = ..., increment: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., mode: _Optional[_Union[RoundingMode, str]] = ..., index: _Optional[_Iterable[_Union[IndexValue, _Mapping]]] = ..., base_index: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., floor_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., cap_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class IndexValue(_message.Message):
    __slots__ = ("date", "value")
    DATE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    date: _date_pb2.Date
    value: _decimal_pb2.Decimal
    def __init__(self, date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., value: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class RampStep(_message.Message):
    __slots__ = ("from_period", "share")
    FROM_PERIOD_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    from_period: int
    share: _decimal_pb2.Decimal
    def __init__(self, from_period: _Optional[int] = ..., share: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Proration(_message.Message):
    __slots__ = ("basis", "fixed_month_days", "ratio", "parts", "over")
    BASIS_FIELD_NUMBER: _ClassVar[int]
    FIXED_MONTH_DAYS_FIELD_NUMBER: _ClassVar[int]
    RATIO_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    OVER_FIELD_NUMBER: _ClassVar[int]
    basis: DayCount
    fixed_month_days: int
    ratio: Rounding
    parts: _containers.RepeatedScalarFieldContainer[ProratedPart]
    over: int
    def __init__(self, basis: _Optional[_Union[DayCount, str]] = ..., fixed_month_days: _Optional[int] = ..., ratio: _Optional[_Union[Rounding, _Mapping]] = ..., parts: _Optional[_Iterable[_Union[ProratedPart, str]]] = ..., over: _Optional[int] = ...) -> None: ...

class PartyShare(_message.Message):
    __slots__ = ("party", "weight")
    PARTY_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    party: str
    weight: _decimal_pb2.Decimal
    def __init__(self, party: _Optional[str] = ..., weight: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Settle(_message.Message):
    __slots__ = ("reconcile",)
    RECONCILE_FIELD_NUMBER: _ClassVar[int]
    reconcile: Reconcile
    def __init__(self, reconcile: _Optional[_Union[Reconcile, _Mapping]] = ...) -> None: ...

class Reconcile(_message.Message):
    __slots__ = ("every_periods", "sides", "bill_only_then")
    EVERY_PERIODS_FIELD_NUMBER: _ClassVar[int]
    SIDES_FIELD_NUMBER: _ClassVar[int]
    BILL_ONLY_THEN_FIELD_NUMBER: _ClassVar[int]
    every_periods: int
    sides: ReconcileSides
    bill_only_then: bool
    def __init__(self, every_periods: _Optional[int] = ..., sides: _Optional[_Union[ReconcileSides, str]] = ..., bill_only_then: bool = ...) -> None: ...

class Rounding(_message.Message):
    __slots__ = ("scale", "mode", "at")
    SCALE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    scale: int
    mode: RoundingMode
    at: RoundingAt
    def __init__(self, scale: _Optional[int] = ..., mode: _Optional[_Union[RoundingMode, str]] = ..., at: _Optional[_Union[RoundingAt, str]] = ...) -> None: ...

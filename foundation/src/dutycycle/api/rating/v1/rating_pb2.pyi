import datetime

from dutycycle.api.contracts.v1 import charge_pb2 as _charge_pb2
from dutycycle.api.contracts.v1 import contracts_pb2 as _contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2 as _ingest_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LineKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINE_KIND_UNSPECIFIED: _ClassVar[LineKind]
    LINE_KIND_BASE: _ClassVar[LineKind]
    LINE_KIND_ASSETS: _ClassVar[LineKind]
    LINE_KIND_USAGE: _ClassVar[LineKind]
    LINE_KIND_TOP_UP: _ClassVar[LineKind]
LINE_KIND_UNSPECIFIED: LineKind
LINE_KIND_BASE: LineKind
LINE_KIND_ASSETS: LineKind
LINE_KIND_USAGE: LineKind
LINE_KIND_TOP_UP: LineKind

class BillingPeriod(_message.Message):
    __slots__ = ("start_date", "end_date")
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    def __init__(self, start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class RatedLine(_message.Message):
    __slots__ = ("id", "schedule", "schedule_display_name", "charge", "label", "kind", "service_period", "units", "baseline_quantity", "used_quantity", "adjustment_quantity", "billable_quantity", "rate_text", "amount", "steps", "charge_text", "unit_amount", "parties", "allocations")
    ID_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CHARGE_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SERVICE_PERIOD_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    BASELINE_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    USED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    ADJUSTMENT_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    BILLABLE_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RATE_TEXT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    CHARGE_TEXT_FIELD_NUMBER: _ClassVar[int]
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PARTIES_FIELD_NUMBER: _ClassVar[int]
    ALLOCATIONS_FIELD_NUMBER: _ClassVar[int]
    id: str
    schedule: str
    schedule_display_name: str
    charge: str
    label: str
    kind: LineKind
    service_period: BillingPeriod
    units: str
    baseline_quantity: _decimal_pb2.Decimal
    used_quantity: _decimal_pb2.Decimal
    adjustment_quantity: _decimal_pb2.Decimal
    billable_quantity: _decimal_pb2.Decimal
    rate_text: str
    amount: _money_pb2.Money
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    charge_text: str
    unit_amount: _decimal_pb2.Decimal
    parties: _containers.RepeatedCompositeFieldContainer[Share]
    allocations: _containers.RepeatedCompositeFieldContainer[Share]
    def __init__(self, id: _Optional[str] = ..., schedule: _Optional[str] = ..., schedule_display_name: _Optional[str] = ..., charge: _Optional[str] = ..., label: _Optional[str] = ..., kind: _Optional[_Union[LineKind, str]] = ..., service_period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., units: _Optional[str] = ..., baseline_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., used_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., adjustment_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., billable_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., rate_text: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., charge_text: _Optional[str] = ..., unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., parties: _Optional[_Iterable[_Union[Share, _Mapping]]] = ..., allocations: _Optional[_Iterable[_Union[Share, _Mapping]]] = ...) -> None: ...

class Share(_message.Message):
    __slots__ = ("key", "amount")
    KEY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    key: str
    amount: _decimal_pb2.Decimal
    def __init__(self, key: _Optional[str] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Step(_message.Message):
    __slots__ = ("stage", "text", "quantity", "unit_amount", "amount", "tier", "key")
    STAGE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TIER_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    stage: str
    text: str
    quantity: _decimal_pb2.Decimal
    unit_amount: _decimal_pb2.Decimal
    amount: _decimal_pb2.Decimal
    tier: int
    key: str
    def __init__(self, stage: _Optional[str] = ..., text: _Optional[str] = ..., quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., tier: _Optional[int] = ..., key: _Optional[str] = ...) -> None: ...

class Statement(_message.Message):
    __slots__ = ("customer", "agreement", "agreement_revision", "period", "lines", "total", "period_cost", "assets", "usage_records", "measured")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    AGREEMENT_FIELD_NUMBER: _ClassVar[int]
    AGREEMENT_REVISION_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    PERIOD_COST_FIELD_NUMBER: _ClassVar[int]
    ASSETS_FIELD_NUMBER: _ClassVar[int]
    USAGE_RECORDS_FIELD_NUMBER: _ClassVar[int]
    MEASURED_FIELD_NUMBER: _ClassVar[int]
    customer: str
    agreement: str
    agreement_revision: int
    period: BillingPeriod
    lines: _containers.RepeatedCompositeFieldContainer[RatedLine]
    total: _money_pb2.Money
    period_cost: _money_pb2.Money
    assets: _containers.RepeatedCompositeFieldContainer[AssetUsage]
    usage_records: int
    measured: _containers.RepeatedCompositeFieldContainer[MeasuredUse]
    def __init__(self, customer: _Optional[str] = ..., agreement: _Optional[str] = ..., agreement_revision: _Optional[int] = ..., period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[RatedLine, _Mapping]]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., period_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., assets: _Optional[_Iterable[_Union[AssetUsage, _Mapping]]] = ..., usage_records: _Optional[int] = ..., measured: _Optional[_Iterable[_Union[MeasuredUse, _Mapping]]] = ...) -> None: ...

class MeasuredUse(_message.Message):
    __slots__ = ("schedule", "schedule_display_name", "charge", "kind", "units", "baseline_quantity", "used_quantity")
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CHARGE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    BASELINE_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    USED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    schedule: str
    schedule_display_name: str
    charge: str
    kind: LineKind
    units: str
    baseline_quantity: _decimal_pb2.Decimal
    used_quantity: _decimal_pb2.Decimal
    def __init__(self, schedule: _Optional[str] = ..., schedule_display_name: _Optional[str] = ..., charge: _Optional[str] = ..., kind: _Optional[_Union[LineKind, str]] = ..., units: _Optional[str] = ..., baseline_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., used_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class AssetUsage(_message.Message):
    __slots__ = ("asset", "display_name", "schedule", "schedule_display_name", "placement", "records", "days_active", "quantities", "manufacturer", "model", "last_active_date", "cost_centre")
    class QuantitiesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ASSET_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PLACEMENT_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    DAYS_ACTIVE_FIELD_NUMBER: _ClassVar[int]
    QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    MANUFACTURER_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    LAST_ACTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    COST_CENTRE_FIELD_NUMBER: _ClassVar[int]
    asset: str
    display_name: str
    schedule: str
    schedule_display_name: str
    placement: str
    records: int
    days_active: int
    quantities: _containers.ScalarMap[str, str]
    manufacturer: str
    model: str
    last_active_date: _date_pb2.Date
    cost_centre: str
    def __init__(self, asset: _Optional[str] = ..., display_name: _Optional[str] = ..., schedule: _Optional[str] = ..., schedule_display_name: _Optional[str] = ..., placement: _Optional[str] = ..., records: _Optional[int] = ..., days_active: _Optional[int] = ..., quantities: _Optional[_Mapping[str, str]] = ..., manufacturer: _Optional[str] = ..., model: _Optional[str] = ..., last_active_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., cost_centre: _Optional[str] = ...) -> None: ...

class RateUsageRequest(_message.Message):
    __slots__ = ("charge", "quantity", "currency", "covered_amounts", "charges", "charge_quantities", "records", "period", "zone", "period_number", "history", "entries", "already_billed_amounts", "stretches", "asset_count")
    class CoveredAmountsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class ChargeQuantitiesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class AlreadyBilledAmountsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CHARGE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    COVERED_AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    CHARGE_QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    PERIOD_NUMBER_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    ALREADY_BILLED_AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    STRETCHES_FIELD_NUMBER: _ClassVar[int]
    ASSET_COUNT_FIELD_NUMBER: _ClassVar[int]
    charge: _charge_pb2.Charge
    quantity: _decimal_pb2.Decimal
    currency: str
    covered_amounts: _containers.ScalarMap[str, str]
    charges: _containers.RepeatedCompositeFieldContainer[_charge_pb2.Charge]
    charge_quantities: _containers.ScalarMap[str, str]
    records: _containers.RepeatedCompositeFieldContainer[UsagePoint]
    period: BillingPeriod
    zone: str
    period_number: int
    history: _containers.RepeatedCompositeFieldContainer[PeriodUsage]
    entries: _containers.RepeatedCompositeFieldContainer[UsageEntry]
    already_billed_amounts: _containers.ScalarMap[str, str]
    stretches: _containers.RepeatedCompositeFieldContainer[Stretch]
    asset_count: int
    def __init__(self, charge: _Optional[_Union[_charge_pb2.Charge, _Mapping]] = ..., quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., currency: _Optional[str] = ..., covered_amounts: _Optional[_Mapping[str, str]] = ..., charges: _Optional[_Iterable[_Union[_charge_pb2.Charge, _Mapping]]] = ..., charge_quantities: _Optional[_Mapping[str, str]] = ..., records: _Optional[_Iterable[_Union[UsagePoint, _Mapping]]] = ..., period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., zone: _Optional[str] = ..., period_number: _Optional[int] = ..., history: _Optional[_Iterable[_Union[PeriodUsage, _Mapping]]] = ..., entries: _Optional[_Iterable[_Union[UsageEntry, _Mapping]]] = ..., already_billed_amounts: _Optional[_Mapping[str, str]] = ..., stretches: _Optional[_Iterable[_Union[Stretch, _Mapping]]] = ..., asset_count: _Optional[int] = ...) -> None: ...

class UsagePoint(_message.Message):
    __slots__ = ("occurred_time", "asset", "quantities", "attributes", "id", "removes")
    class QuantitiesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
    ASSET_FIELD_NUMBER: _ClassVar[int]
    QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    REMOVES_FIELD_NUMBER: _ClassVar[int]
    occurred_time: _timestamp_pb2.Timestamp
    asset: str
    quantities: _containers.ScalarMap[str, str]
    attributes: _containers.ScalarMap[str, str]
    id: str
    removes: bool
    def __init__(self, occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., asset: _Optional[str] = ..., quantities: _Optional[_Mapping[str, str]] = ..., attributes: _Optional[_Mapping[str, str]] = ..., id: _Optional[str] = ..., removes: bool = ...) -> None: ...

class PeriodUsage(_message.Message):
    __slots__ = ("period", "quantity", "charge_quantities", "records", "entries", "covered_amounts", "stretches", "asset_count")
    class ChargeQuantitiesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class CoveredAmountsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CHARGE_QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    COVERED_AMOUNTS_FIELD_NUMBER: _ClassVar[int]
    STRETCHES_FIELD_NUMBER: _ClassVar[int]
    ASSET_COUNT_FIELD_NUMBER: _ClassVar[int]
    period: BillingPeriod
    quantity: _decimal_pb2.Decimal
    charge_quantities: _containers.ScalarMap[str, str]
    records: _containers.RepeatedCompositeFieldContainer[UsagePoint]
    entries: _containers.RepeatedCompositeFieldContainer[UsageEntry]
    covered_amounts: _containers.ScalarMap[str, str]
    stretches: _containers.RepeatedCompositeFieldContainer[Stretch]
    asset_count: int
    def __init__(self, period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., charge_quantities: _Optional[_Mapping[str, str]] = ..., records: _Optional[_Iterable[_Union[UsagePoint, _Mapping]]] = ..., entries: _Optional[_Iterable[_Union[UsageEntry, _Mapping]]] = ..., covered_amounts: _Optional[_Mapping[str, str]] = ..., stretches: _Optional[_Iterable[_Union[Stretch, _Mapping]]] = ..., asset_count: _Optional[int] = ...) -> None: ...

class UsageEntry(_message.Message):
    __slots__ = ("key", "quantity", "attributes", "baseline", "charge", "in_service_days")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    KEY_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    BASELINE_FIELD_NUMBER: _ClassVar[int]
    CHARGE_FIELD_NUMBER: _ClassVar[int]
    IN_SERVICE_DAYS_FIELD_NUMBER: _ClassVar[int]
    key: str
    quantity: _decimal_pb2.Decimal
    attributes: _containers.ScalarMap[str, str]
    baseline: _decimal_pb2.Decimal
    charge: str
    in_service_days: int
    def __init__(self, key: _Optional[str] = ..., quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., attributes: _Optional[_Mapping[str, str]] = ..., baseline: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., charge: _Optional[str] = ..., in_service_days: _Optional[int] = ...) -> None: ...

class Stretch(_message.Message):
    __slots__ = ("active", "full")
    ACTIVE_FIELD_NUMBER: _ClassVar[int]
    FULL_FIELD_NUMBER: _ClassVar[int]
    active: BillingPeriod
    full: BillingPeriod
    def __init__(self, active: _Optional[_Union[BillingPeriod, _Mapping]] = ..., full: _Optional[_Union[BillingPeriod, _Mapping]] = ...) -> None: ...

class RateUsageResponse(_message.Message):
    __slots__ = ("line", "lines")
    LINE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    line: RatedLine
    lines: _containers.RepeatedCompositeFieldContainer[RatedLine]
    def __init__(self, line: _Optional[_Union[RatedLine, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[RatedLine, _Mapping]]] = ...) -> None: ...

class PreviewChargeRequest(_message.Message):
    __slots__ = ("charges", "currency", "quantities")
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    charges: _containers.RepeatedCompositeFieldContainer[_charge_pb2.Charge]
    currency: str
    quantities: _containers.RepeatedCompositeFieldContainer[_decimal_pb2.Decimal]
    def __init__(self, charges: _Optional[_Iterable[_Union[_charge_pb2.Charge, _Mapping]]] = ..., currency: _Optional[str] = ..., quantities: _Optional[_Iterable[_Union[_decimal_pb2.Decimal, _Mapping]]] = ...) -> None: ...

class PreviewChargeResponse(_message.Message):
    __slots__ = ("previews", "violations")
    PREVIEWS_FIELD_NUMBER: _ClassVar[int]
    VIOLATIONS_FIELD_NUMBER: _ClassVar[int]
    previews: _containers.RepeatedCompositeFieldContainer[ChargePreview]
    violations: _containers.RepeatedCompositeFieldContainer[Violation]
    def __init__(self, previews: _Optional[_Iterable[_Union[ChargePreview, _Mapping]]] = ..., violations: _Optional[_Iterable[_Union[Violation, _Mapping]]] = ...) -> None: ...

class ChargePreview(_message.Message):
    __slots__ = ("charge", "violations", "charge_text", "rate_text", "units", "samples")
    CHARGE_FIELD_NUMBER: _ClassVar[int]
    VIOLATIONS_FIELD_NUMBER: _ClassVar[int]
    CHARGE_TEXT_FIELD_NUMBER: _ClassVar[int]
    RATE_TEXT_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    SAMPLES_FIELD_NUMBER: _ClassVar[int]
    charge: str
    violations: _containers.RepeatedCompositeFieldContainer[Violation]
    charge_text: str
    rate_text: str
    units: str
    samples: _containers.RepeatedCompositeFieldContainer[SampleCost]
    def __init__(self, charge: _Optional[str] = ..., violations: _Optional[_Iterable[_Union[Violation, _Mapping]]] = ..., charge_text: _Optional[str] = ..., rate_text: _Optional[str] = ..., units: _Optional[str] = ..., samples: _Optional[_Iterable[_Union[SampleCost, _Mapping]]] = ...) -> None: ...

class Violation(_message.Message):
    __slots__ = ("field", "description")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    field: str
    description: str
    def __init__(self, field: _Optional[str] = ..., description: _Optional[str] = ...) -> None: ...

class SampleCost(_message.Message):
    __slots__ = ("quantity", "amount", "unit_amount", "problem")
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    quantity: _decimal_pb2.Decimal
    amount: _money_pb2.Money
    unit_amount: _decimal_pb2.Decimal
    problem: str
    def __init__(self, quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., problem: _Optional[str] = ...) -> None: ...

class RatePeriodsRequest(_message.Message):
    __slots__ = ("customer", "periods", "alternative_terms", "include_assets", "required_watermarks")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIODS_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVE_TERMS_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ASSETS_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_WATERMARKS_FIELD_NUMBER: _ClassVar[int]
    customer: str
    periods: _containers.RepeatedCompositeFieldContainer[BillingPeriod]
    alternative_terms: _contracts_pb2.Agreement
    include_assets: bool
    required_watermarks: _containers.RepeatedCompositeFieldContainer[_ingest_pb2.SourceHead]
    def __init__(self, customer: _Optional[str] = ..., periods: _Optional[_Iterable[_Union[BillingPeriod, _Mapping]]] = ..., alternative_terms: _Optional[_Union[_contracts_pb2.Agreement, _Mapping]] = ..., include_assets: bool = ..., required_watermarks: _Optional[_Iterable[_Union[_ingest_pb2.SourceHead, _Mapping]]] = ...) -> None: ...

class RatePeriodsResponse(_message.Message):
    __slots__ = ("statements",)
    STATEMENTS_FIELD_NUMBER: _ClassVar[int]
    statements: _containers.RepeatedCompositeFieldContainer[Statement]
    def __init__(self, statements: _Optional[_Iterable[_Union[Statement, _Mapping]]] = ...) -> None: ...

class ExplainLineRequest(_message.Message):
    __slots__ = ("customer", "period", "line", "asset", "record_limit")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    ASSET_FIELD_NUMBER: _ClassVar[int]
    RECORD_LIMIT_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: BillingPeriod
    line: str
    asset: str
    record_limit: int
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., line: _Optional[str] = ..., asset: _Optional[str] = ..., record_limit: _Optional[int] = ...) -> None: ...

class ExplainLineResponse(_message.Message):
    __slots__ = ("line", "assets", "records", "records_total")
    LINE_FIELD_NUMBER: _ClassVar[int]
    ASSETS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_TOTAL_FIELD_NUMBER: _ClassVar[int]
    line: RatedLine
    assets: _containers.RepeatedCompositeFieldContainer[AssetUsage]
    records: _containers.RepeatedCompositeFieldContainer[_ingest_pb2.UsageRecord]
    records_total: int
    def __init__(self, line: _Optional[_Union[RatedLine, _Mapping]] = ..., assets: _Optional[_Iterable[_Union[AssetUsage, _Mapping]]] = ..., records: _Optional[_Iterable[_Union[_ingest_pb2.UsageRecord, _Mapping]]] = ..., records_total: _Optional[int] = ...) -> None: ...

class GetWatermarkRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetWatermarkResponse(_message.Message):
    __slots__ = ("folded", "core")
    FOLDED_FIELD_NUMBER: _ClassVar[int]
    CORE_FIELD_NUMBER: _ClassVar[int]
    folded: _containers.RepeatedCompositeFieldContainer[_ingest_pb2.SourceHead]
    core: str
    def __init__(self, folded: _Optional[_Iterable[_Union[_ingest_pb2.SourceHead, _Mapping]]] = ..., core: _Optional[str] = ...) -> None: ...

class Progress(_message.Message):
    __slots__ = ("done", "total", "customer")
    DONE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    done: int
    total: int
    customer: str
    def __init__(self, done: _Optional[int] = ..., total: _Optional[int] = ..., customer: _Optional[str] = ...) -> None: ...

class RateCustomerRequest(_message.Message):
    __slots__ = ("customer", "periods", "include_assets", "required_watermarks")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIODS_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ASSETS_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_WATERMARKS_FIELD_NUMBER: _ClassVar[int]
    customer: str
    periods: _containers.RepeatedCompositeFieldContainer[BillingPeriod]
    include_assets: bool
    required_watermarks: _containers.RepeatedCompositeFieldContainer[_ingest_pb2.SourceHead]
    def __init__(self, customer: _Optional[str] = ..., periods: _Optional[_Iterable[_Union[BillingPeriod, _Mapping]]] = ..., include_assets: bool = ..., required_watermarks: _Optional[_Iterable[_Union[_ingest_pb2.SourceHead, _Mapping]]] = ...) -> None: ...

class RateCustomerResponse(_message.Message):
    __slots__ = ("progress", "period", "statements")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    STATEMENTS_FIELD_NUMBER: _ClassVar[int]
    progress: Progress
    period: BillingPeriod
    statements: _containers.RepeatedCompositeFieldContainer[Statement]
    def __init__(self, progress: _Optional[_Union[Progress, _Mapping]] = ..., period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., statements: _Optional[_Iterable[_Union[Statement, _Mapping]]] = ...) -> None: ...

class RatePortfolioRequest(_message.Message):
    __slots__ = ("period", "customers", "include_assets", "required_watermarks")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    CUSTOMERS_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ASSETS_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_WATERMARKS_FIELD_NUMBER: _ClassVar[int]
    period: BillingPeriod
    customers: _containers.RepeatedScalarFieldContainer[str]
    include_assets: bool
    required_watermarks: _containers.RepeatedCompositeFieldContainer[_ingest_pb2.SourceHead]
    def __init__(self, period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., customers: _Optional[_Iterable[str]] = ..., include_assets: bool = ..., required_watermarks: _Optional[_Iterable[_Union[_ingest_pb2.SourceHead, _Mapping]]] = ...) -> None: ...

class RatePortfolioResponse(_message.Message):
    __slots__ = ("progress", "statements", "error", "totals")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    STATEMENTS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    progress: Progress
    statements: _containers.RepeatedCompositeFieldContainer[Statement]
    error: _status_pb2.Status
    totals: _containers.RepeatedCompositeFieldContainer[PortfolioTotal]
    def __init__(self, progress: _Optional[_Union[Progress, _Mapping]] = ..., statements: _Optional[_Iterable[_Union[Statement, _Mapping]]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ..., totals: _Optional[_Iterable[_Union[PortfolioTotal, _Mapping]]] = ...) -> None: ...

class PortfolioTotal(_message.Message):
    __slots__ = ("total", "period_cost", "customers", "statements", "usage_records")
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    PERIOD_COST_FIELD_NUMBER: _ClassVar[int]
    CUSTOMERS_FIELD_NUMBER: _ClassVar[int]
    STATEMENTS_FIELD_NUMBER: _ClassVar[int]
    USAGE_RECORDS_FIELD_NUMBER: _ClassVar[int]
    total: _money_pb2.Money
    period_cost: _money_pb2.Money
    customers: int
    statements: int
    usage_records: int
    def __init__(self, total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., period_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., customers: _Optional[int] = ..., statements: _Optional[int] = ..., usage_records: _Optional[int] = ...) -> None: ...

class SimulateChargesRequest(_message.Message):
    __slots__ = ("customers", "periods", "alternatives", "include_customers", "histogram_bars")
    CUSTOMERS_FIELD_NUMBER: _ClassVar[int]
    PERIODS_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_CUSTOMERS_FIELD_NUMBER: _ClassVar[int]
    HISTOGRAM_BARS_FIELD_NUMBER: _ClassVar[int]
    customers: _containers.RepeatedScalarFieldContainer[str]
    periods: _containers.RepeatedCompositeFieldContainer[BillingPeriod]
    alternatives: _containers.RepeatedCompositeFieldContainer[AlternativeCharges]
    include_customers: bool
    histogram_bars: int
    def __init__(self, customers: _Optional[_Iterable[str]] = ..., periods: _Optional[_Iterable[_Union[BillingPeriod, _Mapping]]] = ..., alternatives: _Optional[_Iterable[_Union[AlternativeCharges, _Mapping]]] = ..., include_customers: bool = ..., histogram_bars: _Optional[int] = ...) -> None: ...

class AlternativeCharges(_message.Message):
    __slots__ = ("name", "charges", "replacements")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    REPLACEMENTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    charges: _containers.RepeatedCompositeFieldContainer[_charge_pb2.Charge]
    replacements: _containers.RepeatedCompositeFieldContainer[ChargeReplacement]
    def __init__(self, name: _Optional[str] = ..., charges: _Optional[_Iterable[_Union[_charge_pb2.Charge, _Mapping]]] = ..., replacements: _Optional[_Iterable[_Union[ChargeReplacement, _Mapping]]] = ...) -> None: ...

class ChargeReplacement(_message.Message):
    __slots__ = ("schedule", "charge_id", "charge")
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    CHARGE_ID_FIELD_NUMBER: _ClassVar[int]
    CHARGE_FIELD_NUMBER: _ClassVar[int]
    schedule: str
    charge_id: str
    charge: _charge_pb2.Charge
    def __init__(self, schedule: _Optional[str] = ..., charge_id: _Optional[str] = ..., charge: _Optional[_Union[_charge_pb2.Charge, _Mapping]] = ...) -> None: ...

class SimulateChargesResponse(_message.Message):
    __slots__ = ("progress", "present", "alternatives", "customers")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    PRESENT_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    CUSTOMERS_FIELD_NUMBER: _ClassVar[int]
    progress: Progress
    present: _containers.RepeatedCompositeFieldContainer[CostDistribution]
    alternatives: _containers.RepeatedCompositeFieldContainer[AlternativeCost]
    customers: _containers.RepeatedCompositeFieldContainer[CustomerCost]
    def __init__(self, progress: _Optional[_Union[Progress, _Mapping]] = ..., present: _Optional[_Iterable[_Union[CostDistribution, _Mapping]]] = ..., alternatives: _Optional[_Iterable[_Union[AlternativeCost, _Mapping]]] = ..., customers: _Optional[_Iterable[_Union[CustomerCost, _Mapping]]] = ...) -> None: ...

class AlternativeCost(_message.Message):
    __slots__ = ("alternative", "distribution", "difference")
    ALTERNATIVE_FIELD_NUMBER: _ClassVar[int]
    DISTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    alternative: str
    distribution: CostDistribution
    difference: _money_pb2.Money
    def __init__(self, alternative: _Optional[str] = ..., distribution: _Optional[_Union[CostDistribution, _Mapping]] = ..., difference: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class CostDistribution(_message.Message):
    __slots__ = ("count", "total", "mean", "min", "max", "percentiles", "histogram")
    COUNT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    MEAN_FIELD_NUMBER: _ClassVar[int]
    MIN_FIELD_NUMBER: _ClassVar[int]
    MAX_FIELD_NUMBER: _ClassVar[int]
    PERCENTILES_FIELD_NUMBER: _ClassVar[int]
    HISTOGRAM_FIELD_NUMBER: _ClassVar[int]
    count: int
    total: _money_pb2.Money
    mean: _money_pb2.Money
    min: _money_pb2.Money
    max: _money_pb2.Money
    percentiles: _containers.RepeatedCompositeFieldContainer[CostPercentile]
    histogram: _containers.RepeatedCompositeFieldContainer[HistogramBar]
    def __init__(self, count: _Optional[int] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., mean: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., min: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., max: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., percentiles: _Optional[_Iterable[_Union[CostPercentile, _Mapping]]] = ..., histogram: _Optional[_Iterable[_Union[HistogramBar, _Mapping]]] = ...) -> None: ...

class CostPercentile(_message.Message):
    __slots__ = ("percent", "amount")
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    percent: int
    amount: _money_pb2.Money
    def __init__(self, percent: _Optional[int] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class HistogramBar(_message.Message):
    __slots__ = ("to", "count")
    FROM_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    to: _money_pb2.Money
    count: int
    def __init__(self, to: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., count: _Optional[int] = ..., **kwargs) -> None: ...

class CustomerCost(_message.Message):
    __slots__ = ("customer", "present", "alternatives")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PRESENT_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    customer: str
    present: _money_pb2.Money
    alternatives: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    def __init__(self, customer: _Optional[str] = ..., present: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., alternatives: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ...) -> None: ...

class WatchAccrualsRequest(_message.Message):
    __slots__ = ("customer", "period", "interval")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: BillingPeriod
    interval: _duration_pb2.Duration
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class WatchAccrualsResponse(_message.Message):
    __slots__ = ("customer", "period", "as_of", "watermark", "accruals", "totals", "usage_records")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    AS_OF_FIELD_NUMBER: _ClassVar[int]
    WATERMARK_FIELD_NUMBER: _ClassVar[int]
    ACCRUALS_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    USAGE_RECORDS_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: BillingPeriod
    as_of: _timestamp_pb2.Timestamp
    watermark: _ingest_pb2.SourceHead
    accruals: _containers.RepeatedCompositeFieldContainer[Accrual]
    totals: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    usage_records: int
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., as_of: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., watermark: _Optional[_Union[_ingest_pb2.SourceHead, _Mapping]] = ..., accruals: _Optional[_Iterable[_Union[Accrual, _Mapping]]] = ..., totals: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ..., usage_records: _Optional[int] = ...) -> None: ...

class Accrual(_message.Message):
    __slots__ = ("agreement", "use", "label", "amount", "rate_text")
    AGREEMENT_FIELD_NUMBER: _ClassVar[int]
    USE_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    RATE_TEXT_FIELD_NUMBER: _ClassVar[int]
    agreement: str
    use: MeasuredUse
    label: str
    amount: _money_pb2.Money
    rate_text: str
    def __init__(self, agreement: _Optional[str] = ..., use: _Optional[_Union[MeasuredUse, _Mapping]] = ..., label: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., rate_text: _Optional[str] = ...) -> None: ...

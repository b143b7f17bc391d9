from dutycycle.api.contracts.v1 import charge_pb2 as _charge_pb2
from dutycycle.api.contracts.v1 import contracts_pb2 as _contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2 as _ingest_pb2
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
    __slots__ = ("id", "schedule", "schedule_display_name", "charge", "label", "kind", "service_period", "units", "baseline_quantity", "used_quantity", "adjustment_quantity", "billable_quantity", "rate_text", "amount", "steps", "charge_text", "unit_amount")
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
    def __init__(self, id: _Optional[str] = ..., schedule: _Optional[str] = ..., schedule_display_name: _Optional[str] = ..., charge: _Optional[str] = ..., label: _Optional[str] = ..., kind: _Optional[_Union[LineKind, str]] = ..., service_period: _Optional[_Union[BillingPeriod, _Mapping]] = ..., units: _Optional[str] = ..., baseline_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., used_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., adjustment_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., billable_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., rate_text: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., charge_text: _Optional[str] = ..., unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Step(_message.Message):
    __slots__ = ("stage", "text", "quantity", "unit_amount", "amount")
    STAGE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    stage: str
    text: str
    quantity: _decimal_pb2.Decimal
    unit_amount: _decimal_pb2.Decimal
    amount: _decimal_pb2.Decimal
    def __init__(self, stage: _Optional[str] = ..., text: _Optional[str] = ..., quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., unit_amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., amount: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

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
    __slots__ = ("asset", "display_name", "schedule", "schedule_display_name", "placement", "records", "days_active", "quantities", "manufacturer", "model")
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
    def __init__(self, asset: _Optional[str] = ..., display_name: _Optional[str] = ..., schedule: _Optional[str] = ..., schedule_display_name: _Optional[str] = ..., placement: _Optional[str] = ..., records: _Optional[int] = ..., days_active: _Optional[int] = ..., quantities: _Optional[_Mapping[str, str]] = ..., manufacturer: _Optional[str] = ..., model: _Optional[str] = ...) -> None: ...

class RateUsageRequest(_message.Message):
    __slots__ = ("charge", "quantity", "currency", "covered_amounts")
    class CoveredAmountsEntry(_message.Message):
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
    charge: _charge_pb2.Charge
    quantity: _decimal_pb2.Decimal
    currency: str
    covered_amounts: _containers.ScalarMap[str, str]
    def __init__(self, charge: _Optional[_Union[_charge_pb2.Charge, _Mapping]] = ..., quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., currency: _Optional[str] = ..., covered_amounts: _Optional[_Mapping[str, str]] = ...) -> None: ...

class RateUsageResponse(_message.Message):
    __slots__ = ("line",)
    LINE_FIELD_NUMBER: _ClassVar[int]
    line: RatedLine
    def __init__(self, line: _Optional[_Union[RatedLine, _Mapping]] = ...) -> None: ...

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

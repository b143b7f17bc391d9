import datetime

from dutycycle.api.contracts.v1 import contracts_pb2 as _contracts_pb2
from dutycycle.api.rating.v1 import rating_pb2 as _rating_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Segment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEGMENT_UNSPECIFIED: _ClassVar[Segment]
    SEGMENT_HEALTHY: _ClassVar[Segment]
    SEGMENT_CHRONIC_UNDER: _ClassVar[Segment]
    SEGMENT_CHRONIC_OVER: _ClassVar[Segment]
    SEGMENT_NEW: _ClassVar[Segment]
    SEGMENT_VARIABLE: _ClassVar[Segment]

class Treatment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TREATMENT_UNSPECIFIED: _ClassVar[Treatment]
    TREATMENT_NONE: _ClassVar[Treatment]
    TREATMENT_PROGRAM: _ClassVar[Treatment]
    TREATMENT_PRODUCT: _ClassVar[Treatment]
    TREATMENT_BEST_PLAN: _ClassVar[Treatment]

class Tone(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TONE_UNSPECIFIED: _ClassVar[Tone]
    TONE_PLAIN: _ClassVar[Tone]
    TONE_CAREFUL: _ClassVar[Tone]
SEGMENT_UNSPECIFIED: Segment
SEGMENT_HEALTHY: Segment
SEGMENT_CHRONIC_UNDER: Segment
SEGMENT_CHRONIC_OVER: Segment
SEGMENT_NEW: Segment
SEGMENT_VARIABLE: Segment
TREATMENT_UNSPECIFIED: Treatment
TREATMENT_NONE: Treatment
TREATMENT_PROGRAM: Treatment
TREATMENT_PRODUCT: Treatment
TREATMENT_BEST_PLAN: Treatment
TONE_UNSPECIFIED: Tone
TONE_PLAIN: Tone
TONE_CAREFUL: Tone

class Assessment(_message.Message):
    __slots__ = ("customer", "period", "segment", "months", "utilisation_3_percent", "utilisation_12_percent", "trend_percent_per_month", "months_below", "months_above", "shock_percent", "summary")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    UTILISATION_3_PERCENT_FIELD_NUMBER: _ClassVar[int]
    UTILISATION_12_PERCENT_FIELD_NUMBER: _ClassVar[int]
    TREND_PERCENT_PER_MONTH_FIELD_NUMBER: _ClassVar[int]
    MONTHS_BELOW_FIELD_NUMBER: _ClassVar[int]
    MONTHS_ABOVE_FIELD_NUMBER: _ClassVar[int]
    SHOCK_PERCENT_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: _rating_pb2.BillingPeriod
    segment: Segment
    months: _containers.RepeatedCompositeFieldContainer[MonthUse]
    utilisation_3_percent: _decimal_pb2.Decimal
    utilisation_12_percent: _decimal_pb2.Decimal
    trend_percent_per_month: _decimal_pb2.Decimal
    months_below: int
    months_above: int
    shock_percent: _decimal_pb2.Decimal
    summary: str
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., segment: _Optional[_Union[Segment, str]] = ..., months: _Optional[_Iterable[_Union[MonthUse, _Mapping]]] = ..., utilisation_3_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., utilisation_12_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., trend_percent_per_month: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., months_below: _Optional[int] = ..., months_above: _Optional[int] = ..., shock_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., summary: _Optional[str] = ...) -> None: ...

class MonthUse(_message.Message):
    __slots__ = ("period", "baseline_quantity", "used_quantity", "assets_baseline", "assets_active", "cost")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    BASELINE_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    USED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    ASSETS_BASELINE_FIELD_NUMBER: _ClassVar[int]
    ASSETS_ACTIVE_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    period: _rating_pb2.BillingPeriod
    baseline_quantity: _decimal_pb2.Decimal
    used_quantity: _decimal_pb2.Decimal
    assets_baseline: _decimal_pb2.Decimal
    assets_active: _decimal_pb2.Decimal
    cost: _money_pb2.Money
    def __init__(self, period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., baseline_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., used_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., assets_baseline: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., assets_active: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class Decision(_message.Message):
    __slots__ = ("name", "customer", "period", "treatment", "subject", "headline", "why_text", "proof_text", "trade_text", "legal_text", "reason", "candidates", "assessment", "create_time", "tone", "announcement")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    TREATMENT_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    HEADLINE_FIELD_NUMBER: _ClassVar[int]
    WHY_TEXT_FIELD_NUMBER: _ClassVar[int]
    PROOF_TEXT_FIELD_NUMBER: _ClassVar[int]
    TRADE_TEXT_FIELD_NUMBER: _ClassVar[int]
    LEGAL_TEXT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    TONE_FIELD_NUMBER: _ClassVar[int]
    ANNOUNCEMENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    customer: str
    period: _rating_pb2.BillingPeriod
    treatment: Treatment
    subject: str
    headline: str
    why_text: str
    proof_text: str
    trade_text: str
    legal_text: str
    reason: str
    candidates: _containers.RepeatedCompositeFieldContainer[Candidate]
    assessment: Assessment
    create_time: _timestamp_pb2.Timestamp
    tone: Tone
    announcement: str
    def __init__(self, name: _Optional[str] = ..., customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., treatment: _Optional[_Union[Treatment, str]] = ..., subject: _Optional[str] = ..., headline: _Optional[str] = ..., why_text: _Optional[str] = ..., proof_text: _Optional[str] = ..., trade_text: _Optional[str] = ..., legal_text: _Optional[str] = ..., reason: _Optional[str] = ..., candidates: _Optional[_Iterable[_Union[Candidate, _Mapping]]] = ..., assessment: _Optional[_Union[Assessment, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tone: _Optional[_Union[Tone, str]] = ..., announcement: _Optional[str] = ...) -> None: ...

class Candidate(_message.Message):
    __slots__ = ("subject", "treatment", "eligible", "reason", "present_cost", "offered_cost", "customer_saving", "lessor_margin", "months", "terms")
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TREATMENT_FIELD_NUMBER: _ClassVar[int]
    ELIGIBLE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PRESENT_COST_FIELD_NUMBER: _ClassVar[int]
    OFFERED_COST_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_SAVING_FIELD_NUMBER: _ClassVar[int]
    LESSOR_MARGIN_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    subject: str
    treatment: Treatment
    eligible: bool
    reason: str
    present_cost: _money_pb2.Money
    offered_cost: _money_pb2.Money
    customer_saving: _money_pb2.Money
    lessor_margin: _money_pb2.Money
    months: _containers.RepeatedCompositeFieldContainer[MonthComparison]
    terms: _contracts_pb2.Agreement
    def __init__(self, subject: _Optional[str] = ..., treatment: _Optional[_Union[Treatment, str]] = ..., eligible: bool = ..., reason: _Optional[str] = ..., present_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., offered_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., customer_saving: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., lessor_margin: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., months: _Optional[_Iterable[_Union[MonthComparison, _Mapping]]] = ..., terms: _Optional[_Union[_contracts_pb2.Agreement, _Mapping]] = ...) -> None: ...

class MonthComparison(_message.Message):
    __slots__ = ("period", "present_cost", "offered_cost")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    PRESENT_COST_FIELD_NUMBER: _ClassVar[int]
    OFFERED_COST_FIELD_NUMBER: _ClassVar[int]
    period: _rating_pb2.BillingPeriod
    present_cost: _money_pb2.Money
    offered_cost: _money_pb2.Money
    def __init__(self, period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., present_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., offered_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class AssessCustomerRequest(_message.Message):
    __slots__ = ("customer", "period")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: _rating_pb2.BillingPeriod
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ...) -> None: ...

class AssessCustomerResponse(_message.Message):
    __slots__ = ("assessment",)
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    assessment: Assessment
    def __init__(self, assessment: _Optional[_Union[Assessment, _Mapping]] = ...) -> None: ...

class DecideTreatmentRequest(_message.Message):
    __slots__ = ("customer", "period", "records_received", "records_rejected", "records_waiting", "in_dispute", "request_id")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    RECORDS_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    RECORDS_REJECTED_FIELD_NUMBER: _ClassVar[int]
    RECORDS_WAITING_FIELD_NUMBER: _ClassVar[int]
    IN_DISPUTE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: _rating_pb2.BillingPeriod
    records_received: int
    records_rejected: int
    records_waiting: int
    in_dispute: bool
    request_id: str
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., records_received: _Optional[int] = ..., records_rejected: _Optional[int] = ..., records_waiting: _Optional[int] = ..., in_dispute: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class DecideTreatmentResponse(_message.Message):
    __slots__ = ("decision",)
    DECISION_FIELD_NUMBER: _ClassVar[int]
    decision: Decision
    def __init__(self, decision: _Optional[_Union[Decision, _Mapping]] = ...) -> None: ...

class GetDecisionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetDecisionResponse(_message.Message):
    __slots__ = ("decision",)
    DECISION_FIELD_NUMBER: _ClassVar[int]
    decision: Decision
    def __init__(self, decision: _Optional[_Union[Decision, _Mapping]] = ...) -> None: ...

class ListDecisionsRequest(_message.Message):
    __slots__ = ("customer", "page_size", "page_token")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    customer: str
    page_size: int
    page_token: str
    def __init__(self, customer: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDecisionsResponse(_message.Message):
    __slots__ = ("decisions", "next_page_token")
    DECISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    decisions: _containers.RepeatedCompositeFieldContainer[Decision]
    next_page_token: str
    def __init__(self, decisions: _Optional[_Iterable[_Union[Decision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SetPreferenceRequest(_message.Message):
    __slots__ = ("customer", "offers_allowed", "origin", "request_id")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    OFFERS_ALLOWED_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    customer: str
    offers_allowed: bool
    origin: str
    request_id: str
    def __init__(self, customer: _Optional[str] = ..., offers_allowed: bool = ..., origin: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class SetPreferenceResponse(_message.Message):
    __slots__ = ("offers_allowed",)
    OFFERS_ALLOWED_FIELD_NUMBER: _ClassVar[int]
    offers_allowed: bool
    def __init__(self, offers_allowed: bool = ...) -> None: ...

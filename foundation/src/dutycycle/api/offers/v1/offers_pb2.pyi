import datetime

from dutycycle.api.contracts.v1 import contracts_pb2 as _contracts_pb2
from dutycycle.api.rating.v1 import rating_pb2 as _rating_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
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

class Segment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEGMENT_UNSPECIFIED: _ClassVar[Segment]
    SEGMENT_HEALTHY: _ClassVar[Segment]
    SEGMENT_CHRONIC_UNDER: _ClassVar[Segment]
    SEGMENT_CHRONIC_OVER: _ClassVar[Segment]
    SEGMENT_NEW: _ClassVar[Segment]
    SEGMENT_VARIABLE: _ClassVar[Segment]
    SEGMENT_SPIKY: _ClassVar[Segment]
    SEGMENT_SEASONAL: _ClassVar[Segment]
    SEGMENT_IDLE: _ClassVar[Segment]
    SEGMENT_DECLINING: _ClassVar[Segment]
    SEGMENT_GROWING: _ClassVar[Segment]
    SEGMENT_NEAR_EXPIRY: _ClassVar[Segment]

class Treatment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TREATMENT_UNSPECIFIED: _ClassVar[Treatment]
    TREATMENT_NONE: _ClassVar[Treatment]
    TREATMENT_PROGRAM: _ClassVar[Treatment]
    TREATMENT_PRODUCT: _ClassVar[Treatment]
    TREATMENT_BEST_PLAN: _ClassVar[Treatment]

class Group(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GROUP_UNSPECIFIED: _ClassVar[Group]
    GROUP_TREATED: _ClassVar[Group]
    GROUP_HELD_OUT: _ClassVar[Group]
    GROUP_CONTROL: _ClassVar[Group]

class Channel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANNEL_UNSPECIFIED: _ClassVar[Channel]
    CHANNEL_INVOICE: _ClassVar[Channel]
    CHANNEL_MESSAGE: _ClassVar[Channel]

class Timing(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TIMING_UNSPECIFIED: _ClassVar[Timing]
    TIMING_WITH_INVOICE: _ClassVar[Timing]
    TIMING_BEFORE_INVOICE: _ClassVar[Timing]

class Tone(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TONE_UNSPECIFIED: _ClassVar[Tone]
    TONE_PLAIN: _ClassVar[Tone]
    TONE_CAREFUL: _ClassVar[Tone]

class OfferState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OFFER_STATE_UNSPECIFIED: _ClassVar[OfferState]
    OFFER_STATE_OPEN: _ClassVar[OfferState]
    OFFER_STATE_ACCEPTED: _ClassVar[OfferState]
    OFFER_STATE_AMENDED: _ClassVar[OfferState]
    OFFER_STATE_DECLINED: _ClassVar[OfferState]
    OFFER_STATE_EXPIRED: _ClassVar[OfferState]
    OFFER_STATE_REJECTED: _ClassVar[OfferState]

class AnswerKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANSWER_KIND_UNSPECIFIED: _ClassVar[AnswerKind]
    ANSWER_KIND_ACCEPTED: _ClassVar[AnswerKind]
    ANSWER_KIND_DECLINED: _ClassVar[AnswerKind]
SEGMENT_UNSPECIFIED: Segment
SEGMENT_HEALTHY: Segment
SEGMENT_CHRONIC_UNDER: Segment
SEGMENT_CHRONIC_OVER: Segment
SEGMENT_NEW: Segment
SEGMENT_VARIABLE: Segment
SEGMENT_SPIKY: Segment
SEGMENT_SEASONAL: Segment
SEGMENT_IDLE: Segment
SEGMENT_DECLINING: Segment
SEGMENT_GROWING: Segment
SEGMENT_NEAR_EXPIRY: Segment
TREATMENT_UNSPECIFIED: Treatment
TREATMENT_NONE: Treatment
TREATMENT_PROGRAM: Treatment
TREATMENT_PRODUCT: Treatment
TREATMENT_BEST_PLAN: Treatment
GROUP_UNSPECIFIED: Group
GROUP_TREATED: Group
GROUP_HELD_OUT: Group
GROUP_CONTROL: Group
CHANNEL_UNSPECIFIED: Channel
CHANNEL_INVOICE: Channel
CHANNEL_MESSAGE: Channel
TIMING_UNSPECIFIED: Timing
TIMING_WITH_INVOICE: Timing
TIMING_BEFORE_INVOICE: Timing
TONE_UNSPECIFIED: Tone
TONE_PLAIN: Tone
TONE_CAREFUL: Tone
OFFER_STATE_UNSPECIFIED: OfferState
OFFER_STATE_OPEN: OfferState
OFFER_STATE_ACCEPTED: OfferState
OFFER_STATE_AMENDED: OfferState
OFFER_STATE_DECLINED: OfferState
OFFER_STATE_EXPIRED: OfferState
OFFER_STATE_REJECTED: OfferState
ANSWER_KIND_UNSPECIFIED: AnswerKind
ANSWER_KIND_ACCEPTED: AnswerKind
ANSWER_KIND_DECLINED: AnswerKind

class Assessment(_message.Message):
    __slots__ = ("customer", "period", "segment", "months", "utilisation_3_percent", "utilisation_12_percent", "trend_percent_per_month", "months_below", "months_above", "shock_percent", "summary", "utilisation_6_percent", "trend_low_percent", "trend_high_percent", "year_change_percent", "seasonality_percent", "volatility_percent", "shortfall_paid", "overage_paid", "overage_share_percent", "assets_idle", "unusable_percent", "months_to_expiry", "segments", "risk", "schedules", "estimated_percent")
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
    UTILISATION_6_PERCENT_FIELD_NUMBER: _ClassVar[int]
    TREND_LOW_PERCENT_FIELD_NUMBER: _ClassVar[int]
    TREND_HIGH_PERCENT_FIELD_NUMBER: _ClassVar[int]
    YEAR_CHANGE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    SEASONALITY_PERCENT_FIELD_NUMBER: _ClassVar[int]
    VOLATILITY_PERCENT_FIELD_NUMBER: _ClassVar[int]
    SHORTFALL_PAID_FIELD_NUMBER: _ClassVar[int]
    OVERAGE_PAID_FIELD_NUMBER: _ClassVar[int]
    OVERAGE_SHARE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    ASSETS_IDLE_FIELD_NUMBER: _ClassVar[int]
    UNUSABLE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    MONTHS_TO_EXPIRY_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    RISK_FIELD_NUMBER: _ClassVar[int]
    SCHEDULES_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_PERCENT_FIELD_NUMBER: _ClassVar[int]
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
    utilisation_6_percent: _decimal_pb2.Decimal
    trend_low_percent: _decimal_pb2.Decimal
    trend_high_percent: _decimal_pb2.Decimal
    year_change_percent: _decimal_pb2.Decimal
    seasonality_percent: _decimal_pb2.Decimal
    volatility_percent: _decimal_pb2.Decimal
    shortfall_paid: _money_pb2.Money
    overage_paid: _money_pb2.Money
    overage_share_percent: _decimal_pb2.Decimal
    assets_idle: _decimal_pb2.Decimal
    unusable_percent: _decimal_pb2.Decimal
    months_to_expiry: int
    segments: _containers.RepeatedScalarFieldContainer[Segment]
    risk: Risk
    schedules: _containers.RepeatedCompositeFieldContainer[ScheduleUse]
    estimated_percent: _decimal_pb2.Decimal
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., segment: _Optional[_Union[Segment, str]] = ..., months: _Optional[_Iterable[_Union[MonthUse, _Mapping]]] = ..., utilisation_3_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., utilisation_12_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., trend_percent_per_month: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., months_below: _Optional[int] = ..., months_above: _Optional[int] = ..., shock_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., summary: _Optional[str] = ..., utilisation_6_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., trend_low_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., trend_high_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., year_change_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., seasonality_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., volatility_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., shortfall_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., overage_paid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., overage_share_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., assets_idle: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., unusable_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., months_to_expiry: _Optional[int] = ..., segments: _Optional[_Iterable[_Union[Segment, str]]] = ..., risk: _Optional[_Union[Risk, _Mapping]] = ..., schedules: _Optional[_Iterable[_Union[ScheduleUse, _Mapping]]] = ..., estimated_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class Risk(_message.Message):
    __slots__ = ("score", "factors", "at_stake")
    SCORE_FIELD_NUMBER: _ClassVar[int]
    FACTORS_FIELD_NUMBER: _ClassVar[int]
    AT_STAKE_FIELD_NUMBER: _ClassVar[int]
    score: int
    factors: _containers.RepeatedCompositeFieldContainer[RiskFactor]
    at_stake: _money_pb2.Money
    def __init__(self, score: _Optional[int] = ..., factors: _Optional[_Iterable[_Union[RiskFactor, _Mapping]]] = ..., at_stake: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class RiskFactor(_message.Message):
    __slots__ = ("name", "points", "fact")
    NAME_FIELD_NUMBER: _ClassVar[int]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    FACT_FIELD_NUMBER: _ClassVar[int]
    name: str
    points: int
    fact: str
    def __init__(self, name: _Optional[str] = ..., points: _Optional[int] = ..., fact: _Optional[str] = ...) -> None: ...

class ScheduleUse(_message.Message):
    __slots__ = ("schedule", "units", "utilisation_3_percent", "utilisation_12_percent", "trend_percent_per_month", "assets_idle", "utilisation_6_percent")
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    UTILISATION_3_PERCENT_FIELD_NUMBER: _ClassVar[int]
    UTILISATION_12_PERCENT_FIELD_NUMBER: _ClassVar[int]
    TREND_PERCENT_PER_MONTH_FIELD_NUMBER: _ClassVar[int]
    ASSETS_IDLE_FIELD_NUMBER: _ClassVar[int]
    UTILISATION_6_PERCENT_FIELD_NUMBER: _ClassVar[int]
    schedule: str
    units: str
    utilisation_3_percent: _decimal_pb2.Decimal
    utilisation_12_percent: _decimal_pb2.Decimal
    trend_percent_per_month: _decimal_pb2.Decimal
    assets_idle: _decimal_pb2.Decimal
    utilisation_6_percent: _decimal_pb2.Decimal
    def __init__(self, schedule: _Optional[str] = ..., units: _Optional[str] = ..., utilisation_3_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., utilisation_12_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., trend_percent_per_month: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., assets_idle: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., utilisation_6_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

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
    __slots__ = ("name", "customer", "period", "treatment", "subject", "headline", "why_text", "proof_text", "trade_text", "legal_text", "reason", "candidates", "assessment", "create_time", "tone", "announcement", "offer_token", "stop_token", "expire_time", "campaign", "group", "withheld_subject", "communication", "added", "legal_version")
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
    OFFER_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STOP_TOKEN_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    CAMPAIGN_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    WITHHELD_SUBJECT_FIELD_NUMBER: _ClassVar[int]
    COMMUNICATION_FIELD_NUMBER: _ClassVar[int]
    ADDED_FIELD_NUMBER: _ClassVar[int]
    LEGAL_VERSION_FIELD_NUMBER: _ClassVar[int]
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
    offer_token: str
    stop_token: str
    expire_time: _timestamp_pb2.Timestamp
    campaign: str
    group: Group
    withheld_subject: str
    communication: Communication
    added: _containers.RepeatedCompositeFieldContainer[AddedTreatment]
    legal_version: str
    def __init__(self, name: _Optional[str] = ..., customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., treatment: _Optional[_Union[Treatment, str]] = ..., subject: _Optional[str] = ..., headline: _Optional[str] = ..., why_text: _Optional[str] = ..., proof_text: _Optional[str] = ..., trade_text: _Optional[str] = ..., legal_text: _Optional[str] = ..., reason: _Optional[str] = ..., candidates: _Optional[_Iterable[_Union[Candidate, _Mapping]]] = ..., assessment: _Optional[_Union[Assessment, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tone: _Optional[_Union[Tone, str]] = ..., announcement: _Optional[str] = ..., offer_token: _Optional[str] = ..., stop_token: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., campaign: _Optional[str] = ..., group: _Optional[_Union[Group, str]] = ..., withheld_subject: _Optional[str] = ..., communication: _Optional[_Union[Communication, _Mapping]] = ..., added: _Optional[_Iterable[_Union[AddedTreatment, _Mapping]]] = ..., legal_version: _Optional[str] = ...) -> None: ...

class AddedTreatment(_message.Message):
    __slots__ = ("treatment", "subject", "headline", "why_text")
    TREATMENT_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    HEADLINE_FIELD_NUMBER: _ClassVar[int]
    WHY_TEXT_FIELD_NUMBER: _ClassVar[int]
    treatment: Treatment
    subject: str
    headline: str
    why_text: str
    def __init__(self, treatment: _Optional[_Union[Treatment, str]] = ..., subject: _Optional[str] = ..., headline: _Optional[str] = ..., why_text: _Optional[str] = ...) -> None: ...

class Communication(_message.Message):
    __slots__ = ("role", "recipient", "channel", "timing", "reason")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    TIMING_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    role: str
    recipient: str
    channel: Channel
    timing: Timing
    reason: str
    def __init__(self, role: _Optional[str] = ..., recipient: _Optional[str] = ..., channel: _Optional[_Union[Channel, str]] = ..., timing: _Optional[_Union[Timing, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class Candidate(_message.Message):
    __slots__ = ("subject", "treatment", "eligible", "reason", "present_cost", "offered_cost", "customer_saving", "lessor_margin", "months", "terms", "saving_low", "saving_high", "switch_cost", "retention_value", "priority", "approval", "display_name")
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
    SAVING_LOW_FIELD_NUMBER: _ClassVar[int]
    SAVING_HIGH_FIELD_NUMBER: _ClassVar[int]
    SWITCH_COST_FIELD_NUMBER: _ClassVar[int]
    RETENTION_VALUE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    APPROVAL_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
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
    saving_low: _money_pb2.Money
    saving_high: _money_pb2.Money
    switch_cost: _money_pb2.Money
    retention_value: _money_pb2.Money
    priority: int
    approval: _contracts_pb2.AmendmentApproval
    display_name: str
    def __init__(self, subject: _Optional[str] = ..., treatment: _Optional[_Union[Treatment, str]] = ..., eligible: bool = ..., reason: _Optional[str] = ..., present_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., offered_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., customer_saving: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., lessor_margin: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., months: _Optional[_Iterable[_Union[MonthComparison, _Mapping]]] = ..., terms: _Optional[_Union[_contracts_pb2.Agreement, _Mapping]] = ..., saving_low: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., saving_high: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., switch_cost: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., retention_value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., priority: _Optional[int] = ..., approval: _Optional[_Union[_contracts_pb2.AmendmentApproval, str]] = ..., display_name: _Optional[str] = ...) -> None: ...

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
    __slots__ = ("customer", "period", "include_assets")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ASSETS_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: _rating_pb2.BillingPeriod
    include_assets: bool
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., include_assets: bool = ...) -> None: ...

class AssessCustomerResponse(_message.Message):
    __slots__ = ("assessment", "assets", "asset_groups")
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    ASSETS_FIELD_NUMBER: _ClassVar[int]
    ASSET_GROUPS_FIELD_NUMBER: _ClassVar[int]
    assessment: Assessment
    assets: _containers.RepeatedCompositeFieldContainer[AssetStanding]
    asset_groups: _containers.RepeatedCompositeFieldContainer[AssetGroupUse]
    def __init__(self, assessment: _Optional[_Union[Assessment, _Mapping]] = ..., assets: _Optional[_Iterable[_Union[AssetStanding, _Mapping]]] = ..., asset_groups: _Optional[_Iterable[_Union[AssetGroupUse, _Mapping]]] = ...) -> None: ...

class AssetGroupUse(_message.Message):
    __slots__ = ("schedule", "manufacturer", "model", "units", "assets", "assets_idle", "share_percent", "utilisation_3_percent", "utilisation_6_percent", "utilisation_12_percent", "trend_percent_per_month")
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    MANUFACTURER_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    ASSETS_FIELD_NUMBER: _ClassVar[int]
    ASSETS_IDLE_FIELD_NUMBER: _ClassVar[int]
    SHARE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    UTILISATION_3_PERCENT_FIELD_NUMBER: _ClassVar[int]
    UTILISATION_6_PERCENT_FIELD_NUMBER: _ClassVar[int]
    UTILISATION_12_PERCENT_FIELD_NUMBER: _ClassVar[int]
    TREND_PERCENT_PER_MONTH_FIELD_NUMBER: _ClassVar[int]
    schedule: str
    manufacturer: str
    model: str
    units: str
    assets: int
    assets_idle: int
    share_percent: _decimal_pb2.Decimal
    utilisation_3_percent: _decimal_pb2.Decimal
    utilisation_6_percent: _decimal_pb2.Decimal
    utilisation_12_percent: _decimal_pb2.Decimal
    trend_percent_per_month: _decimal_pb2.Decimal
    def __init__(self, schedule: _Optional[str] = ..., manufacturer: _Optional[str] = ..., model: _Optional[str] = ..., units: _Optional[str] = ..., assets: _Optional[int] = ..., assets_idle: _Optional[int] = ..., share_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., utilisation_3_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., utilisation_6_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., utilisation_12_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., trend_percent_per_month: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class AssetStanding(_message.Message):
    __slots__ = ("asset", "display_name", "schedule", "score", "factors", "last_active_date")
    ASSET_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    FACTORS_FIELD_NUMBER: _ClassVar[int]
    LAST_ACTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    asset: str
    display_name: str
    schedule: str
    score: int
    factors: _containers.RepeatedCompositeFieldContainer[RiskFactor]
    last_active_date: _date_pb2.Date
    def __init__(self, asset: _Optional[str] = ..., display_name: _Optional[str] = ..., schedule: _Optional[str] = ..., score: _Optional[int] = ..., factors: _Optional[_Iterable[_Union[RiskFactor, _Mapping]]] = ..., last_active_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class DecideTreatmentRequest(_message.Message):
    __slots__ = ("customer", "period", "records_received", "records_rejected", "records_waiting", "in_dispute", "request_id", "records_estimated")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    RECORDS_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    RECORDS_REJECTED_FIELD_NUMBER: _ClassVar[int]
    RECORDS_WAITING_FIELD_NUMBER: _ClassVar[int]
    IN_DISPUTE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RECORDS_ESTIMATED_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: _rating_pb2.BillingPeriod
    records_received: int
    records_rejected: int
    records_waiting: int
    in_dispute: bool
    request_id: str
    records_estimated: int
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., records_received: _Optional[int] = ..., records_rejected: _Optional[int] = ..., records_waiting: _Optional[int] = ..., in_dispute: bool = ..., request_id: _Optional[str] = ..., records_estimated: _Optional[int] = ...) -> None: ...

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
    __slots__ = ("customer", "page_size", "page_token", "period")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    customer: str
    page_size: int
    page_token: str
    period: _rating_pb2.BillingPeriod
    def __init__(self, customer: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ...) -> None: ...

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

class SetStandingRequest(_message.Message):
    __slots__ = ("customer", "in_dispute", "in_arrears", "in_hardship", "origin", "request_id")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    IN_DISPUTE_FIELD_NUMBER: _ClassVar[int]
    IN_ARREARS_FIELD_NUMBER: _ClassVar[int]
    IN_HARDSHIP_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    customer: str
    in_dispute: bool
    in_arrears: bool
    in_hardship: bool
    origin: str
    request_id: str
    def __init__(self, customer: _Optional[str] = ..., in_dispute: bool = ..., in_arrears: bool = ..., in_hardship: bool = ..., origin: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class SetStandingResponse(_message.Message):
    __slots__ = ("obstacle",)
    OBSTACLE_FIELD_NUMBER: _ClassVar[int]
    obstacle: str
    def __init__(self, obstacle: _Optional[str] = ...) -> None: ...

class GetPreferenceRequest(_message.Message):
    __slots__ = ("customer",)
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    customer: str
    def __init__(self, customer: _Optional[str] = ...) -> None: ...

class GetPreferenceResponse(_message.Message):
    __slots__ = ("offers_allowed", "origin", "set_time")
    OFFERS_ALLOWED_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    SET_TIME_FIELD_NUMBER: _ClassVar[int]
    offers_allowed: bool
    origin: str
    set_time: _timestamp_pb2.Timestamp
    def __init__(self, offers_allowed: bool = ..., origin: _Optional[str] = ..., set_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PreviewDecisionRequest(_message.Message):
    __slots__ = ("decide", "figures_only")
    DECIDE_FIELD_NUMBER: _ClassVar[int]
    FIGURES_ONLY_FIELD_NUMBER: _ClassVar[int]
    decide: DecideTreatmentRequest
    figures_only: bool
    def __init__(self, decide: _Optional[_Union[DecideTreatmentRequest, _Mapping]] = ..., figures_only: bool = ...) -> None: ...

class PreviewDecisionResponse(_message.Message):
    __slots__ = ("decision",)
    DECISION_FIELD_NUMBER: _ClassVar[int]
    decision: Decision
    def __init__(self, decision: _Optional[_Union[Decision, _Mapping]] = ...) -> None: ...

class AssessPortfolioRequest(_message.Message):
    __slots__ = ("period",)
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    period: _rating_pb2.BillingPeriod
    def __init__(self, period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ...) -> None: ...

class AssessPortfolioResponse(_message.Message):
    __slots__ = ("customers", "skipped", "programs_rated")
    CUSTOMERS_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_FIELD_NUMBER: _ClassVar[int]
    PROGRAMS_RATED_FIELD_NUMBER: _ClassVar[int]
    customers: _containers.RepeatedCompositeFieldContainer[CustomerStanding]
    skipped: _containers.RepeatedScalarFieldContainer[str]
    programs_rated: int
    def __init__(self, customers: _Optional[_Iterable[_Union[CustomerStanding, _Mapping]]] = ..., skipped: _Optional[_Iterable[str]] = ..., programs_rated: _Optional[int] = ...) -> None: ...

class CustomerStanding(_message.Message):
    __slots__ = ("assessment", "best", "last_treatment", "last_answer")
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    BEST_FIELD_NUMBER: _ClassVar[int]
    LAST_TREATMENT_FIELD_NUMBER: _ClassVar[int]
    LAST_ANSWER_FIELD_NUMBER: _ClassVar[int]
    assessment: Assessment
    best: Candidate
    last_treatment: Treatment
    last_answer: AnswerKind
    def __init__(self, assessment: _Optional[_Union[Assessment, _Mapping]] = ..., best: _Optional[_Union[Candidate, _Mapping]] = ..., last_treatment: _Optional[_Union[Treatment, str]] = ..., last_answer: _Optional[_Union[AnswerKind, str]] = ...) -> None: ...

class OpenOfferRequest(_message.Message):
    __slots__ = ("token", "decision")
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    token: str
    decision: str
    def __init__(self, token: _Optional[str] = ..., decision: _Optional[str] = ...) -> None: ...

class OpenOfferResponse(_message.Message):
    __slots__ = ("decision", "candidate", "state", "state_text", "answer", "effective_date", "customer_display_name", "present_terms")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    STATE_TEXT_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PRESENT_TERMS_FIELD_NUMBER: _ClassVar[int]
    decision: Decision
    candidate: Candidate
    state: OfferState
    state_text: str
    answer: Answer
    effective_date: _date_pb2.Date
    customer_display_name: str
    present_terms: _contracts_pb2.Agreement
    def __init__(self, decision: _Optional[_Union[Decision, _Mapping]] = ..., candidate: _Optional[_Union[Candidate, _Mapping]] = ..., state: _Optional[_Union[OfferState, str]] = ..., state_text: _Optional[str] = ..., answer: _Optional[_Union[Answer, _Mapping]] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., customer_display_name: _Optional[str] = ..., present_terms: _Optional[_Union[_contracts_pb2.Agreement, _Mapping]] = ...) -> None: ...

class AcceptOfferRequest(_message.Message):
    __slots__ = ("token", "decision", "accepted_by", "request_id")
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_BY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    token: str
    decision: str
    accepted_by: str
    request_id: str
    def __init__(self, token: _Optional[str] = ..., decision: _Optional[str] = ..., accepted_by: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class AcceptOfferResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: Answer
    def __init__(self, answer: _Optional[_Union[Answer, _Mapping]] = ...) -> None: ...

class DeclineOfferRequest(_message.Message):
    __slots__ = ("token", "decision", "declined_by", "reason", "request_id")
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    DECLINED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    token: str
    decision: str
    declined_by: str
    reason: str
    request_id: str
    def __init__(self, token: _Optional[str] = ..., decision: _Optional[str] = ..., declined_by: _Optional[str] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeclineOfferResponse(_message.Message):
    __slots__ = ("answer",)
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    answer: Answer
    def __init__(self, answer: _Optional[_Union[Answer, _Mapping]] = ...) -> None: ...

class StopOffersRequest(_message.Message):
    __slots__ = ("token", "origin")
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    token: str
    origin: str
    def __init__(self, token: _Optional[str] = ..., origin: _Optional[str] = ...) -> None: ...

class StopOffersResponse(_message.Message):
    __slots__ = ("customer",)
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    customer: str
    def __init__(self, customer: _Optional[str] = ...) -> None: ...

class Answer(_message.Message):
    __slots__ = ("decision", "customer", "kind", "answered_by", "reason", "create_time", "amendment", "subject")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    decision: str
    customer: str
    kind: AnswerKind
    answered_by: str
    reason: str
    create_time: _timestamp_pb2.Timestamp
    amendment: str
    subject: str
    def __init__(self, decision: _Optional[str] = ..., customer: _Optional[str] = ..., kind: _Optional[_Union[AnswerKind, str]] = ..., answered_by: _Optional[str] = ..., reason: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., amendment: _Optional[str] = ..., subject: _Optional[str] = ...) -> None: ...

class ListAnswersRequest(_message.Message):
    __slots__ = ("customer", "page_size", "page_token")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    customer: str
    page_size: int
    page_token: str
    def __init__(self, customer: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAnswersResponse(_message.Message):
    __slots__ = ("answers", "next_page_token")
    ANSWERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    answers: _containers.RepeatedCompositeFieldContainer[Answer]
    next_page_token: str
    def __init__(self, answers: _Optional[_Iterable[_Union[Answer, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class MeasureEffectRequest(_message.Message):
    __slots__ = ("from_period", "to_period")
    FROM_PERIOD_FIELD_NUMBER: _ClassVar[int]
    TO_PERIOD_FIELD_NUMBER: _ClassVar[int]
    from_period: _rating_pb2.BillingPeriod
    to_period: _rating_pb2.BillingPeriod
    def __init__(self, from_period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., to_period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ...) -> None: ...

class MeasureEffectResponse(_message.Message):
    __slots__ = ("subjects", "savings")
    SUBJECTS_FIELD_NUMBER: _ClassVar[int]
    SAVINGS_FIELD_NUMBER: _ClassVar[int]
    subjects: _containers.RepeatedCompositeFieldContainer[SubjectEffect]
    savings: _containers.RepeatedCompositeFieldContainer[RealisedSaving]
    def __init__(self, subjects: _Optional[_Iterable[_Union[SubjectEffect, _Mapping]]] = ..., savings: _Optional[_Iterable[_Union[RealisedSaving, _Mapping]]] = ...) -> None: ...

class SubjectEffect(_message.Message):
    __slots__ = ("subject", "shown", "opened", "accepted", "declined", "held_out", "revenue_difference_percent", "revenue_low_percent", "revenue_high_percent", "conclusion", "retained_percent", "held_out_retained_percent")
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    SHOWN_FIELD_NUMBER: _ClassVar[int]
    OPENED_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    DECLINED_FIELD_NUMBER: _ClassVar[int]
    HELD_OUT_FIELD_NUMBER: _ClassVar[int]
    REVENUE_DIFFERENCE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    REVENUE_LOW_PERCENT_FIELD_NUMBER: _ClassVar[int]
    REVENUE_HIGH_PERCENT_FIELD_NUMBER: _ClassVar[int]
    CONCLUSION_FIELD_NUMBER: _ClassVar[int]
    RETAINED_PERCENT_FIELD_NUMBER: _ClassVar[int]
    HELD_OUT_RETAINED_PERCENT_FIELD_NUMBER: _ClassVar[int]
    subject: str
    shown: int
    opened: int
    accepted: int
    declined: int
    held_out: int
    revenue_difference_percent: _decimal_pb2.Decimal
    revenue_low_percent: _decimal_pb2.Decimal
    revenue_high_percent: _decimal_pb2.Decimal
    conclusion: str
    retained_percent: _decimal_pb2.Decimal
    held_out_retained_percent: _decimal_pb2.Decimal
    def __init__(self, subject: _Optional[str] = ..., shown: _Optional[int] = ..., opened: _Optional[int] = ..., accepted: _Optional[int] = ..., declined: _Optional[int] = ..., held_out: _Optional[int] = ..., revenue_difference_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., revenue_low_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., revenue_high_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., conclusion: _Optional[str] = ..., retained_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., held_out_retained_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ...) -> None: ...

class RealisedSaving(_message.Message):
    __slots__ = ("decision", "customer", "subject", "promised_monthly", "months", "realised", "realised_monthly")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    PROMISED_MONTHLY_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    REALISED_FIELD_NUMBER: _ClassVar[int]
    REALISED_MONTHLY_FIELD_NUMBER: _ClassVar[int]
    decision: str
    customer: str
    subject: str
    promised_monthly: _money_pb2.Money
    months: _containers.RepeatedCompositeFieldContainer[MonthComparison]
    realised: _money_pb2.Money
    realised_monthly: _money_pb2.Money
    def __init__(self, decision: _Optional[str] = ..., customer: _Optional[str] = ..., subject: _Optional[str] = ..., promised_monthly: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., months: _Optional[_Iterable[_Union[MonthComparison, _Mapping]]] = ..., realised: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., realised_monthly: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeliveryState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVERY_STATE_UNSPECIFIED: _ClassVar[DeliveryState]
    DELIVERY_STATE_PENDING: _ClassVar[DeliveryState]
    DELIVERY_STATE_SENDING: _ClassVar[DeliveryState]
    DELIVERY_STATE_DELIVERED: _ClassVar[DeliveryState]
    DELIVERY_STATE_FAILED: _ClassVar[DeliveryState]

class MessageKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_KIND_UNSPECIFIED: _ClassVar[MessageKind]
    MESSAGE_KIND_INVOICE: _ClassVar[MessageKind]
    MESSAGE_KIND_ANNOUNCEMENT: _ClassVar[MessageKind]
    MESSAGE_KIND_ALERT: _ClassVar[MessageKind]
    MESSAGE_KIND_SIGN_IN: _ClassVar[MessageKind]

class AlertKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ALERT_KIND_UNSPECIFIED: _ClassVar[AlertKind]
    ALERT_KIND_BASELINE: _ClassVar[AlertKind]
    ALERT_KIND_BUDGET: _ClassVar[AlertKind]
    ALERT_KIND_PROJECTED_OVERAGE: _ClassVar[AlertKind]
    ALERT_KIND_UNUSUAL_USAGE: _ClassVar[AlertKind]
    ALERT_KIND_SILENT_ASSET: _ClassVar[AlertKind]
DELIVERY_STATE_UNSPECIFIED: DeliveryState
DELIVERY_STATE_PENDING: DeliveryState
DELIVERY_STATE_SENDING: DeliveryState
DELIVERY_STATE_DELIVERED: DeliveryState
DELIVERY_STATE_FAILED: DeliveryState
MESSAGE_KIND_UNSPECIFIED: MessageKind
MESSAGE_KIND_INVOICE: MessageKind
MESSAGE_KIND_ANNOUNCEMENT: MessageKind
MESSAGE_KIND_ALERT: MessageKind
MESSAGE_KIND_SIGN_IN: MessageKind
ALERT_KIND_UNSPECIFIED: AlertKind
ALERT_KIND_BASELINE: AlertKind
ALERT_KIND_BUDGET: AlertKind
ALERT_KIND_PROJECTED_OVERAGE: AlertKind
ALERT_KIND_UNUSUAL_USAGE: AlertKind
ALERT_KIND_SILENT_ASSET: AlertKind

class Delivery(_message.Message):
    __slots__ = ("name", "invoice", "customer", "recipient", "subject", "message_id", "state", "attempts", "last_answer", "update_time", "next_attempt_time", "kind")
    NAME_FIELD_NUMBER: _ClassVar[int]
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    LAST_ANSWER_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    NEXT_ATTEMPT_TIME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    name: str
    invoice: str
    customer: str
    recipient: str
    subject: str
    message_id: str
    state: DeliveryState
    attempts: int
    last_answer: str
    update_time: _timestamp_pb2.Timestamp
    next_attempt_time: _timestamp_pb2.Timestamp
    kind: MessageKind
    def __init__(self, name: _Optional[str] = ..., invoice: _Optional[str] = ..., customer: _Optional[str] = ..., recipient: _Optional[str] = ..., subject: _Optional[str] = ..., message_id: _Optional[str] = ..., state: _Optional[_Union[DeliveryState, str]] = ..., attempts: _Optional[int] = ..., last_answer: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., next_attempt_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., kind: _Optional[_Union[MessageKind, str]] = ...) -> None: ...

class ListDeliveriesRequest(_message.Message):
    __slots__ = ("state", "page_size", "page_token")
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    state: DeliveryState
    page_size: int
    page_token: str
    def __init__(self, state: _Optional[_Union[DeliveryState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDeliveriesResponse(_message.Message):
    __slots__ = ("deliveries", "next_page_token", "total")
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedCompositeFieldContainer[Delivery]
    next_page_token: str
    total: int
    def __init__(self, deliveries: _Optional[_Iterable[_Union[Delivery, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total: _Optional[int] = ...) -> None: ...

class GetDeliveryRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetDeliveryResponse(_message.Message):
    __slots__ = ("delivery",)
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    delivery: Delivery
    def __init__(self, delivery: _Optional[_Union[Delivery, _Mapping]] = ...) -> None: ...

class RetryDeliveryRequest(_message.Message):
    __slots__ = ("name", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RetryDeliveryResponse(_message.Message):
    __slots__ = ("delivery",)
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    delivery: Delivery
    def __init__(self, delivery: _Optional[_Union[Delivery, _Mapping]] = ...) -> None: ...

class PreviewMessageRequest(_message.Message):
    __slots__ = ("invoice", "recipient")
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    invoice: str
    recipient: str
    def __init__(self, invoice: _Optional[str] = ..., recipient: _Optional[str] = ...) -> None: ...

class PreviewMessageResponse(_message.Message):
    __slots__ = ("subject", "text", "html", "message")
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    HTML_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    subject: str
    text: str
    html: str
    message: bytes
    def __init__(self, subject: _Optional[str] = ..., text: _Optional[str] = ..., html: _Optional[str] = ..., message: _Optional[bytes] = ...) -> None: ...

class SendSignInRequest(_message.Message):
    __slots__ = ("customer", "recipient", "url", "valid_minutes")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    VALID_MINUTES_FIELD_NUMBER: _ClassVar[int]
    customer: str
    recipient: str
    url: str
    valid_minutes: int
    def __init__(self, customer: _Optional[str] = ..., recipient: _Optional[str] = ..., url: _Optional[str] = ..., valid_minutes: _Optional[int] = ...) -> None: ...

class SendSignInResponse(_message.Message):
    __slots__ = ("delivery",)
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    delivery: str
    def __init__(self, delivery: _Optional[str] = ...) -> None: ...

class Suppression(_message.Message):
    __slots__ = ("recipient", "reason", "create_time")
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    recipient: str
    reason: str
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, recipient: _Optional[str] = ..., reason: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListSuppressionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSuppressionsResponse(_message.Message):
    __slots__ = ("suppressions", "next_page_token")
    SUPPRESSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    suppressions: _containers.RepeatedCompositeFieldContainer[Suppression]
    next_page_token: str
    def __init__(self, suppressions: _Optional[_Iterable[_Union[Suppression, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class LiftSuppressionRequest(_message.Message):
    __slots__ = ("recipient", "reason", "request_id")
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    recipient: str
    reason: str
    request_id: str
    def __init__(self, recipient: _Optional[str] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class LiftSuppressionResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AlertSettings(_message.Message):
    __slots__ = ("customer", "baseline_percents", "projected_overage", "silent_days", "budget", "digest", "quiet_from_hour", "quiet_to_hour", "by_email")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    BASELINE_PERCENTS_FIELD_NUMBER: _ClassVar[int]
    PROJECTED_OVERAGE_FIELD_NUMBER: _ClassVar[int]
    SILENT_DAYS_FIELD_NUMBER: _ClassVar[int]
    BUDGET_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    QUIET_FROM_HOUR_FIELD_NUMBER: _ClassVar[int]
    QUIET_TO_HOUR_FIELD_NUMBER: _ClassVar[int]
    BY_EMAIL_FIELD_NUMBER: _ClassVar[int]
    customer: str
    baseline_percents: _containers.RepeatedCompositeFieldContainer[_decimal_pb2.Decimal]
    projected_overage: bool
    silent_days: int
    budget: _decimal_pb2.Decimal
    digest: bool
    quiet_from_hour: int
    quiet_to_hour: int
    by_email: bool
    def __init__(self, customer: _Optional[str] = ..., baseline_percents: _Optional[_Iterable[_Union[_decimal_pb2.Decimal, _Mapping]]] = ..., projected_overage: bool = ..., silent_days: _Optional[int] = ..., budget: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., digest: bool = ..., quiet_from_hour: _Optional[int] = ..., quiet_to_hour: _Optional[int] = ..., by_email: bool = ...) -> None: ...

class GetAlertSettingsRequest(_message.Message):
    __slots__ = ("customer",)
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    customer: str
    def __init__(self, customer: _Optional[str] = ...) -> None: ...

class GetAlertSettingsResponse(_message.Message):
    __slots__ = ("settings",)
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    settings: AlertSettings
    def __init__(self, settings: _Optional[_Union[AlertSettings, _Mapping]] = ...) -> None: ...

class SetAlertSettingsRequest(_message.Message):
    __slots__ = ("settings", "request_id")
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    settings: AlertSettings
    request_id: str
    def __init__(self, settings: _Optional[_Union[AlertSettings, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class SetAlertSettingsResponse(_message.Message):
    __slots__ = ("settings",)
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    settings: AlertSettings
    def __init__(self, settings: _Optional[_Union[AlertSettings, _Mapping]] = ...) -> None: ...

class Alert(_message.Message):
    __slots__ = ("name", "customer", "kind", "period_start_date", "subject", "text", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PERIOD_START_DATE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    customer: str
    kind: AlertKind
    period_start_date: _date_pb2.Date
    subject: str
    text: str
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., customer: _Optional[str] = ..., kind: _Optional[_Union[AlertKind, str]] = ..., period_start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., subject: _Optional[str] = ..., text: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListAlertsRequest(_message.Message):
    __slots__ = ("customer", "page_size", "page_token")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    customer: str
    page_size: int
    page_token: str
    def __init__(self, customer: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAlertsResponse(_message.Message):
    __slots__ = ("alerts", "next_page_token")
    ALERTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    alerts: _containers.RepeatedCompositeFieldContainer[Alert]
    next_page_token: str
    def __init__(self, alerts: _Optional[_Iterable[_Union[Alert, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OUTCOME_UNSPECIFIED: _ClassVar[Outcome]
    OUTCOME_ACCEPTED: _ClassVar[Outcome]
    OUTCOME_WAITING: _ClassVar[Outcome]
    OUTCOME_DUPLICATE: _ClassVar[Outcome]
    OUTCOME_REJECTED: _ClassVar[Outcome]

class SegmentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEGMENT_KIND_UNSPECIFIED: _ClassVar[SegmentKind]
    SEGMENT_KIND_RECORDED: _ClassVar[SegmentKind]
    SEGMENT_KIND_RESOLVED: _ClassVar[SegmentKind]

class FileState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FILE_STATE_UNSPECIFIED: _ClassVar[FileState]
    FILE_STATE_RECEIVED: _ClassVar[FileState]
    FILE_STATE_FINISHED: _ClassVar[FileState]
    FILE_STATE_REFUSED: _ClassVar[FileState]
OUTCOME_UNSPECIFIED: Outcome
OUTCOME_ACCEPTED: Outcome
OUTCOME_WAITING: Outcome
OUTCOME_DUPLICATE: Outcome
OUTCOME_REJECTED: Outcome
SEGMENT_KIND_UNSPECIFIED: SegmentKind
SEGMENT_KIND_RECORDED: SegmentKind
SEGMENT_KIND_RESOLVED: SegmentKind
FILE_STATE_UNSPECIFIED: FileState
FILE_STATE_RECEIVED: FileState
FILE_STATE_FINISHED: FileState
FILE_STATE_REFUSED: FileState

class UsageBatch(_message.Message):
    __slots__ = ("source", "event_ids", "occurred_at_us", "asset_identities", "meters", "dimensions")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_US_FIELD_NUMBER: _ClassVar[int]
    ASSET_IDENTITIES_FIELD_NUMBER: _ClassVar[int]
    METERS_FIELD_NUMBER: _ClassVar[int]
    DIMENSIONS_FIELD_NUMBER: _ClassVar[int]
    source: str
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    occurred_at_us: _containers.RepeatedScalarFieldContainer[int]
    asset_identities: _containers.RepeatedScalarFieldContainer[str]
    meters: _containers.RepeatedCompositeFieldContainer[MeterColumn]
    dimensions: _containers.RepeatedCompositeFieldContainer[DimensionColumn]
    def __init__(self, source: _Optional[str] = ..., event_ids: _Optional[_Iterable[str]] = ..., occurred_at_us: _Optional[_Iterable[int]] = ..., asset_identities: _Optional[_Iterable[str]] = ..., meters: _Optional[_Iterable[_Union[MeterColumn, _Mapping]]] = ..., dimensions: _Optional[_Iterable[_Union[DimensionColumn, _Mapping]]] = ...) -> None: ...

class MeterColumn(_message.Message):
    __slots__ = ("meter", "scale", "values", "missing_rows")
    METER_FIELD_NUMBER: _ClassVar[int]
    SCALE_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    MISSING_ROWS_FIELD_NUMBER: _ClassVar[int]
    meter: str
    scale: int
    values: _containers.RepeatedScalarFieldContainer[int]
    missing_rows: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, meter: _Optional[str] = ..., scale: _Optional[int] = ..., values: _Optional[_Iterable[int]] = ..., missing_rows: _Optional[_Iterable[int]] = ...) -> None: ...

class DimensionColumn(_message.Message):
    __slots__ = ("key", "values")
    KEY_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    key: str
    values: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, key: _Optional[str] = ..., values: _Optional[_Iterable[str]] = ...) -> None: ...

class UsageReceipt(_message.Message):
    __slots__ = ("received", "accepted", "waiting", "duplicate", "rejected", "answers")
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    ANSWERS_FIELD_NUMBER: _ClassVar[int]
    received: int
    accepted: int
    waiting: int
    duplicate: int
    rejected: int
    answers: _containers.RepeatedCompositeFieldContainer[RowAnswer]
    def __init__(self, received: _Optional[int] = ..., accepted: _Optional[int] = ..., waiting: _Optional[int] = ..., duplicate: _Optional[int] = ..., rejected: _Optional[int] = ..., answers: _Optional[_Iterable[_Union[RowAnswer, _Mapping]]] = ...) -> None: ...

class RowAnswer(_message.Message):
    __slots__ = ("row", "outcome", "reason", "message")
    ROW_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    row: int
    outcome: Outcome
    reason: str
    message: str
    def __init__(self, row: _Optional[int] = ..., outcome: _Optional[_Union[Outcome, str]] = ..., reason: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class Segment(_message.Message):
    __slots__ = ("source", "number", "kind", "batch", "placements", "placement_rows", "content_hashes", "create_time", "door")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    PLACEMENTS_FIELD_NUMBER: _ClassVar[int]
    PLACEMENT_ROWS_FIELD_NUMBER: _ClassVar[int]
    CONTENT_HASHES_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DOOR_FIELD_NUMBER: _ClassVar[int]
    source: str
    number: int
    kind: SegmentKind
    batch: UsageBatch
    placements: _containers.RepeatedScalarFieldContainer[str]
    placement_rows: _containers.RepeatedScalarFieldContainer[int]
    content_hashes: bytes
    create_time: _timestamp_pb2.Timestamp
    door: str
    def __init__(self, source: _Optional[str] = ..., number: _Optional[int] = ..., kind: _Optional[_Union[SegmentKind, str]] = ..., batch: _Optional[_Union[UsageBatch, _Mapping]] = ..., placements: _Optional[_Iterable[str]] = ..., placement_rows: _Optional[_Iterable[int]] = ..., content_hashes: _Optional[bytes] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., door: _Optional[str] = ...) -> None: ...

class UsageRecord(_message.Message):
    __slots__ = ("source", "event_id", "occurred_time", "asset_identity", "placement", "quantities", "dimensions")
    class QuantitiesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class DimensionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
    ASSET_IDENTITY_FIELD_NUMBER: _ClassVar[int]
    PLACEMENT_FIELD_NUMBER: _ClassVar[int]
    QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    DIMENSIONS_FIELD_NUMBER: _ClassVar[int]
    source: str
    event_id: str
    occurred_time: _timestamp_pb2.Timestamp
    asset_identity: str
    placement: str
    quantities: _containers.ScalarMap[str, str]
    dimensions: _containers.ScalarMap[str, str]
    def __init__(self, source: _Optional[str] = ..., event_id: _Optional[str] = ..., occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., asset_identity: _Optional[str] = ..., placement: _Optional[str] = ..., quantities: _Optional[_Mapping[str, str]] = ..., dimensions: _Optional[_Mapping[str, str]] = ...) -> None: ...

class WaitingUsage(_message.Message):
    __slots__ = ("record", "reason", "message")
    RECORD_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    record: UsageRecord
    reason: str
    message: str
    def __init__(self, record: _Optional[_Union[UsageRecord, _Mapping]] = ..., reason: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class Rejection(_message.Message):
    __slots__ = ("name", "record", "reason", "message", "times", "origin", "replaced_by")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    REPLACED_BY_FIELD_NUMBER: _ClassVar[int]
    name: str
    record: UsageRecord
    reason: str
    message: str
    times: int
    origin: str
    replaced_by: str
    def __init__(self, name: _Optional[str] = ..., record: _Optional[_Union[UsageRecord, _Mapping]] = ..., reason: _Optional[str] = ..., message: _Optional[str] = ..., times: _Optional[int] = ..., origin: _Optional[str] = ..., replaced_by: _Optional[str] = ...) -> None: ...

class FileMapping(_message.Message):
    __slots__ = ("name", "sheet", "source", "event_id", "asset_identity", "occurred_at", "time_zone", "meters", "dimensions")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SHEET_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    ASSET_IDENTITY_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    METERS_FIELD_NUMBER: _ClassVar[int]
    DIMENSIONS_FIELD_NUMBER: _ClassVar[int]
    name: str
    sheet: str
    source: str
    event_id: str
    asset_identity: str
    occurred_at: str
    time_zone: str
    meters: _containers.RepeatedCompositeFieldContainer[MeterMapping]
    dimensions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., sheet: _Optional[str] = ..., source: _Optional[str] = ..., event_id: _Optional[str] = ..., asset_identity: _Optional[str] = ..., occurred_at: _Optional[str] = ..., time_zone: _Optional[str] = ..., meters: _Optional[_Iterable[_Union[MeterMapping, _Mapping]]] = ..., dimensions: _Optional[_Iterable[str]] = ...) -> None: ...

class MeterMapping(_message.Message):
    __slots__ = ("meter", "column", "constant", "scale")
    METER_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    CONSTANT_FIELD_NUMBER: _ClassVar[int]
    SCALE_FIELD_NUMBER: _ClassVar[int]
    meter: str
    column: str
    constant: int
    scale: int
    def __init__(self, meter: _Optional[str] = ..., column: _Optional[str] = ..., constant: _Optional[int] = ..., scale: _Optional[int] = ...) -> None: ...

class UsageFile(_message.Message):
    __slots__ = ("name", "file_name", "state", "receipt", "rejected_by_reason", "error")
    class RejectedByReasonEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    REJECTED_BY_REASON_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    name: str
    file_name: str
    state: FileState
    receipt: UsageReceipt
    rejected_by_reason: _containers.ScalarMap[str, int]
    error: str
    def __init__(self, name: _Optional[str] = ..., file_name: _Optional[str] = ..., state: _Optional[_Union[FileState, str]] = ..., receipt: _Optional[_Union[UsageReceipt, _Mapping]] = ..., rejected_by_reason: _Optional[_Mapping[str, int]] = ..., error: _Optional[str] = ...) -> None: ...

class StreamUsageRequest(_message.Message):
    __slots__ = ("batch_id", "batch")
    BATCH_ID_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    batch_id: str
    batch: UsageBatch
    def __init__(self, batch_id: _Optional[str] = ..., batch: _Optional[_Union[UsageBatch, _Mapping]] = ...) -> None: ...

class StreamUsageResponse(_message.Message):
    __slots__ = ("batch_id", "receipt")
    BATCH_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    batch_id: str
    receipt: UsageReceipt
    def __init__(self, batch_id: _Optional[str] = ..., receipt: _Optional[_Union[UsageReceipt, _Mapping]] = ...) -> None: ...

class RecordUsageRequest(_message.Message):
    __slots__ = ("batch",)
    BATCH_FIELD_NUMBER: _ClassVar[int]
    batch: UsageBatch
    def __init__(self, batch: _Optional[_Union[UsageBatch, _Mapping]] = ...) -> None: ...

class RecordUsageResponse(_message.Message):
    __slots__ = ("receipt",)
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    receipt: UsageReceipt
    def __init__(self, receipt: _Optional[_Union[UsageReceipt, _Mapping]] = ...) -> None: ...

class UploadFileRequest(_message.Message):
    __slots__ = ("header", "content")
    HEADER_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    header: FileHeader
    content: bytes
    def __init__(self, header: _Optional[_Union[FileHeader, _Mapping]] = ..., content: _Optional[bytes] = ...) -> None: ...

class FileHeader(_message.Message):
    __slots__ = ("file_name", "mapping")
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    MAPPING_FIELD_NUMBER: _ClassVar[int]
    file_name: str
    mapping: FileMapping
    def __init__(self, file_name: _Optional[str] = ..., mapping: _Optional[_Union[FileMapping, _Mapping]] = ...) -> None: ...

class UploadFileResponse(_message.Message):
    __slots__ = ("file",)
    FILE_FIELD_NUMBER: _ClassVar[int]
    file: UsageFile
    def __init__(self, file: _Optional[_Union[UsageFile, _Mapping]] = ...) -> None: ...

class DownloadFileAnswerRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DownloadFileAnswerResponse(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    def __init__(self, content: _Optional[bytes] = ...) -> None: ...

class ListSourcesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListSourcesResponse(_message.Message):
    __slots__ = ("sources",)
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    sources: _containers.RepeatedCompositeFieldContainer[SourceHead]
    def __init__(self, sources: _Optional[_Iterable[_Union[SourceHead, _Mapping]]] = ...) -> None: ...

class SourceHead(_message.Message):
    __slots__ = ("source", "last_segment_number", "totals")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    LAST_SEGMENT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    source: str
    last_segment_number: int
    totals: UsageReceipt
    def __init__(self, source: _Optional[str] = ..., last_segment_number: _Optional[int] = ..., totals: _Optional[_Union[UsageReceipt, _Mapping]] = ...) -> None: ...

class ReadSegmentsRequest(_message.Message):
    __slots__ = ("source", "after_number", "limit")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    AFTER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    source: str
    after_number: int
    limit: int
    def __init__(self, source: _Optional[str] = ..., after_number: _Optional[int] = ..., limit: _Optional[int] = ...) -> None: ...

class ReadSegmentsResponse(_message.Message):
    __slots__ = ("segment",)
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    segment: Segment
    def __init__(self, segment: _Optional[_Union[Segment, _Mapping]] = ...) -> None: ...

class ListUsageRecordsRequest(_message.Message):
    __slots__ = ("source", "start_time", "end_time", "placements", "page_size", "page_token")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PLACEMENTS_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    source: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    placements: _containers.RepeatedScalarFieldContainer[str]
    page_size: int
    page_token: str
    def __init__(self, source: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., placements: _Optional[_Iterable[str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListUsageRecordsResponse(_message.Message):
    __slots__ = ("records", "next_page_token", "total")
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    records: _containers.RepeatedCompositeFieldContainer[UsageRecord]
    next_page_token: str
    total: int
    def __init__(self, records: _Optional[_Iterable[_Union[UsageRecord, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total: _Optional[int] = ...) -> None: ...

class ListWaitingUsageRequest(_message.Message):
    __slots__ = ("source", "page_size", "page_token")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    source: str
    page_size: int
    page_token: str
    def __init__(self, source: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListWaitingUsageResponse(_message.Message):
    __slots__ = ("waiting", "next_page_token", "total")
    WAITING_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    waiting: _containers.RepeatedCompositeFieldContainer[WaitingUsage]
    next_page_token: str
    total: int
    def __init__(self, waiting: _Optional[_Iterable[_Union[WaitingUsage, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total: _Optional[int] = ...) -> None: ...

class ListRejectionsRequest(_message.Message):
    __slots__ = ("source", "reason", "page_size", "page_token")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    source: str
    reason: str
    page_size: int
    page_token: str
    def __init__(self, source: _Optional[str] = ..., reason: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRejectionsResponse(_message.Message):
    __slots__ = ("rejections", "next_page_token", "total")
    REJECTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    rejections: _containers.RepeatedCompositeFieldContainer[Rejection]
    next_page_token: str
    total: int
    def __init__(self, rejections: _Optional[_Iterable[_Union[Rejection, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total: _Optional[int] = ...) -> None: ...

class GetRejectionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetRejectionResponse(_message.Message):
    __slots__ = ("rejection",)
    REJECTION_FIELD_NUMBER: _ClassVar[int]
    rejection: Rejection
    def __init__(self, rejection: _Optional[_Union[Rejection, _Mapping]] = ...) -> None: ...

class SummarizeUsageRequest(_message.Message):
    __slots__ = ("source", "start_time", "end_time")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    source: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, source: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SummarizeUsageResponse(_message.Message):
    __slots__ = ("accepted", "waiting", "rejected", "rejected_by_reason", "waiting_identities", "estimated")
    class RejectedByReasonEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    REJECTED_BY_REASON_FIELD_NUMBER: _ClassVar[int]
    WAITING_IDENTITIES_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_FIELD_NUMBER: _ClassVar[int]
    accepted: int
    waiting: int
    rejected: int
    rejected_by_reason: _containers.ScalarMap[str, int]
    waiting_identities: _containers.RepeatedCompositeFieldContainer[WaitingIdentity]
    estimated: int
    def __init__(self, accepted: _Optional[int] = ..., waiting: _Optional[int] = ..., rejected: _Optional[int] = ..., rejected_by_reason: _Optional[_Mapping[str, int]] = ..., waiting_identities: _Optional[_Iterable[_Union[WaitingIdentity, _Mapping]]] = ..., estimated: _Optional[int] = ...) -> None: ...

class WaitingIdentity(_message.Message):
    __slots__ = ("asset_identity", "reason", "count", "quantities")
    class QuantitiesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ASSET_IDENTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    asset_identity: str
    reason: str
    count: int
    quantities: _containers.ScalarMap[str, str]
    def __init__(self, asset_identity: _Optional[str] = ..., reason: _Optional[str] = ..., count: _Optional[int] = ..., quantities: _Optional[_Mapping[str, str]] = ...) -> None: ...

class ReplayRejectionRequest(_message.Message):
    __slots__ = ("name", "batch", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    batch: UsageBatch
    request_id: str
    def __init__(self, name: _Optional[str] = ..., batch: _Optional[_Union[UsageBatch, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReplayRejectionResponse(_message.Message):
    __slots__ = ("receipt",)
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    receipt: UsageReceipt
    def __init__(self, receipt: _Optional[_Union[UsageReceipt, _Mapping]] = ...) -> None: ...

class ClosePeriodRequest(_message.Message):
    __slots__ = ("source", "start_date", "end_date", "zone", "request_id")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    source: str
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    zone: str
    request_id: str
    def __init__(self, source: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., zone: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ClosePeriodResponse(_message.Message):
    __slots__ = ("closed",)
    CLOSED_FIELD_NUMBER: _ClassVar[int]
    closed: bool
    def __init__(self, closed: bool = ...) -> None: ...

class ResolveWaitingRequest(_message.Message):
    __slots__ = ("request_id",)
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    def __init__(self, request_id: _Optional[str] = ...) -> None: ...

class ResolveWaitingResponse(_message.Message):
    __slots__ = ("accepted", "waiting", "waiting_for_correction")
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    WAITING_FOR_CORRECTION_FIELD_NUMBER: _ClassVar[int]
    accepted: int
    waiting: int
    waiting_for_correction: int
    def __init__(self, accepted: _Optional[int] = ..., waiting: _Optional[int] = ..., waiting_for_correction: _Optional[int] = ...) -> None: ...

import datetime

from dutycycle.api.contracts.v1 import contracts_pb2 as _contracts_pb2
from dutycycle.api.ingest.v1 import ingest_pb2 as _ingest_pb2
from dutycycle.api.offers.v1 import offers_pb2 as _offers_pb2
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

class InvoiceState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INVOICE_STATE_UNSPECIFIED: _ClassVar[InvoiceState]
    INVOICE_STATE_DRAFT: _ClassVar[InvoiceState]
    INVOICE_STATE_ISSUED: _ClassVar[InvoiceState]

class DocumentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOCUMENT_KIND_UNSPECIFIED: _ClassVar[DocumentKind]
    DOCUMENT_KIND_INVOICE_PDF: _ClassVar[DocumentKind]
    DOCUMENT_KIND_ASSETS_XLSX: _ClassVar[DocumentKind]
    DOCUMENT_KIND_INVOICE_JSON: _ClassVar[DocumentKind]
    DOCUMENT_KIND_REPORT_PDF: _ClassVar[DocumentKind]

class BillingRunState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BILLING_RUN_STATE_UNSPECIFIED: _ClassVar[BillingRunState]
    BILLING_RUN_STATE_WAITING_FOR_USAGE: _ClassVar[BillingRunState]
    BILLING_RUN_STATE_CALCULATING: _ClassVar[BillingRunState]
    BILLING_RUN_STATE_DRAFTED: _ClassVar[BillingRunState]
    BILLING_RUN_STATE_ISSUING: _ClassVar[BillingRunState]
    BILLING_RUN_STATE_ISSUED: _ClassVar[BillingRunState]
    BILLING_RUN_STATE_FAILED: _ClassVar[BillingRunState]
INVOICE_STATE_UNSPECIFIED: InvoiceState
INVOICE_STATE_DRAFT: InvoiceState
INVOICE_STATE_ISSUED: InvoiceState
DOCUMENT_KIND_UNSPECIFIED: DocumentKind
DOCUMENT_KIND_INVOICE_PDF: DocumentKind
DOCUMENT_KIND_ASSETS_XLSX: DocumentKind
DOCUMENT_KIND_INVOICE_JSON: DocumentKind
DOCUMENT_KIND_REPORT_PDF: DocumentKind
BILLING_RUN_STATE_UNSPECIFIED: BillingRunState
BILLING_RUN_STATE_WAITING_FOR_USAGE: BillingRunState
BILLING_RUN_STATE_CALCULATING: BillingRunState
BILLING_RUN_STATE_DRAFTED: BillingRunState
BILLING_RUN_STATE_ISSUING: BillingRunState
BILLING_RUN_STATE_ISSUED: BillingRunState
BILLING_RUN_STATE_FAILED: BillingRunState

class Invoice(_message.Message):
    __slots__ = ("name", "number", "state", "customer", "agreement", "agreement_display_name", "agreement_revision", "period", "zone", "issue_date", "due_date", "purchase_order", "lessor", "lines", "measured", "total", "what_changed", "months", "unbilled", "decision", "assets", "note", "usage_noun", "asset_noun", "previous_total", "offer_links", "usage_records", "cost_centres", "estimated_records")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    AGREEMENT_FIELD_NUMBER: _ClassVar[int]
    AGREEMENT_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    AGREEMENT_REVISION_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    ISSUE_DATE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    PURCHASE_ORDER_FIELD_NUMBER: _ClassVar[int]
    LESSOR_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    MEASURED_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    WHAT_CHANGED_FIELD_NUMBER: _ClassVar[int]
    MONTHS_FIELD_NUMBER: _ClassVar[int]
    UNBILLED_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    ASSETS_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    USAGE_NOUN_FIELD_NUMBER: _ClassVar[int]
    ASSET_NOUN_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_TOTAL_FIELD_NUMBER: _ClassVar[int]
    OFFER_LINKS_FIELD_NUMBER: _ClassVar[int]
    USAGE_RECORDS_FIELD_NUMBER: _ClassVar[int]
    COST_CENTRES_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_RECORDS_FIELD_NUMBER: _ClassVar[int]
    name: str
    number: str
    state: InvoiceState
    customer: _contracts_pb2.Customer
    agreement: str
    agreement_display_name: str
    agreement_revision: int
    period: _rating_pb2.BillingPeriod
    zone: str
    issue_date: _date_pb2.Date
    due_date: _date_pb2.Date
    purchase_order: str
    lessor: _contracts_pb2.Lessor
    lines: _containers.RepeatedCompositeFieldContainer[_rating_pb2.RatedLine]
    measured: _containers.RepeatedCompositeFieldContainer[_rating_pb2.MeasuredUse]
    total: _money_pb2.Money
    what_changed: str
    months: _containers.RepeatedCompositeFieldContainer[_offers_pb2.MonthUse]
    unbilled: UnbilledUsage
    decision: _offers_pb2.Decision
    assets: _containers.RepeatedCompositeFieldContainer[_rating_pb2.AssetUsage]
    note: str
    usage_noun: str
    asset_noun: str
    previous_total: _money_pb2.Money
    offer_links: OfferLinks
    usage_records: int
    cost_centres: _containers.RepeatedCompositeFieldContainer[CostCentreShare]
    estimated_records: int
    def __init__(self, name: _Optional[str] = ..., number: _Optional[str] = ..., state: _Optional[_Union[InvoiceState, str]] = ..., customer: _Optional[_Union[_contracts_pb2.Customer, _Mapping]] = ..., agreement: _Optional[str] = ..., agreement_display_name: _Optional[str] = ..., agreement_revision: _Optional[int] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., zone: _Optional[str] = ..., issue_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., purchase_order: _Optional[str] = ..., lessor: _Optional[_Union[_contracts_pb2.Lessor, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[_rating_pb2.RatedLine, _Mapping]]] = ..., measured: _Optional[_Iterable[_Union[_rating_pb2.MeasuredUse, _Mapping]]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., what_changed: _Optional[str] = ..., months: _Optional[_Iterable[_Union[_offers_pb2.MonthUse, _Mapping]]] = ..., unbilled: _Optional[_Union[UnbilledUsage, _Mapping]] = ..., decision: _Optional[_Union[_offers_pb2.Decision, _Mapping]] = ..., assets: _Optional[_Iterable[_Union[_rating_pb2.AssetUsage, _Mapping]]] = ..., note: _Optional[str] = ..., usage_noun: _Optional[str] = ..., asset_noun: _Optional[str] = ..., previous_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., offer_links: _Optional[_Union[OfferLinks, _Mapping]] = ..., usage_records: _Optional[int] = ..., cost_centres: _Optional[_Iterable[_Union[CostCentreShare, _Mapping]]] = ..., estimated_records: _Optional[int] = ...) -> None: ...

class CostCentreShare(_message.Message):
    __slots__ = ("cost_centre", "assets", "used_quantity", "amount")
    COST_CENTRE_FIELD_NUMBER: _ClassVar[int]
    ASSETS_FIELD_NUMBER: _ClassVar[int]
    USED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    cost_centre: str
    assets: int
    used_quantity: _decimal_pb2.Decimal
    amount: _money_pb2.Money
    def __init__(self, cost_centre: _Optional[str] = ..., assets: _Optional[int] = ..., used_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class OfferLinks(_message.Message):
    __slots__ = ("numbers_url", "stop_url", "stop_mailto")
    NUMBERS_URL_FIELD_NUMBER: _ClassVar[int]
    STOP_URL_FIELD_NUMBER: _ClassVar[int]
    STOP_MAILTO_FIELD_NUMBER: _ClassVar[int]
    numbers_url: str
    stop_url: str
    stop_mailto: str
    def __init__(self, numbers_url: _Optional[str] = ..., stop_url: _Optional[str] = ..., stop_mailto: _Optional[str] = ...) -> None: ...

class UnbilledUsage(_message.Message):
    __slots__ = ("waiting_records", "waiting_quantity", "units", "waiting_estimate", "identities", "rejected_by_reason")
    class RejectedByReasonEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    WAITING_RECORDS_FIELD_NUMBER: _ClassVar[int]
    WAITING_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    WAITING_ESTIMATE_FIELD_NUMBER: _ClassVar[int]
    IDENTITIES_FIELD_NUMBER: _ClassVar[int]
    REJECTED_BY_REASON_FIELD_NUMBER: _ClassVar[int]
    waiting_records: int
    waiting_quantity: _decimal_pb2.Decimal
    units: str
    waiting_estimate: _money_pb2.Money
    identities: _containers.RepeatedCompositeFieldContainer[_ingest_pb2.WaitingIdentity]
    rejected_by_reason: _containers.ScalarMap[str, int]
    def __init__(self, waiting_records: _Optional[int] = ..., waiting_quantity: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., units: _Optional[str] = ..., waiting_estimate: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., identities: _Optional[_Iterable[_Union[_ingest_pb2.WaitingIdentity, _Mapping]]] = ..., rejected_by_reason: _Optional[_Mapping[str, int]] = ...) -> None: ...

class BillingRun(_message.Message):
    __slots__ = ("name", "period", "state", "invoices_total", "invoices_done", "progress_text", "error", "update_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    INVOICES_TOTAL_FIELD_NUMBER: _ClassVar[int]
    INVOICES_DONE_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_TEXT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    period: _rating_pb2.BillingPeriod
    state: BillingRunState
    invoices_total: int
    invoices_done: int
    progress_text: str
    error: str
    update_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., state: _Optional[_Union[BillingRunState, str]] = ..., invoices_total: _Optional[int] = ..., invoices_done: _Optional[int] = ..., progress_text: _Optional[str] = ..., error: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateBillingRunRequest(_message.Message):
    __slots__ = ("period", "request_id")
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    period: _rating_pb2.BillingPeriod
    request_id: str
    def __init__(self, period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateBillingRunResponse(_message.Message):
    __slots__ = ("billing_run",)
    BILLING_RUN_FIELD_NUMBER: _ClassVar[int]
    billing_run: BillingRun
    def __init__(self, billing_run: _Optional[_Union[BillingRun, _Mapping]] = ...) -> None: ...

class GetBillingRunRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetBillingRunResponse(_message.Message):
    __slots__ = ("billing_run",)
    BILLING_RUN_FIELD_NUMBER: _ClassVar[int]
    billing_run: BillingRun
    def __init__(self, billing_run: _Optional[_Union[BillingRun, _Mapping]] = ...) -> None: ...

class ListBillingRunsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListBillingRunsResponse(_message.Message):
    __slots__ = ("billing_runs", "next_page_token")
    BILLING_RUNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    billing_runs: _containers.RepeatedCompositeFieldContainer[BillingRun]
    next_page_token: str
    def __init__(self, billing_runs: _Optional[_Iterable[_Union[BillingRun, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchBillingRunRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class WatchBillingRunResponse(_message.Message):
    __slots__ = ("billing_run",)
    BILLING_RUN_FIELD_NUMBER: _ClassVar[int]
    billing_run: BillingRun
    def __init__(self, billing_run: _Optional[_Union[BillingRun, _Mapping]] = ...) -> None: ...

class ApproveInvoicesRequest(_message.Message):
    __slots__ = ("billing_run", "issue_date", "request_id")
    BILLING_RUN_FIELD_NUMBER: _ClassVar[int]
    ISSUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    billing_run: str
    issue_date: _date_pb2.Date
    request_id: str
    def __init__(self, billing_run: _Optional[str] = ..., issue_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ApproveInvoicesResponse(_message.Message):
    __slots__ = ("billing_run",)
    BILLING_RUN_FIELD_NUMBER: _ClassVar[int]
    billing_run: BillingRun
    def __init__(self, billing_run: _Optional[_Union[BillingRun, _Mapping]] = ...) -> None: ...

class PreviewInvoiceRequest(_message.Message):
    __slots__ = ("customer", "period")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: _rating_pb2.BillingPeriod
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ...) -> None: ...

class PreviewInvoiceResponse(_message.Message):
    __slots__ = ("invoice",)
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    invoice: Invoice
    def __init__(self, invoice: _Optional[_Union[Invoice, _Mapping]] = ...) -> None: ...

class GetInvoiceRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetInvoiceResponse(_message.Message):
    __slots__ = ("invoice",)
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    invoice: Invoice
    def __init__(self, invoice: _Optional[_Union[Invoice, _Mapping]] = ...) -> None: ...

class ListInvoicesRequest(_message.Message):
    __slots__ = ("customer", "period", "page_size", "page_token")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    customer: str
    period: _rating_pb2.BillingPeriod
    page_size: int
    page_token: str
    def __init__(self, customer: _Optional[str] = ..., period: _Optional[_Union[_rating_pb2.BillingPeriod, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListInvoicesResponse(_message.Message):
    __slots__ = ("invoices", "next_page_token")
    INVOICES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    invoices: _containers.RepeatedCompositeFieldContainer[Invoice]
    next_page_token: str
    def __init__(self, invoices: _Optional[_Iterable[_Union[Invoice, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DownloadDocumentRequest(_message.Message):
    __slots__ = ("invoice", "kind")
    INVOICE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    invoice: str
    kind: DocumentKind
    def __init__(self, invoice: _Optional[str] = ..., kind: _Optional[_Union[DocumentKind, str]] = ...) -> None: ...

class DownloadDocumentResponse(_message.Message):
    __slots__ = ("file_name", "content")
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    file_name: str
    content: bytes
    def __init__(self, file_name: _Optional[str] = ..., content: _Optional[bytes] = ...) -> None: ...

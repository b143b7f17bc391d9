import datetime

from dutycycle.api.contracts.v1 import charge_pb2 as _charge_pb2
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

class ProgramKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROGRAM_KIND_UNSPECIFIED: _ClassVar[ProgramKind]
    PROGRAM_KIND_RIGHT_SIZE: _ClassVar[ProgramKind]
    PROGRAM_KIND_HIGHER_TIER: _ClassVar[ProgramKind]
    PROGRAM_KIND_CARRY: _ClassVar[ProgramKind]
    PROGRAM_KIND_SEASONAL: _ClassVar[ProgramKind]
    PROGRAM_KIND_POOL: _ClassVar[ProgramKind]
    PROGRAM_KIND_LONGER_TERM: _ClassVar[ProgramKind]
    PROGRAM_KIND_RENEWAL: _ClassVar[ProgramKind]

class AmendmentApproval(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AMENDMENT_APPROVAL_UNSPECIFIED: _ClassVar[AmendmentApproval]
    AMENDMENT_APPROVAL_LESSOR: _ClassVar[AmendmentApproval]
    AMENDMENT_APPROVAL_AUTOMATIC: _ClassVar[AmendmentApproval]

class AmendmentState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AMENDMENT_STATE_UNSPECIFIED: _ClassVar[AmendmentState]
    AMENDMENT_STATE_DRAFT: _ClassVar[AmendmentState]
    AMENDMENT_STATE_APPROVED: _ClassVar[AmendmentState]
    AMENDMENT_STATE_REJECTED: _ClassVar[AmendmentState]

class ProgramFit(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROGRAM_FIT_UNSPECIFIED: _ClassVar[ProgramFit]
    PROGRAM_FIT_BELOW_BASELINE: _ClassVar[ProgramFit]
    PROGRAM_FIT_ABOVE_BASELINE: _ClassVar[ProgramFit]
    PROGRAM_FIT_ANY: _ClassVar[ProgramFit]

class ProductKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRODUCT_KIND_UNSPECIFIED: _ClassVar[ProductKind]
    PRODUCT_KIND_SERVICE: _ClassVar[ProductKind]
    PRODUCT_KIND_TELEMETRY: _ClassVar[ProductKind]
    PRODUCT_KIND_ADD_ON: _ClassVar[ProductKind]
    PRODUCT_KIND_UPGRADE: _ClassVar[ProductKind]

class ProductTrigger(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRODUCT_TRIGGER_UNSPECIFIED: _ClassVar[ProductTrigger]
    PRODUCT_TRIGGER_UNUSABLE_RECORDS: _ClassVar[ProductTrigger]
    PRODUCT_TRIGGER_IDLE_ASSETS: _ClassVar[ProductTrigger]
    PRODUCT_TRIGGER_OVERAGE: _ClassVar[ProductTrigger]
    PRODUCT_TRIGGER_ESTIMATED_RECORDS: _ClassVar[ProductTrigger]

class AssetOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSET_OUTCOME_UNSPECIFIED: _ClassVar[AssetOutcome]
    ASSET_OUTCOME_REGISTERED: _ClassVar[AssetOutcome]
    ASSET_OUTCOME_EXTENDED: _ClassVar[AssetOutcome]
    ASSET_OUTCOME_UNCHANGED: _ClassVar[AssetOutcome]
    ASSET_OUTCOME_REFUSED: _ClassVar[AssetOutcome]
PROGRAM_KIND_UNSPECIFIED: ProgramKind
PROGRAM_KIND_RIGHT_SIZE: ProgramKind
PROGRAM_KIND_HIGHER_TIER: ProgramKind
PROGRAM_KIND_CARRY: ProgramKind
PROGRAM_KIND_SEASONAL: ProgramKind
PROGRAM_KIND_POOL: ProgramKind
PROGRAM_KIND_LONGER_TERM: ProgramKind
PROGRAM_KIND_RENEWAL: ProgramKind
AMENDMENT_APPROVAL_UNSPECIFIED: AmendmentApproval
AMENDMENT_APPROVAL_LESSOR: AmendmentApproval
AMENDMENT_APPROVAL_AUTOMATIC: AmendmentApproval
AMENDMENT_STATE_UNSPECIFIED: AmendmentState
AMENDMENT_STATE_DRAFT: AmendmentState
AMENDMENT_STATE_APPROVED: AmendmentState
AMENDMENT_STATE_REJECTED: AmendmentState
PROGRAM_FIT_UNSPECIFIED: ProgramFit
PROGRAM_FIT_BELOW_BASELINE: ProgramFit
PROGRAM_FIT_ABOVE_BASELINE: ProgramFit
PROGRAM_FIT_ANY: ProgramFit
PRODUCT_KIND_UNSPECIFIED: ProductKind
PRODUCT_KIND_SERVICE: ProductKind
PRODUCT_KIND_TELEMETRY: ProductKind
PRODUCT_KIND_ADD_ON: ProductKind
PRODUCT_KIND_UPGRADE: ProductKind
PRODUCT_TRIGGER_UNSPECIFIED: ProductTrigger
PRODUCT_TRIGGER_UNUSABLE_RECORDS: ProductTrigger
PRODUCT_TRIGGER_IDLE_ASSETS: ProductTrigger
PRODUCT_TRIGGER_OVERAGE: ProductTrigger
PRODUCT_TRIGGER_ESTIMATED_RECORDS: ProductTrigger
ASSET_OUTCOME_UNSPECIFIED: AssetOutcome
ASSET_OUTCOME_REGISTERED: AssetOutcome
ASSET_OUTCOME_EXTENDED: AssetOutcome
ASSET_OUTCOME_UNCHANGED: AssetOutcome
ASSET_OUTCOME_REFUSED: AssetOutcome

class Customer(_message.Message):
    __slots__ = ("name", "display_name", "address_lines", "contacts", "usage_source", "language")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_LINES_FIELD_NUMBER: _ClassVar[int]
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    USAGE_SOURCE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    address_lines: _containers.RepeatedScalarFieldContainer[str]
    contacts: _containers.RepeatedCompositeFieldContainer[Contact]
    usage_source: str
    language: str
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., address_lines: _Optional[_Iterable[str]] = ..., contacts: _Optional[_Iterable[_Union[Contact, _Mapping]]] = ..., usage_source: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class Contact(_message.Message):
    __slots__ = ("display_name", "email", "role", "receives_invoices")
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    RECEIVES_INVOICES_FIELD_NUMBER: _ClassVar[int]
    display_name: str
    email: str
    role: str
    receives_invoices: bool
    def __init__(self, display_name: _Optional[str] = ..., email: _Optional[str] = ..., role: _Optional[str] = ..., receives_invoices: bool = ...) -> None: ...

class Agreement(_message.Message):
    __slots__ = ("name", "customer", "display_name", "purchase_order", "payment_days", "zone", "currency", "start_date", "end_date", "lessor", "note", "schedules", "usage_noun", "asset_noun", "etag", "effective_date", "revision", "program", "amendment")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PURCHASE_ORDER_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_DAYS_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    LESSOR_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    SCHEDULES_FIELD_NUMBER: _ClassVar[int]
    USAGE_NOUN_FIELD_NUMBER: _ClassVar[int]
    ASSET_NOUN_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    customer: str
    display_name: str
    purchase_order: str
    payment_days: int
    zone: str
    currency: str
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    lessor: Lessor
    note: str
    schedules: _containers.RepeatedCompositeFieldContainer[Schedule]
    usage_noun: str
    asset_noun: str
    etag: str
    effective_date: _date_pb2.Date
    revision: int
    program: str
    amendment: str
    def __init__(self, name: _Optional[str] = ..., customer: _Optional[str] = ..., display_name: _Optional[str] = ..., purchase_order: _Optional[str] = ..., payment_days: _Optional[int] = ..., zone: _Optional[str] = ..., currency: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., lessor: _Optional[_Union[Lessor, _Mapping]] = ..., note: _Optional[str] = ..., schedules: _Optional[_Iterable[_Union[Schedule, _Mapping]]] = ..., usage_noun: _Optional[str] = ..., asset_noun: _Optional[str] = ..., etag: _Optional[str] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., revision: _Optional[int] = ..., program: _Optional[str] = ..., amendment: _Optional[str] = ...) -> None: ...

class Lessor(_message.Message):
    __slots__ = ("display_name", "address_lines", "remit_to_lines", "contact")
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_LINES_FIELD_NUMBER: _ClassVar[int]
    REMIT_TO_LINES_FIELD_NUMBER: _ClassVar[int]
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    display_name: str
    address_lines: _containers.RepeatedScalarFieldContainer[str]
    remit_to_lines: _containers.RepeatedScalarFieldContainer[str]
    contact: Contact
    def __init__(self, display_name: _Optional[str] = ..., address_lines: _Optional[_Iterable[str]] = ..., remit_to_lines: _Optional[_Iterable[str]] = ..., contact: _Optional[_Union[Contact, _Mapping]] = ...) -> None: ...

class Schedule(_message.Message):
    __slots__ = ("id", "display_name", "charges")
    ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    id: str
    display_name: str
    charges: _containers.RepeatedCompositeFieldContainer[_charge_pb2.Charge]
    def __init__(self, id: _Optional[str] = ..., display_name: _Optional[str] = ..., charges: _Optional[_Iterable[_Union[_charge_pb2.Charge, _Mapping]]] = ...) -> None: ...

class Asset(_message.Message):
    __slots__ = ("name", "display_name", "manufacturer", "model", "year", "aliases", "placements", "revision")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    MANUFACTURER_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    YEAR_FIELD_NUMBER: _ClassVar[int]
    ALIASES_FIELD_NUMBER: _ClassVar[int]
    PLACEMENTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    manufacturer: str
    model: str
    year: int
    aliases: _containers.RepeatedScalarFieldContainer[str]
    placements: _containers.RepeatedCompositeFieldContainer[Placement]
    revision: int
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., manufacturer: _Optional[str] = ..., model: _Optional[str] = ..., year: _Optional[int] = ..., aliases: _Optional[_Iterable[str]] = ..., placements: _Optional[_Iterable[_Union[Placement, _Mapping]]] = ..., revision: _Optional[int] = ...) -> None: ...

class Placement(_message.Message):
    __slots__ = ("name", "schedule", "start_date", "end_date", "customer", "zone", "cost_centre")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    COST_CENTRE_FIELD_NUMBER: _ClassVar[int]
    name: str
    schedule: str
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    customer: str
    zone: str
    cost_centre: str
    def __init__(self, name: _Optional[str] = ..., schedule: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., customer: _Optional[str] = ..., zone: _Optional[str] = ..., cost_centre: _Optional[str] = ...) -> None: ...

class Catalogue(_message.Message):
    __slots__ = ("programs", "products", "campaigns", "control_percent", "treatments_at_most")
    PROGRAMS_FIELD_NUMBER: _ClassVar[int]
    PRODUCTS_FIELD_NUMBER: _ClassVar[int]
    CAMPAIGNS_FIELD_NUMBER: _ClassVar[int]
    CONTROL_PERCENT_FIELD_NUMBER: _ClassVar[int]
    TREATMENTS_AT_MOST_FIELD_NUMBER: _ClassVar[int]
    programs: _containers.RepeatedCompositeFieldContainer[Program]
    products: _containers.RepeatedCompositeFieldContainer[Product]
    campaigns: _containers.RepeatedCompositeFieldContainer[Campaign]
    control_percent: _decimal_pb2.Decimal
    treatments_at_most: int
    def __init__(self, programs: _Optional[_Iterable[_Union[Program, _Mapping]]] = ..., products: _Optional[_Iterable[_Union[Product, _Mapping]]] = ..., campaigns: _Optional[_Iterable[_Union[Campaign, _Mapping]]] = ..., control_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., treatments_at_most: _Optional[int] = ...) -> None: ...

class Program(_message.Message):
    __slots__ = ("id", "display_name", "fit", "baseline_percent_of_usage", "usage_months", "base_rate_percent", "overage_rate_percent", "minimum_percent", "term_extension_months", "margin_percent", "margin_floor", "minimum_saving_percent", "legal_text", "legal_version", "kind", "carry_periods", "switch_cost", "eligibility", "valid_from_date", "valid_until_date", "offer_valid_days", "priority", "approval", "creatives")
    ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    FIT_FIELD_NUMBER: _ClassVar[int]
    BASELINE_PERCENT_OF_USAGE_FIELD_NUMBER: _ClassVar[int]
    USAGE_MONTHS_FIELD_NUMBER: _ClassVar[int]
    BASE_RATE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    OVERAGE_RATE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_PERCENT_FIELD_NUMBER: _ClassVar[int]
    TERM_EXTENSION_MONTHS_FIELD_NUMBER: _ClassVar[int]
    MARGIN_PERCENT_FIELD_NUMBER: _ClassVar[int]
    MARGIN_FLOOR_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_SAVING_PERCENT_FIELD_NUMBER: _ClassVar[int]
    LEGAL_TEXT_FIELD_NUMBER: _ClassVar[int]
    LEGAL_VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CARRY_PERIODS_FIELD_NUMBER: _ClassVar[int]
    SWITCH_COST_FIELD_NUMBER: _ClassVar[int]
    ELIGIBILITY_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    OFFER_VALID_DAYS_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    APPROVAL_FIELD_NUMBER: _ClassVar[int]
    CREATIVES_FIELD_NUMBER: _ClassVar[int]
    id: str
    display_name: str
    fit: ProgramFit
    baseline_percent_of_usage: _decimal_pb2.Decimal
    usage_months: int
    base_rate_percent: _decimal_pb2.Decimal
    overage_rate_percent: _decimal_pb2.Decimal
    minimum_percent: _decimal_pb2.Decimal
    term_extension_months: int
    margin_percent: _decimal_pb2.Decimal
    margin_floor: _decimal_pb2.Decimal
    minimum_saving_percent: _decimal_pb2.Decimal
    legal_text: str
    legal_version: str
    kind: ProgramKind
    carry_periods: int
    switch_cost: _decimal_pb2.Decimal
    eligibility: str
    valid_from_date: _date_pb2.Date
    valid_until_date: _date_pb2.Date
    offer_valid_days: int
    priority: int
    approval: AmendmentApproval
    creatives: _containers.RepeatedCompositeFieldContainer[Creative]
    def __init__(self, id: _Optional[str] = ..., display_name: _Optional[str] = ..., fit: _Optional[_Union[ProgramFit, str]] = ..., baseline_percent_of_usage: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., usage_months: _Optional[int] = ..., base_rate_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., overage_rate_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., minimum_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., term_extension_months: _Optional[int] = ..., margin_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., margin_floor: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., minimum_saving_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., legal_text: _Optional[str] = ..., legal_version: _Optional[str] = ..., kind: _Optional[_Union[ProgramKind, str]] = ..., carry_periods: _Optional[int] = ..., switch_cost: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., eligibility: _Optional[str] = ..., valid_from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., valid_until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., offer_valid_days: _Optional[int] = ..., priority: _Optional[int] = ..., approval: _Optional[_Union[AmendmentApproval, str]] = ..., creatives: _Optional[_Iterable[_Union[Creative, _Mapping]]] = ...) -> None: ...

class Creative(_message.Message):
    __slots__ = ("language", "display_name", "text")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    language: str
    display_name: str
    text: str
    def __init__(self, language: _Optional[str] = ..., display_name: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class Campaign(_message.Message):
    __slots__ = ("id", "subjects", "hold_out_percent", "seed")
    ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECTS_FIELD_NUMBER: _ClassVar[int]
    HOLD_OUT_PERCENT_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    id: str
    subjects: _containers.RepeatedScalarFieldContainer[str]
    hold_out_percent: _decimal_pb2.Decimal
    seed: str
    def __init__(self, id: _Optional[str] = ..., subjects: _Optional[_Iterable[str]] = ..., hold_out_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., seed: _Optional[str] = ...) -> None: ...

class Amendment(_message.Message):
    __slots__ = ("name", "agreement", "customer", "origin", "program", "display_name", "terms", "base_etag", "earliest_date", "legal_version", "accepted_by", "approval", "state", "effective_date", "decided_by", "reason", "create_time", "decide_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AGREEMENT_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    BASE_ETAG_FIELD_NUMBER: _ClassVar[int]
    EARLIEST_DATE_FIELD_NUMBER: _ClassVar[int]
    LEGAL_VERSION_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_BY_FIELD_NUMBER: _ClassVar[int]
    APPROVAL_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    agreement: str
    customer: str
    origin: str
    program: str
    display_name: str
    terms: Agreement
    base_etag: str
    earliest_date: _date_pb2.Date
    legal_version: str
    accepted_by: str
    approval: AmendmentApproval
    state: AmendmentState
    effective_date: _date_pb2.Date
    decided_by: str
    reason: str
    create_time: _timestamp_pb2.Timestamp
    decide_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., agreement: _Optional[str] = ..., customer: _Optional[str] = ..., origin: _Optional[str] = ..., program: _Optional[str] = ..., display_name: _Optional[str] = ..., terms: _Optional[_Union[Agreement, _Mapping]] = ..., base_etag: _Optional[str] = ..., earliest_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., legal_version: _Optional[str] = ..., accepted_by: _Optional[str] = ..., approval: _Optional[_Union[AmendmentApproval, str]] = ..., state: _Optional[_Union[AmendmentState, str]] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., decided_by: _Optional[str] = ..., reason: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Product(_message.Message):
    __slots__ = ("id", "display_name", "trigger", "threshold_percent", "benefit", "kind", "eligibility", "valid_from_date", "valid_until_date", "priority", "creatives")
    ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_PERCENT_FIELD_NUMBER: _ClassVar[int]
    BENEFIT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ELIGIBILITY_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    CREATIVES_FIELD_NUMBER: _ClassVar[int]
    id: str
    display_name: str
    trigger: ProductTrigger
    threshold_percent: _decimal_pb2.Decimal
    benefit: str
    kind: ProductKind
    eligibility: str
    valid_from_date: _date_pb2.Date
    valid_until_date: _date_pb2.Date
    priority: int
    creatives: _containers.RepeatedCompositeFieldContainer[Creative]
    def __init__(self, id: _Optional[str] = ..., display_name: _Optional[str] = ..., trigger: _Optional[_Union[ProductTrigger, str]] = ..., threshold_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., benefit: _Optional[str] = ..., kind: _Optional[_Union[ProductKind, str]] = ..., eligibility: _Optional[str] = ..., valid_from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., valid_until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., priority: _Optional[int] = ..., creatives: _Optional[_Iterable[_Union[Creative, _Mapping]]] = ...) -> None: ...

class ApplyCustomerRequest(_message.Message):
    __slots__ = ("customer", "request_id")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    customer: Customer
    request_id: str
    def __init__(self, customer: _Optional[_Union[Customer, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ApplyCustomerResponse(_message.Message):
    __slots__ = ("customer",)
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    customer: Customer
    def __init__(self, customer: _Optional[_Union[Customer, _Mapping]] = ...) -> None: ...

class GetCustomerRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetCustomerResponse(_message.Message):
    __slots__ = ("customer",)
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    customer: Customer
    def __init__(self, customer: _Optional[_Union[Customer, _Mapping]] = ...) -> None: ...

class ListCustomersRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCustomersResponse(_message.Message):
    __slots__ = ("customers", "next_page_token")
    CUSTOMERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    customers: _containers.RepeatedCompositeFieldContainer[Customer]
    next_page_token: str
    def __init__(self, customers: _Optional[_Iterable[_Union[Customer, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ApplyAgreementRequest(_message.Message):
    __slots__ = ("agreement", "request_id", "validate_only")
    AGREEMENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    agreement: Agreement
    request_id: str
    validate_only: bool
    def __init__(self, agreement: _Optional[_Union[Agreement, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class ApplyAgreementResponse(_message.Message):
    __slots__ = ("agreement", "changed")
    AGREEMENT_FIELD_NUMBER: _ClassVar[int]
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    agreement: Agreement
    changed: bool
    def __init__(self, agreement: _Optional[_Union[Agreement, _Mapping]] = ..., changed: bool = ...) -> None: ...

class GetAgreementRequest(_message.Message):
    __slots__ = ("name", "as_of_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    as_of_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class GetAgreementResponse(_message.Message):
    __slots__ = ("agreement",)
    AGREEMENT_FIELD_NUMBER: _ClassVar[int]
    agreement: Agreement
    def __init__(self, agreement: _Optional[_Union[Agreement, _Mapping]] = ...) -> None: ...

class ListAgreementsRequest(_message.Message):
    __slots__ = ("customer", "page_size", "page_token")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    customer: str
    page_size: int
    page_token: str
    def __init__(self, customer: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAgreementsResponse(_message.Message):
    __slots__ = ("agreements", "next_page_token")
    AGREEMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    agreements: _containers.RepeatedCompositeFieldContainer[Agreement]
    next_page_token: str
    def __init__(self, agreements: _Optional[_Iterable[_Union[Agreement, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RegisterAssetsRequest(_message.Message):
    __slots__ = ("assets", "request_id")
    ASSETS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    assets: _containers.RepeatedCompositeFieldContainer[Asset]
    request_id: str
    def __init__(self, assets: _Optional[_Iterable[_Union[Asset, _Mapping]]] = ..., request_id: _Optional[str] = ...) -> None: ...

class RegisterAssetsResponse(_message.Message):
    __slots__ = ("answers", "registry_revision")
    ANSWERS_FIELD_NUMBER: _ClassVar[int]
    REGISTRY_REVISION_FIELD_NUMBER: _ClassVar[int]
    answers: _containers.RepeatedCompositeFieldContainer[AssetAnswer]
    registry_revision: int
    def __init__(self, answers: _Optional[_Iterable[_Union[AssetAnswer, _Mapping]]] = ..., registry_revision: _Optional[int] = ...) -> None: ...

class AssetAnswer(_message.Message):
    __slots__ = ("name", "outcome", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: AssetOutcome
    reason: str
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[_Union[AssetOutcome, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class ListAssetsRequest(_message.Message):
    __slots__ = ("after_revision", "page_size", "page_token")
    AFTER_REVISION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    after_revision: int
    page_size: int
    page_token: str
    def __init__(self, after_revision: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAssetsResponse(_message.Message):
    __slots__ = ("assets", "next_page_token", "registry_revision")
    ASSETS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REGISTRY_REVISION_FIELD_NUMBER: _ClassVar[int]
    assets: _containers.RepeatedCompositeFieldContainer[Asset]
    next_page_token: str
    registry_revision: int
    def __init__(self, assets: _Optional[_Iterable[_Union[Asset, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., registry_revision: _Optional[int] = ...) -> None: ...

class ApplyCatalogueRequest(_message.Message):
    __slots__ = ("catalogue", "request_id")
    CATALOGUE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    catalogue: Catalogue
    request_id: str
    def __init__(self, catalogue: _Optional[_Union[Catalogue, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ApplyCatalogueResponse(_message.Message):
    __slots__ = ("catalogue",)
    CATALOGUE_FIELD_NUMBER: _ClassVar[int]
    catalogue: Catalogue
    def __init__(self, catalogue: _Optional[_Union[Catalogue, _Mapping]] = ...) -> None: ...

class GetCatalogueRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetCatalogueResponse(_message.Message):
    __slots__ = ("catalogue",)
    CATALOGUE_FIELD_NUMBER: _ClassVar[int]
    catalogue: Catalogue
    def __init__(self, catalogue: _Optional[_Union[Catalogue, _Mapping]] = ...) -> None: ...

class DraftAmendmentRequest(_message.Message):
    __slots__ = ("amendment", "request_id")
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    amendment: Amendment
    request_id: str
    def __init__(self, amendment: _Optional[_Union[Amendment, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class DraftAmendmentResponse(_message.Message):
    __slots__ = ("amendment",)
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    amendment: Amendment
    def __init__(self, amendment: _Optional[_Union[Amendment, _Mapping]] = ...) -> None: ...

class GetAmendmentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetAmendmentResponse(_message.Message):
    __slots__ = ("amendment",)
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    amendment: Amendment
    def __init__(self, amendment: _Optional[_Union[Amendment, _Mapping]] = ...) -> None: ...

class ListAmendmentsRequest(_message.Message):
    __slots__ = ("customer", "state", "page_size", "page_token")
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    customer: str
    state: AmendmentState
    page_size: int
    page_token: str
    def __init__(self, customer: _Optional[str] = ..., state: _Optional[_Union[AmendmentState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAmendmentsResponse(_message.Message):
    __slots__ = ("amendments", "next_page_token")
    AMENDMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    amendments: _containers.RepeatedCompositeFieldContainer[Amendment]
    next_page_token: str
    def __init__(self, amendments: _Optional[_Iterable[_Union[Amendment, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ApproveAmendmentRequest(_message.Message):
    __slots__ = ("name", "approver", "effective_date", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    APPROVER_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    approver: str
    effective_date: _date_pb2.Date
    request_id: str
    def __init__(self, name: _Optional[str] = ..., approver: _Optional[str] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ApproveAmendmentResponse(_message.Message):
    __slots__ = ("amendment", "agreement")
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    AGREEMENT_FIELD_NUMBER: _ClassVar[int]
    amendment: Amendment
    agreement: Agreement
    def __init__(self, amendment: _Optional[_Union[Amendment, _Mapping]] = ..., agreement: _Optional[_Union[Agreement, _Mapping]] = ...) -> None: ...

class RejectAmendmentRequest(_message.Message):
    __slots__ = ("name", "approver", "reason", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    APPROVER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    approver: str
    reason: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., approver: _Optional[str] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RejectAmendmentResponse(_message.Message):
    __slots__ = ("amendment",)
    AMENDMENT_FIELD_NUMBER: _ClassVar[int]
    amendment: Amendment
    def __init__(self, amendment: _Optional[_Union[Amendment, _Mapping]] = ...) -> None: ...

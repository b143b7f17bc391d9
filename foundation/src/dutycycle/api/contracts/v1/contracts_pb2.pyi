from dutycycle.api.contracts.v1 import charge_pb2 as _charge_pb2
from google.type import date_pb2 as _date_pb2
from google.type import decimal_pb2 as _decimal_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ProgramFit(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROGRAM_FIT_UNSPECIFIED: _ClassVar[ProgramFit]
    PROGRAM_FIT_BELOW_BASELINE: _ClassVar[ProgramFit]
    PROGRAM_FIT_ABOVE_BASELINE: _ClassVar[ProgramFit]

class ProductTrigger(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRODUCT_TRIGGER_UNSPECIFIED: _ClassVar[ProductTrigger]
    PRODUCT_TRIGGER_UNUSABLE_RECORDS: _ClassVar[ProductTrigger]
    PRODUCT_TRIGGER_IDLE_ASSETS: _ClassVar[ProductTrigger]

class AssetOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSET_OUTCOME_UNSPECIFIED: _ClassVar[AssetOutcome]
    ASSET_OUTCOME_REGISTERED: _ClassVar[AssetOutcome]
    ASSET_OUTCOME_EXTENDED: _ClassVar[AssetOutcome]
    ASSET_OUTCOME_UNCHANGED: _ClassVar[AssetOutcome]
    ASSET_OUTCOME_REFUSED: _ClassVar[AssetOutcome]
PROGRAM_FIT_UNSPECIFIED: ProgramFit
PROGRAM_FIT_BELOW_BASELINE: ProgramFit
PROGRAM_FIT_ABOVE_BASELINE: ProgramFit
PRODUCT_TRIGGER_UNSPECIFIED: ProductTrigger
PRODUCT_TRIGGER_UNUSABLE_RECORDS: ProductTrigger
PRODUCT_TRIGGER_IDLE_ASSETS: ProductTrigger
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
    __slots__ = ("name", "customer", "display_name", "purchase_order", "payment_days", "zone", "currency", "start_date", "end_date", "lessor", "note", "schedules", "usage_noun", "asset_noun", "etag", "effective_date", "revision")
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
    def __init__(self, name: _Optional[str] = ..., customer: _Optional[str] = ..., display_name: _Optional[str] = ..., purchase_order: _Optional[str] = ..., payment_days: _Optional[int] = ..., zone: _Optional[str] = ..., currency: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., lessor: _Optional[_Union[Lessor, _Mapping]] = ..., note: _Optional[str] = ..., schedules: _Optional[_Iterable[_Union[Schedule, _Mapping]]] = ..., usage_noun: _Optional[str] = ..., asset_noun: _Optional[str] = ..., etag: _Optional[str] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., revision: _Optional[int] = ...) -> None: ...

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
    __slots__ = ("name", "schedule", "start_date", "end_date", "customer", "zone")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SCHEDULE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    name: str
    schedule: str
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    customer: str
    zone: str
    def __init__(self, name: _Optional[str] = ..., schedule: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., customer: _Optional[str] = ..., zone: _Optional[str] = ...) -> None: ...

class Catalogue(_message.Message):
    __slots__ = ("programs", "products")
    PROGRAMS_FIELD_NUMBER: _ClassVar[int]
    PRODUCTS_FIELD_NUMBER: _ClassVar[int]
    programs: _containers.RepeatedCompositeFieldContainer[Program]
    products: _containers.RepeatedCompositeFieldContainer[Product]
    def __init__(self, programs: _Optional[_Iterable[_Union[Program, _Mapping]]] = ..., products: _Optional[_Iterable[_Union[Product, _Mapping]]] = ...) -> None: ...

class Program(_message.Message):
    __slots__ = ("id", "display_name", "fit", "baseline_percent_of_usage", "usage_months", "base_rate_percent", "overage_rate_percent", "minimum_percent", "term_extension_months", "margin_percent", "margin_floor", "minimum_saving_percent", "legal_text", "legal_version")
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
    def __init__(self, id: _Optional[str] = ..., display_name: _Optional[str] = ..., fit: _Optional[_Union[ProgramFit, str]] = ..., baseline_percent_of_usage: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., usage_months: _Optional[int] = ..., base_rate_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., overage_rate_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., minimum_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., term_extension_months: _Optional[int] = ..., margin_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., margin_floor: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., minimum_saving_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., legal_text: _Optional[str] = ..., legal_version: _Optional[str] = ...) -> None: ...

class Product(_message.Message):
    __slots__ = ("id", "display_name", "trigger", "threshold_percent", "benefit")
    ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_PERCENT_FIELD_NUMBER: _ClassVar[int]
    BENEFIT_FIELD_NUMBER: _ClassVar[int]
    id: str
    display_name: str
    trigger: ProductTrigger
    threshold_percent: _decimal_pb2.Decimal
    benefit: str
    def __init__(self, id: _Optional[str] = ..., display_name: _Optional[str] = ..., trigger: _Optional[_Union[ProductTrigger, str]] = ..., threshold_percent: _Optional[_Union[_decimal_pb2.Decimal, _Mapping]] = ..., benefit: _Optional[str] = ...) -> None: ...

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

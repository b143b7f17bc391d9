"""What is refused of a catalogue: all that offers could not use. It is kept as it is handed in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from google.protobuf.message import Message

from dutycycle.api.contracts.v1 import contracts_pb2
from dutycycle.charge.violation import number_violations
from dutycycle.kit.errors import FieldViolation, InvalidInputError
from dutycycle.runtime import condition
from dutycycle.runtime.wire import date_from_proto, decimal_from_proto

_ID = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_USAGE_MONTHS = 12
_HUNDRED = Decimal(100)
_SHARES = ("base_rate_percent", "overage_rate_percent", "minimum_percent", "minimum_saving_percent", "switch_cost")
_COUNTS = ("usage_months", "term_extension_months", "carry_periods", "offer_valid_days")

Offered = contracts_pb2.Program | contracts_pb2.Product


def violations(catalogue: contracts_pb2.Catalogue) -> list[FieldViolation]:
    """Name every field with which offers could not work."""
    found = list(_percent(catalogue, "control_percent", "catalogue"))
    found += _count(catalogue, "treatments_at_most", "catalogue")
    for place, program in enumerate(catalogue.programs):
        found += _program(program, f"catalogue.programs[{place}]")
    for place, product in enumerate(catalogue.products):
        found += _product(product, f"catalogue.products[{place}]")
    subjects = [each.id for each in catalogue.programs] + [each.id for each in catalogue.products]
    twice = [each for each, count in Counter(subjects).items() if count > 1 and each]
    found += [FieldViolation("catalogue", f"has {each!r} twice; programs and products share ids") for each in twice]
    found += _campaigns(catalogue.campaigns, subjects)
    return found


def _program(program: contracts_pb2.Program, at: str) -> Iterator[FieldViolation]:
    yield from _offered(program, at)
    yield from _choice(program, "fit", at, may_be_absent=False)
    yield from _choice(program, "kind", at)
    yield from _choice(program, "approval", at)
    yield from _number(program, "baseline_percent_of_usage", at, above=Decimal(0))
    yield from _number(program, "margin_floor", at)
    yield from _percent(program, "margin_percent", at)
    for field in _SHARES:
        yield from _number(program, field, at, least=Decimal(0))
    for field in _COUNTS:
        yield from _count(program, field, at)
    if program.usage_months > _USAGE_MONTHS:
        yield FieldViolation(f"{at}.usage_months", f"is {program.usage_months}; at most {_USAGE_MONTHS} are looked at")
    if program.legal_text and not program.legal_version:
        yield FieldViolation(f"{at}.legal_version", "is empty; an acceptance notes which version was accepted")


def _product(product: contracts_pb2.Product, at: str) -> Iterator[FieldViolation]:
    yield from _offered(product, at)
    yield from _choice(product, "trigger", at, may_be_absent=False)
    yield from _choice(product, "kind", at)
    if not product.benefit:
        yield FieldViolation(f"{at}.benefit", "is empty; say in a sentence what it does for the customer")
    if not product.HasField("threshold_percent"):
        yield FieldViolation(f"{at}.threshold_percent", "is absent; say which share calls for it")
    yield from _number(product, "threshold_percent", at, least=Decimal(0))


def _offered(offered: Offered, at: str) -> Iterator[FieldViolation]:
    """Check what programs and products share."""
    yield from _identifier(offered.id, at)
    if not offered.display_name:
        yield FieldViolation(f"{at}.display_name", "is empty; it is printed")
    fault = condition.fault(offered.eligibility)
    if fault:
        yield FieldViolation(f"{at}.eligibility", fault)
    start, end = _day(offered, "valid_from_date", date.min), _day(offered, "valid_until_date", date.max)
    for field, day in (("valid_from_date", start), ("valid_until_date", end)):
        if day is None:
            yield FieldViolation(f"{at}.{field}", "is no day")
    if start and end and start >= end:
        yield FieldViolation(f"{at}.valid_until_date", f"is {end}; it is the day after the last, so after {start}")
    for place, creative in enumerate(offered.creatives):
        if not _LANGUAGE.fullmatch(creative.language):
            yield FieldViolation(
                f"{at}.creatives[{place}].language", f"is {creative.language!r}; give one like 'de-DE'"
            )
        for field in ("display_name", "text"):
            if not getattr(creative, field):
                yield FieldViolation(f"{at}.creatives[{place}].{field}", "is empty; it is printed")
    languages = Counter(creative.language for creative in offered.creatives)
    for language in (each for each, count in languages.items() if count > 1):
        yield FieldViolation(f"{at}.creatives", f"has {language!r} twice")


def _campaigns(campaigns: Sequence[contracts_pb2.Campaign], subjects: Sequence[str]) -> Iterator[FieldViolation]:
    """Check that each measures something: a subject is in the first campaign that covers it."""
    taken: dict[str, str] = {}
    catch_all = ""
    for place, campaign in enumerate(campaigns):
        at = f"catalogue.campaigns[{place}]"
        yield from _identifier(campaign.id, at)
        yield from _percent(campaign, "hold_out_percent", at)
        if campaign.id in (earlier.id for earlier in campaigns[:place]):
            yield FieldViolation(f"{at}.id", f"{campaign.id!r} is an earlier campaign; another name draws anew")
        if catch_all:
            yield FieldViolation(f"{at}.subjects", f"are in {catch_all!r} already, which has all; put that one last")
        for subject in campaign.subjects:
            if subject not in subjects:
                yield FieldViolation(f"{at}.subjects", f"{subject!r} is no program or product of this catalogue")
            elif subject in taken:
                yield FieldViolation(f"{at}.subjects", f"{subject!r} is in {taken[subject]!r} already")
            taken.setdefault(subject, campaign.id)
        catch_all = catch_all or ("" if campaign.subjects else campaign.id)


def _identifier(given: str, at: str) -> Iterator[FieldViolation]:
    if not _ID.fullmatch(given):
        yield FieldViolation(f"{at}.id", f"is {given!r}; give lower-case letters, digits and hyphens, at most 63")


def _choice(message: Message, field: str, at: str, *, may_be_absent: bool = True) -> Iterator[FieldViolation]:
    enum, number = message.DESCRIPTOR.fields_by_name[field].enum_type, getattr(message, field)
    names = enum.values_by_number if enum is not None else {}
    if number not in names or (number == 0 and not may_be_absent):
        first = names[0].name.removesuffix("UNSPECIFIED")
        known = ", ".join(value.name.removeprefix(first).lower() for key, value in names.items() if key)
        yield FieldViolation(f"{at}.{field}", f"is {number or 'absent'}; it is one of {known}")


def _count(message: Message, field: str, at: str) -> Iterator[FieldViolation]:
    if getattr(message, field) < 0:
        yield FieldViolation(f"{at}.{field}", "must not be negative")


def _percent(message: Message, field: str, at: str) -> Iterator[FieldViolation]:
    yield from _number(message, field, at, least=Decimal(0), most=_HUNDRED)


def _number(
    message: Message,
    field: str,
    at: str,
    *,
    least: Decimal | None = None,
    above: Decimal | None = None,
    most: Decimal | None = None,
) -> Iterator[FieldViolation]:
    if not message.HasField(field):
        return
    try:
        value = decimal_from_proto(getattr(message, field), field)
    except InvalidInputError as error:
        yield from (FieldViolation(f"{at}.{field}", violation.description) for violation in error.violations)
        return
    yield from number_violations(f"{at}.{field}", value, least=least, above=above)
    if most is not None and value > most:
        yield FieldViolation(f"{at}.{field}", f"is {value}; it must be at most {most}")


def _day(offered: Offered, field: str, absent: date) -> date | None:
    """Read a day; None if it is none."""
    if not offered.HasField(field):
        return absent
    try:
        return date_from_proto(getattr(offered, field))
    except InvalidInputError:
        return None

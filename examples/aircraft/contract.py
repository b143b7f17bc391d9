"""Write one customer and its master lease agreement as YAML that a person can read."""

from __future__ import annotations

from textwrap import indent, wrap

from fleet import Family
from schedule import write_pool, write_schedule
from terms import LESSOR, NOTE, CarrierTerms, Person


def write_contract(carrier: str, name: str, terms: CarrierTerms, families: dict[str, Family]) -> str:
    """Return the contract file of one carrier."""
    return "\n".join([_head(carrier, name), _customer(carrier, name, terms), _agreement(carrier, terms, families)])


def _head(carrier: str, name: str) -> str:
    return (
        f"# {name}: customer and master lease agreement MA-{carrier}-2013.\n"
        "# Written by derive.py from the data and terms.py: change those, not this file.\n"
        "# The carrier, its fleet and its flights are real; terms, prices, people and addresses are made up.\n"
    )


def _customer(carrier: str, name: str, terms: CarrierTerms) -> str:
    code = carrier.lower()
    fleet_manager = _contact(terms.fleet_manager, "fleet manager")
    payables = _contact(terms.payables, "accounts payable")
    return (
        "customer:\n"
        f"  name: customers/{code}\n"
        f"  display_name: {name}\n"
        f"  address_lines:\n{_lines(terms.address_lines)}"
        f"  contacts:\n{fleet_manager}{payables}"
        f"  usage_source: ops-{code}\n"
        "  language: en-US\n"
    )


def _contact(person: Person, role: str) -> str:
    return (
        f"    - display_name: {person.display_name}\n"
        f"      email: {person.email}\n"
        f"      role: {role}\n"
        "      receives_invoices: true\n"
    )


def _agreement(carrier: str, terms: CarrierTerms, families: dict[str, Family]) -> str:
    code = carrier.lower()
    awaited = {title: Family() for title, of in terms.schedules.items() if of.stated and title not in families}
    note = indent("\n".join(wrap(NOTE, 100)), "    ")
    written = [
        write_schedule(carrier, title, family, terms.schedules.get(title, terms.standard), pooled=terms.pools_hours)
        for title, family in (families | awaited).items()
    ]
    if terms.pools_hours:
        written.append(write_pool(carrier, families, terms.standard))
    schedules = "\n".join(written)
    return (
        "agreement:\n"
        f"  name: agreements/ma-{code}-2013\n"
        f"  customer: customers/{code}\n"
        f"  display_name: Master lease agreement MA-{carrier}-2013\n"
        f"  purchase_order: {terms.purchase_order}\n"
        f"  payment_days: {terms.payment_days}\n"
        "  zone: America/New_York\n"
        "  currency: USD\n"
        "  start_date: 2013-01-01\n"
        "  end_date: 2014-01-01 # the day after the last\n"
        "  effective_date: 2013-01-01\n"
        f"{_lessor()}"
        f"  note: >-\n{note}\n"
        "  usage_noun: flights from New York\n"
        "  asset_noun: aircraft\n"
        f"  schedules:\n{indent(schedules, '    ')}"
    )


def _lessor() -> str:
    return (
        "  lessor:\n"
        f"    display_name: {LESSOR.display_name}\n"
        f"    address_lines:\n{_lines(LESSOR.address_lines, '      ')}"
        f"    remit_to_lines:\n{_lines(LESSOR.remit_to_lines, '      ')}"
        "    contact:\n"
        f"      display_name: {LESSOR.contact.display_name}\n"
        f"      email: {LESSOR.contact.email}\n"
        f"      role: {LESSOR.contact_role}\n"
    )


def _lines(lines: tuple[str, ...], margin: str = "    ") -> str:
    return "".join(f'{margin}- "{line}"\n' for line in lines)

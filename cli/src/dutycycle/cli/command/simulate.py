"""`dutycycle simulate`: what past months would have cost on other charges."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from google.type.money_pb2 import Money as MoneyProto
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.charge import expanded_charges
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import customer_name, read_periods
from dutycycle.cli.document import message_from_document, read_document
from dutycycle.cli.output import AsJson, call, console, emit, errors, explained, table
from dutycycle.kit.money import minor_digits
from dutycycle.kit.quantity import grouped, round_to_scale
from dutycycle.runtime.wire import money_from_proto, period_to_proto

_PRESENT = "as agreed"


def simulate(
    alternatives: Annotated[
        Path, typer.Argument(help="YAML: alternatives, each a name with charges or replacements.", exists=True)
    ],
    periods: Annotated[str, typer.Option(help="Months, both ends counted: 2013-01..2013-12", show_default=False)],
    customer: Annotated[
        list[str] | None, typer.Option(help="Customer: fl or customers/fl; several times. Left out: all.")
    ] = None,
    per_customer: Annotated[bool, typer.Option("--per-customer", help="Also show what each would have paid.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare plans over past months: what customers paid, and what they would have paid."""
    request = explained(lambda: _request(alternatives))
    months = read_periods(periods)
    request.periods.extend(map(period_to_proto, months))
    request.customers.extend(map(customer_name, customer or ()))
    request.include_customers = per_customer

    async def work(client: Client) -> rating_pb2.SimulateChargesResponse:
        with _bar() as bar:
            task = bar.add_task("Rating", total=None)
            answer = rating_pb2.SimulateChargesResponse()
            async for answer in client.rating.SimulateCharges(request):
                bar.update(task, completed=answer.progress.done, total=answer.progress.total)
            return answer

    answer = call(work)

    def text() -> None:
        if not answer.present:
            console.print(f"No customer has terms in {periods}")
        for present in answer.present:
            _print_currency(present, answer)
            if per_customer:
                _print_customers(present.total.currency_code, answer, [each.name for each in request.alternatives])

    emit(answer, as_json=as_json, text=text)


def _request(file: Path) -> rating_pb2.SimulateChargesRequest:
    """Read alternatives; presets among their charges are written out, for rating knows only charges."""
    document, where = read_document(file), f"{file}.alternatives"
    tried = document.get("alternatives")
    if isinstance(tried, list):
        document["alternatives"] = [
            {**each, "charges": expanded_charges(each["charges"], f"{where}[{index}].charges")}
            if isinstance(each, dict) and "charges" in each
            else each
            for index, each in enumerate(tried)
        ]
    return message_from_document(rating_pb2.SimulateChargesRequest, document, str(file))


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("customers"))
    return Progress(*columns, TimeElapsedColumn(), console=errors, transient=True)


def _print_currency(present: rating_pb2.CostDistribution, answer: rating_pb2.SimulateChargesResponse) -> None:
    """Print a row a plan; amounts are in the currency of the headings, quantiles of one customer's month."""
    currency = present.total.currency_code
    percents = [f">{each.percent} % ({currency})" for each in present.percentiles]
    columns = ["Plan", ">Months", f">Total ({currency})", f">Difference ({currency})", f">Mean a month ({currency})"]
    rows = [_row(_PRESENT, present, "")]
    for each in answer.alternatives:
        if each.difference.currency_code == currency:
            rows.append(_row(each.alternative, each.distribution, _amount(each.difference)))
    table([*columns, f">Least ({currency})", *percents, f">Most ({currency})"], rows)
    console.print()


def _row(name: str, found: rating_pb2.CostDistribution, difference: str) -> list[str]:
    return [
        name,
        f"{found.count:,}",
        _amount(found.total),
        difference,
        _amount(found.mean),
        _amount(found.min),
        *(_amount(each.amount) for each in found.percentiles),
        _amount(found.max),
    ]


def _print_customers(currency: str, answer: rating_pb2.SimulateChargesResponse, names: Sequence[str]) -> None:
    rows = [
        [each.customer, _amount(each.present), *(_amount(cost) for cost in each.alternatives)]
        for each in answer.customers
        if each.present.currency_code == currency
    ]
    table(["Customer", *(f">{name} ({currency})" for name in (_PRESENT, *names))], rows)
    console.print()


def _amount(message: MoneyProto) -> str:
    """Write an amount to the minor unit, without its currency."""
    money = money_from_proto(message)
    digits = minor_digits(money.currency)
    return grouped(round_to_scale(money.amount, digits), digits).replace("-", "−")

"""`dutycycle mail`: deliveries by e-mail."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dutycycle.api.notify.v1 import notify_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import full_name
from dutycycle.cli.output import AsJson, call, console, emit, table
from dutycycle.kit.ids import request_id

app = typer.Typer(help="Deliveries by e-mail.", no_args_is_help=True)


@app.command("list")
def mail_list(
    failed: Annotated[bool, typer.Option("--failed", help="Only what could not be delivered.")] = False,
    limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List deliveries and what the mail server said."""
    state = notify_pb2.DELIVERY_STATE_FAILED if failed else notify_pb2.DELIVERY_STATE_UNSPECIFIED

    async def work(client: Client) -> notify_pb2.ListDeliveriesResponse:
        return await client.notify.ListDeliveries(notify_pb2.ListDeliveriesRequest(state=state, page_size=limit))

    page = call(work)
    rows = [
        [
            d.name,
            d.recipient,
            d.subject,
            notify_pb2.DeliveryState.Name(d.state).removeprefix("DELIVERY_STATE_").lower(),
            str(d.attempts),
            d.last_answer,
        ]
        for d in page.deliveries
    ]

    def text() -> None:
        table(["Delivery", "Recipient", "Subject", "State", ">Attempts", "Last answer"], rows)
        console.print(f"{len(rows):,} of {page.total:,}")

    emit(page, as_json=as_json, text=text)


@app.command("retry")
def mail_retry(
    delivery: Annotated[str, typer.Argument(help="Delivery: deliveries/…")], as_json: AsJson = False
) -> None:
    """Try a failed delivery again, now."""

    async def work(client: Client) -> notify_pb2.Delivery:
        request = notify_pb2.RetryDeliveryRequest(name=full_name("deliveries", delivery), request_id=request_id())
        return (await client.notify.RetryDelivery(request)).delivery

    answer = call(work)
    emit(answer, as_json=as_json, text=lambda: console.print(f"{answer.name} to {answer.recipient} is tried again"))


@app.command("preview")
def mail_preview(
    invoice: Annotated[str, typer.Argument(help="Issued invoice: fl-2013-06")],
    recipient: Annotated[str, typer.Option(help="Mailbox; the first contact that receives invoices if left out.")] = "",
    out: Annotated[Path | None, typer.Option(help="Also write the message as an .eml file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compose the mail of an invoice as it would be sent, and send nothing."""

    async def work(client: Client) -> notify_pb2.PreviewMessageResponse:
        request = notify_pb2.PreviewMessageRequest(invoice=full_name("invoices", invoice), recipient=recipient)
        return await client.notify.PreviewMessage(request)

    answer = call(work)
    if out is not None:
        out.write_bytes(answer.message)
    emit(answer, as_json=as_json, text=lambda: console.print(f"[bold]{answer.subject}[/bold]\n\n{answer.text}"))


@app.command("suppressed")
def mail_suppressed(as_json: AsJson = False) -> None:
    """List mailboxes to which nothing is sent, and why."""

    async def work(client: Client) -> notify_pb2.ListSuppressionsResponse:
        return await client.notify.ListSuppressions(notify_pb2.ListSuppressionsRequest(page_size=1_000))

    page = call(work)
    rows = [[each.recipient, each.reason] for each in page.suppressions]
    emit(page, as_json=as_json, text=lambda: table(["Mailbox", "Why"], rows))


@app.command("lift")
def mail_lift(
    mailbox: Annotated[str, typer.Argument(help="The mailbox.")],
    reason: Annotated[str, typer.Option(help="Why it may be used again.")],
    as_json: AsJson = False,
) -> None:
    """Send to a mailbox again that had bounced."""

    async def work(client: Client) -> notify_pb2.LiftSuppressionResponse:
        request = notify_pb2.LiftSuppressionRequest(recipient=mailbox, reason=reason, request_id=request_id())
        return await client.notify.LiftSuppression(request)

    answer = call(work)
    emit(answer, as_json=as_json, text=lambda: console.print(f"{mailbox} gets mail again"))

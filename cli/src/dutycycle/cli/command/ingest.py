"""`dutycycle ingest`: usage: send files, see what was refused or waits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dutycycle.api.ingest.v1 import ingest_pb2
from dutycycle.api.rating.v1 import rating_pb2
from dutycycle.cli.client import Client
from dutycycle.cli.command.argument import full_name
from dutycycle.cli.output import EXIT_FAILED, AsJson, call, console, emit, table
from dutycycle.cli.upload import download_answer, upload
from dutycycle.kit.ids import request_id
from dutycycle.runtime.mend import mended_batch

app = typer.Typer(help="Usage: send files, see what was refused or waits.", no_args_is_help=True)


@app.command("file")
def ingest_file(
    file: Annotated[Path, typer.Argument(exists=True, help=".csv or .xlsx")],
    mapping: Annotated[Path, typer.Option(exists=True, help="YAML that says which column is what.")],
    answer: Annotated[Path | None, typer.Option(help="Save the file with an answer beside each row.")] = None,
    as_json: AsJson = False,
) -> None:
    """Send a file of usage and say what became of its rows."""

    async def work(client: Client) -> ingest_pb2.UsageFile:
        sent = await upload(client, file, mapping)
        if answer is not None and sent.state == ingest_pb2.FILE_STATE_FINISHED:
            await download_answer(client, sent.name, answer)
        return sent

    sent = call(work)

    def text() -> None:
        if sent.error:
            console.print(f"[bold red]refused[/bold red] {sent.error}")
            return
        receipt = sent.receipt
        console.print(
            f"{receipt.received:,} rows: {receipt.accepted:,} accepted, {receipt.waiting:,} waiting, "
            f"{receipt.duplicate:,} duplicate, {receipt.rejected:,} rejected"
        )
        for reason, count in sorted(sent.rejected_by_reason.items()):
            console.print(f"  {count:,} {reason}")

    emit(sent, as_json=as_json, text=text)
    if sent.error:
        raise typer.Exit(EXIT_FAILED)


@app.command("sources")
def ingest_sources(as_json: AsJson = False) -> None:
    """List sources: what they sent, and how far rating has taken it in."""

    async def work(client: Client) -> tuple[list[ingest_pb2.SourceHead], rating_pb2.GetWatermarkResponse]:
        heads = await client.ingest.ListSources(ingest_pb2.ListSourcesRequest())
        return list(heads.sources), await client.rating.GetWatermark(rating_pb2.GetWatermarkRequest())

    heads, watermark = call(work)
    folded = {head.source: head.last_segment_number for head in watermark.folded}
    rows = [
        [
            head.source,
            f"{head.totals.received:,}",
            f"{head.totals.accepted:,}",
            f"{head.totals.waiting:,}",
            f"{head.totals.duplicate:,}",
            f"{head.totals.rejected:,}",
            f"{folded.get(head.source, 0):,} of {head.last_segment_number:,}",
        ]
        for head in heads
    ]
    columns = ["Source", ">Received", ">Accepted", ">Waiting", ">Duplicate", ">Rejected", ">Segments folded"]
    emit({"sources": heads, "folded": folded}, as_json=as_json, text=lambda: table(columns, rows))


@app.command("waiting")
def ingest_waiting(
    source: Annotated[str, typer.Option(help="Only this source.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List usage that waits, and what would release it."""

    async def work(client: Client) -> ingest_pb2.ListWaitingUsageResponse:
        return await client.ingest.ListWaitingUsage(ingest_pb2.ListWaitingUsageRequest(source=source, page_size=limit))

    page = call(work)
    rows = [[w.record.source, w.record.event_id, w.record.asset_identity, w.reason, w.message] for w in page.waiting]

    def text() -> None:
        table(["Source", "Record", "Identity", "Reason", "What releases it"], rows)
        console.print(f"{len(rows):,} of {page.total:,}")

    emit(page, as_json=as_json, text=text)


@app.command("rejections")
def ingest_rejections(
    source: Annotated[str, typer.Option(help="Only this source.")] = "",
    reason: Annotated[str, typer.Option(help="Only this reason.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List refused records, with the reason and what to do."""

    async def work(client: Client) -> ingest_pb2.ListRejectionsResponse:
        return await client.ingest.ListRejections(
            ingest_pb2.ListRejectionsRequest(source=source, reason=reason, page_size=limit)
        )

    page = call(work)
    rows = [
        [r.name, r.record.source, r.record.event_id, r.reason, r.message, str(r.times), r.origin]
        for r in page.rejections
    ]

    def text() -> None:
        table(["Rejection", "Source", "Record", "Reason", "What to do", ">Times", "First seen"], rows)
        console.print(f"{len(rows):,} of {page.total:,}")

    emit(page, as_json=as_json, text=text)


@app.command("replay")
def ingest_replay(
    rejection: Annotated[str, typer.Argument(help="Rejection, as listed: rejections/…")],
    asset: Annotated[str, typer.Option(help="The asset identity that was missing or wrong.")] = "",
    meter: Annotated[list[str] | None, typer.Option(help="A value that was missing or wrong: air_minutes=127")] = None,
    as_json: AsJson = False,
) -> None:
    """Mend a refused record and send it again; the rejection is then no longer listed."""

    async def work(client: Client) -> ingest_pb2.UsageReceipt:
        name = full_name("rejections", rejection)
        found = (await client.ingest.GetRejection(ingest_pb2.GetRejectionRequest(name=name))).rejection
        batch = mended_batch(found.record, asset, meter or [])
        request = ingest_pb2.ReplayRejectionRequest(name=name, batch=batch, request_id=request_id())
        return (await client.ingest.ReplayRejection(request)).receipt

    receipt = call(work)

    def text() -> None:
        for answer in receipt.answers:
            outcome = ingest_pb2.Outcome.Name(answer.outcome).removeprefix("OUTCOME_").lower()
            console.print(f"{outcome} {answer.reason} {answer.message}".rstrip())
        if not receipt.answers:
            console.print("accepted")

    emit(receipt, as_json=as_json, text=text)
    if receipt.rejected:
        raise typer.Exit(EXIT_FAILED)

"""What commands print: tables for people, JSON for programs, errors that say what to do."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar

import grpc
import grpc.aio
import typer
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from rich.console import Console
from rich.table import Table

from dutycycle.cli.client import Client, ClientSettings, connected
from dutycycle.kit.errors import DutycycleError
from dutycycle.runtime.rpc import error_from_rpc

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)
T = TypeVar("T")

EXIT_FAILED = 1
"""A service or a file refused what was asked."""
EXIT_UNREACHABLE = 3
"""A service could not be reached."""


def call(work: Callable[[Client], Awaitable[T]], settings: ClientSettings | None = None) -> T:
    """Do something with the services; turn an error into a line for people and an exit code.

    Args:
        settings: where the services are; None: as the environment says.
    """

    async def run() -> T:
        async with connected(settings or ClientSettings()) as client:
            return await work(client)

    def connected_run() -> T:
        try:
            return asyncio.run(run())
        except grpc.aio.AioRpcError as failure:
            _explain(error_from_rpc(failure))
            code = EXIT_UNREACHABLE if failure.code() == grpc.StatusCode.UNAVAILABLE else EXIT_FAILED
            raise typer.Exit(code) from None

    return explained(connected_run)


def explained(work: Callable[[], T]) -> T:
    """Do something without the services; turn an error into a line for people and an exit code."""
    try:
        return work()
    except DutycycleError as failure:
        _explain(failure)
        raise typer.Exit(EXIT_FAILED) from None


def emit(data: Any, *, as_json: bool, text: Callable[[], None]) -> None:
    """Print a result as JSON, or call `text` to print it for people."""
    if as_json:
        json.dump(to_plain(data), sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        text()


def to_plain(data: Any) -> Any:
    """Return messages as dictionaries with the names of the proto."""
    if isinstance(data, Message):
        return MessageToDict(data, preserving_proto_field_name=True)
    if isinstance(data, dict):
        return {key: to_plain(value) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return [to_plain(value) for value in data]
    return data


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
    """Print rows under headings; a heading that begins with ">" aligns its column right."""
    shown = Table(title=title or None, title_justify="left", box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        shown.add_column(column.removeprefix(">"), justify="right" if column.startswith(">") else "left")
    for row in rows:
        shown.add_row(*row)
    console.print(shown)


def _explain(failure: DutycycleError) -> None:
    errors.print(f"[bold red]{failure.reason}[/bold red] {failure.message}")
    for violation in failure.violations:
        errors.print(f"  {violation.field}: {violation.description}")

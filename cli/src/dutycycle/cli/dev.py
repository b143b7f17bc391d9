"""`dutycycle dev`: every service a process of its own on this machine, until Ctrl-C."""

from __future__ import annotations

import json
import secrets
import signal
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from dutycycle.cli.mailbox import Mailbox
from dutycycle.cli.server import free_port
from dutycycle.cli.stack import PORTAL, SERVICES, Stack

TENANT = "skyline"
STAFF = "clerk@skyline.example"
"""Who signs in to the lessor's pages on this machine; the link comes into the mailbox like any other mail."""
_FIRST_PORT = 7101
_LOOK_SECONDS = 1.0
_TOKEN_FILE = "tenant-token"  # noqa: S105  # the name of a file


def run_dev(state: Path, devices: Sequence[str], console: Console) -> None:
    """Start everything, print where it is, and stop it all in order on Ctrl-C or SIGTERM.

    Each device named may send over MQTT, with a password that is printed; a device is the source of its usage.
    What is stored stays below `state` and is there again the next time; so is the tenant's token.
    """
    state.mkdir(parents=True, exist_ok=True)
    smtp_port = free_port()
    mailbox = Mailbox(state / "mail", smtp_port)
    stack = Stack(
        state,
        tenants={TENANT: _token(state)},
        settings={"DUTYCYCLE_NOTIFY_SMTP_PORT": str(smtp_port)},
        staff=[STAFF],
        ports={name: _FIRST_PORT + place for place, name in enumerate((*SERVICES, PORTAL))},
    )
    until = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: until.set())
    mailbox.start()
    try:
        stack.start()
        passwords = {device: secrets.token_urlsafe(12) for device in devices}
        stack.admit_devices(passwords, TENANT)
        _print_addresses(stack, state, passwords, console)
        reported: set[str] = set()
        while not until.wait(_LOOK_SECONDS):
            for name in set(stack.ended()) - reported:
                console.print(f"[bold red]{name} ended[/bold red]; its log ends:\n{stack.log_tail(name)}")
                reported.add(name)
    finally:
        console.print("Stopping")
        stack.stop()
        mailbox.stop()


def _token(state: Path) -> str:
    path = state / _TOKEN_FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def _print_addresses(stack: Stack, state: Path, devices: Mapping[str, str], console: Console) -> None:
    console.print("[bold]Dutycycle runs[/bold]; Ctrl-C stops it")
    for name in stack.services:
        console.print(f"  {name:<10} {stack.target(name)}", highlight=False)
    console.print(f"  {'portal':<10} {stack.portal_url}, sign in as {STAFF} or as a contact", highlight=False)
    if stack.mqtt_address is not None:
        console.print(f"  {'mqtt':<10} {':'.join(map(str, stack.mqtt_address))}", highlight=False)
    for device, password in devices.items():
        console.print(f"  {'device':<10} {device}, password {password}", highlight=False)
    console.print(f"  {'mail':<10} {state / 'mail'}", highlight=False)
    console.print(f"  {'logs':<10} {state / 'logs'}", highlight=False)
    console.print("\nIn another terminal:", highlight=False)
    console.print(
        f"  export DUTYCYCLE_TENANT_TOKENS='{json.dumps(dict(stack.tenants))}'", highlight=False, soft_wrap=True
    )
    console.print("  .venv/bin/dutycycle contracts apply examples/aircraft/contracts/*.yaml", highlight=False)

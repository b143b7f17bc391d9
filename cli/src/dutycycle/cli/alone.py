"""A rating service for the length of one command, where none is running."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dutycycle.cli.client import ClientSettings
from dutycycle.cli.stack import Stack

_SERVICE = "rating"


@contextmanager
def rating_alone() -> Iterator[ClientSettings]:
    """Start PostgreSQL, NATS and rating in a directory that goes away again; give the settings that reach them.

    The service is the one that bills, so the answer is the one that would be billed. Without contracts and ingest it
    knows no customers: only what a request carries can be rated.
    """
    # PostgreSQL's own user must reach its files, which those of a home directory may forbid.
    directory = Path(tempfile.mkdtemp(prefix="dutycycle-alone-", dir="/var/tmp"))  # made for us alone
    directory.chmod(0o755)
    try:
        with Stack(directory, services=(_SERVICE,)) as stack:
            yield ClientSettings.model_validate(
                {"tenant_tokens": dict(stack.tenants), "tenant": "", f"{_SERVICE}_target": stack.target(_SERVICE)}
            )
    finally:
        shutil.rmtree(directory, ignore_errors=True)

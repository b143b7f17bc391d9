"""`dutycycle-ingest`: run the service; `dutycycle-ingest migrate`: bring its schema up to date."""

from __future__ import annotations

from dutycycle.ingest.app import MIGRATIONS, build
from dutycycle.ingest.settings import Settings
from dutycycle.runtime.process import run


def main() -> None:
    settings = Settings()
    run(lambda: build(settings), settings, "ingest", MIGRATIONS)


if __name__ == "__main__":
    main()

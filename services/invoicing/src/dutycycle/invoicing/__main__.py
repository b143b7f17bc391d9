"""`dutycycle-invoicing`: run the service; `dutycycle-invoicing migrate`: bring its schema up to date."""

from __future__ import annotations

from dutycycle.invoicing.app import MIGRATIONS, build
from dutycycle.invoicing.settings import Settings
from dutycycle.runtime.process import run


def main() -> None:
    settings = Settings()
    run(lambda: build(settings), settings, "invoicing", MIGRATIONS)


if __name__ == "__main__":
    main()

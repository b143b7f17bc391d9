"""`dutycycle-contracts`: run the service; `dutycycle-contracts migrate`: bring its schema up to date."""

from __future__ import annotations

from dutycycle.contracts.app import MIGRATIONS, build
from dutycycle.contracts.settings import Settings
from dutycycle.runtime.process import run


def main() -> None:
    settings = Settings()
    run(lambda: build(settings), settings, "contracts", MIGRATIONS)


if __name__ == "__main__":
    main()

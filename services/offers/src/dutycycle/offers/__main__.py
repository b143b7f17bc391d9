"""`dutycycle-offers`: run the service; `dutycycle-offers migrate`: bring its schema up to date."""

from __future__ import annotations

from dutycycle.offers.app import MIGRATIONS, build
from dutycycle.offers.settings import Settings
from dutycycle.runtime.process import run


def main() -> None:
    settings = Settings()
    run(lambda: build(settings), settings, "offers", MIGRATIONS)


if __name__ == "__main__":
    main()

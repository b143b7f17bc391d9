"""`dutycycle-rating`: run the service; `dutycycle-rating migrate`: bring its schema up to date."""

from __future__ import annotations

from dutycycle.rating.app import MIGRATIONS, build
from dutycycle.rating.settings import Settings
from dutycycle.runtime.process import run


def main() -> None:
    settings = Settings()
    run(lambda: build(settings), settings, "rating", MIGRATIONS)


if __name__ == "__main__":
    main()

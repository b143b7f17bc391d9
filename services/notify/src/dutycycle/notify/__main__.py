"""`dutycycle-notify`: run the service; `dutycycle-notify migrate`: bring its schema up to date."""

from __future__ import annotations

from dutycycle.notify.app import MIGRATIONS, build
from dutycycle.notify.settings import Settings
from dutycycle.runtime.process import run


def main() -> None:
    settings = Settings()
    run(lambda: build(settings), settings, "notify", MIGRATIONS)


if __name__ == "__main__":
    main()

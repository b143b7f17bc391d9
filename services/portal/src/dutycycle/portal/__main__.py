"""`dutycycle-portal`: run the pages."""

from __future__ import annotations

import uvicorn

from dutycycle.portal.app import build
from dutycycle.portal.settings import Settings
from dutycycle.runtime import logs


def main() -> None:
    settings = Settings()
    logs.configure("portal", settings.log_format, settings.log_level)
    host, _, port = settings.listen.rpartition(":")
    uvicorn.run(
        build(settings),
        host=host,
        port=int(port),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(settings.drain_seconds),
    )


if __name__ == "__main__":
    main()

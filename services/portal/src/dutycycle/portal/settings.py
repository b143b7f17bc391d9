"""Settings of the portal."""

from __future__ import annotations

from pydantic import Field

from dutycycle.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    listen: str = Field(default="127.0.0.1:7107", validation_alias="DUTYCYCLE_PORTAL_LISTEN")
    """Host and port that HTTP is served on; TLS ends before it."""
    url: str = Field(default="http://127.0.0.1:7107", validation_alias="DUTYCYCLE_PORTAL_URL")
    """Where people reach it: "https://portal.example"."""
    secrets: list[str] = Field(default_factory=list, validation_alias="DUTYCYCLE_PORTAL_SECRETS")
    """Keys that sign sessions and sign-in links, as JSON, the newest first. Without any nobody can sign in."""
    staff: dict[str, str] = Field(default_factory=dict, validation_alias="DUTYCYCLE_PORTAL_STAFF")
    """Mailbox of each person at a lessor, as JSON, to its tenant."""

    @property
    def is_secure(self) -> bool:
        """Whether people reach it over TLS only."""
        return self.url.startswith("https://")

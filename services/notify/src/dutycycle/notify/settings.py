"""Settings of the notify service."""

from __future__ import annotations

from pydantic import Field

from dutycycle.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    listen: str = Field(default="127.0.0.1:7106", validation_alias="DUTYCYCLE_NOTIFY_LISTEN")
    smtp_host: str = Field(default="127.0.0.1", validation_alias="DUTYCYCLE_NOTIFY_SMTP_HOST")
    smtp_port: int = Field(default=2525, validation_alias="DUTYCYCLE_NOTIFY_SMTP_PORT")
    smtp_start_tls: bool = Field(default=False, validation_alias="DUTYCYCLE_NOTIFY_SMTP_START_TLS")
    smtp_username: str = Field(default="", validation_alias="DUTYCYCLE_NOTIFY_SMTP_USERNAME")
    smtp_password: str = Field(default="", validation_alias="DUTYCYCLE_NOTIFY_SMTP_PASSWORD")
    sender: str = Field(default="", validation_alias="DUTYCYCLE_NOTIFY_SENDER")
    """Mailbox in From and in the SMTP envelope; empty: that of the lessor's contact on the invoice."""
    at_once: int = Field(default=4, ge=1, validation_alias="DUTYCYCLE_NOTIFY_AT_ONCE")
    """Messages that are sent at the same time."""
    first_pause_seconds: int = Field(default=15, ge=1, validation_alias="DUTYCYCLE_NOTIFY_FIRST_PAUSE_SECONDS")
    """Pause after the first failed attempt; it doubles with each."""

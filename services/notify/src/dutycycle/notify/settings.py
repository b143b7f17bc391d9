"""Settings of the notify service."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, model_validator

from dutycycle.notify.dkim_key import DkimKey
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
    dkim_domain: str = Field(default="", validation_alias="DUTYCYCLE_NOTIFY_DKIM_DOMAIN")
    """Domain that signs messages, the one of the sender; empty: they are not signed here."""
    dkim_selector: str = Field(default="dutycycle", validation_alias="DUTYCYCLE_NOTIFY_DKIM_SELECTOR")
    dkim_key_path: str = Field(default="", validation_alias="DUTYCYCLE_NOTIFY_DKIM_KEY_PATH")
    """File with the private key, PEM."""
    bounce_domain: str = Field(default="", validation_alias="DUTYCYCLE_NOTIFY_BOUNCE_DOMAIN")
    """Domain of envelope senders, each of which names its delivery; empty: bounces go to the sender, unread."""
    bounce_key: str = Field(default="", validation_alias="DUTYCYCLE_NOTIFY_BOUNCE_KEY")
    """Secret that signs envelope senders; needed with a bounce domain."""
    bounce_listen: str = Field(default="", validation_alias="DUTYCYCLE_NOTIFY_BOUNCE_LISTEN")
    """Address at which the mail server of the bounce domain hands bounces over, by SMTP: "0.0.0.0:2526"."""
    alert_seconds: int = Field(default=900, ge=1, validation_alias="DUTYCYCLE_NOTIFY_ALERT_SECONDS")
    """Pause between two looks at running periods."""

    def dkim_key(self) -> DkimKey | None:
        """Return the key that signs messages. Raises OSError if its file cannot be read."""
        if not self.dkim_domain:
            return None
        return DkimKey(self.dkim_domain, self.dkim_selector, Path(self.dkim_key_path).read_bytes())

    @model_validator(mode="after")
    def _bounces_are_signed(self) -> Settings:
        if self.bounce_domain and len(self.bounce_key) < 16:
            raise ValueError("set DUTYCYCLE_NOTIFY_BOUNCE_KEY to a secret of at least 16 characters")
        return self

"""Settings from the environment; a service adds its own under `DUTYCYCLE_<SERVICE>_`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """What every service needs. Targets say where the others are: "dns:///rating:7103"."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    database_url: str = Field(
        default="postgresql://postgres@127.0.0.1:5432/dutycycle", validation_alias="DUTYCYCLE_DATABASE_URL"
    )
    nats_url: str = Field(default="nats://127.0.0.1:4222", validation_alias="DUTYCYCLE_NATS_URL")
    tenant_tokens: dict[str, str] = Field(default_factory=dict, validation_alias="DUTYCYCLE_TENANT_TOKENS")
    """Tenant to its static bearer token, as JSON. Also the list of tenants that background work serves."""
    migrate_on_start: bool = Field(default=False, validation_alias="DUTYCYCLE_MIGRATE_ON_START")
    """Bring the schema up to date at start; otherwise a service refuses to start on an older one."""
    drain_seconds: float = Field(default=8.0, validation_alias="DUTYCYCLE_DRAIN_SECONDS")
    """Time between NOT_SERVING and the stop of the server, for load balancers to notice."""
    log_format: Literal["json", "console"] = Field(default="json", validation_alias="DUTYCYCLE_LOG_FORMAT")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", validation_alias="DUTYCYCLE_LOG_LEVEL"
    )
    contracts_target: str = Field(default="127.0.0.1:7101", validation_alias="DUTYCYCLE_CONTRACTS_TARGET")
    ingest_target: str = Field(default="127.0.0.1:7102", validation_alias="DUTYCYCLE_INGEST_TARGET")
    rating_target: str = Field(default="127.0.0.1:7103", validation_alias="DUTYCYCLE_RATING_TARGET")
    offers_target: str = Field(default="127.0.0.1:7104", validation_alias="DUTYCYCLE_OFFERS_TARGET")
    invoicing_target: str = Field(default="127.0.0.1:7105", validation_alias="DUTYCYCLE_INVOICING_TARGET")
    notify_target: str = Field(default="127.0.0.1:7106", validation_alias="DUTYCYCLE_NOTIFY_TARGET")

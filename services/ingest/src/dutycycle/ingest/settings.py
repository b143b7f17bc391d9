"""Settings of the ingest service."""

from __future__ import annotations

from pydantic import Field

from dutycycle.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    listen: str = Field(default="127.0.0.1:7102", validation_alias="DUTYCYCLE_INGEST_LISTEN")
    mqtt_url: str = Field(default="", validation_alias="DUTYCYCLE_INGEST_MQTT_URL")
    """Broker whose devices are listened to: "mqtt://user:password@host:1883". Empty: the MQTT door stays shut."""
    mqtt_client_id: str = Field(default="dutycycle-ingest", validation_alias="DUTYCYCLE_INGEST_MQTT_CLIENT_ID")
    """Name of the persistent session and of this replica's own consumers; each replica needs its own."""

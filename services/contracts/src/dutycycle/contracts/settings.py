"""Settings of the contracts service."""

from __future__ import annotations

from pydantic import Field

from dutycycle.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    listen: str = Field(default="127.0.0.1:7101", validation_alias="DUTYCYCLE_CONTRACTS_LISTEN")

"""Settings of the rating service."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dutycycle.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    listen: str = Field(default="127.0.0.1:7103", validation_alias="DUTYCYCLE_RATING_LISTEN")
    core: Literal["require", "python", "auto"] = Field(default="auto", validation_alias="DUTYCYCLE_RATING_CORE")
    """Which core rates; see core.py. Read at import, and here so that a wrong value stops the start."""
    simd: Literal["on", "off"] = Field(default="on", validation_alias="DUTYCYCLE_RATING_SIMD")
    """Whether the core may use wide registers; read as above."""
    poll_seconds: float = Field(default=1.0, gt=0, validation_alias="DUTYCYCLE_RATING_POLL_SECONDS")
    """How often ingest is asked for segments that no message told of."""
    segments_a_fold: int = Field(default=32, ge=1, le=512, validation_alias="DUTYCYCLE_RATING_SEGMENTS_A_FOLD")
    """Segments that one transaction folds at most."""

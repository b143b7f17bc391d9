"""Which way the compiled core rates is chosen when it is loaded, and can be read."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from dutycycle.rating import _core

WIDEST = _core.VARIANTS[-1]


@pytest.mark.parametrize(("simd", "variant"), [("off", "portable"), ("on", WIDEST), (None, WIDEST)])
def test_simd_is_a_setting(simd: str | None, variant: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DUTYCYCLE_RATING_SIMD"}
    environment |= {} if simd is None else {"DUTYCYCLE_RATING_SIMD": simd}
    told = subprocess.run(
        [sys.executable, "-c", "from dutycycle.rating.core import VARIANT; print(VARIANT)"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == variant


def test_every_processor_has_the_portable_one() -> None:
    assert _core.VARIANTS[0] == "portable"
    assert _core.VARIANT in _core.VARIANTS

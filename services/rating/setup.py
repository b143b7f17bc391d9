"""Build the compiled core. DUTYCYCLE_RATING_CORE=python builds the package without it."""

from __future__ import annotations

import os

from Cython.Build import cythonize
from setuptools import Extension, setup


def _extension(name: str) -> Extension:
    return Extension(f"dutycycle.rating.{name}", [f"src/dutycycle/rating/{name}.pyx"], extra_compile_args=["-O3"])


EXTENSIONS = [_extension(name) for name in ("_core", "_aggregate")]

setup(ext_modules=[] if os.environ.get("DUTYCYCLE_RATING_CORE") == "python" else cythonize(EXTENSIONS))

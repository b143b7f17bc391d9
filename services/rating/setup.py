"""Build the compiled core. DUTYCYCLE_RATING_CORE=python builds the package without it."""

from __future__ import annotations

import os

from Cython.Build import cythonize
from setuptools import Extension, setup

CORE = Extension("dutycycle.rating._core", ["src/dutycycle/rating/_core.pyx"], extra_compile_args=["-O3"])

setup(ext_modules=[] if os.environ.get("DUTYCYCLE_RATING_CORE") == "python" else cythonize([CORE]))

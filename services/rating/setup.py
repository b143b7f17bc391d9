"""Build the compiled core. DUTYCYCLE_RATING_CORE=python builds the package without it."""

from __future__ import annotations

import os

from Cython.Build import cythonize
from setuptools import Extension, setup

SOURCE = "src/dutycycle/rating"
CORE = Extension(
    "dutycycle.rating._core",
    [f"{SOURCE}/_core.pyx"],
    depends=[f"{SOURCE}/_run.h", f"{SOURCE}/_lanes.h"],
    # Arithmetic modulo 2^64 is meant where it stands; wide registers are handed to inlined functions only.
    extra_compile_args=["-O3", "-fwrapv", "-Wno-psabi"],
)

setup(ext_modules=[] if os.environ.get("DUTYCYCLE_RATING_CORE") == "python" else cythonize([CORE]))

"""Build the compiled core. DUTYCYCLE_RATING_CORE=python builds the package without it."""

from __future__ import annotations

import os

from Cython.Build import cythonize
from setuptools import Extension, setup

SOURCE = "src/dutycycle/rating"
# Arithmetic modulo 2^64 is meant where it stands; wide registers are handed to inlined functions only.
ARGUMENTS = ["-O3", "-fwrapv", "-Wno-psabi"]
EXTENSIONS = [
    Extension(
        "dutycycle.rating._core",
        [f"{SOURCE}/_core.pyx"],
        depends=[f"{SOURCE}/_run.h", f"{SOURCE}/_lanes.h"],
        extra_compile_args=ARGUMENTS,
    ),
    Extension("dutycycle.rating._aggregate", [f"{SOURCE}/_aggregate.pyx"], extra_compile_args=ARGUMENTS),
]

setup(ext_modules=[] if os.environ.get("DUTYCYCLE_RATING_CORE") == "python" else cythonize(EXTENSIONS))

"""Libraries that only some tests need, and a compiler: a test skips where what it is about is missing."""

from __future__ import annotations

from typing import Any

import pytest

from edgewise.built import COMPILED
from edgewise.errors import LoweringError
from edgewise.lower.c.compiled_c import find_compiler

__all__ = ["LIBRARIES", "available", "library", "where_loops_are_compiled"]

LIBRARIES = ("jax", "torch")

where_loops_are_compiled = pytest.mark.skipif(
    not COMPILED, reason="builds give the same bytes, and plain Python is slow"
)
"""For sweeps that say nothing of the build: `test_builds.py` compares builds."""


def library(name: str) -> Any:
    """The library, if it is installed."""
    return pytest.importorskip(name, reason=f"{name} is a peer, not a test dependency: pip install {name}")


def available(backend: str) -> None:
    """Skip the test where a back end cannot run on this machine."""
    if backend in LIBRARIES:
        library(backend)
    if backend == "c":
        try:
            find_compiler()
        except LoweringError as missing:
            pytest.skip(str(missing))

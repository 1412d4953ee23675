"""Libraries that only some tests need, and a compiler: a test skips where what it is about is missing."""

from __future__ import annotations

from typing import Any

import pytest

from edgewise.errors import LoweringError
from edgewise.lower.c.compiled_c import find_compiler

__all__ = ["LIBRARIES", "available", "library"]

LIBRARIES = ("jax", "torch")


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

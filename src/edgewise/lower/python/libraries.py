"""The libraries that emitted source runs under, loaded when a graph is first compiled for one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module
from typing import Any

from edgewise.errors import LoweringError

__all__ = ["in_double", "library"]


def library(target: str) -> Any:
    """The library of a target, "jax" or "torch"; a LoweringError where it is missing."""
    try:
        return import_module(target)
    except ImportError:
        raise LoweringError(f"{target} is not installed", hint=f'pip install "edgewise[{target}]"') from None


def in_double(jax: Any, values: Sequence[Any]) -> Any:
    """JAX computes in single precision unless it is told; inside a transformation its user has decided."""
    if any(isinstance(value, jax.core.Tracer) for value in values):
        return nullcontext()
    enable = getattr(jax, "enable_x64", None)
    return enable(True) if enable is not None else import_module("jax.experimental").enable_x64()

"""Methods that draw random numbers without being asked of a generator that the user holds."""

from __future__ import annotations

import functools
import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from edgewise.frontends.reached import is_users
from edgewise.frontends.tracing_numpy import refuse_draw
from edgewise.graph.lines import line_text

__all__ = ["methods_that_draw"]


def methods_that_draw() -> list[tuple[type, str, Callable[..., Any]]]:
    """Class, name, and what the method is during a trace: those of `random`, and SciPy's distributions' if loaded."""
    rows: list[tuple[Any, str, Any]] = [(random.Random, "seed", _without_seed)]
    rows += [(random.SystemRandom, name, _of_the_system) for name in ("random", "getrandbits", "randbytes")]
    stats: Any = sys.modules.get("scipy.stats")
    if stats is not None:
        rows += [
            (stats.rv_continuous.__base__, "rvs", _of_the_global),
            (type(stats.multivariate_normal).__base__, "_get_random_state", _of_the_global),
        ]
    held = ((kind, name, vars(kind)[name], made) for kind, name, made in rows)
    return [(kind, name, made(getattr(method, "original", method))) for kind, name, method, made in held]


@functools.cache
def _of_the_global(original: Callable[..., Any]) -> Callable[..., Any]:
    """A draw from NumPy's global generator is refused; one of a generator or seed that is given, is not."""

    @functools.wraps(original)
    def call(self: Any, *args: Any, **options: Any) -> Any:
        given = options.get("random_state", args[0] if original.__name__ == "_get_random_state" and args else None)
        if given is None and self._random_state is np.random.mtrand._rand:
            refuse_draw(f"scipy.stats.{type(self).__name__}.rvs", "np.random")
        return original(self, *args, **options)

    call.original = original  # type: ignore[attr-defined]
    return call


@functools.cache
def _without_seed(original: Callable[..., Any]) -> Callable[..., Any]:
    """`random.Random()` in the user's code; libraries draw names of files and the like."""

    @functools.wraps(original)
    def call(self: Any, a: Any = None, *args: Any, **options: Any) -> Any:
        if a is None:
            _refuse_of_users("random.Random() without a seed", sys._getframe(1))
        return original(self, a, *args, **options)

    call.original = original  # type: ignore[attr-defined]
    return call


@functools.cache
def _of_the_system(original: Callable[..., Any]) -> Callable[..., Any]:
    """`random.SystemRandom` has no seed; its other methods come to these."""

    @functools.wraps(original)
    def call(self: Any, *args: Any, **options: Any) -> Any:
        _refuse_of_users("random.SystemRandom", sys._getframe(1))
        return original(self, *args, **options)

    call.original = original  # type: ignore[attr-defined]
    return call


def _refuse_of_users(what: str, frame: Any) -> None:
    """Refuse a draw that the user's code asks for, directly or by methods of `random`."""
    while frame.f_back is not None and frame.f_globals.get("__name__") == "random":
        frame = frame.f_back
    if is_users(frame.f_globals.get("__name__")):
        refuse_draw(what, "", line_text(frame.f_code.co_filename, frame.f_lineno))

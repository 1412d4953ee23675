"""Methods that draw random numbers without being asked of a generator that the user holds."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from edgewise.frontends.tracing_numpy import refuse_draw
from edgewise.graph.callers import is_users
from edgewise.graph.lines import line_text

__all__ = ["methods_that_draw"]


def methods_that_draw() -> list[tuple[type, str, Callable[..., Any]]]:
    """Class, name, and what the method is during a trace: those of `random`, and SciPy's distributions' if loaded."""
    rows: list[tuple[Any, str, Callable[..., Any]]] = [(random.Random, "seed", _without_seed)]
    rows += [(random.SystemRandom, name, _of_the_system) for name in ("random", "getrandbits", "randbytes")]
    stats: Any = sys.modules.get("scipy.stats")
    if stats is not None:
        rows += [
            (stats.rv_continuous.__base__, "rvs", _of_the_global),
            (type(stats.multivariate_normal).__base__, "_get_random_state", _of_the_given),
        ]
    return rows


def _of_the_global(original: Callable[..., Any], holder: Any, *args: Any, **options: Any) -> Any:
    """A draw from NumPy's global generator is refused; one of a generator or seed that is given, is not."""
    _refuse_global(holder, options.get("random_state"))
    return original(holder, *args, **options)


def _of_the_given(original: Callable[..., Any], holder: Any, random_state: Any) -> Any:
    """The same where the generator comes first."""
    _refuse_global(holder, random_state)
    return original(holder, random_state)


def _refuse_global(holder: Any, given: Any) -> None:
    if given is None and holder._random_state is np.random.mtrand._rand:
        refuse_draw(f"scipy.stats.{type(holder).__name__}.rvs", "np.random")


def _without_seed(
    original: Callable[..., Any], generator: random.Random, a: Any = None, *args: Any, **options: Any
) -> Any:
    """`random.Random()` in the user's code; libraries draw names of files and the like."""
    if a is None:
        _refuse_of_users("random.Random() without a seed", sys._getframe(2))
    return original(generator, a, *args, **options)


def _of_the_system(original: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """`random.SystemRandom` has no seed; its other methods come to these."""
    _refuse_of_users("random.SystemRandom", sys._getframe(2))
    return original(*args, **options)


def _refuse_of_users(what: str, frame: Any) -> None:
    """Refuse a draw that the user's code asks for, directly or by methods of `random`."""
    while frame.f_back is not None and frame.f_globals.get("__name__") == "random":
        frame = frame.f_back
    if is_users(frame.f_globals.get("__name__")):
        refuse_draw(what, "", line_text(frame.f_code.co_filename, frame.f_lineno))

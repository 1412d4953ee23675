"""Methods that draw random numbers without being asked of a generator that the user holds."""

from __future__ import annotations

import functools
import random
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from edgewise.frontends.tracing_numpy import refuse_draw
from edgewise.graph.callers import is_users
from edgewise.graph.lines import line_text

__all__ = ["methods_that_draw"]

Check = Callable[[Any, tuple[Any, ...], Mapping[str, Any]], None]
"""What refuses a call of a method: given its object, arguments and options."""


def methods_that_draw() -> list[tuple[type, str, Callable[..., Any]]]:
    """Class, name, and what the method is during a trace: those of `random`, and SciPy's distributions' if loaded."""
    rows: list[tuple[Any, str, Check]] = [(random.Random, "seed", _without_seed)]
    rows += [(random.SystemRandom, name, _of_the_system) for name in ("random", "getrandbits", "randbytes")]
    stats: Any = sys.modules.get("scipy.stats")
    if stats is not None:
        rows += [
            (stats.rv_continuous.__base__, "rvs", _of_the_global),
            (type(stats.multivariate_normal).__base__, "_get_random_state", _of_the_given),
        ]
    held = ((kind, name, vars(kind)[name], check) for kind, name, check in rows)
    return [(kind, name, _checked(getattr(method, "original", method), check)) for kind, name, method, check in held]


@functools.cache
def _checked(original: Callable[..., Any], check: Check) -> Callable[..., Any]:
    """A method that is called if the check does not refuse it."""

    @functools.wraps(original)
    def call(self: Any, *args: Any, **options: Any) -> Any:
        check(self, args, options)
        return original(self, *args, **options)

    call.original = original  # type: ignore[attr-defined]
    return call


def _of_the_global(holder: Any, _: tuple[Any, ...], options: Mapping[str, Any]) -> None:
    """A draw from NumPy's global generator is refused; one of a generator or seed that is given, is not."""
    _refuse_global(holder, options.get("random_state"))


def _of_the_given(holder: Any, args: tuple[Any, ...], options: Mapping[str, Any]) -> None:
    """The same where the generator comes first."""
    _refuse_global(holder, options.get("random_state", args[0] if args else None))


def _refuse_global(holder: Any, given: Any) -> None:
    if given is None and holder._random_state is np.random.mtrand._rand:
        refuse_draw(f"scipy.stats.{type(holder).__name__}.rvs", "np.random")


def _without_seed(_: Any, args: tuple[Any, ...], options: Mapping[str, Any]) -> None:
    """`random.Random()` in the user's code; libraries draw names of files and the like."""
    if (args[0] if args else options.get("a")) is None:
        _refuse_of_users("random.Random() without a seed", sys._getframe(2))


def _of_the_system(*_: Any) -> None:
    """`random.SystemRandom` has no seed; its other methods come to these."""
    _refuse_of_users("random.SystemRandom", sys._getframe(2))


def _refuse_of_users(what: str, frame: Any) -> None:
    """Refuse a draw that the user's code asks for, directly or by methods of `random`."""
    while frame.f_back is not None and frame.f_globals.get("__name__") == "random":
        frame = frame.f_back
    if is_users(frame.f_globals.get("__name__")):
        refuse_draw(what, "", line_text(frame.f_code.co_filename, frame.f_lineno))

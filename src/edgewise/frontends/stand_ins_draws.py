"""What another call would give anew, while a function is traced: random draws, the system's entropy, clocks.

A graph would keep the number of the one call that was traced. So these are refused where the graph is kept, and taken
where every call traces anew (`draws_are_fresh`); a generator that the function seeds itself draws the same numbers at
every call.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping, Set
from functools import cache, partial
from types import FrameType, ModuleType
from typing import Any, Final

from edgewise.frontends.tracing_numpy import Ours, StandIn, current, refuse_clock, refuse_draw
from edgewise.graph.callers import is_users

__all__ = ["MENTIONED", "TABLES", "load"]


def _caller() -> FrameType:
    """Who called the stand-in: the rows below stand between it and here."""
    return sys._getframe(3)


def _is_users(frame: FrameType) -> bool:
    return is_users(frame.f_globals.get("__name__"))


@cache
def _installed() -> tuple[str, ...]:
    """Where installed packages are."""
    import sysconfig

    return tuple({sysconfig.get_path(name) for name in ("purelib", "platlib")})


def _is_own(frame: FrameType) -> bool:
    """Whether it is the user's own code: an installed package that logs or shows progress reads clocks as well."""
    return _is_users(frame) and not frame.f_code.co_filename.startswith(_installed())


Asked = Callable[[tuple[Any, ...], Mapping[str, Any]], bool]
"""Whether a call with these arguments gives something else each time."""


def _refused(of: Callable[[FrameType], bool], refuse: Callable[[], None], when: Asked = lambda *_: True) -> Ours:
    """A function that is refused where code of such a kind calls it."""

    def call(original: Any, *args: Any, **options: Any) -> Any:
        if when(args, options) and of(_caller()):
            refuse()
        return original(*args, **options)

    return call


# --- random draws ----------------------------------------------------------------------------------------------------


def _draw(module: str, name: str) -> Ours:
    return _refused(_is_users, partial(refuse_draw, f"{module}.{name}", module))


def _seed(module: str) -> Ours:
    def call(original: Any, *args: Any, **options: Any) -> Any:
        if args[:1] != (None,) and (args or options):
            current().seeded.add(module)  # what is drawn from now on is the same at every call
        return original(*args, **options)

    return call


def _unseeded(name: str) -> Ours:
    """A generator, or what a generator is made of, that takes its seed from the system if it is given none."""
    return _refused(
        _is_users,
        partial(refuse_draw, f"np.random.{name}() without a seed"),
        lambda args, options: all(seed is None for seed in (*args, *options.values())),
    )


_QUIET: Final = frozenset(("get_state", "get_bit_generator", "set_bit_generator", "getstate"))
_SEEDS: Final = frozenset(("seed", "set_state", "setstate"))


def _random_rows(module: ModuleType) -> dict[str, Any]:
    """The functions that draw, and those that make generators."""
    name = "np.random" if module.__name__ == "numpy.random" else "random"
    bits = getattr(module, "BitGenerator", None)
    rows: dict[str, Any] = {}
    for key, value in vars(module).items():
        if key.startswith("_") or key in _QUIET or not callable(value):
            continue
        if key in _SEEDS:
            rows[key] = _seed(name)
        elif bits is not None and (
            key in ("default_rng", "RandomState", "SeedSequence")
            or (isinstance(value, type) and issubclass(value, bits) and value is not bits)
        ):
            rows[key] = _unseeded(key)
        elif getattr(value, "__self__", None) is not None and not isinstance(value.__self__, (ModuleType, type)):
            rows[key] = _draw(name, key)  # a method of the module's one generator
    return rows


def _listed(module: str, names: str) -> Callable[[ModuleType], dict[str, Any]]:
    """Functions that draw from the system's entropy."""
    return lambda held: {
        name: _refused(_is_own, partial(refuse_draw, f"{module}.{name}"))
        for name in names.split()
        if hasattr(held, name)
    }


# --- clocks ----------------------------------------------------------------------------------------------------------


def _clock(name: str, given: int | None = None) -> Ours:
    """A function that reads a clock: where it is called with fewer than `given` arguments, if that is said."""
    return _refused(
        _is_own,
        partial(refuse_clock, name),
        lambda args, _: given is None or len([a for a in args if a is not None]) < given,
    )


_READS: Final = "time perf_counter monotonic process_time thread_time"


def _time_rows(module: ModuleType) -> dict[str, Any]:
    reads = [f"{name}{unit}" for name in (*_READS.split(), "clock_gettime") for unit in ("", "_ns")]
    rows = {name: _clock(f"time.{name}") for name in reads if hasattr(module, name)}
    rows |= {name: _clock(f"time.{name}", 1) for name in ("localtime", "gmtime", "ctime", "asctime")}
    return rows | {"strftime": _clock("time.strftime", 2)}


def _dated(original: type, names: str) -> StandIn:
    """A class of `datetime` whose methods that read the clock are refused."""

    def reading(name: str) -> Ours:
        method = getattr(original, name)

        def read(*args: Any, **options: Any) -> Any:
            if _is_own(sys._getframe(1)):
                refuse_clock(f"datetime.{original.__name__}.{name}")
            return method(*args, **options)

        return read

    made = StandIn(original, lambda original, *args, **options: original(*args, **options))
    for name in names.split():
        setattr(made, name, reading(name))
    return made


def _datetime_rows(module: ModuleType) -> dict[str, Any]:
    return {"datetime": _dated(module.datetime, "now utcnow today"), "date": _dated(module.date, "today")}


TABLES: Final[Mapping[str, Callable[[ModuleType], Mapping[str, Any]]]] = {
    "random": _random_rows, "numpy.random": _random_rows, "time": _time_rows, "datetime": _datetime_rows,
    "secrets": _listed("secrets", "choice randbelow randbits token_bytes token_hex token_urlsafe"),
    "os": _listed("os", "urandom getrandom"),
    "uuid": _listed("uuid", "uuid1 uuid4 uuid6 uuid7"),
}  # fmt: skip
"""Module → what its names do while a function is traced."""

MENTIONED: Final[Mapping[str, frozenset[str]]] = {"datetime": frozenset(("now", "utcnow", "today"))}
"""Modules that are left alone unless the code uses one of these names: other threads may save what is made of them."""


_WORDS: Final = frozenset(word for name in TABLES for word in (name, name.rpartition(".")[2]))


def load(names: Set[str]) -> None:
    """Load the modules of these tables which code that uses these names will import as it runs."""
    if names.isdisjoint(_WORDS):
        return
    for module in TABLES:
        if module not in sys.modules and (module in names or names >= set(module.split("."))):
            importlib.import_module(module)

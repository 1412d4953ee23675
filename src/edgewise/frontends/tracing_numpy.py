"""NumPy's constructors, and other functions that do not ask their arguments, while a function is traced.

`np.exp(x)` asks x what to do; `np.zeros(n)`, `np.array([x, y])`, `math.exp(x)`, `scipy.special.logsumexp(x)` and
`len(x)` do not. So for the time of a trace the modules through which users reach them hold ours instead: `numpy`,
`numpy.linalg`, `math`, `random`, `numpy.random`, and `scipy.special`, `scipy.linalg` where they are loaded; and so do
the names that functions reached from the traced one have of them (`from numpy import zeros`). There is no way without:
NumPy's protocol for constructors (`like=`) has to be written by the user, and a function whose globals are copied
loses its assignments to them, its methods and its helpers.

What keeps this harmless: a stand-in calls the original at once in a thread that does not trace, and when a library
calls it (NumPy, SciPy, ourselves, …: the caller's module is looked at). Compiled modules have no frame to be looked at,
and are given a NumPy without stand-ins. One is equal to the original and has its hash, so that a compiler which looks
functions up finds it. Several threads may trace; the last to leave restores every name
that still holds ours. Installing and removing may be interrupted anywhere, and removing repairs either.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Set
from importlib.machinery import EXTENSION_SUFFIXES
from types import CellType, MethodType, ModuleType
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.errors import UnsupportedError
from edgewise.frontends.reached import reached, take_out
from edgewise.graph import Builder, refused, user_line
from edgewise.graph.callers import LIBRARIES

__all__ = [
    "Ours", "Rows", "StandIn", "Tracing", "callee", "current", "draws_are_fresh", "of_a_library", "refuse_clock",
    "refuse_draw", "replaced", "tracing",
]  # fmt: skip

Ours = Callable[..., Any]
"""A function of the original and of the arguments of a call."""


class _Traces(threading.local):
    """The traces that this thread is in, from the outermost on."""

    def __init__(self) -> None:
        self.open: list[Tracing] = []
        self.fresh = False


_TRACES = _Traces()
_LOCK = threading.RLock()
_USERS: set[Tracing] = set()
_HELD: dict[tuple[int, str], tuple[Any, str, Any, Any]] = {}  # where a stand-in was put: holder, name, original, it
_MISSING: Any = object()


def current() -> Tracing:
    """The innermost trace of this thread."""
    return _TRACES.open[-1]


def tracing() -> Builder | None:
    """The graph under construction while a function is traced in this thread; else None."""
    return _TRACES.open[-1].builder if _TRACES.open else None


@contextlib.contextmanager
def draws_are_fresh() -> Iterator[None]:
    """For those who trace anew at every call: a random number drawn in the function is then no frozen one.

    Within a trace that is kept, theirs is kept too.
    """
    before = _TRACES.fresh
    _TRACES.fresh = not _TRACES.open or current().fresh
    try:
        yield
    finally:
        _TRACES.fresh = before


def refuse_draw(what: str, source: str = "", line: str = "") -> None:
    """Raise where a draw would be kept by the graph: but for a generator that the function itself has seeded."""
    if _is_kept() and source not in current().seeded:
        raise UnsupportedError(
            f"{what} draws a random number while the function is traced: the graph would keep that one number",
            hint="draw outside, and pass the numbers in as an argument, or use a generator with a seed",
            line=line or user_line(),
        )


def refuse_clock(what: str) -> None:
    """Raise where a time would be kept by the graph."""
    if _is_kept():
        raise refused(
            f"{what} reads a clock while the function is traced: the graph would keep that one time",
            "read it outside, and pass it in as an argument",
        )


def _is_kept() -> bool:
    return bool(_TRACES.open) and not current().fresh


class StandIn:
    """What a module holds in place of a function, or of a class, while some thread traces."""

    def __init__(self, original: Any, ours: Ours) -> None:
        self.original, self.ours, self.__wrapped__ = original, ours, original
        self.__name__ = self.__qualname__ = getattr(original, "__name__", "")
        self.__doc__, self.__module__ = original.__doc__, getattr(original, "__module__", "")
        # Of single numbers: `sum(map(math.exp, x))` and `np.vectorize(math.exp)(x)` call it from frames of libraries.
        self.everywhere = self.__module__ == "math"

    def __call__(self, *args: Any, **options: Any) -> Any:
        if not _TRACES.open or (not self.everywhere and of_a_library(sys._getframe(1))):
            return self.original(*args, **options)
        return self.ours(self.original, *args, **options)

    def __getattr__(self, name: str) -> Any:
        original = object.__getattribute__(self, "original")
        if name == "dtype" and isinstance(original, type) and issubclass(original, np.generic):
            return np.dtype(original)  # NumPy takes what has a dtype for one
        return getattr(original, name)

    def __getitem__(self, key: Any) -> Any:
        return self.original[key]

    def __instancecheck__(self, instance: object) -> bool:
        return isinstance(instance, self.original)

    def __subclasscheck__(self, kind: type) -> bool:
        return issubclass(kind, self.original)

    def __mro_entries__(self, bases: Any) -> tuple[type, ...]:
        return (self.original,)

    def __or__(self, other: Any) -> Any:
        return self.original | (other.original if isinstance(other, StandIn) else other)

    def __ror__(self, other: Any) -> Any:
        return other | self.original

    def __eq__(self, other: object) -> bool:
        return self.original is other or self is other

    def __hash__(self) -> int:
        return hash(self.original)

    def __repr__(self) -> str:
        return repr(self.original)


def of_a_library(frame: Any) -> bool:
    """Whether a frame is NumPy's or another library's, for which everything is as it was."""
    return frame.f_globals.get("__name__", "").partition(".")[0] in LIBRARIES


_TABLES: dict[str, dict[str, Any]] = {}  # module → name → stand-in
_ORIGINALS: dict[str, dict[str, Any]] = {}  # module → name → original
_ON_DEMAND: dict[str, StandIn] = {}  # name in numpy → stand-in that is put there for some traces only
_STAND_INS: dict[int, Any] = {}  # id of an original → stand-in


_COMPILED: dict[tuple[str, str], ModuleType] = {}  # module without frames and its name for numpy → it
_FRAMELESS: Final = ("numpy.random.", "scipy.spatial.")
_AS_IT_IS = ModuleType("numpy")
_LOADED: list[int] = [0]


def _compiled() -> Iterator[tuple[ModuleType, str, ModuleType]]:
    """The loaded modules that users call and that call NumPy without a frame of their own, their name for it, and what
    stands there.

    Such as `Generator.normal(size=3)`: in its frame's place is the user's, and what it makes by `np.empty` it takes for
    an array unseen. Other libraries' compiled code is called by their Python code, which has frames.
    """
    with _LOCK:
        if not vars(_AS_IT_IS).get("ndarray"):
            vars(_AS_IT_IS).update({name: getattr(value, "original", value) for name, value in vars(np).items()})
        if len(sys.modules) != _LOADED[0]:
            _LOADED[0] = len(sys.modules)
            for key, module in list(sys.modules.items()):
                if key.startswith(_FRAMELESS) and str(getattr(module, "__file__", "")).endswith(
                    tuple(EXTENSION_SUFFIXES)
                ):
                    _COMPILED.update({(key, name): module for name in ("np", "numpy") if vars(module).get(name) is np})
    return ((module, name, _AS_IT_IS) for (_, name), module in _COMPILED.items())


class Rows(NamedTuple):
    """What there are stand-ins for: the rows that `trace` collects from the modules `stand_ins…`."""

    builtins: Mapping[str, Ours]
    modules: Mapping[str, Callable[[ModuleType], Mapping[str, Any]]]
    """Module → its names' stand-ins."""
    mentioned: Mapping[str, Set[str]]
    """A module that is replaced only where one of these names is used."""
    load: Callable[[Set[str]], None]
    """Load the modules that code which uses some names will import."""
    methods: Callable[[Set[str], bool], list[tuple[Any, str, Callable[..., Any]]]]
    """Class or module, name, and what stands there during a trace of code that uses some names, of named dimensions."""
    lengths: Mapping[str, Ours]
    """NumPy's names that are replaced only where dimensions have names."""
    used: Mapping[str, Ours]
    """NumPy's names that are replaced only where the code uses them."""


def replaced(rows: Rows, names: Set[str] = frozenset()) -> list[tuple[Any, dict[str, Any]]]:
    """The modules that are loaded, and what each of them holds during a trace of code that uses these names."""
    with _LOCK:
        rows.load(names)
        for name in rows.modules:
            if name not in _TABLES and name in sys.modules:
                _TABLES[name] = made = {}
                for key, ours in rows.modules[name](sys.modules[name]).items():
                    original = vars(sys.modules[name])[key]
                    # One function may have several names, in several modules.
                    made[key] = _STAND_INS.setdefault(id(original), _stand_in(original, ours))
                _ORIGINALS[name] = {key: row.original for key, row in made.items()}
        return [
            (sys.modules[name], table)
            for name, table in _TABLES.items()
            if name not in rows.mentioned or not names.isdisjoint(rows.mentioned[name])
        ]


def _prepare(rows: Rows) -> None:
    """Know the stand-ins of what a function may hold: of built-in functions, and of the modules that are loaded."""
    with _LOCK:
        for name, ours in rows.builtins.items():
            original = getattr(builtins, name)
            if id(original) not in _STAND_INS:
                _STAND_INS[id(original)] = StandIn(original, ours)
        for name, ours in () if _ON_DEMAND else {**rows.lengths, **rows.used}.items():
            original = vars(np)[name]
            _ON_DEMAND[name] = StandIn(original, ours)
            if name in rows.used:
                _STAND_INS.setdefault(id(original), _ON_DEMAND[name])
        if not _TABLES.keys() >= rows.modules.keys() & sys.modules.keys():
            replaced(rows)


def _stand_in(original: Any, ours: Any) -> Any:
    return StandIn(original, ours) if callable(original) and not isinstance(ours, StandIn) else ours


class Tracing:
    """One trace of a function: `install` before it is called, `remove` in `finally`."""

    def __init__(self, fn: Callable[..., Any], builder: Builder, rows: Rows) -> None:
        self.fn, self.builder, self.rows = fn, builder, rows
        self.fresh = _TRACES.fresh
        self.seeded: set[str] = set()  # generators of a module that the function itself has seeded
        self.generators: list[tuple[Any, Any]] = []

    def install(self) -> None:
        """Put the stand-ins into place. A draw from a generator that the function reaches is noticed afterwards."""
        _TRACES.open.append(self)
        with _LOCK:
            _USERS.add(self)  # from here on nobody else restores what we find replaced
        _prepare(self.rows)
        found, names = reached(self.fn, _STAND_INS)
        named = self._has_names()
        modules, methods = replaced(self.rows, names), self.rows.methods(names, named)
        with _LOCK:
            for module, table in modules:
                vars(module).update(table)
            for kind, name, ours in methods:
                held = vars(kind)[name]
                _replace(kind, name, held, _method(getattr(held, "original", held), ours))
            for module, name, plain in _compiled():
                _replace(module, name, np, plain)
            space = vars(np)
            for name in (*(names & self.rows.used.keys()), *(self.rows.lengths if named else ())):
                _replace(space, name, _ON_DEMAND[name].original, _ON_DEMAND[name])
            for holder, name, original in found:
                if isinstance(original, MethodType):  # bound before its class was given another
                    again = getattr(original.__self__, original.__name__, original)
                    if again != original:
                        _replace(holder, name, original, again)
                    continue
                if id(original) not in _STAND_INS:
                    self.generators.append((original, _state(original)))
                    continue
                ours = _STAND_INS[id(original)]
                if name and name not in holder:  # Python looks among the built-in names afterwards
                    original = _MISSING
                _replace(holder, name, original, ours)

    def extend(self) -> None:
        """Put stand-ins into the modules that the function itself has loaded."""
        with _LOCK:
            for module, table in replaced(self.rows):
                vars(module).update(table)
            for module, name, ours in _compiled():
                _replace(module, name, np, ours)

    def _has_names(self) -> bool:
        """Whether a dimension of an input has a name."""
        shapes = [parameter.shape for parameter, _ in self.builder.parameters.values()] if self.builder.tensors else ()
        return any(type(length) is not int for shape in shapes for length in shape)

    def remove(self) -> None:
        """Restore everything, once no other trace is under way."""
        if self in _TRACES.open:
            _TRACES.open.remove(self)
        with _LOCK:
            _USERS.discard(self)
            if _USERS:
                return
            for name, table in _TABLES.items():
                take_out(vars(sys.modules[name]), table, _ORIGINALS[name])
            for key, (holder, name, original, ours) in list(_HELD.items()):
                if _held(holder, name) is ours:
                    _put(holder, name, original)
                del _HELD[key]

    def drew(self) -> bool:
        """Whether a generator that the function reaches has drawn since."""
        return not self.fresh and any(_state(generator) != state for generator, state in self.generators)


def callee(fn: Callable[..., Any]) -> Callable[..., Any]:
    """What is called for a function while this thread traces: what stands for it, as for `math.exp`, or itself."""
    stand_in = _STAND_INS.get(id(fn)) if _TRACES.open else None
    return fn if stand_in is None else functools.partial(stand_in.ours, fn)


@functools.cache
def _method(original: Callable[..., Any], ours: Ours) -> Callable[..., Any]:
    """A method of a class that is not ours, as it is while some thread traces."""

    @functools.wraps(original)
    def call(*args: Any, **options: Any) -> Any:
        return ours(original, *args, **options)

    call.original = original  # type: ignore[attr-defined]
    return call


def _replace(holder: Any, name: str, original: Any, ours: Any) -> None:
    """Put ours into place, to be taken out again."""
    _HELD.setdefault((id(holder), name), (holder, name, original, ours))
    _put(holder, name, ours)


def _held(holder: Any, name: str) -> Any:
    if isinstance(holder, CellType):
        return holder.cell_contents
    return (vars(holder) if isinstance(holder, (type, ModuleType)) else holder).get(name)


def _put(holder: Any, name: str, value: Any) -> None:
    if isinstance(holder, CellType):
        holder.cell_contents = value
    elif isinstance(holder, (type, ModuleType)):
        setattr(holder, name, value)
    elif value is _MISSING:
        holder.pop(name, None)
    else:
        holder[name] = value


def _state(generator: Any) -> Any:
    """The state of a generator of random numbers, to be compared."""
    if hasattr(generator, "getstate"):
        return generator.getstate()
    inner = getattr(generator, "bit_generator", None)
    return pickle.dumps(generator.get_state(legacy=False) if inner is None else inner.state)

"""What NumPy's constructors and `math`'s functions do while a function is traced: one row for each name."""

from __future__ import annotations

import itertools
import sys
from collections import deque
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final

import numpy as np

from edgewise.frontends import stand_ins_distances as distance_rows
from edgewise.frontends import stand_ins_draws as draws
from edgewise.frontends import stand_ins_linear as linear_rows
from edgewise.frontends import stand_ins_scipy as scipy_rows
from edgewise.frontends import stand_ins_splines as spline_rows
from edgewise.frontends import stand_ins_statistics as statistics_rows
from edgewise.frontends.given import converted, entries, expressions, is_named, is_symbolic, lengths_of
from edgewise.frontends.tracing_numpy import current, of_a_library, refuse_clock
from edgewise.graph import Expr, ExprArray, Tensor, apply, as_expressions, handle, refused
from edgewise.graph.arrays.filled import Filled, filled, nested, settled
from edgewise.graph.arrays.filled_tensor import FilledTensor
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.complex_pair import Complex, holds_pairs, part
from edgewise.ops import dimension

__all__ = ["LENGTHS", "TABLES", "USED"]


def _tensor(value: Any) -> Any:
    """A tensor beside the inputs of the trace, to be written into."""
    builder = current().builder
    if not builder.tensors:
        raise refused(
            "an array of a named length in a function of scalars",
            "declare the inputs as tensors, or the length as a number",
        )
    return FilledTensor(value if isinstance(value, Expr) else handle(builder, builder.constant(value)))


# --- arrays of one value ---------------------------------------------------------------------------------------------


def _filling(name: str, value: Any) -> Callable[..., Any]:
    def make(original: Any, shape: Any, dtype: Any = float, *args: Any, **options: Any) -> Any:
        lengths = lengths_of(name, shape)
        if lengths is not None:
            return _full_tensor(lengths, 0 if value is None else value)
        made = original(shape, dtype, *args, **options)
        if value is None and made.dtype.kind == "f":
            made.fill(np.nan)  # an entry that is never assigned does not pass for a number
        return Filled(made) if made.dtype == object else filled(made)  # of dtype=x.dtype, where x holds expressions

    return make


def _full_tensor(lengths: Any, value: Any) -> Any:
    return FilledTensor(t.broadcast_to(_tensor(value), lengths))


def _full(original: Any, shape: Any, fill_value: Any, dtype: Any = None, *args: Any, **options: Any) -> Any:
    lengths = lengths_of("full", shape)
    if not is_symbolic(fill_value):
        if lengths is None:
            return filled(original(shape, fill_value, dtype, *args, **options))
        return _full_tensor(lengths, np.asarray(fill_value) if np.ndim(fill_value) else fill_value)
    value = converted(expressions(fill_value), dtype)
    if lengths is not None:
        return _full_tensor(lengths, value)
    made = Filled(np.zeros(shape))
    made[...] = value
    return made


def _like(name: str, value: Any) -> Callable[..., Any]:
    def make(original: Any, a: Any, *args: Any, **options: Any) -> Any:
        if not is_symbolic(a) and not is_symbolic(args):
            return filled(original(a if type(a) is not Filled else a.settled(), *args, **options))
        given = ("fill_value", "dtype")[1 - (name == "full") :]
        options |= dict(zip(given, args, strict=False))
        shape = options.get("shape")
        shape = t.shape_of(expressions(a)) if shape is None else shape
        dtype = options.get("dtype")
        if shape == () and name != "full":
            return np.float64(0 if value is None else value)
        if name == "full":
            return _full(np.full, shape, options["fill_value"], dtype)
        dtype = float if dtype is None or np.dtype(dtype) == object else dtype
        return _filling(f"{name}_like", value)(getattr(np, name), shape, dtype)

    return make


def _of_places(name: str) -> Callable[..., Any]:
    """The matrix of 1 where row + k compares so with the column, else 0: `np.eye` and `np.tri`."""

    def make(original: Any, N: Any, M: Any = None, k: int = 0, *args: Any, **options: Any) -> Any:
        if not is_named((N, M)):
            return filled(original(N, M, k, *args, **options))
        rows, columns, builder = dimension(N), dimension(N if M is None else M), current().builder
        if name == "eq" and rows == columns and k == 0:
            return FilledTensor(t.eye(rows, builder))
        place, other = (t.write("arange", (), length, builder) for length in (rows, columns))
        return FilledTensor(apply(name, t.expanded(place, (-1,)) + k, t.expanded(other, (-2,))) * 1.0)

    return make


_eye = _of_places("eq")


def _identity(original: Any, n: Any, *args: Any, **options: Any) -> Any:
    return _eye(np.eye, n) if is_named(n) else filled(original(n, *args, **options))


# --- ranges ----------------------------------------------------------------------------------------------------------


def _arange(original: Any, *args: Any, **options: Any) -> Any:
    given = (*args, *(options.get(key) for key in ("start", "stop", "step")))
    if any(isinstance(v, Expr) for v in given):
        raise refused(
            "np.arange of an expression: how many entries there are depends on the data",
            "write start + step*np.arange(n) with a whole number n, or x.shape[0] for a length",
        )
    if not is_named(given):
        return filled(original(*args, **options))
    start, stop = (0, args[0]) if len(args) == 1 and "stop" not in options else (args + (0, None))[:2]
    start, stop = options.get("start", start), options.get("stop", stop)
    step = args[2] if len(args) > 2 else options.get("step", 1)
    if not isinstance(step, int) or step == 0:
        raise refused(f"np.arange of a named length by steps of {step}", "scale np.arange(n) instead")
    span = (stop - start) * (1 if step > 0 else -1)
    made = t.write("arange", (), dimension(-(-span // abs(step))), current().builder)
    if step != 1:
        made = made * step
    return FilledTensor(made if start == 0 else made + entries(start))


def _linspace(
    original: Any, start: Any, stop: Any, num: Any = 50, endpoint: bool = True, retstep: bool = False,
    dtype: Any = None, axis: int = 0, **options: Any,
) -> Any:  # fmt: skip
    if not is_symbolic((start, stop, num)):
        made = original(start, stop, num, endpoint, retstep, dtype, axis, **options)
        return (filled(made[0]), made[1]) if retstep else filled(made)
    start, stop, num = expressions(start), expressions(stop), num if is_named(num) else int(num)
    step = (stop - start) / entries(num - 1 if endpoint else num) if num != 1 or not endpoint else stop - start
    if t.shape_of(step):  # between arrays
        made = np.stack([start + step * k for k in range(t.number(num, "np.linspace between arrays"))], axis)
    elif is_named(num) or isinstance(step, Tensor):
        made = start + step * t.write("arange", (), dimension(num), current().builder)
    else:
        made = as_expressions([start + step * k for k in range(num)])
    made = converted(made, dtype)
    return (made, step) if retstep else made


def _by_linspace(inner: Callable[..., Any], outer: Callable[..., Any]) -> Callable[..., Any]:
    def make(
        original: Any, start: Any, stop: Any, num: Any = 50, endpoint: bool = True, *a: Any, **options: Any
    ) -> Any:
        if not is_symbolic((start, stop, num)):
            return filled(original(start, stop, num, endpoint, *a, **options))
        base = a[0] if a else options.get("base", 10.0)
        return outer(base, _linspace(np.linspace, inner(start), inner(stop), num, endpoint))

    return make


# --- arrays of what is there -----------------------------------------------------------------------------------------


def _array(name: str, copies: bool) -> Callable[..., Any]:
    def make(original: Any, a: Any, dtype: Any = None, *args: Any, **options: Any) -> Any:
        if isinstance(a, (list, tuple)) and holds_pairs(a):
            return Complex(*(make(original, part(a, k), None, *args, **options) for k in (False, True)))
        if not is_symbolic(a):
            made = original(settled(a), dtype, *args, **options)
            own = copies or not isinstance(a, np.ndarray)
            return filled(made) if own else a if type(a) is Filled and made is a.settled() else made
        made = a if type(a) is Filled and not copies else expressions(a)
        made = converted(made, dtype)
        if isinstance(made, ExprArray) and (name == "asfortranarray" or options.get("order") == "F"):
            made = made.copy(order="F")
        elif copies and isinstance(made, (Tensor, ExprArray)) and t.shape_of(made):
            made = made.copy()
        missing = options.get("ndmin", 0) - len(t.shape_of(made))
        return made if missing <= 0 else made[(None,) * missing]

    return make


def _fromiter(original: Any, iter: Any, dtype: Any, *args: Any, **options: Any) -> Any:
    listed = list(iter)
    if is_symbolic(listed):
        return _array("fromiter", True)(np.array, listed, dtype)
    return filled(original(listed, dtype, *args, **options))


def _is_list(value: Any) -> bool:
    """Whether it is a sequence with expressions or named lengths in it, that is to be an array."""
    return isinstance(value, (list, tuple, deque)) and is_symbolic(value)


def _on_lists(original: Any, *args: Any, **options: Any) -> Any:
    """A function that asks its arguments what to do, but not the entries of lists."""
    return filled(_on_entries(original, *(expressions(a) if _is_list(a) else a for a in args), **options))


def _on_entries(original: Any, *args: Any, **options: Any) -> Any:
    """The same where a list without expressions is a shape, or places."""
    given = [expressions(a) if _is_list(a) and not is_named(a) else a for a in args]
    return original(*given, **{k: expressions(a) if _is_list(a) and not is_named(a) else a for k, a in options.items()})


def _on_all_lists(original: Any, *args: Any, **options: Any) -> Any:
    """The same where every list is an array."""
    if is_symbolic([*args, *options.values()]):
        args = tuple(expressions(a) if isinstance(a, (list, tuple)) else a for a in args)
    return filled(_on_entries(original, *args, **options))


def _on_first(original: Any, a: Any, *args: Any, **options: Any) -> Any:
    """The same of its first argument: the others are shapes and counts, which may have names."""
    return filled(original(expressions(a) if _is_list(a) else a, *args, **options))


def _on_pieces(original: Any, pieces: Any, *args: Any, **options: Any) -> Any:
    """A function of a sequence of arrays, of which some may be lists."""
    pieces = list(pieces)
    if is_symbolic(pieces):
        pieces = [expressions(piece) if is_symbolic(piece) else piece for piece in pieces]
    return filled(original(pieces, *args, **options))


def _of_lengths(original: Any, *args: Any, **options: Any) -> Any:
    """A ufunc, which asks SymPy's lengths for a method that they do not have: `np.sqrt(1/n)`."""
    return original(*(expressions(a) if is_named(a) or _is_list(a) else a for a in args), **options)


def _isscalar(original: Any, element: Any) -> Any:
    return (isinstance(element, Expr) and t.shape_of(element) == ()) or original(element)


def _datetime64(original: Any, *args: Any, **options: Any) -> Any:
    if args and args[0] in ("now", "today"):
        refuse_clock(f"np.datetime64({args[0]!r})")
    return original(*args, **options)


def _ndenumerate(original: Any, arr: Any) -> Any:
    value = settled(arr)
    if not isinstance(value, Tensor):
        return original(arr)
    return ((k, value[k]) for k in np.ndindex(*(t.number(n, "np.ndenumerate") for n in t.shape_of(value))))


class _Joined:
    """`np.r_` and `np.c_`, which take slices and pieces in brackets."""

    def __init__(self, original: Any, columns: bool) -> None:
        self.original, self._columns = original, columns

    def __getitem__(self, key: Any) -> Any:
        if of_a_library(sys._getframe(1)):
            return self.original[key]
        pieces = key if isinstance(key, tuple) else (key,)
        if not is_symbolic([p for p in pieces if not isinstance(p, slice)]):
            return filled(self.original[key])
        made = [self.original[p] if isinstance(p, slice) else expressions(p) for p in pieces]
        if any(isinstance(p, str) for p in made):
            raise refused("np.r_ with directions as text", "write np.concatenate or np.stack")
        join = np.column_stack if self._columns else np.concatenate
        return join([p if len(t.shape_of(p)) else nested([p]) for p in made])

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "original"), name)

    def __len__(self) -> int:
        return 0


_CONSTRUCTORS: Final[Mapping[str, Callable[..., Any]]] = {
    "zeros": _filling("zeros", 0.0), "ones": _filling("ones", 1.0), "empty": _filling("empty", None), "full": _full,
    "zeros_like": _like("zeros", 0.0), "ones_like": _like("ones", 1.0), "empty_like": _like("empty", None),
    "full_like": _like("full", None), "eye": _eye, "identity": _identity, "tri": _of_places("ge"), "arange": _arange,
    "ndenumerate": _ndenumerate, "linspace": _linspace, "logspace": _by_linspace(lambda v: v, lambda base, v: base**v),
    "geomspace": _by_linspace(np.log, lambda base, v: np.exp(v)), "array": _array("array", True),
    "copy": _array("copy", True), "datetime64": _datetime64, "fromiter": _fromiter, "isscalar": _isscalar,
    **{name: _array(name, False) for name in (
        "asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "asarray_chkfinite")},
    **dict.fromkeys(("reshape", "transpose", "repeat", "tile"), _on_first),
    **dict.fromkeys(("concatenate", "stack", "vstack", "hstack", "dstack", "column_stack"), _on_pieces),
    **dict.fromkeys((
        "diag", "diagflat", "tril", "triu", "outer", "dot", "inner", "vdot", "cross", "kron", "sum", "prod",
        "mean", "std", "var", "max", "min", "amax", "amin", "cumsum", "cumprod", "diff", "ravel", "trace", "clip",
        "any", "all", "flip", "roll", "atleast_1d", "atleast_2d", "squeeze", "expand_dims", "vander"), _on_lists),
    **dict.fromkeys(("average", "where"), _on_all_lists),
}  # fmt: skip


def _loading(original: Any, name: str) -> Any:
    """`np.random`, which NumPy loads when it is first asked for."""
    found = original(name)
    if isinstance(found, ModuleType):
        current().extend()
    return found


LENGTHS: Final[Mapping[str, Callable[..., Any]]] = dict.fromkeys((
    "abs", "add", "arctan", "ceil", "cos", "divide", "exp", "exp2", "expm1", "floor", "log", "log10", "log1p", "log2",
    "maximum", "minimum", "multiply", "power", "sin", "sqrt", "square", "subtract", "tan", "tanh",
), _of_lengths)  # fmt: skip
"""What numpy's ufuncs do where lengths have names: they are too many calls to be looked at elsewhere."""

_OF_SEQUENCES: Final = frozenset(
    ("block", "broadcast_arrays", "broadcast_shapes", "choose", "einsum_path", "ix_", "lexsort", "piecewise", "select")
)
_OF_ALIASES: Final = {id(getattr(np, name)): ours for name, ours in _CONSTRUCTORS.items() if hasattr(np, name)}
USED: Final[Mapping[str, Callable[..., Any]]] = {
    name: _OF_ALIASES.get(id(value), _on_entries)
    for name, value in vars(np).items()
    if hasattr(value, "_implementation") and name not in _CONSTRUCTORS and name not in _OF_SEQUENCES
}
"""What the rest of numpy's functions do with lists of expressions; but those that take sequences of arrays."""


def _numpy_rows(module: ModuleType) -> dict[str, Any]:
    rows: dict[str, Any] = {**_CONSTRUCTORS, "__getattr__": _loading}
    return rows | {name: _Joined(getattr(module, name), name == "c_") for name in ("r_", "c_")}


def _linalg_rows(module: ModuleType) -> dict[str, Any]:
    names = ("norm", "inv", "det", "solve", "slogdet", "cholesky", "eigvalsh", "eigh", "pinv", "matrix_power", "svd")
    return dict.fromkeys((*names, "cond", "lstsq", "qr"), _on_lists)


# --- math ------------------------------------------------------------------------------------------------------------

_NUMPYS_NAME: Final = {
    "acos": "arccos", "acosh": "arccosh", "asin": "arcsin", "asinh": "arcsinh", "atan": "arctan", "atan2": "arctan2",
    "atanh": "arctanh", "pow": "power", "fabs": "abs",
}  # fmt: skip
_SAME: Final = (
    "ceil", "copysign", "cos", "cosh", "degrees", "exp", "exp2", "expm1", "floor", "log10", "log1p", "log2", "radians",
    "sin", "sinh", "sqrt", "tan", "tanh", "cbrt", "isnan", "isinf", "isfinite", "fmod", "modf", "ldexp", "trunc",
)  # fmt: skip


def _of_math(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(original: Any, *args: Any) -> Any:
        return function(*map(entries, args)) if is_symbolic(args) else original(*args)

    return call


def _log(x: Any, base: Any = None) -> Any:
    return np.log(x) if base is None else np.log(x) / np.log(base)


def _math_rows(module: ModuleType) -> dict[str, Any]:
    pairs = _NUMPYS_NAME | {name: name for name in _SAME}
    rows = {name: _of_math(getattr(np, other)) for name, other in pairs.items() if hasattr(module, name)}
    rows |= {name: _of_math(lambda x, name=name: apply(name, x)) for name in ("erf", "erfc", "gamma", "lgamma")}
    rows["log"] = _of_math(_log)
    rows["hypot"] = _of_math(lambda *xs: np.hypot(*xs) if len(xs) == 2 else np.sqrt(sum(x * x for x in xs)))
    rows["remainder"] = _of_math(lambda x, y: x - y * np.round(x / y))
    rows["isclose"] = _isclose
    rows["fsum"] = lambda original, xs: _summed(original, list(xs))
    rows["prod"] = lambda original, xs, *, start=1: _product(original, list(xs), start)
    rows["dist"] = _of_math(lambda p, q: np.sqrt(sum((a - b) ** 2 for a, b in zip(p, q, strict=True))))
    return rows


def _isclose(original: Any, a: Any, b: Any, *, rel_tol: float = 1e-9, abs_tol: float = 0.0) -> Any:
    if not is_symbolic((a, b)):
        return original(a, b, rel_tol=rel_tol, abs_tol=abs_tol)
    larger = np.maximum(np.abs(a), np.abs(b))
    near = np.logical_and(np.abs(a - b) <= np.maximum(rel_tol * larger, abs_tol), larger < np.inf)
    return np.logical_or(near, np.equal(a, b))


def _summed(original: Any, terms: list[Any]) -> Any:
    return sum(terms) if is_symbolic(terms) else original(terms)


def _product(original: Any, factors: list[Any], start: Any) -> Any:
    if not is_symbolic([factors, start]):
        return original(factors, start=start)
    return list(itertools.accumulate(factors, lambda a, b: a * b, initial=start))[-1]


TABLES: Final[Mapping[str, Callable[[ModuleType], Mapping[str, Any]]]] = {
    "numpy": _numpy_rows, "numpy.linalg": _linalg_rows, "math": _math_rows, **draws.TABLES, **scipy_rows.TABLES,
    **statistics_rows.TABLES, **linear_rows.TABLES, **distance_rows.TABLES, **spline_rows.TABLES,
}  # fmt: skip
"""Module → what its names do while a function is traced."""

"""Arrays of expressions: an object ndarray whose NumPy functions write nodes instead of asking for truth values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from edgewise.errors import EdgewiseError, UnsupportedError
from edgewise.graph.expr import UFUNCS, Expr, apply, equality
from edgewise.ops import OPS, PI

__all__ = ["COMPOSED", "ExprArray", "as_expressions", "function_on_objects", "ufunc_on_objects"]


class ExprArray(np.ndarray[Any, Any]):
    """A NumPy array whose entries are expressions (or numbers). Slicing, reshaping and `@` are NumPy's own."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        return ufunc_on_objects(ufunc, method, inputs, kwargs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return function_on_objects(func, args, kwargs)


def as_expressions(values: Any) -> ExprArray:
    """Any array-like of expressions and numbers as an ExprArray."""
    return _plain(values).view(ExprArray)


def _plain(values: Any) -> np.ndarray[Any, Any]:
    """The underlying object array: NumPy's own loops apply to it."""
    if isinstance(values, ExprArray):
        return values.view(np.ndarray)
    if isinstance(values, Expr):
        array = np.empty((), dtype=object)
        array[()] = values
        return array
    return np.asarray(values, dtype=object)


def _result(values: Any) -> Any:
    if isinstance(values, np.ndarray):
        return values.view(ExprArray) if values.shape != () else values[()]
    return values


def _numeric_or_symbolic(name: str) -> Callable[..., Any]:
    op = OPS[name]

    def call(*args: Any) -> Any:
        if not any(isinstance(arg, Expr) for arg in args):
            return op.value(*args)
        return equality(name, *args) if name in ("eq", "ne") else apply(name, *args)

    return call


# NumPy functions whose meaning takes more than one operation of the table.
COMPOSED: Mapping[str, Callable[..., Any]] = {
    "square": lambda x: x**2,
    "reciprocal": lambda x: 1 / x,
    "positive": lambda x: x,
    "conjugate": lambda x: x,
    "floor_divide": lambda x, y: x // y,
    "heaviside": lambda x, h: _call("where", _call("eq", x, 0), h, _call("heaviside", x)),
    "deg2rad": lambda x: x * (PI.value / 180),
    "radians": lambda x: x * (PI.value / 180),
    "rad2deg": lambda x: x * (180 / PI.value),
    "degrees": lambda x: x * (180 / PI.value),
    "copysign": lambda x, y: _call("where", _call("ge", y, 0), abs(x), -abs(x)),
    "isnan": lambda x: _call("ne", x, x),
    "logaddexp2": lambda x, y: _call("log2", _call("exp2", x) + _call("exp2", y)),
}


def _call(name: str, *args: Any) -> Any:
    return _numeric_or_symbolic(name)(*args)


def _elementwise(name: str) -> Callable[..., Any] | None:
    return _numeric_or_symbolic(UFUNCS[name]) if name in UFUNCS else COMPOSED.get(name)


def ufunc_on_objects(ufunc: np.ufunc, method: str, inputs: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """A NumPy ufunc on arrays that contain expressions: the table's operation on each entry."""
    out = kwargs.get("out")
    if kwargs.get("where", True) is not True or (out and not isinstance(out[0], ExprArray)):
        raise UnsupportedError(
            f"np.{ufunc.__name__} with where=, or with an out= array of plain numbers, has no graph",
            hint="assign the result to a new name, and use np.where to select",
        )
    result = _applied(ufunc, method, [_plain(value) for value in inputs], kwargs)
    if not out:
        return result
    out[0].view(np.ndarray)[...] = result
    return out[0]


def _applied(ufunc: np.ufunc, method: str, plain: list[np.ndarray[Any, Any]], kwargs: Mapping[str, Any]) -> Any:
    if ufunc is np.matmul:
        return _result(np.matmul(*plain))
    function = _elementwise(ufunc.__name__)
    if function is None:
        raise UnsupportedError(
            f"np.{ufunc.__name__} has no operation in edgewise", hint="define one with edgewise.op, or compose it"
        )
    loop = np.frompyfunc(function, ufunc.nin, 1)
    if method == "__call__":
        return _result(loop(*plain))
    options = {key: value for key, value in kwargs.items() if key not in ("dtype", "out", "where", "casting", "subok")}
    if method in ("reduce", "accumulate", "outer"):
        if method == "reduce" and "initial" not in options and plain[0].size == 0 and ufunc.identity is not None:
            options["initial"] = ufunc.identity
        if method == "reduce" and plain[0].ndim > 1:
            return _result(_reduced(loop, plain[0], **options))
        return _result(getattr(loop, method)(*plain, **options))
    raise UnsupportedError(f"np.{ufunc.__name__}.{method} has no graph", hint="write it with whole-array functions")


def _reduced(loop: Any, array: np.ndarray[Any, Any], axis: Any = 0, keepdims: bool = False, **options: Any) -> Any:
    """A reduction over several axes, one after the other: Python functions reduce over one axis at a time."""
    axes = range(array.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    for k in sorted((k % array.ndim for k in axes), reverse=True):
        array = loop.reduce(array, axis=k, keepdims=keepdims, **options)
    return array


def _where(condition: Any, *branches: Any) -> Any:
    if len(branches) != 2:
        raise UnsupportedError(
            "np.where with one argument asks which entries hold, which depends on the data",
            hint="write np.where(condition, a, b)",
        )
    return _result(np.frompyfunc(_numeric_or_symbolic("where"), 3, 1)(_plain(condition), *map(_plain, branches)))


def _clip(x: Any, a_min: Any = None, a_max: Any = None, **kwargs: Any) -> Any:
    low, high = kwargs.get("min", a_min), kwargs.get("max", a_max)
    if low is None or high is None:
        name, bound = ("max", low) if high is None else ("min", high)
        return _result(np.frompyfunc(_numeric_or_symbolic(name), 2, 1)(_plain(x), _plain(bound)))
    return _result(np.frompyfunc(_numeric_or_symbolic("clip"), 3, 1)(_plain(x), _plain(low), _plain(high)))


def _sinc(x: Any) -> Any:
    # NumPy's sinc is normalised: sin(pi x)/(pi x).
    return _result(
        np.frompyfunc(lambda v: apply("sinc", PI * v) if isinstance(v, Expr) else np.sinc(v), 1, 1)(_plain(x))
    )


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    # NumPy's own code turns the array into a plain one first, whose maxima ask for truth values.
    values = as_expressions(x)
    if ord is None or (ord == "fro" and (values.ndim if axis is None else np.size(axis)) == 2):
        return np.sqrt(np.sum(values * values, axis=axis, keepdims=keepdims))
    if isinstance(ord, str) or ord == 0 or (values.ndim if axis is None else np.size(axis)) != 1:
        raise UnsupportedError(
            f"np.linalg.norm with ord={ord!r} of shape {values.shape} has no graph of scalar nodes",
            hint="vector norms of any order but 0 and the Frobenius norm do",
        )
    if ord == 2:
        return np.sqrt(np.sum(values * values, axis=axis, keepdims=keepdims))
    size = np.abs(values)
    if ord in (np.inf, -np.inf):
        return (np.max if ord > 0 else np.min)(size, axis=axis, keepdims=keepdims)
    total = np.sum(size if ord == 1 else size**ord, axis=axis, keepdims=keepdims)
    return total if ord == 1 else total ** (Fraction(1, ord) if isinstance(ord, int) else 1 / ord)


def _select(condlist: Sequence[Any], choicelist: Sequence[Any], default: Any = 0) -> Any:
    if len(condlist) != len(choicelist) or not condlist:
        raise UnsupportedError(
            f"np.select got {len(condlist)} conditions and {len(choicelist)} choices", hint="give one choice for each"
        )
    result = default
    for condition, choice in zip(reversed(condlist), reversed(choicelist), strict=True):
        result = _where(condition, choice, result)
    return result


_FUNCTIONS: Mapping[Any, Callable[..., Any]] = {
    np.where: _where, np.clip: _clip, np.sinc: _sinc, np.linalg.norm: _norm, np.select: _select,
}  # fmt: skip


def function_on_objects(func: Any, args: Any, kwargs: Any) -> Any:
    """A NumPy function on arrays of expressions: our own where it would ask for truth, NumPy's otherwise."""
    if func in _FUNCTIONS:
        return _FUNCTIONS[func](*args, **kwargs)
    try:
        # NumPy's own Python code, whose inner ufuncs come back to us one by one.
        return _result(func._implementation(*_wrapped(args), **kwargs))
    except EdgewiseError:
        raise
    except (TypeError, AttributeError, ValueError) as error:
        raise UnsupportedError(
            f"np.{func.__name__} cannot be written on arrays of scalar nodes: {error}",
            hint="write it with sums, products and the elementwise functions",
        ) from None


def _wrapped(args: Any) -> list[Any]:
    """Lone expressions as arrays, so that NumPy's Python code finds the attributes it expects."""
    return [_plain(arg).view(ExprArray) if isinstance(arg, Expr) else arg for arg in args]

"""NumPy's functions on tensors: one table from a function to what it writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from typing import Any, Final

import numpy as np

from edgewise.graph.arrays.alike import ALIKE
from edgewise.graph.arrays.array import in_type, no_operation, reduceat, two_branches, whole_order
from edgewise.graph.arrays.families import base, join
from edgewise.graph.arrays.filled import Filled, settled_all
from edgewise.graph.arrays.filled_parts import cell
from edgewise.graph.arrays.filled_tensor import FilledTensor
from edgewise.graph.arrays.filled_writers import TENSOR_WRITERS, at_tensors
from edgewise.graph.arrays.into import into
from edgewise.graph.arrays.padding import padded
from edgewise.graph.composed import COMPOSED, SCIPY, UFUNCS
from edgewise.graph.expr import Expr, apply, resolve
from edgewise.graph.other_libraries import is_complex
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.complex_pair import FOURIER, ufunc_on_pairs
from edgewise.graph.tensors.entry_by_entry import ROW_BY_ROW, each_entry, folded
from edgewise.graph.tensors.numpy_linalg import LINALG, PRODUCTS
from edgewise.graph.tensors.numpy_order import ORDER
from edgewise.graph.tensors.numpy_pieces import PIECES
from edgewise.graph.tensors.numpy_statistics import REFUSALS, RUNNING, STATISTICS
from edgewise.graph.tensors.row_functions import numpy_function, row_call
from edgewise.graph.tensors.tensor import Tensor
from edgewise.ops import PI, TENSORS, TensorOp, product

__all__ = ["function_on_tensors", "ufunc_on_tensors"]


def ufunc_on_tensors(ufunc: np.ufunc, method: str, inputs: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """A NumPy ufunc on tensors: a node of the scalar table, which broadcasts."""
    if any(map(is_complex, inputs)):
        return ufunc_on_pairs(ufunc, method, inputs, kwargs)
    if kwargs.get("out") is not None:
        return _into(ufunc, method, inputs, dict(kwargs))
    if kwargs.get("where", True) is not True:
        raise refused(f"np.{ufunc.__name__} with where=", "select with np.where")
    inputs = [in_type(ufunc, value, kwargs.get("dtype")) for value in settled_all(tuple(inputs))]
    whole_order(ufunc, inputs[0])
    if method == "at" and isinstance(inputs[0], Tensor):
        return at_tensors(ufunc, *inputs)
    if method == "__call__":
        result = _elementwise(ufunc, inputs)
        return result._own() if any(result is value for value in inputs) else result
    if method in ("reduce", "accumulate"):
        axis, keepdims = kwargs.get("axis", 0), kwargs.get("keepdims", False)
        if method == "reduce" and ufunc.__name__ in _REDUCED:
            return t.over(_REDUCED[ufunc.__name__], inputs[0], axis, keepdims)
        if method == "reduce" and ufunc.__name__ in ("logical_and", "logical_or"):
            return STATISTICS["all" if ufunc is np.logical_and else "any"](inputs[0], axis, None, keepdims)
        if method == "accumulate" and ufunc.__name__ in RUNNING:
            return RUNNING[ufunc.__name__](inputs[0], axis)
        if ufunc.nin == 2 and ufunc.nout == 1 and not isinstance(axis, tuple) and kwargs.get("initial") is None:
            return folded(ufunc, method, inputs[0], axis, keepdims)
    if method == "outer":
        a, b = inputs
        rank = len(t.shape_of(b))
        return _elementwise(ufunc, (t.expanded(a, range(-rank, 0)) if rank else a, b))
    if method == "reduceat":
        return reduceat(ufunc, inputs[0], np.asarray(inputs[1]), *inputs[2:], **kwargs)
    raise refused(f"np.{ufunc.__name__}.{method} has no graph", "write it with whole-array functions")


def _into(ufunc: np.ufunc, method: str, inputs: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    """`np.add(x, y, out=z)`, which assigns to z; where= says which of its entries."""
    out = kwargs.pop("out")
    if any(type(target) is Filled for target in out):
        return NotImplemented  # it knows itself
    if not all(isinstance(target, Tensor) for target in out):
        raise refused(
            f"np.{ufunc.__name__} writes into an array in place (out=, or an operator such as +=)",
            "write y = y + x instead of y += x on an array of numbers, and leave out= away",
        )
    mask = kwargs.pop("where", True) if method == "__call__" else True
    found = ufunc_on_tensors(ufunc, method, inputs, kwargs)
    for target, part in zip(out, found if isinstance(found, tuple) else (found,), strict=True):
        target[...] = part if mask is True else apply("where", mask, part, target)
    return out[0] if len(out) == 1 else out


def _elementwise(ufunc: np.ufunc, inputs: Sequence[Any]) -> Any:
    name = ufunc.__name__
    if name in PRODUCTS:
        return PRODUCTS[name](*(_plain(value) for value in inputs))
    known = UFUNCS.get(name) or SCIPY.get(name)
    if known is not None:
        return apply(known, *(_plain(value) for value in inputs))
    if name.endswith(" (vectorized)"):  # a function of the user's own, by np.frompyfunc
        return each_entry(lambda *entries: ufunc(*map(cell, entries)), "np.frompyfunc", *inputs)
    if name in COMPOSED:
        return COMPOSED[name](*(_plain(value) for value in inputs))
    raise no_operation(ufunc)


def _plain(value: Any) -> Any:
    """Lists as arrays, and arrays of expressions as tensors."""
    if isinstance(value, np.ndarray) and value.dtype == object:
        if any(isinstance(entry, Expr) for entry in value.flat):
            return t.assembled(value)
        return value if any(hasattr(entry, "free_symbols") for entry in value.flat) else value.astype(float)
    if isinstance(value, (list, tuple)):
        listed = np.asarray(value, dtype=object)
        return t.assembled(listed) if any(isinstance(v, Expr) for v in listed.ravel()) else np.asarray(value)
    return value


def _where(condition: Any, *branches: Any) -> Any:
    two_branches(branches)
    return apply("where", condition, *branches)


def _reduction(name: str) -> Callable[..., Any]:
    function = _REDUCTIONS[name]

    def call(
        a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False, initial: Any = None,
        where: Any = None,
    ) -> Any:  # fmt: skip
        a = in_type(name, a, dtype)
        if where is not None and where is not np._NoValue and where is not True:
            neutral = {"sum": 0, "prod": 1}.get(name, initial)
            if neutral is None or neutral is np._NoValue:
                raise refused(f"np.{name} with where= and without initial=", "give it")
            a = apply("where", _plain(where), a, neutral)
        if initial is None or initial is np._NoValue:
            return t.over(function, a, axis, keepdims is True)
        if 0 in t.shape_of(a) and name in ("max", "min"):
            return t.over(t.sum, a, axis, keepdims is True) + initial  # of no entries, the start alone
        found = t.over(function, a, axis, keepdims is True)
        return apply({"sum": "add", "prod": "mul"}.get(name, name), found, initial)

    return call


def _mean(
    a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False, *, where: Any = True
) -> Any:
    a, where = in_type("mean", a, dtype), where if where is np._NoValue else _plain(where)
    if where is True or where is np._NoValue:
        return t.mean(a, axis, keepdims is True)
    count = t.over(t.sum, t.broadcast_to(where * 1.0 if isinstance(where, Expr) else t.constant(
        a, np.asarray(where) * 1.0), t.shape_of(a)), axis, keepdims is True)  # fmt: skip
    return t.over(t.sum, apply("where", where, a, 0), axis, keepdims is True) / count


def _spread(deviation: bool) -> Callable[..., Any]:
    def call(
        a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: Any = False, *,
        where: Any = True, mean: Any = None, correction: Any = None,
    ) -> Any:  # fmt: skip
        a = in_type("var", a, dtype)
        ddof = ddof if correction is None or correction is np._NoValue else correction
        known = mean is not None and mean is not np._NoValue
        if (where is True or where is np._NoValue) and not known:
            variance = t.var(a, axis, ddof, keepdims is True)
        elif ddof == 0:
            squares = (a - (mean if known else _mean(a, axis, keepdims=True, where=where))) ** 2
            variance = _mean(squares, axis, keepdims=keepdims, where=where)
        else:
            raise refused("np.var with where= or mean= and ddof=", "write it with np.mean(…, where=…)")
        return apply("sqrt", variance) if deviation else variance

    return call


def _running(name: str) -> Callable[..., Any]:
    def call(a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
        a = in_type(name, a, dtype)
        return (t.cumsum if name == "cumsum" else t.cumprod)(*t.along(a, axis))

    return call


def _einsum(
    *operands: Any, out: Any = None, dtype: Any = None, order: str = "K", casting: str = "safe", optimize: Any = False
) -> Any:
    return t.einsum(*(in_type("einsum", one, dtype) if isinstance(one, Expr) else one for one in operands))


def _like(value: Any) -> Callable[..., Any]:
    def call(a: Any, dtype: Any = None, order: str = "K", subok: bool = True, shape: Any = None, **_: Any) -> Any:
        return t.full(t.shape_of(a) if shape is None else shape, value, a)

    return call


def _size(a: Any, axis: Any = None) -> Any:
    return product(t.shape_of(a)) if axis is None else t.shape_of(a)[axis]


def _round(a: Any, decimals: int = 0, out: Any = None) -> Any:
    return apply("round", a * 10.0**decimals) / 10.0**decimals if decimals else apply("round", a)


def _fix(x: Any, out: Any = None) -> Any:
    return apply("where", apply("lt", x, 0), apply("ceil", x), apply("floor", x))


def _full_like(a: Any, fill_value: Any, *_: Any, **__: Any) -> Any:
    return t.full(t.shape_of(a), fill_value, a if isinstance(a, Expr) else fill_value)


def _pad(array: Any, pad_width: Any, mode: Any = "constant", **options: Any) -> Any:
    value, shape = options.get("constant_values", 0), t.shape_of(array)
    widths = np.asarray(pad_width)
    if mode != "constant" or np.ndim(value) or isinstance(value, Expr) or widths.dtype.kind != "i" or widths.min() < 0:
        return padded(array, pad_width, mode, **options)
    zeros = t.pad(array if value == 0 else array - value, np.broadcast_to(widths, (len(shape), 2)).tolist())
    return zeros if value == 0 else zeros + value


_REDUCED: Final[Mapping[str, Callable[..., Any]]] = {
    "add": t.sum, "multiply": t.prod, "maximum": t.amax, "minimum": t.amin, "logaddexp": t.logsumexp,
}  # fmt: skip
"""Ufunc of NumPy → what it comes to along axes."""
_REDUCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "sum": t.sum, "prod": t.prod, "max": t.amax, "min": t.amin,
}  # fmt: skip

_OWN: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: _reduction(name) for name in _REDUCTIONS}, "amax": _reduction("max"), "amin": _reduction("min"),
    "mean": _mean, "var": _spread(False), "std": _spread(True), "cumsum": _running("cumsum"),
    "cumprod": _running("cumprod"), "where": _where,
    "clip": lambda a, a_min=None, a_max=None, out=None, *, min=None, max=None: t.clip(
        a, a_min if min is None else min, a_max if max is None else max),
    "sinc": lambda x: apply("sinc", PI * x), "einsum": _einsum, "diag": t.diag,
    "diagflat": lambda v, k=0: t.diag(t.reshaped(v, (-1,)), k),
    "transpose": lambda a, axes=None: t.transpose(a, axes), "permute_dims": lambda a, axes=None: t.transpose(a, axes),
    "swapaxes": lambda a, axis1, axis2: t.swapaxes(a, axis1, axis2), "matrix_transpose": t.transposed,
    "squeeze": lambda a, axis=None: t.squeezed(a, axis),
    "reshape": lambda a, shape=None, order="C", **k: t.reshaped(a, k.get("newshape", shape), order),
    "ravel": lambda a, order="C": t.reshaped(a, (-1,), order),
    "broadcast_to": lambda array, shape, subok=False: t.broadcast_to(array, shape if isinstance(shape, (
        tuple, list)) else (shape,)),
    "pad": _pad, "take": lambda a, indices, axis=None, out=None, mode="raise": t.taken(a, indices, axis),
    "tril": lambda m, k=0: t.tril(m, k), "triu": lambda m, k=0: t.triu(m, k), "zeros_like": _like(0),
    "ones_like": _like(1), "empty_like": _like(0), "full_like": _full_like, "shape": t.shape_of,
    "ndim": lambda a: len(t.shape_of(a)), "size": _size, "copy": lambda a, *_, **__: a.copy(), "real": lambda val: val,
    "imag": lambda val: t.full(t.shape_of(val), 0, val), "real_if_close": lambda a, tol=100: a,
    "isreal": lambda x: apply("eq", t.full(t.shape_of(x), 0, x), 0), "iscomplexobj": lambda x: False,
    "isrealobj": lambda x: True, "round": _round, "around": _round, "fix": _fix, "angle": lambda z, deg=False: apply(
        "where", apply("lt", z, 0), 180.0 if deg else np.pi, 0),
}  # fmt: skip


def _add(found: dict[Any, Callable[..., Any]], table: Mapping[str, Callable[..., Any]]) -> None:
    for name, rule in table.items():
        for space in (np, np.linalg, np.lib.stride_tricks):
            if hasattr(space, name):
                found[getattr(space, name)] = rule
                break


def _functions() -> dict[Any, Callable[..., Any]]:
    """Function of NumPy → what it writes. Functions of one name in NumPy and in its linalg are two."""
    found: dict[Any, Callable[..., Any]] = dict(FOURIER)
    for table in (REFUSALS, ALIKE):  # a row that NumPy has a name for goes before
        _add(found, table)
    for row in TENSORS:
        own = numpy_function(row)
        if own is not None and row.form.read is not None:
            found[own] = _as_numpy_names(own, row)
    for table in (STATISTICS, PIECES, ORDER, LINALG, ROW_BY_ROW, _OWN):
        _add(found, table)
    linear = np.linalg
    special: dict[str, Callable[..., Any]] = {
        "trace": lambda x, /, *, offset=0, dtype=None: t.trace(in_type("trace", x, dtype), offset),
        "outer": lambda a, b, /: t.outer(a, b),
        "diagonal": lambda x, /, *, offset=0: t.diagonal(x, offset),
        "cross": lambda a, b, /, *, axis=-1: LINALG["cross"](a, b, axis=axis),
    }  # fmt: skip
    for name in ("tensordot", "vecdot", "matmul", "matrix_transpose"):
        if hasattr(linear, name):
            found[getattr(linear, name)] = found.get(getattr(np, name, None), LINALG.get(name, t.transposed))
    for name, rule in special.items():
        if hasattr(linear, name):
            found[getattr(linear, name)] = rule
    return found


def _as_numpy_names(own: Callable[..., Any], row: TensorOp) -> Callable[..., Any]:
    """The row, whose arguments NumPy may call otherwise."""
    function = row_call(row)

    def call(*args: Any, **options: Any) -> Any:
        names = list(signature(own).parameters)[len(args) : row.arity]
        return function(*args, *(options.pop(name) for name in names if name in options), **options)

    return call


_METHODS: Final = frozenset(("transpose", "reshape", "ravel", "squeeze", "swapaxes"))
"""Functions whose views of a FilledTensor its methods know to follow."""
FUNCTIONS: Final[Mapping[Any, Callable[..., Any]]] = _functions()


def function_on_tensors(func: Any, args: Any, kwargs: Any) -> Any:
    """A NumPy function of which some argument is a tensor."""
    written = into(func, args, kwargs)
    if written is not None:
        return written
    if func in TENSOR_WRITERS and args and isinstance(args[0], Tensor):
        return TENSOR_WRITERS[func](*settled_all(args), **settled_all(kwargs))
    known = FUNCTIONS.get(func)
    if func.__name__ in _METHODS and args and type(args[0]) is FilledTensor and kwargs.keys() <= {"order", "axis"}:
        return getattr(args[0], func.__name__)(*args[1:], **kwargs)
    if known is None:
        raise refused(
            f"np.{func.__name__} of a tensor has no graph",
            "write it with sums, products, einsum and the elementwise functions",
        )
    args, kwargs = settled_all(args), settled_all(kwargs)
    try:
        return _with_views(known(*args, **kwargs), [*_leaves(args), *_leaves(kwargs)], func is np.copy)
    except TypeError as error:
        if "argument" not in str(error) or error.__traceback__ is None or error.__traceback__.tb_next is not None:
            raise
        raise refused(
            f"np.{func.__name__} of a tensor: {str(error).rpartition(') ')[2] or error}", "leave that argument away"
        ) from None


def _leaves(values: Any) -> list[Any]:
    """The arguments, and what stands in lists of them; lists in lists come one level at a time."""
    level = list(values.values() if isinstance(values, dict) else values)
    found: list[Any] = []
    while level:
        found += [value for value in level if isinstance(value, Tensor)]
        level = [one for value in level if isinstance(value, (list, tuple)) for one in value]
    return found


def _with_views(result: Any, args: Sequence[Any], copied: bool) -> Any:
    """What a function returned; where NumPy may return views of its arguments, as members of their families."""
    if type(result) in (list, tuple):
        return type(result)(_with_views(one, args, copied) for one in result)
    if not isinstance(result, Tensor) or copied or not result.shape:
        return result
    builder, node = resolve(result)
    for arg in args:
        if base(builder, node) == base(builder, resolve(arg)[1]):
            return join(result._own() if result is arg else result, arg)
    return result

"""Arrays of expressions: an object ndarray whose NumPy functions write nodes instead of asking for truth values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import EdgewiseError
from edgewise.graph.arrays.into import into
from edgewise.graph.callers import asked_by_user
from edgewise.graph.composed import (
    COMPOSED,
    SCIPY,
    UFUNCS,
    as_type,
    is_truth,
    numeric_or_symbolic,
    real_types,
    select,
    type_of_entries,
)
from edgewise.graph.expr import Expr
from edgewise.graph.neighbours import UFUNC_CODES, quick_code
from edgewise.graph.other_libraries import is_complex, is_sparse, of_pairs
from edgewise.graph.refused import refused
from edgewise.ops import OPS, SymbolicConstant

__all__ = [
    "ExprArray", "as_expressions", "chosen", "function_on_objects", "in_type", "no_operation", "plain", "reduceat",
    "result", "ufunc_on_objects", "two_branches", "whole_order",
]  # fmt: skip


class ExprArray(np.ndarray[Any, Any]):
    """A NumPy array whose entries are expressions (or numbers). Slicing, reshaping and `@` are NumPy's own."""

    __array_priority__ = 2000.0  # torch's and JAX's arrays would else answer for it, and do not know it

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        return ufunc_on_objects(ufunc, method, inputs, kwargs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return NotImplemented if of_pairs(types) else function_on_objects(func, args, kwargs)

    def __setitem__(self, key: Any, value: Any) -> None:
        if type(key) is ExprArray and key.shape == self.shape and np.ndim(value) == 0:  # `y[y > 1] = 0`
            key, value = ..., chosen(plain(key), value, plain(self))
        super().__setitem__(key, value)

    @property
    def dtype(self) -> np.dtype[Any]:
        """For users that of the numbers it stands for while a function is traced; NumPy sees objects."""
        return type_of_entries(plain(self)) if asked_by_user() else plain(self).dtype

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        """The entries as real numbers, cut to whole numbers, or as truth values."""
        return result(np.frompyfunc(lambda entry: as_type(entry, dtype), 1, 1)(plain(self)))


def _refused(name: str) -> Callable[..., Any]:
    return lambda self, *args, **kwargs: function_on_objects(getattr(np, name), (self, *args), kwargs)


# NumPy's methods for these ask for the truth of comparisons, deep in its own code.
for _name in ("sort", "argsort", "partition", "argpartition", "argmax", "argmin", "nonzero", "searchsorted"):
    setattr(ExprArray, _name, _refused(_name))


def _no_bits(name: str) -> Callable[..., Any]:
    def call(self: ExprArray, *args: Any, **kwargs: Any) -> Any:
        raise refused(f"x.{name}() reads the bits of an array of expressions", "evaluate the finished graph")

    return call


for _name in ("byteswap", "dump", "dumps", "getfield", "setfield", "tobytes", "tofile"):
    setattr(ExprArray, _name, _no_bits(_name))


def as_expressions(values: Any) -> ExprArray:
    """Any array-like of expressions and numbers as an ExprArray."""
    return plain(values).view(ExprArray)


def plain(values: Any) -> np.ndarray[Any, Any]:
    """The underlying object array: NumPy's own loops apply to it."""
    if isinstance(values, ExprArray):
        return values.view(np.ndarray)
    if isinstance(values, Expr):
        return np.fromiter((values,), dtype=object).reshape(())
    return np.asarray(values, dtype=object)


def result(values: Any) -> Any:
    """What NumPy's loops returned, as users get it: an array, one entry, or several of them."""
    if isinstance(values, tuple):
        return tuple(map(result, values))
    if isinstance(values, np.ndarray):
        return values.view(ExprArray) if values.shape != () else values[()]
    return values


def entrywise(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of single numbers and expressions, of arrays of them too."""

    def call(*args: Any) -> Any:
        if not any(isinstance(arg, ExprArray) for arg in args):
            return function(*args)
        return result(np.frompyfunc(function, len(args), 1)(*map(plain, args)))

    return call


def two_branches(branches: Sequence[Any]) -> None:
    """Refuse `np.where(condition)` alone."""
    if len(branches) != 2:
        raise refused(
            "np.where with one argument asks which entries hold, which depends on the data",
            "write np.where(condition, a, b)",
        )


def no_operation(ufunc: np.ufunc) -> EdgewiseError:
    """What to say of a ufunc that has no operation."""
    name = ufunc.__name__
    space = "np" if getattr(np, name, None) is ufunc else "scipy.special"
    return refused(
        f"{space}.{name} has no operation in edgewise",
        _INSTEAD.get(name, "define it with edgewise.op by its value and partials, or compose it"),
    )


def whole_order(ufunc: np.ufunc, order: Any) -> None:
    """Refuse the orders that SciPy's `kn` and `yn` would cut to whole numbers."""
    if ufunc.__name__ in ("kn", "yn") and isinstance(order, (float, np.floating)) and order % 1 != 0:
        raise refused(
            f"scipy.special.{ufunc.__name__} of the order {order!r:.40}",
            f"write scipy.special.{ufunc.__name__[0]}v, which takes real orders",
        )


_WHOLE: Final = "it is for whole numbers: compute it outside, and pass the result in"
_BITS: Final = "it reads the bits of a float, and no derivative follows from them"
_SLOPE: Final = "its slope in x is {}: with edgewise.op define that, and the function with that as its partial"
_INSTEAD: Final[Mapping[str, str]] = {
    "hyp0f1": _SLOPE.format("hyp0f1(b + 1, x)/b"), "hyp1f1": _SLOPE.format("a/b*hyp1f1(a + 1, b + 1, x)"),
    "hyp2f1": _SLOPE.format("a*b/c*hyp2f1(a + 1, b + 1, c + 1, x)"),
    "hyperu": _SLOPE.format("-a*hyperu(a + 1, b + 1, x)"),
    "voigt_profile": "write a pseudo-Voigt profile, a weighted sum of a Gaussian and a Lorentzian, or use edgewise.op",
    **dict.fromkeys(("gcd", "lcm", "left_shift", "right_shift", "bitwise_count", "isnat"), _WHOLE),
    **dict.fromkeys(("frexp", "nextafter", "spacing"), _BITS),
    "ndtri_exp": "write scipy.special.ndtri of the exponential, or define it with edgewise.op",
}  # fmt: skip


def _elementwise(ufunc: np.ufunc) -> Callable[..., Any] | None:
    """What a ufunc does to its entries: it computes where none of them is an expression."""
    name = ufunc.__name__
    known = UFUNCS.get(name) or SCIPY.get(name)
    if known is not None:
        if quick_code(OPS[known]) >= 0:
            UFUNC_CODES[ufunc] = quick_code(OPS[known])  # from now on, one of them on scalars comes here no more
        return numeric_or_symbolic(known)
    composed = COMPOSED.get(name)
    if composed is None:
        return None

    def call(*args: Any) -> Any:
        if any(isinstance(arg, Expr) for arg in args):
            return composed(*args)
        with np.errstate(all="ignore"):
            return ufunc(*(float(arg) if isinstance(arg, SymbolicConstant) else arg for arg in args))

    return call


def ufunc_on_objects(ufunc: np.ufunc, method: str, inputs: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """A ufunc of NumPy or SciPy on arrays that contain expressions: the table's operation on each entry."""
    if any(map(is_complex, inputs)):
        from edgewise.graph.tensors.complex_pair import ufunc_on_pairs

        return ufunc_on_pairs(ufunc, method, inputs, kwargs)
    if method == "at":
        return _at(ufunc, *inputs)
    if any(map(is_sparse, inputs)):
        if ufunc.__name__ != "matmul":
            raise refused(
                f"np.{ufunc.__name__} of a sparse matrix and expressions",
                "write A @ x for products, and A.toarray() for what is done entry by entry",
            )
        return inputs[1].__rmatmul__(inputs[0])
    out = kwargs.get("out")
    if out and not all(isinstance(target, np.ndarray) and type(target) in (ExprArray, np.ndarray) for target in out):
        return NotImplemented  # an array that is filled knows itself
    mask = kwargs.get("where", True)
    if (mask is not True and method == "__call__" and not out) or (out and not isinstance(out[0], ExprArray)):
        raise refused(
            f"np.{ufunc.__name__} with where= and no out=, or with an out= array of plain numbers, has no graph",
            "assign the result to a new name, and use np.where to select",
        )
    whole_order(ufunc, inputs[0])
    inputs = [in_type(ufunc, value, kwargs.get("dtype")) for value in inputs]
    found = _applied(ufunc, method, [plain(value) for value in inputs], kwargs)
    if not out:
        return found
    for target, values in zip(out, found if isinstance(found, tuple) else (found,), strict=True):
        if mask is not True and method == "__call__":
            values = chosen(plain(mask), plain(values), plain(target))
        target.view(np.ndarray)[...] = values
    return out[0] if len(out) == 1 else out


def in_type(function: Any, value: Any, dtype: Any) -> Any:
    """An argument of a function that is to compute in a type: truth as 0 and 1; types that no node has are refused.

    `function` is a ufunc or the name of another function.
    """
    if dtype is None or dtype is np._NoValue:
        return value
    wanted = np.dtype(dtype)
    decides = wanted.kind == "b" and any(types.endswith("?") for types in getattr(function, "types", ()))
    written = [entry for entry in plain(value).ravel().tolist() if isinstance(entry, Expr)]
    if wanted.kind == "O" or decides or not written or wanted in real_types(written[0]):
        return value
    if wanted.kind in "iuf" and all(map(is_truth, written)):
        return value.astype(wanted)
    raise refused(
        f"np.{getattr(function, '__name__', function)} with dtype={wanted}",
        "leave dtype= out, and write np.trunc(x) or x != 0 for whole numbers or truth",
    )


chosen: Final = np.frompyfunc(select, 3, 1)
"""`where` on object arrays."""

_WHOLE_ARRAYS: Final[Mapping[str, Callable[..., Any]]] = {
    "matmul": np.matmul,
    "vecdot": lambda x, y: np.sum(np.multiply(x, y), axis=-1),
    "matvec": lambda a, x: np.matmul(a, x[..., None])[..., 0],
    "vecmat": lambda x, a: np.matmul(x[..., None, :], a)[..., 0, :],
}


def _applied(ufunc: np.ufunc, method: str, inputs: list[np.ndarray[Any, Any]], kwargs: Mapping[str, Any]) -> Any:
    if ufunc.__name__ in _WHOLE_ARRAYS and method == "__call__":
        return result(_WHOLE_ARRAYS[ufunc.__name__](*inputs))
    if ufunc.__name__.endswith(" (vectorized)"):  # a function of the user's own
        return result(getattr(ufunc, method)(*inputs, **kwargs))
    function = _elementwise(ufunc)
    if function is None:
        raise no_operation(ufunc)
    if method in ("reduce", "accumulate") and ufunc.__name__.startswith("logical_"):
        inputs = [_truth(inputs[0])]
    loop = np.frompyfunc(function, ufunc.nin, ufunc.nout)
    if method == "__call__":
        return result(loop(*inputs))
    options = {key: value for key, value in kwargs.items() if key not in ("dtype", "out", "where", "casting", "subok")}
    if method in ("reduce", "accumulate", "outer"):
        if method == "reduce":
            inputs, options = _masked(ufunc, inputs, kwargs.get("where", True), options)
        if method == "reduce" and inputs[0].ndim > 1:
            return result(_reduced(loop, inputs[0], **options))
        return result(getattr(loop, method)(*inputs, **options))
    if method == "reduceat":
        return reduceat(ufunc, as_expressions(inputs[0]), inputs[1].astype(int), *inputs[2:], **options)
    raise refused(f"np.{ufunc.__name__}.{method} has no graph", "write it with whole-array functions")


def reduceat(ufunc: np.ufunc, a: Any, indices: Any, axis: Any = 0) -> Any:
    """`np.add.reduceat`: what each range up to the next place comes to; a place alone where the next is not behind."""
    rows = np.moveaxis(a, axis, 0)
    ends = [*indices[1:], len(rows)]
    parts = [ufunc.reduce(rows[i:j], axis=0) if i < j else rows[i] for i, j in zip(indices, ends, strict=True)]
    return np.moveaxis(np.stack(parts), 0, axis)


def _masked(ufunc: np.ufunc, inputs: list[Any], mask: Any, options: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """The entries of a reduction that `where=` leaves, the others replaced by what changes nothing."""
    if "initial" in options and options["initial"] in (None, np._NoValue):
        del options["initial"]
    if mask is not True:
        neutral = options.get("initial") if ufunc.identity is None else ufunc.identity
        if neutral is None:
            raise refused(f"np.{ufunc.__name__}.reduce with where= and no initial=", "give initial=")
        inputs = [chosen(np.broadcast_to(plain(mask), inputs[0].shape), inputs[0], neutral)]
    if "initial" not in options and inputs[0].size == 0 and ufunc.identity is not None:
        options["initial"] = ufunc.identity
    return inputs, options


def _at(ufunc: np.ufunc, array: Any, places: Any, *values: Any) -> None:
    """`np.add.at` and its like: in place, one entry after the other."""
    function = _elementwise(ufunc)
    if function is None:
        raise no_operation(ufunc)
    if not isinstance(array, ExprArray):
        raise refused(
            f"np.{ufunc.__name__}.at changes an array of numbers in place, and an expression does not fit into it",
            "start from np.zeros_like(w) of an array w of expressions",
        )
    reached = np.arange(array.size).reshape(array.shape)[places]
    for position, *others in zip(reached.flat, *(np.broadcast_to(plain(v), reached.shape).flat for v in values)):
        entries = array.view(np.ndarray)
        place = np.unravel_index(position, array.shape)
        entries[place] = function(entries[place], *others)


def _reduced(loop: Any, array: np.ndarray[Any, Any], axis: Any = 0, keepdims: bool = False, **options: Any) -> Any:
    """A reduction over several axes, one after the other: Python functions reduce over one axis at a time."""
    axes = range(array.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    order = sorted((k % array.ndim for k in axes), reverse=True)
    for k in order:
        # The start counts once, in the last reduction; where nothing is reduced it is all there is.
        start = options if k == order[-1] or array.size == 0 else {}
        array = loop.reduce(array, axis=k, keepdims=keepdims, **start)
    return array


def _truth(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Entries as truth values, which comparisons are already."""
    return plain(np.frompyfunc(lambda entry: as_type(entry, bool), 1, 1)(array))


def function_on_objects(func: Any, args: Any, kwargs: Any) -> Any:
    """A NumPy function on arrays of expressions: our own where it would ask for truth, NumPy's otherwise."""
    from edgewise.graph.arrays.array_functions import FUNCTIONS
    from edgewise.graph.arrays.filled import settled_all
    from edgewise.graph.tensors.complex_pair import FOURIER

    written = into(func, args, kwargs)
    if written is not None:
        return written
    args, kwargs = settled_all(args), settled_all(kwargs)
    known = FUNCTIONS.get(func) or FOURIER.get(func)
    if known is not None:
        return known(*args, **kwargs)
    try:
        # NumPy's own Python code, whose inner ufuncs come back to us one by one.
        return result(func._implementation(*_wrapped(args), **kwargs))
    except EdgewiseError:
        raise
    except (TypeError, AttributeError, ValueError) as error:
        raise refused(
            f"np.{func.__name__} cannot be written on arrays of scalar nodes: {error}",
            "write it with sums, products and the elementwise functions",
        ) from None


def _wrapped(args: Any) -> list[Any]:
    """Lone expressions as arrays, so that NumPy's Python code finds the attributes it expects."""
    return [plain(arg).view(ExprArray) if isinstance(arg, Expr) else arg for arg in args]

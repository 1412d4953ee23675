"""NumPy's functions on tensors: one table from a function to what it writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError, UnsupportedError
from edgewise.graph import tensors as t
from edgewise.graph.array import no_operation
from edgewise.graph.builder import user_line
from edgewise.graph.composed import COMPOSED, SCIPY
from edgewise.graph.expr import UFUNCS, Expr, apply
from edgewise.graph.numpy_more import MORE
from edgewise.ops import PI, product, shape_text

__all__ = ["function_on_tensors", "ufunc_on_tensors"]


def ufunc_on_tensors(ufunc: np.ufunc, method: str, inputs: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """A NumPy ufunc on tensors: a node of the scalar table, which broadcasts."""
    if kwargs.get("out") is not None:
        raise UnsupportedError(
            f"np.{ufunc.__name__} writes into an array in place (out=, or an operator such as +=)",
            hint="write y = y + x instead of y += x on an array of numbers, and leave out= away",
            line=user_line(),
        )
    if kwargs.get("where", True) is not True:
        raise UnsupportedError(f"np.{ufunc.__name__} with where=", hint="select with np.where", line=user_line())
    if method == "__call__":
        return _elementwise(ufunc, inputs)
    if method in ("reduce", "accumulate"):
        axis = kwargs.get("axis", 0)
        reductions = {"add": t.sum, "multiply": t.prod, "maximum": t.amax, "minimum": t.amin}
        if method == "reduce" and ufunc.__name__ in reductions:
            return t.over(reductions[ufunc.__name__], inputs[0], axis, kwargs.get("keepdims", False))
        if method == "accumulate" and ufunc is np.add:
            return t.running(inputs[0], axis)
    if method == "outer":
        a, b = inputs
        rank = len(t.shape_of(b))
        return _elementwise(ufunc, (t.expanded(a, range(-rank, 0)) if rank else a, b))
    raise UnsupportedError(
        f"np.{ufunc.__name__}.{method} has no graph", hint="write it with whole-array functions", line=user_line()
    )


def _elementwise(ufunc: np.ufunc, inputs: Sequence[Any]) -> Any:
    name = ufunc.__name__
    if ufunc is np.matmul:
        return t.matmul(*inputs)
    known = UFUNCS.get(name) or SCIPY.get(name)
    if known is not None:
        return apply(known, *(_plain(value) for value in inputs))
    if name in COMPOSED:
        return COMPOSED[name](*(_plain(value) for value in inputs))
    raise no_operation(ufunc)


def _plain(value: Any) -> Any:
    """Lists of numbers as arrays; arrays of expressions are not tensors."""
    if isinstance(value, np.ndarray) and value.dtype == object:
        raise UnsupportedError(
            "an array of scalar expressions meets a tensor", hint="declare both as tensors, or both as groups"
        )
    return np.asarray(value) if isinstance(value, (list, tuple)) else value


def _where(condition: Any, *branches: Any) -> Any:
    if len(branches) != 2:
        raise UnsupportedError(
            "np.where with one argument asks which entries hold, which depends on the data",
            hint="write np.where(condition, a, b)",
            line=user_line(),
        )
    return apply("where", condition, *branches)


def _reduction(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False, **rest: Any) -> Any:
        if out is not None or rest.get("where") is not None or rest.get("initial") is not None:
            raise UnsupportedError("a reduction with out=, where= or initial=", hint="leave it away", line=user_line())
        return t.over(function, a, axis, bool(keepdims) if isinstance(keepdims, bool) else False)

    return call


def _spread(deviation: bool) -> Callable[..., Any]:
    def call(a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: int = 0, keepdims: Any = False) -> Any:
        variance = t.var(a, axis, ddof, keepdims is True)
        return apply("sqrt", variance) if deviation else variance

    return call


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    shape = t.shape_of(x)
    rank = len(shape) if axis is None else np.size(axis)
    if ord is None or (ord == 2 and rank == 1) or (ord == "fro" and rank == 2):
        return t.over(t.norm, x, axis, keepdims)
    if rank == 1 and not isinstance(ord, str):
        size = abs(x)
        if ord in (np.inf, -np.inf):
            return t.over(t.amax if ord > 0 else t.amin, size, axis, keepdims)
        if ord == 1:
            return t.over(t.sum, size, axis, keepdims)
        if ord != 0:
            return t.over(t.sum, size**ord, axis, keepdims) ** (1 / ord)
    if rank == 2 and ord in (1, np.inf):
        columns = t.over(t.sum, abs(x), -2 if ord == 1 else -1)
        return t.over(t.amax, columns, None)
    raise UnsupportedError(
        f"np.linalg.norm with ord={ord!r} of an array of shape {shape_text(shape)}",
        hint="vector norms of any order but 0, and the Frobenius, 1 and inf norms of matrices, have a graph",
        line=user_line(),
    )


def _like(value: Any) -> Callable[..., Any]:
    def call(a: Any, dtype: Any = None, order: str = "K", subok: bool = True, shape: Any = None, **_: Any) -> Any:
        return t.full(t.shape_of(a) if shape is None else shape, value, a)

    return call


def _full_like(a: Any, fill_value: Any, *_: Any, **__: Any) -> Any:
    return t.full(t.shape_of(a), fill_value, a if isinstance(a, Expr) else fill_value)


def _expand_dims(a: Any, axis: Any) -> Any:
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    rank = len(t.shape_of(a)) + len(axes)
    return t.expanded(a, [k % rank - rank for k in axes])


def _moveaxis(a: Any, source: Any, destination: Any) -> Any:
    if not isinstance(source, int) or not isinstance(destination, int):
        raise UnsupportedError("np.moveaxis of several axes", hint="write np.transpose(a, order)", line=user_line())
    return t.moved(a, source, destination)


def _tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    one, two = len(t.shape_of(a)), len(t.shape_of(b))
    if isinstance(axes, int):
        left, right = list(range(one - axes, one)), list(range(axes))
    else:
        left, right = ([k] if isinstance(k, int) else list(k) for k in axes)
    first, second = [("a", k) for k in range(one)], [("b", k) for k in range(two)]
    for k, m in zip(left, right, strict=True):
        second[m % two] = first[k % one]
    kept = [k for n, k in enumerate(first) if n not in {m % one for m in left}]
    return t.contract([first, second], [*kept, *(k for k in second if k[0] == "b")], [a, b])


def _stacked(along: int) -> Callable[..., Any]:
    def call(pieces: Sequence[Any], **_: Any) -> Any:
        ranks = {len(t.shape_of(piece)) for piece in pieces}
        if along == 0 and ranks <= {0, 1}:
            return t.stack([piece if ranks == {1} else t.reshaped(piece, (1,)) for piece in pieces])
        return t.concatenate(pieces, 0 if ranks <= {1} else along)

    return call


def _column_stack(pieces: Sequence[Any]) -> Any:
    rows = [p if len(t.shape_of(p)) > 1 else _expand_dims(p, 1) for p in pieces]
    return t.concatenate(rows, 1)


def _block(blocks: Any) -> Any:
    rows = [t.concatenate(row, -1) if isinstance(row, list) else row for row in blocks]
    return t.concatenate(rows, -2) if isinstance(blocks[0], list) else t.concatenate(rows, -1)


def _roll(a: Any, shift: int, axis: Any = None) -> Any:
    if axis is None or not isinstance(axis, int):
        raise UnsupportedError("np.roll without one axis", hint="give axis=", line=user_line())
    spec: list[Any] = [slice(None)] * len(t.shape_of(a))
    head, tail = list(spec), list(spec)
    head[axis], tail[axis] = slice(-shift, None), slice(None, -shift)
    return a if not shift else t.concatenate([t.getitem(a, tuple(head)), t.getitem(a, tuple(tail))], axis)


def _flip(a: Any, axis: Any = None) -> Any:
    rank = len(t.shape_of(a))
    axes = range(rank) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    flipped = {k % rank for k in axes}
    return t.getitem(a, tuple(slice(None, None, -1) if k in flipped else slice(None) for k in range(rank)))


def _diff(a: Any, n: int = 1, axis: int = -1) -> Any:
    k = axis % len(t.shape_of(a))
    for _ in range(n):
        before = (slice(None),) * k
        a = t.getitem(a, (*before, slice(1, None))) - t.getitem(a, (*before, slice(None, -1)))
    return a


def _slogdet(a: Any) -> Any:
    return type(np.linalg.slogdet(np.eye(1)))(apply("sign", t.det(a)), t.logdet(a))


def _eigh(a: Any, UPLO: str = "L") -> Any:
    return type(np.linalg.eigh(np.eye(1)))(t.eigvalsh(a), t.eigenvectors(a))


def _multi_dot(arrays: Sequence[Any]) -> Any:
    result = arrays[0]
    for other in arrays[1:]:
        result = t.matmul(result, other)
    return result


def _matrix_power(a: Any, n: int) -> Any:
    if n == 0:
        return t.eye(t.shape_of(a)[-1], a)
    base = a if n > 0 else t.inv(a)
    # By squaring, from the lowest binary digit on.
    result, digits = None, abs(n)
    while True:
        if digits & 1:
            result = base if result is None else t.matmul(result, base)
        digits >>= 1
        if not digits:
            return result
        base = t.matmul(base, base)


def _convolve(a: Any, v: Any, mode: str = "full") -> Any:
    length = t.shape_of(v)[0]
    if mode == "same":
        raise UnsupportedError("np.convolve with mode='same'", hint="use 'full' or 'valid'", line=user_line())
    if mode == "full":
        side = t.number(length, "padding by the length") - 1
        a = t.pad(a, side)
    return t.conv(a, v, 1)


def _kron(a: Any, b: Any) -> Any:
    one, two = t.shape_of(a), t.shape_of(b)
    if len(one) != 2 or len(two) != 2:
        raise ShapeError(f"kron of the shapes {shape_text(one)} and {shape_text(two)}", hint="give two matrices")
    four = t.contract(["ik", "jl"], "ijkl", [a, b])
    return t.reshape(four, 4, [product([one[0], two[0]]), product([one[1], two[1]])])


def _array(value: Any, *_: Any, **__: Any) -> Any:
    return value


_FUNCTIONS: Final[Mapping[Any, Callable[..., Any]]] = {
    np.sum: _reduction(t.sum), np.prod: _reduction(t.prod), np.max: _reduction(t.amax), np.min: _reduction(t.amin),
    np.mean: lambda a, axis=None, dtype=None, out=None, keepdims=False, **_: t.mean(a, axis, keepdims is True),
    np.var: _spread(False), np.std: _spread(True), np.cumsum: lambda a, axis=None, **_: t.running(a, axis),
    np.where: _where, np.clip: lambda a, a_min=None, a_max=None, **k: t.clip(
        a, k.get("min", a_min), k.get("max", a_max)),
    np.sinc: lambda x: apply("sinc", PI * x), np.linalg.norm: _norm, np.dot: t.dot, np.vdot: lambda a, b: t.dot(
        t.reshaped(a, (-1,)), t.reshaped(b, (-1,))), np.inner: lambda a, b: _tensordot(a, b, (-1, -1)),
    np.outer: t.outer, np.tensordot: _tensordot, np.einsum: t.einsum, np.kron: _kron,
    np.trace: lambda a, offset=0, **_: t.trace(a, offset), np.diagonal: lambda a, offset=0, **_: t.diagonal(a, offset),
    np.diag: t.diag, np.transpose: lambda a, axes=None: t.transpose(a, axes), np.swapaxes: t.swapaxes,
    np.matrix_transpose: t.transposed, np.moveaxis: _moveaxis, np.expand_dims: _expand_dims, np.squeeze: t.squeezed,
    np.reshape: lambda a, shape=None, order="C", **k: t.reshaped(a, k.get("newshape", shape), order),
    np.ravel: lambda a, order="C": t.reshaped(a, (-1,), order), np.broadcast_to: lambda a, shape, **_: t.broadcast_to(
        a, shape), np.concatenate: lambda a, axis=0, **_: t.concatenate(a, axis),
    np.stack: lambda a, axis=0, **_: t.stack(a, axis), np.vstack: _stacked(0), np.hstack: _stacked(1),
    np.column_stack: _column_stack, np.block: _block, np.pad: t.pad, np.take: lambda a, i, axis=None, **_: t.taken(
        a, i, axis), np.tril: t.tril, np.triu: t.triu, np.flip: _flip, np.roll: _roll, np.diff: _diff,
    np.zeros_like: _like(0), np.ones_like: _like(1), np.full_like: _full_like, np.shape: lambda a: t.shape_of(a),
    np.ndim: lambda a: len(t.shape_of(a)), np.size: lambda a, axis=None: t.size(a), np.copy: _array,
    np.linalg.inv: t.inv, np.linalg.det: t.det, np.linalg.slogdet: _slogdet, np.linalg.solve: t.solve,
    np.linalg.cholesky: t.cholesky, np.linalg.pinv: lambda a, **_: t.pinv(a), np.linalg.eigvalsh: lambda a, UPLO="L":
        t.eigvalsh(a), np.linalg.eigh: _eigh, np.linalg.multi_dot: _multi_dot, np.linalg.matrix_power: _matrix_power,
    np.convolve: _convolve,
}  # fmt: skip


def function_on_tensors(func: Any, args: Any, kwargs: Any) -> Any:
    """A NumPy function of which some argument is a tensor."""
    known = _FUNCTIONS.get(func) or MORE.get(func)
    if known is None:
        raise UnsupportedError(
            f"np.{func.__name__} of a tensor has no graph",
            hint="write it with sums, products, einsum and the elementwise functions",
            line=user_line(),
        )
    return known(*args, **kwargs)

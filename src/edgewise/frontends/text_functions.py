"""The functions of formulas on tensors: NumPy's by their own names, and those that only emitted texts need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import Any, Final

import numpy as np

from edgewise.errors import ParseError
from edgewise.graph import Expr, Tensor, function_of, handle, resolve
from edgewise.graph.tensors import tensor_functions as f
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.contractions import axes_from_end
from edgewise.graph.tensors.row_functions import function_of_row, row_call
from edgewise.ops import TENSORS, Contraction, Op, TensorOp, dimension, simplest, tensor_op
from edgewise.ops.dims import smaller
from edgewise.ops.tokens import shorten

__all__ = ["FOLDED", "TENSOR_FUNCTIONS", "elementwise", "entries", "tensor_function"]

FOLDED: Final = frozenset({"min", "max", "hypot", "logaddexp"})
"""Operations on two that formulas write of several."""

_NUMPY: Final[Mapping[str, Any]] = {
    name: getattr(np, name)
    for name in """sum mean var std dot vdot inner outer kron einsum tensordot trace diag diagonal transpose swapaxes
    moveaxis ravel squeeze expand_dims broadcast_to stack vstack hstack block pad flip roll diff where convolve
    zeros_like ones_like reshape concatenate take""".split()
} | {"matrix_power": np.linalg.matrix_power}
"""NumPy's functions of its own that are no rows, or rows that are called in another way."""

_REDUCTIONS: Final = ("sum", "mean", "var", "std", "log_softmax")


def tensor_function(name: str, expression: Callable[[Any], Any]) -> Callable[..., Any] | None:
    """The function of a name; `expression` makes an expression of a number or a dimension."""
    if name in ("max", "min"):
        return partial(_extreme, name, expression)
    if name in _REDUCTIONS or (name in _ROWS and _along_axes(_ROWS[name])):
        return partial(_reduced, name)
    if name in _LEAVES:
        return partial(_LEAVES[name], expression)
    return _found(name)


def elementwise(row: Op, expression: Callable[[Any], Any]) -> Callable[..., Any]:
    """An operation of the scalar table; a dimension stands for its number."""
    function = function_of(row)

    def call(*args: Any, **named: Any) -> Any:
        args += tuple(named.pop(name) for name in row.args[len(args) :] if name in named)
        if named:
            raise ParseError(f"{row.name} has no argument {min(named)!r}", hint=f"it takes {', '.join(row.args)}")
        values = [expression(a) if hasattr(a, "free_symbols") else a for a in args]
        if values and not any(isinstance(value, Expr) for value in values):  # a node, and not a rounded number
            values[-1] = expression(values[-1])
        if row.name == "log" and len(values) == 2:
            return function(values[0]) / function(expression(values[1]))
        return reduce(function, values) if row.name in FOLDED and len(values) > 2 else function(*values)

    return call


# --- reductions ------------------------------------------------------------------------------------------------------


def _extreme(name: str, expression: Callable[[Any], Any], x: Any, *others: Any, **keywords: Any) -> Any:
    """`max(x)` and `max(x, axis=0)` reduce, `max(x, y)` takes the larger entries: a number is not silently an axis."""
    if not others:
        return (np.max if name == "max" else np.min)(x, **keywords)
    if name == "min" and all(isinstance(length, int) or hasattr(length, "free_symbols") for length in (x, *others)):
        return reduce(smaller, others, x)  # of dimensions, as a shape has it
    rank = len(t.shape_of(x))
    both = f"write {name}imum(x, {{0}}) for the entries, or {name}(x, axis={{0}}) to reduce an axis"
    if keywords or any(isinstance(other, tuple) or other is None for other in others):
        raise ParseError(f"{name} of several arguments takes no axis", hint=both.format(shorten(str(others[0]), 20)))
    (first, *rest) = others
    if not rest and rank > 1 and type(first) is int and first and -rank <= first < rank:
        raise ParseError(f"{name}(x, {first}) of a tensor of {rank} axes has two meanings", hint=both.format(first))
    return reduce(partial(f.scalar_function, name), others, x if isinstance(x, Expr) else expression(x))


def _reduced(name: str, x: Any, *given: Any, **keywords: Any) -> Any:
    """A reduction as NumPy calls it: what stands second is the axis, and never another tensor."""
    if given and not (given[0] is None or isinstance(given[0], (int, tuple))):
        raise ParseError(
            f"the second argument of {name} is an axis",
            hint=f"write {name}(x, axis=0), or put the tensors together first",
        )
    if isinstance(x, (int, float)) or hasattr(x, "free_symbols"):
        raise ParseError(f"{name} of a number", hint=f"give {name} one tensor")
    found: Any = _found(name)
    return found(x, *given, **keywords)


# --- what only emitted texts need ------------------------------------------------------------------------------------


def _array(expression: Callable[[Any], Any], values: Any) -> Any:
    """Numbers as an array, and tensors put beside each other."""
    if _holds_expressions(values):
        return t.stack(
            [_array(expression, item) if isinstance(item, (list, tuple)) else expression(item) for item in values]
        )
    return expression(np.array(values))


def _holds_expressions(values: Any) -> bool:
    todo = [values]
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple)):
            todo.extend(item)
        elif isinstance(item, Expr) or hasattr(item, "free_symbols"):
            return True
    return False


def _full(expression: Callable[[Any], Any], shape: Any, value: Any) -> Any:
    lengths = shape if isinstance(shape, (list, tuple)) else (shape,)
    return t.broadcast_to(expression(value), [dimension(length) for length in lengths])


def _filled(value: int, expression: Callable[[Any], Any], *shape: Any) -> Any:
    return _full(expression, shape[0] if len(shape) == 1 else shape, value)


def _diagonal(x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """NumPy's diagonal: that of two axes, which comes last."""
    rank = len(t.shape_of(x))
    if (axis1 % rank, axis2 % rank) == (rank - 2, rank - 1):
        return t.diagonal(x, offset)
    return t.diagonal(t.moved(t.moved(x, axis1 % rank, -1), axis2 % rank - (axis1 % rank < axis2 % rank), -1), offset)


def _placed(expression: Callable[[Any], Any], x: Any, shape: Any, key: Any) -> Any:
    """Zeros of a shape with x at `key`."""
    x = expression(x)
    whole = t.full(shape, 0, x)
    builder, node = resolve(t.getitem(whole, key))
    _, same = resolve(whole)
    return x if node == same else t.unindex(x, builder.attrs[node], [dimension(length) for length in shape])


def entries(x: Any, key: Any) -> Any:
    """x[key]; where it only takes out and puts in axes of length 1, as the one contraction that is written so."""
    keys = key if isinstance(key, tuple) else (key,)
    shape = t.shape_of(x)
    if not isinstance(x, Tensor) or any(
        k is not None and k != 0 and k != slice(None) for k in keys if not _array_like(k)
    ):
        return x[key]
    used = len(keys) - keys.count(None)
    if any(map(_array_like, keys)) or used > len(shape):
        return x[key]
    axes = iter(range(len(shape)))
    output: list[Any] = []
    for place, k in enumerate(keys):
        axis = ("new", place) if k is None else next(axes)
        if k == 0 and k is not None and not isinstance(k, slice):
            if shape[axis] != 1 or isinstance(k, bool):
                return x[key]
        else:
            output.append(axis)
    output += axes
    new = {k: 1 for k in output if isinstance(k, tuple)}
    return x if output == list(range(len(shape))) else t.contract([range(len(shape))], output, [x], new)


def _array_like(key: Any) -> bool:
    return isinstance(key, (Expr, list, np.ndarray)) or key is ...


def _broadcast_to(x: Any, shape: Any) -> Any:
    """NumPy's broadcast_to; with the axes of length 1 that were put in for it, it is one contraction."""
    lengths = [dimension(length) for length in (shape if isinstance(shape, (list, tuple)) else (shape,))]
    if isinstance(x, Expr):
        builder, node = resolve(x)
        p: Any = builder.attrs.get(node)
        single = isinstance(p, Contraction) and len(p.inputs) == 1 and len(p.output) == len(lengths)
        if single and p.sizes and all(length == 1 for _, length in p.sizes) and node not in builder.labels:
            (inner,), plain = p.inputs, handle(builder, builder.nodes[node][1])
            own = dict(zip(inner, t.shape_of(plain), strict=True))
            wanted = dict(zip(p.output, lengths, strict=True))
            if set(inner) <= set(p.output) and all(wanted[k] == length for k, length in own.items()):
                return t.contract([inner], p.output, [plain], {k: wanted[k] for k, _ in p.sizes})
    return t.broadcast_to(x, lengths)


def _pad(x: Any, widths: Any, **options: Any) -> Any:
    """NumPy's pad, where widths may be dimensions."""
    shape = t.shape_of(x)
    pairs = widths if isinstance(widths, tuple) and all(isinstance(pair, tuple) for pair in widths) else ()
    if options or not any(hasattr(width, "free_symbols") for pair in pairs for width in pair):
        return np.pad(x, widths, **options)
    spec = [(before, length, 1) for (before, _), length in zip(widths, shape, strict=True)]
    whole = [simplest(length + before + after) for (before, after), length in zip(widths, shape, strict=True)]
    return t.unindex(x, spec, whole)


def _cumsum(x: Any, axis: Any = None, reverse: bool = False) -> Any:
    """NumPy's cumsum, and from the end."""
    return t.running(x, axis) if axis is None or not reverse else row_call(tensor_op("cumsum"))(x, axis, True)


_OURS: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: getattr(f, name) for name in f.__all__ if name not in ("scalar_function", "eye", "zeros", "ones")},
    "conv1d": lambda x, k: f.conv(x, k, 1), "conv2d": lambda x, k: f.conv(x, k, 2), "diagonal": _diagonal, "pad": _pad,
    "added_at": lambda x, places, shape: t.unpick(x, places, [dimension(length) for length in shape]),
    "broadcast_to": _broadcast_to, "scattered_add": lambda x, where, length, axis: t.untake(
        x, where, axes_from_end(axis, len(t.shape_of(x)))[0], dimension(length)),
    "cumsum": _cumsum,
}  # fmt: skip


def _names(row: TensorOp) -> list[str]:
    """What texts may call a row: its name, and what NumPy and people call it."""
    return [row.name, *(name.rpartition(".")[2] for name in row.numpy.split()), *row.also.split()]


_ROWS: Final[Mapping[str, TensorOp]] = {
    name: row for row in reversed(TENSORS) if row.args for name in _names(row) if row.form.read or row.numpy
}


def _along_axes(row: TensorOp) -> bool:
    """Whether what stands behind the one argument is an axis."""
    return row.arity == 1 and "axis" in row.form.keywords


def _found(name: str) -> Callable[..., Any] | None:
    """The function of a name, that of a row as people call it."""
    known = _OURS.get(name) or _NUMPY.get(name)
    return function_of_row(_ROWS[name]) if known is None and name in _ROWS else known


_LEAVES: Final[Mapping[str, Callable[..., Any]]] = {
    "array": _array, "full": _full, "placed": _placed, "zeros": partial(_filled, 0), "ones": partial(_filled, 1),
    "eye": lambda expression, n: t.eye(n, expression(0)), "arange": lambda expression, n: t.arange(n, expression(0)),
}  # fmt: skip

TENSOR_FUNCTIONS: Final = frozenset((*_NUMPY, *_OURS, *_LEAVES, *_ROWS))
"""The functions that only formulas of tensors have."""

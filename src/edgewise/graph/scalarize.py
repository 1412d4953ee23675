"""A tensor graph of fixed small shapes as a graph of scalars, one node for each entry and operation.

What remains is a graph that every back end, elimination order and sparsity method takes; and another road to every
number of a tensor graph, by which it is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, ShapeError, UnsupportedError
from edgewise.graph.array import ExprArray
from edgewise.graph.builder import Builder
from edgewise.graph.expr import Expr, apply_op
from edgewise.graph.functions import group
from edgewise.graph.layout import Layout
from edgewise.graph.small_matrices import adjugate, cholesky, determinant, inverse, solution
from edgewise.graph.tape import Returns, Tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, Contraction, bound, named_dimensions, op_named

__all__ = ["LARGEST", "WHOLE", "scalarize"]

LARGEST: Final = 5_000_000
"""Scalar operations of one node beyond which a shape is no small one."""

WHOLE: Final = frozenset(("inv", "det", "adjugate", "logdet", "solve", "pinv", "sort"))
"""Operations that are better done on whole arrays: they exchange rows or entries as the values say."""

Array = Any


def scalarize(tape: Tape, sizes: Mapping[str, int], results: Sequence[Returns]) -> tuple[Tape, tuple[Returns, ...]]:
    """The graph of scalars that a tensor graph's results need, and its results.

    Named dimensions have the numbers of `sizes`. Inputs become groups; the outputs are those of the last result.
    Matrices are expanded into minors, or eliminated with rows exchanged by selection. A graph of scalars stays as it
    is. Raises InputError for a dimension without a number, UnsupportedError for what has no such form: eigenvalues,
    and places that only the data says.
    """
    if not tape.has_tensors:
        return tape, tuple(results)
    for parameter in tape.parameters:
        for name in sorted(named_dimensions(parameter.shape)):
            if name not in sizes:
                raise InputError(f"the dimension {name!r} has no number", hint=f"give it: {name}=…")
    builder = Builder(share=True)
    zero = Expr(builder, builder.constant(0))
    values: list[Array] = [None] * len(tape)
    first = 0
    for parameter in tape.parameters:
        nodes = tape.inputs[first : first + parameter.size]
        first += parameter.size
        shape = bound(parameter.shape, sizes)
        if shape:
            entries = group(builder, parameter.name, shape).view(np.ndarray)
            for node, entry in zip(nodes, [entries] if parameter.is_tensor else entries.ravel(), strict=True):
                values[node] = _array(entry)
        else:
            values[nodes[0]] = _array(Expr(builder, builder.input(parameter.name)))
    for i, code, args in tape.rows():
        if code == INPUT:
            continue
        if code == CONST:
            values[i] = _array(Expr(builder, builder.constant(tape.attrs[i])))
            continue
        op, given = tape.op_of_code(code), [values[j] for j in args]
        if code < FIRST_TENSOR:
            attr = tape.attrs.get(i)
            each = np.frompyfunc(lambda *entries, op=op, attr=attr: apply_op(op, entries, attr), op.arity, 1)
            values[i] = _array(each(*given))
            continue
        parameter_ = bound(tape.attrs.get(i), sizes)
        work = int(np.prod([np.size(g) for g in given] or [1]))
        if op.name in ("contract", "inv", "solve") and work > LARGEST:
            raise ShapeError(
                f"{tape.describe(i)} takes {work:,} products of scalars", hint="scalarize graphs of small shapes"
            )
        handler = _HANDLERS.get(op.name)
        if handler is None:
            raise UnsupportedError(
                f"{tape.describe(i)} has no form in scalars", hint="keep the graph of tensors", line=tape.line(i)
            )
        values[i] = _array(handler(zero, given, parameter_, op.value))
    made = []
    for result in results:
        flat = [entry for node in result.nodes for entry in np.ravel(values[node])]
        each = [entry._node if isinstance(entry, Expr) else builder.constant(entry) for entry in flat]
        made.append((result.name, each, _scalar_layout(result.layout, iter(result.nodes), values)))
    names = [parameter.name for parameter in tape.parameters]
    whole, new = builder.freeze([node for _, each, _ in made for node in each], Layout(), names)
    returns = tuple(Returns(name, tuple(new[each].tolist()), layout) for name, each, layout in made)
    return replace(whole, outputs=returns[-1].nodes, layout=returns[-1].layout), returns


def _array(value: Any) -> Array:
    if isinstance(value, np.ndarray):
        return value.view(np.ndarray) if isinstance(value, ExprArray) else value
    array = np.empty((), dtype=object)
    array[()] = value
    return array


def _scalar_layout(layout: Layout, nodes: Any, values: Sequence[Array]) -> Layout:
    """The same nesting with arrays of numbers for shapes."""
    if layout.kind in ("array", "tensor"):
        if layout.kind == "array" and layout.shape:
            for _ in range(layout.size):
                next(nodes)
            return layout
        return Layout(shape=values[next(nodes)].shape)
    children = tuple(_scalar_layout(child, nodes, values) for child in layout.children)
    return Layout(layout.kind, (), children, layout.keys)


def _sum(zero: Expr, entries: Sequence[Any]) -> Any:
    return reduce(lambda a, b: a + b, entries) if len(entries) else zero


def _contract(zero: Expr, args: Sequence[Array], p: Contraction, _: Any) -> Array:
    lengths = p.lengths([arg.shape for arg in args])
    inner = [k for k in p.output if k not in p.repeated]
    summed = list(p.summed)
    result = np.empty([lengths[k] for k in inner], dtype=object)
    for place in np.ndindex(*result.shape):
        at = dict(zip(inner, place, strict=True))
        terms = []
        for hidden in np.ndindex(*(lengths[k] for k in summed)):
            at.update(zip(summed, hidden, strict=True))
            factors = [arg[tuple(at[k] for k in part)] for arg, part in zip(args, p.inputs, strict=True)]
            factors = [f for f in factors if not _is_number(f, 1)] or [factors[0] if factors else 1]
            if any(_is_number(f, 0) for f in factors):
                continue
            terms.append(reduce(lambda a, b: a * b, factors))
        result[place] = _sum(zero, terms)
    spread = result[tuple(slice(None) if k in inner else None for k in p.output)]
    return np.broadcast_to(spread, tuple(lengths[k] for k in p.output))


def _is_number(entry: Any, value: int) -> bool:
    if not isinstance(entry, Expr):
        return bool(entry == value)
    builder, node = entry._builder, entry._node
    return builder.nodes[node][0] == CONST and type(builder.attrs[node]) is int and builder.attrs[node] == value


def _leaf(zero: Expr, args: Sequence[Array], p: Any, value: Callable[..., Any]) -> Array:
    builder = zero._builder

    def exact(number: Any) -> Expr:
        number = number.item() if hasattr(number, "item") else number
        whole = isinstance(number, float) and number.is_integer()
        return Expr(builder, builder.constant(int(number) if whole else number))

    return np.frompyfunc(exact, 1, 1)(np.asarray(value(p)))


def _selected(zero: Expr, args: Sequence[Array], p: Any, value: Callable[..., Any]) -> Array:
    """An operation that only moves entries, or puts zeros: where each of them comes from is found on whole numbers."""
    counted, entries = [], [zero]
    for arg in args:
        counted.append(np.arange(len(entries), len(entries) + arg.size, dtype=float).reshape(arg.shape))
        entries += list(arg.ravel())
    places = np.asarray(value(*counted, p)).astype(int)
    return np.frompyfunc(lambda k: entries[k], 1, 1)(places)


def _take(zero: Expr, args: Sequence[Array], p: Any, value: Callable[..., Any]) -> Array:
    return _selected(zero, args[:1], p, lambda x, p: value(x, _places(args[1]), p))


def _places(where: Array) -> Array:
    def whole(entry: Any) -> int:
        builder, node = entry._builder, entry._node
        if builder.nodes[node][0] != CONST:
            raise UnsupportedError(
                "the places of a take are an input: which entries are read depends on the data",
                hint="keep the graph of tensors, or fix the places",
            )
        return int(builder.attrs[node])

    return np.frompyfunc(whole, 1, 1)(where).astype(int)


def _linear(zero: Expr, args: Sequence[Array], p: Any, value: Callable[..., Any]) -> Array:
    """An operation that adds entries up: which of them is found on unit tensors."""
    x = args[0]
    if not x.size:
        return np.full(np.shape(value(np.zeros(x.shape), p)), zero, dtype=object)
    matrix = np.stack([np.asarray(value(unit.reshape(x.shape), p)) for unit in np.eye(x.size)], axis=-1)
    entries = x.ravel()
    result = np.empty(matrix.shape[:-1], dtype=object)
    for place in np.ndindex(*result.shape):
        result[place] = _sum(zero, [entries[k] for k in np.flatnonzero(matrix[place])])
    return result


def _untake(zero: Expr, args: Sequence[Array], p: Any, value: Callable[..., Any]) -> Array:
    return _linear(zero, args[:1], p, lambda x, p: value(x, _places(args[1]), p))


def _pick(zero: Expr, args: Sequence[Array], p: Any, value: Callable[..., Any]) -> Array:
    return _selected(zero, args[:1], p, lambda x, p: value(x, *map(_places, args[1:]), p))


def _unpick(zero: Expr, args: Sequence[Array], p: Any, value: Callable[..., Any]) -> Array:
    return _linear(zero, args[:1], p, lambda x, p: value(x, *map(_places, args[1:]), p))


def _recurrence(zero: Expr, args: Sequence[Array], p: Any, _: Any) -> Array:
    axis, reverse = p
    a, b = (np.moveaxis(v, axis, 0) for v in np.broadcast_arrays(*args))
    rows: list[Any] = []
    for i in reversed(range(len(b))) if reverse else range(len(b)):
        rows.append(a[i] * rows[-1] + b[i] if rows else b[i])
    return np.moveaxis(np.array(rows[::-1] if reverse else rows, dtype=object).reshape(b.shape), 0, axis)


def _cumprod(x: Array) -> Array:
    return np.multiply.accumulate(x)


def _sort(x: Array) -> Array:
    """By exchanging neighbours, each time the smaller with the larger of two."""
    x = x.copy()
    for last in range(len(x) - 1, 0, -1):
        for k in range(last):
            x[k], x[k + 1] = _call("min", x[k], x[k + 1]), _call("max", x[k], x[k + 1])
    return x


def _radial(zero: Expr, args: Sequence[Array], axes: Any, _: Any) -> Array:
    x, y = args
    direction = _along(_unit, whole=True)(zero, [x], axes, None)
    return np.asarray(np.expand_dims(y, axes) * direction)


def _batched(function: Callable[..., Array]) -> Callable[..., Array]:
    """A function of matrices over the axes in front of them."""

    def call(zero: Expr, args: Sequence[Array], p: Any, _: Any) -> Array:
        ranks = [2, p if isinstance(p, int) else p[1]] if len(args) == 2 else [2]
        leads = [arg.shape[: arg.ndim - rank] for arg, rank in zip(args, ranks, strict=True)]
        lead = np.broadcast_shapes(*leads)
        wide = [
            np.broadcast_to(arg, lead + arg.shape[arg.ndim - rank :]) for arg, rank in zip(args, ranks, strict=True)
        ]
        made = [function(*(w[place] for w in wide), p) for place in np.ndindex(*lead)]
        inner = made[0].shape if isinstance(made[0], np.ndarray) else ()
        stacked = np.empty((len(made), *inner), dtype=object)
        for k, matrix in enumerate(made):
            stacked[k] = matrix
        return stacked.reshape(lead + stacked.shape[1:])

    return call


def _nodes(like: Array, values: Any) -> Any:
    """Numbers among the entries of a result as constants."""
    builder = like.flat[0]._builder
    return np.frompyfunc(lambda v: v if isinstance(v, Expr) else Expr(builder, builder.constant(v)), 1, 1)(values)


def _inv(a: Array, p: Any) -> Array:
    return _nodes(a, inverse(a))


def _det(a: Array, p: Any) -> Any:
    return _nodes(a, determinant(a)) if len(a) else 1


def _logdet(a: Array, p: Any) -> Any:
    return _call("log", _call("abs", _det(a, None)))


def _call(name: str, *args: Any) -> Any:
    return apply_op(op_named(name), args)


def _solve(a: Array, b: Array, rank: Any) -> Array:
    return _nodes(a, solution(a, b) if rank == 2 else solution(a, b[:, None])[:, 0])


def _triangular(a: Array, b: Array, p: Any) -> Array:
    lower, rank = p
    n, b = len(a), (b if rank == 2 else b[:, None]).copy()
    for k in range(n) if lower else reversed(range(n)):
        for j in range(k) if lower else range(k + 1, n):
            b[k] = b[k] - a[k, j] * b[j]
        b[k] = b[k] / a[k, k]
    return b if rank == 2 else b[:, 0]


def _cholesky(a: Array, p: Any) -> Array:
    # The symmetric part is what is factored.
    return _nodes(a, cholesky(a, lambda i, j: (a[i, j] + a[j, i]) / 2))


def _pinv(a: Array, p: Any) -> Array:
    if a.shape[0] >= a.shape[1]:
        return _solve(a.T @ a, a.T, 2)
    return _solve(a @ a.T, a, 2).T


def _along(function: Callable[[Array], Any], *, whole: bool = False, empty: int | None = None) -> Callable[..., Array]:
    """A function of the entries along axes, giving one entry, of none `empty`, or as many as it takes."""

    def call(zero: Expr, args: Sequence[Array], p: Any, _: Any) -> Array:
        x, axes = args[0], p if isinstance(p, tuple) else (p,)
        last = tuple(range(-len(axes), 0))
        moved = np.moveaxis(x, axes, last)
        lead = moved.shape[: moved.ndim - len(axes)]
        flat = moved.reshape((*lead, int(np.prod(moved.shape[len(lead) :]))))
        result = np.empty(flat.shape if whole else lead, dtype=object)
        if not flat.shape[-1]:
            if empty is None and result.size:
                raise ShapeError("a largest, smallest or log-sum of no entries", hint="give an axis that is not empty")
            result[...] = empty
            return result.reshape(moved.shape) if whole else result
        for place in np.ndindex(*lead):
            result[place] = function(flat[place])
        return np.moveaxis(result.reshape(moved.shape), last, axes) if whole else result

    return call


def _norm(x: Array) -> Any:
    return _call("sqrt", reduce(lambda a, b: a + b, [entry * entry for entry in x]))


def _others(x: Array) -> Array:
    made = np.empty(len(x), dtype=object)
    for k in range(len(x)):
        rest = [entry for j, entry in enumerate(x) if j != k]
        made[k] = reduce(lambda a, b: a * b, rest) if rest else x[k] ** 0
    return made


def _fold(name: str) -> Callable[[Array], Any]:
    return lambda x: reduce(lambda a, b: _call(name, a, b), x)


def _softmax(x: Array) -> Array:
    total = _fold("logaddexp")(x)
    made = np.empty(len(x), dtype=object)
    for k, entry in enumerate(x):
        made[k] = _call("exp", entry - total)
    return made


def _unit(x: Array) -> Array:
    length = _norm(x)
    made = np.empty(len(x), dtype=object)
    for k, entry in enumerate(x):
        made[k] = _call("where", _call("gt", length, 0), entry / length, 0 * entry)
    return made


_HANDLERS: Final[Mapping[str, Callable[..., Array]]] = {
    "contract": _contract, "pick": _pick, "unpick": _unpick, "recurrence": _recurrence, "radial": _radial,
    "sort": _along(_sort, whole=True), "cumprod": _along(_cumprod, whole=True), "take": _take, "untake": _untake,
    "softmax": _along(_softmax, whole=True),
    **dict.fromkeys(("eye", "arange", "size", "array"), _leaf),
    **dict.fromkeys(("reshape", "index", "unindex", "concatenate", "tril", "triu", "windows"), _selected),
    **dict.fromkeys(("cumsum", "overlap"), _linear),
    "inv": _batched(_inv), "det": _batched(_det), "adjugate": _batched(lambda a, p: adjugate(a)),
    "logdet": _batched(_logdet), "solve": _batched(_solve),
    "solve_triangular": _batched(_triangular), "cholesky": _batched(_cholesky), "pinv": _batched(_pinv),
    "logsumexp": _along(_fold("logaddexp")), "amax": _along(_fold("max")), "amin": _along(_fold("min")),
    "prod": _along(_fold("mul"), empty=1), "others": _along(_others, whole=True), "norm": _along(_norm, empty=0),
    "unit": _along(_unit, whole=True),
}  # fmt: skip

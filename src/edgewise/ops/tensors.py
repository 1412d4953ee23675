"""The table of tensor operations: ONE ROW per operation, as in `table`.

Elementwise operations are the scalar rows, applied with NumPy's broadcasting. A row here has a shape rule and, for each
argument, one rule of differentiation: an operation that is linear in the argument has its transpose (`bprop` of
algorithm 6.5), any other has its differential, whose transpose is taken. Rules are written in the notation of the
expressions themselves: `t` holds the functions on tensors, `d` is what is propagated, `out` the result, `x` the
arguments, `p` the row's parameter. `d` may have further axes in front, one for each component that is differentiated
at once: every rule works on the last axes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, OperationError, ShapeError, UnsupportedError
from edgewise.ops import tensor_values as values
from edgewise.ops.dims import TensorShape, broadcast, product, shape_text, simplest
from edgewise.ops.op import Op
from edgewise.ops.table import N_BUILTIN, TABLE

__all__ = [
    "FIRST_TENSOR",
    "TENSORS",
    "TENSOR_CODE",
    "ArrayValue",
    "TensorOp",
    "op_of_code",
    "tensor_op",
]

Rule = Callable[..., Any]


class ArrayValue:
    """The numbers of an array node: compared and hashed by their content."""

    __slots__ = ("key", "values")

    def __init__(self, values: Any) -> None:
        array = np.array(values)
        if array.dtype.kind not in "biuf":
            raise UnsupportedError(
                f"an array of {array.dtype} cannot be part of an expression", hint="use arrays of real numbers"
            )
        if array.dtype.kind == "f" and np.isnan(array).any():
            raise InputError(
                f"an array of shape {array.shape} with NaN in it is part of an expression",
                hint="put a number there first, as np.nan_to_num does, and select with np.where(mask, x, 0)",
            )
        array.flags.writeable = False
        self.values = array
        self.key = (array.dtype.str, array.shape, array.tobytes())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArrayValue) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __reduce__(self) -> tuple[Any, ...]:
        return ArrayValue, (self.values,)

    def __repr__(self) -> str:
        return f"array{self.values.tolist()!r:.60}"


@dataclass(frozen=True, eq=False)
class TensorOp(Op):
    """A row of the tensor table.

    `shape(shapes, parameter)` is the shape of the result; it raises a ShapeError that names the shapes. `rules[k]` is
    the rule of argument k, None where no derivative flows; `linear` are the arguments whose rule is a transpose.
    A `variadic` operation takes any number of arguments, and `rules` are then two functions of the
    position: the transpose and the differential.
    """

    shape: Callable[..., TensorShape] = lambda shapes, p: ()
    rules: tuple[Rule | None, ...] = ()
    linear: frozenset[int] = frozenset()
    variadic: bool = False
    assumes: str = ""

    __hash__ = object.__hash__

    def rule_in(self, position: int, among: int) -> str:
        """What the rule of an argument is called: a contraction of one alone is no product."""
        if self.rule and among > 1:
            return super().rule_in(position, among)
        if self.variadic or position in self.linear:
            return "linearity"
        return f"differential of {self.name}"

    @property
    def finite(self) -> bool:
        """Whether it is linear: sums and products of finite entries are finite."""
        return self.variadic or all(k in self.linear for k, rule in enumerate(self.rules) if rule is not None)

    def __reduce__(self) -> tuple[Any, ...]:
        return tensor_op, (self.name,)


def _row(
    name: str,
    args: str,
    value: Callable[..., Any],
    shape: Callable[..., TensorShape],
    *rules: Rule | None,
    doc: str,
    linear: tuple[int, ...] = (),
    **facts: Any,
) -> TensorOp:
    names = tuple(args.split())
    return TensorOp(
        name, names, value, (None,) * len(names), doc, shape=shape, rules=rules, linear=frozenset(linear), **facts
    )


# --- shapes ----------------------------------------------------------------------------------------------------------


def _same(shapes: Any, p: Any) -> TensorShape:
    return tuple(shapes[0])


def _rank(name: str, shape: TensorShape, least: int) -> None:
    if len(shape) < least:
        raise ShapeError(f"{name} of an argument of shape {shape_text(shape)}", hint=f"it needs at least {least} axes")


def _square(name: str) -> Callable[..., TensorShape]:
    def check(shapes: Any, p: Any) -> TensorShape:
        shape = shapes[0]
        _rank(name, shape, 2)
        if shape[-1] != shape[-2]:
            raise ShapeError(
                f"{name} of a matrix of shape {shape_text(shape)}",
                hint="it is for square matrices; give both dimensions the same name",
            )
        return tuple(shape)

    return check


def _squares_batch(name: str) -> Callable[..., TensorShape]:
    check = _square(name)
    return lambda shapes, p: check(shapes, p)[:-2]


def _square_values(shapes: Any, p: Any) -> TensorShape:
    return _square("eigvalsh")(shapes, p)[:-1]


def _reduce(shapes: Any, axes: tuple[int, ...]) -> TensorShape:
    rank = len(shapes[0])
    gone = {axis % rank for axis in axes}
    return tuple(length for k, length in enumerate(shapes[0]) if k not in gone)


def _reduce_one(shapes: Any, axis: int) -> TensorShape:
    return _reduce(shapes, (axis,))


def _reshape(shapes: Any, p: Any) -> TensorShape:
    rank, shape = p
    old = shapes[0]
    if product(old[len(old) - rank :]) != product(shape):
        raise ShapeError(
            f"reshape from {shape_text(old)} to {shape_text(shape)}: {product(old)} entries and {product(shape)}",
            hint="both shapes hold the same number of entries",
        )
    return (*old[: len(old) - rank], *shape)


def _index(shapes: Any, spec: Any) -> TensorShape:
    old = shapes[0]
    return (*old[: len(old) - len(spec)], *(entry[1] for entry in spec if len(entry) > 1))


def _unindex(shapes: Any, p: Any) -> TensorShape:
    spec, shape = p
    kept = sum(len(entry) > 1 for entry in spec)
    return (*shapes[0][: len(shapes[0]) - kept], *shape)


def _concatenate(shapes: Any, axis: int) -> TensorShape:
    first = shapes[0]
    k = len(first) + axis
    for other in shapes[1:]:
        if len(other) != len(first) or other[:k] + other[k + 1 :] != first[:k] + first[k + 1 :]:
            raise ShapeError(
                f"concatenate of the shapes {shape_text(first)} and {shape_text(other)} along axis {k}",
                hint="all other dimensions are equal",
            )
    return (*first[:k], simplest(sum(shape[k] for shape in shapes)), *first[k + 1 :])


def _take(shapes: Any, axis: int) -> TensorShape:
    old, places = shapes
    k = len(old) + axis
    return (*old[:k], *places, *old[k + 1 :])


def _untake(shapes: Any, p: Any) -> TensorShape:
    (axis, length), (x, places) = p, shapes
    first = len(x) + axis + 1 - len(places)
    return (*x[:first], length, *x[first + len(places) :])


def _windows(shapes: Any, sizes: Any) -> TensorShape:
    old = shapes[0]
    m = len(sizes)
    places = tuple(simplest(n - k + 1) for n, k in zip(old[len(old) - m :], sizes, strict=True))
    return (*old[: len(old) - m], *places, *sizes)


def _overlap(shapes: Any, sizes: Any) -> TensorShape:
    old, m = shapes[0], len(sizes)
    whole = tuple(simplest(n + k - 1) for n, k in zip(old[len(old) - 2 * m : len(old) - m], sizes, strict=True))
    return (*old[: len(old) - 2 * m], *whole)


def _pinv(shapes: Any, p: Any) -> TensorShape:
    _rank("pinv", shapes[0], 2)
    return (*shapes[0][:-2], shapes[0][-1], shapes[0][-2])


def _solve(name: str) -> Callable[..., TensorShape]:
    square = _square(name)

    def shape(shapes: Any, p: Any) -> TensorShape:
        rank = p if name == "solve" else p[1]
        a, b = square(shapes, p), shapes[1]
        if len(b) < rank or b[-rank] != a[-1]:
            raise ShapeError(
                f"{name} of the shapes {shape_text(a)} and {shape_text(b)}",
                hint="the right-hand side has as many rows as the matrix",
            )
        return (*broadcast([a[:-2], b[: len(b) - rank]], name), *b[len(b) - rank :])

    return shape


# --- rules -----------------------------------------------------------------------------------------------------------


def _cholesky(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    # Only the symmetric part of a change is one: dL = L·Φ(L⁻¹ dA L⁻ᵀ), Φ the lower triangle with half its diagonal.
    # (Smith, Differentiation of the Cholesky algorithm, 1995; Murray 2016, section 3.1)
    inner = t.solve_triangular(out, t.transposed(t.solve_triangular(out, t.symmetric(d))))
    return out @ (t.tril(inner, -1) + inner * t.eye(out.shape[-1], out) / 2)


def _pinv_rule(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    # Golub and Pereyra 1973, for matrices whose rank does not change.
    (a,), flip = x, t.transposed
    rows, columns = t.eye(a.shape[-2], a), t.eye(a.shape[-1], a)
    return (
        out @ flip(out) @ flip(d) @ (rows - a @ out) + (columns - out @ a) @ flip(d) @ flip(out) @ out - out @ d @ out
    )


def _eigenvectors(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    # Magnus, On differentiating eigenvalues and eigenvectors, 1985: the gaps of the eigenvalues divide.
    eigenvalues, same = t.eigvalsh(x[0]), t.eye(out.shape[-1], out)
    gaps = t.expanded(eigenvalues, (-2,)) - t.expanded(eigenvalues, (-1,)) + same
    return out @ ((1 - same) / gaps * (t.transposed(out) @ t.symmetric(d) @ out))


def _extreme(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    reached = t.apply("eq", x[0], t.expanded(out, p)) * 1.0
    return t.sum(reached * d, p) / t.sum(reached, p)


def _logsumexp(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    weights = t.softmax(x[0], p[0]) if len(p) == 1 else t.apply("exp", x[0] - t.expanded(out, p))
    return t.sum(weights * d, p)


def _others(t: Any, d: Any, out: Any, x: Any, axis: int) -> Any:
    # d out[i] = Σ_{j≠i} d[j] Π_{k≠i,j} x[k]: row i of a matrix is x with its own entry replaced by 1.
    own = t.eye(x[0].shape[axis], out)
    rows = t.apply("where", own, 1, t.expanded(t.moved(x[0], axis, -1), (-2,)))
    each = t.others(rows, -1) * (1 - own)
    return t.moved(t.matvec(each, t.moved(d, axis, -1)), -1, axis)


def _concatenated(transpose: bool, t: Any, k: int, d: Any, out: Any, x: Any, axis: int) -> Any:
    """Rule of the k-th piece: its range of the result."""
    start = simplest(sum(piece.shape[axis] for piece in x[:k]))
    spec = tuple((0, length, 1) for length in out.shape)
    place = len(out.shape) + axis
    spec = (*spec[:place], (start, x[k].shape[axis], 1), *spec[place + 1 :])
    return t.index(d, spec) if transpose else t.unindex(d, spec, out.shape)


_INVERSE = "the matrix is invertible"

TENSORS: Final[tuple[TensorOp, ...]] = (
    # --- leaves -------------------------------------------------------------------------------------------------
    _row("eye", "", lambda p: np.eye(p), lambda shapes, p: (p, p), doc="the identity matrix", parameter="n"),
    _row("arange", "", lambda p: np.arange(float(p)), lambda shapes, p: (p,), doc="0, 1, …, n - 1", parameter="n"),
    _row("size", "", lambda p: float(p), lambda shapes, p: (), doc="a dimension as a number", parameter="n"),
    _row("array", "", lambda p: p.values, lambda shapes, p: p.values.shape, doc="an array of numbers",
         parameter="values"),
    # --- linear -------------------------------------------------------------------------------------------------
    _row("contract", "", lambda *a: a[-1].value(*a[:-1]), lambda shapes, p: p.shape(shapes),
         lambda t, k, d, out, x, p: t.contract_transposed(p, k, d, x),
         lambda t, k, d, out, x, p: t.contract_differential(p, k, d, x),
         doc="a sum of products in index notation (einsum)", parameter="indices", variadic=True,
         rule=("product rule",)),
    _row("reshape", "x", values.reshape, _reshape,
         lambda t, d, out, x, p: t.reshape(d, len(p[1]), x[0].shape[len(x[0].shape) - p[0]:]),
         doc="the same entries, row by row, in another shape", parameter="shape", linear=(0,)),
    _row("index", "x", values.index, _index,
         lambda t, d, out, x, p: t.unindex(d, p, x[0].shape[len(x[0].shape) - len(p):]),
         doc="ranges and single places of the axes", parameter="places", linear=(0,)),
    _row("unindex", "x", values.unindex, _unindex, lambda t, d, out, x, p: t.index(d, p[0]),
         doc="zeros with x at ranges and single places: padding", parameter="places", linear=(0,)),
    _row("concatenate", "", values.concatenate, _concatenate,
         lambda t, k, d, out, x, p: _concatenated(True, t, k, d, out, x, p),
         lambda t, k, d, out, x, p: _concatenated(False, t, k, d, out, x, p),
         doc="arrays behind each other along an axis", parameter="axis", variadic=True),
    _row("take", "x where", values.take, _take,
         lambda t, d, out, x, p: t.untake(d, x[1], p, x[0].shape[p]), None,
         doc="the entries of an axis at given places", parameter="axis", linear=(0,)),
    _row("untake", "x where", values.untake, _untake, lambda t, d, out, x, p: t.take(d, x[1], p[0]), None,
         doc="zeros with entries added at given places of an axis", parameter="axis", linear=(0,)),
    _row("cumsum", "x", values.cumsum, _same, lambda t, d, out, x, p: t.cumsum(d, p[0], not p[1]),
         doc="running sums along an axis", parameter="axis", linear=(0,)),
    _row("tril", "x", np.tril, _same, lambda t, d, out, x, p: t.tril(d, p),
         doc="the lower triangle", parameter="k", linear=(0,)),
    _row("triu", "x", np.triu, _same, lambda t, d, out, x, p: t.triu(d, p),
         doc="the upper triangle", parameter="k", linear=(0,)),
    _row("windows", "x", values.windows, _windows, lambda t, d, out, x, p: t.overlap(d, p),
         doc="all windows of the last axes", parameter="sizes", linear=(0,)),
    _row("overlap", "x", values.overlap, _overlap, lambda t, d, out, x, p: t.windows(d, p),
         doc="windows added up where they overlap", parameter="sizes", linear=(0,)),
    # --- matrices -----------------------------------------------------------------------------------------------
    _row("inv", "x", np.linalg.inv, _square("inv"), lambda t, d, out, x, p: -(out @ d @ out),
         doc="the inverse matrix", assumes=_INVERSE),
    _row("det", "x", np.linalg.det, _squares_batch("det"),
         lambda t, d, out, x, p: out * t.sum(t.transposed(t.inv(x[0])) * d, (-2, -1)),
         doc="the determinant", assumes=_INVERSE),
    _row("logdet", "x", values.logdet, _squares_batch("logdet"),
         lambda t, d, out, x, p: t.sum(t.transposed(t.inv(x[0])) * d, (-2, -1)),
         doc="log of abs(det(x))", assumes=_INVERSE),
    _row("solve", "a b", values.solve, _solve("solve"),
         lambda t, d, out, x, p: -t.solve(x[0], t.applied(d, out, p), p),
         lambda t, d, out, x, p: t.solve(t.transposed(x[0]), d, p),
         doc="inv(a) @ b", parameter="rank", linear=(1,), assumes=_INVERSE),
    _row("solve_triangular", "a b", values.solve_triangular, _solve("solve_triangular"),
         lambda t, d, out, x, p: -t.solve_triangular(
             x[0], t.applied(t.tril(d) if p[0] else t.triu(d), out, p[1]), *p),
         lambda t, d, out, x, p: t.solve_triangular(t.transposed(x[0]), d, not p[0], p[1]),
         doc="inv(a) @ b for a triangular matrix, of which only the triangle is read", parameter="triangle",
         linear=(1,), assumes="no entry of the diagonal is zero"),
    _row("cholesky", "x", np.linalg.cholesky, _square("cholesky"), _cholesky,
         doc="the lower triangular L with L @ L.T = x", assumes="the matrix is symmetric and positive definite"),
    _row("pinv", "x", values.pinv, _pinv, _pinv_rule,
         doc="the Moore–Penrose inverse", assumes="the rank does not change near the matrix"),
    _row("eigvalsh", "x", np.linalg.eigvalsh, _square_values,
         lambda t, d, out, x, p: t.diagonal(t.transposed(t.eigenvectors(x[0])) @ d @ t.eigenvectors(x[0])),
         doc="the eigenvalues of a symmetric matrix, ascending", assumes="the eigenvalues are distinct"),
    _row("eigenvectors", "x", lambda x: np.linalg.eigh(x)[1], _square("eigenvectors"), _eigenvectors,
         doc="the eigenvectors of a symmetric matrix, as columns", assumes="the eigenvalues are distinct"),
    # --- along axes ---------------------------------------------------------------------------------------------
    _row("softmax", "x", values.softmax, _same,
         lambda t, d, out, x, p: out * (d - t.expanded(t.sum(out * d, (p,)), (p,))),
         doc="exp(x) over its sum along an axis", parameter="axis", range="positive"),
    _row("logsumexp", "x", values.logsumexp, _reduce, _logsumexp, doc="log of the sum of exp(x) over axes",
         parameter="axes"),
    _row("amax", "x", values.reduced("max"), _reduce, _extreme, doc="the largest entry over axes", parameter="axes",
         kinks="the largest entry is there twice", convention="entries that tie share the derivative equally"),
    _row("amin", "x", values.reduced("min"), _reduce, _extreme, doc="the smallest entry over axes", parameter="axes",
         kinks="the smallest entry is there twice", convention="entries that tie share the derivative equally"),
    _row("prod", "x", lambda x, axis: np.prod(x, axis=axis), _reduce_one,
         lambda t, d, out, x, p: t.sum(t.others(x[0], p) * d, (p,)),
         doc="the product of the entries of an axis", parameter="axis"),
    _row("others", "x", values.others, _same, _others,
         doc="along an axis, the product of all entries but one's own", parameter="axis"),
    _row("norm", "x", values.norm, _reduce,
         lambda t, d, out, x, p: t.sum(t.unit(x[0], p) * d, p),
         doc="the Euclidean (Frobenius) norm over axes", parameter="axes", kinks="x == 0",
         convention="the derivative at 0 is 0, the least subgradient"),
    _row("unit", "x", values.unit, _same,
         lambda t, d, out, x, p: (d - out * t.expanded(t.sum(out * d, p), p)) / t.expanded(t.norm(x[0], p), p),
         doc="x over its norm along axes", parameter="axes", convention="0 where x is 0"),
)  # fmt: skip

FIRST_TENSOR: Final = 1 << 15
"""Codes from here on are rows of this table."""

TENSOR_CODE: Final = {op.name: FIRST_TENSOR + k for k, op in enumerate(TENSORS)}


def tensor_op(name: str) -> TensorOp:
    """The row of a name; an OperationError where there is none."""
    code = TENSOR_CODE.get(name)
    if code is None:
        raise OperationError(f"there is no tensor operation {name!r}", hint=f"there are {', '.join(TENSOR_CODE)}")
    return TENSORS[code - FIRST_TENSOR]


def is_view(op: Op, parameter: Any) -> bool:
    """Whether an operation only reads its argument in another way, so that it is no work.

    >>> from edgewise.ops import Contraction
    >>> is_view(tensor_op("contract"), Contraction(("ij",), "ji"))
    True
    """
    if op.name == "contract":
        own = parameter.inputs[0] if len(parameter.inputs) == 1 else None
        return own is not None and len(set(own)) == len(own) and set(own) <= set(parameter.output)
    return op.name in ("reshape", "index")


def op_of_code(code: int, custom: Sequence[Op]) -> Op:
    """The row of a code in a graph: of the scalar table, of the user's own operations, or of the tensor table."""
    if code < N_BUILTIN:
        return TABLE[code]
    return TENSORS[code - FIRST_TENSOR] if code >= FIRST_TENSOR else custom[code - N_BUILTIN]

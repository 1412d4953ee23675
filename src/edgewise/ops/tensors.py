"""The table of tensor operations: ONE ROW per operation, as in `table`.

Elementwise operations are the scalar rows, applied with NumPy's broadcasting. A row here has a shape rule and, for each
argument, one rule of differentiation: an operation that is linear in the argument has its transpose (`bprop` of
algorithm 6.5), any other has its differential, whose transpose is taken. Rules are written in the notation of the
expressions themselves: `t` holds the functions on tensors, `d` is what is propagated, `out` the result, `x` the
arguments, `p` the row's parameter. `d` may have further axes in front, one for each component that is differentiated
at once: every rule works on the last axes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, OperationError, UnsupportedError
from edgewise.ops import decompositions
from edgewise.ops import differentials as rules
from edgewise.ops import result_shapes as shapes
from edgewise.ops import tensor_values as values
from edgewise.ops.dims import TensorShape
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
    `transposes` are rules of arguments that have a differential whose transpose is written in another way. The results
    of an operation on `places` are whole numbers, which have no derivative.
    A `variadic` operation takes any number of arguments, and `rules` are then two functions of the
    position: the transpose and the differential.
    """

    shape: Callable[..., TensorShape] = lambda shapes, p: ()
    rules: tuple[Rule | None, ...] = ()
    linear: frozenset[int] = frozenset()
    variadic: bool = False
    assumes: str = ""
    transposes: Mapping[int, Rule] = field(default_factory=dict)
    places: bool = False

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


_INVERSE = "the matrix is invertible"

TENSORS: Final[tuple[TensorOp, ...]] = (
    # --- leaves -------------------------------------------------------------------------------------------------
    _row("eye", "", lambda p: np.eye(p), lambda shapes, p: (p, p), doc="the identity matrix", parameter="n"),
    _row("arange", "", lambda p: np.arange(float(p)), lambda shapes, p: (p,), doc="0, 1, …, n - 1", parameter="n"),
    _row("size", "", lambda p: np.float64(p), lambda shapes, p: (), doc="a dimension as a number", parameter="n"),
    _row("array", "", lambda p: p.values, lambda shapes, p: p.values.shape, doc="an array of numbers",
         parameter="values"),
    # --- linear -------------------------------------------------------------------------------------------------
    _row("contract", "", lambda *a: a[-1].value(*a[:-1]), lambda shapes, p: p.shape(shapes),
         lambda t, k, d, out, x, p: t.contract_transposed(p, k, d, x),
         lambda t, k, d, out, x, p: t.contract_differential(p, k, d, x),
         doc="a sum of products in index notation (einsum)", parameter="indices", variadic=True,
         rule=("product rule",)),
    _row("reshape", "x", values.reshape, shapes.reshape,
         lambda t, d, out, x, p: t.reshape(d, len(p[1]), x[0].shape[len(x[0].shape) - p[0]:]),
         doc="the same entries, row by row, in another shape", parameter="shape", linear=(0,)),
    _row("index", "x", values.index, shapes.index,
         lambda t, d, out, x, p: t.unindex(d, p, x[0].shape[len(x[0].shape) - len(p):]),
         doc="ranges and single places of the axes", parameter="places", linear=(0,)),
    _row("unindex", "x", values.unindex, shapes.unindex, lambda t, d, out, x, p: t.index(d, p[0]),
         doc="zeros with x at ranges and single places: padding", parameter="places", linear=(0,)),
    _row("concatenate", "", values.concatenate, shapes.concatenate,
         lambda t, k, d, out, x, p: rules.concatenated(True, t, k, d, out, x, p),
         lambda t, k, d, out, x, p: rules.concatenated(False, t, k, d, out, x, p),
         doc="arrays behind each other along an axis", parameter="axis", variadic=True),
    _row("take", "x where", values.take, shapes.take,
         lambda t, d, out, x, p: t.untake(d, x[1], p, x[0].shape[p]), None,
         doc="the entries of an axis at given places", parameter="axis", linear=(0,)),
    _row("untake", "x where", values.untake, shapes.untake, lambda t, d, out, x, p: t.take(d, x[1], p[0]), None,
         doc="zeros with entries added at given places of an axis", parameter="axis", linear=(0,)),
    _row("pick", "", values.pick, shapes.picked,
         lambda t, k, d, out, x, p: None if k else t.unpick(d, x[1:], x[0].shape[len(x[0].shape) - p:]),
         lambda t, k, d, out, x, p: None if k else t.pick(d, x[1:]),
         doc="the entries of the last axes at given places, one array of places for each", parameter="axes",
         variadic=True),
    _row("unpick", "", values.unpick, shapes.unpicked,
         lambda t, k, d, out, x, p: None if k else t.pick(d, x[1:]),
         lambda t, k, d, out, x, p: None if k else t.unpick(d, x[1:], p),
         doc="zeros with entries added at given places of the last axes", parameter="shape", variadic=True),
    _row("cumsum", "x", values.cumsum, shapes.same, lambda t, d, out, x, p: t.cumsum(d, p[0], not p[1]),
         doc="running sums along an axis", parameter="axis", linear=(0,)),
    _row("tril", "x", np.tril, shapes.same, lambda t, d, out, x, p: t.tril(d, p),
         doc="the lower triangle", parameter="k", linear=(0,)),
    _row("triu", "x", np.triu, shapes.same, lambda t, d, out, x, p: t.triu(d, p),
         doc="the upper triangle", parameter="k", linear=(0,)),
    _row("windows", "x", values.windows, shapes.windows, lambda t, d, out, x, p: t.overlap(d, p),
         doc="all windows of the last axes", parameter="sizes", linear=(0,)),
    _row("overlap", "x", values.overlap, shapes.overlap, lambda t, d, out, x, p: t.windows(d, p),
         doc="windows added up where they overlap", parameter="sizes", linear=(0,)),
    _row("recurrence", "a b", values.recurrence, shapes.recurrence, rules.recurrence, rules.reversed_recurrence,
         doc="y[i] = a[i]*y[i-1] + b[i] along an axis", parameter="axis", linear=(1,)),
    # --- matrices -----------------------------------------------------------------------------------------------
    _row("inv", "x", np.linalg.inv, shapes.square("inv"), lambda t, d, out, x, p: -(out @ d @ out),
         doc="the inverse matrix", assumes=_INVERSE),
    _row("det", "x", np.linalg.det, shapes.squares_batch("det"),
         lambda t, d, out, x, p: t.sum(t.transposed(t.adjugate(x[0])) * d, (-2, -1)),
         doc="the determinant"),
    _row("adjugate", "x", decompositions.adjugate, shapes.square("adjugate"),
         lambda t, d, out, x, p: t.adjugate_change(x[0], d),
         doc="the adjugate: det(x)*inv(x), and its limit where x is singular"),
    _row("adjugate_change", "x d", decompositions.adjugate_change, shapes.adjugate_change, rules.adjugate_change,
         lambda t, d, out, x, p: t.transposed(t.adjugate_change(x[0], t.transposed(d))),
         doc="the change of the adjugate of x along d", linear=(1,)),
    _row("logdet", "x", values.logdet, shapes.squares_batch("logdet"),
         lambda t, d, out, x, p: t.sum(t.transposed(t.inv(x[0])) * d, (-2, -1)),
         doc="log of abs(det(x))", assumes=_INVERSE),
    _row("solve", "a b", values.solve, shapes.solve("solve"),
         lambda t, d, out, x, p: -t.solve(x[0], t.applied(d, out, p), p),
         lambda t, d, out, x, p: t.solve(t.transposed(x[0]), d, p),
         doc="inv(a) @ b", parameter="rank", linear=(1,), assumes=_INVERSE),
    _row("solve_triangular", "a b", values.solve_triangular, shapes.solve("solve_triangular"),
         lambda t, d, out, x, p: -t.solve_triangular(
             x[0], t.applied(t.tril(d) if p[0] else t.triu(d), out, p[1]), *p),
         lambda t, d, out, x, p: t.solve_triangular(t.transposed(x[0]), d, not p[0], p[1]),
         doc="inv(a) @ b for a triangular matrix, of which only the triangle is read", parameter="triangle",
         linear=(1,), assumes="no entry of the diagonal is zero"),
    _row("cholesky", "x", np.linalg.cholesky, shapes.square("cholesky"), rules.cholesky,
         doc="the lower triangular L with L @ L.T = x", assumes="the matrix is symmetric and positive definite"),
    _row("pinv", "x", values.pinv, shapes.pinv, rules.pinv_rule,
         doc="the Moore–Penrose inverse", assumes="the rank does not change near the matrix"),
    _row("eigvalsh", "x", np.linalg.eigvalsh, shapes.square_values,
         lambda t, d, out, x, p: t.diagonal(t.transposed(t.eigenvectors(x[0])) @ d @ t.eigenvectors(x[0])),
         doc="the eigenvalues of a symmetric matrix, ascending", assumes="the eigenvalues are distinct"),
    _row("eigenvectors", "x", lambda x: np.linalg.eigh(x)[1], shapes.square("eigenvectors"), rules.eigenvectors,
         doc="the eigenvectors of a symmetric matrix, as columns", assumes="the eigenvalues are distinct"),
    _row("singular_values", "x", decompositions.singular_values, shapes.singular(""),
         lambda t, d, out, x, p: t.diagonal(t.transposed(t.left_vectors(x[0])) @ d @ t.right_vectors(x[0])),
         doc="the singular values, descending", assumes="the singular values are distinct"),
    _row("left_vectors", "x", decompositions.left_vectors, shapes.singular("left"), rules.left_vectors,
         doc="the left singular vectors, as columns", assumes="the singular values are distinct and not zero"),
    _row("right_vectors", "x", decompositions.right_vectors, shapes.singular("right"), rules.right_vectors,
         doc="the right singular vectors, as columns", assumes="the singular values are distinct and not zero"),
    # --- order ------------------------------------------------------------------------------------------------
    _row("sort", "x", lambda x, axis: np.sort(x, axis=axis), shapes.same, rules.sorted_along,
         doc="the entries of an axis, ascending", parameter="axis", kinks="two entries are equal",
         convention="equal entries keep their order"),
    _row("argsort", "x", lambda x, axis: np.argsort(x, axis=axis, kind="stable"), shapes.same, None,
         doc="the places of the entries of an axis, ascending", parameter="axis", places=True),
    _row("running_argmax", "x", values.running_argmax, shapes.same, None,
         doc="along an axis, the place of the largest entry so far", parameter="axis", places=True),
    _row("searchsorted", "a v", lambda a, v, side: np.searchsorted(a, v, side), shapes.places_in, None, None,
         doc="the places in an ascending array before which values stand", parameter="side", places=True),
    # --- along axes ---------------------------------------------------------------------------------------------
    _row("softmax", "x", values.softmax, shapes.same,
         lambda t, d, out, x, p: out * (d - t.expanded(t.sum(out * d, (p,)), (p,))),
         doc="exp(x) over its sum along an axis", parameter="axis", range="positive"),
    _row("logsumexp", "x", values.logsumexp, shapes.reduce, rules.logsumexp, doc="log of the sum of exp(x) over axes",
         parameter="axes"),
    _row("amax", "x", values.reduced("max"), shapes.reduce, rules.extreme, doc="the largest entry over axes",
    parameter="axes",
         kinks="the largest entry is there twice", convention="entries that tie share the derivative equally"),
    _row("amin", "x", values.reduced("min"), shapes.reduce, rules.extreme, doc="the smallest entry over axes",
    parameter="axes",
         kinks="the smallest entry is there twice", convention="entries that tie share the derivative equally"),
    _row("prod", "x", lambda x, axis: np.prod(x, axis=axis), shapes.reduce_one,
         lambda t, d, out, x, p: t.sum(t.others(x[0], p) * d, (p,)),
         doc="the product of the entries of an axis", parameter="axis"),
    _row("cumprod", "x", lambda x, axis: np.cumprod(x, axis=axis), shapes.same, rules.cumprod,
         doc="running products along an axis", parameter="axis"),
    _row("others", "x", values.others, shapes.same, rules.others,
         doc="along an axis, the product of all entries but one's own", parameter="axis"),
    _row("norm", "x", values.norm, shapes.reduce,
         lambda t, d, out, x, p: t.sum(t.unit(x[0], p) * d, p),
         doc="the Euclidean (Frobenius) norm over axes", parameter="axes", kinks="x == 0",
         convention="the derivative at 0 is 0, the least subgradient",
         transposes={0: lambda t, d, out, x, p: t.radial(x[0], d, p)}),
    _row("unit", "x", values.unit, shapes.same,
         rules.unit,
         doc="x over its norm along axes", parameter="axes", kinks="x == 0",
         convention="value and derivative are 0 where x is 0"),
    _row("radial", "x y", values.radial, shapes.radial, rules.radial,
         lambda t, d, out, x, p: t.sum(t.unit(x[0], p) * d, p),
         doc="y times x over its norm along axes", parameter="axes", linear=(1,), kinks="x == 0",
         convention="0 where x is 0; the derivative is that of y in the norm, 0 where y is not made of it"),
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

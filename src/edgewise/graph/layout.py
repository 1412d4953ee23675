"""How a flat list of numbers is nested for a person: one value, an array, a tuple, a list or a dictionary of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.errors import FormatError, InputError, ShapeError
from edgewise.graph.pattern import Pattern
from edgewise.ops import Dim, TensorShape, is_dimension

__all__ = [
    "KINDS", "SIGNS", "SPARSE", "Dependent", "Layout", "Parameter", "Shape", "joint_sign", "matrix", "packed_hint",
]  # fmt: skip

Shape = tuple[int, ...]
"""The shape of a group: numbers. A tensor's is a `TensorShape`."""

KINDS: Final = ("real", "symmetric", "integer")
"""The kinds of an input that is one tensor."""

SIGNS: Final = {
    "positive": "+", "nonnegative": "+0", "negative": "-", "nonpositive": "-0", "nonzero": "+-", "": "+-0",
}  # fmt: skip
"""What may be promised of the values of an input, and the signs that they may then have."""

SPARSE: Final = ("dense", "coo", "scipy")
"""The kinds of a matrix of which only the structural nonzeros are computed: how it is handed over."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The nesting of a flat sequence of results.

    `kind` is "array" (a leaf of `shape`; a scalar's is (); `keys`, if any, name the entries of its last axis), "tensor"
    (a leaf that is one node), "tuple", "list" or "dict". A sparse matrix holds one child, the array of its nonzeros in
    the order of `pattern`; its kind says what becomes of them: "dense" (a matrix with the zeros filled in), "coo"
    (rows, columns, values) or "scipy" (a `scipy.sparse.csr_array`).

    >>> Layout.of_tuple([Layout(), Layout(shape=(2,))]).pack([1.0, 2.0, 3.0])
    (1.0, array([2., 3.]))
    """

    kind: str = "array"
    shape: TensorShape = ()
    children: tuple[Layout, ...] = ()
    keys: tuple[str, ...] = ()
    pattern: Pattern | None = None

    @staticmethod
    def of_pattern(kind: str, pattern: Pattern) -> Layout:
        """A matrix of which the entries of the pattern are given: "dense", "coo" or "scipy"."""
        return Layout(kind, pattern.shape, (Layout(shape=(pattern.nnz,)),), (), pattern)

    @staticmethod
    def of_tuple(children: Iterable[Layout]) -> Layout:
        """A tuple of layouts; one alone comes bare."""
        parts = tuple(children)
        return parts[0] if len(parts) == 1 else Layout("tuple", (), parts)

    @property
    def size(self) -> int:
        return sum(math.prod(leaf.shape) if leaf.kind == "array" else 1 for leaf in self.leaves())

    def parts(self) -> Iterator[Layout]:
        """The layout and all layouts in it, from left to right."""
        todo = [self]
        while todo:
            item = todo.pop()
            yield item
            todo.extend(reversed(item.children))

    def leaves(self) -> Iterator[Layout]:
        """The leaves from left to right."""
        return (part for part in self.parts() if part.kind in ("array", "tensor"))

    def pack(self, values: Sequence[Any], make: Callable[[list[Any], Shape], Any] | None = None) -> Any:
        """Nest a flat sequence. Leaves with a shape become arrays, whose entries may themselves be batches."""
        return self._pack(iter(values), make or stack)

    def _pack(self, values: Iterator[Any], make: Callable[[list[Any], Shape], Any]) -> Any:
        # The depth here is the nesting the user wrote for the outputs, not the depth of a graph.
        if self.kind == "tensor":
            return next(values)
        if self.kind == "array":
            if self.shape == ():
                return next(values)
            return make([next(values) for _ in range(math.prod(self.shape))], self.shape)
        parts = [child._pack(values, make) for child in self.children]
        if self.kind == "dict":
            return dict(zip(self.keys, parts, strict=True))
        if self.pattern is not None:
            return matrix(self.kind, self.pattern, parts[0])
        return parts if self.kind == "list" else tuple(parts)

    def outer(self, inner: Layout) -> Layout:
        """Each leaf replaced by `inner`, the layout of the inputs: the nesting of a Jacobian, [output][input].

        Arrays of arrays are joined, as JAX joins them. An array in several scalar inputs is one array with the inputs
        on its last axis, in which a matrix of one row or column counts as the vector of its entries.

        >>> scalars = Layout.of_tuple([Layout(), Layout()])
        >>> [Layout(shape=shape).outer(scalars).shape for shape in [(3,), (3, 1), (2, 2)]]
        [(3, 2), (3, 2), (2, 2, 2)]
        >>> [part.shape for part in Layout(shape=(3,)).outer(Layout.of_tuple([Layout(), Layout(shape=(5,))])).children]
        [(3,), (3, 5)]
        """
        if self.joins(inner):
            entries = self.shape if self.single_axis is None else self.shape[1 - self.single_axis :][:1]
            return Layout(self.kind, (*entries, len(inner.children)))
        if self.kind in ("array", "tensor"):
            return inner.prefixed(self.shape, self.kind)
        if self.pattern is not None:
            return self.children[0].outer(inner)
        return Layout(self.kind, (), tuple(child.outer(inner) for child in self.children), self.keys)

    def joins(self, inner: Layout) -> bool:
        """Whether the derivatives of this leaf in the inputs laid out as `inner` are one array: see `outer`."""
        several = inner.kind == "tuple" and len(inner.children) > 1
        return bool(self.shape) and several and all(part == Layout() for part in inner.children)

    @property
    def single_axis(self) -> int | None:
        """The axis of length 1 of a matrix of one row or column; None for anything else."""
        return self.shape.index(1) if len(self.shape) == 2 and 1 in self.shape else None

    def prefixed(self, shape: TensorShape, kind: str = "array") -> Layout:
        """Each leaf with `shape` in front of its own; what comes of a tensor is one."""
        if self.kind in ("array", "tensor"):
            return Layout("tensor" if "tensor" in (kind, self.kind) else "array", shape + self.shape, (), self.keys)
        return Layout(self.kind, (), tuple(child.prefixed(shape, kind) for child in self.children), self.keys)

    def to_data(self, write: Callable[[Dim], Any] | None = None) -> dict[str, Any]:
        """Plain data for serialisation; `write` says what becomes of the length of an axis."""
        data: dict[str, Any] = {"kind": self.kind}
        if self.pattern is not None:
            return {**data, "pattern": self.pattern.to_data()}
        if self.shape:
            data["shape"] = list(self.shape if write is None else map(write, self.shape))
        if self.children:
            data["children"] = [child.to_data(write) for child in self.children]
        if self.kind == "dict" or self.keys:
            data["keys"] = list(self.keys)
        return data

    @staticmethod
    def from_data(data: dict[str, Any], read: Callable[[Any], Dim] | None = None) -> Layout:
        """The inverse of `to_data`; a FormatError for data that is not a nesting."""
        kind = data.get("kind") if isinstance(data, dict) else None
        if kind in SPARSE:
            return Layout.of_pattern(str(kind), Pattern.from_data(data.get("pattern")))
        shape, parts, keys = (tuple(data.get(name, ())) if kind else () for name in ("shape", "children", "keys"))
        leaf = kind in ("array", "tensor")
        fits = leaf or (kind in ("tuple", "list", "dict") and not shape)
        if keys or kind == "dict":
            named = len(parts) if kind == "dict" else shape[-1] if kind == "array" and shape else -1
            fits = fits and all(isinstance(key, str) for key in keys) and len(set(keys)) == len(keys) == named
        if not fits or (leaf and parts):
            raise FormatError(f"{data!r:.80} is not a nesting of outputs", hint="see Layout.to_data for its form")
        shape = shape if read is None else tuple(map(read, shape))
        if not all(is_dimension(length) and (kind == "tensor" or type(length) is int) for length in shape):
            raise FormatError(f"an output has the shape {shape!r:.80}", hint="give whole numbers, none negative")
        return Layout(str(kind), shape, tuple(Layout.from_data(child, read) for child in parts), keys)


class Dependent(NamedTuple):
    """An input that is a function of others, u(x, t), or the derivative of one in some of these, as often as they stand
    in `by`.

    >>> q = Dependent("q", ("t",))
    >>> q.derivative("t").name, q.derivative("t").derivative("t").name, Dependent("u", ("x", "time"), ("time",)).name
    ('q_t', 'q_tt', 'u_time')
    """

    function: str
    of: tuple[str, ...]
    by: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As it is written, with what it is differentiated in.

        >>> print(Dependent("u", ("x", "t"), ("t",)))
        u(x, t).diff(t)
        """
        return f"{self.function}({', '.join(self.of)})" + (f".diff({', '.join(self.by)})" if self.by else "")

    @classmethod
    def read(cls, parameter: Parameter, data: Any) -> Dependent:
        """What data says of an input; a FormatError where it does not fit."""
        parts = list(data) if isinstance(data, (list, tuple)) else []
        if len(parts) == 3 and isinstance(parts[0], str) and all(isinstance(part, (list, tuple)) for part in parts[1:]):
            found = cls(parts[0], tuple(parts[1]), tuple(parts[2]))
            if all(isinstance(name, str) for name in found.of + found.by) and found.name == parameter.name:
                return found
        raise FormatError(f"{data!r:.80} is no function that {parameter.name!r:.60} can be", hint="write it again")

    @property
    def of_variables(self) -> bool:
        """Whether it is q(t) and not q(t - 1), whose function is called after the whole of it."""
        return "(" not in self.function

    @property
    def name(self) -> str:
        """The name of the input."""
        joint = "" if max(map(len, self.by), default=0) == 1 else "_"
        return f"{self.function}_{joint.join(self.by)}" if self.by else self.function

    def derivative(self, variable: str) -> Dependent:
        """Its derivative in one of the others."""
        return self._replace(by=tuple(sorted((*self.by, variable))))


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of the graph as a function: a scalar (shape ()), a group of scalars handed over as one array, or, of
    the kind "real", "symmetric" or "integer", one node that holds a tensor, whose shape may have named dimensions.
    `sign` is what the user promises of its values: "positive", "nonzero", … (see `SIGNS`), which serves guards.
    `dependent` says of which other variables it is a function.
    """

    name: str
    shape: TensorShape = ()
    kind: str = field(default="", repr=False)
    sign: str = field(default="", repr=False)
    dependent: Dependent | None = field(default=None, repr=False, compare=False)

    @property
    def is_tensor(self) -> bool:
        """Whether it is one node, however many numbers that holds."""
        return bool(self.kind)

    @property
    def size(self) -> int:
        """The number of its nodes."""
        return 1 if self.kind else math.prod(self.shape)

    def told(self, other: Parameter) -> Parameter:
        """The same with what is known of another of its name; an InputError where that contradicts."""
        sign = joint_sign(self.name, self.sign, other.sign) if other.sign else self.sign
        if None not in (self.dependent, other.dependent) and self.dependent != other.dependent:
            raise InputError(
                f"the input {self.name!r} is said to be {self.dependent} and {other.dependent}",
                hint="rename one of them",
            )
        return replace(self, sign=sign, dependent=self.dependent or other.dependent)

    @property
    def layout(self) -> Layout:
        """How something of its shape is handed over."""
        return Layout("tensor" if self.kind and self.shape else "array", self.shape)


def joint_sign(name: str, first: str, second: str) -> str:
    """Both of two promises about an input as one; an InputError where they contradict each other.

    >>> joint_sign("x", "nonnegative", "nonzero")
    'positive'
    """
    both = set(SIGNS[first]) & set(SIGNS[second])
    found = next((sign for sign, signs in SIGNS.items() if set(signs) == both), None)
    if found is None:
        raise InputError(f"the input {name!r} is said to be {first} and {second}", hint="rename one of them")
    return found


def packed_hint(args: Sequence[Any], parameters: Sequence[Parameter]) -> str:
    """What to say where one argument holds the values of several scalars, `f(values)` for `f(*values)`; else nothing.

    >>> packed_hint([[1.0, 2.0]], [Parameter("x"), Parameter("y")])
    'the inputs are single values: unpack the list, as in f(*values)'
    """
    if len(args) == 1 and np.shape(args[0]) == (len(parameters),) and not any(p.shape for p in parameters):
        return "the inputs are single values: unpack the list, as in f(*values)"
    if len(args) == 1 and isinstance(args[0], Mapping):
        return "the inputs are given by name: unpack the dictionary, as in f(**values)"
    return ""


def stack(values: list[Any], shape: Shape) -> Any:
    """An array of the given shape behind the (broadcast) batch shape of its entries."""
    if all(type(value) is float for value in values):
        return np.array(values).reshape(shape)
    batch = np.stack(np.broadcast_arrays(*values), axis=-1) if values else np.zeros(0)
    return batch.reshape(batch.shape[:-1] + shape)


def matrix(kind: str, pattern: Pattern, values: Any) -> Any:
    """The matrix with these values at the entries of the pattern (last axis), handed over as its kind says.

    >>> matrix("dense", Pattern.of([0, 1], [1, 0], (2, 2)), np.array([3.0, 4.0])).tolist()
    [[0.0, 3.0], [4.0, 0.0]]
    """
    if kind == "coo":
        return pattern.rows, pattern.columns, values
    if kind == "scipy":
        if np.ndim(values) != 1:
            raise ShapeError(
                f"a sparse matrix of scipy holds numbers and was given a batch of shape {np.shape(values)[:-1]}",
                hint='ask for sparse="coo" or sparse="dense", whose values broadcast',
            )
        return pattern.to_scipy(values)
    filled = np.zeros(np.shape(values)[:-1] + pattern.shape, dtype=values.dtype)
    filled[..., pattern.rows, pattern.columns] = values
    return filled

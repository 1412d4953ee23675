"""`Tensor`: a handle of a node with a shape, to be used as an ndarray is."""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, ShapeError, missing_attribute
from edgewise.graph.arrays.families import Family, alone, join, others
from edgewise.graph.arrays.in_place import InPlace
from edgewise.graph.builder import Builder
from edgewise.graph.composed import no_type, real_types
from edgewise.graph.expr import Expr, apply, resolve
from edgewise.graph.neighbours import METHODS
from edgewise.graph.other_libraries import is_sparse, of_pairs
from edgewise.graph.refused import refused
from edgewise.graph.suggestions import of_expressions
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import TensorShape, dimension, op_of_code, product, shape_text

__all__ = ["Tensor", "TensorInput", "tensor"]


class TensorInput:
    """The declaration of an input that is one tensor: its shape, and its kind: real, integer or symmetric."""

    __slots__ = ("kind", "shape")

    def __init__(self, shape: TensorShape, kind: str) -> None:
        self.shape, self.kind = shape, kind

    def __repr__(self) -> str:
        return f"tensor{shape_text(self.shape)}" + (f" {self.kind}" if self.kind != "real" else "")


def tensor(*shape: Any, name: str = "", dtype: type = float, symmetric: bool = False) -> Any:
    """An input that is one tensor, its dimensions numbers or names; for `trace`, or with a `name` an expression.

    Equal names are equal lengths. An input of dtype `int` holds places or labels: nothing is differentiated in it. Of a
    `symmetric` matrix simplification knows that it is its own transpose; the derivative in it is that in a matrix whose
    entries vary freely, at a symmetric one, and a second derivative, simplified, holds along symmetric changes. Numbers
    are not checked for symmetry.

    >>> tensor("n", 3)
    tensor(n, 3)
    >>> X, w = tensor("n", "d", name="X"), tensor("d", name="w")
    >>> X @ w
    X @ w
    >>> (X @ w).shape
    (n,)
    """
    lengths = tuple(dimension(length) for length in shape)
    if dtype not in (float, int):
        raise InputError(f"a tensor of {dtype!r} is not declared", hint="dtype is float or int")
    if symmetric and (len(lengths) != 2 or lengths[0] != lengths[1]):
        raise ShapeError(f"a symmetric tensor of shape {shape_text(lengths)}", hint="it is a square matrix")
    kind = "integer" if dtype is int else "symmetric" if symmetric else "real"
    if not name:
        return TensorInput(lengths, kind)
    builder = Builder()
    return Tensor(builder, builder.tensor(name, lengths, kind))


class Tensor(InPlace, Expr):
    """A symbolic array: one node of a graph under construction, with a shape of numbers and named dimensions.

    It has an ndarray's operators, methods and slicing, and NumPy's functions take it. `x += 1` and `x[0] = 1` move this
    handle on to a new node, for everyone who holds it; see `families` for views of it.
    """

    __slots__ = ("__weakref__", "_family", "_of")

    # SymPy asks this of the other operand, and leaves the product of a dimension and a tensor to the tensor.
    _op_priority = 1000.0

    def __init__(self, builder: Builder, node: int) -> None:
        super().__init__(builder, node)
        self._family: Family | None = None
        self._of: tuple[Tensor, Any] | None = None  # a slice: of which tensor, and which one

    def _own(self) -> Tensor:
        """The same node under a handle of its own, as a copy of what cannot be assigned to."""
        return Tensor(*resolve(self))

    def _view(self, view: Any) -> Any:
        """A result of which NumPy's counterpart holds the same entries; one number of it is a number."""
        return join(view._own() if view is self else view, self) if view.shape else view

    # --- shape --------------------------------------------------------------------------------------------------

    @property
    def shape(self) -> TensorShape:
        """The lengths of the axes: numbers, or polynomials in named dimensions."""
        builder, node = resolve(self)
        return builder.shapes.get(node, ())

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return len(self.shape)

    @property
    def size(self) -> Any:
        """The number of entries: a number, or the product of named dimensions."""
        return product(self.shape)

    def __len__(self) -> int:
        if not self.shape:
            raise refused("a scalar has no length", kind=ShapeError)
        return t.number(self.shape[0], "len()")

    def __iter__(self) -> Iterator[Any]:
        return (self[k] for k in range(len(self)))

    # --- arithmetic ---------------------------------------------------------------------------------------------

    def __matmul__(self, other: Any) -> Any:
        return NotImplemented if is_sparse(other) else t.matmul(self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return t.matmul(other, self)

    def __getitem__(self, key: Any) -> Any:
        found = t.getitem(self, key)
        if not _is_basic(key) or not isinstance(found, Tensor) or not found.shape:
            return found
        view = self._view(found)
        view._of = (self, key)
        return view

    def __setitem__(self, key: Any, value: Any) -> None:
        from edgewise.graph.arrays.assigned import assigned

        of = value._of if isinstance(value, Tensor) else None
        if of is not None and of[0] is self and _is_basic(key) and of[1] == key:
            return  # `y[1:] += 1` has written through, and assigns the slice to itself
        self._move(assigned(self, key, value))

    def __pos__(self) -> Tensor:
        return self._own()

    # --- in place ---------------------------------------------------------------------------------------------------

    def _changed(self, made: Any) -> Any:
        """This handle, or in place of a number a new one, moved on to what an operator such as += has made."""
        if not self.shape:
            return made
        if made.shape != self.shape:
            raise refused(
                f"an array of shape {shape_text(self.shape)} is changed in place to shape {shape_text(made.shape)}",
                "write y = y + x, which makes a new array",
                kind=ShapeError,
            )
        self._move(made)
        return self

    def _move(self, made: Any) -> None:
        if self.dtype.kind in "bi":
            raise refused(f"an array of {self.dtype} is changed in place", "write y = y + x")
        from edgewise.graph.arrays.assigned import assigned

        chain = self._sources()
        known = set(map(id, chain))
        following = sorted((handle._sources() for handle in others(*chain)), key=len)
        if any(id(handle) not in known for path in following for handle in path[-1:]):
            alone(*chain)
        for handle in chain:
            handle._builder, handle._node = resolve(made)
            if handle._of is not None:
                source, key = handle._of
                made = assigned(Tensor(*resolve(source)), key, made)
        for handle, *_ in following:  # a slice behind what it is a slice of
            source, key = handle._of
            handle._builder, handle._node = resolve(t.getitem(source, key))

    def _sources(self) -> list[Tensor]:
        """This handle, what it is a slice of, and so on."""
        chain = [self]
        while (of := chain[-1]._of) is not None:
            chain.append(of[0])
        return chain

    # --- methods of an ndarray ----------------------------------------------------------------------------------

    @property
    def T(self) -> Any:
        """The axes in reverse."""
        return self.transpose()

    @property
    def mT(self) -> Any:
        """The last two axes exchanged."""
        return self.swapaxes(-1, -2)

    def transpose(self, *axes: Any) -> Any:
        """The axes in another order."""
        return self._view(t.transpose(self, *axes))

    def swapaxes(self, first: int, second: int) -> Any:
        """Two axes exchanged."""
        return self._view(t.swapaxes(self, first, second))

    def reshape(self, *shape: Any, order: str = "C") -> Any:
        """The same entries in another shape; one length may be -1."""
        return self._view(
            t.reshaped(self, shape[0] if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape, order)
        )

    def ravel(self, order: str = "C") -> Any:
        """All entries along one axis."""
        return self.reshape(-1, order=order)

    def flatten(self, order: str = "C") -> Any:
        """All entries along one axis, to be written into."""
        return t.reshaped(self, (-1,), order).copy()

    def squeeze(self, axis: Any = None) -> Any:
        """Axes of length 1 left out."""
        return self._view(t.squeezed(self, axis))

    @property
    def dtype(self) -> np.dtype[Any]:
        """What NumPy would call the type of the entries: int64 of an input of whole numbers, bool of a comparison."""
        builder, node = resolve(self)
        if op_of_code(builder.nodes[node][0], tuple(builder.custom)).boolean:
            return np.dtype(bool)
        whole = any(p.kind == "integer" and nodes == (node,) for p, nodes in builder.parameters.values())
        return np.dtype(np.int64) if whole else real_types(self)[-1]

    @property
    def imag(self) -> Any:
        """Zeros: all numbers are real."""
        return np.imag(self)

    @property
    def flat(self) -> Any:
        """All entries along one axis."""
        return self.reshape(-1)

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:
            return super().__getattr__(name)
        # An ndarray's methods that NumPy has as functions too are those.
        function = getattr(np, name, None) if name in _METHODS else None
        if function is None:
            raise AttributeError(name) if name[0] == "_" else missing_attribute(self, name, of_expressions)
        return lambda *args, **kwargs: function(self, *args, **kwargs)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_METHODS})

    def compress(self, condition: Any, axis: Any = None) -> Any:
        """The entries along an axis where a condition on numbers holds."""
        return np.compress(condition, self, axis)

    def item(self, *place: Any) -> Any:
        """One entry."""
        return self[place[0] if len(place) == 1 else place] if place else t.reshaped(self, ())

    def tolist(self) -> Any:
        """The entries as nested lists."""
        return [entry.tolist() for entry in self] if self.shape else self

    conj = Expr.conjugate

    def copy(self, order: str = "C") -> Tensor:
        """The same node under a handle of its own, which may be written into."""
        from edgewise.graph.arrays.filled_tensor import FilledTensor

        return FilledTensor(self)

    def view(self, *kinds: Any) -> Tensor:
        """The same node, as what it is: nodes do not change."""
        if any(kind is not np.ndarray and kind not in (float, "float64", self.dtype) for kind in kinds):
            said = ", ".join(getattr(kind, "__name__", repr(kind)) for kind in kinds)
            raise refused(
                f"x.view({said:.60}) of a tensor", "write x.reshape(…) for another shape; its bits are not read"
            )
        return self

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        """Real numbers as doubles, truth as 0 and 1, numbers as truth; what would lose digits is refused."""
        wanted, own = np.dtype(dtype), self.dtype
        if wanted.kind == "b":
            return self._own() if own.kind == "b" else apply("ne", self, 0)
        if own.kind == "b":
            return apply("where", self, 1, 0)
        if wanted in real_types(self) or (wanted.kind in "iu" and own.kind == "i"):
            return self._own()
        raise no_type("a tensor", wanted)

    # --- NumPy --------------------------------------------------------------------------------------------------

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        from edgewise.graph.tensors.tensor_numpy import ufunc_on_tensors

        return ufunc_on_tensors(ufunc, method, inputs, kwargs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        from edgewise.graph.tensors.tensor_numpy import function_on_tensors

        return NotImplemented if of_pairs(types) else function_on_tensors(func, args, kwargs)

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        # `A.dot(x)` of an array A of numbers asks for the entries of x, and takes expressions.
        # And so does NumPy's Python code for polynomials.
        frame: Any = sys._getframe(1)
        if frame.f_code.co_name == "__call__" and frame.f_globals.get("__name__") == _STAND_INS:
            frame = frame.f_back
        caller = frame.f_globals.get("__name__", "")
        by_users = caller.startswith("numpy.polynomial.") or caller.split(".")[0] not in _LIBRARIES
        entries = product(self.shape)
        if dtype in (None, object) and by_users and type(entries) is int and entries <= MOST_ENTRIES:
            each = (self[place] for place in np.ndindex(*self.shape))
            return np.fromiter(each, dtype=object, count=entries).reshape(self.shape)
        raise refused(
            f"{self!r} is symbolic and has no numbers yet",
            "use NumPy's functions, which write nodes, write A @ x for A.dot(x), and evaluate the finished graph",
        )


def _in_place(operator_: Callable[[Any, Any], Any]) -> Callable[[Tensor, Any], Any]:
    return lambda self, other: self._changed(operator_(self, other))


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    setattr(Tensor, f"__i{_name}__", _in_place(getattr(operator, _name)))

MOST_ENTRIES: Final = 2_000
"""How many entries of a tensor are taken apart where an array of numbers asks for them."""
_LIBRARIES: Final = frozenset(("numpy", "scipy", "jax", "torch", "sympy", "pandas", "edgewise"))
_STAND_INS: Final = "edgewise.frontends.tracing_numpy"
"""Whose calls are on behalf of their callers."""
_METHODS: Final = frozenset(
    ("all", "any", "argmax", "argmin", "argpartition", "argsort", "choose", "clip", "cumprod", "cumsum", "diagonal",
     "dot", "max", "mean", "min", "nonzero", "prod", "ptp", "repeat", "round", "searchsorted", "std", "sum", "take",
     "trace", "var"),
)  # fmt: skip
"""An ndarray's methods that are NumPy's function of the same name."""


def _is_basic(key: Any) -> bool:
    """Whether an index gives a view: places, ranges, new axes."""
    keys = key if isinstance(key, tuple) else (key,)
    return all(k is None or k is Ellipsis or isinstance(k, (int, np.integer, slice)) for k in keys)

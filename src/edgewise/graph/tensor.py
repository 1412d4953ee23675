"""`Tensor`: a handle of a node with a shape, to be used as an ndarray is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np

from edgewise.errors import InputError, ShapeError, UnsupportedError
from edgewise.graph import tensors as t
from edgewise.graph.builder import Builder, user_line
from edgewise.graph.expr import Expr, apply, resolve
from edgewise.ops import TensorShape, dimension, shape_text

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
    entries vary freely, at a symmetric one. Numbers are not checked for symmetry.

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


class Tensor(Expr):
    """A symbolic array: one node of a graph under construction, with a shape of numbers and named dimensions.

    It has an ndarray's operators, methods and slicing, and NumPy's functions take it. It cannot be changed in place.
    """

    __slots__ = ()

    # SymPy asks this of the other operand, and leaves the product of a dimension and a tensor to the tensor.
    _op_priority = 1000.0

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
        """The number of entries: a number, or a scalar expression of the named dimensions."""
        return t.size(self)

    def __len__(self) -> int:
        if not self.shape:
            raise ShapeError("a scalar has no length", line=user_line())
        return t.number(self.shape[0], "len()")

    def __iter__(self) -> Iterator[Any]:
        return (self[k] for k in range(len(self)))

    # --- arithmetic ---------------------------------------------------------------------------------------------

    def __matmul__(self, other: Any) -> Any:
        return t.matmul(self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return t.matmul(other, self)

    def __getitem__(self, key: Any) -> Any:
        return t.getitem(self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        raise UnsupportedError(
            "an entry of a tensor is assigned in place, and nodes of a graph do not change",
            hint="write into a copy, y = x.copy(), or write np.where(mask, value, x), np.concatenate, np.stack",
            line=user_line(),
        )

    # --- methods of an ndarray ----------------------------------------------------------------------------------

    @property
    def T(self) -> Any:
        """The axes in reverse."""
        return t.transpose(self)

    @property
    def mT(self) -> Any:
        """The last two axes exchanged."""
        return t.transposed(self)

    def transpose(self, *axes: Any) -> Any:
        """The axes in another order."""
        return t.transpose(self, *axes)

    def swapaxes(self, first: int, second: int) -> Any:
        """Two axes exchanged."""
        return t.swapaxes(self, first, second)

    def reshape(self, *shape: Any, order: str = "C") -> Any:
        """The same entries in another shape; one length may be -1."""
        return t.reshaped(self, shape[0] if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape, order)

    def ravel(self, order: str = "C") -> Any:
        """All entries along one axis."""
        return t.reshaped(self, (-1,), order)

    flatten = ravel

    def squeeze(self, axis: Any = None) -> Any:
        """Axes of length 1 left out."""
        return t.squeezed(self, axis)

    def sum(self, axis: Any = None, keepdims: bool = False) -> Any:
        """The sum over axes, all by default."""
        return t.over(t.sum, self, axis, keepdims)

    def mean(self, axis: Any = None, keepdims: bool = False) -> Any:
        """The mean over axes, all by default."""
        return t.mean(self, axis, keepdims)

    def var(self, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
        """The variance over axes, all by default."""
        return t.var(self, axis, ddof, keepdims)

    def std(self, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
        """The standard deviation over axes, all by default."""
        return apply("sqrt", t.var(self, axis, ddof, keepdims))

    def prod(self, axis: Any = None, keepdims: bool = False) -> Any:
        """The product over axes, all by default."""
        return t.over(t.prod, self, axis, keepdims)

    def max(self, axis: Any = None, keepdims: bool = False) -> Any:
        """The largest entry over axes, all by default."""
        return t.over(t.amax, self, axis, keepdims)

    def min(self, axis: Any = None, keepdims: bool = False) -> Any:
        """The smallest entry over axes, all by default."""
        return t.over(t.amin, self, axis, keepdims)

    def cumsum(self, axis: Any = None) -> Any:
        """Running sums along an axis; of all entries by default."""
        return t.running(self, axis)

    def dot(self, other: Any) -> Any:
        """NumPy's dot: the sum of products of the last axis and the other's last but one."""
        return t.dot(self, other)

    def trace(self, offset: int = 0) -> Any:
        """The sum of the diagonal of a matrix."""
        return t.trace(self, offset)

    def diagonal(self, offset: int = 0) -> Any:
        """The diagonal of a matrix."""
        return t.diagonal(self, offset)

    def take(self, where: Any, axis: Any = None) -> Any:
        """The entries at given places of an axis; of all entries by default."""
        return t.taken(self, where, axis)

    def clip(self, low: Any = None, high: Any = None) -> Any:
        """The entries held between bounds."""
        return t.clip(self, low, high)

    def copy(self) -> Tensor:
        """The same node under a handle of its own, which may be written into."""
        from edgewise.graph.filled_tensor import FilledTensor

        return FilledTensor(self)

    def astype(self, dtype: Any) -> Tensor:
        """Itself as real numbers; there are no other numbers to turn it into."""
        if np.dtype(dtype).kind != "f":
            raise UnsupportedError(
                f"a tensor is turned into {np.dtype(dtype)}, and nodes hold real numbers",
                hint="leave it as it is, or declare the input with dtype=int",
                line=user_line(),
            )
        return self

    # --- NumPy --------------------------------------------------------------------------------------------------

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        from edgewise.graph.tensor_numpy import ufunc_on_tensors

        return ufunc_on_tensors(ufunc, method, inputs, kwargs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        from edgewise.graph.tensor_numpy import function_on_tensors

        return function_on_tensors(func, args, kwargs)

    def __array__(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnsupportedError(
            f"{self!r} is symbolic and has no numbers yet",
            hint="use NumPy's functions, which write nodes, and evaluate the finished graph",
            line=user_line(),
        )

"""`x[condition]` of a tensor: as many entries as the data says, good for elementwise functions and for sums of them."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from functools import partialmethod
from typing import Any, Final, NoReturn

import numpy as np

from edgewise.graph.arrays.same import same
from edgewise.graph.expr import apply
from edgewise.graph.refused import refused
from edgewise.graph.suggestions import KEEPS_SHAPE
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["Selected"]


class Selected(np.lib.mixins.NDArrayOperatorsMixin):
    """The entries of `values` where `mask` holds; not a node, since its length is not known.

    What is computed from it entry by entry is computed of all entries, and a sum, mean, product, maximum or norm
    selects: `np.sum(x[x > 0]**2)` is `np.sum(np.where(x > 0, x**2, 0))`.
    """

    __slots__ = ("mask", "values")

    def __init__(self, values: Any, mask: Any) -> None:
        # What is selected stays what it is when the array is changed in place afterwards.
        self.values, self.mask = +values, +mask

    def __repr__(self) -> str:
        return f"{self.values!r}[{self.mask!r}]"

    def over(self, mask: Any) -> Any:
        """The values, to be put where a mask holds: that by which they were selected."""
        if not same(mask, self.mask):
            self.refuse("entries selected by another condition are put in their place")
        return self.values

    # --- reductions ---------------------------------------------------------------------------------------------

    @property
    def size(self) -> Any:
        """How many entries there are, an expression."""
        behind = t.shape_of(self.values)[len(t.shape_of(self.mask)) :]
        return self._count() * t.count_of(self.mask, behind)

    def _count(self) -> Any:
        return t.sum(self.mask * 1.0, tuple(range(-len(t.shape_of(self.mask)), 0)))

    def _chosen(self, otherwise: Any) -> Any:
        """The values, and a number in place of those not selected."""
        behind = range(len(t.shape_of(self.mask)) - len(t.shape_of(self.values)), 0)
        return apply("where", t.expanded(self.mask, behind) if behind else self.mask, self.values, otherwise)

    def _axes(self, axis: Any, name: str) -> tuple[int, ...]:
        rank, own = len(t.shape_of(self.values)), len(t.shape_of(self.mask))
        if axis is None or (rank == own and axis in (0, -1)):
            return tuple(range(-rank, 0))
        if axis == 0:
            return tuple(range(-rank, own - rank))
        self.refuse(f"np.{name} along axis {axis} of them")

    def _reduce(self, name: str, axis: Any = None, **options: Any) -> Any:
        if any(value is not None and value is not False and value is not np._NoValue for value in options.values()):
            self.refuse(f"np.{name} with {', '.join(options)}")
        function, otherwise = _REDUCTIONS[name]
        return function(self._chosen(otherwise), self._axes(axis, name))

    sum = partialmethod(_reduce, "sum")
    prod = partialmethod(_reduce, "prod")
    max = partialmethod(_reduce, "max")
    min = partialmethod(_reduce, "min")

    def mean(self, axis: Any = None, **options: Any) -> Any:
        """The mean of the entries."""
        return self._reduce("sum", axis, **options) / (self._count() if axis == 0 else self.size)

    def var(self, axis: Any = None, ddof: int = 0) -> Any:
        """The variance of the entries."""
        return ((self - self.mean(axis)) ** 2).sum(axis) / ((self._count() if axis == 0 else self.size) - ddof)

    def std(self, axis: Any = None, ddof: int = 0) -> Any:
        """The standard deviation of the entries."""
        return apply("sqrt", self.var(axis, ddof))

    def dot(self, other: Any) -> Any:
        """The sum of products with entries selected in the same way."""
        return (self * other).sum()

    __matmul__ = dot

    # --- NumPy --------------------------------------------------------------------------------------------------

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        from edgewise.graph.tensors.tensor_numpy import ufunc_on_tensors

        if ufunc is np.matmul and method == "__call__":
            return self.dot(inputs[0] if inputs[1] is self else inputs[1])
        # `x[x > 0] *= 2` changes them in place, and puts them back.
        if method != "__call__" or kwargs.keys() - {"out"} or any(out is not self for out in kwargs.get("out", ())):
            self.refuse(f"np.{ufunc.__name__}.{method} of them")
        given = []
        for value in inputs:
            if isinstance(value, Selected):
                if not same(value.mask, self.mask):
                    self.refuse("entries selected by another condition are put beside them")
                value = value.values
            elif t.shape_of(value):
                self.refuse(f"np.{ufunc.__name__} with an array of {t.shape_of(value)}")
            given.append(value)
        return Selected(ufunc_on_tensors(ufunc, method, given, {}), self.mask)

    def __array_function__(self, func: Any, types: Any, args: Sequence[Any], kwargs: Any) -> Any:
        name = func.__name__
        method = {"amax": "max", "amin": "min"}.get(name, name)
        if func is np.linalg.norm and builtins.len(args) == 1 and not kwargs:
            return t.over(t.norm, self._chosen(0))
        if func is np.dot:
            return args[0].dot(args[1]) if isinstance(args[0], Selected) else args[1].dot(args[0])
        if func is np.size:
            return self.size
        if method in (*_REDUCTIONS, "mean", "var", "std") and isinstance(args[0], Selected):
            return getattr(self, method)(*args[1:], **kwargs)
        self.refuse(f"np.{name} of them")

    def refuse(self, what: str) -> NoReturn:
        """Raise UnsupportedError for what cannot be made of them."""
        raise refused(f"entries selected by a condition, how many depends on the data: {what}", KEEPS_SHAPE)

    def __len__(self) -> int:
        self.refuse("len()")

    def __iter__(self) -> Any:
        self.refuse("a loop over them")

    def __getitem__(self, key: Any) -> Any:
        self.refuse("they are indexed")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self.refuse(f".{name}" if hasattr(np.ndarray, name) else "they stand where a tensor is wanted")

    def __array__(self, *args: Any, **kwargs: Any) -> NoReturn:
        self.refuse("they are turned into numbers")


_REDUCTIONS: Final[dict[str, tuple[Callable[..., Any], float]]] = {
    "sum": (t.sum, 0), "prod": (t.prod, 1), "max": (t.amax, -np.inf), "min": (t.amin, np.inf),
}  # fmt: skip
"""A reduction of NumPy, and the number that leaves it as it is."""

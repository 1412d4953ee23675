"""`Filled`: an array of numbers that expressions may be written into, entry by entry or by slices.

`du = np.zeros(n); du[i] = x[i + 1] - x[i]` is how a right-hand side is written. An ndarray of doubles cannot hold an
expression, and one of objects is not what `np.linalg.inv(np.eye(4))` or SciPy expect. A `Filled` holds an ndarray of
doubles as long as only numbers were put in, and one of objects from the first expression on; its views (`du[1:-1]`,
`du.T`) follow. It is no subclass of ndarray: SciPy and C code would read the memory of a subclass without asking,
and so read stale numbers. Of a Filled they ask `__array__`, which gives numbers or a typed error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.lib.stride_tricks import as_strided

from edgewise.errors import ShapeError
from edgewise.graph.arrays.array import ExprArray
from edgewise.graph.arrays.families import Family, alone, join
from edgewise.graph.arrays.filled_parts import Part, assembled, cell, parts
from edgewise.graph.arrays.filled_writers import WRITERS, at
from edgewise.graph.arrays.in_place import InPlace
from edgewise.graph.arrays.into import into
from edgewise.graph.callers import asked_by_user
from edgewise.graph.composed import type_of_entries
from edgewise.graph.expr import Expr, resolve
from edgewise.graph.other_libraries import of_pairs
from edgewise.graph.refused import refused
from edgewise.graph.suggestions import KEEPS_SHAPE
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.tensor import Tensor
from edgewise.ops import op_of_code, shape_text

__all__ = ["Filled", "filled", "nested", "settled", "settled_all"]


class _Memory:
    """The entries that a Filled and its views share: doubles, or objects after `hold_expressions`."""

    __slots__ = ("__weakref__", "_family", "array", "doubles", "version")

    def __init__(self, array: np.ndarray[Any, Any]) -> None:
        self.array = self.doubles = array
        self.version = 0
        self._family: Family | None = None  # views of the tensor that it held when they were made

    def hold_expressions(self) -> None:
        if self.array.dtype != object:
            self.array = self.array.astype(object, order="K")

    def view(self, old: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """What a view of the doubles is of the objects: the same place in a memory of the same layout."""
        if not old.size:
            return np.empty(old.shape, dtype=object)
        item = old.itemsize
        first = (old.ctypes.data - self.doubles.ctypes.data) // item
        strides = [step // item * self.array.itemsize for step in old.strides]
        return as_strided(self.array.ravel(order="K")[first:], old.shape, strides)


# What of an ndarray shares its memory: `du.reshape(2, 2)[0, 1] = x` writes into du.
_VIEWS: Final = frozenset(("T", "mT", "reshape", "ravel", "transpose", "swapaxes", "squeeze", "diagonal", "real"))
_FACTS: Final = frozenset(("shape", "ndim", "size", "strides", "itemsize", "nbytes", "flags"))


class Filled(InPlace, NDArrayOperatorsMixin):
    """An array of numbers into which expressions may be written; otherwise it behaves as the ndarray it stands for.

    >>> from edgewise import symbols
    >>> x = symbols("x")
    >>> du = filled(np.zeros(3))
    >>> du[1:][0] = x
    >>> du.tolist(), du.sum()
    ([0.0, x, 0.0], 0.0 + x + 0.0)
    """

    __slots__ = ("__weakref__", "_array", "_memory", "_settled")

    _op_priority = 1000.0  # `(1/n)*np.eye(2)`: SymPy's lengths leave the product to us

    # `isinstance(du, np.ndarray)` is what the user's function would find without us.
    __class__ = property(lambda self: np.ndarray)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, array: np.ndarray[Any, Any], memory: _Memory | None = None) -> None:
        self._array, self._memory = array, memory or _Memory(array)
        self._settled: tuple[int, Any] | None = None

    def _now(self) -> np.ndarray[Any, Any]:
        """The entries as they are stored at present."""
        if self._array.dtype != self._memory.array.dtype:
            self._array = self._memory.view(self._array)
        return self._array

    def _wrapped(self, result: Any) -> Any:
        if type(result) is np.ndarray and np.may_share_memory(result, self._memory.array):
            return Filled(result, self._memory)
        if isinstance(result, Tensor) and result._family is not None:
            return join(result, self._memory)
        if type(result) in (list, tuple):
            return type(result)(self._wrapped(one) for one in result)
        return filled(result) if type(result) is np.ndarray and result.dtype != object else result

    def settled(self) -> Any:
        """What it holds: an ndarray of numbers, an ExprArray, or one tensor."""
        array = self._now()
        if array.dtype != object:
            return array
        if self._settled is None or self._settled[0] != self._memory.version:
            entries = array.ravel().tolist()
            if any(isinstance(entry, (Tensor, Part)) for entry in entries):
                value: Any = assembled(array)
            else:  # of an array that holds expressions elsewhere, a part that has none is one of numbers
                value = array.view(ExprArray) if any(isinstance(e, Expr) for e in entries) else array.astype(float)
            self._settled = self._memory.version, value
        return self._settled[1]

    # --- entries ----------------------------------------------------------------------------------------------------

    def __getitem__(self, key: Any) -> Any:
        keys = settled_all(key if isinstance(key, tuple) else (key,))
        if any(isinstance(k, Tensor) for k in keys):
            return _entries(self.settled(), keys)
        result = self._now()[_key(key)]
        if isinstance(result, np.ndarray):
            return Filled(result, self._memory if np.may_share_memory(result, self._memory.array) else None)
        return result.entry() if type(result) is Part else result

    def __setitem__(self, key: Any, value: Any) -> None:
        if _is_condition(settled(key), self.shape) and (values := _selected(settled(key), value)) is not None:
            key, value = ..., np.where(settled(key), values, self.settled())  # `y[y > 1] = 0`
        value, key = settled(nested(value)), _key(key)
        if isinstance(value, Expr) or _symbolic(value):
            self._memory.hold_expressions()
        alone(self._memory)
        self._memory.version += 1
        array = self._now()
        if isinstance(value, Expr) and isinstance(array[key], np.ndarray):
            value = parts(value) if isinstance(value, Tensor) and value.shape else cell(value)
        array[key] = value

    def __iter__(self) -> Iterator[Any]:
        return (self[k] for k in range(len(self)))

    def __len__(self) -> int:
        return len(self._array)

    def __contains__(self, value: Any) -> bool:
        return bool(np.any(self == value))

    def tolist(self) -> Any:
        """Nested lists of the entries."""
        return _plain_entries(self._now().tolist())

    def item(self, *place: Any) -> Any:
        """One entry."""
        where = place[0] if len(place) == 1 else place
        return self.reshape(-1)[where or 0] if isinstance(where, int) or not where else self[where]

    def fill(self, value: Any) -> None:
        """Every entry replaced by one value."""
        self[...] = value

    def dot(self, other: Any) -> Any:
        """NumPy's dot: an ndarray's own method would not ask the other what it is."""
        return np.dot(settled(self), settled(other))

    def copy(self, order: str = "C") -> Filled:
        """A copy with entries of its own."""
        return Filled(self._now().copy())

    def astype(self, dtype: Any, *args: Any, **options: Any) -> Any:
        """The entries in another precision; expressions are real numbers, whatever their precision."""
        array = self._now()
        if array.dtype != object:
            return filled(array.astype(dtype, *args, **options))
        return self.settled().astype(dtype, *args, **options)

    @property
    def flat(self) -> Any:
        """All entries along one axis."""
        return self.reshape(-1)

    @property
    def shape(self) -> tuple[int, ...]:
        """The lengths of the axes."""
        lengths: tuple[int, ...] = self._array.shape
        return lengths

    @shape.setter
    def shape(self, lengths: Any) -> None:
        self._array = self._now().reshape(lengths)

    @property
    def dtype(self) -> Any:
        """That of the numbers it stands for, for users; NumPy sees objects where expressions were written into it."""
        value = self.settled()
        if isinstance(value, ExprArray) and asked_by_user():
            return type_of_entries(value)
        return value.dtype

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        array = self._now()
        found = getattr(array if name in _VIEWS or name in _FACTS else self.settled(), name)
        if isinstance(found, np.ndarray) or not callable(found):
            return self._wrapped(found)

        def method(*args: Any, **options: Any) -> Any:
            return self._wrapped(found(*settled_all(args), **settled_all(options)))

        return method

    # --- numbers, where it holds nothing else -----------------------------------------------------------------------

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        value = self.settled()
        if isinstance(value, Tensor):
            value.__array__(dtype)  # refuses
        plain = value.view(np.ndarray)
        return np.array(plain, dtype=dtype) if copy else np.asarray(plain, dtype=dtype)

    def __bool__(self) -> bool:
        return bool(self.settled())

    def __float__(self) -> float:
        return float(self.settled())

    def __int__(self) -> int:
        return int(self.settled())

    def __repr__(self) -> str:
        return repr(self.settled())

    def __copy__(self) -> Filled:
        return self.copy()

    def __deepcopy__(self, memo: Any) -> Filled:
        return self.copy()

    def __reduce__(self) -> Any:
        return np.array, (np.asarray(self),)

    # --- NumPy --------------------------------------------------------------------------------------------------------

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **options: Any) -> Any:
        if method == "at":
            return at(ufunc, *inputs)
        values = tuple(map(nested, inputs))
        if out is None:
            return filled(getattr(ufunc, method)(*values, **settled_all(options)))
        if "where" in options and not any(isinstance(v, Expr) or _symbolic(v) for v in (*values, options["where"])):
            return getattr(ufunc, method)(*values, out=tuple(map(settled, out)), **options)
        # Of an elementwise function the mask says where the result is written.
        mask = settled(options.pop("where", True)) if method == "__call__" else True
        result = getattr(ufunc, method)(*values, **settled_all(options))
        for target, part in zip(out, result if isinstance(result, tuple) else (result,), strict=True):
            if target is not None:
                target[...] = part if mask is True else np.where(mask, part, settled(target))
        return out[0] if len(out) == 1 else out

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if of_pairs(types):
            return NotImplemented
        if func in WRITERS:
            return WRITERS[func](*args, **kwargs)
        written = into(func, args, kwargs)
        if written is not None:
            return written
        result = func(*settled_all(args), **settled_all(kwargs))
        own = next((arg for arg in args if type(arg) is Filled), None)
        return own._wrapped(result) if own is not None else filled(result)


def _plain_entries(value: Any) -> Any:
    # As deep as there are axes.
    if isinstance(value, list):
        return [_plain_entries(entry) for entry in value]
    return value.entry() if type(value) is Part else value


def filled(value: Any) -> Any:
    """An ndarray of floating-point numbers that nobody else holds, to be filled; anything else as it is."""
    if type(value) is not np.ndarray or value.dtype.kind != "f":
        return value
    return Filled(value if value.base is None else value.copy())


def settled(value: Any) -> Any:
    """A Filled as what it holds, an ndarray, an ExprArray or a Tensor; anything else as it is."""
    return value.settled() if type(value) is Filled else value


def settled_all(values: Any) -> Any:
    """Arguments with what each Filled among them, or in lists of them, holds."""
    if type(values) is Filled:
        return values.settled()
    if type(values) in (list, tuple):
        return type(values)(settled_all(value) for value in values)
    return {key: settled_all(value) for key, value in values.items()} if type(values) is dict else values


def nested(value: Any) -> Any:
    """Nested lists as an array: of numbers, of expressions (ExprArray), or one tensor."""
    if not isinstance(value, (list, tuple)):
        return settled(value)
    table = _table(value)
    if table is not None:
        return assembled(table) if any(isinstance(v, Tensor) for v in table.flat) else table.view(ExprArray)
    rows = [nested(row) for row in value]
    if any(isinstance(row, Tensor) for row in rows):
        return stacked(rows)
    if any(isinstance(row, Expr) or _symbolic(row) for row in rows):
        made = [row.view(np.ndarray) if isinstance(row, ExprArray) else row for row in rows]
        shapes = {np.shape(row) if isinstance(row, np.ndarray) else () for row in made}
        if len(shapes) > 1:
            listed = " and ".join(map(str, sorted(shapes)))
            raise refused(f"an array of rows of the shapes {listed}", "give rows of equal shape")
        return np.array(made, dtype=object).view(ExprArray)
    return np.array(rows)


def _table(value: Any) -> np.ndarray[Any, Any] | None:
    """Nested lists of equal length whose entries are expressions of one entry, and numbers; None for anything else."""
    shape: list[int] = []
    level = [value]
    while level and all(isinstance(row, (list, tuple)) for row in level):
        shape.append(len(level[0]))
        if any(len(row) != shape[-1] for row in level):
            return None
        level = [entry for row in level for entry in row]
    if not any(isinstance(v, Expr) for v in level) or any(
        isinstance(v, (list, tuple)) or getattr(v, "shape", ()) for v in level
    ):
        return None
    return np.fromiter(level, dtype=object, count=len(level)).reshape(shape)


def stacked(rows: list[Any]) -> Any:
    """Tensors, numbers and arrays of equal shape as one tensor with a new axis in front."""
    shapes = [row.shape if isinstance(row, Tensor) else np.shape(row) for row in rows]
    if any(type(n) is not int for shape in shapes for n in shape):
        return t.stack(rows)
    if len(set(shapes)) > 1:
        listed = " and ".join(map(shape_text, sorted(set(shapes))))
        raise refused(f"an array of rows of the shapes {listed}", "give rows of equal shape", kind=ShapeError)
    whole = np.empty((len(rows), *shapes[0]), dtype=object)
    for k, row in enumerate(rows):
        whole[k] = parts(row) if shapes[0] and isinstance(row, Tensor) else row
    return assembled(whole)


def _symbolic(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == object


def _entries(held: Any, keys: tuple[Any, ...]) -> Any:
    """The entries of a tensor, or of an array of numbers, that tensors of places or a condition say."""
    if not isinstance(held, Tensor):
        held = t.constant(next(k for k in keys if isinstance(k, Tensor)), held)
    return t.getitem(held, keys[0] if len(keys) == 1 else keys)


def _selected(mask: Any, value: Any) -> Any:
    """What is put where a condition holds: one number, or what was computed of the entries there; None else."""
    from edgewise.graph.tensors.selected import Selected

    if isinstance(value, Selected):
        return value.over(mask)
    return value if np.ndim(value) == 0 else None


def _is_condition(key: Any, shape: tuple[int, ...]) -> bool:
    """Whether an index is a symbolic condition on every entry."""
    if not isinstance(key, (Tensor, ExprArray)) or key.shape != shape:
        return False
    for entry in [key] if isinstance(key, Tensor) else key.ravel().tolist():
        if not isinstance(entry, Expr):
            return False
        builder, node = resolve(entry)
        if not op_of_code(builder.nodes[node][0], tuple(builder.custom)).boolean:
            return False
    return True


def _key(key: Any) -> Any:
    """An index as NumPy takes it; a typed error for one that is not known while the graph is written."""
    keys = key if isinstance(key, tuple) else (key,)
    if any(isinstance(k, (Expr, ExprArray)) for k in map(settled, keys)):
        raise refused("an array is indexed by an expression: which entries those are depends on the data", KEEPS_SHAPE)
    return settled_all(key)

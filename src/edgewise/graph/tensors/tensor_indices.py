"""Tensors indexed: ranges, places, arrays of places along one or several axes, masks."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import EdgewiseError, ShapeError, UnsupportedError
from edgewise.graph.builder import Builder
from edgewise.graph.expr import Expr, resolve
from edgewise.graph.refused import refused
from edgewise.graph.suggestions import KEEPS_SHAPE
from edgewise.graph.tensors import contractions as ct
from edgewise.graph.tensors.tensor_shapes import along, index, reshaped
from edgewise.ops import CODE, CONST, TensorOp, op_of_code, shape_text, simplest
from edgewise.ops.dims import whole

__all__ = ["checked", "getitem", "ix_", "pick", "take", "taken", "taken_along", "unpick", "untake"]


def getitem(x: Any, key: Any) -> Any:
    """x[key] with numbers, slices, `...`, None, arrays or tensors of whole numbers, and masks, as NumPy reads them."""
    keys = [_key(k) for k in (key if isinstance(key, tuple) else (key,))]
    if any(_is_mask(k) for k in keys):
        return _masked(x, keys)
    keys = [part for k in keys for part in _without_masks(k)]
    shape = ct.shape_of(x)
    used = sum(1 for k in keys if k is not None and k is not Ellipsis)
    if used > len(shape):
        raise refused(f"{used} indices for an array of shape {shape_text(shape)}", kind=ShapeError)
    place = next((n for n, k in enumerate(keys) if k is Ellipsis), len(keys))
    keys[place : place + 1] = [slice(None)] * (len(shape) - used)
    arrays = [n for n, k in enumerate(keys) if isinstance(k, (Expr, np.ndarray))]
    if not arrays:
        return _basic(x, keys, shape)
    return _advanced(x, keys, shape, arrays)


def _key(k: Any) -> Any:
    """Lists as arrays, and what NumPy takes for one number as one."""
    if isinstance(k, (list, tuple, range)):
        if any(isinstance(entry, Expr) for entry in k):
            return ct.assembled(list(k))
        k = np.asarray(k)
        if not k.size:
            return k.astype(int)
    if isinstance(k, np.ndarray) and k.ndim == 0 and k.dtype.kind in "iu":
        return int(k)
    if isinstance(k, (bool, np.bool_)) or (isinstance(k, np.ndarray) and k.dtype.kind not in "iub"):
        raise _no_index(k.dtype if isinstance(k, np.ndarray) else "bool")
    if k is None or k is Ellipsis or isinstance(k, (slice, np.ndarray, Expr)):
        return k
    if hasattr(k, "free_symbols"):
        return whole(k)
    try:
        return operator.index(k)
    except TypeError:
        raise _no_index(type(k).__name__) from None


def _no_index(kind: Any) -> EdgewiseError:
    return refused(f"an index of type {kind}", "use whole numbers, slices, or a mask of the array's shape")


def _without_masks(k: Any) -> list[Any]:
    """A mask of numbers as the places where it holds."""
    return list(np.nonzero(k)) if isinstance(k, np.ndarray) and k.dtype == bool else [k]


def _basic(x: Any, keys: Sequence[Any], shape: Sequence[Any]) -> Any:
    """Numbers, slices and new axes."""
    spec: list[tuple[Any, ...]] = []
    new: list[int] = []
    kept = 0
    lengths = iter(shape)
    for k in keys:
        if k is None:
            new.append(kept + len(new))
        elif isinstance(k, slice):
            spec.append(range_of(k, next(lengths)))
            kept += 1
        else:
            spec.append((_place(k, next(lengths)),))
    result = index(x, spec)
    rank = len(ct.shape_of(result)) + len(new)
    return ct.expanded(result, [k - rank for k in new]) if new else result


def _advanced(x: Any, keys: Sequence[Any], shape: Sequence[Any], arrays: Sequence[int]) -> Any:
    """Arrays of places; numbers beside them are places too, and together they stand where the first of them does.

    Where a slice or a new axis stands between them, the axes of the places come first. (NumPy's reference, *Advanced
    indexing*.)
    """
    numbers = [n for n, k in enumerate(keys) if not (k is None or isinstance(k, slice)) and n not in arrays]
    chosen = sorted([*arrays, *numbers])
    together = chosen[-1] - chosen[0] + 1 == len(chosen)
    x = _basic(x, [slice(None) if n in arrays else k for n, k in enumerate(keys) if k is not None], shape)
    # What is left of the keys: places and ranges, an axis each, and new axes.
    left = [n for n in range(len(keys)) if n not in numbers]
    axes = {n: axis for axis, n in enumerate(n for n in left if keys[n] is not None)}
    first = sum(1 for n in axes if n < chosen[0])
    rank = len(ct.shape_of(x))
    if len(arrays) == 1:
        axis = axes[arrays[0]]
        found = taken(x, keys[arrays[0]], axis)
        block = len(ct.shape_of(keys[arrays[0]]))
    else:
        last = [axes[n] for n in arrays]
        axis = rank - len(last)
        found = pick(ct.permuted(x, [*(k for k in range(rank) if k not in last), *last]), [keys[n] for n in arrays])
        block = len(ct.shape_of(found)) - axis
    target = first if together else 0
    others = [k for k in range(len(ct.shape_of(found))) if not axis <= k < axis + block]
    found = ct.permuted(found, [*others[:target], *range(axis, axis + block), *others[target:]])
    new = [n for n in left if keys[n] is None]
    if not new:
        return found
    slots: list[Any] = [n for n in left if n not in arrays]
    at = sum(1 for n in slots if n < chosen[0]) if together else 0
    order = [*slots[:at], *["place"] * block, *slots[at:]]
    return ct.expanded(found, [k - len(order) for k, n in enumerate(order) if n in new])


def _is_mask(key: Any) -> bool:
    """Whether a key is a condition on data."""
    if not isinstance(key, Expr):
        return False
    builder, node = resolve(key)
    return op_of_code(builder.nodes[node][0], tuple(builder.custom)).boolean


def _masked(x: Any, keys: Sequence[Any]) -> Any:
    from edgewise.graph.tensors.selected import Selected

    if len(keys) == 1 and tuple(ct.shape_of(x))[: len(ct.shape_of(keys[0]))] == tuple(ct.shape_of(keys[0])):
        return Selected(x, keys[0])
    raise refused(
        "a tensor is indexed by a condition beside other indices: how many entries those are depends on the data",
        KEEPS_SHAPE,
    )


def _place(k: Any, length: Any) -> Any:
    negative = k < 0 if type(k) is int else k.is_negative  # as far as is known of named lengths
    place = simplest(length + k) if negative else k
    behind = simplest(place - length)
    if (type(place) is int and place < 0) or (type(behind) is int and behind >= 0):
        raise refused(
            f"index {k} of an axis of length {length}",
            "count from 0, or from the end with negative numbers",
            kind=ShapeError,
        )
    return place


def range_of(key: slice, length: Any) -> tuple[Any, Any, int]:
    step = 1 if key.step is None else operator.index(key.step)
    if type(length) is int and all(
        part is None or isinstance(part, (int, np.integer)) for part in (key.start, key.stop)
    ):
        start, stop, step = slice(key.start, key.stop, step).indices(length)
        return start, len(range(start, stop, step)), step
    if step < -1 or step == 0:
        raise refused(
            f"every {step}th entry of the named dimension {length}",
            "write [::2] for every second one, and [::-1] behind it, or declare its length as a number",
        )

    def bound(part: Any, otherwise: Any) -> Any:
        if part is None:
            return otherwise
        part = whole(part) if hasattr(part, "free_symbols") else operator.index(part)
        return simplest(length + part) if isinstance(part, int) and part < 0 else part

    if step < 0:
        if key.start is not None or key.stop is not None:
            raise UnsupportedError(
                f"a range of the named dimension {length} in reverse", hint="slice first, then write [::-1]"
            )
        return simplest(length - 1), length, -1
    start, stop = bound(key.start, 0), bound(key.stop, length)
    count = simplest(stop - start if step == 1 else (stop - start + step - 1) // step)
    return start, max(count, 0) if type(count) is int else count, step


def take(x: Any, where: Any, axis: int) -> Any:
    """The entries at places `where` of an axis counted from the end."""
    return ct.write("take", (x, where), axis)


def untake(x: Any, where: Any, axis: int, length: Any) -> Any:
    """The transpose of `take`."""
    return ct.write("untake", (x, where), (axis, length))


def pick(x: Any, places: Sequence[Any]) -> Any:
    """The entries of the last axes at places, one array of them for each axis."""
    count, shape = len(places), ct.shape_of(x)
    return ct.write(
        "pick", (x, *(checked(x, w, n) for w, n in zip(places, shape[len(shape) - count :], strict=True))), count
    )


def unpick(x: Any, places: Sequence[Any], shape: Sequence[Any]) -> Any:
    """Zeros of a shape with the entries of x added at places: the transpose of `pick`."""
    return ct.write("unpick", (x, *places), tuple(shape))


def taken(x: Any, where: Any, axis: Any = None, mode: str = "raise") -> Any:
    """NumPy's take."""
    x, k = along(x, axis)
    where = _key(where)
    return take(x, checked(x, where, ct.shape_of(x)[k]), k)


def taken_along(x: Any, where: Any, axis: Any) -> Any:
    """NumPy's take_along_axis; x may have further axes in front."""
    if axis is None:
        x, where, axis = reshaped(x, (-1,)), reshaped(where, (-1,)), 0
    shape = ct.shape_of(where)
    k = ct.axis_from_end(axis, len(shape))
    if len(shape) == 1:
        return take(x, checked(x, where, ct.shape_of(x)[-1]), -1)
    own = ct.shape_of(x)[len(ct.shape_of(x)) - len(shape) :]
    if any(n != m and 1 not in (n, m) for j, (n, m) in enumerate(zip(own, shape, strict=True)) if j - len(shape) != k):
        raise refused(f"places of shape {shape_text(shape)} in an array of shape {shape_text(own)}", kind=ShapeError)
    places = []
    for j, length in enumerate(own, -len(shape)):
        behind = range(j + 1, 0)
        counted = ct.arange(length, x if isinstance(x, Expr) else where)
        places.append(where if j == k else ct.expanded(counted, behind) if behind else counted)
    return pick(x, places)


def ix_(*places: Any) -> tuple[Any, ...]:
    """NumPy's ix_: places along several axes, combined with one another."""
    listed = [_without_masks(_key(p))[0] for p in places]
    count = len(listed)
    return tuple(
        ct.expanded(p, range(-count + k + 1, 0)) if isinstance(p, Expr) and count > k + 1 else
        p if isinstance(p, Expr) else p.reshape(-1, *(1,) * (count - k - 1))
        for k, p in enumerate(listed)
    )  # fmt: skip


def checked(x: Any, where: Any, length: Any) -> Any:
    """Places of an axis: numbers are looked at, and counted from 0."""
    if isinstance(where, Expr):
        _refuse_reals(*resolve(where))
        return where
    where = np.asarray(where)
    if not where.size:
        return where.astype(int)
    if type(length) is int and (where.min() < -length or where.max() >= length):
        raise refused(f"an index of an axis of length {length} is outside it", kind=ShapeError)
    if where.min() >= 0:
        return where
    if type(length) is int:
        return np.where(where < 0, where + length, where)
    like = x if isinstance(x, Expr) else None
    return ct.constant(like, where) + ct.constant(like, (where < 0) * 1) * ct.count_of(like, [length])


_OF_WHOLE: Final = frozenset("neg add sub mul mod abs sign min max clip where floor ceil round power".split())
_ROUNDED: Final = frozenset(("floor", "ceil", "round"))


def _refuse_reals(builder: Builder, node: int) -> None:
    """Refuse to count places by real numbers: by the rows whole numbers are what is made of nothing else."""
    kinds = {nodes[0]: p for p, nodes in builder.parameters.values() if p.is_tensor}
    custom = tuple(builder.custom)
    todo, seen = [node], {node}
    while todo:
        v = todo.pop()
        code, args = builder.nodes[v][0], builder.nodes[v][1:]
        op, value = op_of_code(code, custom), builder.attrs.get(v)
        places = isinstance(op, TensorOp) and op.places
        numbers: Any = value.values if op.name == "array" else 0  # type: ignore[union-attr]
        if op.name in _ROUNDED and builder.nodes[args[0]][0] == CODE["div"]:  # k // 2
            args = builder.nodes[args[0]][1:]
        whole = (
            places
            or (op.boolean and v != node)
            or (isinstance(op, TensorOp) and op.whole)
            or (op.name in _OF_WHOLE and (op.name != "power" or (type(value) is int and value >= 0)))
            or (code == CONST and type(value) is int)
            or (op.name == "array" and np.all(numbers == np.floor(numbers)))
            or (v in kinds and kinds[v].kind == "integer")
        )
        if not whole:
            what = f"the input {kinds[v].name!r} of real numbers" if v in kinds else f"{op.name} of real numbers"
            raise refused(
                f"an index is {what}" if v == node else f"an index is made of {what}",
                "declare an input of places with dtype=int; select by a condition, x[m != 0] or np.where(m, x, 0)",
            )
        if places or op.boolean:
            continue
        # Which entries are chosen is another question than what is chosen from.
        args = args[:1] if isinstance(op, TensorOp) and op.placing else args[1:] if op.name == "where" else args
        todo += [arg for arg in args if arg not in seen]
        seen.update(args)

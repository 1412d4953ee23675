"""Arrays of numbers that have a name: zeros, ones, identity matrices, triangles, 0, 1, 2, …

A function that says np.eye(n) hands over n² numbers. Written as what they are they are short to read, they vanish from
products, and no graph holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from edgewise.ops import CODE, TENSOR_CODE, lettered

if TYPE_CHECKING:
    from edgewise.graph.builder import Builder

__all__ = ["named_array"]

GE, GT, MUL = (CODE[name] for name in ("ge", "gt", "mul"))
CONTRACT, EYE, ARANGE, TRIL, TRIU = (TENSOR_CODE[name] for name in ("contract", "eye", "arange", "tril", "triu"))
COUNTED: Final = 3
"""Entries from which on 0, 1, … is a range: of two the array says as much."""


def named_array(builder: Builder, values: Any) -> int | None:
    """The node of an array that has a name, axes of length 1 in front aside; None for any other.

    Single precision stays an array, so that results do not change their precision.

    >>> import edgewise as ew, numpy as np
    >>> G = ew.trace(lambda X: X + np.eye(3) + np.tril(np.ones((3, 3))), X=ew.tensor(3, 3))
    >>> G.text()
    'X + eye(3) + tril(ones((3, 3)))'
    """
    if values.dtype not in (np.float64, np.int64, np.bool_) or values.size < 2:
        return None
    first = values.flat[0]
    if values.dtype == np.float64:
        if not np.isfinite(first) or np.signbit(values[values == 0]).any():
            return None
        if (values == first).all():
            return _repeated(builder, builder.constant(_plain(first)), (), values.shape)
    inner = values.shape[max(values.ndim - 2, 0) :]
    if values.size != inner[0] * inner[-1] ** (len(inner) - 1):  # axes in front are longer than 1
        return None
    core = values.reshape(inner)
    node = _range(builder, core) if len(inner) == 1 else _matrix(builder, core) if inner[0] == inner[1] else None
    return node if node is None or inner == values.shape else _repeated(builder, node, inner, values.shape)


def _plain(number: Any) -> int | float:
    """A whole number as one."""
    return int(number) if number == int(number) and abs(number) < 2**53 else float(number)


def _repeated(builder: Builder, node: int, inner: tuple[int, ...], shape: tuple[int, ...]) -> int:
    own = range(len(shape) - len(inner), len(shape))
    return builder.add(CONTRACT, (node,), lettered([own], range(len(shape)), dict(enumerate(shape))))


def _range(builder: Builder, core: Any) -> int | None:
    whole = len(core) >= COUNTED and core.dtype != np.bool_ and (core == np.arange(len(core))).all()
    return builder.add(ARANGE, (), len(core)) if whole else None


def _matrix(builder: Builder, core: Any) -> int | None:
    n = len(core)
    if core.dtype == np.bool_:
        return _mask(builder, core, n)
    scale = core[0, 0]
    if scale and (core == scale * np.eye(n)).all():
        node = builder.add(EYE, (), n)
        return node if scale == 1 else builder.add(MUL, (builder.constant(_plain(scale)), node))
    for code, kept in ((TRIL, np.tril), (TRIU, np.triu)):
        if scale and core.dtype == np.float64 and (core == kept(np.full((n, n), scale))).all():
            return builder.add(code, (_repeated(builder, builder.constant(_plain(scale)), (), (n, n)),), 0)
    return None


def _mask(builder: Builder, core: Any, n: int) -> int | None:
    """A triangle of truths: where the row's number is not below the column's, or is above it."""
    for code, below in ((GE, True), (GT, False)):
        triangle = np.tril(np.ones((n, n), dtype=bool), 0 if below else -1)
        for turned in (False, True):
            if (core == (triangle.T if turned else triangle)).all():
                count = builder.add(ARANGE, (), n)
                column = builder.add(CONTRACT, (count,), lettered([(0,)], (0, 1), {1: 1}))
                return builder.add(code, (count, column) if turned else (column, count))
    return None

"""What the arrays are called that a function reads from outside: in its closure, its module, its object."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from edgewise.graph import Builder
from edgewise.ops import TENSOR_CODE, ArrayValue

__all__ = ["name_arrays"]

ARRAY: Final = TENSOR_CODE["array"]


def name_arrays(fn: Callable[..., Any], builder: Builder) -> None:
    """Label the arrays in a graph that a function of its names somewhere, so that source can speak of them.

    >>> import edgewise as ew, numpy as np
    >>> data = np.linspace(0, 1, 5)
    >>> print(ew.trace(lambda w: w @ data, w=ew.tensor(5)).text())
    data = array([0.0, 0.25, 0.5, 0.75, 1.0])
    w @ data
    """
    nodes = {attr: i for i, attr in builder.attrs.items() if isinstance(attr, ArrayValue)}
    if not nodes:
        return
    sizes = {attr.values.shape for attr in nodes}
    for name, value in _outside(fn):
        if isinstance(value, np.ndarray) and value.shape in sizes and value.dtype.kind in "biuf":
            if value.dtype.kind == "f" and np.isnan(value).any():
                continue
            node = nodes.get(ArrayValue(value))
            if node is not None:
                builder.labels.setdefault(node, name)


def _outside(fn: Any) -> Iterator[tuple[str, Any]]:
    """The names and values that a function, or a method, reads from outside."""
    while hasattr(fn, "__wrapped__") or hasattr(fn, "func"):
        yield from getattr(fn, "keywords", {}).items()
        fn = getattr(fn, "__wrapped__", None) or fn.func
    owner = getattr(fn, "__self__", None)
    if owner is not None:
        yield from getattr(owner, "__dict__", {}).items()
    code = getattr(fn, "__code__", None)
    if code is None:
        return
    for name, cell in zip(code.co_freevars, fn.__closure__ or (), strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:  # not assigned yet
            continue
    for name in code.co_names:
        if name in fn.__globals__:
            yield name, fn.__globals__[name]

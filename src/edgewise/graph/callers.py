"""Whose code is asking: users see an expression as the number or array it stands for, libraries see what it is."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any, Final

__all__ = ["LIBRARIES", "class_for_user", "is_users"]

LIBRARIES: Final = frozenset((
    "edgewise", "numpy", "scipy", "jax", "jaxlib", "torch", "sympy", "mpmath", "numba", "pandas", "sklearn",
    "xarray", "dask", "polars", "autograd", "matplotlib", "networkx", "casadi", "importlib",
))  # fmt: skip
"""Packages whose code keeps NumPy as it is."""

_ON_BEHALF: Final = frozenset(("abc", "typing"))
"""Python's own modules that ask for the class of an object because their caller does."""


@cache
def is_users(module: Any) -> bool:
    """Whether a module of this name is the user's: neither Python's own nor a library's."""
    top = str(module or "").partition(".")[0]
    return (
        top not in LIBRARIES
        and (top not in sys.stdlib_module_names or top in ("__main__", "test"))
        and top != "builtins"
    )


def class_for_user(expr: Any) -> type:
    """The class of an expression for whom asks for it: the user's code sees that of the number or array it stands for.

    To be called by the attribute `__class__` alone: who asks is looked up behind it.
    """
    frame: Any = sys._getframe(1)
    name = frame.f_globals.get("__name__")
    while name in _ON_BEHALF:
        frame = frame.f_back
        name = None if frame is None else frame.f_globals.get("__name__")
    # functools dispatches the user's functions by the class of an argument.
    if name == "functools" or is_users(name):
        from edgewise.graph.composed import class_of

        return class_of(expr)
    return type(expr)

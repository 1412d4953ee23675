"""Whose code is asking: users see an expression as the number or array it stands for, libraries see what it is."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any, Final

__all__ = ["LIBRARIES", "asked_by_user", "class_for_user", "is_users"]

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


def asked_by_user(through_us: bool = False) -> bool:
    """Whether it is the user's code that asks for an attribute; to be called by the attribute alone.

    With `through_us` by what the user's code may also have called through other functions of ours.
    """
    frame: Any = sys._getframe(2)
    while through_us and frame is not None and str(frame.f_globals.get("__name__")).startswith("edgewise."):
        frame = frame.f_back
    return frame is not None and is_users(frame.f_globals.get("__name__"))


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
